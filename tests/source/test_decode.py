from __future__ import annotations

import codecs

import pytest

from pipeline.core.errors import InputError
from pipeline.source.decode import decode

CHINESE = "到二〇三〇年，全市的公共服务基本实现网上办理，人民群众的满意度不断提高。"
ENGLISH = "By 2030 – at last – every café is online."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("gb18030"), "gb18030"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    assert decode(data, "a.txt") == (CHINESE, encoding)


def test_line_ends_stay_as_they_are() -> None:
    text = "a\r\nb\rc\x85d\u2028e\x0cf"
    assert decode(text.encode(), "a.txt")[0] == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ENGLISH.encode("cp1252"), "cannot be decoded"),
        ("Straßenverkehr für alle Bürger, größere Flächen".encode("latin-1"), "cannot be decoded"),
        ("Привет, это текст о развитии связи".encode("cp1251"), "cannot be decoded"),
        ("정보화 발전 전략은 국가의 미래이다".encode("euc-kr"), "cannot be decoded"),
        (CHINESE.encode()[:-1] + b" text", "cannot be decoded"),
        (b"a\0b", "NUL"),
        ("ab".encode("utf-16-le"), "NUL"),
        (codecs.BOM_UTF16_LE + b"a", "cannot be decoded"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "UTF-32"),
        (b"", "no text"),
        (b" \n\n", "no text"),
        (b"%PDF-1.4 x", "PDF"),
        (b"PK\x03\x04rest", "zip"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "doc/a.txt")
    assert reason in str(caught.value)
    assert str(caught.value).startswith("doc/a.txt: ")
    assert "\n" not in str(caught.value)

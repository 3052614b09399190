"""Bytes → characters: UTF-8, UTF-16 with a byte order mark, or GB18030; never a guess that merely does not fail."""

from __future__ import annotations

import codecs
import re
from functools import cache

from pipeline.core.errors import InputError
from pipeline.source.words import all_words

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHER_FORMATS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip (Word, OpenDocument or EPUB)"),
    (b"\xd0\xcf\x11\xe0", "old Word"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
)
FREQUENT_SHARE = 0.1
HAN = re.compile("[㐀-鿿]")
NOT_ASCII = re.compile("[^\x00-\x7f]")
REMEDY = "save it as UTF-8"


def decode(data: bytes, where: object) -> tuple[str, str]:
    """The characters after a byte order mark, with line ends as they are, and the encoding's name. Raises InputError."""
    for magic, name in OTHER_FORMATS:
        if data.startswith(magic):
            raise InputError(where, f"is a {name} file, not plain text", "extract its text and save that as UTF-8")
    text, encoding = _decode(data, where)
    if (position := text.find("\0")) >= 0:
        raise InputError(where, f"holds a NUL at character {position:,}", "save it again as plain text in UTF-8")
    if not text or text.isspace():
        raise InputError(where, "holds no text", "put the document's text there")
    return text, encoding


def _decode(data: bytes, where: object) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding.removesuffix("-sig"), where), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text = _as_gb18030(data)
        if text is None:
            reason = f"cannot be decoded: byte {error.start:,} is not UTF-8, and the whole is not Chinese in GB18030"
            raise InputError(where, reason, REMEDY) from error
        return text, "gb18030"


def _strict(data: bytes, encoding: str, where: object) -> str:
    if encoding.startswith("utf-32"):
        raise InputError(where, "is in UTF-32, which is not read", REMEDY)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(where, f"cannot be decoded: {encoding} breaks off at byte {error.start:,}", REMEDY) from error


def _as_gb18030(data: bytes) -> str | None:
    """The text, where it reads as Chinese. Any bytes of another encoding may decode, but not to words that occur.

    The bytes of Latin, Cyrillic or Korean encodings become characters that Chinese hardly uses.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = len(NOT_ASCII.findall(text))
    characters = HAN.findall(text)
    frequent = sum(map(_frequent().__contains__, characters))
    return text if len(characters) >= 0.7 * foreign and frequent >= max(1, FREQUENT_SHARE * len(characters)) else None


@cache
def _frequent() -> frozenset[str]:
    return frozenset("".join(words.frequent for words in all_words()))

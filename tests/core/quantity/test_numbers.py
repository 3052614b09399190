"""Numbers in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.language import load_language
from pipeline.core.quantity import Numerals, exact_float, read_digits

CHINESE = "零一二三四五六七八九"


def numerals(language: str) -> Numerals:
    pack = load_language(language)
    return Numerals(pack.setting("targets", "numerals"), pack.setting("targets", "scales"), pack.setting("targets", "spaces"))


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("12", "12"), ("1,234.5", "1234.5"), ("805 260", "805260"), ("1\u202f234\u00a0567", "1234567"), ("１２.５", "12.5"),
        ("0.05", "0.05"), ("1,350", "1350"), ("2'500", "2500"),
    ],
)  # fmt: skip
def test_digits(digits: str, value: str) -> None:
    assert read_digits(digits) == Decimal(value)


@pytest.mark.parametrize(
    ("digits", "value"), [("1,5", "1.5"), ("1 234,50", "1234.50"), ("1,234", "1234"), ("12,345,678", "12345678")]
)
def test_decimal_comma(digits: str, value: str) -> None:
    assert read_digits(digits, decimal_comma=True) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10), ("十五", 15), ("二十", 20), ("两百", 200), ("一百零五", 105), ("三千五百万", 35_000_000), ("三万五千亿", 3_500_000_000_000),
        ("一亿二千万", 120_000_000), ("五万亿", 5_000_000_000_000), ("二〇一五", 2015), ("一千零一十", 1010),
    ],
)  # fmt: skip
def test_chinese_words(words: str, value: int) -> None:
    assert numerals("zh").read(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("four", 4), ("twenty-five", 25), ("one hundred", 100), ("one hundred and twenty-five thousand", 125_000),
        ("one million two hundred thousand", 1_200_000), ("a million", 1_000_000), ("two dozen", 24), ("Ninety", 90),
    ],
)  # fmt: skip
def test_english_words(words: str, value: int) -> None:
    assert numerals("en").read(words) == value


@pytest.mark.parametrize(("language", "words"), [("zh", "三农"), ("en", "several"), ("en", ""), ("zh", "")])
def test_words_that_are_no_number(language: str, words: str) -> None:
    assert numerals(language).read(words) is None


def in_chinese(number: int) -> str:
    if number < 10:
        return CHINESE[number]
    for scale, word in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return in_chinese(head) + word + (gap + in_chinese(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(1, 10**12 - 1))
def test_chinese_numbers_read_back(number: int) -> None:
    assert numerals("zh").read(in_chinese(number)) == number


@given(st.integers(0, 10**15))
def test_grouped_digits_read_back(number: int) -> None:
    assert read_digits(f"{number:,}") == number


def test_whole_numbers_are_exact() -> None:
    assert exact_float(Decimal(18) * 10**12) == 18_000_000_000_000
    assert exact_float(None) is None

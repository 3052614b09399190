"""Numerals of labels."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.outline import numerals
from pipeline.outline.numerals import ARABIC, CIRCLED, HANZI, LETTER_LOWER, LETTER_UPPER, ROMAN_LOWER, ROMAN_UPPER, WORD

WORDS = {str(word): int(value) for word, value in load_language("en").settings["number_words"].items()}


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("7", [(ARABIC, 7)]), ("０７", [(ARABIC, 7)]), ("12", [(ARABIC, 12)]), ("十", [(HANZI, 10)]),
        ("二十三", [(HANZI, 23)]), ("一百零五", [(HANZI, 105)]),
        ("二百一十", [(HANZI, 210)]), ("二〇一二", []), ("IV", [(ROMAN_UPPER, 4)]), ("xii", [(ROMAN_LOWER, 12)]),
        ("Ⅳ", [(ROMAN_UPPER, 4)]), ("ⅱ", [(ROMAN_LOWER, 2)]),
        ("I", [(ROMAN_UPPER, 1), (LETTER_UPPER, 9)]), ("c", [(ROMAN_LOWER, 100), (LETTER_LOWER, 3)]),
        ("b", [(LETTER_LOWER, 2)]), ("nine", [(WORD, 9)]),
        ("Two", [(WORD, 2)]), ("③", [(CIRCLED, 3)]), ("⑾", [(CIRCLED, 11)]), ("⒉", [(CIRCLED, 2)]),
        ("㈤", [(CIRCLED, 5)]), ("IIII", []), ("civil", []), ("VX", []),
    ],
)  # fmt: skip
def test_readings(token: str, expected: list[tuple[int, int]]) -> None:
    assert list(numerals.readings(token, WORDS)) == expected


@pytest.mark.parametrize("value", range(1, 100))
def test_roman_numerals_are_read_back(value: int) -> None:
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
    ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    assert numerals.roman_value(tens[value // 10] + ones[value % 10]) == value


def test_letters_stay_letters_in_addresses() -> None:
    assert [numerals.written(LETTER_UPPER, 3), numerals.written(ROMAN_LOWER, 3), numerals.written(HANZI, 3)] == ["c", "3", "3"]

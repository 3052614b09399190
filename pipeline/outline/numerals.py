"""Numerals of labels: arabic, roman, Chinese, letters, words and circled digits, with every reading that a token has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

ARABIC, HANZI, ROMAN_UPPER, ROMAN_LOWER, LETTER_UPPER, LETTER_LOWER, WORD, CIRCLED, FORMAL = range(9)
LETTERS = frozenset({LETTER_UPPER, LETTER_LOWER})

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100}
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾", "一二二三三四五六六七八九十")
"""The numerals of bills and of formal documents (壹、貳、參)."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_FORM = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def hanzi_value(token: str) -> int | None:
    """The value of a Chinese numeral below 1,000; null where it is none (二〇一二 is a year, not a numeral)."""
    total = digit = 0
    for char in token:
        if char in _UNITS:
            total += (digit or (1 if not total else 0)) * _UNITS[char]
            digit = 0
        elif char in _DIGITS and digit == 0:
            digit = _DIGITS[char]
        else:
            return None
    return total + digit


def roman_value(token: str) -> int | None:
    """The value of an upper-case roman numeral below 400; null where it is none."""
    if not token or not _ROMAN_FORM.fullmatch(token):
        return None
    values = [_ROMAN[char] for char in token]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def readings(token: str, words: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    """Every (system, value) that a token of a label can stand for. words: spelled-out numbers in lower case."""
    return _readings(token, tuple(words.items()))


@cache
def _words(items: tuple[tuple[str, int], ...]) -> dict[str, int]:
    return dict(items)


@cache
def _readings(token: str, items: tuple[tuple[str, int], ...]) -> tuple[tuple[int, int], ...]:
    plain = unicodedata.normalize("NFKC", token).strip("() .")
    if plain != token and len(token) == 1 and not token.isdecimal() and not token.isascii() and (value := _plain_value(plain)):
        system = ROMAN_UPPER if "Ⅰ" <= token <= "Ⅻ" else ROMAN_LOWER if "ⅰ" <= token <= "ⅻ" else CIRCLED
        if "Ａ" <= token <= "ｚ":
            return _ascii(plain)
        return ((system, value),)
    if (
        unicodedata.numeric(token[0], 0)
        and len(token) == 1
        and not token.isdecimal()
        and token not in _DIGITS
        and token not in _UNITS
    ):
        return ((CIRCLED, int(unicodedata.numeric(token))),)
    if (value := _words(items).get(plain.casefold())) is not None and len(plain) > 1:
        return ((WORD, value),)
    if (formal := plain.translate(_FORMAL)) != plain:
        return ((FORMAL, found),) if (found := hanzi_value(formal)) is not None else ()
    if plain[:1] in _DIGITS or plain[:1] in _UNITS:
        return ((HANZI, found),) if (found := hanzi_value(plain)) is not None else ()
    return _ascii(plain)


def _plain_value(plain: str) -> int | None:
    if plain.isdecimal():
        return int(plain)
    return hanzi_value(plain) if plain and plain[0] in "一二三四五六七八九十" else roman_value(plain.upper())


def _ascii(plain: str) -> tuple[tuple[int, int], ...]:
    if plain.isdecimal():
        return ((ARABIC, int(plain)),)
    found: list[tuple[int, int]] = []
    if (value := roman_value(plain.upper())) and plain in (plain.upper(), plain.lower(), plain.capitalize()):
        found.append((ROMAN_LOWER if plain.islower() else ROMAN_UPPER, value))
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        found.append((LETTER_UPPER if plain.isupper() else LETTER_LOWER, ord(plain.upper()) - 64))
    return tuple(found)


def written(system: int, value: int) -> str:
    """A number as an address writes it: arabic, or the letter in lower case where letters count."""
    return chr(96 + value) if system in LETTERS and 1 <= value <= 26 else str(value)

"""Numbers as documents write them → exact decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal

EXACT = Context(prec=60)
GROUPS = re.compile(r"[,\s\u00a0\u202f\u2009']")
SPACED_GROUPS = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f\u2009']\d{3})*,\d{1,2}")


def read_digits(digits: str, decimal_comma: bool = False) -> Decimal:
    """'1,234.5', '1 234', '805 260' and, where `decimal_comma` allows it, '1,5' → a decimal. Digits may be full-width."""
    if decimal_comma and SPACED_GROUPS.fullmatch(digits):
        whole, _, part = digits.partition(",")
        return Decimal(GROUPS.sub("", whole) + "." + part)
    return Decimal(GROUPS.sub("", digits))


def exact_float(value: Decimal | None) -> float | None:
    """The nearest float: exact for every whole number below 2**53."""
    return None if value is None else float(value)


class Numerals:
    """Numbers in words of one language.

    words: word → value below the first scale; scales: word → power that multiplies what stands before it. Scales below
    `group` (hundred; 十, 百, 千) stay inside a group, greater ones close it (thousand; 万, 亿).
    """

    def __init__(self, words: Mapping[str, int], scales: Mapping[str, int], spaced: bool) -> None:
        self.words, self.scales, self.group = words, scales, 1000 if spaced else 10000
        self._tokens = re.compile(r"[^\W\d]+") if spaced else re.compile(r".", re.DOTALL)

    def read(self, text: str) -> Decimal | None:
        """'twenty-five thousand', '三千五百万', '二〇一五' → its value; None where a word is no numeral."""
        tokens = [token for token in self._tokens.findall(text.lower()) if token not in ("and", "a", "an")]
        if not tokens or any(token not in self.words and token not in self.scales for token in tokens):
            return None
        if len(tokens) > 1 and self.group == 10000 and not any(token in self.scales for token in tokens):
            return Decimal("".join(str(self.words[token]) for token in tokens))
        return self._sum(tokens)

    def _sum(self, tokens: list[str]) -> Decimal:
        total, section, number, last = Decimal(0), Decimal(0), Decimal(0), 0
        for token in tokens:
            if token in self.words:
                number += self.words[token]
                continue
            scale = self.scales[token]
            if scale < self.group:
                section += (number or 1) * scale
            elif scale > last:
                total = EXACT.multiply(total + section + number or Decimal(1), Decimal(scale))
                section, last = Decimal(0), scale
            else:
                total += EXACT.multiply(section + number or Decimal(1), Decimal(scale))
                section, last = Decimal(0), scale
            number = Decimal(0)
        return total + section + number

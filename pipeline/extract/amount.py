"""A number with its unit in a sentence, before its context is read."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Amount(Struct):
    """A value with its unit in a sentence, before its context is read.

    start, end: the span of number and unit, later with the comparing words; core: where the number itself starts;
    low, high: the value, in unit; scale: what its scale words multiplied; unit_printed: the unit stands beside the number.
    """

    start: int
    end: int
    low: Decimal | None
    rule_id: str
    unit: str | None = None
    high: Decimal | None = None
    measure: str = "level"
    comparator: str | None = None
    in_words: bool = False
    scale: Decimal = Decimal(1)
    unit_printed: bool = False
    noun: tuple[int, int] | None = None
    doubt: str | None = None
    core: int = 0

"""Shares with 95% intervals, in closed form: the same figures on every machine, without sampling.

A bootstrap gives an interval of no width where every row is right, which on a small set claims too much. So all intervals
are Wilson's, which hold for small sets and for shares near 0 and 1. F1 is no share itself, but it grows with one: with J the rows
that agree, as a share of all rows of either reading, F1 = 2J / (1 + J); its interval is J's, carried over. The same goes for
kappa and observed agreement. Rows of one section are taken as independent; where they are not, the true interval is wider.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""Two-sided 95% of the normal distribution."""


class Interval(NamedTuple):
    """A value between its bounds."""

    value: float
    low: float
    high: float


def share(right: int, n: int) -> Interval:
    """`right` of n with Wilson's interval. Raises ValueError where n is 0 or less than `right`."""
    if not 0 <= right <= n or not n:
        raise ValueError(f"{right} of {n} is no share")
    p = right / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low = 0.0 if right == 0 else max(0.0, middle - half)
    high = 1.0 if right == n else min(1.0, middle + half)
    return Interval(p, low, high)


def f1(right: int, missed: int, extra: int) -> Interval:
    """F1 of rows that agree, rows only in gold, and rows only found. Raises ValueError where there is none."""
    value, low, high = (2 * part / (1 + part) for part in share(right, right + missed + extra))
    return Interval(value, low, high)


def kappa(pairs: Sequence[tuple[str, str]]) -> Interval | None:
    """Cohen's kappa of two labels for each row; None where chance alone would agree on all of them.

    The labels' frequencies are taken as given, so that the interval is that of the observed agreement.
    """
    n = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[label] * other[label] for label in sorted(one)) / (n * n) if n else 1.0
    if chance == 1.0:
        return None
    value, low, high = ((part - chance) / (1 - chance) for part in share(sum(a == b for a, b in pairs), n))
    return Interval(value, max(-1.0, low), high)

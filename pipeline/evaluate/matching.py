"""Rows of two readings of one text, put together one to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Half open, in code points of the source."""

    start: int
    end: int


class Pairs(NamedTuple):
    """pairs: (index in gold, index in found), in the order of gold; missed, extra: what has no partner in gold and in found."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    extra: tuple[int, ...]


def pair(gold: Sequence[Span], found: Sequence[Span]) -> Pairs:
    """Give each span at most one partner that overlaps it, the best overlaps (shared by joint length) first.

    Neither the order of the rows nor which side is called gold changes who is paired, but for rows of one and the same span.
    """
    left: dict[int, int] = {}
    right: set[int] = set()
    for *_, i, j in sorted(_overlaps(gold, found)):
        if i not in left and j not in right:
            left[i] = j
            right.add(j)
    return Pairs(
        pairs=tuple(sorted(left.items())),
        missed=tuple(i for i in range(len(gold)) if i not in left),
        extra=tuple(j for j in range(len(found)) if j not in right),
    )


def _overlaps(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[float, int, int, int, int, int, int]]:
    """A sortable entry for each two spans that overlap, the best first, equal ones in text order."""
    entries = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            first, last = max(one.start, other.start), min(one.end, other.end)
            if first < last:
                begin, end = min(one.start, other.start), max(one.end, other.end)
                entries.append(((first - last) / (end - begin), begin, first, last, end, i, j))
    return entries

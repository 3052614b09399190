"""Passages that stand twice in one text: word for word anywhere, or nearly so close by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.core.model import Paragraph
from pipeline.source.words import Words

LEAST_WEIGHT = 120
NEAR = 12
HEADINGS = 2  # short lines between two repeated paragraphs
ALIKE = 0.45
BEGIN_ALIKE = 0.2
OPENING = 15
MARKS = "，。；：、,.;:!?！？"


def find_repeats(paragraphs: Sequence[Paragraph], habits: Words) -> Iterator[tuple[int, int, int]]:
    """(paragraph, the earlier one that it repeats, how many paragraphs from there on repeat), in text order."""
    first: dict[str, int] = {}
    near: list[tuple[int, frozenset[str]]] = []
    grams = lru_cache(maxsize=2 * NEAR)(lambda number: _grams(paragraphs[number].text, habits))
    run: tuple[int, int, int] | None = None
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph.text) * habits.weight < LEAST_WEIGHT:
            continue
        earlier = first.setdefault(paragraph.text, number)
        if earlier == number:
            openings = _openings(paragraph.text, habits)
            likely = [other for other, theirs in near if number - other <= NEAR and _begin_alike(openings, theirs)]
            earlier = next((other for other in likely if _alike(grams(number), grams(other))), number) if likely else number
            near = [*near[1 - NEAR :], (number, openings)]
        if earlier == number:
            continue
        if run and number - run[0] - run[2] <= HEADINGS and earlier - run[1] == number - run[0]:
            run = (run[0], run[1], number - run[0] + 1)
            continue
        if run:
            yield run
        run = (number, earlier, 1)
    if run:
        yield run


def _openings(text: str, habits: Words) -> frozenset[str]:
    """How the parts between marks begin: paragraphs that share no such words are not compared."""
    size = OPENING // habits.weight
    behind, whole = _parts(size)
    found = behind.findall(text)
    if whole.match(text):
        found.append(text[:size])
    return frozenset(found)


@cache
def _parts(size: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the first `size` characters of a part behind a mark, and of the text."""
    part = f"([^{MARKS}]{{{size}}})"
    return re.compile(rf"[{MARKS}]\s*+{part}"), re.compile(part)


def _grams(text: str, habits: Words) -> frozenset[str]:
    """The words of a text, or its pairs of characters where words stand together."""
    if habits.spaced:
        return frozenset(text.lower().split())
    return frozenset(map(str.__add__, text, text[1:]))


def _begin_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether enough parts of two paragraphs begin alike to compare them word by word."""
    if one.isdisjoint(other):
        return False
    return len(one & other) >= BEGIN_ALIKE * min(len(one), len(other))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    small, large = sorted((len(one), len(other)))
    if small < ALIKE * large:
        return False
    shared = len(one & other)
    return shared >= ALIKE * (small + large - shared)

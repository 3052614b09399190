"""Which targets of two texts are one: those of one passage, by value, else by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.model import Quantity
from pipeline.link.align.keys import Keys
from pipeline.link.align.records import Match, match_by, said
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies.amounts import amount
from pipeline.link.discrepancies.figures import reader
from pipeline.link.indicators import named
from pipeline.link.wordings import dimension, normal

ALONE = frozenset({"all", "none", "rank", "multiple"})
"""Measures that stand for no other one."""
FIGURES = ("#", "=")
MOST = 16
"""Targets of a passage that are compared each with each."""
SAME_AMOUNT, SAME_NUMBER, SAME_INDICATOR, SAME_WORDS, OTHER_INDICATOR = 6, 3, 4, 2, 5
"""What speaks for two targets being one, and against it."""


class Stated(NamedTuple):
    """A target and what tells it from others of its passage. number: its place among those of its text; code, keys: its indicator by
    name, and the words that name it."""

    number: int
    quantity: Quantity
    passage: str | None
    dimension: str | None
    code: str | None
    keys: Keys
    language: str

    def holds(self, value: float | None) -> bool:
        """Whether the sentence of the target states a number, too."""
        return value is not None and Decimal(str(value)).normalize() in _numbers(self.language, self.quantity.wording)


def same_targets(corpus: Corpus, alignment: Alignment, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Match]:
    """The targets of both texts that are one, each with one other at most: in passages that answer one another those that are
    most alike; then equal ones of one provision."""
    sides = [
        _stated(corpus, outline.text.language, own, lexicon)
        for outline, own, lexicon in zip((alignment.a, alignment.b), (ours, theirs), alignment.lexicon, strict=True)
    ]
    found = [Match((one.number,), (other.number,), True) for one, other in _alike(*sides)]
    left = [[n for n in range(len(own)) if n not in gone] for own, gone in zip((ours, theirs), _taken(found), strict=True)]
    rest = match_by(
        [ours[n] for n in left[0]],
        [theirs[n] for n in left[1]],
        lambda each: (corpus.address(each.section_id)[1], *terms(each)),
    )
    return sorted([*found, *(Match((left[0][each.a[0]],), (left[1][each.b[0]],), True) for each in rest)])


def _taken(found: Sequence[Match]) -> tuple[set[int], set[int]]:
    return {number for each in found for number in each.a}, {number for each in found for number in each.b}


def _stated(corpus: Corpus, language: str, own: Sequence[Quantity], lexicon: dict[str, str]) -> list[Stated]:
    places = [corpus.passage_at(each.text_id, each.char_start) for each in own]
    named_ = said(places, [each.indicator_text or "" for each in own], language, lexicon)
    found = []
    for number, (quantity, place, words) in enumerate(zip(own, places, named_, strict=True)):
        kind = dimension(quantity.measure, quantity.unit, quantity.base_unit)
        code = named([(language, normal(quantity.indicator_text, language))], kind) if quantity.indicator_text else None
        telling = frozenset(key for key in words.keys if not key.startswith(FIGURES))
        found.append(Stated(number, quantity, place, kind, code, telling, language))
    return found


@lru_cache(maxsize=256)
def _numbers(language: str, wording: str) -> set[Decimal]:
    return reader(language).possible(wording)


def terms(quantity: Quantity) -> tuple[Hashable, ...]:
    """What makes targets equal besides their place."""
    return *amount(quantity), quantity.deadline_year, quantity.measure


def _alike(ours: Sequence[Stated], theirs: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Targets of one passage, the most alike first, in their order where several are."""
    there: dict[str, list[Stated]] = {}
    for other in theirs:
        there.setdefault(other.passage or "", []).append(other)
    here: dict[str, list[Stated]] = {}
    for one in ours:
        here.setdefault(one.passage or "", []).append(one)
    for place, left in here.items():
        right = there.get(place, [])
        if not place or not right or len(left) * len(right) > MOST * MOST:
            continue
        counts = Counter(each.dimension for each in left), Counter(each.dimension for each in right)
        codes = ({each.code for each in left} & {each.code for each in right}) - {None}
        ranked = sorted(
            (-likeness, abs(i - j), i, j)
            for i, one in enumerate(left)
            for j, other in enumerate(right)
            if (likeness := _likeness(one, other, codes, even=counts[0][one.dimension] == counts[1][one.dimension]))
        )
        gone: tuple[set[int], set[int]] = set(), set()
        for _, _, i, j in ranked:
            if i not in gone[0] and j not in gone[1]:
                gone[0].add(i)
                gone[1].add(j)
                yield left[i], right[j]


def _likeness(one: Stated, other: Stated, codes: Container[str | None], *, even: bool) -> int:
    """How much speaks for two targets being one; 0 where something speaks against it.

    codes: indicators that both passages name; even: whether both passages have as many targets of that dimension, so that one of
    another value may be the one.
    """
    a, b = one.quantity, other.quantity
    named_alike = one.code is not None and one.code == other.code
    named_otherwise = one.code != other.code and (None not in (one.code, other.code) or one.code in codes or other.code in codes)
    alike = SAME_INDICATOR * named_alike + SAME_WORDS * (not one.keys.isdisjoint(other.keys))
    nearly = 1 + (a.deadline_year == b.deadline_year) + (a.measure == b.measure) + (a.base_unit == b.base_unit)
    if amount(a) == amount(b):
        return SAME_AMOUNT + alike + nearly - OTHER_INDICATOR * named_otherwise
    if named_otherwise or a.value is None or b.value is None or (a.measure != b.measure and {a.measure, b.measure} & ALONE):
        return 0
    if a.value == b.value:
        return SAME_NUMBER + alike + nearly
    if not named_alike and (one.dimension != other.dimension or (one.holds(b.value) and other.holds(a.value))):
        return 0
    return alike + nearly if alike or even else 0

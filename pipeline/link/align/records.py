"""Which records of two texts are one thing: those of one passage, by order, lengths and what they share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, TypeVar

from pipeline.link.align.keys import Keys, text_keys
from pipeline.link.align.lengths import Lengths
from pipeline.link.align.lexicon import translated
from pipeline.link.align.path import NEVER, Step, best_path, bounds
from pipeline.link.align.weights import Weights

Item = TypeVar("Item")

MERGING = {(1, 1): 0.0, (1, 0): -2.0, (0, 1): -2.0, (1, 2): -3.0, (2, 1): -3.0, (1, 3): -6.0, (3, 1): -6.0}
"""Log odds of how many records of one text are how many of the other, where one text may say in two what the other says in one."""
SINGLE = {step: MERGING[step] for step in ((1, 1), (1, 0), (0, 1))}
CONTENT = 0.6
UNSEEN = {"#": -1.0, "=": -1.0}
UNFIT = -1.0
"""Log odds of lengths below which several records are not one."""
AGAINST = -2.0
"""Log odds below which two records are not one thing."""


class Said(NamedTuple):
    """What a record says. place: what records of both texts must have in common to be one thing."""

    place: Hashable
    words: str
    keys: Keys


class Match(NamedTuple):
    """Numbers of records of either text that are one thing."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    shared: bool


def said(
    places: Iterable[Hashable], words: Sequence[str], language: str, lexicon: dict[str, str], further: Iterable[Keys] = ()
) -> list[Said]:
    """Records of one text from where they stand and how they are worded. further: keys that are known besides."""
    keys = translated(text_keys(words, language), lexicon)
    more = further or repeat(frozenset[str]())
    return [Said(*each[:2], each[2] | each[3]) for each in zip(places, words, keys, more, strict=False)]


def match(a: Sequence[Said], b: Sequence[Said], lengths: Lengths, prior: dict[Step, float]) -> list[Match]:
    """The records of both texts, in text order, that are one thing. shared: whether they have keys in common."""
    weights = Weights([each.keys for each in a], [each.keys for each in b], UNSEEN)
    places: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, records in enumerate((a, b)):
        for number, record in enumerate(records):
            places.setdefault(record.place, ([], []))[side].append(number)
    found = []
    for ours, theirs in places.values():
        if ours and theirs:
            found += _match([(n, a[n]) for n in ours], [(n, b[n]) for n in theirs], weights, lengths, prior)
    return sorted(found)


Numbered = Sequence[tuple[int, Said]]


def _match(ours: Numbered, theirs: Numbered, weights: Weights, lengths: Lengths, prior: dict[Step, float]) -> list[Match]:
    known = [[weights.known(side, each.keys) for _, each in records] for side, records in enumerate((ours, theirs))]

    def score(i: int, di: int, j: int, dj: int) -> float:
        if not di or not dj:
            return prior[di, dj]
        run, run_b = known[0][i : i + di], known[1][j : j + dj]
        one, other = frozenset[str]().union(*run), frozenset[str]().union(*run_b)
        size = [sum(len(each.words) for _, each in side) for side in (ours[i : i + di], theirs[j : j + dj])]
        length = lengths.odds(size[0], size[1])
        several = di + dj > 2
        if several and (length < UNFIT or any(map(other.isdisjoint, run)) or any(map(one.isdisjoint, run_b))):
            return NEVER
        content = weights.lost(0, one) + weights.lost(1, other) + weights.shared(one & other)
        return prior[di, dj] + length + CONTENT * content

    links = best_path(len(ours), len(theirs), score, tuple(prior), bounds(len(ours), len(theirs)))
    return [
        Match(
            tuple(n for n, _ in ours[link.i : link.i + link.di]),
            tuple(n for n, _ in theirs[link.j : link.j + link.dj]),
            any(one & other for one in known[0][link.i : link.i + link.di] for other in known[1][link.j : link.j + link.dj]),
        )
        for link in links
        if link.di and link.dj and link.odds >= AGAINST
    ]


def match_by(a: Sequence[Item], b: Sequence[Item], *keys: Callable[[Item], Hashable]) -> list[Match]:
    """Records of two texts that have one key in common, the n-th in one text with the n-th in the other; by the first key
    those that it can tell, by the next one those that are left. A key of None tells nothing."""
    left: tuple[list[int], list[int]] = (list(range(len(a))), list(range(len(b))))
    found: list[Match] = []
    for key in keys:
        there: dict[Hashable, list[int]] = {}
        for number in left[1]:
            there.setdefault(key(b[number]), []).append(number)
        there.pop(None, None)
        pairs = [(number, there[same].pop(0)) for number in left[0] if there.get(same := key(a[number]))]
        found += [Match((one,), (other,), True) for one, other in pairs]
        gone_a, gone_b = {one for one, _ in pairs}, {other for _, other in pairs}
        left = [n for n in left[0] if n not in gone_a], [n for n in left[1] if n not in gone_b]
    return sorted(found)

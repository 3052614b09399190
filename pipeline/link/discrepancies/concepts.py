"""Which words of the glossary one passage uses and its rendering in the other language lacks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from pipeline.core.model import Frozen
from pipeline.link.discrepancies.glossary import Glossary, Use
from pipeline.link.discrepancies.words import Place, Words, stems_of

MOST = 4096
"""Pairs of positions that are weighed: beyond, the n-th goes with the n-th."""


class Concept(Frozen):
    """A use of an entry, and what renders it.

    place: the words that render it, or null; missing: whether nothing in the passage renders the entry, rather than too few
    words for its uses; coverage: how much of its best rendering stands there, weighed by how rare its words are; false: words
    that render something else; opposite: words that say the opposite.
    """

    use: Use
    place: Place | None
    missing: bool
    coverage: float
    false: Place | None
    opposite: Place | None = None


class Rarity:
    """How much it says that a word stands in a passage of a text: log of the share of its passages without it."""

    def __init__(self, passages: Sequence[Words]) -> None:
        counts = Counter(each for words in passages for each in {word.stem for word in words.words})
        self._size = len(passages)
        self._counts = counts

    def __call__(self, part: str) -> float:
        return math.log((self._size + 2) / (self._counts[part] + 1))

    def coverage(self, words: Words, wordings: Iterable[str]) -> float:
        """The greatest share of a wording that stands close together in the passage."""
        best = 0.0
        for wording in wordings:
            parts = stems_of(wording)
            weights = [self(part) for part in parts]
            best = max(best, words.near(parts, weights) / (math.fsum(weights) or 1.0))
        return best


def concepts(
    text: str, words: Words, glossary: Glossary, rarity: Rarity, opposites: Mapping[str, frozenset[str]] | None = None
) -> list[Concept]:
    """The uses of entries with renderings in a text, in order, each with what renders it in `words`. opposites: stem → stems."""
    uses = [use for use in glossary.uses(text) if use.entry.renderings]
    by_entry: dict[str, list[Use]] = {}
    for use in uses:
        by_entry.setdefault(use.entry.entry_id, []).append(use)
    found: dict[tuple[int, int], Concept] = {}
    for own in by_entry.values():
        entry = own[0].entry
        places = words.any_of(entry.renderings)
        matched = assign([use.start / len(text) for use in own], [place[0] / len(words.words) for place in places])
        coverage = rarity.coverage(words, entry.renderings) if not places else 1.0
        false = next(iter(words.any_of(entry.false)), None) if not places else None
        for number, use in enumerate(own):
            place = places[matched[number]] if number in matched else None
            found[use.start, use.end] = Concept(use, place, not places, coverage, false)
    return _opposed([found[use.start, use.end] for use in uses], words, opposites or {})


def _opposed(found: list[Concept], words: Words, opposites: Mapping[str, frozenset[str]]) -> list[Concept]:
    """The concepts, those that nothing renders with the words that say the opposite of one of them and stand for no other."""
    if all(concept.place or concept.false for concept in found):
        return found
    taken = {number for each in found if each.place for number in range(each.place[0], each.place[1] + 1)}
    return [
        concept
        if concept.place or concept.false or not concept.missing
        else replace(concept, opposite=_opposite(concept.use.entry.renderings, words, opposites, taken))
        for concept in found
    ]


def _opposite(
    renderings: Iterable[str],
    words: Words,
    opposites: Mapping[str, frozenset[str]],
    taken: AbstractSet[int],
) -> Place | None:
    """The first words that are a rendering but for one word, which is the opposite."""
    for rendering in renderings:
        parts = stems_of(rendering)
        for number, part in enumerate(parts if len(parts) > 1 else ()):
            for other in sorted(opposites.get(part, frozenset()).difference(parts)):
                for first, last in words.find((*parts[:number], other, *parts[number + 1 :])):
                    if taken.isdisjoint(range(first, last + 1)):
                        return first, last
    return None


def assign(ours: Sequence[float], theirs: Sequence[float]) -> dict[int, int]:
    """Which of two ascending series of positions go together, in order, so that the shorter is used up and they lie closest."""
    if len(ours) * len(theirs) > MOST:
        return dict(zip(range(len(ours)), range(len(theirs)), strict=False))
    if len(ours) > len(theirs):
        return {one: other for other, one in assign(theirs, ours).items()}
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())] * (len(theirs) + 1)]
    for i, position in enumerate(ours, 1):
        row: list[tuple[float, tuple[int, ...]]] = [(math.inf, ())] * (len(theirs) + 1)
        for j in range(i, len(theirs) + 1):
            cost, path = best[i - 1][j - 1]
            row[j] = min(row[j - 1], (cost + abs(position - theirs[j - 1]), (*path, j - 1)))
        best.append(row)
    return dict(enumerate(best[-1][-1][1]))

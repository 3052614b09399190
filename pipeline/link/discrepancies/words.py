"""The words of an English passage, and where a wording stands in it: inflected, hyphenated, spelt otherwise, in another order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from math import fsum

from pipeline.core.language import load_language
from pipeline.core.model import Frozen
from pipeline.link.discrepancies.stems import WORD, stem

SLACK = 4
"""Other words that may stand between those of a wording."""
JOINED = 30
"""Characters that hyphens join to a word at most."""
BEFORE = re.compile(r"(?:[^\W_]+[-‐‑])+$")
AFTER = re.compile(r"(?:[-‐‑][^\W_]+){1,3}")
BEGINNING = "*"
"""What marks a part of a word that stands for all words that begin so."""

Place = tuple[int, int]
"""(first, last) of some words of a passage, by number."""


class Word(Frozen):
    """A word of a passage, and its offsets there. is_light: whether it is one that a wording may have or not."""

    stem: str
    plain: str
    start: int
    end: int
    is_light: bool


@cache
def light() -> frozenset[str]:
    """The words of English that a wording may have or not: articles, prepositions and the like."""
    return frozenset(load_language("en").setting("discrepancies", "light", "").split())


@lru_cache(maxsize=1 << 16)
def _joined(one: str, other: str) -> str:
    return stem(one + other)


@lru_cache(maxsize=1 << 14)
def stems_of(wording: str) -> tuple[str, ...]:
    """The stems of the words that a wording cannot do without."""
    parts: list[tuple[str, str]] = []
    for match in WORD.finditer(wording):
        begins = wording[match.end() : match.end() + 1] == BEGINNING
        parts.append((match[0].casefold(), match[0].casefold() + BEGINNING if begins else stem(match[0])))
    return tuple(each for word, each in parts if word not in light()) or tuple(each for _, each in parts)


class Words:
    """The words of an English passage. Two that follow each other are found as one, and one as two: 'cyber security'."""

    def __init__(self, text: str, alike: Mapping[str, frozenset[str]] | None = None) -> None:
        """alike: stem → the stems that say the same."""
        self.text, self.alike = text, alike or {}
        self.words: list[Word] = []
        self._at: dict[str, list[int]] = {}
        before = ""
        for number, match in enumerate(WORD.finditer(text)):
            plain = match[0].casefold()
            word = Word(stem(plain), plain, match.start(), match.end(), plain in light())
            self.words.append(word)
            self._at.setdefault(word.stem, []).append(number)
            if before:
                self._at.setdefault(_joined(before, plain), []).append(number - 1)
            before = plain

    @cached_property
    def _plain(self) -> list[tuple[str, int]]:
        return sorted((word.plain, number) for number, word in enumerate(self.words))

    def at(self, part: str) -> list[int]:
        """The numbers of the words that a stem, or a beginning, stands for."""
        if not part.endswith(BEGINNING):
            if others := self.alike.get(part):
                return sorted({number for each in others for number in self._at.get(each, ())})
            return self._at.get(part, [])
        begins = part[: -len(BEGINNING)]
        first = bisect_left(self._plain, (begins, -1))
        last = bisect_left(self._plain, (begins + "\U0010ffff", -1))
        return sorted(number for _, number in self._plain[first:last])

    def find(self, stems: Sequence[str]) -> list[Place]:
        """The places where all stems stand close together, in any order, none overlapping another."""
        places = [self.at(each) for each in stems]
        if not places or not all(places):
            return [(number, number) for number in self.at("".join(stems))] if len(stems) == 2 else []
        found: list[Place] = []
        for number in min(places, key=len):
            near = [_nearest(each, number) for each in places]
            low, high = min(near), max(near)
            if high - low < len(stems) + SLACK and (not found or low > found[-1][1]):
                found.append((low, high))
        return found

    def near(self, stems: Sequence[str], weights: Sequence[float]) -> float:
        """The greatest sum of the weights of stems that stand close together."""
        at = sorted((number, index) for index, each in enumerate(stems) for number in self.at(each))
        counts, best, first = [0] * len(stems), 0.0, 0
        for last, index in at:
            counts[index] += 1
            while at[first][0] <= last - len(stems) - SLACK:
                counts[at[first][1]] -= 1
                first += 1
            best = max(best, fsum(weight for weight, count in zip(weights, counts, strict=True) if count))
        return best

    def clusters(self, stems: Sequence[str]) -> list[tuple[int, Place]]:
        """How many of some stems stand close together, and where, from each place of one of them on."""
        at = sorted((number, index) for index, each in enumerate(stems) for number in self.at(each))
        found, last = [], 0
        for first, (number, _) in enumerate(at):
            while last < len(at) and at[last][0] < number + len(stems) + SLACK:
                last += 1
            reached = {index: near for near, index in reversed(at[first:last])}
            found.append((len(reached), (number, max(reached.values()))))
        return found

    def any_of(self, wordings: Iterable[str]) -> list[Place]:
        """The places of any of some wordings; of places that overlap, the first and shortest."""
        places = sorted({place for wording in wordings for place in self.find(stems_of(wording))})
        kept: list[Place] = []
        for place in places:
            if not kept or place[0] > kept[-1][1]:
                kept.append(place)
        return kept

    def span(self, place: Place) -> tuple[int, int]:
        """The offsets of a place."""
        return self.words[place[0]].start, self.words[place[1]].end

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of some words, and of what hyphens join to the first and the last of them."""
        before, after = BEFORE.search(self.text, max(0, start - JOINED), start), AFTER.match(self.text, end)
        return before.start() if before else start, after.end() if after else end


def _nearest(places: list[int], number: int) -> int:
    index = bisect_left(places, number)
    return min(places[max(0, index - 1) : index + 1], key=lambda place: (abs(place - number), place))

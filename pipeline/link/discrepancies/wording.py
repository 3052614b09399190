"""Two versions in one language: words that one has, and the other lacks or has otherwise."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from pipeline.core.model import Frozen
from pipeline.link.discrepancies.concepts import assign
from pipeline.link.discrepancies.glossary import Glossary, Likeness
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Pair, Passage, Sides, shown
from pipeline.link.discrepancies.words import Word, Words

Alike = Mapping[str, AbstractSet[str]]
BREAK = re.compile(r"[,;:.!?\n]")
LONGEST = 3
"""Words of a difference: more is another sentence."""
BOTH_KNOWN, REPLACED, SURE, UNSURE = 0.75, 0.7, 0.65, 0.6
"""Confidence: a word stands in the place that is known to say something else; words do that may; nothing does, and the words around
it are side by side; nothing is known to."""
NEAR = 3
"""Words around a place."""


class Side(Frozen):
    """The words of a passage that say something, and which of them the other has: number here → number there."""

    passage: Passage
    words: tuple[Word, ...]
    found: dict[int, int]
    name: str
    plain: Words

    def says(self, entries: AbstractSet[str], glossary: Glossary) -> bool:
        """Whether the passage renders any of some entries."""
        return any(self.plain.any_of(glossary.entry(each).renderings) for each in sorted(entries))


class Run(Frozen):
    """Words in a row, from first to last, that only one passage has; left, right: the words of the other around them."""

    first: int
    last: int
    left: int
    right: int


def wording(pair: Pair, sides: Sides, glossary: Glossary, likeness: Likeness) -> Iterator[Finding]:
    """Differences in words of which the glossary knows what they mean."""
    alike, style = likeness.alike, likeness.style
    plain = Words(pair.a.text, alike), Words(pair.b.text, alike)
    ours, theirs = (tuple(word for word in each.words if not word.is_light) for each in plain)
    found = matches(ours, theirs, alike)
    a = Side(pair.a, ours, found, sides.a, plain[0])
    b = Side(pair.b, theirs, {other: one for one, other in found.items()}, sides.b, plain[1])
    seen: set[tuple[int, int]] = set()
    for run in _runs(a):
        if _other(a, b, run, glossary, likeness):
            seen.add((run.first, run.last))
            yield _replaced((a, b), (run.first, run.last), (run.left + 1, run.left + 1), sides, likeness, BOTH_KNOWN)
    for own, other, in_a in ((a, b, True), (b, a, False)):
        sure = {
            number
            for run in _runs(own)
            if _left_out(own, other, run, glossary, style)
            for number in range(run.first, run.last + 1)
        }
        told = sure | set(_nowhere(own, other, glossary, style))
        for first, last in _joined(sorted(told)):
            instead = _instead(own, other, first, last)
            place = (first, last) if in_a else instead
            if instead is None or place is None:
                if not _is_part(own, first, last):
                    yield _alone(own, other, first, last, sides, in_a, SURE if first in sure else UNSURE)
            elif not any(max(place[0], low) <= min(place[1], high) for low, high in seen):
                seen.add(place)
                yield _replaced((a, b), place, instead if in_a else (first, last), sides, likeness, REPLACED)


def matches(ours: Sequence[Word], theirs: Sequence[Word], alike: Alike) -> dict[int, int]:
    """Number of a word here → number of its like there, each once: the same stems first, then those that say the same."""
    found: dict[int, int] = {}
    left, right = _places(ours, ()), _places(theirs, ())
    for stem, numbers in left.items():
        others = right.get(stem, [])
        pairs = assign([each / len(ours) for each in numbers], [each / len(theirs) for each in others])
        found.update({numbers[one]: others[other] for one, other in pairs.items()})
    right = _places(theirs, set(found.values()))
    for number, word in enumerate(ours):
        near = [each for stem in sorted(alike.get(word.stem, ())) for each in right.get(stem, ())] if number not in found else []
        if near:
            share = number / len(ours)
            best = min(near, key=lambda each: (abs(each / len(theirs) - share), each))
            right[theirs[best].stem].remove(best)
            found[number] = best
    return found


def _places(words: Sequence[Word], taken: Container[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        if number not in taken:
            found.setdefault(word.stem, []).append(number)
    return found


def _runs(side: Side) -> Iterator[Run]:
    """Runs of words that only one passage has, between words that both have."""
    first = 0
    for number in range(len(side.words)):
        if number in side.found:
            if 0 < first < number and number - first <= LONGEST:
                yield Run(first, number - 1, side.found[first - 1], side.found[number])
            first = number + 1


def _left_out(own: Side, other: Side, run: Run, glossary: Glossary, style: AbstractSet[str]) -> bool:
    """Whether the words around a run stand side by side in the other passage, and nothing near them says what the run says."""
    if run.right != run.left + 1:
        return False
    parts = [word.stem for word in own.words[run.first : run.last + 1]]
    if not any(part not in style and glossary.rendered(part) for part in parts):
        return False
    around = other.words[max(0, run.left - NEAR) : run.right + NEAR]
    near = Words(other.passage.text[around[0].start : around[-1].end], other.plain.alike)
    return not any(near.any_of(glossary.entry(each).renderings) for part in parts for each in sorted(glossary.rendered(part)))


def _nowhere(own: Side, other: Side, glossary: Glossary, style: AbstractSet[str]) -> Iterator[int]:
    """Words that stand for something of their own which the other passage says nowhere, and for which nothing else stands there."""
    there = {entry for word in other.words for entry in glossary.rendered(word.stem)}
    for number, word in enumerate(own.words):
        if number in own.found or word.stem in style or not glossary.single(word.stem):
            continue
        meant = glossary.rendered(word.stem)
        if there.isdisjoint(meant) or (_unreplaced(own, other, number) and not other.says(meant, glossary)):
            yield number


def _unreplaced(own: Side, other: Side, number: int) -> bool:
    """Whether what precedes, in the other passage, the word after this one is known to stand for something else."""
    after = own.found.get(number + 1)
    return after is not None and after > 0 and after - 1 in other.found and number - 1 in own.found


def _other(a: Side, b: Side, run: Run, glossary: Glossary, likeness: Likeness) -> bool:
    """Whether single words in one place never stand for the same thing, or say the opposite."""
    if run.first != run.last or run.right != run.left + 2 or run.left + 1 in b.found:
        return False
    one, other = a.words[run.first], b.words[run.left + 1]
    known = glossary.rendered(one.stem), glossary.rendered(other.stem)
    if other.stem in likeness.opposites.get(one.stem, frozenset()):
        return True
    return all(known) and known[0].isdisjoint(known[1]) and likeness.style.isdisjoint((one.stem, other.stem))


def _instead(own: Side, other: Side, first: int, last: int) -> tuple[int, int] | None:
    """The (first, last) words that the other passage alone has between the words that both have on either side of some words."""
    low, high = first - 1, last + 1
    while low >= 0 and low not in own.found:
        low -= 1
    while high < len(own.words) and high not in own.found:
        high += 1
    if low < 0 or high == len(own.words) or high - low - 1 > LONGEST:
        return None
    left, right = own.found[low] + 1, own.found[high] - 1
    crowded = right - left + 1 > LONGEST or any(number in other.found for number in range(left, right + 1))
    if left > right or crowded:
        return None
    breaks = (n for n in range(left, right) if BREAK.search(other.passage.text, other.words[n].end, other.words[n + 1].start))
    return left, next(breaks, right)


def _is_part(own: Side, first: int, last: int) -> bool:
    """Whether words are only what hyphens join to others."""
    start, end = own.words[first].start, own.words[last].end
    return own.plain.whole(start, end) != (start, end)


def _replaced(
    both: tuple[Side, Side], one: tuple[int, int], other: tuple[int, int], sides: Sides, likeness: Likeness, sure: float
) -> Finding:
    """Words in the place of others: major where they say the opposite."""
    spans, texts = [], []
    for side, (first, last) in zip(both, (one, other), strict=True):
        start, end = side.plain.whole(side.words[first].start, side.words[last].end)
        spans.append(side.passage.span(start, end))
        texts.append(shown(side.passage.text[start:end]))
    stems = [{each.stem for each in side.words[first : last + 1]} for side, (first, last) in zip(both, (one, other), strict=True)]
    opposed = any(not stems[1].isdisjoint(likeness.opposites.get(each, frozenset())) for each in stems[0])
    message = f"{sides.b} says {texts[1]}, {sides.a} {texts[0]}."
    return Finding("term", MAJOR if opposed else MINOR, sure, sides.sentence(message), spans[0], spans[1])


def _joined(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in a row as (first, last)."""
    joined: list[tuple[int, int]] = []
    for number in numbers:
        if joined and number == joined[-1][1] + 1:
            joined[-1] = joined[-1][0], number
        else:
            joined.append((number, number))
    return joined


def _alone(own: Side, other: Side, first: int, last: int, sides: Sides, in_a: bool, sure: float) -> Finding:
    start, end = own.words[first].start, own.words[last].end
    before = next((own.found[number] for number in range(first - 1, -1, -1) if number in own.found), None)
    at = 0 if before is None else other.words[before].end
    message = f"{own.name} has {shown(own.passage.text[start:end])}, which {other.name} lacks."
    spans = own.passage.span(start, end), other.passage.span(at, at)
    return Finding("missing" if in_a else "added", MINOR, sure, sides.sentence(message), *(spans if in_a else spans[::-1]))

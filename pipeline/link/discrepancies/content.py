"""What a passage says and its rendering in another language does not: terms, list members, clauses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.core.language import load_language
from pipeline.core.model import Frozen
from pipeline.link.discrepancies.concepts import Concept
from pipeline.link.discrepancies.glossary import HEAD
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Passage, Span, shown
from pipeline.link.discrepancies.words import Place, Words, stems_of

CLAUSES = re.compile(r"[，,；;。！？!?：:\n]")
ENUMERATION = "、"
MEMBERS = re.compile(r"[，,；;。！？!?：:、\n]")
MEMBER_ENDS = "、，,；;。\n"
"""Signs that stand before and after a member of an enumeration."""
MARKS = "“”《》（）"
"""Signs that may stand between two uses that belong together."""
LOST = 3
"""Words in a row without a rendering: less is a clause only where it is all of it."""
BETWEEN = 3
"""Words that may stand in the place of one."""
WIDEST = 8
"""Words that a place may be wide."""
STRONG, OPPOSITE, LITERAL, TERM, WORD, LOST_PASSAGE, FEWER = 0.95, 0.9, 0.75, 0.85, 0.8, 0.85, 0.6
"""Confidence: a rendering of something else stands there; of the opposite; a name rendered literally;
a term or word is not rendered at all; a run of them; too few renderings."""
HALF = 0.5
"""Share of a rendering: from here, another rendering is more likely than none."""
COVERED = 0.5
"""What a rendering that stands there in part takes from the confidence."""
ENOUGH, ANSWERED = 4, 0.35
"""Uses of which so many must have a rendering: otherwise the passages do not answer one another."""
USUAL, FREE, PRIOR, DOUBT = 0.03, 0.065, 200, 8.0
"""Share of uses that a translation commonly misses, and from which it is a free one; what the first weighs, in uses."""


class Rendered(Frozen):
    """A passage, its rendering, and what messages call the two texts.

    in_a: whether the passage is of text a; doubt: what the freedom of the translation takes from the confidence.
    """

    own: Passage
    other: Passage
    here: str
    there: str
    in_a: bool
    doubt: float = 0.0


def freedom(found: Iterable[Sequence[Concept]]) -> float:
    """What a translation takes from the confidence in what it misses: the freer it is, the less a missing word says."""
    uses = missing = 0
    for concepts in found:
        uses += len(concepts)
        missing += sum(concept.missing for concept in concepts)
    share = (missing + USUAL * PRIOR) / (uses + PRIOR)
    return DOUBT * max(0.0, share - FREE)


def content(rendered: Rendered, words: Words, found: Sequence[Concept]) -> Iterator[Finding]:
    """What the glossary knows of a passage and misses in its rendering; what is missing side by side is one finding."""
    if len(found) < ENOUGH or sum(concept.place is not None for concept in found) >= ANSWERED * len(found):
        yield from _Comparison(rendered, words, found).findings()


class _Comparison:
    """One passage against its rendering."""

    def __init__(self, rendered: Rendered, words: Words, found: Sequence[Concept]) -> None:
        self.rendered, self.words, self.found, self.text = rendered, words, found, rendered.own.text
        self.clauses = [match.start() for match in CLAUSES.finditer(self.text)]
        self.members = [match.start() for match in MEMBERS.finditer(self.text)]
        self.before = _carried(found)
        self.after = _carried(found[::-1])[::-1]
        self.shared = _shared(found)
        self.taken = {number for each in found if each.place for number in range(each.place[0], each.place[1] + 1)}

    def findings(self) -> Iterator[Finding]:
        lost = list(self.lost())
        yield from (self.passage(first, last) for first, last in lost)
        inside = {number for first, last in lost for number in range(first, last + 1)}
        for number, concept in enumerate(self.found):
            if number not in inside and concept.place is None:
                yield self.single(number) if concept.missing else self.fewer(number)

    def lost(self) -> Iterator[tuple[int, int]]:
        """(first, last) of the runs of concepts without a rendering that make up a clause, or are many."""
        first = 0
        for number in range(len(self.found) + 1):
            if number < len(self.found) and self._goes_on(first, number):
                continue
            last = number - 1
            while last > first and self.found[last].place is not None:
                last -= 1
            missing = sum(each.missing and each.coverage < 1 for each in self.found[first : last + 1])
            if missing >= LOST or (missing > 1 and (self._is_clause(first, last) or self._are_members(first, last))):
                yield first, last
            first = number + 1

    def _goes_on(self, first: int, number: int) -> bool:
        """Whether a run goes on with a concept: one without a rendering, or, in a list, one whose rendering is that of another."""
        if self._breaks(first, number):
            return False
        if self.found[number].place is None:
            return True
        listed = self.found[number - 1].use.start, self.found[number].use.end
        return first < number and number in self.shared and ENUMERATION in self.text[slice(*self.bounds(self.clauses, *listed))]

    def _breaks(self, first: int, last: int) -> bool:
        return first < last and "\n" in self.text[self.found[last - 1].use.end : self.found[last].use.start]

    def _is_clause(self, first: int, last: int) -> bool:
        """Whether a run holds all that is known of the clauses it stands in."""
        start, end = self.bounds(self.clauses, self.found[first].use.start, self.found[last].use.end)
        begins = first == 0 or self.found[first - 1].use.end <= start
        return begins and (last == len(self.found) - 1 or self.found[last + 1].use.start >= end)

    def _is_member(self, number: int) -> bool:
        """Whether a use is a whole member of an enumeration in which something has a rendering."""
        use, borders = self.found[number].use, _words("joining") + _words("others") + MEMBER_ENDS
        before, after = self.text[use.start - 1 : use.start], self.text[use.end : use.end + 1]
        listed = (before == ENUMERATION and after in borders) or (after == ENUMERATION and before in borders)
        return listed and (self.before[number] is not None or self.after[number] is not None)

    def _are_members(self, first: int, last: int) -> bool:
        """Whether a run is members of an enumeration, one after the other."""
        run = self.found[first : last + 1]
        return all(self.text[one.use.end : other.use.start] == ENUMERATION for one, other in zip(run, run[1:], strict=False))

    def bounds(self, marks: Sequence[int], start: int, end: int) -> Span:
        """From the separator before to the separator after."""
        before, after = bisect_left(marks, start), bisect_right(marks, end - 1)
        return marks[before - 1] + 1 if before else 0, marks[after] if after < len(marks) else len(self.text)

    def in_list(self, start: int, end: int) -> bool:
        """Whether a passage is part of an enumeration."""
        low, high = self.bounds(self.clauses, start, end)
        return ENUMERATION in self.text[low:high]

    def passage(self, first: int, last: int) -> Finding:
        start, end = self.bounds(self.members, self.found[first].use.start, self.found[last].use.end)
        if ENUMERATION in self.text[start:end]:
            verbs = _leading().match(self.text, start, self.found[first].use.start)
            others = self.text.find(_words("others"), self.found[last].use.end, end)
            start, end = verbs.end() if verbs else start, end if others < 0 else others
        before = self.before[first]
        at = self.words.span(before)[1] if before else 0
        listed = ENUMERATION in self.text[start:end]
        message = f"{self.rendered.there} lacks {'the members' if listed else 'a passage'} {shown(self.text[start:end])} of {self.rendered.here}."
        return self._finding(
            "list" if self.in_list(start, end) else "missing", MAJOR, LOST_PASSAGE, message, (start, end), (at, at)
        )

    def single(self, number: int) -> Finding:
        concept, rendered = self.found[number], self.rendered
        use, is_term = concept.use, concept.use.entry.is_term
        span, said = (use.start, use.end), self._said(number)
        if otherwise := concept.false or concept.opposite:
            place = self.words.whole(*self.words.span(otherwise))
            message = f"{rendered.there} says {shown(self.words.text[slice(*place)])}, {rendered.here} {said}."
            literal = use.entry.is_name and concept.false is not None
            sure = LITERAL if literal else STRONG if concept.false else OPPOSITE
            return self._finding("term", MINOR if literal else MAJOR, sure, message, span, place)
        confidence = (TERM if is_term else WORD) - COVERED * concept.coverage - rendered.doubt
        heading = rendered.own.is_heading
        weight = MINOR if concept.coverage >= HALF or self._is_in_part(number) else MAJOR
        instead = self._instead(number)
        unknown = f"No known rendering of {said} stands in {rendered.there}."
        if instead is None and self._is_member(number):
            message = f"{rendered.there} lacks {said} in a list of {rendered.here}, or renders it by another word."
            return self._finding("list", weight, confidence, message, span, self._around(number))
        if instead is None:
            severity = weight if is_term and heading else MINOR
            return self._finding("term", severity, confidence, unknown, span, self._around(number))
        if instead[0] == instead[1]:
            message = f"{rendered.there} lacks {said} of {rendered.here}."
            listed = self.in_list(*span)
            return self._finding(
                "list" if listed else "missing", MAJOR if listed or heading else MINOR, confidence, message, span, instead
            )
        return self._finding("term", weight if is_term and heading else MINOR, confidence, unknown, span, instead)

    def _is_in_part(self, number: int) -> bool:
        """Whether a word of a rendering stands where the use would be rendered, between what stands before and what stands after."""
        before, after = self.before[number], self.after[number]
        low = before[1] + 1 if before else 0
        high = after[0] if after and after[0] >= low else low + WIDEST
        parts = {part for rendering in self.found[number].use.entry.renderings for part in stems_of(rendering)}
        return any(word.stem in parts for word in self.words.words[low : min(high, low + WIDEST)])

    def fewer(self, number: int) -> Finding:
        """A use too many for its renderings."""
        use, rendered = self.found[number].use, self.rendered
        same = [concept.place for concept in self.found if concept.use.entry.entry_id == use.entry.entry_id]
        times = _times(len(same)), _times(len(same) - same.count(None))
        message = f"{rendered.here} has {self._said(number)} {times[0]}, {rendered.there} renders it {times[1]}."
        return self._finding("missing", MINOR, FEWER - rendered.doubt, message, (use.start, use.end), self._around(number))

    def _said(self, number: int) -> str:
        use = self.found[number].use
        return f"{shown(self.text[use.start : use.end])} ({use.entry.renderings[0].rstrip('*')})"

    def _instead(self, number: int) -> Span | None:
        """The offsets of the few words between the renderings of the concepts right before and after, empty where there are
        none; None where that cannot be told."""
        if not 0 < number < len(self.found) - 1:
            return None
        left, use, right = self.found[number - 1], self.found[number].use, self.found[number + 1]
        apart = self.text[left.use.end : use.start], self.text[use.end : right.use.start]
        if not left.place or not right.place or left.place[1] >= right.place[0] or not all(map(_joined().fullmatch, apart)):
            return None
        between = range(left.place[1] + 1, right.place[0])
        said = [self.words.words[each] for each in between if not self.words.words[each].is_light]
        if not said:
            return (self.words.span(left.place)[1],) * 2
        start, end = self.words.whole(said[0].start, said[-1].end)
        crowded = len(said) > BETWEEN or not self.taken.isdisjoint(between) or CLAUSES.search(self.words.text, start, end)
        return None if crowded else (start, end)

    def _around(self, number: int) -> Span:
        """The offsets from the rendering of what stands before to that of what stands after, where they follow each other closely;
        else of the passage."""
        before, after = self.before[number], self.after[number]
        if before and after and before[1] < after[0] <= before[1] + WIDEST:
            return self.words.whole(*self.words.span((before[0], after[1])))
        return 0, len(self.words.text)

    def _finding(self, kind: str, severity: str, confidence: float, message: str, own: Span, other: Span) -> Finding:
        spans = self.rendered.own.span(*own), self.rendered.other.span(*other)
        a, b = spans if self.rendered.in_a else spans[::-1]
        return Finding(kind, severity, confidence, message[:1].upper() + message[1:], a, b)


def _shared(found: Sequence[Concept]) -> frozenset[int]:
    """The numbers of the concepts whose rendering is part of that of one before them."""
    shared, taken = set(), set[int]()
    for number, place in enumerate(each.place for each in found):
        own = set(range(place[0], place[1] + 1)) if place else set()
        if own and own <= taken:
            shared.add(number)
        taken |= own
    return frozenset(shared)


@cache
def _leading() -> re.Pattern[str]:
    """Verbs at the beginning of a list: they are none of its members."""
    verbs = load_language(HEAD).setting("discrepancies", "leading_verbs", "").split()
    return re.compile(f"(?:{'|'.join(map(re.escape, verbs))})*" if verbs else "")


@cache
def _words(key: str) -> str:
    """The characters under a key of the language whose wordings are looked up."""
    return str(load_language(HEAD).setting("discrepancies", key, ""))


@cache
def _joined() -> re.Pattern[str]:
    """What may stand between two uses that belong together."""
    signs = re.escape("".join((ENUMERATION, MARKS, *map(_words, ("joining", "linking", "others")))))
    return re.compile(f"[{signs}]{{0,2}}")


def _carried(found: Sequence[Concept]) -> list[Place | None]:
    """For each concept the place of the last one before it that has one."""
    carried: list[Place | None] = []
    place: Place | None = None
    for concept in found:
        carried.append(place)
        place = concept.place or place
    return carried


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")

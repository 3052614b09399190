"""Two aligned texts → where they disagree, one finding for each place, the surest first."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter

from pipeline.core.language import load_language
from pipeline.core.model import Extraction, Frozen, Quantity
from pipeline.link.alignment import Alignment
from pipeline.link.discrepancies.absent import absent, gaps
from pipeline.link.discrepancies.amounts import amount, amounts
from pipeline.link.discrepancies.concepts import Rarity, concepts
from pipeline.link.discrepancies.content import Rendered, content, freedom
from pipeline.link.discrepancies.figures import figures
from pipeline.link.discrepancies.glossary import HEAD, RENDERED, Glossary, Likeness, glossary, likeness
from pipeline.link.discrepancies.labels import labels
from pipeline.link.discrepancies.latin import latin
from pipeline.link.discrepancies.model import MAJOR, Finding, Pair, Passage, Sides, Span, overlap, ranked, sides_of
from pipeline.link.discrepancies.names import named
from pipeline.link.discrepancies.wording import wording
from pipeline.link.discrepancies.words import Words

LISTED = 0.5
"""The confidence from which a finding is listed."""
NARROW = 40
"""Characters of a passage that says where a finding is; a longer one only says in which sentence."""
START = attrgetter("char_start")


class Knowledge(Frozen):
    """What the detectors know of words."""

    glossary: Glossary
    likeness: Likeness


@cache
def known() -> Knowledge:
    """What the language packs say."""
    return Knowledge(glossary(), likeness())


def detect(alignment: Alignment, found: tuple[Extraction, Extraction], knowledge: Knowledge | None = None) -> list[Finding]:
    """Every place where two texts disagree that is sure enough, ordered by severity and confidence, then by place."""
    sides = sides_of(alignment.a.text, alignment.b.text)
    pairs = [_pair(alignment, number) for number, group in enumerate(alignment.groups) if group.a and group.b]
    every: list[Iterable[Finding]] = [labels(alignment, sides), absent(alignment, sides)]
    every += [_local(pair, sides) for pair in pairs]
    every += [_counted(pair, sides, *_quantities(pair, found)) for pair in pairs]
    every.append(_worded(pairs, sides, knowledge or known()))
    return ranked(one_per_place(finding for finding in chain.from_iterable(every) if finding.confidence >= LISTED))


def _pair(alignment: Alignment, index: int) -> Pair:
    """The passages of a group, and what stands around them."""
    group = alignment.groups[index]
    near = [alignment.groups[number] for number in (index - 1, index + 1) if 0 <= number < len(alignment.groups)]
    a, b = (
        Passage(outline.text.language, [alignment.sentences[each] for each in ids], 0)
        for outline, ids in ((alignment.a, group.a), (alignment.b, group.b))
    )
    around = ["\n".join(alignment.sentences[each].text for other in near for each in getattr(other, side)) for side in "ab"]
    return Pair(a, b, *around)


def _counted(pair: Pair, sides: Sides, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterator[Finding]:
    """What figures show; a quantity that the other version has in another unit is the same."""
    equal = {amount(each) for each in ours} & {amount(each) for each in theirs}
    same = [(each.char_start, each.char_end) for each in (*ours, *theirs) if amount(each) in equal]
    for finding in figures(pair, sides):
        if finding.kind != "number" or not any(overlap(finding.a, span) or overlap(finding.b, span) for span in same):
            yield finding
    yield from amounts(ours, theirs, sides)


def _local(pair: Pair, sides: Sides) -> Iterator[Finding]:
    """What names, signs and Latin letters show."""
    yield from named(pair, sides)
    yield from gaps(pair, sides)
    spaced = [bool(load_language(passage.language).settings.get("spaced", True)) for passage in (pair.a, pair.b)]
    if spaced[0] != spaced[1]:
        yield from latin(pair, sides, in_a=spaced[1])


def _quantities(pair: Pair, found: tuple[Extraction, Extraction]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities that were read in the passages of a pair."""
    picked = []
    for passage, extraction in zip((pair.a, pair.b), found, strict=True):
        found_here: list[Quantity] = []
        for sentence in passage.sentences:
            first, last = (bisect_left(extraction.quantities, at, key=START) for at in (sentence.char_start, sentence.char_end))
            found_here += (quantity for quantity in extraction.quantities[first:last] if quantity.value is not None)
        picked.append(found_here)
    return picked[0], picked[1]


def _worded(pairs: Sequence[Pair], sides: Sides, knowledge: Knowledge) -> Iterator[Finding]:
    """What the words show: of one language as they stand, of two by what the glossary says of them."""
    if not pairs:
        return
    languages = pairs[0].a.language, pairs[0].b.language
    if languages == (RENDERED, RENDERED):
        for pair in pairs:
            yield from wording(pair, sides, knowledge.glossary, knowledge.likeness)
    elif set(languages) == {HEAD, RENDERED}:
        yield from _rendered(pairs, sides, knowledge, in_a=languages[0] == HEAD)


def _rendered(pairs: Sequence[Pair], sides: Sides, knowledge: Knowledge, in_a: bool) -> Iterator[Finding]:
    directed = [(pair.a, pair.b) if in_a else (pair.b, pair.a) for pair in pairs]
    words = [Words(other.text, knowledge.likeness.alike) for _, other in directed]
    rarity = Rarity(words)
    found = [
        concepts(own.text, each, knowledge.glossary, rarity, knowledge.likeness.opposites)
        for (own, _), each in zip(directed, words, strict=True)
    ]
    doubt = freedom(found)
    here, there = (sides.a, sides.b) if in_a else (sides.b, sides.a)
    for (own, other), each, uses in zip(directed, words, found, strict=True):
        yield from content(Rendered(own, other, here, there, in_a, doubt), each, uses)


def one_per_place(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings that overlap, the most telling: what differs before what is lost, a passage before its words."""
    places = _Places()
    return [
        each
        for each in sorted(findings, key=lambda each: (_order(each), -each.confidence, each.a, each.b, each.message))
        if places.take(each)
    ]


class _Places:
    """Where findings are. A finding is told from others by its span in the first text; where one of two has none there, by a narrow
    span in the second."""

    def __init__(self) -> None:
        self._a: list[Span] = []
        self._b: list[tuple[Span, bool]] = []

    def take(self, finding: Finding) -> bool:
        """Whether a place was free, which then is taken."""
        alone = finding.a[0] == finding.a[1]
        narrow = 0 < finding.b[1] - finding.b[0] <= NARROW
        if (not alone and self._taken(finding.a)) or (narrow and self._answered(finding.b, alone)):
            return False
        if not alone:
            insort(self._a, finding.a)
        if narrow:
            insort(self._b, (finding.b, alone))
        return True

    def _taken(self, span: Span) -> bool:
        """Spans that were taken never overlap each other."""
        at = bisect_left(self._a, span)
        return any(overlap(span, other) for other in self._a[max(0, at - 1) : at + 1])

    def _answered(self, span: Span, alone: bool) -> bool:
        first = bisect_left(self._b, ((span[0] - NARROW, 0), False))
        last = bisect_left(self._b, ((span[1], 0), False))
        return any(overlap(span, other) and (alone or theirs) for other, theirs in self._b[first:last])


def _order(finding: Finding) -> int:
    both = finding.a[0] < finding.a[1] and finding.b[0] < finding.b[1]
    if finding.kind in ("duplicate", "numbering"):
        return 0
    if finding.kind not in ("term", "list", "missing", "added"):
        return 1 if both else 3
    return 2 if finding.severity == MAJOR else 4

"""Sentences that only one text has, passages that a text has twice, and marks of something left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.language import load_language
from pipeline.link.alignment import Alignment, SentenceGroup
from pipeline.link.discrepancies.figures import FILE, fold
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Pair, Sides, Span, shown

APART = ("front", "closing")
"""Sections around the text proper: titles, signatures."""
LONG = 100
"""Characters of a passage that is not said twice for its own sake, as titles are."""


def absent(alignment: Alignment, sides: Sides) -> Iterator[Finding]:
    """Each run of sentences that only one text has."""
    for run in _runs(alignment.groups):
        in_a = bool(run[0].a)
        ids = [each for group in run for each in (group.a or group.b)]
        sentences = [alignment.sentences[each] for each in ids]
        own = sentences[0].char_start, sentences[-1].char_end
        place = alignment.place(run[0])
        spans: tuple[Span, Span] = (own, (place, place)) if in_a else ((place, place), own)
        here, there = (sides.a, sides.b) if in_a else (sides.b, sides.a)
        words = shown(" ".join(sentence.text for sentence in sentences))
        if run[0].repeats:
            message = f"{here} says {words} twice, {there} once."
            confidence = 0.9 if own[1] - own[0] >= LONG else 0.4
            yield Finding("duplicate", MAJOR, confidence, sides.sentence(message), *spans)
            continue
        what = "a sentence" if len(ids) == 1 else f"{len(ids)} sentences"
        message = f"{there} lacks {what} of {here}: {words}."
        apart = all(sentence.section_id.rpartition(":")[2] in APART for sentence in sentences)
        small = apart or (not in_a and all(sentence.kind == "heading" for sentence in sentences))
        severity, confidence = (MINOR, 0.6) if small else (MAJOR, 0.9)
        yield Finding("missing" if in_a else "added", severity, confidence, sides.sentence(message), *spans)


def _runs(groups: Sequence[SentenceGroup]) -> Iterator[list[SentenceGroup]]:
    """Groups in a row that only one text has, all of them repeated or none."""
    run: list[SentenceGroup] = []
    for group in groups:
        alone = not (group.a and group.b)
        if run and not (alone and bool(group.a) == bool(run[0].a) and bool(group.repeats) == bool(run[0].repeats)):
            yield run
            run = []
        if alone:
            run.append(group)
    if run:
        yield run


def gaps(pair: Pair, sides: Sides) -> Iterator[Finding]:
    """Marks of something left out that only one text has."""
    found = []
    for passage in (pair.a, pair.b):
        rules = load_language(passage.language).group(FILE, "gaps")
        found.append([match.span() for _, match in rules.matches(fold(passage.text))])
    for own, other, spans, in_a in ((pair.a, pair.b, found[0], True), (pair.b, pair.a, found[1], False)):
        for start, end in spans if not (found[0] and found[1]) else ():
            here, there = (sides.a, sides.b) if in_a else (sides.b, sides.a)
            end = start + len(own.text[start:end].rstrip())
            message = f"{here} has {shown(own.text[start:end])} in the place of words that {there} has."
            inside, across = own.span(start, end), other.whole
            yield Finding("missing", MAJOR, 0.9, sides.sentence(message), *((inside, across) if in_a else (across, inside)))

"""Numbered notes under a table and numbered attachments, whose numbers are no labels of sections."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate, Reading

NEAR = 400
"""Characters before the number 2 in which the number 1 of a list of notes stands."""

BEFORE = 12
"""Characters before the number 1 in which the word for notes stands."""


def without_notes(
    paragraphs: Sequence[Paragraph], found: list[Candidate], grammar: Grammar
) -> tuple[list[Candidate], frozenset[int]]:
    """The candidates without those that run on from '注：1.' or 'Attachments: 1.' right behind it, and the paragraphs of those."""
    kept: list[Candidate] = []
    notes: set[int] = set()
    last: tuple[int, Reading] | None = None
    for candidate in found:
        reading = candidate.readings[0] if candidate.readings and not candidate.kind else None
        if reading is not None and reading.value == 1 and _is_first(paragraphs, candidate, grammar):
            last = candidate.paragraph, reading
            notes.add(candidate.paragraph)
            continue
        if (
            reading is not None
            and reading.value == 2
            and last is None
            and (first := _first_before(paragraphs, candidate, grammar)) is not None
        ):
            last = first, Reading(reading.form, reading.system, 1)
        if reading is not None and last is not None and _runs_on(last, candidate.paragraph, reading):
            last = candidate.paragraph, reading
            notes.add(candidate.paragraph)
            continue
        last = None
        kept.append(candidate)
    return kept, frozenset(notes)


def _runs_on(last: tuple[int, Reading], paragraph: int, reading: Reading) -> bool:
    before = last[1]
    same = (before.form, before.system, before.value + 1) == (reading.form, reading.system, reading.value)
    return same and not reading.prefix and paragraph - last[0] <= 1


def _is_first(paragraphs: Sequence[Paragraph], candidate: Candidate, grammar: Grammar) -> bool:
    """Whether the word for notes stands right before a label."""
    text = paragraphs[candidate.paragraph].text
    match = grammar.notes.search(text, max(candidate.start - BEFORE, 0), candidate.end + 1)
    return match is not None and match.start() < candidate.start < match.end()


def _first_before(paragraphs: Sequence[Paragraph], candidate: Candidate, grammar: Grammar) -> int | None:
    """The paragraph of a first note that stands in the same paragraph as the second or in the one before."""
    text, start, above = paragraphs[candidate.paragraph].text, candidate.start, candidate.paragraph - 1
    if start and grammar.first_notes.first(text[max(start - NEAR, 0) : start]):
        return candidate.paragraph
    return above if above >= 0 and grammar.first_notes.first(paragraphs[above].text[-NEAR:]) else None

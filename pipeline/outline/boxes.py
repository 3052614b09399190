"""Where boxes and tables end: with their rows, or with the paragraph that their contents run on in, and the notes below."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import Line
from pipeline.outline.sentences import first_end

AHEAD = 4
"""Paragraphs behind a caption among which the first row is looked for."""

Segment = tuple[int, int, int]
"""(paragraph, start, stop) of a piece of running text."""


def close_boxes(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], found: Sequence[Candidate], notes: frozenset[int], grammar: Grammar
) -> None:
    """Tell each box whose contents stand in the paragraph of its title with which paragraph it ends."""
    labelled = frozenset(candidate.paragraph for candidate in found if not candidate.inline)
    for place, candidate in enumerate(found):
        if candidate.kind != "box":
            continue
        below = place + 1
        while below < len(found) and found[below].kind != "box" and found[below].paragraph == candidate.paragraph:
            below += 1
        same = below < len(found) and found[below].paragraph == candidate.paragraph
        stop = found[below].start if same else lines[candidate.paragraph].stop
        if candidate.inline or _holds_more(paragraphs[candidate.paragraph].text, candidate.end, stop, grammar):
            candidate.ends = (
                candidate.paragraph if same else _end(paragraphs, lines, candidate.paragraph, labelled, notes, grammar)
            )


def _holds_more(text: str, start: int, stop: int, grammar: Grammar) -> bool:
    """Whether more than a title stands behind the label of a box."""
    return stop - start > grammar.limits["bare"] or first_end(text, grammar, start, stop) is not None


def _end(
    paragraphs: Sequence[Paragraph],
    lines: Sequence[Line],
    first: int,
    labelled: frozenset[int],
    notes: frozenset[int],
    grammar: Grammar,
) -> int:
    last = first
    while last + 1 < len(paragraphs):
        text, below = paragraphs[last + 1].text, last + 1
        cells = (
            not grammar.spaced
            and below not in labelled
            and not lines[below].level
            and first_end(text, grammar, 0, len(text)) is None
        )
        if not (below in notes or lines[below].row or cells or grammar.table_notes.first(text[:60])):
            break
        last = below
    return last


def rows_of(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], segments: Sequence[Segment], notes: frozenset[int], grammar: Grammar
) -> int:
    """How many segments behind a table's caption belong to it: its rows, or else short lines, and the notes below."""
    ahead = next((place for place, segment in enumerate(segments[:AHEAD]) if lines[segment[0]].row), None)
    count = ahead or 0
    if ahead is not None:
        while count < len(segments) and lines[segments[count][0]].row:
            count += 1
    else:
        while count < len(segments) and _is_cell(paragraphs, segments[count], grammar):
            count += 1
    while count < len(segments) and (
        segments[count][0] in notes or grammar.table_notes.first(paragraphs[segments[count][0]].text[:60])
    ):
        count += 1
    return count


def _is_cell(paragraphs: Sequence[Paragraph], segment: Segment, grammar: Grammar) -> bool:
    index, start, stop = segment
    return stop - start <= grammar.limits["line"] and paragraphs[index].text[stop - 1] not in "。.!！?？;；:："

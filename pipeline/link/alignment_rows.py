"""The rows of section_alignments and sentence_alignments."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.ids import Distinct
from pipeline.core.model import Row
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus

DIGITS = 3
"""Digits of a score: more would only tell one machine's arithmetic from another's."""


def section_alignment_rows(corpus: Corpus) -> list[Row]:
    """One row per pair of sections, and per section that the other text lacks."""
    identify = Distinct()
    return [row for alignment in _alignments(corpus) for row in _section_rows(corpus, alignment, identify)]


def sentence_alignment_rows(corpus: Corpus) -> list[Row]:
    """One row per pair of sentences of a group, and per sentence that the other text lacks."""
    identify = Distinct()
    return [row for alignment in _alignments(corpus) for row in _sentence_rows(corpus, alignment, identify)]


def _alignments(corpus: Corpus) -> Iterator[Alignment]:
    return (alignment for document in corpus.documents for alignment in corpus.alignments(document.document_id))


def _section_rows(corpus: Corpus, alignment: Alignment, identify: Distinct) -> Iterator[Row]:
    for pair in alignment.sections:
        group_id = identify("provision", corpus.provision_at(str(pair.b or pair.a)))
        yield _row(alignment, "section", identify, group_id, (pair.a, pair.b), pair.method, pair.score)


def _sentence_rows(corpus: Corpus, alignment: Alignment, identify: Distinct) -> Iterator[Row]:
    for group in alignment.groups:
        group_id = identify("passage", corpus.passage_of((*group.a, *group.b)[0]))
        for one in group.a or (None,):
            for other in group.b or (None,):
                yield _row(alignment, "sentence", identify, group_id, (one, other), group.method, group.score)


def _row(
    alignment: Alignment,
    kind: str,
    identify: Distinct,
    group_id: str,
    sides: tuple[str | None, str | None],
    method: str,
    score: float,
) -> Row:
    a, b = alignment.a.text.text_id, alignment.b.text.text_id
    return {
        "alignment_id": identify("alignment", a, sides[0], b, sides[1]),
        "group_id": group_id,
        "a_text_id": a,
        f"a_{kind}_id": sides[0],
        "b_text_id": b,
        f"b_{kind}_id": sides[1],
        "method": method,
        "score": round(score, DIGITS),
    }

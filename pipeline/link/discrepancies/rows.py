"""The rows of the table `discrepancies`."""

from __future__ import annotations

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Row
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies.detect import detect
from pipeline.link.discrepancies.model import Finding, Span

DIGITS = 2
"""Of a confidence: more would not be known."""


def discrepancy_rows(corpus: Corpus) -> list[Row]:
    """One row for each place where a text of a document disagrees with its first text, the surest first."""
    counted = Counted()
    extractions = {outline.text.text_id: extraction for outline, extraction in corpus.readings}
    return [
        _row(corpus, alignment, finding, counted)
        for document in corpus.documents
        for alignment in corpus.alignments(document.document_id)
        for finding in detect(alignment, (extractions[alignment.a.text.text_id], extractions[alignment.b.text.text_id]))
    ]


def _row(corpus: Corpus, alignment: Alignment, finding: Finding, counted: Counted) -> Row:
    a, b = alignment.a.text, alignment.b.text
    quotes = _quote(corpus.decoded[a.source_id], finding.a), _quote(corpus.decoded[b.source_id], finding.b)
    return {
        "discrepancy_id": counted(content_id("discrepancy", finding.kind, a.text_id, b.text_id, *quotes, finding.message)),
        "kind": finding.kind,
        "severity": finding.severity,
        "confidence": round(finding.confidence, DIGITS),
        "message": finding.message,
        **_side("a", a.text_id, finding.a, quotes[0]),
        **_side("b", b.text_id, finding.b, quotes[1]),
    }


def _side(side: str, text_id: str, span: Span, quote: str | None) -> Row:
    return {
        f"{side}_text_id": text_id, f"{side}_char_start": span[0], f"{side}_char_end": span[1], f"{side}_quote": quote,
    }  # fmt: skip


def _quote(source: str, span: Span) -> str | None:
    """The words of a span; an empty one has none."""
    return source[span[0] : span[1]] or None

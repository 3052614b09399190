"""The rows of the table `discrepancies`."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Row
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies.detect import detect
from pipeline.link.discrepancies.model import Finding, Span
from pipeline.link.discrepancies.of_records import Difference, Texts, with_records

DIGITS = 2
"""Of a confidence: more would not be known."""


class Discrepancies:
    """Where the texts of documents disagree with their first texts.

    differences: what the records show, which is told in any case. rows: one for each place, the surest of a document first;
    ids: (record_id, column) of each difference → the discrepancy that tells it.
    """

    def __init__(self, corpus: Corpus, differences: Iterable[Difference] = ()) -> None:
        self.rows: list[Row] = []
        self.ids: dict[tuple[str, str], str] = {}
        counted = Counted()
        by_texts: dict[Texts, list[Difference]] = {}
        for each in differences:
            by_texts.setdefault(each.texts, []).append(each)
        for document in corpus.documents:
            for alignment in corpus.alignments(document.document_id):
                texts = alignment.a.text.text_id, alignment.b.text.text_id
                findings, told = found_in(corpus, alignment, by_texts.get(texts, ()))
                rows = [_row(corpus, alignment, finding, counted) for finding in findings]
                self.rows += rows
                for difference, number in told:
                    self.ids.setdefault((difference.record_id, difference.column), rows[number]["discrepancy_id"])

    def name_in(self, rows: Iterable[Row], key: str) -> None:
        """Write into the records of a table which discrepancies tell how their versions differ."""
        found: dict[str, dict[str, str]] = {}
        for (record_id, column), discrepancy_id in self.ids.items():
            found.setdefault(record_id, {})[column] = discrepancy_id
        for row in rows:
            row.update(found.get(row[key], {}))


def found_in(
    corpus: Corpus, alignment: Alignment, differences: Iterable[Difference]
) -> tuple[list[Finding], list[tuple[Difference, int]]]:
    """Where two texts disagree, the surest first, and the number of the finding that tells each difference of their records."""
    found = {outline.text.text_id: extraction for outline, extraction in corpus.of_document(alignment.a.text.document_id)}
    findings = detect(alignment, (found[alignment.a.text.text_id], found[alignment.b.text.text_id]))
    return with_records(findings, list(differences))


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

"""How much of the two annotations in tests/gold the extractors find: `python -m benchmarks.accuracy`.

Rows are matched one to one, by the best overlap of spans. Precision: rows found that match a row of the annotation.
Recall: rows that the annotator did not doubt, and that were found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.core.language import load_language
from pipeline.core.model import Outline
from pipeline.core.paths import RAW, ROOT
from pipeline.extract import extract_text
from pipeline.outline import outline_document
from pipeline.source import check_raw, read_document, read_folder

GOLD = ROOT / "tests" / "gold"
ANNOTATORS = ("a", "b")
TABLES = ("sections", "quantities", "goals", "bodies", "instruments")


class Span(NamedTuple):
    """Half open, in code points of the source."""

    start: int
    end: int


class Score:
    """Counts for one table, language and annotator."""

    def __init__(self) -> None:
        self.found = self.matched = self.sure = self.sure_matched = 0

    def add(self, found: Sequence[Span], gold: Sequence[tuple[Span, bool]]) -> None:
        """Count one text. gold: (span, doubted)."""
        matched = match(found, [span for span, _ in gold])
        self.found += len(found)
        self.matched += len(matched)
        self.sure += sum(not doubted for _, doubted in gold)
        self.sure_matched += sum(not gold[index][1] for index in matched)

    @property
    def precision(self) -> float:
        """Rows found that match, as a share of the rows found; 1 where none is found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Undoubted rows that were found, as a share of the undoubted rows; 1 where there is none."""
        return self.sure_matched / self.sure if self.sure else 1.0


def match(found: Sequence[Span], gold: Sequence[Span]) -> set[int]:
    """The indices of the gold spans that have a partner of their own, the best overlaps first."""
    pairs = [
        (-overlap / max(g.end - g.start, f.end - f.start), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (overlap := min(g.end, f.end) - max(g.start, f.start)) > 0
    ]
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return left


def readings() -> Iterator[tuple[Outline, dict[str, list[Span]]]]:
    """Each text with the spans that were found in it, by table."""
    for folder in check_raw(RAW):
        reading = read_document(*read_folder(folder))
        for outline in outline_document(reading.texts)[0]:
            language = load_language(outline.text.language)
            found = extract_text(outline, language, reading.decoded[outline.text.source_id], reading.document.issued_on)
            records: dict[str, Sequence[Any]] = {
                "sections": [s for s in outline.sections if s.kind not in ("front", "closing")],
                "quantities": found.quantities,
                "goals": [s for s in found.statements if s.objective_type in ("goal", "principle")],
                "bodies": found.body_mentions,
                "instruments": found.instrument_mentions,
            }
            yield outline, {name: [Span(r.char_start, r.char_end) for r in rows] for name, rows in records.items()}


def gold_rows(annotator: str, text_id: str, table: str) -> list[tuple[Span, bool]]:
    """The annotated spans of one text and table, and whether each is doubted."""
    lines = (GOLD / annotator / f"{text_id}.{table}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [(Span(row["char_start"], row["char_end"]), bool(row.get("doubt"))) for row in rows]


def main() -> None:
    """Print a row for each table, language and annotator."""
    scores: dict[tuple[str, str, str], Score] = defaultdict(Score)
    for outline, found in readings():
        for table in TABLES:
            for annotator in ANNOTATORS:
                gold = gold_rows(annotator, outline.text.text_id, table)
                scores[table, outline.text.language, annotator].add(found[table], gold)
    print(f"{'table':<13}{'language':<10}{'annotator':<11}{'precision':>9}{'recall':>8}{'found':>7}")
    for (table, language, annotator), score in sorted(scores.items(), key=lambda item: (TABLES.index(item[0][0]), item[0])):
        print(f"{table:<13}{language:<10}{annotator:<11}{score.precision:>9.2f}{score.recall:>8.2f}{score.found:>7}")


if __name__ == "__main__":
    main()

"""Objectives: one for the statements of a document's texts that stand at the same place and are as many in each."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Extraction, Row, Statement
from pipeline.link.codes import plain
from pipeline.link.corpus import Corpus
from pipeline.link.evidence import passage
from pipeline.link.pairing import Group, pair

NESTING = 16
"""How many statements back one may stand that still holds a span."""


class Objectives:
    """The objectives of a corpus and the statements that evidence them."""

    def __init__(self, corpus: Corpus) -> None:
        self.rows: list[Row] = []
        self.statement_rows: list[Row] = []
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._tasks: dict[tuple[str, int], str] = {}
        self._worded: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        counted = Counted()
        for document in corpus.documents:
            groups = _groups(corpus, document.document_id)
            ids = [counted(_identity(corpus, group)) for group in groups]
            for objective_id, group in zip(ids, groups, strict=True):
                self._evidence(objective_id, group)
            self.rows += [self._row(corpus, objective_id, group) for objective_id, group in zip(ids, groups, strict=True)]
        for spans in self._spans.values():
            spans.sort()
        for worded in self._worded.values():
            worded.sort()

    def containing(self, text_id: str, char_start: int, char_end: int) -> str | None:
        """The objective whose statement holds a span; of several, the one that starts last."""
        spans = self._spans.get(text_id, [])
        last = bisect_right(spans, (char_start, sys.maxsize, ""))
        for start, end, objective_id in reversed(spans[max(0, last - NESTING) : last]):
            if start <= char_start and char_end <= end:
                return objective_id
        return None

    def before(self, text_id: str, section_id: str, char_start: int, duty: str | None) -> str | None:
        """The last objective of a section that ends before an offset and says the same words as a duty."""
        said = plain(duty or "")
        for end, words, objective_id in reversed(self._worded.get((text_id, section_id), [])):
            if said and end <= char_start and (words in said or said in words):
                return objective_id
        return None

    def _evidence(self, objective_id: str, group: Group[Statement]) -> None:
        for text_id, statement in group.members.items():
            if statement.objective_type == "task":
                self._tasks[text_id, statement.char_start] = objective_id
            worded = (statement.char_end, plain(statement.wording), objective_id)
            self._worded.setdefault((text_id, statement.section_id), []).append(worded)
            self._spans.setdefault(text_id, []).append((statement.char_start, statement.char_end, objective_id))
            self.statement_rows.append(
                {
                    "statement_id": objective_id.replace("objective", "statement", 1) + f".{text_id}",
                    "objective_id": objective_id,
                    **passage(statement),
                }
            )

    def _row(self, corpus: Corpus, objective_id: str, group: Group[Statement]) -> Row:
        lead = group.lead
        document_id, section_number = corpus.address(lead.section_id)
        return {
            "objective_id": objective_id,
            "document_id": document_id,
            "section_number": section_number,
            "objective_type": lead.objective_type,
            "parent_id": self._tasks.get((lead.text_id, -1 if lead.parent is None else lead.parent)),
            **group.wordings(corpus.texts, corpus.languages, "statement", lambda statement: statement.wording),
            "horizon_year": lead.horizon_year,
            "horizon_basis": lead.horizon_basis,
        }


def _groups(corpus: Corpus, document_id: str) -> list[Group[Statement]]:
    """Goals that set the same targets at one place go together, and so do the others where each text has as many."""
    rows = [(outline.text.text_id, s) for outline, extraction in corpus.of_document(document_id) for s in extraction.statements]
    number = {s.section_id: corpus.address(s.section_id)[1] for _, s in rows}
    values = {id(s): found for _, extraction in corpus.of_document(document_id) for s, found in _values(extraction)}
    many = Counter((text_id, s.section_id, s.objective_type) for text_id, s in rows if not values[id(s)])
    return pair(
        rows,
        lambda s: (number[s.section_id], s.objective_type, values[id(s)] or many[s.text_id, s.section_id, s.objective_type]),
    )


def _values(extraction: Extraction) -> Iterator[tuple[Statement, tuple[tuple[float | None, str | None], ...]]]:
    """Each statement with the values of the targets that a goal sets."""
    targets = sorted((q for q in extraction.quantities if q.kind == "target"), key=lambda q: q.char_start)
    starts = [quantity.char_start for quantity in targets]
    for statement in extraction.statements:
        first, last = bisect_left(starts, statement.char_start), bisect_left(starts, statement.char_end)
        found = targets[first:last] if statement.objective_type == "goal" else []
        yield statement, tuple(sorted((q.base_value, q.base_unit) for q in found if q.base_value is not None))


def _identity(corpus: Corpus, group: Group[Statement]) -> str:
    lead = group.lead
    return content_id("objective", *corpus.address(lead.section_id), lead.objective_type, lead.wording)

"""Objectives: one for the statements of a document's texts that say the same."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Extraction, Row, Statement
from pipeline.link.align.keys import Keys, value_key
from pipeline.link.align.records import MERGING, Match, match, said
from pipeline.link.alignment import Alignment
from pipeline.link.borrowed import Borrowed
from pipeline.link.codes import plain
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies.amounts import horizon
from pipeline.link.discrepancies.model import sides_of
from pipeline.link.discrepancies.of_records import Difference
from pipeline.link.evidence import passage
from pipeline.link.pairing import Group, join
from pipeline.link.shares import shares

NESTING = 16
"""How many statements back one may stand that still holds a span."""


class Objectives:
    """The objectives of a corpus and the statements that evidence them.

    differences: where versions give objectives another year.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.rows: list[Row] = []
        self.differences: list[Difference] = []
        self.statement_rows: list[Row] = []
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._tasks: dict[tuple[str, int], str] = {}
        self._worded: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        self._statements = Counted()
        counted = Counted()
        for document in corpus.documents:
            groups = list(_groups(corpus, document.document_id))
            self._borrowed = Borrowed(corpus, document.document_id, (row for group in groups for row in group.rows))
            self._shares = shares(corpus, document.document_id, groups)
            ids = [counted(_identity(corpus, group)) for group in groups]
            for objective_id, group in zip(ids, groups, strict=True):
                self._evidence(objective_id, group)
            positions = _positions(corpus, document.document_id, groups)
            self.rows += [self._row(corpus, *each) for each in zip(ids, positions, groups, strict=True)]
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
        for text_id, statement in group.rows:
            if statement.objective_type == "task":
                self._tasks.setdefault((text_id, statement.char_start), objective_id)
            worded = (statement.char_end, plain(statement.wording), objective_id)
            self._worded.setdefault((text_id, statement.section_id), []).append(worded)
            self._spans.setdefault(text_id, []).append((statement.char_start, statement.char_end, objective_id))
            self.statement_rows.append(
                {
                    "statement_id": self._statements(objective_id.replace("objective", "statement", 1) + f".{text_id}"),
                    "objective_id": objective_id,
                    **passage(statement),
                }
            )

    def _row(self, corpus: Corpus, objective_id: str, position: int, group: Group[Statement]) -> Row:
        lead = group.lead
        dated = [statement for statement in group.members.values() if statement.horizon_year is not None]
        others = [each for each in dated if lead.horizon_year not in (None, each.horizon_year)]
        for other in others:
            texts = lead.text_id, other.text_id
            finding = horizon(lead, other, sides_of(*(corpus.texts[text_id] for text_id in texts)))
            self.differences.append(Difference(objective_id, "horizon_discrepancy_id", texts, finding))
        document_id, section_number = corpus.address(lead.section_id)
        worded = group.wordings(corpus.texts, corpus.languages, "statement", lambda statement: self._share(group, statement))
        return {
            "objective_id": objective_id,
            "document_id": document_id,
            "section_number": section_number,
            "position": position,
            "objective_type": lead.objective_type,
            "parent_id": self._tasks.get((lead.text_id, -1 if lead.parent is None else lead.parent)),
            **self._borrowed.fill(worded, "statement", lead, lead.wording),
            "horizon_year": lead.horizon_year,
            "horizon_basis": lead.horizon_basis,
            "horizon_agrees": not others if lead.horizon_year and len(dated) > 1 else None,
        }

    def _share(self, group: Group[Statement], statement: Statement) -> str | None:
        """The wording of a statement; of one that several objectives share, what is said of this one."""
        return self._shares.get((id(group), id(statement)), statement.wording)


def _groups(corpus: Corpus, document_id: str) -> Iterator[Group[Statement]]:
    """Statements of one type in sentences that answer one another are one objective, as order and wording tell; and so are
    those of a sentence that only one text has, and says twice."""
    readings = list(corpus.of_document(document_id))
    rows = {outline.text.text_id: sorted(found.statements, key=lambda s: s.char_start) for outline, found in readings}
    values = {id(statement): keys for _, found in readings for statement, keys in _values(found)}

    def matches(alignment: Alignment, *sides: Sequence[Statement]) -> list[Match]:
        both = []
        for outline, statements, lexicon in zip((alignment.a, alignment.b), sides, alignment.lexicon, strict=True):
            places = [(corpus.passage_at(s.text_id, s.char_start), s.objective_type) for s in statements]
            words, keys = [s.wording for s in statements], [values[id(s)] for s in statements]
            both.append(said(places, words, outline.text.language, lexicon, keys))
        return match(both[0], both[1], alignment.lengths, MERGING)

    groups = join(rows, corpus.alignments(document_id), matches)
    return _without_repeats(corpus, groups)


def _positions(corpus: Corpus, document_id: str, groups: Sequence[Group[Statement]]) -> list[int]:
    """The place of each objective in reading order: that of the first text; what only another text has stands behind the sentence
    that answers its own, else behind what answers the one before."""
    order = {text_id: rank for rank, text_id in enumerate(outline.text.text_id for outline, _ in corpus.of_document(document_id))}
    places: dict[str, int] = {}
    for alignment in corpus.alignments(document_id):
        numbers = {sentence.sentence_id: number for number, sentence in enumerate(alignment.a.sentences)}
        places |= numbers
        last = -1
        for group in alignment.groups:
            last = max([last, *(numbers[each] for each in group.a)])
            places |= dict.fromkeys(group.b, last)

    def place(group: Group[Statement]) -> tuple[float, int, int, int]:
        lead = group.lead
        sentence = corpus.sentence_at(lead.text_id, lead.char_start)
        at = places.get(sentence.sentence_id, sys.maxsize) if sentence else sys.maxsize
        return at, order[lead.text_id], lead.char_start, -lead.char_end

    ranked = sorted(range(len(groups)), key=lambda number: place(groups[number]))
    found = [0] * len(groups)
    for position, number in enumerate(ranked):
        found[number] = position
    return found


def _without_repeats(corpus: Corpus, groups: Sequence[Group[Statement]]) -> Iterator[Group[Statement]]:
    """The groups; statements of a sentence that repeats another one go with as many of their type there."""
    places: dict[tuple[str, str], list[Group[Statement]]] = {}
    for group in groups:
        for text_id, statement in group.rows:
            sentence = corpus.sentence_at(text_id, statement.char_start)
            if sentence is not None:
                places.setdefault((sentence.sentence_id, statement.objective_type), []).append(group)
    gone: set[int] = set()
    for (_, kind), own in places.items():
        lead = own[0].lead
        for repeated in corpus.repeats_at(lead.text_id, lead.char_start) if all(len(group.rows) == 1 for group in own) else ():
            there = places.get((repeated, kind), [])
            if len(there) == len(own) and not gone.intersection(map(id, there)):
                for group, other in zip(own, there, strict=True):
                    other.repeated.append((lead.text_id, group.lead))
                gone.update(map(id, own))
                break
    return (group for group in groups if id(group) not in gone)


def _values(extraction: Extraction) -> Iterator[tuple[Statement, Keys]]:
    """Each statement with the values of the targets that it sets."""
    targets = sorted((q for q in extraction.quantities if q.base_value is not None), key=lambda q: q.char_start)
    starts = [quantity.char_start for quantity in targets]
    for statement in extraction.statements:
        first, last = bisect_left(starts, statement.char_start), bisect_left(starts, statement.char_end)
        yield statement, frozenset(value_key(quantity) for quantity in targets[first:last])


def _identity(corpus: Corpus, group: Group[Statement]) -> str:
    lead = group.lead
    return content_id("objective", *corpus.address(lead.section_id), lead.objective_type, lead.wording)

"""Targets and indicators: one target for the quantities of a document's texts that state it, whatever value each of them gives.

The first text that states a target lends its values: the original, else the human translation.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import partial

from msgspec.structs import asdict

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Problem, Quantity, Row
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies.amounts import deadline, disagreeing, number
from pipeline.link.discrepancies.model import Span, sides_of
from pipeline.link.discrepancies.of_records import Difference
from pipeline.link.indicators import Indicators, Measured
from pipeline.link.objectives import Objectives
from pipeline.link.pairing import Group, join
from pipeline.link.same_targets import same_targets, terms
from pipeline.link.wordings import dimension

COPIED = (
    "measure", "comparator", "value", "value_high", "unit", "base_value", "base_unit", "baseline_value", "baseline_year",
    "deadline_year", "deadline_basis", "nature",
)  # fmt: skip
DEADLINE = "deadline_year"


class Targets:
    """The targets of a corpus, their indicators, and every quantity that was read.

    leads: target_id → the quantity that has its values; differences: where versions state targets otherwise.
    """

    def __init__(self, corpus: Corpus, objectives: Objectives) -> None:
        self.rows: list[Row] = []
        self.quantity_rows: list[Row] = []
        self.leads: dict[str, Quantity] = {}
        self.differences: list[Difference] = []
        self._measured: list[Measured] = []
        self._corpus, self._objectives = corpus, objectives
        self._targets, self._quantities = Counted(), Counted()
        for document in corpus.documents:
            self._read(document.document_id)
        self.indicators = Indicators(self._measured, corpus.languages)
        for row, indicator_id in zip(self.rows, self.indicators.ids, strict=True):
            row["indicator_id"] = indicator_id

    @property
    def problems(self) -> list[Problem]:
        """Indicators that are in doubt."""
        return self.indicators.problems

    def _read(self, document_id: str) -> None:
        rows = [(o.text.text_id, q) for o, extraction in self._corpus.of_document(document_id) for q in extraction.quantities]
        stated: dict[str, list[Quantity]] = {}
        for text_id, quantity in rows:
            if quantity.kind == "target":
                stated.setdefault(text_id, []).append(quantity)
        groups = join(stated, self._corpus.alignments(document_id), partial(same_targets, self._corpus))
        for group in self._merged(groups):
            target_id = self._target(group)
            for _, quantity in group.rows:
                self._quantity(quantity, target_id)
        for _, quantity in rows:
            if quantity.kind != "target":
                self._quantity(quantity, None)

    def _merged(self, groups: Iterable[Group[Quantity]]) -> list[Group[Quantity]]:
        """The groups; equal targets that the first text lacks and others have in one passage are one, and so is one that a text
        repeats in a sentence that it has twice."""
        kept: list[Group[Quantity]] = []
        first: dict[Hashable, Group[Quantity]] = {}
        for group in groups:
            lead = group.lead
            passage = self._corpus.passage_at(lead.text_id, lead.char_start)
            other = first.get((passage, *terms(lead)))
            if passage and other and lead.text_id not in other.members and len(group.members) == 1:
                other.add(lead.text_id, (lead,))
                continue
            kept.append(group)
            if passage:
                first.setdefault((passage, *terms(lead)), group)
        return self._without_repeats(kept)

    def _without_repeats(self, groups: Sequence[Group[Quantity]]) -> list[Group[Quantity]]:
        stated: dict[Hashable, Group[Quantity]] = {}
        for group in groups:
            for text_id, quantity in group.members.items():
                if sentence := self._corpus.sentence_at(text_id, quantity.char_start):
                    stated.setdefault((sentence.sentence_id, *terms(quantity)), group)
        kept = []
        for group in groups:
            lead = group.lead
            again = self._corpus.repeats_at(lead.text_id, lead.char_start) if len(group.members) == 1 else ()
            other = next((stated[place] for each in again if (place := (each, *terms(lead))) in stated), None)
            if other is None or other is group:
                kept.append(group)
            else:
                other.repeated.append((lead.text_id, lead))
        return kept

    def _target(self, group: Group[Quantity]) -> str:
        lead = group.lead
        document_id, section_number = self._corpus.address(lead.section_id)
        identity = content_id(
            "target", document_id, section_number, lead.measure, lead.base_value, lead.value_high, lead.base_unit,
            lead.deadline_year, lead.indicator_text,
        )  # fmt: skip
        target_id = self._targets(identity)
        words = {
            **group.wordings(self._corpus.texts, self._corpus.languages, "indicator_text", lambda q: q.indicator_text),
            **group.wordings(self._corpus.texts, self._corpus.languages, "wording", lambda q: q.wording),
        }
        columns = {column for other in list(group.members.values())[1:] for column in self._compare(target_id, lead, other)}
        self.leads[target_id] = lead
        self._measured.append(self._measure(group))
        self.rows.append(
            {
                "target_id": target_id,
                "document_id": document_id,
                "section_number": section_number,
                "objective_id": self._objectives.containing(lead.text_id, lead.char_start, lead.char_end),
                "indicator_id": None,
                **words,
                **{name: getattr(lead, name) for name in COPIED},
                "versions_agree": not columns if len(group.members) > 1 else None,
                "disagreeing_columns": " ".join(name for name in COPIED if name in columns) or None,
            }
        )
        return target_id

    def _compare(self, target_id: str, lead: Quantity, other: Quantity) -> tuple[str, ...]:
        """The columns in which a version differs from the first; what differs is kept as discrepancies of the target."""
        columns = disagreeing(lead, other)
        texts = lead.text_id, other.text_id
        sides = sides_of(*(self._corpus.texts[text_id] for text_id in texts))
        found = [("value_discrepancy_id", finding) for finding in number(lead, other, columns, sides)]
        if DEADLINE in columns:
            found.append(("deadline_discrepancy_id", deadline(lead, other, (self._dated(lead), self._dated(other)), sides)))
        self.differences += [Difference(target_id, column, texts, finding) for column, finding in found]
        return columns

    def _dated(self, quantity: Quantity) -> Span | None:
        """Where the sentence of a quantity says its deadline; null where that governs it from elsewhere."""
        sentence = self._corpus.sentence_at(quantity.text_id, quantity.char_start)
        at = sentence.text.find(quantity.deadline_text or "") if sentence else -1
        if sentence is None or at < 0 or not quantity.deadline_text:
            return None
        return sentence.span(at, at + len(quantity.deadline_text))

    def _quantity(self, quantity: Quantity, target_id: str | None) -> None:
        identity = content_id(
            "quantity", *self._corpus.address(quantity.section_id), quantity.text_id, quantity.quote, quantity.wording
        )
        self.quantity_rows.append({"quantity_id": self._quantities(identity), "target_id": target_id, **asdict(quantity)})

    def _measure(self, group: Group[Quantity]) -> Measured:
        lead = group.lead
        languages = {text_id: self._corpus.texts[text_id].language for text_id in group.members}
        words = tuple((languages[text_id], q.indicator_text) for text_id, q in group.members.items() if q.indicator_text)
        return Measured(words, dimension(lead.measure, lead.unit, lead.base_unit), lead.deadline_year is not None, lead)

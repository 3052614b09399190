"""Targets and indicators: one target for the quantities of a document's texts that agree in place, value, unit and deadline."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec.structs import asdict

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Problem, Quantity, Row
from pipeline.link.corpus import Corpus
from pipeline.link.indicators import Indicators, Measured
from pipeline.link.objectives import Objectives
from pipeline.link.pairing import Group, pair
from pipeline.link.wordings import dimension

COPIED = (
    "measure", "comparator", "value", "value_high", "unit", "base_value", "base_unit", "baseline_value", "baseline_year",
    "deadline_year", "deadline_basis", "nature",
)  # fmt: skip


class Targets:
    """The targets of a corpus, their indicators, and every quantity that was read. leads: target_id → the quantity that has its values."""

    def __init__(self, corpus: Corpus, objectives: Objectives) -> None:
        self.rows: list[Row] = []
        self.quantity_rows: list[Row] = []
        self.leads: dict[str, Quantity] = {}
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
        for group in pair([row for row in rows if row[1].kind == "target"], self._key):
            target_id = self._target(group)
            for quantity in group.members.values():
                self._quantity(quantity, target_id)
        for _, quantity in rows:
            if quantity.kind != "target":
                self._quantity(quantity, None)

    def _key(self, quantity: Quantity) -> Hashable:
        _, section_number = self._corpus.address(quantity.section_id)
        high = quantity.value_high
        return section_number, quantity.base_value, high, quantity.base_unit, quantity.deadline_year, quantity.measure

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
            }
        )
        return target_id

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

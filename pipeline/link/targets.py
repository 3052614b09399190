"""Targets and indicators: one target for the quantities of a document's texts that agree in place, value, unit and deadline."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec.structs import asdict

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Problem, Quantity, Row
from pipeline.core.problems import problem
from pipeline.link.codes import codelist, holds, indicator_names, names_of, plain
from pipeline.link.corpus import Corpus
from pipeline.link.objectives import Objectives
from pipeline.link.pairing import Group, pair

COPIED = (
    "measure", "comparator", "value", "value_high", "unit", "base_value", "base_unit", "baseline_value", "baseline_year",
    "deadline_year", "deadline_basis", "nature",
)  # fmt: skip


class Targets:
    """The targets of a corpus, their indicators, and every quantity that was read."""

    def __init__(self, corpus: Corpus, objectives: Objectives) -> None:
        self.rows: list[Row] = []
        self.quantity_rows: list[Row] = []
        self.problems: list[Problem] = []
        self._corpus, self._objectives = corpus, objectives
        self._targets, self._quantities = Counted(), Counted()
        for document in corpus.documents:
            self._read(document.document_id)

    @property
    def indicator_rows(self) -> list[Row]:
        """One row per indicator that a target has."""
        used = sorted({row["indicator_id"] for row in self.rows if row["indicator_id"]})
        return [
            {
                "indicator_id": code,
                **names_of("indicator", code, self._corpus.languages),
                "unit": codelist("indicators")[code]["unit"] or None,
                "definition": codelist("indicators")[code]["definition"],
            }
            for code in used
        ]

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
        self.rows.append(
            {
                "target_id": target_id,
                "document_id": document_id,
                "section_number": section_number,
                "objective_id": self._objectives.containing(lead.text_id, lead.char_start, lead.char_end),
                "indicator_id": self._indicator(group),
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

    def _indicator(self, group: Group[Quantity]) -> str | None:
        for quantity in group.members.values():
            language = self._corpus.texts[quantity.text_id].language
            if quantity.indicator_text and (code := find_indicator(quantity.indicator_text, quantity.base_unit, language)):
                return code
        lead = group.lead
        if lead.indicator_text:
            self.problems.append(
                problem(
                    "unknown_indicator",
                    f"“{lead.indicator_text}” is no indicator of names.csv",
                    text_id=lead.text_id,
                    section_id=lead.section_id,
                    char_start=lead.char_start,
                    char_end=lead.char_end,
                    quote=lead.quote,
                )
            )
        return None


def find_indicator(words: str, base_unit: str | None, language: str) -> str | None:
    """The indicator that a phrase names, if its unit can be measured in this one; the longest name decides."""
    phrase = plain(words)
    for name, code in indicator_names(language):
        if holds(phrase, name) and fits(codelist("indicators")[code]["unit"], base_unit):
            return code
    return None


def fits(unit: str, base_unit: str | None) -> bool:
    """Whether an indicator's unit and a value's base unit measure the same."""
    units = codelist("units")
    base = units[unit]["base_unit"] if unit in units else unit
    return base_unit is None or base == base_unit

"""Corpora of a few documents, for tests of the link room: what was read is given, not extracted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from pipeline.core.model import (
    BodyMention,
    Document,
    Extraction,
    InstrumentMention,
    Outline,
    Problem,
    Quantity,
    Record,
    Row,
    Statement,
)
from pipeline.core.quantity import base_of, exact_float
from pipeline.link import Corpus, link
from tests.builders import Line, build_outline

SECTION = "s1"


class Reading:
    """One text of a document, and what is said to be read in it."""

    def __init__(self, document_id: str, language: str, lines: Sequence[str], status: str = "original") -> None:
        every: list[Line] = [(SECTION, line) for line in lines]
        outline, self.source = build_outline(every, language, f"{document_id}.{language}", status)
        text = replace(outline.text, document_id=document_id, source_id=f"{document_id}/{language}")
        self.outline = Outline(text, outline.sections, outline.sentences)
        self.found: dict[str, list[Any]] = {}

    def _add(self, table: str, record: type[Record], quote: str, rule_id: str = "test-rule", **values: Any) -> Reading:
        start = self.source.index(quote)
        text_id = self.outline.text.text_id
        place: dict[str, Any] = {
            "text_id": text_id,
            "section_id": f"{text_id}:{SECTION}",
            "char_start": start,
            "char_end": start + len(quote),
        }
        self.found.setdefault(table, []).append(record(**place, quote=quote, rule_id=rule_id, **values))
        return self

    def target(
        self, quote: str, indicator: str, value: float | None, unit: str | None, year: int | None = 2030, **values: Any
    ) -> Reading:
        """A target; its value is put into base units as the extractors do it."""
        base, base_unit = base_of(None if value is None else Decimal(str(value)), unit)
        plain: dict[str, Any] = {
            "kind": "target", "measure": "level", "comparator": None if value is None else "eq", "value": value, "value_high": None,
            "unit": unit, "base_value": None if base is None else exact_float(base), "base_unit": base_unit,
            "indicator_text": indicator, "indicator_start": None, "indicator_end": None, "deadline_year": year,
            "deadline_text": None, "deadline_basis": "explicit" if year else "none", "baseline_value": None, "baseline_year": None,
            "nature": "unstated", "wording": quote,
        }  # fmt: skip
        return self._add("quantities", Quantity, quote, **(plain | values))

    def goal(self, quote: str, year: int | None = 2030) -> Reading:
        """A goal."""
        basis = "explicit" if year else "none"
        values: dict[str, Any] = {
            "objective_type": "goal",
            "wording": quote,
            "parent": None,
            "horizon_year": year,
            "horizon_basis": basis,
        }
        return self._add("statements", Statement, quote, **values)

    def body(self, quote: str, role: str, body_id: str | None = None, rule_id: str = "test-rule") -> Reading:
        """A body."""
        values = {"body_id": body_id, "name": quote, "body_type": None, "role": role, "duty": quote}
        return self._add("body_mentions", BodyMention, quote, rule_id, **values)

    def instrument(self, quote: str, status: str = "existing", instrument_type: str = "law", **values: Any) -> Reading:
        """An instrument that names.csv does not know."""
        plain = {"instrument_id": None, "name": quote, "instrument_type": instrument_type, "status": status}
        return self._add("instrument_mentions", InstrumentMention, quote, **(plain | values))


def document(document_id: str, issued_on: str | None = None, **values: Any) -> Document:
    """A document of one jurisdiction."""
    return Document(document_id, values.pop("titles", {}), issued_on=issued_on, **({"jurisdiction": "XX"} | values))


def tables(documents: Sequence[Document], *readings: Reading, problems: tuple[Problem, ...] = ()) -> dict[str, list[Row]]:
    """What the link room makes of them."""
    return link(
        Corpus(
            documents=tuple(documents),
            sources=(),
            outlines=tuple(reading.outline for reading in readings),
            extractions=tuple(Extraction(**{name: tuple(found) for name, found in r.found.items()}) for r in readings),
            problems=problems,
            decoded={reading.outline.text.source_id: reading.source for reading in readings},
            languages=("en", "zh"),
        )
    )


def kinds(rows: dict[str, list[Row]]) -> list[str]:
    """The kinds of problems, in order."""
    return sorted(problem["kind"] for problem in rows["problems"])

"""Rows of tables by hand, for tests of what compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.core.figures import ALL, Figure
from pipeline.core.language import Name
from pipeline.evaluate import Identities, Measured, figures, measured

Rows = Sequence[Mapping[str, Any]]

NAMES = (
    Name("body", "harbour-board", "Harbour Board", "official"),
    Name("body", "harbour-board", "港务局", "official"),
    Name("body", "light-office", "Office of Lights", "official"),
    Name("body", "other-light-office", "Office of Lights", "variant"),
    Name("instrument", "harbour-act", "Harbour Act", "official"),
)
IDENTITIES = Identities(NAMES, ["the", "an"])


def body(start: int, end: int, name: str = "Harbour Board", **more: Any) -> dict[str, Any]:
    return {"char_start": start, "char_end": end, "quote": name, "name": name, "role": "lead", **more}


def quantity(start: int, end: int, value: float | None = 9, **more: Any) -> dict[str, Any]:
    row = {
        "char_start": start,
        "char_end": end,
        "quote": str(value),
        "value": value,
        "value_high": None,
        "unit": "%",
        "comparator": "eq",
    }
    return {**row, "indicator_start": None, "indicator_end": None, "indicator_text": None, **more}


def section(number: int, start: int, end: int, heading: str | None, label: str | None = None, **more: Any) -> dict[str, Any]:
    begin = start + len(label or "")
    return {
        "char_start": start, "char_end": end, "label": label, "number": number, "heading": heading, "section_number": f"s{number}",
        "heading_start": heading and begin, "heading_end": heading and begin + len(heading), **more,
    }  # fmt: skip


def goal(start: int, end: int, number: str = "s1", **more: Any) -> dict[str, Any]:
    row = {"char_start": start, "char_end": end, "quote": "goal", "objective_type": "goal", "section_number": number}
    return {**row, "horizon_year": 2030, "horizon_basis": "explicit", **more}


def text(table: str, gold: Rows, found: Rows, language: str = "en", text_id: str = "doc.en") -> Measured:
    return measured(text_id, language, {table: [dict(row) for row in gold]}, {table: [dict(row) for row in found]})


def values(texts: Sequence[Measured], labels: bool = False, **wanted: Any) -> dict[str, float]:
    """measure (or the field that it is of) → value, of the figures that are as wanted; by overlap, with doubt, of all."""
    wanted = {"text_id": ALL, "subset": ALL, "matching": "overlap", "with_doubt": True, **wanted}
    found = figures(texts, IDENTITIES, labels)
    return {_name(each): each.value for each in found if all(getattr(each, key) == value for key, value in wanted.items())}


def _name(figure: Figure) -> str:
    return (
        figure.measure
        if figure.field is None
        else f"{figure.measure} {figure.field}"
        if figure.measure == "kappa"
        else figure.field
    )

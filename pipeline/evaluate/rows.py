"""What is compared: rows of an annotation and rows that were read, in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.core.figures import ALL
from pipeline.core.model import Frozen, Row
from pipeline.evaluate.matching import Span

TABLES = ("sections", "quantities", "goals", "bodies", "instruments")
UNHEADED = ("front", "preamble", "closing")
"""Kinds of sections that no heading makes: an annotation of headings has none."""

ANNOTATED = ("goal", "principle")
"""The objective types that are annotated; tasks and measures follow from the headings and sentences."""

OBJECTIVE_SECTIONS = "objective_sections"
TIERS = (1, 2, 3)


class Item(Frozen):
    """A row of one table. quote: its words; values: its columns, none of which has to be there."""

    span: tuple[int, int]
    doubted: bool
    quote: str
    values: Row


class Measured(Frozen):
    """One text with the rows of two readings of it, by table: the gold and what was found, or two annotations."""

    text_id: str
    language: str
    gold: dict[str, tuple[Item, ...]]
    found: dict[str, tuple[Item, ...]]


def items(table: str, rows: Iterable[Row]) -> tuple[Item, ...]:
    """The rows of one table, in text order; rows of one span in the order of their values."""
    made = [_section(row) if table == "sections" else _passage(row) for row in rows]
    return tuple(sorted(made, key=lambda item: (item.span, sorted((key, str(value)) for key, value in item.values.items()))))


def _passage(row: Row) -> Item:
    return Item((row["char_start"], row["char_end"]), bool(row.get("doubt")), " ".join(row["quote"].split()), row)


def _section(row: Row) -> Item:
    """A section stands where its label and heading stand: the whole subtree would overlap its neighbours by little faults."""
    start, label = row["char_start"], row["label"] or ""
    end = row["heading_end"] or start + max(len(label), 1)
    return Item((start, end), bool(row.get("doubt")), " ".join(f"{label} {row['heading'] or ''}".split()), row)


def found_rows(records: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """The rows that a gold table would have, by table, from sections and records by the names of their files."""
    return {
        "sections": [row for row in records["sections"] if row["kind"] not in UNHEADED],
        "quantities": list(records["quantities"]),
        "goals": [row for row in records["statements"] if row["objective_type"] in ANNOTATED],
        "bodies": list(records["body_mentions"]),
        "instruments": list(records["instrument_mentions"]),
    }


def measured(text_id: str, language: str, gold: Mapping[str, Iterable[Row]], found: Mapping[str, Iterable[Row]]) -> Measured:
    """Two readings of one text; only tables that both hold are compared."""
    tables = [table for table in TABLES if table in gold and table in found]
    gold_items, found_items = ({table: items(table, rows[table]) for table in tables} for rows in (gold, found))
    return Measured(text_id, language, gold_items, found_items)


def objective_zones(text: Measured) -> tuple[Span, ...]:
    """The sections that state objectives, by the gold: those with a goal of which the annotation is sure."""
    numbers = {
        item.values["section_number"]
        for item in text.gold.get("goals", ())
        if item.values["objective_type"] == "goal" and not item.doubted
    }
    rows = [item.values for item in text.gold.get("sections", ()) if item.values["section_number"] in numbers]
    return tuple(Span(row["char_start"], row["char_end"]) for row in rows)


def memberships(table: str, item: Item, zones: Sequence[Span]) -> dict[str, bool | None]:
    """Subset → whether an item is in it; None where the item does not say."""
    subsets: dict[str, bool | None] = {ALL: True}
    if table == "goals":
        subsets[OBJECTIVE_SECTIONS] = any(zone.start <= item.span[0] < zone.end for zone in zones)
    if table == "bodies":
        tier = item.values.get("tier")
        subsets |= {f"tier_{each}": None if tier is None else tier == each for each in TIERS}
    return subsets

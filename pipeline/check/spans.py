"""Every passage stands where its row says: in its source, its text and its section. All rows are read, none is sampled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipeline.check.report import Check, row_name, shown
from pipeline.core.model import Frozen
from pipeline.core.schema import Schema, Table

SIDES = ("", "a_", "b_")
"""What the columns of a span start with: a comparison has one span on each side."""


class Place(Frozen, frozen=True):
    """A stretch of a source. text_id: of a section."""

    source_id: str
    start: int
    end: int
    text_id: str | None = None


class Places(Frozen, frozen=True):
    """The sources' contents, and where texts and sections stand, by id. Only problems may stand outside of their section."""

    decoded: dict[str, str]
    texts: dict[str, Place]
    sections: dict[str, Place]


Finder = Callable[[dict[str, Any], Places], str | None]
"""What is wrong with a row; None where nothing is."""


def check_spans(tables: Mapping[str, pa.Table], decoded: Mapping[str, str], schema: Schema) -> Iterator[Check]:
    """All checks of spans in all tables that have some. Needs sources, texts and sections."""
    places = find_places(tables, decoded)
    for name, table in schema.tables.items():
        if name not in tables:
            continue
        for check_id, column, columns, find in _finders(table):
            data = tables[name].select(list(dict.fromkeys((*table.primary_key, *columns))))
            yield _run(check_id, column, table, data, find, places)


def find_places(tables: Mapping[str, pa.Table], decoded: Mapping[str, str]) -> Places:
    """Where every text and section stands; one without a place is told elsewhere."""
    texts = {
        row["text_id"]: Place(row["source_id"], row["char_start"], row["char_end"])
        for row in tables["texts"].select(["text_id", "source_id", "char_start", "char_end"]).to_pylist()
        if None not in row.values()
    }
    sections = {
        row["section_id"]: Place(texts[row["text_id"]].source_id, row["char_start"], row["char_end"], row["text_id"])
        for row in tables["sections"].select(["section_id", "text_id", "char_start", "char_end"]).to_pylist()
        if None not in row.values() and row["text_id"] in texts
    }
    return Places(dict(decoded), texts, sections)


def _finders(table: Table) -> Iterator[tuple[str, str, tuple[str, ...], Finder]]:
    """The checks that a table's columns call for: check id, column, columns that it reads, finder."""
    names = set(table.names)
    for side in SIDES:
        span = (f"{side}text_id", f"{side}char_start", f"{side}char_end")
        quote, section = f"{side}quote", f"{side}section_id"
        if not names.issuperset(span):
            continue
        if quote in names:
            optional = not table.field(quote).required
            extra = ("source_id",) if "source_id" in names else ()
            yield "quote", quote, (*span, quote, *extra), _quote(side, optional=optional)
            if section in names and not optional:
                yield "span_in_section", section, (*span, section), _in_section(side)
    if table.name == "texts":
        yield "span_in_source", "char_end", ("text_id", "char_start", "char_end"), _text_in_source
    if table.name == "sections":
        span = ("text_id", "char_start", "char_end")
        yield "span_in_text", "char_end", span, _section_in_text
        yield "span_in_parent", "parent_id", (*span, "parent_id"), _section_in_parent
        yield "heading", "heading", ("section_id", *span, "heading", "heading_start", "heading_end"), _heading
    if names.issuperset(("text_id", "indicator_start", "indicator_end")):
        yield "indicator_in_text", "indicator_end", ("text_id", "indicator_start", "indicator_end"), _indicator_in_text


def _run(check_id: str, column: str, table: Table, data: pa.Table, find: Finder, places: Places) -> Check:
    found, first = 0, ""
    for index, row in enumerate(data.to_pylist()):
        if fault := find(row, places):
            found += 1
            first = first or f"row {row_name(table, data, index)}: {fault}"
    more = f" ({found} rows)" if found > 1 else ""
    return Check(check_id, table.name, column, not found, data.num_rows, first + more if found else None)


def _quote(side: str, *, optional: bool) -> Finder:
    """source_text[char_start:char_end] == quote; where the quote may be null, a null one has an empty span or none."""
    names = [side + name for name in ("text_id", "char_start", "char_end", "quote")]

    def find(row: dict[str, Any], places: Places) -> str | None:
        text_id, start, end, quote = (row[name] for name in names)
        place = places.texts.get(text_id)
        source_id = place.source_id if place else row.get("source_id")
        if row.get("source_id") not in (None, source_id):
            return f"{shown(row['source_id'])} is not the source of {text_id}"
        if optional and quote is None and (start is None or end is None or start == end):
            return None if start is None or source_id is None else _inside(start, end, source_id, places)
        if quote is None or start is None or end is None or source_id is None:
            return f"{shown(quote)} has no place in a source"
        if fault := _inside(start, end, source_id, places):
            return fault
        there = places.decoded[source_id][start:end]
        if there == quote and start < end:
            return None
        return f"{shown(quote)} is quoted where {source_id} has {shown(there)} at {start}–{end}"

    return find


def _inside(start: int | None, end: int | None, source_id: str, places: Places) -> str | None:
    text = places.decoded.get(source_id)
    if text is None:
        return f"the source {source_id} has no decoded text"
    if start is None or end is None or not 0 <= start <= end <= len(text):
        return f"{start}–{end} is no span of the {len(text)} characters of {source_id}"
    return None


def _in_section(side: str) -> Finder:
    names = [side + name for name in ("text_id", "section_id", "char_start", "char_end")]

    def find(row: dict[str, Any], places: Places) -> str | None:
        text_id, section_id, start, end = (row[name] for name in names)
        place = places.sections.get(section_id)
        if place is None:
            return None
        if place.text_id != text_id:
            return f"{shown(section_id)} is no section of {text_id}"
        return _outside(start, end, section_id, place)

    return find


def _outside(start: int | None, end: int | None, name: str, place: Place) -> str | None:
    """What is wrong where [start, end) does not lie in a place."""
    if start is not None and end is not None and place.start <= start <= end <= place.end:
        return None
    return f"{start}–{end} does not lie in {name} at {place.start}–{place.end}"


def _text_in_source(row: dict[str, Any], places: Places) -> str | None:
    place = places.texts.get(row["text_id"])
    return _inside(row["char_start"], row["char_end"], place.source_id, places) if place else None


def _section_in_text(row: dict[str, Any], places: Places) -> str | None:
    place = places.texts.get(row["text_id"])
    return _outside(row["char_start"], row["char_end"], row["text_id"], place) if place else None


def _section_in_parent(row: dict[str, Any], places: Places) -> str | None:
    place = places.sections.get(row["parent_id"])
    if place is None:
        return None
    if place.text_id != row["text_id"]:
        return f"{shown(row['parent_id'])} is a section of another text"
    return _outside(row["char_start"], row["char_end"], row["parent_id"], place)


def _heading(row: dict[str, Any], places: Places) -> str | None:
    """The heading stands in its section, and says what it says there, spaces apart."""
    start, end, place = row["heading_start"], row["heading_end"], places.sections.get(row["section_id"])
    if place is None or (start is None and end is None):
        return None
    if fault := _outside(start, end, row["section_id"], place):
        return fault
    there = places.decoded.get(place.source_id, "")[start:end]
    if "".join(there.split()) != "".join((row["heading"] or "").split()):
        return f"{shown(row['heading'])} is the heading where the source has {shown(there)} at {start}–{end}"
    return None


def _indicator_in_text(row: dict[str, Any], places: Places) -> str | None:
    start, end, place = row["indicator_start"], row["indicator_end"], places.texts.get(row["text_id"])
    if place is None or (start is None and end is None):
        return None
    return _outside(start, end, row["text_id"], place)

"""The option that leaves out the running text of sources whose rights are not stated: spans, hashes and short quotes stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.core.schema import Field, Schema, Table
from pipeline.publish.silence import CUT, LONGEST, Silence, shortened

TEXT, QUOTES = "text", "quotes"
CHOICES = (TEXT, QUOTES)
SIDES = ("", "a_", "b_")
ADDRESSED = ("document_id", "section_number")
TOLD = ("message", "remedy")
"""Columns that are our own words; they hold those of a text in quotation marks."""
QUOTED = re.compile("(?<=“)[^”]+")


def unstated(tables: Mapping[str, pa.Table]) -> set[str]:
    """source_id of the sources whose rights nobody has stated."""
    sources = tables["sources"]
    pairs = zip(sources.column("source_id").to_pylist(), sources.column("rights").to_pylist(), strict=True)
    return {source_id for source_id, rights in pairs if rights is None}


def with_short_quotes(
    tables: Mapping[str, pa.Table], schema: Schema, sources: Collection[str], silence: Silence
) -> dict[str, pa.Table]:
    """The tables, every wording that comes from these sources cut to LONGEST characters, and whatever else `silence` forbids.

    A wording is a cell of free text: no key, no code, nothing that has a pattern. It comes from a text through text_id, from a source
    through source_id, or, in a table of records, from all texts of its document in the language of its column. Wordings that come from no
    text, such as messages and names, keep what is not of these sources.
    """
    texts = tables["texts"].to_pylist()
    hidden = {row["text_id"] for row in texts if row["source_id"] in sources}
    versions = {(row["document_id"], row["language"].split("-")[0]) for row in texts if row["text_id"] in hidden}
    short: dict[str, pa.Table] = {}
    for name, table in tables.items():
        short[name] = table
        for field in _wordings(schema.tables[name]):
            cut = _origin(schema.tables[name], table, field, hidden, sources, versions)
            before: list[str | None] = table.column(field.name).to_pylist()
            told = field.name in TOLD
            cells = before if cut is None else _cut(before, cut, told)
            cells = [
                cell and (silence.kept(cell) if told else shortened(cell) if silence.first(cell) else cell) for cell in cells
            ]
            if cells != before:
                place = table.column_names.index(field.name)
                short[name] = short[name].set_column(
                    place, table.schema.field(place), pa.array(cells, table.schema.field(place).type)
                )
    return short


def _wordings(table: Table) -> Iterator[Field]:
    keys = {name for key in table.foreign_keys for name in key.fields} | set(table.primary_key)
    for field in table.fields:
        if field.type == "string" and not (field.pattern or field.enum or field.unit or field.name in keys):
            yield field


def _origin(
    table: Table,
    data: pa.Table,
    field: Field,
    texts: Collection[str],
    sources: Collection[str],
    versions: Collection[tuple[str, str]],
) -> list[bool] | None:
    """Whether each row's cell of this column comes from a text that is left out; None where the column comes from no text."""
    side = next((each for each in SIDES[1:] if field.name.startswith(each)), "")
    if field.language and set(ADDRESSED) <= set(table.names):
        return [(document, field.language) in versions for document in data.column("document_id").to_pylist()]
    through = [(f"{side}text_id", texts)]
    through += [("source_id", sources)] if "char_start" in table.names and "text_id" in table.names else []
    known = [(name, those) for name, those in through if name in table.names]
    if not known:
        return None
    columns: list[Iterable[bool]] = [[value in those for value in data.column(name).to_pylist()] for name, those in known]
    return [any(row) for row in zip(*columns, strict=True)]


def _cut(cells: Sequence[str | None], cut: Sequence[bool], told: bool) -> list[str | None]:
    pairs = zip(cells, cut, strict=True)
    if told:
        return [
            QUOTED.sub(lambda match: shortened(match[0]), cell) if cell is not None and here else cell for cell, here in pairs
        ]
    return [shortened(cell) if cell is not None and here else cell for cell, here in pairs]


def is_short_for(quote: str, length: int) -> bool:
    """Whether a quote may stand for a passage of that many characters of a text that is left out."""
    return len(quote) == length <= LONGEST or (len(quote) == LONGEST < length and quote.endswith(CUT))

"""Primary keys stand for one row each, foreign keys for a row that is there, and ids say what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.check.report import Check, failed
from pipeline.check.structure import repeated
from pipeline.core.schema import ForeignKey, Table

SEPARATOR = "\x1f"
COMPOSED = {
    "texts": ("text_id", "document_id", "."),
    "sources": ("source_id", "document_id", "/"),
    "sections": ("section_id", "text_id", ":"),
}
"""Table → an id, the id that it starts with, and what stands between that and the rest."""


def check_keys(table: Table, tables: Mapping[str, pa.Table]) -> Iterator[Check]:
    """The primary key, then every foreign key whose table is there."""
    data = tables[table.name]
    own = key(data, table.primary_key)
    bad = pc.or_(pc.is_null(own), repeated(own))
    yield _check("primary_key", table, table.primary_key, data, bad, "is null or stands in another row, too")
    for link in table.foreign_keys:
        if link.table in tables:
            yield _foreign_key(table, link, data, tables[link.table])

    if table.name in COMPOSED:
        yield _composed(table, data, *COMPOSED[table.name])


def check_addresses(tables: Mapping[str, pa.Table], table: Table) -> Check:
    """Every section stands at an address of its document: (document_id of its text, section_number) is in provisions."""
    documents = dict(zip(*(tables["texts"].column(name).to_pylist() for name in ("text_id", "document_id")), strict=True))
    data = tables["sections"]
    owners = pa.chunked_array([[documents.get(text_id) for text_id in data.column("text_id").to_pylist()]], pa.string())
    owned = data.append_column("document_id", owners)
    columns = ("document_id", "section_number")
    bad = pc.invert(pc.is_in(key(owned, columns), value_set=key(tables["provisions"], columns).combine_chunks()))
    return _check("address", table, columns, owned, bad, "has no row in provisions")


def _composed(table: Table, data: pa.Table, column: str, start: str, separator: str) -> Check:
    """The id starts with another and a separator."""
    ids, starts = data.column(column).to_pylist(), data.column(start).to_pylist()
    bad = [not str(own).startswith(f"{first}{separator}") for own, first in zip(ids, starts, strict=True)]
    return _check("composed_id", table, (column,), data, pa.chunked_array([bad], pa.bool_()), f"is not made from its {start}")


def key(data: pa.Table, columns: Sequence[str]) -> pa.ChunkedArray:
    """The key of each row as one value; null where a part of it is null."""
    if len(columns) == 1:
        return data.column(columns[0])
    return pc.binary_join_element_wise(*(data.column(name).cast(pa.string()) for name in columns), SEPARATOR)


def _foreign_key(table: Table, link: ForeignKey, data: pa.Table, there: pa.Table) -> Check:
    values = key(data, link.fields)
    known = key(there, link.reference).combine_chunks()
    bad = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, value_set=known)))
    return _check(f"foreign_key:{link.table}", table, link.fields, data, bad, f"has no row in {link.table}")


def _check(check_id: str, table: Table, columns: Sequence[str], data: pa.Table, bad: pa.ChunkedArray, fault: str) -> Check:
    """Tells the last column of a key and, where there are more, the whole key."""
    found = pc.sum(pc.fill_null(bad, False)).as_py() or 0
    if not found:
        return Check(check_id, table.name, columns[-1], True, data.num_rows)
    index = pc.index(bad, True).as_py()
    others = ", ".join(f"{name} {data.column(name)[index].as_py()}" for name in columns[:-1])
    return failed(check_id, table, columns[-1], data, index, found, f"with {others} {fault}" if others else fault)

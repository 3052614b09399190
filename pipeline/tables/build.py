"""Builds each published table from its rows, column by column, each value of the type that the schema names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

import pyarrow as pa

from pipeline.core.errors import ValidationError
from pipeline.core.model import Row
from pipeline.core.schema import Codelist, Field, Schema, Table, arrow_schema

ACCEPTED: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (float, int),
    "boolean": (bool,),
    "date": (date, str),
}
LARGEST_INTEGER = 2**63 - 1
REMEDY = "correct what makes this row, or the table's file in schemas/tables"


def build_tables(rows: Mapping[str, Sequence[Row]], schema: Schema) -> dict[str, pa.Table]:
    """All published tables, in the order of the schema.

    rows: table name → rows by column name; a column that a row lacks is null, and so is an empty string. A table without
    rows is empty, a table of codes takes its rows from its codelist. Each table has one chunk a column and is sorted as its
    `sort:` says, nulls last. Raises ValidationError that names table, column, row and value.
    """
    given = dict(rows)
    for name, table in schema.tables.items():
        if table.codelist and name not in given:
            given[name] = codelist_rows(table, schema.codelists[table.codelist])
    if unknown := sorted(set(given) - set(schema.tables)):
        raise ValidationError(unknown[0], "there are rows for it, but no such table in schemas/tables", REMEDY)
    return {name: build_table(table, given.get(name, ())) for name, table in schema.tables.items()}


def build_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """One table. Raises ValidationError."""
    names = set(table.names)
    for row in rows:
        if not row.keys() <= names:
            unknown = min(map(str, row.keys() - names))
            raise ValidationError(f"{table.name}.{unknown}", f"no such column, in row {row_id(table, row)}", REMEDY)
    arrays = [_column(table, field, rows) for field in table.fields]
    # nullability is declared here and held by the check stage, which tells all rows at fault
    built = pa.Table.from_arrays(arrays, schema=arrow_schema(table))
    keys = dict.fromkeys((*table.sort, *table.primary_key))
    order = built.sort_by([(name, "ascending") for name in keys]) if len(rows) > 1 else built
    return order.combine_chunks()


def codelist_rows(table: Table, codelist: Codelist) -> list[Row]:
    """The rows of a table of codes: the cells of its list, numbers read. Raises ValidationError."""
    return [{field.name: _number(table, field, row) for field in table.fields} for row in codelist.rows]


def row_id(table: Table, row: Mapping[str, Any]) -> str:
    """How a row is named in a message: the values of its primary key."""
    return ", ".join(str(row.get(name)) for name in table.primary_key)


def _column(table: Table, field: Field, rows: Sequence[Row]) -> pa.Array:
    name = field.name
    values: list[Any] = [row.get(name) for row in rows]
    if field.type == "string":
        values = [None if value == "" else value for value in values]
    present = set(map(type, values)) - {type(None)}
    if wrong := present - set(ACCEPTED[field.type]):
        index = next(index for index, value in enumerate(values) if type(value) in wrong)
        raise _fault(table, field, rows[index], f"{values[index]!r} is no {field.type}")
    if field.type == "date" and str in present:
        values = [_date(table, field, row) for row in rows]
    try:
        if field.type == "number":
            # pyarrow takes a whole number as float only below 2**53
            values = [None if value is None else float(value) for value in values]
        array = pa.array(values, type=arrow_schema(table).field(name).type)
        faulty = field.type == "number" and not all(value is None or isfinite(value) for value in values)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        faulty = True
    if faulty:
        row = next((row for row in rows if not _representable(field, row.get(name))), {})
        raise _fault(table, field, row, f"{ascii(row.get(name))[:80]} cannot be published as {field.type}")
    return array


def _representable(field: Field, value: Any) -> bool:
    """Whether every reader has a value of an accepted type: no NaN, no half a character, no integer over 63 bits."""
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    if field.type == "integer" and value is not None:
        return abs(int(value)) <= LARGEST_INTEGER
    try:
        return field.type != "number" or value is None or isfinite(float(value))
    except OverflowError:
        return False


def _date(table: Table, field: Field, row: Row) -> date | None:
    value = row.get(field.name)
    if not isinstance(value, str):
        return value or None
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise _fault(table, field, row, f"{value!r} is no date such as 2012-06-28") from None


def _number(table: Table, field: Field, row: Mapping[str, str | None]) -> Any:
    """A cell of a codelist as its column's type."""
    cell = row[field.name]
    if cell is None or field.type not in ("integer", "number"):
        return cell
    try:
        return int(cell) if field.type == "integer" else float(cell)
    except ValueError:
        raise _fault(table, field, row, f"{cell!r} is no {field.type}") from None


def _fault(table: Table, field: Field, row: Mapping[str, Any], reason: str) -> ValidationError:
    return ValidationError(f"{table.name}.{field.name}", f"row {row_id(table, row)}: {reason}", REMEDY)

"""Columns, types, nulls, codes, patterns and limits: what a table's own file says of each value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.check.report import Check, check_rows
from pipeline.core.schema import Field, Schema, Table, arrow_schema

FORMULA = "^[=+@-]"
"""What makes a spreadsheet take a cell for a formula."""


def check_columns(tables: Mapping[str, pa.Table], schema: Schema) -> list[Check]:
    """Every table of the schema is there, and no other, with its columns in order and of their types."""
    unknown = sorted(set(tables) - set(schema.tables))
    checks = [Check("table", name, None, False, tables[name].num_rows, "is not in schemas/tables") for name in unknown]
    for name, table in schema.tables.items():
        if name not in tables:
            checks.append(Check("table", name, None, False, 0, "is missing"))
        else:
            fault = _difference(tables[name].schema, arrow_schema(table))
            checks.append(Check("columns", name, None, fault is None, tables[name].num_rows, fault))
    return checks


def _difference(there: pa.Schema, wanted: pa.Schema) -> str | None:
    """The first thing in which two Arrow schemas differ, metadata apart."""
    if there.names != wanted.names:
        missing = [name for name in wanted.names if name not in there.names]
        added = [name for name in there.names if name not in wanted.names]
        if missing or added:
            return f"the columns differ: missing {', '.join(missing) or 'none'}; not in the schema {', '.join(added) or 'none'}"
        return f"the columns stand in another order: {', '.join(there.names)}"
    for is_there, is_wanted in zip(there, wanted, strict=True):
        if not is_there.equals(is_wanted):
            return f"the column {is_wanted.name} is {_described(is_there)} where the schema has {_described(is_wanted)}"
    return None


def _described(field: pa.Field) -> str:
    return f"{field.type}{'' if field.nullable else ' not null'}"


def check_values(table: Table, data: pa.Table) -> Iterator[Check]:
    """Every constraint of every column, in the order of the columns."""
    for field in table.fields:
        for check_id, rule in RULES.items():
            bad = rule(field, data.column(field.name))
            if bad is not None:
                yield check_rows(check_id, table, field.name, data, bad, _fault(check_id, field))


def _required(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return pc.is_null(values) if field.required else None


def _empty(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return pc.equal(values, "") if field.type == "string" else None


def _unique(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return repeated(values) if field.unique else None


def _enum(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not field.enum:
        return None
    return pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, value_set=pa.array(field.enum, pa.string()))))


def _pattern(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return pc.invert(pc.match_substring_regex(values, field.pattern)) if field.pattern else None


def _minimum(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return None if field.minimum is None else pc.less(values, field.minimum)


def _maximum(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return None if field.maximum is None else pc.greater(values, field.maximum)


def _finite(field: Field, values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return pc.invert(pc.is_finite(values)) if field.type == "number" else None


RULES: dict[str, Callable[[Field, pa.ChunkedArray], pa.ChunkedArray | None]] = {
    "required": _required,
    "no_empty_string": _empty,
    "unique": _unique,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _minimum,
    "maximum": _maximum,
    "finite": _finite,
}
"""Check id → the rows of a column that break the rule, or None where the rule does not apply."""


def _fault(check_id: str, field: Field) -> str:
    faults = {
        "required": "where a value is required",
        "no_empty_string": "is empty; null is meant",
        "unique": "stands in another row, too",
        "enum": f"is not a code of {field.codelist}",
        "pattern": f"does not match {field.pattern}",
        "minimum": f"is less than {_plain(field.minimum)}",
        "maximum": f"is more than {_plain(field.maximum)}",
        "finite": "is no number",
    }
    return faults[check_id]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def repeated(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where a value stands in more than one row; null repeats nothing."""
    counts = pc.value_counts(values.drop_null().combine_chunks())
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return pc.and_(pc.is_valid(values), pc.is_in(values, value_set=twice))


def note_formulas(table: Table, data: pa.Table) -> Iterator[Check]:
    """Cells that a spreadsheet program takes for a formula: told, and kept as they are."""
    for field in table.fields:
        if field.type != "string":
            continue
        values = data.column(field.name)
        bad = pc.match_substring_regex(values, FORMULA)
        found = pc.sum(pc.fill_null(bad, False)).as_py() or 0
        if found:
            first = check_rows("spreadsheet_formula", table, field.name, data, bad, "starts like a formula in a spreadsheet")
            yield Check("spreadsheet_formula", table.name, field.name, True, data.num_rows, first.message, "info")

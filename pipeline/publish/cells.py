"""A table as cells of text: the one canonical writing of every value, from which the CSV and the content hash are made."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.core.errors import ValidationError

INTEGRAL_BELOW = 1e21
FORMULA = ("=", "+", "-", "@")

Column = Sequence[str | None]


def number(value: float) -> str:
    """The shortest writing that reads back as the same value; a whole number has no point and no exponent.

    Raises ValueError for NaN and the infinities, which are no values.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value!r} is no value")
    if value.is_integer() and abs(value) < INTEGRAL_BELOW:
        return str(int(value))
    return repr(value)


def text(value: str) -> str:
    """The value itself. Raises ValueError where it is empty: CSV cannot tell that from null."""
    if not value:
        raise ValueError("an empty string; null is meant")
    return value


def writer_of(kind: pa.DataType) -> tuple[str, Callable[[Any], str]]:
    """The Table Schema type of an Arrow type, and how its values are written. Raises ValueError for a type that has none."""
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "string", text
    if pa.types.is_boolean(kind):
        return "boolean", lambda value: "true" if value else "false"
    if pa.types.is_integer(kind):
        return "integer", str
    if pa.types.is_floating(kind):
        return "number", number
    if pa.types.is_date32(kind):
        return "date", lambda value: str(value.isoformat())
    raise ValueError(f"a column of type {kind}, which CSV cannot hold")


def column_cells(name: str, table: pa.Table, column: str) -> list[str | None]:
    """The cells of one column, null as None. Raises ValidationError that names table, column and row."""
    try:
        write = writer_of(table.schema.field(column).type)[1]
    except ValueError as error:
        raise ValidationError(f"{name}.{column}", str(error), "give it a plain type in schemas/") from error
    values = table.column(column).to_pylist()
    try:
        return [None if value is None else write(value) for value in values]
    except ValueError as error:
        raise ValidationError(f"{name}.{column}", f"holds {error}", "correct what makes this table") from error


def columns_of(name: str, table: pa.Table) -> list[Column]:
    """All cells of a table, column by column."""
    return [column_cells(name, table, column) for column in table.column_names]


def canonical_lines(columns: Sequence[Column]) -> list[bytes]:
    """Each row as a JSON array of its cells, sorted, so that neither row order nor a library's version counts."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return sorted(encode(row).encode("utf-8") for row in zip(*columns, strict=True))


def markdown_cell(text: str) -> str:
    """Text that can end neither a cell nor a line of Markdown, and cannot be read as markup."""
    plain = " ".join(text.split()).replace("\\", "\\\\")
    return plain.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("`", "'")


def formula_cells(columns: Sequence[Column]) -> int:
    """How many cells a spreadsheet might run as a formula: those of text that start with = + - or @."""
    cells = (cell for column in columns for cell in column if cell is not None and cell.startswith(FORMULA))
    return sum(not _is_number(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True

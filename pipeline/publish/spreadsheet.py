"""A release as one .xlsx file for people who work with spreadsheets: words are text cells, so that none is run as a formula."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import xlsxwriter

ABOUT = "about"
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""Of a cell, in UTF-16 code units."""
MOST_NAME = 31
CUT = " […]"
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


def spreadsheet(tables: Mapping[str, pa.Table], about: Sequence[tuple[str, str]], date: str) -> bytes:
    """The file: a sheet that says what it is, then one for each table, named as it.

    about: what is to be known of the package, in pairs; date: of the package. What a sheet cannot hold is told on the first: longer
    words are cut, a longer table is left out. Numbers are numbers, dates ISO 8601 in text cells.
    """
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, AS_TEXT)
    book.set_properties(
        {
            "title": dict(about).get("title", ""),
            "created": datetime.datetime.fromisoformat(f"{date}T00:00:00+00:00").replace(tzinfo=None),
        }
    )
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    named = _sheet_names(tables)
    first = book.add_worksheet(ABOUT)
    first.set_column(0, 0, 28)
    first.set_column(1, 1, 100)
    for number, (key, value) in enumerate([*about, *_limits(tables, named)]):
        first.write_string(number, 0, key, bold)
        first.write_string(number, 1, _fitting(value), text)
    for name, sheet in named.items():
        if tables[name].num_rows < MOST_ROWS:
            _write(book.add_worksheet(sheet), tables[name], text, bold)
    book.close()
    return sink.getvalue()


def _write(sheet: Any, table: pa.Table, text: Any, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.column_names):
        sheet.write_string(0, column, name, bold)
    columns = [table.column(name).to_pylist() for name in table.column_names]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, bool):
                sheet.write_boolean(row, column, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(row, column, cell)
            elif cell is not None:
                sheet.write_string(row, column, _fitting(str(cell)), text)


def _sheet_names(tables: Iterable[str]) -> dict[str, str]:
    """Table → the name of its sheet, which may be cut."""
    named: dict[str, str] = {}
    for name in tables:
        short = name[:MOST_NAME]
        for number in range(2, 1_000):
            if short.lower() not in {other.lower() for other in named.values()} | {ABOUT}:
                break
            short = f"{name[: MOST_NAME - 4]}-{number}"
        named[name] = short
    return named


def _limits(tables: Mapping[str, pa.Table], named: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the reader should know because a sheet cannot hold it."""
    long = (name for name, table in tables.items() if table.num_rows >= MOST_ROWS)
    told = [f"{name} has more rows than a sheet can hold: see the CSV" for name in long]
    told += [f"the sheet {sheet} is the table {name}" for name, sheet in named.items() if sheet != name]
    if cut := sum(_fitting(cell) != cell for table in tables.values() for cell in _words(table)):
        told.append(f"{cut:,} cells are longer than a sheet can hold; they end with '{CUT.strip()}', the CSV has them whole")
    return [("note", line) for line in told]


def _words(table: pa.Table) -> Iterable[str]:
    for column in table.columns:
        if pa.types.is_string(column.type):
            yield from (cell for cell in column.to_pylist() if cell is not None and 2 * len(cell) > MOST_CHARACTERS)


def _fitting(words: str) -> str:
    """Words as a cell can hold them."""
    if 2 * len(words) <= MOST_CHARACTERS:
        return words
    units = words.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return words
    return units[: 2 * (MOST_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT

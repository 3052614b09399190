"""Rows of a table → cells with their spans, and what the header says about each column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.quantity_grammar import Grammar, fold

WIDE_GAP = re.compile(r"\t+\s*|[ \u00a0]{2,}|\u3000+\s*")
RULE_LINE = re.compile(r"[\s|:+=-]+")
EMPTY = re.compile(r"[\s—–\-/…·*]*")
NUMERIC = re.compile(r"[\s<>≥≤~≈+\-−\[\]〔〕【】()（）\d.,%]*\d[\s\d.,%\[\]〔〕【】()（）]*")
LONGEST_HEADER = 40
MEASURED = re.compile(r"\d[\d,.]*\s?(?:[A-Za-z]|[一-龥])")
"""A cell that begins with a number and a unit: '12 km'."""


class Cell(Struct):
    """A cell of a row: its folded text and where that starts in the row."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def empty(self) -> bool:
        return EMPTY.fullmatch(self.text) is not None

    @property
    def numeric(self) -> bool:
        return NUMERIC.fullmatch(self.text) is not None


class Column(Struct):
    """What a header says: role is label, serial, unit, nature, growth, baseline, target, deadline, year or other."""

    role: str
    text: str
    year: int | None = None


def cells_of(text: str) -> list[Cell]:
    """The cells of a row: between pipes, else between tabs or wide gaps."""
    folded = fold(text)
    if "|" in folded:
        spans, start = [], 0
        for part in folded.split("|"):
            spans.append((start, start + len(part)))
            start += len(part) + 1
        if folded.lstrip().startswith("|"):
            spans = spans[1:]
        if folded.rstrip().endswith("|"):
            spans = spans[:-1]
    else:
        spans, start = [], 0
        for gap in WIDE_GAP.finditer(folded):
            if gap.start() > start:
                spans.append((start, gap.start()))
            start = gap.end()
        spans.append((start, len(folded)))
    return [_cell(folded, start, end) for start, end in spans]


def _cell(text: str, start: int, end: int) -> Cell:
    part = text[start:end]
    return Cell(part.strip(), start + len(part) - len(part.lstrip()))


def is_rule_line(text: str) -> bool:
    """Whether a row is only the line under a Markdown header."""
    return RULE_LINE.fullmatch(text) is not None


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    numbers = [cell.text.strip("()（） ") for cell in cells]
    return len(numbers) > 2 and numbers == [str(number + 1) for number in range(len(numbers))]


def is_header(cells: Sequence[Cell], grammar: Grammar) -> bool:
    """Whether a row holds no value, but short words or years."""
    filled = [cell for cell in cells if not cell.empty]
    if len(filled) < 2 or any(len(cell.text) > LONGEST_HEADER for cell in filled):
        return False
    if any(MEASURED.match(cell.text) and not grammar.words["header_year"].search(cell.text) for cell in filled[1:]):
        return False
    return all(not cell.numeric or grammar.words["header_year"].fullmatch(cell.text) for cell in filled)


def aligned(columns: Sequence[Column], cells: Sequence[Cell]) -> list[Column]:
    """The column of each cell; a row that lacks cells keeps its label, and is set against the right edge."""
    if not columns:
        return [Column("other", "") for _ in cells]
    missing = len(columns) - len(cells)
    if missing > 0 and columns[0].role == "label" and not cells[0].numeric:
        return [columns[0], *columns[missing + 1 :]]
    if missing >= 0:
        return list(columns[missing:])
    return [*columns, *(Column("other", "") for _ in range(-missing))]


def column_of(cell: Cell, grammar: Grammar) -> Column:
    """The role of the column under a header cell."""
    words = grammar.words
    years = [match["year"] for match in words["header_year"].finditer(cell.text)]
    if words["header_unit"].search(cell.text):
        return Column("unit", cell.text)
    if words["header_serial"].search(cell.text):
        return Column("serial", cell.text)
    if words["header_growth"].search(cell.text):
        return Column("growth", cell.text)
    if years and years[-1].isdigit():
        return Column("year", cell.text, int(years[-1]))
    if words["header_deadline"].search(cell.text):
        return Column("deadline", cell.text)
    for role in ("target", "baseline", "nature", "label"):
        if words[f"header_{role}"].search(cell.text):
            return Column("label" if role == "target" and words["header_label"].search(cell.text) else role, cell.text)
    return Column("other", cell.text)

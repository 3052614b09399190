"""Quantities in tables: values in cells, with unit, year and nature from the header, the label or the line above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.core.model import Outline
from pipeline.core.quantity import read_digits
from pipeline.extract.amount import Amount
from pipeline.extract.amounts import read_amounts
from pipeline.extract.comparators import compare
from pipeline.extract.deadlines import Deadlines, Mention
from pipeline.extract.indicator_phrases import find_indicator
from pipeline.extract.quantity_grammar import Grammar
from pipeline.extract.readings import Reading
from pipeline.extract.tables_layout import Cell, Column, aligned, cells_of, column_of, is_header, is_numbering, is_rule_line

UNIT_LINES = 3
DIGITS = r"\d[\d,]*(?:\.\d+)?"
VALUE = re.compile(rf"(?P<open>[\[〔【(（]?)\s*(?P<sign>[+\-−]?)(?P<number>{DIGITS})(?:\s?[-–—~～至]\s?(?P<high>{DIGITS}))?")
YEARS = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")
SUMMED = "-summed"
BRACKETS = "[]〔〕【】()（） "


class Table(Struct):
    """The header of a run of rows. unit: of the line above the table."""

    columns: list[Column]
    header_rows: int
    unit: str | None


class TableReader:
    """Reads the rows of one text; a header holds for the rows that follow it without a break."""

    def __init__(self, outline: Outline, grammar: Grammar, deadlines: Deadlines) -> None:
        self._sentences, self._grammar, self._deadlines = outline.sentences, grammar, deadlines
        self._table: Table | None = None
        self._last = -2

    def read(self, index: int) -> list[Reading] | None:
        """The readings of a row; none for a header; None where the row is running text."""
        text = self._sentences[index].text
        if index != self._last + 1:
            self._table = None
        self._last = index
        if is_rule_line(text):
            return []
        cells = cells_of(text)
        if len(cells) < 2:
            return None
        if is_numbering(cells):
            return []
        if self._table is None or not self._table.columns:
            if is_header(cells, self._grammar):
                self._table = Table([column_of(cell, self._grammar) for cell in cells], 1, self._unit_above(index))
                return []
            self._table = Table([], 0, self._unit_above(index))
        return self._row(index, text, cells)

    def _unit_above(self, index: int) -> str | None:
        for sentence in self._sentences[max(0, index - UNIT_LINES) : index + 1]:
            if found := self._grammar.words["table_unit_line"].search(sentence.text[:200]):
                return found["unit"]
        return None

    # -- one row

    def _row(self, index: int, text: str, cells: list[Cell]) -> list[Reading]:
        table = self._table or Table([], 0, None)
        columns = aligned(table.columns, cells)
        label = self._label(cells, columns)
        unit_cell = next((cell.text for cell, column in zip(cells, columns, strict=True) if column.role == "unit"), None)
        readings = []
        last_year = max((column.year for column in table.columns if column.year), default=None)
        for cell, column in zip(cells, columns, strict=True):
            if (
                cell is label
                or cell.empty
                or column.role in ("serial", "unit", "nature", "label", "deadline")
                or not any(c.isdigit() for c in cell.text)
            ):
                continue
            found = self._cell(
                index, cell, self._dated(column, label, last_year), self._unit(table, label, column, unit_cell), label, last_year
            )
            readings.extend(found)
        self._finish(readings, text, label)
        if not readings:
            readings = self._label_quantities(index, label)
        self._set_deadline(readings, cells, columns)
        return readings

    def _dated(self, column: Column, label: Cell | None, last_year: int | None) -> Column:
        """A column with the one year that the label of a row names, where no header names any: 'Index of ports, 2019'."""
        if label is None or last_year or column.role != "other" or self._deadlines.issued is None:
            return column
        years = {found["year"] for found in self._grammar.words["header_year"].finditer(label.text)}
        return Column("other", label.text, int(years.pop())) if len(years) == 1 else column

    def _label_quantities(self, index: int, label: Cell | None) -> list[Reading]:
        """The values in the words of a measure: 'Train 500 teachers' in a row that has no other value."""
        if label is None or not (self._grammar.spaced or any(character.isdigit() for character in label.text)):
            return []
        amounts, readings = self._text_cell(label), []
        for amount in amounts:
            span = find_indicator(label.text, amount, amount.start, 0, self._grammar)
            amount.start, amount.end, amount.noun = amount.start + label.start, amount.end + label.start, None
            readings.append(self._reading(index, amount, Column("other", ""), None))
            readings[-1].indicator = (span[0] + label.start, span[1] + label.start) if span else None
        return readings

    def _set_deadline(self, readings: list[Reading], cells: Sequence[Cell], columns: Sequence[Column]) -> None:
        """The year of a column of deadlines holds for the values of its row that have none."""
        for cell, column in zip(cells, columns, strict=True):
            if column.role != "deadline" or not (years := list(self._grammar.words["header_year"].finditer(cell.text))):
                continue
            mention = Mention(0, 0, int(years[-1]["year"]), cell.text, False)
            for reading in readings:
                if reading.kind != "statistic" and reading.mention is None:
                    reading.mention, reading.basis = mention, "inherited"

    def _label(self, cells: Sequence[Cell], columns: Sequence[Column]) -> Cell | None:
        named = [
            cell
            for cell, column in zip(cells, columns, strict=True)
            if column.role == "label" and not cell.empty and not cell.numeric
        ]
        if named:
            return named[-1]
        words: list[Cell] = []
        for cell, column in zip(cells, columns, strict=True):
            if words and any(character.isdigit() for character in cell.text):
                break
            if not cell.empty and not cell.numeric and column.role not in ("serial", "unit", "nature", "year", "growth"):
                words.append(cell)
        return words[-1] if words else None

    def _unit(self, table: Table, label: Cell | None, column: Column, unit_cell: str | None) -> str | None:
        """The unit of a value: its own column, brackets in the label or the header, the line above."""
        words = self._grammar.words
        if unit_cell:
            return unit_cell
        for text in (label.text if label else "", column.text):
            if found := words["label_unit"].search(text):
                unit = str(next(filter(None, found.groups())))
                if not words["header_year"].search(unit):
                    return unit
        units = self._grammar.words["unit_list"].split(table.unit or "")
        if len(units) > 1:  # one line names the units of all rows: a rate takes the percentage
            rate = bool(label and words["rate_label"].search(words["label_unit"].sub("", label.text).strip()))
            return next((unit for unit in units if (unit == "%") == rate), units[0])
        return table.unit

    def _cell(
        self, index: int, cell: Cell, column: Column, unit: str | None, label: Cell | None, last_year: int | None
    ) -> list[Reading]:
        amounts = self._plain_cell(cell, unit, label, column) if _is_value(cell, self._grammar) else self._text_cell(cell)
        for amount in amounts:
            amount.start, amount.end = amount.start + cell.start, amount.end + cell.start
            amount.noun = None
        return [self._reading(index, amount, column, last_year) for amount in amounts]

    def read_cell(self, cell: Cell, label: str) -> list[Amount]:
        """The values of a cell whose row is `label`; spans count where the cell does."""
        found = self._grammar.words["label_unit"].search(label)
        unit = str(next(filter(None, found.groups()))) if found else None
        amounts = (
            self._plain_cell(cell, unit, None, Column("other", "")) if _is_value(cell, self._grammar) else self._text_cell(cell)
        )
        for amount in amounts:
            amount.start, amount.end, amount.noun = amount.start + cell.start, amount.end + cell.start, None
        return amounts

    def _text_cell(self, cell: Cell) -> list[Amount]:
        amounts, floor = read_amounts(cell.text, self._grammar), 0
        for amount in amounts:
            compare(cell.text, amount, floor, self._grammar)
            floor = amount.end
        return [amount for amount in amounts if not amount.doubt]

    def _plain_cell(self, cell: Cell, unit: str | None, label: Cell | None, column: Column) -> list[Amount]:
        """A number with a comparing word or a unit at most; in brackets it is a sum over the period."""
        found = VALUE.search(cell.text)
        if found is None or (unit is None and self._grammar.words["header_year"].fullmatch(cell.text)):
            return []
        last = found.end("high" if found["high"] else "number")
        amount = Amount(found.start("number"), last, read_digits(found["number"]), self._rule_id(found))
        scale, code = self.read_unit(cell.text[last:].strip(BRACKETS))
        if code is None:
            scale, code = self.read_unit(unit.strip(BRACKETS) if unit else "")
        else:
            amount.end = last + len(cell.text[last:].rstrip(BRACKETS))
        amount.low = (amount.low or Decimal(0)) * scale
        if found["high"]:
            amount.high, amount.comparator = read_digits(found["high"]) * scale, "between"
        cumulative = bool(found["open"])
        falls = self._change(label.text if label else "")
        if column.role == "growth" and not falls and code not in (None, "%") and "%" not in cell.text and not cumulative:
            amount.low, code = (amount.low or Decimal(0)) / scale, "%"
        amount.unit, amount.unit_printed = code, True
        compare(cell.text, amount, 0, self._grammar)
        if found["open"]:
            ahead = self._grammar.cue("comparators_before", cell.text[: found.start("open")], "comparator")
            amount.comparator = ahead.code if ahead else amount.comparator
        if falls and (column.role in ("growth", "year", "target", "other")):
            amount.measure = falls
        elif amount.measure == "level" and found["sign"] in ("-", "−") and code == "%":
            amount.measure = "decrease"
        elif column.role == "growth" and amount.measure == "level":
            amount.measure = "decrease" if found["sign"] in ("-", "−") else "increase"
        return [amount]

    def _rule_id(self, found: re.Match[str]) -> str:
        return f"{self._grammar.language.code}-table-cell{SUMMED if found['open'] else ''}"

    def read_unit(self, words: str) -> tuple[Decimal, str | None]:
        """'亿元' → (10**8, 'CNY'); an unknown unit stays as printed; (1, None) for nothing."""
        if power := self._grammar.words["power_unit"].match(words):
            scale, code = self.read_unit(power["unit"])
            return scale * read_digits(power["power"]), code
        if not words or any(character.isdigit() for character in words[:1]):
            return Decimal(1), None
        if self._grammar.cue("comparators_after", words, "comparator"):
            return Decimal(1), None
        if known := self._grammar.setting("table_units", {}).get(words.strip()):
            return Decimal(1), str(known)
        *first, last = words.split()
        if first and last in self._grammar.scales:
            words = " ".join([last, *first])
        text = f"1 {words}" if self._grammar.spaced and words[0].isalpha() else f"1{words}"
        amounts = read_amounts(text, self._grammar, units_only=True)
        if not amounts or amounts[0].start:
            return Decimal(1), words
        scale, whole = amounts[0].low or Decimal(1), amounts[0].end >= len(text)
        if amounts[0].unit and amounts[0].unit_printed:
            return scale, amounts[0].unit
        if counted := self._grammar.counted.get(text[amounts[0].end :].strip().lower()):
            return scale, counted
        return (scale, "item") if whole else (Decimal(1), words)

    def _change(self, label: str) -> str | None:
        bare = self._grammar.words["label_unit"].sub("", label).strip()
        if self._grammar.spaced:
            found = self._grammar.cue("changes", bare, "measure")
            return found.code if found and found.code == "decrease" else None
        found = self._grammar.cue("changes", bare, "measure")
        return found.code if found and found.code in ("increase", "decrease") else None

    def _reading(self, index: int, amount: Amount, column: Column, last_year: int | None) -> Reading:
        issued = self._deadlines.issued
        reading = Reading(amount)
        year = column.year or (last_year if column.role in ("growth", "target") else None)
        own, basis = self._deadlines.mention_at(index, amount.start)
        if year:
            reading.mention, reading.basis = Mention(0, 0, year, column.text, False), "inherited"
        elif own:
            reading.mention, reading.basis = own, basis
        words = self._grammar.words
        past = column.year and words["header_baseline"].search(column.text) and not words["header_target"].search(column.text)
        if column.role == "baseline" or past:
            reading.kind = "statistic"
        elif column.year:
            target = column.year > issued if issued else column.year == last_year
            reading.kind = "target" if target else "statistic"
        elif column.role in ("target", "growth"):
            reading.kind = "target"
        return reading

    def _finish(self, readings: list[Reading], text: str, label: Cell | None) -> None:
        """Give every value of a row its indicator, its nature and, to a target, the last value before it."""
        nature = self._grammar.cue("nature", text, "nature")
        base: Reading | None = None
        for reading in readings:
            reading.indicator = self._indicator(label)
            if reading.kind == "statistic":
                base = reading
                continue
            reading.nature = nature.code if nature else None
            if reading.amount.measure == "increase" and reading.amount.rule_id.endswith(SUMMED):
                _set_sum(reading.amount, base)
            if base and reading.amount.measure == "level" and base.amount.unit == reading.amount.unit:
                reading.baseline_value = base.amount.low
                reading.baseline_year = base.mention.year if base.mention else None

    def _indicator(self, label: Cell | None) -> tuple[int, int] | None:
        if label is None:
            return None
        number = self._grammar.words["label_number"].search(label.text)
        unit = self._grammar.words["label_unit"].search(label.text)
        start = number.end() if number else 0
        end = len(label.text[: unit.start()].rstrip()) if unit and unit.start() > start else len(label.text)
        return (label.start + start, label.start + end) if end > start else None


def _set_sum(amount: Amount, base: Reading | None) -> None:
    """A sum over the period is an amount of its own where the row has no earlier value; of a percentage it counts points."""
    if base is None:
        amount.measure = "level"
    elif amount.unit == base.amount.unit == "%":
        amount.unit = "percentage point"


def _is_value(cell: Cell, grammar: Grammar) -> bool:
    found = VALUE.search(cell.text)
    if not found or YEARS.search(cell.text):
        return False
    before, after = cell.text[: found.start()].strip(), cell.text[found.end() :].strip(BRACKETS)
    if before and not grammar.cue("comparators_before", before, "comparator"):
        return False
    tail = grammar.cue("comparators_after", after, "comparator")
    return len(after[tail.end :] if tail else after) <= 6 and not any(character.isdigit() for character in after)

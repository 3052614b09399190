"""Tables whose cells a lost layout has run together: 'label（unit）76.7＞80-约束性', '21.6623.04〔1.38〕'.

Numbers that are glued to each other are told apart only where the change that is printed beside them proves the cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.core.model import Sentence
from pipeline.extract.amount import Amount
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar, fold
from pipeline.extract.readings import Reading
from pipeline.extract.table_quantities import TableReader

FEWEST_ROWS, LINES_ABOVE = 3, 3
LONGEST_RUN = 18
NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?")
NEAR = Decimal("0.06")
PERCENT_NEAR = Decimal("0.6")
SIGNS = {">": "gt", "≥": "ge", "<": "lt", "≤": "le"}
Cells = dict[str, tuple[str, int]]


class FlatTableReader:
    """Reads run-together tables of one text."""

    def __init__(self, sentences: Sequence[Sentence], grammar: Grammar, tables: TableReader) -> None:
        self._sentences, self._grammar, self._tables = sentences, grammar, tables
        self._marks: str = grammar.setting("flat_marks") or ""

    def read(self, index: int, text: str) -> list[Reading] | None:
        """The readings of a sentence that is such a table; None for any other."""
        if sum(map(text.count, self._marks)) < FEWEST_ROWS:
            return None
        text = fold(text)
        signs = self._grammar.words["flat_sign"].finditer(text)
        if sum(1 for _ in zip(signs, range(FEWEST_ROWS), strict=False)) < FEWEST_ROWS:
            return None
        years = self._years(index, text)
        heads = list(self._grammar.words["flat_head"].finditer(text))
        starts = [head.end() for head in heads]
        readings: list[Reading] = []
        for row in self._grammar.words["flat_row"].finditer(text):
            above = bisect_right(starts, row.start("cells"))
            head = heads[above - 1] if above else None
            if row["unit"] or row["nature"] or row["sum"]:
                unit = row["unit"] or (head["unit"] if head and row["sum"] else None)
                readings.extend(self._row(row, unit, head["label"] if head else "", years))
        return readings

    def _years(self, index: int, text: str) -> tuple[int | None, int | None]:
        for line in (text, *(sentence.text for sentence in reversed(self._sentences[max(0, index - LINES_ABOVE) : index]))):
            if found := self._grammar.words["flat_years"].search(line[:300]):
                return int(found["first"]), int(found["last"])
        return None, None

    def _row(self, row: re.Match[str], unit: str | None, head: str, years: tuple[int | None, int | None]) -> Iterator[Reading]:
        cells = _cells(row)
        alone = [*cells] == ["first"]
        scale, code = self._tables.read_unit(unit or "")
        code = code or "1"
        falls = self._grammar.cue("changes", head.strip(), "measure") or self._grammar.cue(
            "changes", row["label"].strip(), "measure"
        )
        nature = self._grammar.cue("nature", row["nature"] or "", "nature")
        indicator = self._label(row)
        base: Reading | None = None
        for name, (digits, start) in cells.items():
            amount = Amount(
                start, start + len(digits), Decimal(digits) * scale, f"{self._grammar.language.code}-flat-table", unit=code
            )
            amount.comparator = "eq"
            amount.doubt = "one number where a table has two" if alone else None
            reading = Reading(amount, indicator, kind="statistic" if name == "first" else "target")
            year = years[0] if name == "first" else years[1]
            reading.mention, reading.basis = (Mention(0, 0, year, str(year), False), "inherited") if year else (None, "none")
            if name == "first":
                base = reading
            else:
                reading.nature = nature.code if nature else None
                self._target(name, digits, reading, row, base, falls.code if falls else None)
            yield reading

    def _target(
        self, name: str, digits: str, reading: Reading, row: re.Match[str], base: Reading | None, change: str | None
    ) -> None:
        amount = reading.amount
        if name == "last":
            if row["sign"]:
                amount.start -= 1
                amount.comparator = SIGNS[row["sign"]]
            elif row["tail"]:
                amount.end += len(row["tail"])
                amount.comparator = str(self._grammar.cue("comparators_after", row["tail"], "comparator").code)  # type: ignore[union-attr]
            if base:
                reading.baseline_value = base.amount.low
                reading.baseline_year = base.mention.year if base.mention else None
            return
        if name == "change":
            amount.unit = "%" if row["change_unit"] == "%" else "percentage point"
            amount.low = Decimal(digits)
            amount.end += len(row["change_unit"])
        elif base and amount.unit == "%":
            amount.unit = "percentage point"
        falling = change == "decrease" or (name == "change" and "-" in row["cells"])
        amount.measure = "decrease" if falling else change or ("increase" if base else "level")

    def _label(self, row: re.Match[str]) -> tuple[int, int] | None:
        number = self._grammar.words["flat_lead"].search(row["label"])
        start = row.start("label") + (number.end() if number else 0)
        return (start, row.end("label")) if row.end("label") > start else None


def _cells(row: re.Match[str]) -> Cells:
    """The numbers of a row by name, with their offsets; glued ones cut apart, left out where no cut is proved."""
    found = {name: (row[name], row.start(name)) for name in ("first", "last", "sum", "change") if row[name]}
    change = row["sum"] or row["change"]
    if row["sum"] and "first" in found and not row["last"] and row["cells"][len(row["first"]) :].startswith(("--", "——")):
        del found["first"]
    elif "last" in found and row["change_unit"] and not change:
        found |= _cut_change(row)
    elif "first" in found and "last" not in found and change:
        cut = _cut(row["first"], Decimal(change), row["change_unit"] == "%")
        del found["first"]
        if cut:
            start = row.start("first")
            found = {"first": (row["first"][:cut], start), "last": (row["first"][cut:], start + cut), **found}
    order = ("first", "last", "sum", "change")
    return {
        name: found[name] for name in order if name in found and NUMBER.fullmatch(found[name][0]) and _plain(name, found, row)
    }


def _cut_change(row: re.Match[str]) -> Cells:
    """A later value with the change glued behind it, where one cut agrees with the earlier value."""
    run, start, relative = row["last"], row.start("last"), row["change_unit"] == "%"
    if not NUMBER.fullmatch(row["first"] or "") or len(run) > LONGEST_RUN:
        return {}
    cuts = [
        cut
        for cut in range(1, len(run))
        if NUMBER.fullmatch(run[cut:]) and _agrees(row["first"], run[:cut], Decimal(run[cut:]), relative)
    ]
    return {"last": (run[: cuts[0]], start), "change": (run[cuts[0] :], start + cuts[0])} if len(cuts) == 1 else {}


def _plain(name: str, found: Cells, row: re.Match[str]) -> bool:
    """Whether a number can stand as it is: 'first' alone before 'about' may hide two."""
    return name != "first" or "last" in found or not row["tail"]


def _cut(run: str, change: Decimal, relative: bool) -> int | None:
    """Where two glued numbers part, if one cut alone agrees with the change between them."""
    if len(run) > LONGEST_RUN:
        return None
    cuts = [cut for cut in range(1, len(run)) if _agrees(run[:cut], run[cut:], change, relative)]
    return cuts[0] if len(cuts) == 1 else None


def _agrees(first: str, last: str, change: Decimal, relative: bool) -> bool:
    if not NUMBER.fullmatch(first) or not NUMBER.fullmatch(last) or Decimal(first) == 0:
        return False
    difference = abs(Decimal(last) - Decimal(first))
    if relative:
        return abs(difference / Decimal(first) * 100 - change) <= PERCENT_NEAR
    return abs(difference - change) <= NEAR

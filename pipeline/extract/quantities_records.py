"""Indicators as records of key and value: 'Indicator: …', 'Baseline: 32% (2015)', 'Target: 45% (2020)', a line each or all in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.core.model import Sentence
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar, fold
from pipeline.extract.readings import Reading
from pipeline.extract.table_quantities import TableReader
from pipeline.extract.tables_layout import Cell

REACH, KEY, LONGEST = 12, 70, 2000
LEAD = " ,;/\u00a0\t"


class Record(Struct):
    """The indicator of a record: the sentence and span that name it; base: the value it starts from."""

    owner: Sentence
    index: int
    span: tuple[int, int]
    base: Reading | None = None


class RecordReader:
    """Reads the records of one text, sentence by sentence in its order."""

    def __init__(self, sentences: Sequence[Sentence], grammar: Grammar, tables: TableReader, issued: int | None) -> None:
        self._sentences, self._grammar, self._tables, self._issued = sentences, grammar, tables, issued
        self._label, self._value = grammar.words["record_label"], grammar.words["record_value"]
        self._active = bool(grammar.setting("record_value"))
        self._record: Record | None = None

    def read(self, index: int, sentence: Sentence) -> list[Reading] | None:
        """The readings of a sentence that gives the values of an indicator; None for any other."""
        if not self._active or sentence.kind == "row" or len(sentence.text) > LONGEST or ":" not in sentence.text[:KEY]:
            return None
        text = fold(sentence.text)
        if found := self._label.match(text):
            self._record = Record(sentence, index, found.span("label"))
        values = [found for found in self._value.finditer(text) if any(character.isdigit() for character in found["value"])]
        record = self._record_of(index, sentence) if values else None
        if record is None:
            return None
        readings = [reading for found in values for reading in self._readings(found, record)]
        return readings or None

    def _record_of(self, index: int, sentence: Sentence) -> Record | None:
        """The record that a sentence goes on with; without a label, what the line before it names."""
        record = self._record
        if record and record.owner.section_id == sentence.section_id and index - record.index <= REACH:
            return record
        before = self._sentences[index - 1] if index else None
        if before is None or before.section_id != sentence.section_id or len(before.text) > 2 * KEY or ":" in before.text:
            return None
        self._record = Record(before, index - 1, (0, len(before.text.rstrip(" ."))))
        return self._record

    def _readings(self, found: re.Match[str], record: Record) -> Iterator[Reading]:
        value, start, words = found["value"], found.start("value"), self._grammar.words
        years = words["header_year"]
        named = years.search(found["key"])
        dated = list(words["record_dated"].finditer(value))
        pieces: list[tuple[str, int, int | None]]
        if not dated and not named and (year := years.search(value)):
            pieces = [(value[: year.start()], 0, int(year["year"]))]
        elif not dated:
            pieces = [(value, 0, int(named["year"]) if named else None)]
        else:
            pieces = [(each["of"], each.start("of"), int(each["year"])) for each in dated]
        starts = bool(words["header_baseline"].search(found["key"]))
        for piece, offset, year_of in pieces:
            cell = Cell(words["record_lead_out"].sub("", piece).strip(), start + offset + len(piece) - len(piece.lstrip(LEAD)))
            for amount in self._tables.read_cell(cell, record.owner.text[slice(*record.span)]):
                yield self._reading(Reading(amount, record.span, owner=record.owner), record, starts, year_of)

    def _reading(self, reading: Reading, record: Record, starts: bool, year: int | None) -> Reading:
        if year:
            reading.mention, reading.basis = Mention(0, 0, year, str(year), False), "explicit"
        reading.kind = "statistic" if starts or (year and self._issued and year < self._issued) else "target"
        if reading.kind == "statistic":
            record.base = reading
        elif record.base and record.base.amount.unit == reading.amount.unit and reading.amount.measure == "level":
            reading.baseline_value = record.base.amount.low
            reading.baseline_year = record.base.mention.year if record.base.mention else None
        return reading

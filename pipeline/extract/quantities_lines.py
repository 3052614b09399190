"""Indicators as lines of a list: 'Number of open ports: 50, baseline: 4', 培训人数：1400，基期：600, each on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.model import Sentence
from pipeline.extract.deadlines import Deadlines, Mention
from pipeline.extract.quantity_grammar import Grammar, fold
from pipeline.extract.readings import Reading
from pipeline.extract.table_quantities import TableReader
from pipeline.extract.tables_layout import Cell

LONGEST, LEAD = 400, 200
APART = 2
"""A page number may stand between two lines of a list."""


class LineReader:
    """Reads the indicator lines of one text, sentence by sentence in its order; the line that leads a list dates it."""

    def __init__(self, sentences: Sequence[Sentence], grammar: Grammar, tables: TableReader, deadlines: Deadlines) -> None:
        self._sentences, self._grammar, self._tables, self._deadlines = sentences, grammar, tables, deadlines
        self._last, self._lead = -APART - 1, -1

    def read(self, index: int, sentence: Sentence) -> list[Reading] | None:
        """The readings of a line that is an indicator and its value; None for any other sentence."""
        text = sentence.text
        if len(text) > LONGEST or not (":" in text or "：" in text):
            return None
        found = self._grammar.words["indicator_line"].match(fold(text))
        if not found or not self._is_measured(index, found):
            return None
        readings = list(self._readings(found))
        if not readings:
            return None
        if index - self._last > APART:
            self._lead = index - 1
        self._last = index
        self._place(index, found, readings)
        return readings

    def _is_measured(self, index: int, found: re.Match[str]) -> bool:
        """Whether a label measures something, or a baseline or the lines before it say so."""
        words, label = self._grammar.words, found["label"]
        if words["header_baseline"].match(label) or words["header_target"].match(label):
            return False  # the key of a record
        goes_on = 0 < index - self._last <= APART
        return goes_on or bool(found["base"]) or bool(words["indicator_label"].search(label))

    def _readings(self, found: re.Match[str]) -> Iterator[Reading]:
        """The value, then the baseline where there is one."""
        base = None
        for part in ("value", "base"):
            amounts = self._tables.read_cell(Cell(found[part], found.start(part)), found["label"]) if found[part] else []
            if len(amounts) != 1:
                return
            reading = Reading(amounts[0], found.span("label"))
            if reading.amount.unit is None:
                reading.amount.unit = base.amount.unit if base else self._counted(found["label"])
            if base is None:
                base = reading
            else:
                reading.kind, reading.start_of = "statistic", base
                base.baseline_value = reading.amount.low if reading.amount.unit == base.amount.unit else None
            yield reading

    def _counted(self, label: str) -> str | None:
        return None if self._grammar.words["rate_label"].search(label) else "item"

    def _place(self, index: int, found: re.Match[str], readings: list[Reading]) -> None:
        """Date and kind of the value: its own, else those of the line that leads the list."""
        words, lead = self._grammar.words, self._sentences[self._lead].text if self._lead >= 0 else ""
        led = lead[-LEAD:] if words["colon"].search(lead) else ""
        value, year = readings[0], words["header_year"].search(found["base_year"] or "")
        mention, basis = self._deadlines.mention_at(index, found.start("value"))
        if mention and basis == "explicit" and mention.start >= found.end("value"):
            mention, basis = None, "none"  # the year of the baseline
        dated = [each for each in self._deadlines.mentions(self._lead) if each.year] if led else []
        if dated and basis != "explicit":
            mention, basis = dated[-1], "inherited"
        value.mention, value.basis = mention, basis
        issued = self._deadlines.issued
        told = words["header_baseline"].search(led) or (mention and mention.year and issued and mention.year < issued)
        if words["header_target"].search(led) or (len(readings) > 1 and not told):
            value.kind = "target"
        elif told:
            value.kind = "statistic"
        if len(readings) > 1 and year:
            value.baseline_year = int(year["year"])
            readings[1].mention, readings[1].basis = Mention(0, 0, value.baseline_year, year["year"], False), "explicit"

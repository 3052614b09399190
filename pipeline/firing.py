"""Which rule fires how often on which document.

Rule sets are watched from outside while documents are read, so that a normal run pays nothing. Rules that are used without their
set (joined into one pattern, say) cannot be watched: for them, the sentences in which their pattern stands are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from re import Match
from typing import Any, NamedTuple
from unittest.mock import patch

from pipeline.accuracy import csv_table
from pipeline.core.language import language_codes, load_language
from pipeline.core.paths import RAW
from pipeline.core.rules import Rule, RuleSet
from pipeline.core.store import read_bytes

COLUMNS = ("rule_id", "language", "file", "group", "watched", "document_id", "count", "sentences", "records")


class Known(NamedTuple):
    """A rule where it is written."""

    language: str
    file: str
    group: str
    rule: Rule


class Firings:
    """What fired on one document. matches: rule_id → text → matches in it; asked: rules of sets that were asked; records: rule_id → rows."""

    def __init__(self) -> None:
        self.matches: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.asked: set[str] = set()
        self.records: Counter[str] = Counter()
        self.sentences: set[str] = set()
        self._candidates = RuleSet.candidates

    def _ask(self, rules: RuleSet, text: str) -> list[Rule]:
        self.asked.update(rule.rule_id for rule in rules.rules)
        return self._candidates(rules, text)

    def _note(self, rule: Rule, text: str) -> None:
        """Count a rule's matches in a text, once however often it is asked."""
        if text not in self.matches[rule.rule_id]:
            self.matches[rule.rule_id][text] = sum(1 for _ in rule.pattern.finditer(text))

    def candidates(self, rules: RuleSet, text: str) -> list[Rule]:
        """In the place of RuleSet.candidates."""
        found = self._ask(rules, text)
        for rule in found:
            if rule.pattern.search(text):
                self._note(rule, text)
        return found

    def found(self, rules: RuleSet, text: str) -> Iterator[tuple[Rule, Match[str]]]:
        """In the place of RuleSet.matches."""
        for rule in self._ask(rules, text):
            for match in rule.pattern.finditer(text):
                self._note(rule, text)
                yield rule, match

    def first(self, rules: RuleSet, text: str) -> tuple[Rule, Match[str]] | None:
        """In the place of RuleSet.first."""
        return next(self.found(rules, text), None)


def known_rules() -> dict[str, Known]:
    """Every rule of every language pack by its id."""
    rules: dict[str, Known] = {}
    for code in language_codes():
        language = load_language(code)
        for file, content in language.files.items():
            for group, entries in content.items():
                if isinstance(entries, list) and any(isinstance(entry, dict) and "pattern" in entry for entry in entries):
                    rules |= {rule.rule_id: Known(code, file, group, rule) for rule in language.group(file, group).rules}
    return rules


@contextmanager
def watched() -> Iterator[Firings]:
    """Note which rules match what their sets are asked, as long as the block runs."""
    firings = Firings()
    with patch.multiple(
        RuleSet,
        candidates=lambda rules, text: firings.candidates(rules, text),
        matches=lambda rules, text: firings.found(rules, text),
        first=lambda rules, text: firings.first(rules, text),
    ):
        yield firings


def read_watched(described: Any, files: dict[str, bytes]) -> Firings:
    """Read one document and note what fires."""
    from pipeline.extract import extract_text
    from pipeline.outline import outline_document
    from pipeline.source import read_document

    with watched() as firings:
        reading = read_document(described, files)
        for outline in outline_document(reading.texts)[0]:
            source = reading.decoded[outline.text.source_id]
            found = extract_text(outline, load_language(outline.text.language), source, reading.document.issued_on)
            records = (*found.statements, *found.quantities, *found.body_mentions, *found.instrument_mentions)
            firings.records.update(record.rule_id for record in records)
            firings.sentences.update(sentence.text for sentence in outline.sentences)
    return firings


def read_all(files: Iterable[Path]) -> dict[str, Firings]:
    """document_id → what fired, for every document in raw/ and for more files, which are called by their names."""
    from pipeline.source import check_raw, description_for, read_folder

    found = {folder.name: read_watched(*read_folder(folder)) for folder in check_raw(RAW)}
    for path in files:
        data = read_bytes(path)
        described = description_for(data, path.name)
        found[path.name] = read_watched(described, {each.name: data for each in described.files})
    return found


def rows(firings: dict[str, Firings], rules: dict[str, Known]) -> list[tuple[str, ...]]:
    """The rows of the report, those that count nothing left out."""
    asked = set().union(*(each.asked for each in firings.values()))
    made = []
    for rule_id, known in sorted(rules.items()):
        for document_id, each in sorted(firings.items()):
            texts = each.matches.get(rule_id, {}) if rule_id in asked else _search(known.rule, each.sentences)
            if texts or each.records[rule_id]:
                counts = (sum(texts.values()), len(texts), each.records[rule_id])
                where = (known.language, known.file, known.group, "true" if rule_id in asked else "false", document_id)
                made.append((rule_id, *where, *map(str, counts)))
    return made


def _search(rule: Rule, sentences: Iterable[str]) -> dict[str, int]:
    return {text: count for text in sentences if (count := sum(1 for _ in rule.pattern.finditer(text)))}


def report_lines(table: Sequence[Sequence[str]], rules: dict[str, Known]) -> Iterator[str]:
    """The rules that never fire, and those that fire on one sentence only, for a person to look at."""
    sentences: Counter[str] = Counter()
    for rule_id, *_, count, _records in table:
        sentences[rule_id] += int(count)
    groups = (("fire on one sentence only", 1), ("never fire", 0))
    yield f"{len(rules):,} rules, {sum(count > 1 for count in sentences.values()):,} fire on several sentences"
    for words, wanted in groups:
        found = [rule_id for rule_id in sorted(rules) if sentences[rule_id] == wanted]
        yield f"{len(found):,} {words}:"
        yield from (f"  {rule_id:<48} {rules[rule_id].file}.{rules[rule_id].group}" for rule_id in found)


def report_csv(table: Sequence[Sequence[str]]) -> bytes:
    """The report as CSV."""
    return csv_table(COLUMNS, table)

"""Which rule fires how often on which document.

Patterns are watched from outside while documents are read, so that a normal run pays nothing. Rules that the code joins into one
pattern cannot be watched: for them, the sentences in which their pattern stands are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from re import Match, Pattern
from typing import Any, NamedTuple
from unittest.mock import patch

from pipeline.accuracy import csv_table
from pipeline.core.language import language_codes, load_language
from pipeline.core.paths import RAW
from pipeline.core.rules import Rule
from pipeline.core.store import read_bytes

COLUMNS = ("rule_id", "language", "file", "group", "watched", "document_id", "count", "sentences", "records")


class Known(NamedTuple):
    """A rule where it is written."""

    language: str
    file: str
    group: str
    rule: Rule


class Firings:
    """What fired on one document. matches: rule_id → text → spans that matched; asked: rules that were tried; records: rule_id → rows."""

    def __init__(self) -> None:
        self.matches: defaultdict[str, dict[str, set[tuple[int, int]]]] = defaultdict(dict)
        self.asked: set[str] = set()
        self.records: Counter[str] = Counter()
        self.sentences: set[str] = set()


class _Watched:
    """The pattern of a rule that notes what it finds."""

    def __init__(self, rule_id: str, pattern: Pattern[str], firings: Firings) -> None:
        self._rule_id, self._pattern, self._firings = rule_id, pattern, firings

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def search(self, text: str, *span: int) -> Match[str] | None:
        return self._note(self._pattern.search(text, *span))

    def match(self, text: str, *span: int) -> Match[str] | None:
        return self._note(self._pattern.match(text, *span))

    def fullmatch(self, text: str, *span: int) -> Match[str] | None:
        return self._note(self._pattern.fullmatch(text, *span))

    def finditer(self, text: str, *span: int) -> Iterator[Match[str]]:
        self._firings.asked.add(self._rule_id)
        for found in self._pattern.finditer(text, *span):
            self._note(found)
            yield found

    def _note(self, found: Match[str] | None) -> Match[str] | None:
        self._firings.asked.add(self._rule_id)
        if found:
            self._firings.matches[self._rule_id].setdefault(found.string, set()).add(found.span())
        return found


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
    """Note what the patterns of rules find, as long as the block runs."""
    firings = Firings()
    plain: Any = vars(Rule)["pattern"]
    watching = property(lambda rule: _Watched(rule.rule_id, plain.__get__(rule), firings), plain.__set__)
    with patch.object(Rule, "pattern", watching):
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
    """document_id → what fired, for every document in raw/ and for more files, which are called by their paths."""
    from pipeline.source import check_raw, description_for, read_folder

    found = {folder.name: read_watched(*read_folder(folder)) for folder in check_raw(RAW)}
    for path in files:
        data = read_bytes(path)
        described = description_for(data, path.name)
        found[path.as_posix()] = read_watched(described, {each.name: data for each in described.files})
    return found


def rows(firings: dict[str, Firings], rules: dict[str, Known]) -> list[tuple[str, ...]]:
    """The rows of the report, those that count nothing left out."""
    asked = set().union(*(each.asked for each in firings.values()))
    made = []
    for rule_id, known in sorted(rules.items()):
        for document_id, each in sorted(firings.items()):
            texts = each.matches.get(rule_id, {}) if rule_id in asked else _search(known.rule, each.sentences)
            if texts or each.records[rule_id]:
                counts = (sum(map(len, texts.values())), len(texts), each.records[rule_id])
                where = (known.language, known.file, known.group, "true" if rule_id in asked else "false", document_id)
                made.append((rule_id, *where, *map(str, counts)))
    return made


def _search(rule: Rule, sentences: Iterable[str]) -> dict[str, set[tuple[int, int]]]:
    return {text: spans for text in sentences if (spans := {match.span() for match in rule.pattern.finditer(text)})}


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

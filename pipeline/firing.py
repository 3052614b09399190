"""Which rule fires how often on which document.

Patterns are watched from outside while documents are read and linked, so that a normal run pays nothing. Rules that the code joins
into one pattern cannot be watched: for them, the lines and sentences in which their pattern stands are counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from re import Match, Pattern
from typing import Any, NamedTuple
from unittest.mock import patch

from pipeline.core.csv_text import csv_table
from pipeline.core.errors import InputError
from pipeline.core.language import language_codes, load_language
from pipeline.core.paths import RAW
from pipeline.core.rules import Rule
from pipeline.core.store import read_bytes, read_yaml

JOINED = frozenset({"furniture", "unit_starts", "row_ends", "never", "notes", "telling", "captions", "glued_titles"})
"""Groups of rules that are joined into one pattern."""
LONG = 500
"""Characters. In a longer text, such as a paragraph without line breaks, each match is a sentence of its own."""
MARKS = (
    (re.compile(r"(?m)^//.*\n"), ""),
    (re.compile(r"(?m)^(?:front|closing|[as]\S*)\t"), ""),
    (re.compile(r"⟦([^|⟧]+)\|[^⟧]*⟧"), r"\1"),
)
"""What golden documents say besides their text: comments, section numbers, marks around bodies."""
COLUMNS = ("rule_id", "language", "file", "group", "watched", "document_id", "count", "sentences", "records")


class Known(NamedTuple):
    """A rule where it is written."""

    language: str
    file: str
    group: str
    rule: Rule


class Firings:
    """What fired on one document. matches: rule_id → text → spans that matched; asked: rules that were tried; records: rule_id → rows;
    lines: its lines and sentences."""

    def __init__(self) -> None:
        self.matches: defaultdict[str, dict[str, set[tuple[int, int]]]] = defaultdict(dict)
        self.asked: set[str] = set()
        self.records: Counter[str] = Counter()
        self.lines: set[str] = set()


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
    from pipeline.extract.context import topic_named
    from pipeline.extract.instrument_lists import type_of_name
    from pipeline.outline.grammar import grammar

    kept = (grammar, topic_named, type_of_name)  # what these remember, no pattern is asked again
    firings = Firings()
    plain: Any = vars(Rule)["pattern"]
    watching = property(lambda rule: _Watched(rule.rule_id, plain.__get__(rule), firings), plain.__set__)
    for each in kept:
        each.cache_clear()
    try:
        with patch.object(Rule, "pattern", watching):
            yield firings
    finally:
        for each in kept:
            each.cache_clear()


def read_watched(described: Any, files: dict[str, bytes]) -> Firings:
    """Read one document, link it to nothing, and note what fires. described: its Description, or a call that makes it."""
    from pipeline.core.schema import load_schema
    from pipeline.extract import extract_text
    from pipeline.link import Corpus, link
    from pipeline.outline import outline_document
    from pipeline.source import read_document

    with watched() as firings:
        reading = read_document(described() if callable(described) else described, files)
        outlines, doubts = outline_document(reading.texts)
        found = []
        for each in outlines:
            source, language = reading.decoded[each.text.source_id], load_language(each.text.language)
            found.append(extract_text(each, language, source, reading.document.issued_on, reading.corrections))
        problems, languages = (*reading.problems, *doubts), tuple(load_schema().package.languages)
        link(Corpus((reading.document,), reading.sources, outlines, tuple(found), problems, reading.decoded, languages))
    for extraction in found:
        records = (*extraction.statements, *extraction.quantities, *extraction.body_mentions, *extraction.instrument_mentions)
        firings.records.update(record.rule_id for record in records)
    firings.lines.update(sentence.text for each in outlines for sentence in each.sentences)
    firings.lines.update(line.strip() for text in reading.decoded.values() for line in text.splitlines())
    return firings


def read_all(files: Iterable[Path]) -> dict[str, Firings]:
    """document_id → what fired, for every document in raw/ and for more files, which are called by their paths."""
    from pipeline.source import check_raw, description_for, read_folder

    found = {folder.name: read_watched(*read_folder(folder)) for folder in check_raw(RAW)}
    for path in files:
        data = plain_text(path)
        named = [each.name for each in description_for(data, path.name).files]
        found[path.as_posix()] = read_watched(partial(description_for, data, path.name), dict.fromkeys(named, data))
    return found


def plain_text(path: Path) -> bytes:
    """A document as it is; a golden one without its marks, golden sentences (YAML) line by line. Raises InputError."""
    if path.suffix == ".yaml":
        entries = read_yaml(path)
        if not isinstance(entries, list) or not all(isinstance(each, dict) and "text" in each for each in entries):
            raise InputError(path, "is no list of golden sentences", "name a document, or a list of entries with `text`")
        return "\n\n".join(str(each["text"]) for each in entries).encode()
    data = read_bytes(path)
    if "⟦".encode() not in data:
        return data
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8", "save it as UTF-8") from error
    for pattern, kept in MARKS:
        text = pattern.sub(kept, text)
    return text.encode()


def rows(firings: dict[str, Firings], rules: dict[str, Known]) -> list[tuple[str, ...]]:
    """The rows of the report, those that count nothing left out."""
    asked = set().union(*(each.asked for each in firings.values()))
    made = []
    for rule_id, known in sorted(rules.items()):
        for document_id, each in sorted(firings.items()):
            watching = rule_id in asked and known.group not in JOINED
            texts = each.matches.get(rule_id, {}) if watching else _search(known.rule, each.lines)
            if texts or each.records[rule_id]:
                sentences = sum(len(spans) if len(text) > LONG else 1 for text, spans in texts.items())
                counts = (sum(map(len, texts.values())), sentences, each.records[rule_id])
                where = (known.language, known.file, known.group, "true" if watching else "false", document_id)
                made.append((rule_id, *where, *map(str, counts)))
    return made


def _search(rule: Rule, lines: Iterable[str]) -> dict[str, set[tuple[int, int]]]:
    return {text: spans for text in lines if (spans := {match.span() for match in rule.pattern.finditer(text)})}


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

"""Words of two languages that stand for one another: terms.csv, of the field, and words.csv, of policy documents in general."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.core.language import load_language, read_table
from pipeline.core.model import Frozen
from pipeline.core.paths import LANGUAGES
from pipeline.link.discrepancies.stems import stem
from pipeline.link.discrepancies.words import stems_of

TERMS = LANGUAGES / "terms.csv"
WORDS = LANGUAGES / "words.csv"
NAME = "name:"
"""What the id of an entry begins with that is a name."""
PROPER = re.compile(r"[A-Z][\w-]*(?: (?:of|for|the|and|on|in|[A-Z][\w-]*))* [A-Z][\w-]*")
"""A wording that is a name, not a term."""
SHORT = 2
"""Characters of a wording that may be the end of one word and the beginning of the next."""
HEAD, RENDERED = "zh", "en"
"""The language whose wordings are looked up, and the one that renders them."""


class Entry(Frozen):
    """Wordings of one language that are one thing, and what renders them in the other.

    is_term: a term of the field, not a word; false: renderings of other things that are mistaken for it. Without renderings
    it is a word that is known and not compared.
    """

    entry_id: str
    wordings: tuple[str, ...]
    renderings: tuple[str, ...]
    false: tuple[str, ...]
    is_term: bool

    @property
    def is_name(self) -> bool:
        """Whether it is the proper name of one thing: a false rendering of it still denotes that thing."""
        return bool(self.renderings) and PROPER.fullmatch(self.renderings[0]) is not None


class Use(Frozen):
    """An entry where a text uses it."""

    start: int
    end: int
    entry: Entry


class Glossary:
    """Entries, found leftmost and longest in texts of the language that they are listed under."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            for wording in entry.wordings:
                self._entries.setdefault(wording, entry)
        self._wordings = sorted(self._entries)
        self._automaton = AhoCorasick(self._wordings, matchkind=MatchKind.LeftmostLongest) if self._wordings else None
        self._beginning: dict[str, list[str]] = {}
        for wording in self._wordings:
            self._beginning.setdefault(wording[0], []).append(wording)
        self._mistaken = {wording: entry for wording, entry in self._entries.items() if entry.false}
        self._rendered: dict[str, set[str]] = {}
        self._single: dict[str, set[str]] = {}
        self._by_id = {entry.entry_id: entry for entry in self._entries.values()}
        for entry in self._by_id.values():
            for rendering in entry.renderings:
                parts = stems_of(rendering)
                for part in parts:
                    self._rendered.setdefault(part, set()).add(entry.entry_id)
                    if len(parts) == 1:
                        self._single.setdefault(part, set()).add(entry.entry_id)

    def rendered(self, part: str) -> AbstractSet[str]:
        """The ids of the entries that a word, by its stem, may stand for, alone or with others."""
        return self._rendered.get(part, frozenset())

    def entry(self, entry_id: str) -> Entry:
        """An entry by its id."""
        return self._by_id[entry_id]

    def single(self, part: str) -> AbstractSet[str]:
        """The ids of the entries that a word, by its stem, stands for alone."""
        return self._single.get(part, frozenset())

    def uses(self, text: str) -> list[Use]:
        """The entries in a text, in order."""
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(text)
        uses = [Use(start, end, self._entries[self._wordings[index]]) for index, start, end in found]
        after = [*(use.start for use in uses), len(text)][1:]
        return [self._inside(use, text) for use, start in zip(uses, after, strict=True) if not self._crossed(use, start, text)]

    def _crossed(self, use: Use, after: int, text: str) -> bool:
        """Whether a short wording shares its last character with a word that goes on behind it, so that it may be no word at all;
        not where the next word begins right behind it."""
        if use.end - use.start != SHORT or after == use.end:
            return False
        last = use.end - 1
        return any(len(wording) > 1 and text.startswith(wording, last) for wording in self._beginning.get(text[last], ()))

    def _inside(self, use: Use, text: str) -> Use:
        """Instead of a name, the longest term in it that is mistaken for others."""
        if not use.entry.entry_id.startswith(NAME):
            return use
        name = text[use.start : use.end]
        inside = [wording for wording in self._mistaken if wording in name]
        if not inside:
            return use
        wording = max(inside, key=lambda each: (len(each), each))
        start = use.start + name.index(wording)
        return Use(start, start + len(wording), self._mistaken[wording])


class Likeness(Frozen):
    """English words that say the same. alike: stem → the stems that say the same; style: stems that say little by themselves;
    opposites: stem → the stems that say the opposite."""

    alike: dict[str, frozenset[str]]
    style: frozenset[str]
    opposites: dict[str, frozenset[str]]


@cache
def likeness(language: str = RENDERED) -> Likeness:
    """The words that a language pack's discrepancies.yaml lists as alike, and as style."""
    pack = load_language(language)
    alike: dict[str, frozenset[str]] = {}
    for line in pack.setting("discrepancies", "alike", ()):
        same = frozenset(stem(word) for word in line.split())
        for each in same:
            alike[each] = alike.get(each, frozenset()) | same
    style = frozenset(stem(form) for word in pack.setting("discrepancies", "style", "").split() for form in _inflected(word))
    return Likeness(alike, style, _opposites(pack.setting("discrepancies", "opposites", ())))


def _inflected(word: str) -> tuple[str, ...]:
    """A word and its forms: those of short words have stems of their own."""
    return word, *(word.removesuffix("e") + ending for ending in ("ing", "ed", "es"))


def _opposites(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """By stem, the stems on the other side of its lines, such as 'large big | small'."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        one, other = (frozenset(stem(word) for word in side.split()) for side in line.split("|"))
        for each, against in [*((each, other) for each in one), *((each, one) for each in other)]:
            found[each] = found.get(each, frozenset()) | against
    return found


@cache
def glossary(terms: Path = TERMS, words: Path = WORDS) -> Glossary:
    """Terms before words, and names as words that are not compared: they have a comparison of their own."""
    names = (name.name for name in load_language(HEAD).names if name.kind in ("body", "instrument"))
    known = [Entry(NAME + name, (name,), (), (), is_term=False) for name in names]
    return Glossary([*_entries(terms, is_term=True), *known, *_entries(words, is_term=False)])


def _entries(path: Path, is_term: bool) -> Sequence[Entry]:
    rows: list[dict[str, str]] = read_table(path) if path.is_file() else []
    return [_entry(row, is_term) for row in rows]


def _entry(row: Mapping[str, str], is_term: bool) -> Entry:
    wordings = (row[HEAD], *_listed(row.get(f"{HEAD}_variants")))
    return Entry(row.get("term_id") or row[HEAD], wordings, _listed(row[RENDERED]), _listed(row.get("not")), is_term)


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())

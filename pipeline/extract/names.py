"""Finds the names of bodies and instruments in one pass: an Aho–Corasick automaton per language, leftmost-longest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.core.language import Language, Name
from pipeline.core.model import Sentence

FOUND = tuple[int, int, Name]
FOUND_ALL = tuple[int, int, tuple[Name, ...]]
LATIN_END = 0x250
"""Letters below this code point run on into words; those of other scripts stand alone."""

CLASS = "class-"
"""How the ids of classes begin: rules find them in any wording, and their row in names.csv only names them."""

CHUNK = 1 << 18
"""Characters that are searched at once."""


class NameIndex:
    """The names of one language, with spelling variants that need no row of their own."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.by_name: dict[str, tuple[Name, ...]] = {}
        for name in names:
            if name.id.startswith(CLASS):
                continue
            for spelling in spellings(name.name):
                known = self.by_name.get(spelling, ())
                if name not in known:
                    self.by_name[spelling] = (*known, name)
        self._names = list(self.by_name.values())
        self._bounded = [(_is_latin(name[0]), _is_latin(name[-1])) for name in self.by_name]
        self._automaton = AhoCorasick(list(self.by_name), matchkind=MatchKind.LeftmostLongest) if self.by_name else None

    def find_all(self, text: str) -> list[FOUND_ALL]:
        """Non-overlapping (start, end, every row with that wording), leftmost-longest, whole words only."""
        if self._automaton is None:
            return []
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            first, last = self._bounded[index]
            if first and start and _is_latin(text[start - 1]):
                continue
            if last and end < len(text) and _is_latin(text[end]):
                continue
            found.append((start, end, self._names[index]))
        return found


def spellings(name: str) -> tuple[str, ...]:
    """A name with either apostrophe, and in capitals where it has several words, as titles print it."""
    forms = [name]
    if "'" in name:
        forms.append(name.replace("'", "’"))
    if " " in name and name.isascii():
        forms.extend(form.upper() for form in tuple(forms))
    return tuple(dict.fromkeys(forms))


def _is_latin(character: str) -> bool:
    return ord(character) < LATIN_END and character.isalnum()


@cache
def name_index(language: Language) -> NameIndex:
    """The automaton of a language, built once. Names of indicators are read as wording, not found in running text."""
    return NameIndex(name for name in language.names if name.kind != "indicator")


def find_names(text: str, language: Language) -> list[FOUND]:
    """Every name in `text` as (start, end, row of names.csv), in text order, without overlaps."""
    return [(start, end, rows[0]) for start, end, rows in name_index(language).find_all(text)]


def names_by_sentence(sentences: Sequence[Sentence], index: NameIndex) -> dict[int, list[FOUND_ALL]]:
    """Sentence number → its names, offsets counted in the sentence. Sentences are searched many at a time."""
    found: dict[int, list[FOUND_ALL]] = {}
    first = 0
    while first < len(sentences):
        last, size = first, 0
        while last < len(sentences) and (size < CHUNK or last == first):
            size += len(sentences[last].text) + 1
            last += 1
        _search(sentences, first, last, index, found)
        first = last
    return found


def _search(sentences: Sequence[Sentence], first: int, last: int, index: NameIndex, found: dict[int, list[FOUND_ALL]]) -> None:
    matches = index.find_all("\n".join(sentence.text for sentence in sentences[first:last]))
    number, begin = first, 0
    end = begin + len(sentences[first].text)
    for start, stop, rows in matches:
        while start > end:
            number += 1
            begin, end = end + 1, end + 1 + len(sentences[number].text)
        found.setdefault(number, []).append((start - begin, stop - begin, rows))

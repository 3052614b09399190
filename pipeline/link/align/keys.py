"""What a sentence can share with one in another language: figures, words in one script, and what names.csv and terms.csv know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.core.language import load_language, read_table
from pipeline.core.model import Extraction, Outline, Quantity
from pipeline.core.paths import LANGUAGES
from pipeline.core.quantity.numbers import Numerals

Keys = frozenset[str]
"""What a sentence says, as comparable strings. The first character tells the kind:
'#' figure, '=' value with its unit, '@' thing of names.csv, '~' term of terms.csv, '"' word."""

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")
IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]{2,}")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
TERMS = LANGUAGES / "terms.csv"
CHUNK = 1 << 18
"""Characters that are searched at once."""


class Phrases:
    """Wordings of one language and the keys of what they mean, found in one pass; they may overlap."""

    def __init__(self, wordings: Iterable[tuple[str, str]]) -> None:
        meant: dict[str, set[str]] = {}
        for wording, key in wordings:
            if plain := wording.casefold().strip():
                meant.setdefault(plain, set()).add(key)
        self._keys = [sorted(meant[wording]) for wording in sorted(meant)]
        self._ends = [(_joins(wording[0]), _joins(wording[-1])) for wording in sorted(meant)]
        self._automaton = AhoCorasick(sorted(meant), matchkind=MatchKind.Standard) if meant else None

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(offset, key) of each wording in a casefolded text, in whole words, or with the s of a plural."""
        if self._automaton is None:
            return
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            first, last = self._ends[index]
            end += last and text[end : end + 1] == "s"
            if not (first and start and _joins(text[start - 1])) and not (last and end < len(text) and _joins(text[end])):
                for key in self._keys[index]:
                    yield start, key


def _joins(character: str) -> bool:
    """Whether a character runs on into words; those of other scripts stand alone."""
    return character.isalnum() and ord(character) < 0x250


@cache
def phrases(language: str) -> Phrases:
    """The names and terms of a language pack."""
    names = ((name.name, f"@{name.kind}:{name.id}") for name in load_language(language).names)
    return Phrases((*names, *_terms(language)))


def _terms(language: str) -> Iterator[tuple[str, str]]:
    for row in read_table(TERMS) if TERMS.is_file() else ():
        for column in (language, f"{language}_variants"):
            for wording in (row.get(column) or "").split("|"):
                yield wording, f"~{row['term_id']}"


@cache
def numerals(language: str) -> tuple[Numerals, re.Pattern[str]] | None:
    """How a language that writes without blanks words numbers of several figures."""
    pack = load_language(language)
    words, scales = pack.setting("targets", "numerals", {}), pack.setting("targets", "scales", {})
    if pack.settings.get("spaced", True) or not words:
        return None
    return Numerals(words, scales, spaced=False), re.compile(f"[{''.join([*words, *scales])}]{{2,}}")


def sentence_keys(outline: Outline, extraction: Extraction) -> list[Keys]:
    """The keys of each sentence, parallel to outline.sentences."""
    keys = text_keys([sentence.text for sentence in outline.sentences], outline.text.language)
    starts = [sentence.char_start for sentence in outline.sentences]
    for quantity in extraction.quantities:
        number = bisect_right(starts, quantity.char_start) - 1
        if number >= 0 and quantity.base_value is not None:
            keys[number] |= {value_key(quantity)}
    return keys


def value_key(quantity: Quantity) -> str:
    """The key of a value that was read."""
    return f"={quantity.base_value:.12g} {quantity.base_unit}"


def text_keys(texts: Sequence[str], language: str) -> list[Keys]:
    """The keys of some wordings in one language."""
    plain = [text.casefold() for text in texts]
    keys = [set(_written(text)) for text in plain]
    if reading := numerals(language):
        for text, own in zip(plain, keys, strict=True):
            own.update(_worded(text, *reading))
    for number, key in _named(plain, phrases(language)):
        keys[number].add(key)
    return [frozenset(own) for own in keys]


def _written(text: str) -> Iterator[str]:
    """Figures, words in Latin letters, and pairs of ideographs."""
    for figure in FIGURE.findall(text):
        yield "#" + _number(figure.replace(",", "") if GROUPED.fullmatch(figure) else figure)
    for word in WORD.findall(text):
        yield '"' + word
    for run in IDEOGRAPHS.findall(text):
        yield from ['"' + run[index : index + 2] for index in range(len(run) - 1)]


def _number(figure: str) -> str:
    whole, point, part = figure.partition(".")
    return (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if point and part.strip("0") else "")


def _worded(text: str, numerals: Numerals, pattern: re.Pattern[str]) -> Iterator[str]:
    for words in pattern.findall(text):
        value = numerals.read(words)
        if value is not None:
            yield f"#{value.normalize():f}"


def _named(texts: Sequence[str], index: Phrases) -> Iterator[tuple[int, str]]:
    """(number of the text, key), many texts searched at a time."""
    starts, size, first = [0], 0, 0
    for number, text in enumerate(texts):
        size += len(text) + 1
        starts.append(size)
        if size - starts[first] >= CHUNK or number == len(texts) - 1:
            for offset, key in index.find("\n".join(texts[first : number + 1])):
                yield bisect_right(starts, offset + starts[first]) - 1, key
            first = number + 1

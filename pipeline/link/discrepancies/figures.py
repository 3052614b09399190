"""Numbers, ordinals, years and plan periods that one passage states and the other does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec.structs import replace

from pipeline.core.language import Language, load_language
from pipeline.core.model import Frozen
from pipeline.core.quantity.numbers import EXACT, Numerals, read_digits
from pipeline.link.discrepancies.model import MAJOR, Finding, Pair, Passage, Sides, shown

FILE = "discrepancies"
DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
TOKEN = re.compile(r"[A-Za-z]+")
NAME = re.compile(r"(?:\s[A-Z][\w’'-]*){0,3}")
BEFORE = re.compile(r"[A-Za-z][0-9]*[-.]?[0-9]*\.?$")
AFTER = re.compile(r"[A-Z](?![a-z])")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"}
NOTHING = "nothing"
KINDS = {"year": "year", "ordinal": "ordinal", "period": "ordinal", "number": "number"}
"""What a figure is → the kind of discrepancy."""
NAMES = {"year": "year", "ordinal": "ordinal", "period": "plan period", "number": "number"}
SMALL = 20
"""Whole numbers up to here may be worded in many ways."""
PAIRED = 32
"""Figures of a passage for which a partner is sought."""
DIFFERS, SURE, UNSURE, FEW = 0.95, 0.8, 0.6, 0.45


class Figure(Frozen):
    """A number that a text states. reads: year | period | ordinal | number; start, end: offsets in the passage."""

    reads: str
    value: Decimal
    start: int
    end: int


class Reader:
    """How a language writes numbers: its discrepancies.yaml."""

    def __init__(self, language: Language) -> None:
        self._rules = language.group(FILE, "figures")
        self._scales: Mapping[str, int] = language.setting(FILE, "scales_after_digits", {})
        self._spaced = bool(language.settings.get("spaced", True))
        words: Mapping[str, int] = language.setting(FILE, "numerals", {})
        scales: Mapping[str, int] = language.setting(FILE, "scales", {})
        self._numerals = Numerals(words, scales, self._spaced)
        self._vocabulary = words.keys() | scales.keys()
        self._run = None if self._spaced or not words else re.compile(f"[{''.join([*words, *scales])}]+")
        loose: Mapping[str, Sequence[Any]] = language.setting(FILE, "loose", {})
        self._deictic = tuple(language.setting(FILE, "deictic", ()))
        self._loose = {word: [Decimal(str(value)) for value in values] for word, values in loose.items()}

    def stated(self, text: str) -> list[Figure]:
        """The figures that a text states beyond doubt, in order."""
        plain = fold(text)
        best: dict[int, tuple[int, Figure]] = {}
        for order, rule in enumerate(self._rules.candidates(plain)):
            for match in rule.pattern.finditer(plain):
                value = self._value(match)
                if value is not None and not _in_a_word(plain, match.start("number"), match.end("number")):
                    at, whole = match.start("number"), "quote" if "quote" in rule.pattern.groupindex else 0
                    figure = Figure(str(rule.values["reads"]), value, match.start(whole), match.end(whole))
                    if at not in best or order < best[at][0]:
                        best[at] = order, figure
        apart = _apart([best[at][1] for at in sorted(best)])
        ends = [figure.start for figure in apart[1:]] + [len(plain)]
        named = (self._named(plain, figure, end) for figure, end in zip(apart, ends, strict=False))
        return [figure for figure in named if figure.reads != NOTHING]

    def possible(self, text: str) -> set[Decimal]:
        """Every number that a text may be read to hold."""
        plain = fold(text)
        stated = self.stated(text)
        found = {figure.value for figure in stated} | {each.value % 100 for each in stated if _is_decade(each)}
        found.update(read_digits(digits) for digits in DIGITS.findall(plain))
        tokens = set(TOKEN.findall(plain)) if self._spaced else set()
        tokens |= {token.lower() for token in tokens}
        found.update(v for word, values in self._loose.items() if word in (tokens or plain) for v in values)
        runs = self._run.findall(plain) if self._run else self._word_runs(plain)
        for run in runs:
            parts = [run] if self._spaced else [run, *run, *(run[:-1], run[1:])]
            found.update(value for part in parts if part and (value := self._numerals.read(part)) is not None)
        return {value.normalize() for value in found}

    def points(self, text: str) -> bool:
        """Whether a text names a year by where it stands to the present one."""
        plain = text.casefold()
        return any(words in plain for words in self._deictic)

    def _value(self, match: re.Match[str]) -> Decimal | None:
        words = match["number"]
        scale = match.groupdict().get("scale")
        if words[0].isdigit():
            value = read_digits(re.sub(r"[a-z]+$", "", words))
        else:
            read = self._numerals.read(words.replace("-", " "))
            if read is None:
                return None
            value = read
        if scale:
            value = EXACT.multiply(value, Decimal(self._scales[scale]))
        return value.normalize()

    def _named(self, text: str, figure: Figure, before: int) -> Figure:
        """An ordinal with the name that it begins, up to the next figure."""
        if not self._spaced or figure.reads not in ("ordinal", "period"):
            return figure
        name = NAME.match(text, figure.end, before)
        return replace(figure, end=name.end()) if name else figure

    def _word_runs(self, text: str) -> Iterator[str]:
        """Number words that follow each other, each of them alone as well."""
        run: list[str] = []
        for match in [*TOKEN.finditer(text), None]:
            word = match[0].lower() if match else ""
            if word in self._vocabulary:
                run.append(word)
                yield word
            elif run and word != "and":
                yield " ".join(run)
                run = []


def fold(text: str) -> str:
    """Full-width digits and letters as ASCII, the length unchanged."""
    return text if text.isascii() else text.translate(WIDE)


def _is_decade(figure: Figure) -> bool:
    """Whether a year may begin a decade of the last century: the 90s."""
    return figure.reads == "year" and figure.value % 10 == 0 and figure.value < 2000


def _in_a_word(text: str, start: int, end: int) -> bool:
    """Whether digits belong to a name such as 5G, PM2.5 or COVID-19."""
    if not text[start].isdigit():
        return False
    return BEFORE.search(text[max(0, start - 8) : start]) is not None or AFTER.match(text, end) is not None


def _apart(figures: Iterable[Figure]) -> list[Figure]:
    """Of figures that overlap, the first."""
    kept: list[Figure] = []
    for figure in figures:
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


@cache
def reader(language: str) -> Reader:
    """The reader of a language pack."""
    return Reader(load_language(language))


def figures(pair: Pair, sides: Sides) -> Iterator[Finding]:
    """Figures of one passage that the other does not hold, the n-th of a kind here with the n-th there."""
    readers = reader(pair.a.language), reader(pair.b.language)
    stated = readers[0].stated(pair.a.text), readers[1].stated(pair.b.text)
    only_a = _missing(stated[0], readers[1], pair.b.text, pair.around_b)
    only_b = _missing(stated[1], readers[0], pair.a.text, pair.around_a)
    for reads in NAMES:
        left, right = ([each for each in only if each.reads == reads] for only in (only_a, only_b))
        while len(left) != len(right) and max(len(left), len(right)) <= PAIRED:
            less, more, ours, theirs = (left, right, *stated) if len(left) < len(right) else (right, left, *stated[::-1])
            partner = _surplus(ours, theirs, more[len(less)], [*left, *right])
            if partner is None:
                break
            less.append(partner)
        for one, other in zip(left, right, strict=False):
            yield _differs(pair, sides, one, other)
        both = min(len(left), len(right))
        yield from (_alone(pair, sides, one, in_a=True) for one in left[both:])
        yield from (_alone(pair, sides, other, in_a=False) for other in right[both:])


def _surplus(ours: Sequence[Figure], theirs: Sequence[Figure], partner: Figure, taken: Sequence[Figure]) -> Figure | None:
    """Of the figures that one passage states more often than the other, the one that stands most like a figure of the other."""
    counts = Counter(figure.value for figure in ours if figure.reads == partner.reads)
    counts.subtract(figure.value for figure in theirs if figure.reads == partner.reads)
    more = [f for f in ours if f.reads == partner.reads and counts[f.value] > 0 and f.value != partner.value and f not in taken]
    rank = {figure: number for number, figure in enumerate(each for each in ours if each.reads == partner.reads)}
    wanted = sum(figure.reads == partner.reads and figure.start < partner.start for figure in theirs)
    return min(more, key=lambda figure: (abs(rank[figure] - wanted), figure.start), default=None)


def _missing(stated: Sequence[Figure], other: Reader, text: str, around: str) -> list[Figure]:
    """Those that are no number of the other version; a number or year may have moved to the sentence before or after, and a year
    may be 'this year' there."""
    possible = other.possible(text) if stated else set()
    left = [figure for figure in stated if figure.value not in possible]
    if not left:
        return []
    near, points = other.possible(around), other.points(text)
    found = []
    for figure in left:
        moved = figure.reads in ("number", "year") and figure.value in near
        decade = _is_decade(figure) and figure.value % 100 in possible
        if not moved and not decade and not (points and figure.reads == "year"):
            found.append(figure)
    return found


def _differs(pair: Pair, sides: Sides, one: Figure, other: Figure) -> Finding:
    message = f"{sides.b} says {_quoted(pair.b, other)}, {sides.a} {_quoted(pair.a, one)}."
    spans = pair.a.span(one.start, one.end), pair.b.span(other.start, other.end)
    years = (int(one.value), int(other.value)) if one.reads == "year" else None
    return Finding(KINDS[one.reads], MAJOR, DIFFERS, sides.sentence(message), *spans, years)


def _alone(pair: Pair, sides: Sides, figure: Figure, in_a: bool) -> Finding:
    own, other = (pair.a, pair.b) if in_a else (pair.b, pair.a)
    here, there = (sides.a, sides.b) if in_a else (sides.b, sides.a)
    message = f"{here} has the {NAMES[figure.reads]} {_quoted(own, figure)}, which {there} lacks."
    confidence = FEW if figure.reads == "ordinal" and figure.value <= 3 else UNSURE if figure.value <= SMALL else SURE
    spans = own.span(figure.start, figure.end), other.opposite(figure.start / max(1, len(own.text)))
    a, b = spans if in_a else spans[::-1]
    return Finding(KINDS[figure.reads], MAJOR, confidence, sides.sentence(message), a, b)


def _quoted(passage: Passage, figure: Figure) -> str:
    """The words of a figure, with its value where no digits show it."""
    words = shown(passage.text[figure.start : figure.end])
    return words if f"{figure.value:f}" in fold(words).replace(",", "") else f"{words} ({figure.value:,f})"

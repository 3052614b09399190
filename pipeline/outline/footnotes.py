"""Footnotes under a page: lines that begin with a number which a mark in the text before them refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.numerals import ARABIC

PAGE = 6000
"""Characters before a footnote in which its mark stands, at most."""

NOTE = 600
"""Characters of a line in which it is seen whether it is a note."""

HALF = 0.5
"""Part of the lines that look like notes at least."""

FORMS = frozenset({"none", "point"})
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = re.compile(f"[{RAISED}]{{1,3}}")
_DIGITS = str.maketrans(RAISED, "0123456789")
_NUMBER = re.compile(r"[0-9]+")
_GLUED = re.compile(r"[a-zß-öø-ÿ]{2}[)\]”’\"']?[.,;:]?[)\]”’\"']?$")
_GOES_ON = re.compile(r"[\w%–-]|[.,][0-9]")
_CITES = re.compile(r"[.;:()/]")
"""What a line that is no title holds."""

Marks = tuple[frozenset[int], frozenset[int]]
"""The marks of a paragraph: the sure ones, and those behind a word alone."""


def without_footnotes(
    paragraphs: Sequence[Paragraph], found: list[Candidate], grammar: Grammar
) -> tuple[list[Candidate], frozenset[int]]:
    """The candidates without footnotes, and the paragraphs of those.

    Lines that count up by one are footnotes where the page above bears a mark for each, raised or glued to a stop, a comma or a
    closing mark, and half of them at least cite something and promise nothing; behind a word alone a number may be a part of that,
    and all of them must look so. A mark stands for one of them only.
    """
    notes: set[int] = set()
    marks: dict[int, Marks] = {}
    last, value = -1, 0
    for run in _runs([candidate for candidate in found if _may_be_note(candidate)]):
        first = run[0].readings[0].value
        if first not in (1, value + 1) or _is_listed(paragraphs, run):
            continue
        values = {candidate.readings[0].value for candidate in run}
        pages = list(_page(paragraphs, last + 1, run[0].paragraph, marks))
        if not values <= frozenset[int]().union(*(sure | weak for sure, weak in pages)):
            continue
        share = _notes(paragraphs, run, grammar)
        if share == 1 or (share >= HALF and values <= frozenset[int]().union(*(sure for sure, _ in pages))):
            notes.update(candidate.paragraph for candidate in run)
            last, value = run[-1].paragraph, run[-1].readings[0].value
    return [candidate for candidate in found if candidate.paragraph not in notes], frozenset(notes)


def _may_be_note(candidate: Candidate) -> bool:
    if candidate.inline or candidate.kind or candidate.keyword or candidate.level or candidate.start or not candidate.readings:
        return False
    reading = candidate.readings[0]
    return reading.form in FORMS and reading.system == ARABIC and not reading.prefix and reading.value > 0


def _runs(likely: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates in paragraphs one behind the other whose numbers count up by one."""
    run: list[Candidate] = []
    for candidate in likely:
        if run and not _follows(run[-1], candidate):
            yield run
            run = []
        run.append(candidate)
    if run:
        yield run


def _follows(before: Candidate, candidate: Candidate) -> bool:
    one, other = before.readings[0], candidate.readings[0]
    return one.form == other.form and other.value == one.value + 1 and candidate.paragraph - before.paragraph == 1


def _is_listed(paragraphs: Sequence[Paragraph], run: Sequence[Candidate]) -> bool:
    """Whether lines look like points of a list or a title: behind a colon, or one that is worded as a title."""
    first = run[0]
    alone = len(run) == 1 and first.standalone and not _CITES.search(paragraphs[first.paragraph].text, first.end)
    return first.led or alone


def _notes(paragraphs: Sequence[Paragraph], run: Sequence[Candidate], grammar: Grammar) -> float:
    """Which part of the lines look like notes: they cite something and promise nothing."""
    texts = (paragraphs[candidate.paragraph].text[candidate.end : candidate.end + NOTE] for candidate in run)
    noting = sum(grammar.cites.first(text) is not None and not grammar.promises.first(text) for text in texts)
    return noting / len(run)


def _page(paragraphs: Sequence[Paragraph], first: int, stop: int, marks: dict[int, Marks]) -> Iterator[Marks]:
    """The marks of the paragraphs [first, stop) that stand on the last page of them. marks: those found so far, by paragraph."""
    room = PAGE
    while stop > first and room > 0:
        stop -= 1
        room -= len(paragraphs[stop].text)
        if stop not in marks:
            marks[stop] = _marks(paragraphs[stop].text)
        yield marks[stop]


def _marks(text: str) -> Marks:
    sure = set() if text.isascii() else {int(mark.translate(_DIGITS)) for mark in _RAISED.findall(text)}
    weak: set[int] = set()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        glued = end - start <= 3 and start and not text[start - 1].isspace() and _GLUED.search(text, max(start - 5, 0), start)
        if glued and not _GOES_ON.match(text, end):
            (weak if text[start - 1].isalpha() else sure).add(int(match[0]))
    return frozenset(sure), frozenset(weak)

"""Page headings that a converter printed as headings: the same heading again on each page that it runs over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import Line, plain

OFTEN = 3
"""Times that a heading stands at least that runs over the pages of a text."""

FRONT = 12
"""Paragraphs of a title page at most."""

LONGEST = 200
"""Characters of a heading with a page number beside it at most."""

LONG = 16
"""Characters of a title beside a page number at least."""

_WORD = re.compile(r"[^\W\d_]{4,}|[0-9]{4}")
_PAGE_BEFORE = re.compile(r"(?P<page>[0-9]{1,3})\s*[·•–—-]?\s+(?P<words>\S.*)")
_PAGE_BEHIND = re.compile(r"(?P<words>.*?\S)\s*[·•–—-]?\s+(?P<page>[0-9]{1,3})\s*$")

EARLY = 5
"""Lines before the title of a document at most."""

NEXT = 2
"""Numbered headings of a level that show how the others of that level are meant, at least."""


def without_page_titles(merged: Sequence[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line]) -> list[Candidate]:
    """The candidates without Markdown headings that are the title of the document at the head of a page: with page numbers
    that rise, or again and again in the words of the title page. They become ornaments."""
    heads = [candidate for candidate in merged if candidate.level]
    words = {head.place: _without_page(paragraphs[head.paragraph].text[head.start : head.stop]) for head in heads}
    numbered: dict[str, list[int]] = {}
    for title, number in words.values():
        if number is not None:
            numbered.setdefault(title, []).append(number)
    often = {title for title, count in Counter(title for title, _ in words.values()).items() if count >= OFTEN}
    front = _front_words(paragraphs, heads) if often else frozenset()
    running = {title for title, spelled in _spelled(heads, paragraphs) if title in often and _stands_in(spelled, front)}
    running |= {title for title, numbers in numbered.items() if _rise(title, numbers)}
    kept = []
    for candidate in merged:
        title, number = words.get(candidate.place, ("", None))
        if title in running and (number is not None or title in often):
            lines[candidate.paragraph].ornament = True
        else:
            kept.append(candidate)
    return kept


def _form(text: str) -> str:
    return "".join(filter(str.isalnum, plain(text))).casefold()


def _without_page(text: str) -> tuple[str, int | None]:
    """A heading's words without a page number before or behind them, and that number."""
    match = None if len(text) > LONGEST else _PAGE_BEFORE.match(text) or _PAGE_BEHIND.match(text)
    return (_form(text), None) if match is None else (_form(match["words"]), int(match["page"]))


def _rise(words: str, numbers: Sequence[int]) -> bool:
    """Whether numbers beside the same words are those of pages: they rise, and not one by one as those of chapters do."""
    steps = [after - before for before, after in pairwise(numbers)]
    return len(words) >= LONG and bool(steps) and min(steps) > 0 and max(steps) > 1


def _front_words(paragraphs: Sequence[Paragraph], heads: Sequence[Candidate]) -> frozenset[str]:
    """The longer words of the lines before the first heading, and of the titles that begin with that."""
    stop = heads[0].paragraph
    for head in heads:
        if head.paragraph != stop or head.level > 1 or head.label is not None:
            break
        stop += 1
    return frozenset(word for paragraph in paragraphs[: min(stop, FRONT)] for word in _WORD.findall(paragraph.text.casefold()))


def _spelled(heads: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    """Each heading without a page number, and as it is printed."""
    for head in heads:
        text = paragraphs[head.paragraph].text[head.start : head.stop]
        yield _without_page(text)[0], text


def _stands_in(text: str, front: frozenset[str]) -> bool:
    """Whether a heading is the title of the document: two of its longer words stand on the title page, and all but one do."""
    words = _WORD.findall(text.casefold())
    known = sum(word in front for word in words)
    return known > 1 and known + 1 >= len(words)


def without_running(
    merged: Sequence[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line], grammar: Grammar
) -> list[Candidate]:
    """The candidates without Markdown headings that repeat an open one, a chapter or the title of the text, which become ornaments;
    what stands between a numbered heading and its repetition is lowered below it. merged: in text order."""
    kept: list[Candidate] = []
    open_heads: list[tuple[int, str]] = []
    numbered: dict[int, tuple[str, int]] = {}
    ranked: set[str] = set()
    title: str | None = None
    for candidate in merged:
        level = candidate.level
        if not level:
            kept.append(candidate)
            continue
        words = _words(candidate, paragraphs, grammar)
        if title is None:
            title = words if _is_title(candidate, lines) else ""
        elif words == title or (level, words) in open_heads:
            lines[candidate.paragraph].ornament = True
            continue
        if candidate.rank and len(words) >= LONG:
            if words in ranked:
                lines[candidate.paragraph].ornament = True
                continue
            ranked.add(words)
        if candidate.readings:
            last, place = numbered.get(level, ("", 0))
            if last == words:
                lines[candidate.paragraph].ornament = True
                _lower(kept[place:], level)
                numbered[level] = words, len(kept)
                open_heads = [(level, words)]
                continue
            numbered = {above: entry for above, entry in numbered.items() if above < level} | {level: (words, len(kept) + 1)}
        else:
            numbered = {above: entry for above, entry in numbered.items() if above <= level}
        open_heads = [entry for entry in open_heads if entry[0] < level] + [(level, words)]
        kept.append(candidate)
    return kept


def _is_title(candidate: Candidate, lines: Sequence[Line]) -> bool:
    """Whether the first heading of a text is its title: of the highest level, without a label, with next to nothing before it."""
    before = sum(not line.ornament for line in lines[: candidate.paragraph])
    return candidate.level == 1 and candidate.label is None and before <= EARLY


def _words(candidate: Candidate, paragraphs: Sequence[Paragraph], grammar: Grammar) -> str:
    """A heading with its label, without what says that it goes on."""
    text = paragraphs[candidate.paragraph].text[candidate.start : candidate.stop].rstrip()
    if text[-1:] in ")）].’'d" and (goes_on := grammar.continued.search(text)) is not None:
        text = text[: goes_on.start()]
    return _form(text)


def _lower(heads: Sequence[Candidate], level: int) -> None:
    """Lower the headings that stand between a heading of a level and its repetition, where one of them is not below it already."""
    if any(head.level == level for head in heads):
        for head in heads:
            if head.level:
                head.level += 1


def lower_between(merged: Sequence[Candidate]) -> None:
    """Lower, by one level, the headings of another kind that stand between numbered ones of their level, and what stands below them."""
    for level in sorted({head.level for head in merged if head.level and head.readings}):
        same = [head for head in merged if head.level == level]
        first = next((head for head in same if _counts(head)), None)
        places = [place for place, head in enumerate(same) if first is not None and _is_like(head, first)]
        if first is None or len(places) < NEXT:
            continue
        if any(not _stands_by(head, first) for head in same[places[0] : places[-1]]):
            _lower_others(merged, first)
            return


def _counts(head: Candidate) -> bool:
    return bool(head.readings) and head.kind is None and not head.inline


def _is_like(head: Candidate, first: Candidate) -> bool:
    return _counts(head) and head.keyword == first.keyword and head.readings[0].form == first.readings[0].form


def _stands_by(head: Candidate, first: Candidate) -> bool:
    """Whether a heading of the level of the chapters is one: it counts with the first of them, or its words tell."""
    return _is_like(head, first) or head.top or head.back or head.kind is not None


def _lower_others(merged: Sequence[Candidate], first: Candidate) -> None:
    held = False
    for head in merged:
        if not head.level or head.place < first.place:
            continue
        if head.level < first.level or (head.level == first.level and _stands_by(head, first)):
            held = False
        elif head.level == first.level:
            held = True
            head.level += 1
        elif held:
            head.level += 1

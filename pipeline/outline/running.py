"""Page headings that a converter printed as headings: the same heading again on each page that it runs over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

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

APART = 500
"""Characters from one page heading to the next at least, in the middle."""

MANY = 4
"""Times that a heading without a label stands at least which runs on, where none says so."""

OWN = 30
"""Letters of a title at least that belongs to one section alone."""

KEYWORDS = (1, 2, 3, 4)
"""Characters of a word before a number, in a script without spaces."""

_DASHES = " ·•–—-"
_WORD = re.compile(r"[^\W\d_]{4,}|[0-9]{4}")
_PAGE_BEFORE = re.compile(r"(?P<page>[0-9]{1,3})\s*[·•–—-]?\s+(?P<words>\S.*)")
_PAGE_BEHIND = re.compile(r"(?P<words>.*?\S)\s*[·•–—-]?\s+(?P<page>[0-9]{1,3})\s*$")

EARLY = 5
"""Lines before the title of a document at most."""

NEXT = 2
"""Numbered headings of a level that show how the others of that level are meant, at least."""


def without_page_titles(
    merged: Sequence[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line], grammar: Grammar
) -> list[Candidate]:
    """The candidates without Markdown headings that are the title of the document at the head of a page: with page numbers
    that rise, or again and again in the words of the title page. They become ornaments."""
    heads = [candidate for candidate in merged if candidate.level]
    spelled = {head.place: paragraphs[head.paragraph].text[head.start : head.stop] for head in heads}
    words = {place: _without_page(text, grammar) for place, text in spelled.items()}
    numbered: dict[str, list[tuple[int, int]]] = {}
    for place, candidate in enumerate(merged):
        title, number = words.get(candidate.place, ("", None))
        if number is not None:
            numbered.setdefault(title, []).append((place, number))
    often = {title for title, count in Counter(title for title, _ in words.values()).items() if count >= OFTEN}
    front = _front_words(paragraphs, heads) if often else frozenset[str]()
    running = {title for place, (title, _) in words.items() if title in often and _stands_in(spelled[place], front)}
    for title, found in numbered.items():
        if _rise(title, [number for _, number in found]) and _run_over(merged, paragraphs, [place for place, _ in found]):
            running.add(title)
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


def _without_page(text: str, grammar: Grammar) -> tuple[str, int | None]:
    """A heading's words without a page number before or behind them, and that number."""
    match = None if len(text) > LONGEST else _PAGE_BEFORE.match(text) or _PAGE_BEHIND.match(text)
    if match is None or _counts_by_word(text, grammar):
        return _form(text), None
    return (_form(match["words"]), int(match["page"]))


def _rise(words: str, numbers: Sequence[int]) -> bool:
    """Whether numbers beside the same words are those of pages: they rise, and not one by one as those of chapters do."""
    steps = [after - before for before, after in pairwise(numbers)]
    return len(words) >= LONG and len(numbers) >= OFTEN and min(steps) > 0 and max(steps) > 1


def _run_over(merged: Sequence[Candidate], paragraphs: Sequence[Paragraph], places: Sequence[int]) -> bool:
    """Whether headings stand at the distance of pages and most have another heading right below them."""
    apart = [
        sum(len(paragraph.text) for paragraph in paragraphs[merged[before].paragraph : merged[after].paragraph])
        for before, after in pairwise(places)
    ]
    empty = sum(
        place + 1 < len(merged) and merged[place + 1].level > 0 and merged[place + 1].paragraph == merged[place].paragraph + 1
        for place in places
    )
    return median(apart) >= APART and 2 * empty > len(places)


def _counts_by_word(text: str, grammar: Grammar) -> bool:
    """Whether the word before the number at the end of a heading is one that labels begin with: '… Goal 3', '… 目标 3'."""
    match = _PAGE_BEHIND.match(text)
    if match is None:
        return False
    words = match["words"].rstrip(_DASHES)
    ends = [words.split()[-1].title()] if grammar.spaced else [words[-length:] for length in KEYWORDS]
    labels = (f"{end} {match['page']}" for end in ends)
    return any(
        "keyword" in rule.pattern.groupindex and rule.pattern.match(label)
        for label in labels
        for rule in grammar.labels_of(label)
    )


def _front_words(paragraphs: Sequence[Paragraph], heads: Sequence[Candidate]) -> frozenset[str]:
    """The longer words of the lines before the first heading, and of the titles that begin with that."""
    stop = heads[0].paragraph
    for head in heads:
        if head.paragraph != stop or head.level > 1 or head.label is not None:
            break
        stop += 1
    return frozenset(word for paragraph in paragraphs[: min(stop, FRONT)] for word in _WORD.findall(paragraph.text.casefold()))


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
    ranked: dict[tuple[int, int], set[str]] = {}
    again = _said_again(merged, paragraphs, grammar)
    title: str | None = None
    for candidate in merged:
        level = candidate.level
        if not level:
            kept.append(candidate)
            continue
        words = _words(candidate, paragraphs, grammar)
        if title is None:
            title = words if _is_title(candidate, lines) else ""
        elif words == title or _is_open(candidate, words, ranked, open_heads, again):
            lines[candidate.paragraph].ornament = True
            continue
        _remember(ranked, candidate, words)
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


def _is_open(
    candidate: Candidate,
    words: str,
    ranked: Mapping[tuple[int, int], set[str]],
    open_heads: Sequence[tuple[int, str]],
    again: frozenset[str],
) -> bool:
    """Whether a heading is that of a chapter, or of an open section, once more."""
    beside = (candidate.level, words) in open_heads and (candidate.label is not None or words in again)
    return beside or any(words in known for known in ranked.values())


def _remember(ranked: dict[tuple[int, int], set[str]], candidate: Candidate, words: str) -> None:
    """Put a heading among those known, by rank and level, and forget the ones that stand below it: they may come again."""
    for rank, level in list(ranked):
        if rank > candidate.rank if candidate.rank is not None else candidate.label is None and level > candidate.level:
            del ranked[rank, level]
    if candidate.rank and len(words) >= LONG:
        ranked.setdefault((candidate.rank, candidate.level), set()).add(words)


def _said_again(merged: Sequence[Candidate], paragraphs: Sequence[Paragraph], grammar: Grammar) -> frozenset[str]:
    """The words of the headings that stand many times, or once with the remark that they go on, or are too long for a title
    that several sections have, such as Objective."""
    count: Counter[str] = Counter()
    for candidate in merged:
        if candidate.level:
            words, text = _words(candidate, paragraphs, grammar), paragraphs[candidate.paragraph].text
            count[words] += 1 if words == _form(text[candidate.start : candidate.stop]) else MANY
    return frozenset(words for words, times in count.items() if times >= MANY or len(words) >= OWN)


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
    return _is_like(head, first) or head.top or head.back is not None or head.kind is not None


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

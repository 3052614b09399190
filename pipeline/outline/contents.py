"""Tables of contents: lists that repeat the headings of the text, which are no sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import plain
from pipeline.outline.sentences import first_end

_LEADERS = re.compile(r"(?:[.．·•…_]|\s\.){3,}\s*[0-9ivxlcIVXLC]{0,5}\s*$|(?:\t| {2,}|　)\s*[0-9]{1,3}\s*$|…+\s*[0-9]{0,4}\s*$")
_INNER = re.compile(r"(?<![.．·…])(?<![.．·…] )(?:[.．·…] ?){5,}+\s?[0-9]{1,3}(?![0-9%])")
_LAST = frozenset(".．·•…_0123456789ivxlcIVXLC")
_PAGE = re.compile(r"(?:[\s.．·•…_-]|[(（][0-9]{0,3}[)）])*[0-9]{0,4}[\s.．·•…_()（）-]*$")
_SPACE = re.compile(r"[\s　*#]+")
REPEATED = 3
"""So many headings in a row that occur again make a table of contents without a title."""


def key(text: str) -> str:
    """A heading without marks, spaces, dot leaders and page number."""
    return _SPACE.sub("", _PAGE.sub("", plain(text))).casefold()


def has_leaders(text: str) -> bool:
    """Whether a line ends with dot leaders or a wide gap, and a page number."""
    return len(text) < 300 and text.rstrip()[-1:] in _LAST and _LEADERS.search(text) is not None


def has_inner_leaders(text: str) -> bool:
    """Whether dot leaders and a page number stand inside a paragraph: entries that lost their line breaks."""
    return ("....." in text or ". . . ." in text) and _INNER.search(text) is not None


def regions(paragraphs: Sequence[Paragraph], found: Sequence[Candidate], grammar: Grammar) -> list[tuple[int, int]]:
    """The paragraphs [first, last) of each table of contents, in text order."""
    spans = (
        _titled(paragraphs, grammar)
        + _with_leaders(paragraphs, found)
        + _repeating(paragraphs, found)
        + _in_one_line(paragraphs, found, grammar)
    )
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _titled(paragraphs: Sequence[Paragraph], grammar: Grammar) -> list[tuple[int, int]]:
    found = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if (
            text[:1] in "目TtCcLAaOI#*_[ 　"
            and len(text) < 20_000
            and grammar.contents.first(plain(text[:4000]) if len(text) < 60 else text)
        ):
            found.append((index, _end(paragraphs, index, grammar)))
    return found


def _end(paragraphs: Sequence[Paragraph], title: int, grammar: Grammar) -> int:
    """The paragraph after a table of contents: where its first entry occurs again, or where no page numbers stand any more."""
    if len(paragraphs[title].text) > 60:
        return title + 1
    entries: list[str] = []
    leaders = title + 1
    for index in range(title + 1, min(len(paragraphs), title + 2000)):
        text = paragraphs[index].text
        entry = key(text[: grammar.limits["bare"]])
        if len(text) > 4 * grammar.limits["bare"] and not entries:
            return index + 1
        if _again(entry, entries) and not has_leaders(text):
            return _without_part(paragraphs, title, index, grammar)
        led = has_leaders(text) or has_inner_leaders(text)
        if led:
            leaders = index + 1
        if len(text) > grammar.limits["bare"] and not led:
            break
        entries.append(entry)
    return leaders


def _without_part(paragraphs: Sequence[Paragraph], title: int, end: int, grammar: Grammar) -> int:
    """The end without the heading of a part above the first repeated entry, where that heading does not occur again."""
    while end - 1 > title and end - title > REPEATED and grammar.begins_with_word(paragraphs[end - 1].text):
        heading = key(paragraphs[end - 1].text)
        if any(key(paragraph.text[:300]) == heading for paragraph in paragraphs[end : end + 2000]):
            break
        end -= 1
    return end


def _again(entry: str, entries: Sequence[str]) -> bool:
    """Whether a heading, perhaps with its text behind it, is one of the first entries."""
    return any(
        len(first) > 1 and (entry == first or (len(first) > 5 and entry.startswith(first)))
        for listed in entries[:3]
        for first in {listed, listed.lstrip("0123456789")}
    )


def _with_leaders(paragraphs: Sequence[Paragraph], found: Sequence[Candidate]) -> list[tuple[int, int]]:
    lines = {
        candidate.paragraph for candidate in found if not candidate.inline and has_leaders(paragraphs[candidate.paragraph].text)
    }
    crowded = [
        index
        for index, paragraph in enumerate(paragraphs)
        if has_inner_leaders(paragraph.text) and len(_INNER.findall(paragraph.text)) > 1
    ]
    return [(first, last + 1) for first, last in _runs(sorted(lines.union(crowded))) if last > first or first in crowded]


def _repeating(paragraphs: Sequence[Paragraph], found: Sequence[Candidate]) -> list[tuple[int, int]]:
    alone = [candidate for candidate in found if candidate.standalone and not candidate.inline and candidate.stop > candidate.end]
    keys = [key(paragraphs[candidate.paragraph].text) for candidate in alone]
    last_seen = {entry: index for index, entry in enumerate(keys)}
    spans, index = [], 0
    while index < len(alone):
        stop, seen = index, set[str]()
        while (
            stop < len(alone)
            and last_seen[keys[stop]] > stop
            and (stop == index or _near(alone, stop))
            and keys[stop] not in seen
        ):
            seen.add(keys[stop])
            stop += 1
        if stop - index >= REPEATED:
            spans.append((alone[index].paragraph, alone[stop - 1].paragraph + 1))
        index = max(stop, index + 1)
    return spans


def _in_one_line(paragraphs: Sequence[Paragraph], found: Sequence[Candidate], grammar: Grammar) -> list[tuple[int, int]]:
    """Paragraphs that are nothing but three or more headings, each of which occurs again."""
    by_paragraph: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_paragraph.setdefault(candidate.paragraph, []).append(candidate)
    crowded = {index: members for index, members in by_paragraph.items() if len(members) >= REPEATED}
    if not crowded:
        return []
    others = [one for one in found if one.paragraph not in crowded and one.stop - one.start < 100]
    texts = {key(paragraphs[one.paragraph].text[one.start : one.stop]) for one in others}
    spans = []
    for index, members in crowded.items():
        text = paragraphs[index].text
        again = sum(key(text[one.start : one.stop]) in texts for one in members)
        if again * 2 > len(members) and first_end(text, grammar, members[0].start, len(text)) is None:
            spans.append((index, index + 1))
    return spans


def _near(alone: Sequence[Candidate], index: int) -> bool:
    return alone[index].paragraph - alone[index - 1].paragraph <= 2


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs

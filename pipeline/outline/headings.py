"""Which words behind a label are its heading, and where the section's own text begins."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import BESIDE
from pipeline.outline.lines import Line, gaps, unlinked
from pipeline.outline.sentences import first_end, trim

LAW = frozenset({"article", "clause"})
TITLE_WORDS = 4
"""Words that a title between an article's label and its text has at most, in a language that writes spaces."""

EMPHASIS = ("*", "_")

LEAST_TEXT = 20
"""Characters that the text behind a title in the same sentence has at least."""

_TAGS = re.compile(r"(?:</?[a-z][^<>]{0,200}>\s*)+")
_BRACKETED = re.compile(r"[【〔\[（(]([^】〕\]）)。；;]{1,40})[】〕\]）)]\s*")
_COLON = re.compile(r"[：:]\s*")
_GAP = re.compile(r"[ \t\xa0\u3000]{2,}")
_GOES_ON = re.compile(r"(?:[；;，,]\s*(?:and|or|以及|和)?|[^\s—–][*_]{0,2}\s?[—–]|[a-z]-)[*_]{0,2}$")


class Heading(Struct, frozen=True, gc=False):
    """Offsets in a paragraph: the heading (empty where there is none) and the beginning of the text behind it.

    run_in: the heading is the first sentence of a longer paragraph; sentence: how a paragraph of a single sentence looks:
    '' (it is none), 'short' (it is taken for a heading), 'lead' (likewise, with a colon), 'long' or 'clause' (it is not);
    marked: bold marks, brackets or a colon set the heading off.
    """

    start: int
    stop: int
    body: int
    run_in: bool = False
    sentence: str = ""
    marked: bool = False


def find_heading(text: str, start: int, stop: int, line: Line, kind: str | None, grammar: Grammar) -> Heading:
    """The heading in text[start:stop], which follows a label or is a line without one."""
    start, stop = trim(text, start, stop)
    while start < stop and text[start] in "*_" and text[start + 1 : start + 2].isspace():
        start = trim(text, start + 1, stop)[0]
    if start == stop:
        return Heading(start, start, stop)
    found = _find_heading(text, start, stop, line, kind, grammar)
    if text[found.start : found.start + 1] in ("<", *EMPHASIS) or text[found.stop - 1 : found.stop] in EMPHASIS:
        return _without_emphasis(text, found)
    return found


def _without_emphasis(text: str, found: Heading) -> Heading:
    start, stop = found.start, found.stop
    if (tags := _TAGS.match(text, start, stop)) is not None:
        start = tags.end()
    while start < stop and text[start] in EMPHASIS:
        start += 1
    while stop > start and text[stop - 1] in EMPHASIS:
        stop -= 1
    return replace(found, start=start, stop=stop) if start < stop else Heading(found.start, found.start, found.stop)


def _find_heading(text: str, start: int, stop: int, line: Line, kind: str | None, grammar: Grammar) -> Heading:
    if kind in LAW and (title := _BRACKETED.match(text, start, stop)):
        return Heading(*title.span(1), title.end(), title.end() < stop, marked=True)
    bold = line.bold
    if text.startswith("**", start, stop) and start + 2 < stop:
        # where bold marks began before the label, these end them
        start, bold = trim(text, start + 2, stop)[0], not bold
    if bold and (close := text.find("**", start, stop)) > start:
        return _before_bold(text, start, close, stop)
    end = first_end(text, grammar, start, stop)
    if kind not in LAW and kind not in BESIDE and (found := _before_text(text, start, end[0] if end else stop, grammar)):
        return found
    if end is None:
        return _without_stop(text, start, stop, kind, grammar)
    return _with_stop(text, start, end, stop, kind, grammar)


def whole_line(text: str, start: int, stop: int) -> Heading:
    """A line without a label is a heading as a whole, but for a final stop."""
    start, stop = trim(text, start, stop)
    last = trim(text, start, stop - 1)[1] if text[stop - 1] in "。.：:" else stop
    found = Heading(*unlinked(text, start, last if last > start else stop), stop)
    return _without_emphasis(text, found) if text[start] in EMPHASIS else found


def _before_bold(text: str, start: int, close: int, stop: int) -> Heading:
    last = close
    while last > start and text[last - 1] in " .。：:\t\u3000":
        last -= 1
    body = close + 2
    while body < stop and text[body] in " .。：:\t\u3000":
        body += 1
    return Heading(start, last, body, body < stop, marked=True)


def _without_stop(text: str, start: int, stop: int, kind: str | None, grammar: Grammar) -> Heading:
    length = stop - start
    if kind not in LAW and length > grammar.limits["stopped"] and (found := _before_colon(text, start, stop, grammar)):
        return found
    if _GOES_ON.search(text, max(start, stop - 8), stop):
        return Heading(start, start, start, sentence="clause")
    last = start + max(len(text[start:stop].rstrip("：: \t\u3000")), 1)
    limit = "colon" if kind in LAW else "stopped" if last < stop else "bare"
    if length > grammar.limits[limit] or (kind in LAW and last < stop):
        return Heading(start, start, start, sentence="long")
    return Heading(*unlinked(text, start, last), stop, sentence="lead" if last < stop else "")


def _with_stop(text: str, start: int, end: tuple[int, int], stop: int, kind: str | None, grammar: Grammar) -> Heading:
    at, after = trim(text, start, end[0])[1], trim(text, end[1], stop)[0]
    if text[end[0]] in "?？!！":
        at = end[0] + 1
    if kind not in LAW and at - start > grammar.limits["stopped"] and (found := _before_colon(text, start, at, grammar)):
        return found
    if kind in LAW and not (grammar.spaced and after < stop and text.count(" ", start, at) < TITLE_WORDS):
        return Heading(start, start, start)
    if after >= stop:
        short = at - start <= grammar.limits["stopped"]
        return Heading(start, at, stop, sentence="short") if short else Heading(start, start, start, sentence="long")
    if at - start > grammar.limits["run_in"] or text[start].islower():
        return Heading(start, start, start)
    return Heading(start, at, after, True)


def _before_text(text: str, start: int, end: int, grammar: Grammar) -> Heading | None:
    """A title that runs into its text: before a wide gap, or one of the titles that such documents all have. end: of the sentence."""
    if grammar.spaced or end - start < LEAST_TEXT:
        return None
    if (title := grammar.glued_titles.match(text[start:end])) is not None:
        stop = start + title.end("title")
        return Heading(start, stop, stop, True, marked=True)
    gap = _GAP.search(text, start, min(end, start + grammar.limits["title"]))
    if (
        gap is None
        or end - gap.end() < LEAST_TEXT
        or any(mark in text[start : gap.start()] for mark in "，。；：")
        or gaps(text[start:end]) > 1
    ):
        return None
    return Heading(start, gap.start(), gap.end(), True, marked=True)


def _before_colon(text: str, start: int, stop: int, grammar: Grammar) -> Heading | None:
    """A short title before a colon, where the first sentence is too long for one."""
    match = _COLON.search(text, start + 1, min(stop, start + grammar.limits["colon"] + 1))
    if match is None or any(mark in text[start : match.start()] for mark in "，,；;（("):
        return None
    return Heading(start, trim(text, start, match.start())[1], match.end(), True, marked=True)

"""Printed lines → paragraphs: a hard line break is joined where the line clearly goes on, and offsets stay mapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.model import Frozen, Paragraph
from pipeline.source.layout import CLOSERS, OPENERS, TERMINALS, Layout, is_closed, is_finished, width_of
from pipeline.source.lines import Lines
from pipeline.source.words import Words, unit_starts

HYPHENS = frozenset("-‐‑")
COMMAS = frozenset(",，、")
SENTENCE_ENDS = ("。", "；", "！", "？", ". ", "; ")
LONG_LINE = 60
LONGEST_ROW = 160
WIDEST_HEADING = 160
LABEL_ROOM = 6
RECENT = 6
WIDE_GAP = re.compile(r" {2,}")
HEADING_REST = re.compile(r"(?:\S+ ){0,3}?\S+[.:](?:\s|$)")
NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
LAST_NAME = re.compile(r"[A-Z][A-Za-z]{2,}$")
NAMES = re.compile(r"([A-Z][A-Za-z]{2,}) (?=([A-Z][A-Za-z]{2,}))")
PROSE = re.compile(r"\S, |\s[a-z]{5,}")
"""What a line of prose holds, and a name of several words does not."""
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"), ("「", "」"), ("〔", "〕"))


class Join(Frozen):
    """A line break within a paragraph: source offsets of the end of the line and of the start of the next.

    unusual: over a blank line or furniture, or in a text whose lines are not broken at a width.
    """

    before: int
    after: int
    unusual: bool


def build_paragraphs(lines: Lines, kept: Sequence[int], words: Words, layout: Layout) -> tuple[tuple[Paragraph, ...], list[Join]]:
    """The paragraphs of the kept lines, in text order, and the line breaks that were joined."""
    joiner = Joiner(lines, words, layout)
    paragraphs: list[Paragraph] = []
    joins: list[Join] = []
    current: list[int] = []
    for index in kept:
        if current and joiner.continues(current, index):
            unusual = not layout.width or index != current[-1] + 1 or lines.blank[index] > layout.spacing
            joins.append(Join(lines.end(current[-1]), lines.start[index], unusual))
        elif current:
            paragraphs.append(_paragraph(lines, current, words))
            current = []
        current.append(index)
    if current:
        paragraphs.append(_paragraph(lines, current, words))
    return tuple(paragraphs), joins


def _paragraph(lines: Lines, indices: Sequence[int], words: Words) -> Paragraph:
    first = indices[0]
    if len(indices) == 1 and not _is_stretched(lines.text[first], words):
        return Paragraph(lines.text[first], ((0, lines.start[first]),))
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for index in indices:
        if parts and _needs_space(parts[-1], lines.text[index], words):
            parts.append(" ")  # stands for the character that ended the line
            length += 1
        for text, start in _unjustified(lines.text[index], lines.start[index], words):
            if not pieces or pieces[-1][1] + length - pieces[-1][0] != start:
                pieces.append((length, start))
            parts.append(text)
            length += len(text)
    return Paragraph("".join(parts), tuple(pieces))


def _is_stretched(text: str, words: Words) -> bool:
    """Whether a line that is a paragraph by itself is prose with doubled blanks, and no row of a table."""
    return "  " in text and words.spaced and len(text) >= LONGEST_ROW and "   " not in text and "|" not in text


def _unjustified(text: str, start: int, words: Words) -> Iterator[tuple[str, int]]:
    """The parts of a line of prose, and where they stand, without the blanks that stretch it to the margin."""
    here = 0
    if words.spaced and "  " in text:
        for gap in WIDE_GAP.finditer(text):
            yield text[here : gap.start() + 1], start + here
            here = gap.end()
    yield text[here:], start + here


def _needs_space(before: str, after: str, words: Words) -> bool:
    last, first = before[-1], after[0]
    if last in HYPHENS and words.spaced:
        return before[-2:-1].isspace() or not first.islower()
    if _is_wide(last) or _is_wide(first):
        return False
    return words.spaced or (last.isalpha() and first.isalpha())


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff" or "\ufe30" <= character <= "\uffef"


class Joiner:
    """Decides where a paragraph goes on in the next line."""

    def __init__(self, lines: Lines, words: Words, layout: Layout) -> None:
        self.lines, self.words, self.layout = lines, words, layout
        self.strong, self.weak = unit_starts("strong"), unit_starts("weak")
        self._closed = (-1, False)
        self._names: frozenset[tuple[str, str]] | None = None

    def continues(self, current: Sequence[int], index: int) -> bool:
        """Whether line `index` goes on with the paragraph that the lines `current` make up so far."""
        before, after = self.lines.text[current[-1]], self.lines.text[index]
        finished = is_finished(before)
        if finished and not self.layout.width:
            return False
        if self._is_closed(current[-1]):
            return False
        if after[0] in self.words.never_first and not finished:
            return True
        if self._is_closed(index):
            return False
        if self.words.spaced and not finished and self._heading_goes_on(current, index):
            return True
        if not self.layout.width:
            hangs = after[0].islower() and not self.lines.blank[index] and self._hangs(current, index)
            return hangs or self._unfinished(current, index) or (not finished and self._divides_phrase(current, index))
        apart = self.lines.blank[index] > self.layout.spacing or index != current[-1] + 1
        return self._broken_apart(current, index, finished) if apart else self._wrapped(current, index, finished)

    def _is_closed(self, index: int) -> bool:
        if self._closed[0] != index:
            self._closed = (index, is_closed(self.lines.text[index]))
        return self._closed[1]

    def _broken_apart(self, current: Sequence[int], index: int, finished: bool) -> bool:
        """Over a blank line or page furniture: only from an unfinished line of prose."""
        if finished or self._is_indented(current, index):
            return False
        full = self._is_full(current[-1], index) and (len(current) > 1 or not self._may_be_heading(current[0]))
        return self._unfinished(current, index, full)

    def _unfinished(self, current: Sequence[int], index: int, full: bool = False) -> bool:
        """Whether an unfinished line clearly goes on, though its paragraph might end there."""
        before, after = self.lines.text[current[-1]], self.lines.text[index]
        if self._goes_on(before, after):
            return True
        if self.strong.match(after) or self.weak.match(after):
            return False
        if _is_open(before, after):
            return True
        if self.words.spaced:
            return _reads_on(after) and (full or width_of(before) >= LONG_LINE or before[-1] in COMMAS or before[-1] in HYPHENS)
        return full or before[-1] in COMMAS or self._is_prose(current)

    def _divides_phrase(self, current: Sequence[int], index: int) -> bool:
        """Whether a line of prose ends inside a name that stands undivided elsewhere in the text."""
        before, after = self.lines.text[current[-1]], self.lines.text[index]
        if not self.words.spaced or self.lines.blank[index] or index != current[-1] + 1 or not after[0].isupper():
            return False
        if self.strong.match(after) or self.weak.match(after) or self.strong.match(before) or not PROSE.search(before):
            return False
        last, first = LAST_NAME.search(before), NAME.match(after)
        if last is None or first is None:
            return False
        if self._names is None:
            self._names = frozenset(pair for text in self.lines.text for pair in NAMES.findall(text))
        return (last[0], first[0]) in self._names

    def _is_prose(self, current: Sequence[int]) -> bool:
        """Whether the paragraph so far holds the end of a sentence, or is long, as no heading is."""
        if len(current) == 1 and self._may_be_heading(current[0]):
            text = self.lines.text[current[0]]
            return "：" in text[LABEL_ROOM:] and "，" in text and width_of(text) >= LONG_LINE
        shown = current if len(current) <= RECENT else (current[0], *current[-RECENT:])
        texts = [self.lines.text[each] for each in shown]
        prose = any(_holds_an_end(text) for text in texts)
        return prose or (sum(map(width_of, texts)) >= 100 and any("，" in text for text in texts))

    def _goes_on(self, before: str, after: str) -> bool:
        """Whether the last word of a line cannot end it, whatever begins the next."""
        if not self.words.spaced:
            return False
        last = before[before.rfind(" ") + 1 :].strip(OPENERS + CLOSERS)
        if last.lower() in self.words.open_ends and last not in ("No", "A"):
            cites = last.lower() in self.words.citing and not before.isupper()
            return cites or not (after.startswith(("#", "|", "•")) or self.strong.match(after))
        linked = last in self.words.links or before[-1] in COMMAS
        return linked and not self.strong.match(after) and (after[0].islower() or width_of(before) >= LONG_LINE)

    def _wrapped(self, current: Sequence[int], index: int, finished: bool) -> bool:
        """Between two lines of a text whose lines are broken at a width."""
        before, after = self.lines.text[current[-1]], self.lines.text[index]
        if not finished and self._goes_on(before, after):
            return True
        if self.strong.match(after) or self._is_indented(current, index):
            return False
        full = self._is_full(current[-1], index)
        if self.weak.match(after):
            return full and not finished and not self._may_be_heading(current[0])
        if full:
            return not (len(current) == 1 and not finished and self._ends_heading(before, after))
        if finished:
            return self._hangs(current, index)
        return self._unfinished(current, index) or self._hangs(current, index)

    def _is_full(self, before: int, after: int) -> bool:
        """Whether the first word of the next line had no room in this one."""
        width = width_of(self.lines.text[before]) + max(0, self.lines.indent[before] - self.layout.margin)
        if self.words.spaced:
            text = self.lines.text[after]
            word = text[: text.find(" ")] if " " in text else text
            width += 1 + len(word)
            return width > 0.92 * self.layout.width
        return width >= self.layout.full

    def _is_indented(self, current: Sequence[int], index: int) -> bool:
        """Whether an indent tells that a line begins a paragraph: not in a list item, whose further lines stand further in."""
        if not self.layout.indented:
            return False
        indent = self.lines.indent[index]
        if indent < self.layout.margin + 2:
            return False
        return not (indent > self.lines.indent[current[0]] and self._has_mark(current[0]))

    def _heading_goes_on(self, current: Sequence[int], index: int) -> bool:
        """Whether a line is the rest of a heading right above it: both in capitals, or a long one in title case and a few words."""
        before, after = self.lines.text[current[-1]], self.lines.text[index]
        if self.lines.blank[index] or not (after[0].isupper() and before[-1].isalpha()) or index != current[-1] + 1:
            return False
        if len(before) + len(after) > WIDEST_HEADING:
            return False
        if before.isupper():
            goes_on = after.isupper() and " " in before and len(before) > 12
        else:
            goes_on = len(before) >= LONG_LINE and after.count(" ") < 4 and _is_titled(before) and _is_titled(f"{before} {after}")
        return goes_on and not self.strong.match(after) and not self.weak.match(after)

    def _hangs(self, current: Sequence[int], index: int) -> bool:
        """Whether a line stands under the words of a list item, further in than its mark."""
        indent, first = self.lines.indent[index], self.lines.indent[current[0]]
        return first < indent <= first + 12 and self._has_mark(current[0])

    def _has_mark(self, index: int) -> bool:
        """Whether a line begins with a label or a bullet."""
        text = self.lines.text[index]
        return self.strong.match(text) is not None or (not text[0].isalpha() and self.weak.match(text) is not None)

    def _may_be_heading(self, first: int) -> bool:
        text = self.lines.text[first]
        return self.strong.match(text) is not None and not _holds_an_end(text)

    def _ends_heading(self, before: str, after: str) -> bool:
        """Whether a full first line is a heading all the same: in capitals or title case, before a line that is not."""
        return (
            self.words.spaced
            and _is_titled(before)
            and after[0].isupper()
            and not _is_titled(after)
            and not HEADING_REST.match(after)
        )


def _holds_an_end(text: str) -> bool:
    """Whether a sentence ends inside a line; what sets off a label ends none."""
    return any(text.find(end, LABEL_ROOM) >= 0 for end in SENTENCE_ENDS)


def _reads_on(after: str) -> bool:
    """Whether a line begins as the middle of a sentence does: in lower case, or with a number before such a word."""
    if after[0].islower():
        return True
    words = after.split(None, 2)
    return after[0].isdigit() and len(words) > 1 and words[1][0].islower()


def _is_titled(text: str) -> bool:
    long_words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(long_words) >= 3 and all(word[0].isupper() for word in long_words)


def _is_open(before: str, after: str) -> bool:
    """Whether a bracket or quotation mark is open at the end of one line and closes in the next."""
    if before[-1] in TERMINALS:
        return False
    for opener, closer in PAIRS:
        if before.count(opener) > before.count(closer):
            closes, opens = after.find(closer), after.find(opener)
            if closes >= 0 and (opens < 0 or closes < opens):
                return True
    return False

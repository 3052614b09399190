"""How a text is set: whether its lines are broken at a width, whether paragraphs are indented, what a blank line means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.core.model import Frozen
from pipeline.source.lines import Lines
from pipeline.source.words import Words, row_ends, unit_starts

WIDEST = 240
FULL = 0.85
TERMINALS = frozenset(".!?;:。！？；：…")
CLOSERS = "”’\"')）]】〕》」』*_"
LAST_CHARACTERS = 80
LABEL_ROOM = 15  # wide gaps stand behind labels, too
ROW_ENDS = frozenset("0123456789._…· ")
SAMPLE = 4000
OPENERS = "“‘\"'(（[【〔《「『"


class Layout(Frozen):
    """width: of a full line in half-width columns, 0 where lines are not broken at a width; margin: the usual indent;
    indented: whether the first lines of paragraphs stand further in; spacing: blank lines between the lines of one paragraph."""

    width: int = 0
    margin: int = 0
    indented: bool = False
    spacing: int = 0

    @property
    def full(self) -> float:
        """The width from which a line is full."""
        return FULL * self.width


def width_of(text: str) -> int:
    """The printed width in columns: a Chinese character takes two, an ASCII one takes one."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def is_finished(text: str) -> bool:
    """Whether a line ends as a sentence, a list item or a lead-in does."""
    if text[-1] in TERMINALS:
        return True
    if text[-1] not in CLOSERS:
        return False
    inner = text.rstrip(CLOSERS)
    return bool(inner) and inner[-1] in TERMINALS


def is_closed(text: str) -> bool:
    """Whether a line is whole in itself: a row of a table, a Markdown heading, an entry of a table of contents, a rule."""
    return unit_starts("closed").match(text) is not None or _is_row(text)


def _is_row(text: str) -> bool:
    end = text[max(LABEL_ROOM, len(text) - LAST_CHARACTERS) :] or text
    if "\t" in end or "   " in end:
        return True
    last = text[-1]
    if last.isalpha():
        return False
    return (last in ROW_ENDS and row_ends().search(end) is not None) or not (last in OPENERS or any(map(str.isalnum, text)))


def find_layout(lines: Lines, kept: Sequence[int], words: Words) -> Layout:
    """The layout of the kept lines of one text."""
    kept = kept[:SAMPLE]
    width = _wrap_width(lines, kept, words)
    if not width:
        return Layout()
    indents = Counter(lines.indent[index] for index in kept)
    margin = _margin(indents)
    inside = sum(count for indent, count in indents.items() if margin + 2 <= indent <= margin + 10)
    indented = 0.03 * len(kept) <= inside <= 0.6 * len(kept)
    followed = [lines.blank[after] for before, after in zip(kept, kept[1:], strict=False) if after == before + 1]
    single = sum(1 for blank in followed if blank)
    return Layout(width, margin, indented, 1 if single >= 0.9 * len(followed) else 0)


def _margin(indents: Counter[int]) -> int:
    common = [indent for indent, count in indents.items() if count >= 0.25 * indents.total()]
    return min(common) if common else min(indents)


def _wrap_width(lines: Lines, kept: Sequence[int], words: Words) -> int:
    """The width at which lines are broken, 0 where they are not: full lines that end inside a sentence tell."""
    if len(kept) < 4:
        return 0
    texts = [lines.text[index] for index in kept]
    widths = sorted(map(width_of, texts))
    if sum(each for each in widths if each > WIDEST) > 0.3 * sum(widths):
        return 0
    width = widths[int(0.9 * (len(widths) - 1))]
    if width > WIDEST:
        return 0
    full = broken = 0
    for text, following in zip(texts, texts[1:], strict=False):
        if FULL * width <= width_of(text) <= 1.25 * width:
            full += 1
            broken += not is_finished(text) and _goes_on(text, following, words)
    return width if broken >= 2 and broken >= 0.3 * full else 0


def _goes_on(text: str, following: str, words: Words) -> bool:
    """Whether prose seems to run over the end of a line."""
    if is_closed(text) or unit_starts("strong").match(following):
        return False
    if words.spaced:
        return following[0].islower()
    return "，" in text or "、" in text or "。" in text or "," in text or "的" in text

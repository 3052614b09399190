"""What a paragraph looks like before it is read: Markdown marks, rows of tables, ornaments, keys of records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.core.model import Paragraph
from pipeline.outline.sentences import trim

_TAG = r"(?:</?[A-Za-z][^<>]{0,200}>|&(?:nbsp|emsp|ensp|#160|#12288);)"
_TAGS = re.compile(rf"{_TAG}(?:\s*{_TAG})*\s*")
_CLOSING_TAGS = re.compile(
    r"(?:\s*(?:<sup\b[^<>]{0,200}>(?:<a\b[^<>]{0,200}>)?[^<>]{0,20}(?:</a>)?</sup>|</?[A-Za-z][^<>]{0,200}>))+$"
)
_HEADING_TAG = re.compile(r"<[hH]([1-6])\b")
_BULLET = re.compile(r"(?:[-+*•·●○▪■◦–—]\s+|(?:[*_])(?=[^\s*_]))")
_LABELLED = re.compile(
    r"[*_(（\\]{0,5}(?:[0-9]{1,3}(?:\.[0-9a-z]{1,2})*|[A-Za-z]|[ivx]{1,6}|[IVX]{1,6}|[一二三四五六七八九十]{1,3}"
    r"|(?:Sec|Art)\.\s?[0-9]{1,3}|[A-Z][a-z]{2,12} (?:[0-9]{1,3}|[IVX]{1,6}))[*_\\]{0,3}[.．、:)）][*_]{0,3}(?:[\s(（]|[A-Z一-鿿])"
)
"""What follows a bullet or a mark of emphasis and is a label."""
_MARKED_POINT = re.compile(r"(?P<mark>[0-9]{1,3})\.\s+(?P<open>[(（])(?P<point>[a-z]{1,4})[)）]\s")
_MARKS = re.compile(r"(?P<hashes>#{1,6}|={1,6}(?=\s))?\s*(?P<bold>\*\*\*?|__)?\s*")
_HASH_NUMBER = re.compile(r"#{1,2}[0-9]")
_UNDERLINE = re.compile(r"([=~^\"'`#*+:.-])\1*\s*")
_ORNAMENT = re.compile(r"[\s=_*~#—–+:|.·•-]*|([\^\"'`])\1{2,}\s*")
_GAP = re.compile(r"[^\s.!?。！？；;,，:：](?:\t+| {2,}|[\t　 ]{2,})(?=\S)")
_WIDE = re.compile(r" {2,}")
_LABEL = re.compile(r"^(?:[（(]?\w{1,4}[)）.．、:：]|第\s?\w{1,5}\s?[编篇章节条部分]{1,2}|[A-Z][a-z]+ \w{1,4}[.:]?)\s+")
_STRETCHED = re.compile(r"(?<![^\s])([一-鿿])[ 　\t]+(?=[一-鿿](?:\s|$))")
_LINK = re.compile(r"\[([^\[\]]{1,200})\](?:\([^()\s]{0,300}(?:\s['\"][^'\"]{0,200}['\"])?\)|\{[^{}]{0,100}\})")
_ANCHOR = re.compile(r"(?:\{#[^{}]{1,80}\}|\[\^?[0-9]{1,3}\]_?)$")
_RECORD = re.compile(r"[^\s:：](?:[^:：。.]{0,28}[^\s:：。.])?\s?[:：]\s*\S")


_POINT = re.compile(r"\|\s*(?P<point>(?:[(（]?[0-9A-Za-z]{1,5}[)）.]|[—–•-])\s*\|[^|]{20,}?)\s*\|?\s*")
MARKS = frozenset("#*_ \t|=-~+—–.·•:^`<&●○▪■◦")
QUOTED = ('"""', "'''")
GAPS = ("\t", "  ", "\u3000", "|")
"""A line that neither begins with one of these marks nor holds one of these gaps is plain text."""

TAGS = 500
"""Characters at the end of a line in which closing tags are looked for."""

DEEPEST = 6
"""Headings have no more levels."""

METADATA = 100
"""Lines that a header of keys and values has at most."""

CELL = 40
"""Characters that the cells of a row have at most, on average."""


class Line(Struct, gc=False):
    """A paragraph's own words: text[start:stop]; level: of a Markdown heading, else 0; bold: begins with bold marks.

    first: where its text begins, where it is no heading: before bold marks that end inside it.
    """

    start: int
    stop: int
    level: int = 0
    bold: bool = False
    row: bool = False
    ornament: bool = False
    first: int = -1

    @property
    def begins(self) -> int:
        return self.start if self.first < 0 else self.first


def look(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """One Line for each paragraph."""
    lines = [_line(paragraph.text) for paragraph in paragraphs]
    hashed = [
        index for index, paragraph in enumerate(paragraphs) if paragraph.text[:1] == "#" and _HASH_NUMBER.match(paragraph.text)
    ]
    if hashed and any(line.level for line in lines):
        # beside Markdown headings, these are some, too
        for index in hashed:
            lines[index] = _marked(paragraphs[index].text)
    for index in range(2, len(lines)):
        if lines[index].row and (point := _POINT.fullmatch(paragraphs[index].text)) and _is_apart(paragraphs, index):
            lines[index] = Line(*point.span("point"))
    _leave_out_marks(paragraphs, lines)
    styles: dict[str, None] = {}
    below = [index for index in range(_after_metadata(paragraphs) + 1, len(lines)) if lines[index].ornament]
    titles = [(index - 1, style) for index in below if (style := _underlines(paragraphs, lines, index))]
    for _, style in titles:
        styles.setdefault(style)
    # reStructuredText takes levels in the order of their styles, Markdown knows two
    order = ["=", "-"] if set(styles) <= {"=", "-"} else list(styles)
    for index, style in titles:
        lines[index].level = min(order.index(style) + 1, DEEPEST)
    return lines


def _leave_out_marks(paragraphs: Sequence[Paragraph], lines: Sequence[Line]) -> None:
    """Begin the points of a list behind the numbers that a converter put before their labels: '2. (a)', '3. (b)'."""
    before: tuple[int, re.Match[str]] | None = None
    for index, paragraph in enumerate(paragraphs):
        if lines[index].ornament:
            continue
        match = _MARKED_POINT.match(paragraph.text) if paragraph.text[:1].isdecimal() else None
        if match is not None and before is not None:
            last, other = before
            if int(match["mark"]) == int(other["mark"]) + 1 and match["point"] != other["point"]:
                for place, found in ((last, other), (index, match)):
                    lines[place].start, lines[place].first = found.start("open"), -1
        before = (index, match) if match is not None else None


def _is_apart(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a row is a table by itself, under empty cells: so points of a law come out of a page."""
    return (
        not any(map(str.isalnum, paragraphs[index - 1].text + paragraphs[index - 2].text))
        and paragraphs[index - 2].text[:1] == "|"
    )


def _after_metadata(paragraphs: Sequence[Paragraph]) -> int:
    """The paragraph behind a header of keys and values between two lines of hyphens; 0 where there is none."""
    if not paragraphs or paragraphs[0].text.strip() != "---":
        return 0
    return next((index + 1 for index in range(1, min(len(paragraphs), METADATA)) if paragraphs[index].text.strip() == "---"), 0)


def _underlines(paragraphs: Sequence[Paragraph], lines: Sequence[Line], index: int) -> str:
    """The style of the title above a line of marks: its mark, twice where it also stands above the title; else nothing."""
    text, above = paragraphs[index].text.strip(), paragraphs[index - 1]
    if len(text) < 3 or not _UNDERLINE.fullmatch(text) or lines[index - 1].row or lines[index - 1].ornament:
        return ""
    apart = paragraphs[index].char_start - above.char_end
    if len(above.text) > 200 or is_record(above.text) or apart > 2:
        return ""
    if text[0] == "-" and (_is_point(above.text) or (apart > 1 and len(text) == 3)):  # a rule between pages
        return ""
    if text[0] not in "=-" and len(text) < len(above.text):
        return ""
    over = index > 1 and lines[index - 2].ornament and above.char_start - paragraphs[index - 2].char_end <= 3
    return text[0] * 2 if over and paragraphs[index - 2].text.strip() == text else text[0]


def _is_point(text: str) -> bool:
    """Whether a line is prose or a point of a list, which no hyphens underline."""
    return text[-1] in ".;," or text[:2] in ("- ", "* ", "+ ") or text[0] in "•▪●"


def _line(text: str) -> Line:
    if text[:1] not in MARKS and text[:3] not in QUOTED and not any(gap in text for gap in GAPS):
        return Line(0, len(text))
    if _ORNAMENT.fullmatch(text):
        return Line(0, len(text), ornament=True)
    if is_row(text):
        return Line(0, len(text), row=True)
    return Line(*trim(text, 0, len(text))) if _HASH_NUMBER.match(text) else _marked(text)


def _marked(text: str) -> Line:
    """A line without the marks of Markdown and HTML around it."""
    begin, end, level = 0, len(text.rstrip()), 0
    if text[0] in "<&" and (tags := _TAGS.match(text)) is not None and tags.end() < len(text):
        begin, heading = tags.end(), _HEADING_TAG.search(tags[0])
        level = int(heading[1]) if heading is not None else 0
    if (
        text[end - 1] == ">"
        and (tags := _CLOSING_TAGS.search(text, max(begin, end - TAGS), end)) is not None
        and tags.start() > begin
    ):
        end = tags.start()
    if (bullet := _BULLET.match(text, begin)) is not None and _LABELLED.match(text, bullet.end()):
        begin = bullet.end()
    line = _unmarked(text, begin, end)
    line.level = line.level or level
    return line


def _unmarked(text: str, begin: int, end: int) -> Line:
    """The line text[begin:end] without hashes, bold marks and the address of a link."""
    marks = _MARKS.match(text, begin, end)
    if marks is None or not (marks["hashes"] or marks["bold"]):
        return Line(*trim(text, begin, end), first=-1 if begin == 0 or text[0] in "<&" else 0)
    stop = len(text[:end].rstrip("#=").rstrip()) if marks["hashes"] else end
    bold, first = marks["bold"], -1
    if bold and text.endswith(bold, 0, stop):
        stop -= len(bold)
    elif bold:
        first = marks.start("bold")
    start = marks.end()
    if start < stop and text[start] == "[" and (link := _LINK.fullmatch(text, start, stop)):
        start, stop = link.span(1)
    return Line(start, max(stop, start), len(marks["hashes"] or ""), bool(bold), first=first)


def is_row(text: str) -> bool:
    """Whether a paragraph is a row of a table: cells between pipes, tabs or wide gaps."""
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 1:
        return True
    if bare.count("|") > 1 and " | " in bare:
        return True
    found = gaps(bare)
    return found > 1 and len(bare) <= CELL * (found + 1) and bare.count("。") < 2 and not _is_justified(bare)


def _is_justified(text: str) -> bool:
    """Whether wide gaps only fill a line of prose: most of what stands behind them begins in small letters."""
    cells = _WIDE.split(text)[1:]
    return len(cells) > 2 and sum(cell[:1].islower() for cell in cells) * 5 > len(cells) * 3


def gaps(text: str) -> int:
    """How many wide gaps between cells a line has; the one behind a label and those that stretch a word do not count."""
    return len(_GAP.findall(_STRETCHED.sub(r"\1", _LABEL.sub("", text)))) if len(text) < 400 else 0


def below(lines: Sequence[Line], index: int) -> int:
    """The next line that is no ornament."""
    index += 1
    while index < len(lines) and lines[index].ornament:
        index += 1
    return index


def above(lines: Sequence[Line], index: int) -> int:
    """The line before that is no ornament; -1 where there is none."""
    index -= 1
    while index >= 0 and lines[index].ornament:
        index -= 1
    return index


def is_record(text: str) -> bool:
    """Whether a line is a key and its value ('Goal: clean water')."""
    return _RECORD.match(text) is not None


def unlinked(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span of a heading without a Markdown anchor behind it and, where all of it is a link, without the address."""
    if anchor := _ANCHOR.search(text, start, stop):
        stop = trim(text, start, anchor.start())[1] if anchor.start() > start else stop
    if (link := _LINK.fullmatch(text, start, stop)) is not None:
        return link.span(1)
    return start, stop


def plain(text: str) -> str:
    """A line's words without links, marks and bullets, for comparison."""
    return _LINK.sub(r"\1", text).strip("#*_-•·|> \t　")

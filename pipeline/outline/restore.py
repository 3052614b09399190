"""Paragraphs as they were set: lines run together where the indent of a paragraph stands in the middle, and running titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.core.model import Paragraph, Text, slice_pieces
from pipeline.outline.grammar import Grammar
from pipeline.outline.lines import is_row
from pipeline.outline.sentences import first_end, trim

INDENT = "\u3000\u3000"
"""What a Chinese paragraph begins with; inside a paragraph it stands for a line break that was lost."""

SIGNED = 40
"""Characters of a paragraph that may hold a signature besides its text, at least."""

RUNNING = 3
"""So many times a running title with different page numbers stands at the beginning of a paragraph."""

BROKEN = 110
"""Characters that the second line of a heading behind a running title has at most."""

_GAP = re.compile(r"[\u3000]{2,}\s*")
_STOPPED = re.compile(r"[。！？；：…;:][”’）)》】]{0,2}$")
_LONE = re.compile(r"(?:^|[\s\u3000])[一-鿿]$")
_LONE_NEXT = re.compile(r"[一-鿿](?:[\s\u3000]|$)")
_RUNNING = re.compile(r"(?P<title>[A-Z][^\d.!?:;]{6,70}?) (?P<page>[0-9]{1,3}|[ivxlc]{1,6}) (?=\S)")
_NUMBER = re.compile(r" (?:[0-9]{1,3}|[ivxlc]{1,6}) ")
TITLE = 82
"""Characters of a running title with its page number at most, and of the blanks around that."""


def restore(text: Text, grammar: Grammar) -> Text:
    """The text with one paragraph for each line that it once had, without running titles before labels; the same where nothing was lost."""
    paragraphs = text.paragraphs
    if grammar.spaced:
        found = _without_running_titles(paragraphs, grammar)
    else:
        found = [
            signed
            for paragraph in paragraphs
            for part in (_divided(paragraph, grammar) if INDENT in paragraph.text else (paragraph,))
            for signed in (_signed(part, grammar) if len(part.text) > SIGNED and "日" in part.text else (part,))
        ]
    if len(found) == len(paragraphs) and all(one is other for one, other in zip(found, paragraphs, strict=True)):
        return text
    return Text(
        text.text_id, text.document_id, text.source_id, text.language, text.translation_status, text.completeness, text.char_start,
        text.char_end, tuple(found), text.excerpt_of,
    )  # fmt: skip


def _divided(paragraph: Paragraph, grammar: Grammar) -> Iterator[Paragraph]:
    text = paragraph.text
    if INDENT not in text or is_row(text):
        yield paragraph
        return
    start = 0
    for first, after in _breaks(text, grammar):
        yield from _part(paragraph, start, first)
        start = after
    yield from _part(paragraph, start, len(text))


def _signed(paragraph: Paragraph, grammar: Grammar) -> Iterator[Paragraph]:
    """A paragraph divided before and behind each signature in it, and its issuer from its date."""
    text, start = paragraph.text, 0
    for rule in grammar.signatures.candidates(text):
        for match in rule.pattern.finditer(text):
            for group in ("issuer", "date", "note"):
                if match[group]:
                    yield from _part(paragraph, start, match.start(group))
                    start = match.start(group)
            end = match.end("note") if match["note"] else match.end("date")
            yield from _part(paragraph, start, end)
            start = end
    yield from _part(paragraph, start, len(text))


def _breaks(text: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The gaps that stand for a line break: every indent in a paragraph that has one behind a stop, else those before a label."""
    gaps = [match.span() for match in _GAP.finditer(text)]
    indented = any(_STOPPED.search(text, max(first - 3, 0), first) for first, _ in gaps)
    start = 0
    for first, after in gaps:
        if after >= len(text) or _only_a_label(text, start, first, grammar) or _is_stretched(text, first, after):
            continue
        if indented or _begins_with_label(text, after, grammar):
            yield first, after
            start = after


def _only_a_label(text: str, start: int, stop: int, grammar: Grammar) -> bool:
    """Whether a gap only sets off the label before it."""
    if stop - start > 12:
        return False
    piece = text[start:stop].strip()
    match = grammar.any_label.match(f"{piece} {'一'}")
    return not piece or (match is not None and match.end() >= len(piece))


def _is_stretched(text: str, first: int, after: int) -> bool:
    """Whether a gap only stretches a word: two characters that stand alone on both sides."""
    return _LONE.search(text, max(first - 2, 0), first) is not None and _LONE_NEXT.match(text, after) is not None


def _begins_with_label(text: str, start: int, grammar: Grammar) -> bool:
    return grammar.any_label.match(text[start : start + 60]) is not None


def _part(paragraph: Paragraph, start: int, stop: int) -> Iterator[Paragraph]:
    if (start, stop) == (0, len(paragraph.text)):
        yield paragraph
        return
    start, stop = trim(paragraph.text, start, stop)
    if start < stop:
        yield Paragraph(paragraph.text[start:stop], slice_pieces(paragraph.pieces, start, stop))


def _without_running_titles(paragraphs: Sequence[Paragraph], grammar: Grammar) -> Sequence[Paragraph]:
    usual = Counter(match["title"] for paragraph in paragraphs if (match := _running_title(paragraph.text, grammar)))
    titles = [title for title, count in usual.items() if count >= RUNNING]
    if not titles:
        return paragraphs
    inside = re.compile(f"(?:{'|'.join(re.escape(title) for title in sorted(titles))}) (?:[0-9]{{1,3}}|[ivxlc]{{1,6}}) (?=\\S)")
    found: list[Paragraph] = []
    heads: set[int] = set()
    for paragraph in paragraphs:
        if (match := inside.search(paragraph.text)) and _begins_section(paragraph.text, match.end(), grammar):
            found += _part(paragraph, 0, match.start())
            heads.add(len(found))
            found += _part(paragraph, match.end(), len(paragraph.text))
        elif len(found) - 1 in heads and _goes_on(found[-1], paragraph, grammar):
            found[-1] = _joined(found[-1], paragraph)
        else:
            found.append(paragraph)
    return found


def _begins_section(text: str, start: int, grammar: Grammar) -> bool:
    rest = text[start : start + 60]
    return grammar.any_label.match(rest) is not None or grammar.contents.first(rest) is not None


def _running_title(text: str, grammar: Grammar) -> re.Match[str] | None:
    """A title and a page number before a label or a table of contents."""
    match = _RUNNING.match(text) if _NUMBER.search(text, 0, TITLE) else None
    if match is None or grammar.any_label.match(text[:60]):
        return None
    return match if _begins_section(text, match.end(), grammar) else None


def _goes_on(before: Paragraph, paragraph: Paragraph, grammar: Grammar) -> bool:
    """Whether a line is the rest of a heading: right below it, short, without a stop, and no label."""
    text = paragraph.text
    if len(text) > BROKEN or paragraph.char_start - before.char_end > 1 or len(before.text) > 3 * BROKEN:
        return False
    whole = f"{before.text} {text}"
    return (
        text[0].isalpha()
        and not grammar.any_label.match(text)
        and text[-1].isalnum()
        and first_end(whole, grammar, 8, len(whole)) is None
    )


def _joined(before: Paragraph, paragraph: Paragraph) -> Paragraph:
    length = len(before.text) + 1
    here, there = before.pieces[-1]
    first = paragraph.pieces[0][1]
    pieces = before.pieces if there + length - here == first else (*before.pieces, (length, first))
    return Paragraph(
        f"{before.text} {paragraph.text}", (*pieces, *((length + at, source) for at, source in paragraph.pieces[1:]))
    )

"""What stands around the sections: closings with signature, date and notes, also between a notice and the plan behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.lines import Line

REACH = 8
"""Lines that a signature has at most."""


FOOTNOTE = 4
"""Paragraphs that a footnote has at most."""

SIGNERS = 4
"""Bodies that may sign without a date."""


class Part(Struct, frozen=True, gc=False):
    """A run of paragraphs [first, last) with its own numbering; from `closing` on they are no part of its sections."""

    first: int
    closing: int
    last: int


def parts(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], labelled: Sequence[int], ones: Sequence[int], grammar: Grammar
) -> list[Part]:
    """The parts of a text. labelled: paragraphs that begin with a label; ones: those whose label begins a list."""
    closing = closing_start(paragraphs, lines, frozenset(labelled), grammar)
    found, first, beginnings = [], 0, frozenset(ones)
    for start, stop in _signatures(paragraphs, closing, frozenset(labelled), grammar):
        if start < first or bisect_left(labelled, first) == bisect_left(labelled, start):
            continue
        place = bisect_left(labelled, stop)
        if place < len(labelled) and labelled[place] < closing and labelled[place] in beginnings:
            found.append(Part(first, start, stop))
            first = stop
    return [*found, Part(first, closing, len(paragraphs))]


def closing_start(paragraphs: Sequence[Paragraph], lines: Sequence[Line], labelled: frozenset[int], grammar: Grammar) -> int:
    """The paragraph with which the closing of a text begins; the number of paragraphs where it has none.

    Backwards from the end: dates, bodies, notes and short lines. It begins with the first that is plainly one of them.
    """
    last = _before_footnotes(paragraphs, lines, labelled, grammar)
    start, index, loose, plain = last, last - 1, 0, last < len(paragraphs)
    while index >= 0:
        text = paragraphs[index].text.strip()
        if lines[index].ornament:
            index -= 1
            continue
        if lines[index].level or lines[index].row:
            break
        sure = is_closing(text, grammar)
        if sure and (index not in labelled or _names_attachments(text, grammar)):
            start, loose, plain = index, 0, plain or not grammar.is_issuer(text)
        elif len(text) > grammar.limits["line"] or _ends(text) or (loose := loose + 1) > 12:
            break
        index -= 1
    # many lines that only name bodies are the end of a table
    return start if plain or len(paragraphs) - start <= SIGNERS else len(paragraphs)


def _before_footnotes(paragraphs: Sequence[Paragraph], lines: Sequence[Line], labelled: frozenset[int], grammar: Grammar) -> int:
    """The first of the footnotes that end a text, each perhaps in several paragraphs; those under a heading belong to it."""
    start, index = len(paragraphs), len(paragraphs) - 1
    while index >= 0 and index not in labelled and start - index <= FOOTNOTE:
        rule = grammar.closing_rule(paragraphs[index].text) if paragraphs[index].text[:1] in "[." else None
        if rule is not None and rule.values.get("foot"):
            start = index
        index -= 1
    above = next((line for line in reversed(lines[:start]) if not line.ornament), None)
    return len(paragraphs) if above is not None and above.level else start


def is_closing(text: str, grammar: Grammar) -> bool:
    """Whether a paragraph belongs behind a text: a date, a body, an attachment list, a source note, words in another script."""
    rule = grammar.closing_rule(text)
    if rule is not None:
        if rule.values.get("foot"):
            return False
        return len(text) <= 3 * grammar.limits["line"] or bool(rule.values.get("note"))
    return grammar.is_date(text) or grammar.is_issuer(text) or is_foreign(text, grammar)


def is_foreign(text: str, grammar: Grammar) -> bool:
    """Whether a paragraph is mostly in another script than the text's."""
    letters = [char for char in text[:400] if char.isalpha()]
    if len(letters) < 4:
        return False
    han = sum("一" <= char <= "鿿" for char in letters)
    return han * 5 > len(letters) * 4 if grammar.spaced else len(letters) > 40 and han * 20 < len(letters)


def _names_attachments(text: str, grammar: Grammar) -> bool:
    rule = grammar.closing_rule(text)
    return rule is not None and bool(rule.values.get("list"))


def _ends(text: str) -> bool:
    return text[-1:] in "。.!！?？;；:：,，"


def _signatures(
    paragraphs: Sequence[Paragraph], closing: int, labelled: frozenset[int], grammar: Grammar
) -> list[tuple[int, int]]:
    """Blocks [start, stop) of a body and a date inside a text, with the attachments and notes around them."""
    found = []
    for index in range(1, closing):
        text = paragraphs[index].text.strip()
        rule = grammar.closing_rule(text) if text[:1] in grammar.signing and len(text) < 2 * grammar.limits["line"] else None
        if rule is not None and rule.values.get("sign"):
            found.append((index, _after_signing(paragraphs, index + 1, closing, labelled, grammar)))
            continue
        if not grammar.is_date(text):
            continue
        start, stop = index, index + 1
        while start > max(index - REACH, 0) and start - 1 not in labelled and _short(paragraphs[start - 1].text.strip(), grammar):
            start -= 1
        for above in range(start - 1, max(start - REACH, 0), -1):
            if _names_attachments(paragraphs[above].text.strip(), grammar):
                start = above
        last = min(index + REACH, closing)
        while stop < last and stop not in labelled and grammar.closing_rule(paragraphs[stop].text.strip()) is not None:
            stop += 1
        if start < index:
            found.append((start, stop))
    return found


def _after_signing(paragraphs: Sequence[Paragraph], stop: int, closing: int, labelled: frozenset[int], grammar: Grammar) -> int:
    last = min(stop + REACH, closing)
    while stop < last and stop not in labelled and _short(paragraphs[stop].text.strip(), grammar):
        stop += 1
    return stop


def _short(text: str, grammar: Grammar) -> bool:
    return len(text) <= grammar.limits["line"] and not _ends(text)

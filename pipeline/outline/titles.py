"""Headings without a label: Markdown headings, well-known ones (Foreword, 前言), and lines that look like titles."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import Line, gaps, is_record
from pipeline.outline.sentences import first_end

ALWAYS = 1e6
CAPITALS = "outline-title-capitals"
QUOTES = '"”’»'
STOPS = "。.!！?？;；:："
BODY = 30
"""Characters that a paragraph under a title has at least, in a language that writes spaces; half in others."""


def marked(paragraphs: Sequence[Paragraph], lines: Sequence[Line], labelled: frozenset[int], grammar: Grammar) -> list[Candidate]:
    """Markdown headings without a label and well-known headings, in text order."""
    found = []
    for index, line in enumerate(lines):
        if index in labelled or line.row or line.ornament or line.stop <= line.start:
            continue
        text = paragraphs[index].text
        rule = grammar.unnumbered_rule(text[line.start : line.stop].strip()) if line.stop - line.start <= 110 else None
        if line.level or rule is not None:
            candidate = title(index, line, rule.rule_id if rule else "outline-markdown")
            if rule is not None:
                candidate.kind = rule.values.get("kind")
                candidate.top, candidate.back = bool(rule.values.get("top")), bool(rule.values.get("back"))
            found.append(candidate)
    return found


def title(index: int, line: Line, rule_id: str) -> Candidate:
    """A heading without a label that fills its paragraph."""
    return Candidate(
        index, line.start, line.start, line.stop, None, (), ALWAYS, rule_id, level=line.level, standalone=True, title=True
    )


def unmarked(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], taken: frozenset[int], grammar: Grammar, first: int, last: int
) -> list[Candidate]:
    """Lines in [first, last) that look like titles: short, without a stop, with a text below."""
    found: list[Candidate] = []
    attributions = _attributions(paragraphs, lines, grammar, first, last)
    for index in range(first, last):
        if index in taken or index in attributions or not _looks(paragraphs, lines, index, grammar):
            continue
        if _has_body(paragraphs, lines, index, taken, last, grammar):
            text = paragraphs[index].text[lines[index].start : lines[index].stop]
            capitals = text.isupper() and grammar.spaced
            found.append(title(index, lines[index], CAPITALS if capitals else "outline-title"))
    return found


def _attributions(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], grammar: Grammar, first: int, last: int
) -> frozenset[int]:
    """Short lines of who spoke, where and when: those that end with a date, and those before it or behind a quotation."""
    found: set[int] = set()
    for index in range(last - 1, first - 1, -1):
        line = lines[index]
        if line.row or line.ornament or line.level or not 1 < line.stop - line.start <= grammar.limits["title"]:
            continue
        text = paragraphs[index].text[line.start : line.stop].strip()
        quoted = index > first and paragraphs[index - 1].text[-1] in QUOTES
        if grammar.ends_with_date(text) or (index + 1 in found and text[-1:] not in STOPS) or (quoted and _names_a_speaker(text)):
            found.add(index)
    return frozenset(found)


def _names_a_speaker(text: str) -> bool:
    """Whether a line behind a quotation is a dash and a name, or a few words in capitals without a stop."""
    words = text.lstrip("–—- ").split()
    return (
        text[-1] not in STOPS
        and len(words) <= 8
        and all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3)
    )


def _looks(paragraphs: Sequence[Paragraph], lines: Sequence[Line], index: int, grammar: Grammar) -> bool:
    line = lines[index]
    if line.row or line.ornament or not 1 < line.stop - line.start <= grammar.limits["title"]:
        return False
    text = paragraphs[index].text[line.start : line.stop].strip()
    if not text or text[-1] in "。.!！?？;；:：,，、-–—|" or is_record(text) or gaps(text):
        return False
    first = text[0]
    if not (first.isupper() or (not grammar.spaced and "一" <= first <= "鿿") or first in '“《"‘'):
        return False
    if grammar.is_date(text) or grammar.captions.match(text) or (not grammar.spaced and any(mark in text for mark in "，。；")):
        return False
    words = text.split()
    return not grammar.spaced or len(words) <= 14


def _has_body(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], index: int, taken: frozenset[int], last: int, grammar: Grammar
) -> bool:
    below = index + 1
    while below < last and lines[below].ornament:
        below += 1
    if below >= last:
        return False
    if below in taken:
        return True
    text = paragraphs[below].text
    long = len(text) >= (BODY if grammar.spaced else BODY // 2)
    return (
        (long and first_end(text, grammar, 0, len(text)) is not None)
        or (long and text[:1] in "–—-•·*")
        or (_looks(paragraphs, lines, below, grammar) and below + 1 < last and len(paragraphs[below + 1].text) >= BODY)
    )


def without_document_title(merged: list[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line]) -> list[Candidate]:
    """Leave out the first Markdown heading where it is the only one of its level, or stands right above another: the title."""
    heads = [candidate for candidate in merged if candidate.level]
    if not heads or heads[0].label is not None or heads[0].top:
        return merged
    first = heads[0]
    opens = all(_opens(line, paragraph.text) for line, paragraph in zip(lines[: first.paragraph], paragraphs, strict=False))
    alone = sum(candidate.level <= first.level for candidate in heads) == 1 and (opens or len(heads) > 1)
    between = (
        [line for line in lines[first.paragraph + 1 : heads[1].paragraph] if not line.ornament]
        if len(heads) > 1
        else [Line(0, 1)]
    )
    same = [candidate for candidate in heads[1:] if candidate.level == first.level]
    above = opens and len(same) > 1 and all(candidate.readings for candidate in same)
    if alone or above or (not between and heads[1].level <= first.level):
        return [candidate for candidate in merged if candidate is not first]
    return merged


def _opens(line: Line, text: str) -> bool:
    """Whether a line may stand before the title: an ornament, a key and its value, a point of a list in such a header."""
    return line.ornament or is_record(text) or text[-1:] in ":：" or text[:2] == "- "

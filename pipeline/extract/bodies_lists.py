"""Lists of bodies: where their members begin and end, and those members that only look like bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.bodies_vocabulary import Span, Vocabulary

LISTED_RULE = "listed"
LONGEST_GAP, LONGEST_LIST = 60, 160
LONGEST_TAIL = 14
BEFORE, AFTER = (", ", " and ", " the "), (", ", " and ")
STOPS = '.;:)]"'
"""No attribute follows one of these, nor the end."""


def fill_gaps(text: str, spans: list[Span], words: Vocabulary) -> list[Span]:
    """The spans and, between and after the members of a list that are known, those members that only look like bodies."""
    found: list[Span] = []
    for number, span in enumerate(spans):
        stop = spans[number + 1].start if number + 1 < len(spans) else min(len(text), span.end + LONGEST_GAP)
        gap = words.patterns["gap"].match(text[span.end : stop]) if span.named and stop - span.end <= LONGEST_GAP else None
        if gap is None:
            continue
        at = span.end
        for item in words.patterns["gap_break"].split(gap["items"]):
            body = words.patterns["item_body"].match(item)
            if body and not words.patterns["not_item"].match(item):
                begin = text.index(item, at) + body.start("body")
                found.append(Span(begin, begin + len(body["body"]), None, body["body"], LISTED_RULE, named=True))
            at += len(item) + 1
    return sorted(spans + found, key=lambda span: span.start) if found else spans


def fill_list(text: str, spans: list[Span], words: Vocabulary) -> list[Span]:
    """The spans and, before and after the members of a list that are known, those names beside them that only look like bodies."""
    found: list[Span] = []
    free = 0
    for number, span in enumerate(spans):
        stop = spans[number + 1].start if number + 1 < len(spans) else len(text)
        if span.named and span.body_id is None and span.rule_id not in words.acronyms:
            if text[free : span.start].endswith(BEFORE):
                listed = words.patterns["listed_before"].search(text, max(free, span.start - LONGEST_LIST), span.start)
                found.extend(_names_in(text, listed, words))
            if text.startswith(AFTER, span.end):
                listed = words.patterns["listed_after"].match(text, span.end, min(stop, span.end + LONGEST_LIST))
                found.extend(_names_in(text, listed, words))
        free = span.end
    return without_overlaps(spans + found, text, words) if found else spans


def _names_in(text: str, listed: re.Match[str] | None, words: Vocabulary) -> Iterator[Span]:
    if listed is None or "," not in listed["items"]:
        return  # one name may have the joiner in it
    for begin, stop in members_of(text, *listed.span("items"), words):
        body = words.patterns["item_body"].match(text[begin:stop])
        if body is None or any(words.patterns[key].search(body["body"]) for key in ("not_item", "not_inside")):
            continue
        if is_body_use(text, begin, stop, words):
            yield Span(begin, stop, None, body["body"], LISTED_RULE, named=True)


def without_overlaps(spans: list[Span], text: str, words: Vocabulary) -> list[Span]:
    """The longest of overlapping spans; a known name stands against a longer guess that only joins it to what follows."""
    spans.sort(key=lambda span: (span.start, -span.end, span.body_id is None))
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            last = kept[-1]
            joined = last.body_id is None and last.named and span.body_id is not None and span.start == last.start
            if joined and words.patterns["not_of_name"].match(text, span.end, last.end):
                kept[-1] = span
            continue
        kept.append(span)
    return kept


def is_body_use(text: str, start: int, end: int, words: Vocabulary, alone: bool = True) -> bool:
    """Whether the words around a name leave it a body: no part of a word, no attribute, no person.

    alone: nothing has yet been asked of the words after it.
    """
    if alone and text[end : end + 1] not in STOPS and words.patterns["not_after"].match(text[end : end + 40]):
        return False
    return not words.patterns["not_before"].search(text[max(0, start - 24) : start])


def trimmed(text: str, start: int, end: int, words: Vocabulary) -> tuple[int, int]:
    """A name without articles and joiners before it, and without a genitive or a month behind it."""
    while match := words.patterns["edge"].match(text, start, end):
        start = match.end()
    if tail := words.patterns["tail"].search(text, max(start, end - LONGEST_TAIL), end):
        end = tail.start()
    return start, end


def members_of(
    text: str, start: int, end: int, words: Vocabulary, whole: re.Pattern[str] | None = None
) -> Iterator[tuple[int, int]]:
    """The members of a list; what joins two words of a member that `whole` finds parts no members."""
    at, members = start, [found.span() for found in whole.finditer(text, start, end)] if whole else ()
    for separator in words.patterns["list_break"].finditer(text, start, end):
        if any(begin < separator.start() < stop for begin, stop in members):
            continue
        if separator.start() > at:
            yield trimmed(text, at, separator.start(), words)
        at = separator.end()
    if at < end:
        yield trimmed(text, at, end, words)

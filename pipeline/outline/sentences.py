"""Where sentences end: at a full stop, an exclamation or question mark, in linear time and whatever the length of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.outline.grammar import Grammar

LONGEST = 2000
"""Characters. A longer sentence is divided at its last semicolon or comma before this, so that what reads it stays fast."""

TAG = 60
"""Characters of a tag at most."""

LATIN = frozenset(".!?>")
CLOSERS = "”’」』）)》】〉〕]\"'*_"
_MARK = re.compile(rf"[。！？.!?>][。！？.!?]*+[{re.escape(CLOSERS)}]*+(?:\[[0-9]{{1,3}}\]|</[a-z0-9]{{1,10}}>)*+")
_FOLLOWS = re.compile(r"\s++(?:[“\"‘'(\[（《*_–—•-]{0,3}\s?[A-Z0-9À-Þ一-鿿]|[(（](?:[a-z]|[ivx]{2,4})[)）])|\s*+$|[一-鿿]")
_STRAY = re.compile(r"\s++[A-Z]")
_WORD = re.compile(r"[^\s(（\[“\"‘'/]{1,12}$")
_BREAKS = re.compile(r"[；;](?![；;])|[，,、](?![0-9])")


def _ends_here(text: str, start: int, at: int, after: int, stop: int, grammar: Grammar) -> bool:
    """Whether a Latin mark ends a sentence: what follows begins one, and what stands before is no abbreviation."""
    if text[at] == ">":
        # a full stop with the shift key down
        shifted = after - at == 1 and text[at - 1 : at].islower() and text.find("<", max(start, at - TAG), at) < 0
        return shifted and _STRAY.match(text, after, stop) is not None
    if after - at > 1 and any(mark in "。！？" for mark in text[at + 1 : after]):
        return True
    if _FOLLOWS.match(text, after, stop) is None:
        return False
    if text[at] != "." or _ends_word(text[max(start, at - 2) : at], grammar):
        return True
    return not (_is_abbreviation(text, start, at, after, grammar) or _is_number(text, start, at))


def _ends_word(last: str, grammar: Grammar) -> bool:
    """Whether these two characters end a word that is neither an abbreviation nor a number: most words are told by them."""
    return len(last) == 2 and last.isalpha() and last[1].islower() and last not in grammar.abbreviation_ends


def _is_number(text: str, start: int, at: int) -> bool:
    """Whether a point only sets off the number at the beginning of a sentence, or a number from a Chinese character."""
    lead = text[max(start, at - 4) : at].strip()
    return (
        bool(lead)
        and lead[-1].isdecimal()
        and (text[at + 1 : at + 2] >= "一" or (len(lead) < 3 and at - start < 5 and lead.isdecimal()))
    )


def first_end(text: str, grammar: Grammar, start: int, stop: int) -> tuple[int, int] | None:
    """The first sentence end in text[start:stop], if there is one: offset of the mark, offset after it and its closing quotes."""
    for match in _MARK.finditer(text, start, stop):
        at, after = match.span()
        if text[at] not in LATIN or _ends_here(text, start, at, after, stop, grammar):
            return at, after
    return None


def _is_abbreviation(text: str, start: int, at: int, after: int, grammar: Grammar) -> bool:
    if after - at > 1 and text[at : at + 2] == "..":
        return False
    word = _WORD.search(text, max(start, at - 13), at)
    if word is None:
        return False
    plain, following = word[0], text[after : after + 3].lstrip()[:1]
    if len(plain) == 1 and plain.isalpha() and plain.isupper():
        return bool(following) and following not in CLOSERS and not following.isdecimal()
    if plain in grammar.abbreviations:
        return bool(following)
    return following.isdecimal() and plain in grammar.before_digits


def spans(text: str, grammar: Grammar, start: int, stop: int) -> list[tuple[int, int]]:
    """The sentences of text[start:stop], without the space around them, none longer than LONGEST."""
    found: list[tuple[int, int]] = []
    here = start
    for match in _MARK.finditer(text, start, stop):
        at, after = match.span()
        if text[at] in LATIN and not _ends_here(text, here, at, after, stop, grammar):
            continue
        while text[here].isspace():
            here += 1
        if after - here > LONGEST:
            found += _parts(text, here, after)
        else:
            found.append((here, after))
        here = after
    here, stop = trim(text, here, stop)
    if here < stop:
        found += _parts(text, here, stop)
    return found


def _parts(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while stop - start > LONGEST:
        cut = max(
            (match.end() for match in _BREAKS.finditer(text, start + LONGEST // 2, start + LONGEST)), default=start + LONGEST
        )
        yield trim(text, start, cut)
        start, stop = trim(text, cut, stop)
    if start < stop:
        yield start, stop


def trim(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without the space at its ends; empty (start == stop) where there is nothing else."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop

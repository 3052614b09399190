"""Bodies and instruments of names.csv that one passage names and the other, with its neighbours, does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.core.language import language_codes, load_language
from pipeline.core.model import Frozen
from pipeline.link.discrepancies.glossary import likeness
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Pair, Passage, Sides, shown
from pipeline.link.discrepancies.words import Place, Words, stems_of

COMPARED = ("body", "instrument")
NEARLY = 0.6
"""Share of the words of a name that stand in a passage where it is named in other words."""
PROPER = re.compile(r"\b[A-Z][\w’'.-]*(?:\s(?:of|for|the|and|on|in|to|&))*\s[A-Z]|\b[A-Z]{3,}")
"""A name, not a class of bodies such as governments: two words with capitals, or an acronym."""
PARTLY = 0.5
"""Share of the words of a name, or of words that say the same, that stand where it is named by half."""
DIFFERS, ALONE, EXPANDED, REWORDED = 0.9, 0.7, 0.45, 0.6
TITLE = 0.8
"""Share of a passage that is its name: the document's own."""


class Mention(Frozen):
    """A name in a passage."""

    kind: str
    code: str
    start: int
    end: int


class Names:
    """The names of a language pack. forms: (kind, code) → its names, the official one first."""

    def __init__(self, language: str) -> None:
        pack = load_language(language)
        self.spaced = bool(pack.settings.get("spaced", True))
        own: dict[str, tuple[str, str]] = {}
        self.forms: dict[tuple[str, str], list[str]] = {}
        for name in sorted(pack.names, key=lambda name: name.form != "official"):
            if name.kind in COMPARED:
                own.setdefault(name.name, (name.kind, name.id))
                self.forms.setdefault((name.kind, name.id), []).append(name.name)
        self._own = own
        self._names = sorted(own)
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest) if own else None

    def find(self, text: str) -> list[Mention]:
        """The names in a text, leftmost and longest, in whole words."""
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(text)
        return [Mention(*self._own[self._names[index]], start, end) for index, start, end in found if _whole(text, start, end)]

    def nearly(self, words: Words, thing: tuple[str, str]) -> bool:
        """Whether most words of a name stand close together in a passage."""
        names = (stems_of(form) for form in self.forms.get(thing, ()))
        return any(words.near(stems, [1.0] * len(stems)) >= NEARLY * len(stems) for stems in names)

    def partly(self, words: Words, thing: tuple[str, str]) -> Place | None:
        """Where the greatest part of a name stands, half of it at least and two words, or null."""
        names = [stems_of(form) for form in self.forms.get(thing, ())]
        near = [(count / len(stems), place) for stems in names for count, place in words.clusters(stems) if count > 1]
        half = [(-share, last - first, first) for share, (first, last) in near if share >= PARTLY]
        return (min(half)[2], min(half)[2] + min(half)[1]) if half else None


def _whole(text: str, start: int, end: int) -> bool:
    def joins(one: str, other: str) -> bool:
        return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()

    return not joins(text[start - 1 : start] or " ", text[start]) and not joins(text[end - 1], text[end : end + 1] or " ")


@cache
def proper() -> frozenset[tuple[str, str]]:
    """What has a name of its own in a language that writes names with capitals."""
    every = (pack for pack in map(names, language_codes()) if pack.spaced)
    return frozenset(thing for pack in every for thing, forms in pack.forms.items() if any(PROPER.search(form) for form in forms))


@cache
def names(language: str) -> Names:
    """The names of a language."""
    return Names(language)


def named(pair: Pair, sides: Sides) -> Iterator[Finding]:
    """Names of one passage that the other does not have in any form, the n-th of a kind here with the n-th there."""
    only_a = _only(pair.a, pair.b, pair.around_b)
    only_b = _only(pair.b, pair.a, pair.around_a)
    for kind in COMPARED:
        left, right = ([each for each in only if each.kind == kind] for only in (only_a, only_b))
        for one, other in zip(left, right, strict=False):
            message = f"{sides.b} names {_quoted(pair.b, other)}, {sides.a} {_quoted(pair.a, one)}."
            spans = pair.a.span(one.start, one.end), pair.b.span(other.start, other.end)
            yield Finding(kind, MAJOR, DIFFERS, sides.sentence(message), *spans)
        both = min(len(left), len(right))
        for one in left[both:]:
            if reworded := _reworded(pair, one, sides):
                yield reworded
                continue
            message = f"{sides.a} names {_quoted(pair.a, one)}, {sides.b} does not."
            spans = pair.a.span(one.start, one.end), pair.b.opposite(one.start / len(pair.a.text))
            yield Finding(kind, MAJOR, _sureness(pair.a, pair.b), sides.sentence(message), *spans)
        for other in right[both:]:
            message = f"{sides.b} names {_quoted(pair.b, other)}, {sides.a} does not."
            spans = pair.a.opposite(other.start / len(pair.b.text)), pair.b.span(other.start, other.end)
            yield Finding(kind, MAJOR, _sureness(pair.b, pair.a), sides.sentence(message), *spans)


def _reworded(pair: Pair, mention: Mention, sides: Sides) -> Finding | None:
    """A name of the first passage of which the other has some words side by side: another name, or the same in other words."""
    theirs = names(pair.b.language)
    if not theirs.spaced:
        return None
    words = Words(pair.b.text, likeness().alike)
    place = theirs.partly(words, (mention.kind, mention.code))
    if place is None:
        return None
    start, end = words.whole(*words.span(place))
    message = f"{sides.b} says {shown(pair.b.text[start:end])}, {sides.a} {_quoted(pair.a, mention)}."
    spans = pair.a.span(mention.start, mention.end), pair.b.span(start, end)
    return Finding(mention.kind, MINOR, REWORDED, sides.sentence(message), *spans)


def _sureness(own: Passage, other: Passage) -> float:
    """How much a name says that only one passage has: a language without blanks shortens names freely, so that nothing may be missing."""
    return EXPANDED if names(own.language).spaced and not names(other.language).spaced else ALONE


def _only(own: Passage, other: Passage, around: str) -> list[Mention]:
    """The names of a passage that the other one and its neighbours lack, each thing once."""
    theirs = names(other.language)
    mentions = names(own.language).find(own.text)
    if not mentions:
        return []
    elsewhere = f"{other.text}\n{around}"
    there = {(mention.kind, mention.code) for mention in theirs.find(elsewhere)}
    words: Words | None = None
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        thing = mention.kind, mention.code
        if thing in there or thing in found or thing not in theirs.forms or thing not in proper():
            continue
        name = own.text[mention.start : mention.end]
        if names(own.language).spaced and not PROPER.search(name):
            continue
        if theirs.spaced:
            words = words or Words(elsewhere)
        told = theirs.nearly(words, thing) if words else name.casefold() in elsewhere.casefold()
        if not told and len(name) < TITLE * len(own.text):
            found[thing] = mention
    return list(found.values())


def _quoted(passage: Passage, mention: Mention) -> str:
    return shown(passage.text[mention.start : mention.end])

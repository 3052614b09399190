"""The literal words that a pattern cannot do without, in small letters: where none of a set stands, in whatever case, it does not match.

They are read off the parsed pattern, a step at a time, and fewer than might be: what is not plain needs no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

Items = Sequence[tuple[Any, Any]]
Words = frozenset[str]

_parser: Any = import_module("re._parser")
MOST, LARGEST, WIDEST = 64, 800, 12
"""Words that are built letter by letter; words that all branches need together; letters of a range that are told apart."""
COMMON, ALIKE = 0.01, 0.5
"""A second set is asked for where it is rarer than this, and less than this share of its words goes with words of the first."""
FREQUENT = frozenset(" etaoinsrhl")


class Needs(NamedTuple):
    """exact: all that can be matched, where that is few words; sets: of each, every match holds a word."""

    exact: Words | None
    sets: tuple[Words, ...] = ()

    def all_sets(self) -> tuple[Words, ...]:
        return (*self.sets, self.exact) if self.exact and "" not in self.exact else self.sets


EMPTY: Words = frozenset(("",))


def needed_words(pattern: str) -> list[Words]:
    """The rarest set of words that a pattern needs, and another rare one where there is one; none where it needs no word."""
    parsed = _parser.parse(pattern)
    sets = sorted(set(_sequence(list(parsed)).all_sets()), key=lambda words: (frequency(words), sorted(words)))
    if not sets:
        return []
    first = _shortest(sets[0])
    for other in sets[1:]:
        alike = sum(any(one in two or two in one for two in first) for one in other)
        if frequency(other) < COMMON and alike <= ALIKE * len(other):
            return [first, _shortest(other)]
    return [first]


def frequency(words: Iterable[str]) -> float:
    """How often, very roughly, one of some words begins at a character of a text."""
    total = 0.0
    for word in sorted(words):
        rate = 1.0
        for letter in word:
            rate *= 0.15 if letter in FREQUENT else 0.06 if letter.isascii() else 0.003
        total += rate
    return total


def _shortest(words: Words) -> Words:
    """The words without those that hold another."""
    return frozenset(word for word in words if not any(other in word for other in words if other != word))


def _sequence(items: Items) -> Needs:
    exact, sets, closed = EMPTY, list[Words](), True
    for code, value in items:
        part = _item(str(code), value)
        sets += part.sets
        if part.exact is not None and len(exact) * len(part.exact) <= MOST:
            exact = frozenset([one + other for one in exact for other in part.exact])
            continue
        sets += Needs(exact).all_sets()
        exact, closed = part.exact if part.exact is not None else EMPTY, False
    return Needs(exact, tuple(sets)) if closed else Needs(None, (*sets, *Needs(exact).all_sets()))


def _item(name: str, value: Any) -> Needs:
    if name == "LITERAL":
        return Needs(_letter(value))
    if name == "IN":
        return Needs(_members(value))
    if name == "AT":
        return Needs(EMPTY)
    if name == "SUBPATTERN":
        return _sequence(list(value[-1]))
    if name == "BRANCH":
        return _branches([_sequence(list(part)) for part in value[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = value
        needs = _sequence(list(inner))
        if least == 0:
            return Needs(needs.exact | EMPTY if needs.exact is not None and most == 1 else None)
        return needs if most == 1 else Needs(None, needs.all_sets())
    return Needs(None)


def _letter(code: int) -> Words | None:
    letter = chr(code)
    if letter.isascii():
        return frozenset((letter.lower(),))
    return None if letter.lower() != letter.upper() else frozenset((letter,))


def _members(members: Items) -> Words | None:
    found: set[str] = set()
    for code, value in members:
        name = str(code)
        if name not in ("LITERAL", "RANGE"):
            return None
        low, high = (value, value) if name == "LITERAL" else value
        letters = [_letter(each) for each in range(low, high + 1)] if high - low <= WIDEST else [None]
        for letter in letters:
            if letter is None:
                return None
            found |= letter
    return frozenset(found)


def _branches(parts: Sequence[Needs]) -> Needs:
    exact: set[str] | None = set()
    for part in parts:
        exact = None if exact is None or part.exact is None else exact | part.exact
    if exact is not None and len(exact) <= MOST:
        return Needs(frozenset(exact))
    rarest = [min(part.all_sets(), key=frequency, default=EMPTY) for part in parts]
    joined = frozenset().union(*rarest)
    return Needs(None, (joined,) if "" not in joined and len(joined) <= LARGEST else ())

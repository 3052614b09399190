"""Rules are data: an id, a pattern, examples that it finds and ignores, and the values that it stands for.

A pattern is a regular expression without lookarounds or backreferences, so that RE2 can run it in linear time; `{name}`
in it stands for a slot, a named part that several patterns share. `re` is the reference reading. RE2 first tells which
patterns can match a sentence at all: most sentences need none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

import re2

from pipeline.core.alternation import compiled
from pipeline.core.boundaries import ascii_boundaries
from pipeline.core.errors import InputError
from pipeline.core.literals import needed_words

KEYS = {"id", "pattern", "finds", "ignores"}
CLASSES = {
    "\\s": r"\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}",
    "\\d": r"\p{Nd}",
    "\\w": r"\p{L}\p{N}_",
}
"""What `re` takes for a space, a digit and a letter, as RE2 writes it: its own classes are ASCII."""
WORD = r"0-9A-Za-z_\x{80}-\x{10ffff}"
"""More than `\\w`, in a twentieth of the states."""
ANYWHERE, AT_START = re2._Anchor.UNANCHORED, re2._Anchor.ANCHOR_START  # noqa: SLF001
LED = range(120, 4000)
"""Lengths of texts in which RE2 goes ahead of `re`: in shorter ones `re` is as fast, and in longer ones RE2, to which counts are
left open, may look ahead to the end of the text time and again."""
LARGEST_SET, SMALL_SET = 40, 16
"""Patterns. A larger set runs slower than a filter by literal words (74 patterns: 13 to 75 microseconds against 5 to 9, and 3 to 6
with the rarest words alone), and one that is not small does where nearly every pattern needs some word (23 patterns: 18 against 5)."""
COUNT = re.compile(r"\{(?P<least>\d+)(?:,\d*)?\}")
BOUNDARY = re.compile(r"\\[bB]")
SLOT = re.compile(r"\{([a-z_]+)\}")


class Rule:
    """One entry of a rules file. written: its pattern, slots filled in; values: every key besides id, pattern, finds and ignores."""

    __slots__ = ("_lead", "finds", "ignores", "pattern", "rule_id", "values", "written")

    def __init__(self, rule_id: str, written: str, finds: tuple[str, ...], ignores: tuple[str, ...], values: Mapping[str, Any]):
        self.rule_id, self.written, self.finds, self.ignores, self.values = rule_id, written, finds, ignores, values
        self.pattern = compiled(written)
        self._lead: Callable[..., list[tuple[int, int]]] | None = None

    def __repr__(self) -> str:
        return f"Rule({self.rule_id})"

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """All matches of `re`; RE2 may go ahead and tell where the next may start."""
        return self._led(text) if len(text) in LED else self.pattern.finditer(text)

    def _led(self, text: str) -> Iterator[re.Match[str]]:
        if self._lead is None:
            self._lead = _start_of(self.written)
        data = text.encode()
        place = spot = 0
        while (start := self._lead(ANYWHERE, data, spot, len(data))[0][0]) >= 0:
            place += len(data[spot:start].decode())
            found = self.pattern.search(text, place)
            if found is None:
                return
            if found.start() == found.end():
                yield from self.pattern.finditer(text, place)
                return
            yield found
            spot = start + len(text[place : found.end()].encode())
            place = found.end()


class Opening:
    """What a text may begin with: RE2 goes ahead of a pattern that `re` would take long to leave."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._lead = compiled(pattern), _start_of(pattern)

    def match(self, text: str) -> re.Match[str] | None:
        """The match of `re` at the beginning of a text."""
        data = text.encode()
        return None if self._lead(AT_START, data, 0, len(data))[0][0] < 0 else self._pattern.match(text)


def has_group(match: re.Match[str], name: str) -> bool:
    """Whether a named group took part in a match and holds something."""
    return name in match.re.groupindex and bool(match[name])


class RuleSet:
    """Rules that are tried together, in the order of their file."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def _find(self) -> Callable[[bytes], list[int]]:
        return _finder([rule.written for rule in self.rules])

    def candidates(self, text: str) -> list[Rule]:
        """The rules that may match somewhere in `text`; never leaves out one that does."""
        return self.candidates_of(text.encode())

    def candidates_of(self, data: bytes) -> list[Rule]:
        """The candidates of a text that is encoded already, as UTF-8."""
        found = self._find(data)
        return [self.rules[index] for index in sorted(found)] if found else []

    def candidates_in(self, texts: Sequence[bytes]) -> dict[int, list[Rule]]:
        """The candidates of many encoded texts by their numbers, in order, those with none left out."""
        find, rules = self._find, self.rules
        if isinstance(find, _ByWords):
            return {number: [rules[index] for index in found] for number, found in sorted(find.in_all(texts).items())}
        return {number: [rules[index] for index in sorted(found)] for number, data in enumerate(texts) if (found := find(data))}

    def matches(self, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """All matches of all rules, rule by rule."""
        for rule in self.candidates(text):
            for match in rule.pattern.finditer(text):
                yield rule, match

    def first(self, text: str) -> tuple[Rule, re.Match[str]] | None:
        """The match of the first rule, in file order, that matches."""
        for rule in self.candidates(text):
            if match := rule.pattern.search(text):
                return rule, match
        return None


def _start_of(pattern: str) -> Callable[..., list[tuple[int, int]]]:
    """Where a match may start, in bytes: RE2's own method, since the wrapper around it costs as much again."""
    options = _quiet()
    options.never_capture = True
    return re2.compile(for_prefilter(pattern), options=options)._regexp.Match  # type: ignore[no-any-return]  # noqa: SLF001


def _finder(patterns: Sequence[str]) -> Callable[[bytes], list[int]]:
    """What tells the numbers of those patterns of `re` that may match an encoded text."""
    if len(patterns) > LARGEST_SET:
        return _ByWords(patterns)
    widened = [for_prefilter(pattern) for pattern in patterns]
    if len(patterns) > SMALL_SET:
        found = _filter_of(widened)
        if len(found(b"", True)) * 10 <= len(patterns):
            return lambda text: found(text, False)
    return _set_of(widened) if patterns else _nothing


class _ByWords:
    """First the rarest words of each pattern, all in one automaton; then the patterns whose words are there, each by itself."""

    def __init__(self, patterns: Sequence[str]) -> None:
        words = [[_any_of(words) for words in needed_words(pattern)] for pattern in patterns]
        self._told = _filter_of(["(?s:.*)".join(sets) if sets else "(?s:.)" for sets in words])
        self._each = [_set_of([for_prefilter(pattern)]) for pattern in patterns]

    def __call__(self, text: bytes) -> list[int]:
        return [index for index in self._told(text, True) if self._each[index](text)]

    def in_all(self, texts: Sequence[bytes]) -> dict[int, list[int]]:
        """The same for many texts, pattern by pattern, so that the states of each are at hand."""
        told, found = self._told, defaultdict[int, list[int]](list)
        tried: list[list[int]] = [[] for _ in self._each]
        for number, text in enumerate(texts):
            for index in told(text, True):
                tried[index].append(number)
        for index, (matches, numbers) in enumerate(zip(self._each, tried, strict=True)):
            for number in numbers:
                if matches(texts[number]):
                    found[number].append(index)
        return found


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re2.escape, sorted(words)))})"


def _nothing(_: bytes) -> list[int]:
    return []


def _set_of(patterns: Iterable[str]) -> Callable[[bytes], list[int]]:
    """One automaton for all patterns: one pass, but its states multiply with their number.

    What is returned is the automaton's own method: the wrapper around it costs as much again.
    """
    found = re2.Set.SearchSet(_quiet())
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    return found._set.Match  # type: ignore[no-any-return]  # noqa: SLF001


def _filter_of(patterns: Iterable[str]) -> Callable[[bytes, bool], list[int]]:
    """An automaton of the literal words that each pattern needs, and the patterns behind it, each by itself.

    The function returned takes a text and whether it is enough that the words are there.
    """
    found = re2.Filter()
    for pattern in patterns:
        found.Add(pattern, _quiet())
    found.Compile()
    return found._filter.Match  # type: ignore[no-any-return]  # noqa: SLF001


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 28
    return options


def for_prefilter(pattern: str) -> str:
    r"""The pattern as RE2 must see it to match at least what `re` matches: Unicode classes, $ before a last line end,
    \b only where it means the same to both.

    A count is left open, since RE2 needs states for each step of it: the prefilter may find more, and does so faster.
    Raises ValueError for \S, \D or \W in a negated class, which would match less.
    """
    parts, inside, negated, index = [], False, False, 0
    kept = ascii_boundaries(pattern)
    boundaries = iter(kept if len(kept) == len(BOUNDARY.findall(pattern)) else repeat(all(kept)))
    lines = re.search(r"\(\?[a-z]*m", pattern) is not None
    while index < len(pattern):
        pair = pattern[index : index + 2]
        if pair in ("\\b", "\\B"):
            parts.append(pair if next(boundaries) else "")
            index += 2
        elif not inside and (count := COUNT.match(pattern, index)):
            parts.append("*" if count["least"] == "0" else "+")
            index = count.end()
        elif pair[0] == "\\":
            if negated and pair in ("\\S", "\\D", "\\W"):
                raise ValueError(f"{pair} stands in a negated class")
            ranges = WORD if pair == "\\w" and not negated else CLASSES.get(pair)
            parts.append(_escape(pair) if ranges is None else ranges if inside else f"[{ranges}]")
            index += 2
        else:
            opens = pair[0] == "[" and not inside
            inside = opens or (inside and pair[0] != "]")
            negated = inside and (pair == "[^" if opens else negated)
            parts.append(r"\n?\z" if pair[0] == "$" and not inside and not lines else pair[0])
            index += 1
    return "".join(parts)


def _escape(pair: str) -> str:
    return pair if ord(pair[1]) < 128 else pair[1]


def fill(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its slots, and theirs, filled in."""
    for _ in range(8):
        filled = SLOT.sub(lambda match: f"(?:{slots[match[1]]})" if match[1] in slots else match[0], pattern)
        if filled == pattern:
            return filled
        pattern = filled
    raise ValueError("slots contain each other")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, grouped by their first letter, which may be small or large."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"[{first.upper()}{first}](?:{'|'.join(rests)})" if first.islower() else f"{re.escape(first)}(?:{'|'.join(rests)})"
        for first, rests in by_first.items()
    )


def compile_rules(entries: Iterable[Mapping[str, Any]], slots: Mapping[str, str], where: Path | str) -> RuleSet:
    """The rules of one group of a rules file. Raises InputError where an entry is not a rule."""
    return RuleSet(_rule(entry, slots, where) for entry in entries)


def _rule(entry: Mapping[str, Any], slots: Mapping[str, str], where: Path | str) -> Rule:
    if missing := {"id", "pattern", "finds"} - entry.keys():
        raise InputError(where, f"rule {entry.get('id')!r} has no {', '.join(sorted(missing))}", "add what is missing")
    try:
        filled = fill(str(entry["pattern"]), slots)
        re.compile(filled)
        re2.compile(for_prefilter(filled), options=_quiet())
    except (re.error, re2.error, ValueError) as error:
        raise InputError(where, f"rule {entry['id']!r} does not compile: {error}", "correct its pattern") from error
    values = {key: value for key, value in entry.items() if key not in KEYS}
    return Rule(str(entry["id"]), filled, tuple(entry["finds"]), tuple(entry.get("ignores", ())), values)

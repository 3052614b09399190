"""How one language writes quantities: targets.yaml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from pipeline.core.alternation import compiled
from pipeline.core.language import Language
from pipeline.core.quantity import Numerals, load_units
from pipeline.core.rules import Rule, RuleSet, fill

FOLDED = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
FOLDED |= {ord(wide): ord(narrow) for wide, narrow in zip("％．／＋－＜＞～＄", "%./+-<>~$", strict=True)}

NEVER = "\0(?!)"
"""A pattern that matches nothing, and finds that out by looking for one character."""

NOTHING = "nothing"
"""What a rule reads that only keeps others from reading a number."""

FULL_WIDTH_LEADS = sorted({chr(code).encode()[:2] for code in FOLDED})
FULL_WIDTH = re.compile(f"[{re.escape(''.join(map(chr, sorted(FOLDED))))}]")
TAG = re.compile(r"<su[bp]>[^<>]{0,12}</su[bp]>|</?[A-Za-z][^<>]{0,80}>")
"""Markup, and the small figures of formulas and notes, none of which is a value or compares one."""


def fold(text: str) -> str:
    """The text with full-width digits, letters and signs made narrow and markup left blank, at the same offsets."""
    narrow = text.translate(FOLDED) if FULL_WIDTH.search(text) else text
    return TAG.sub(_blank, narrow) if "<" in narrow else narrow


def _blank(found: re.Match[str]) -> str:
    return "\u2007" * (found.end() - found.start())


def fold_all(texts: Sequence[str], encoded: Sequence[bytes]) -> tuple[Sequence[str], Sequence[bytes]]:
    """Texts folded one by one, plain and in UTF-8; as they are where none needs it."""
    data = b"\n".join(encoded)
    wide = any(lead in data for lead in FULL_WIDTH_LEADS) and FULL_WIDTH.search("\n".join(texts))
    if not wide and b"<" not in data:
        return texts, encoded
    folded = [fold(text) for text in texts]
    return folded, [text.encode() for text in folded]


class Cue(NamedTuple):
    """A word that a rule found in a window: the code that it stands for, and its span in the window."""

    rule_id: str
    code: str
    start: int
    end: int


class Words:
    """The regular expressions that are plain settings of targets.yaml, by name; null never matches."""

    def __init__(self, language: Language) -> None:
        self._language, self._compiled = language, dict[str, re.Pattern[str]]()

    def __getitem__(self, key: str) -> re.Pattern[str]:
        found = self._compiled.get(key)
        if found is None:
            text = self._language.setting("targets", key)
            found = compiled(fill(text, self._language.slots("targets")) if text else NEVER)
            self._compiled[key] = found
        return found


class Grammar:
    """The quantities part of a language pack.

    words: patterns by name; units, scales, denominators, counted: wording → code or power; spaced: words have spaces between.
    """

    def __init__(self, language: Language) -> None:
        self.language, self.words = language, Words(language)
        self.spaced, self.decimal_comma = bool(self.setting("spaces")), bool(self.setting("decimal_comma"))
        self.numerals = Numerals(self.setting("numerals"), self.setting("scales"), self.spaced)
        self.values: RuleSet = language.group("targets", "values")
        self.order = {rule.rule_id: position for position, rule in enumerate(self.values.rules)}
        self._reading = RuleSet(rule for rule in self.values.rules if rule.values["reads"] != NOTHING)
        self._passing = RuleSet(rule for rule in self.values.rules if rule.values["reads"] == NOTHING)
        self.units = _by_wording(self.setting("units"))
        self.scales = {word: Decimal(value) for word, value in self.setting("scales_after_digits").items()}
        self.denominators, self.counted = _by_wording(self.setting("denominators")), _by_wording(self.setting("counted"))
        self.unit_pattern, self.scale_pattern = _any_of(self.units), _any_of(self.scales)
        self.denominator_pattern = _any_of(self.denominators)
        rate = self.setting("rate_before")
        self.rate_before = re.compile(f"(?:{rate})+$" if rate else "(?!)")
        self.short_scales = frozenset(self.setting("short_scales", ()))
        self.count_units = frozenset(self.setting("count_units"))
        self.time_units = frozenset(self.setting("time_units"))
        self.digits_only_units = frozenset(self.setting("digits_only_units"))
        self.or_so = {str(word): str(code) for word, code in self.setting("or_so").items()}
        self.currencies: dict[str, str] = self.setting("currencies")
        self.ordinals: dict[str, int] = self.setting("ordinals")
        self.noun_classifiers = frozenset(self.setting("noun_classifiers", ()))
        self.clause_ends = frozenset(self.setting("clause_ends"))
        self.of_words = frozenset(self.setting("of_words"))
        self.particle: str | None = self.setting("particle")
        self.fraction_parts: dict[str, int] = self.setting("fraction_parts", {})

    def value_rules(self, texts: Sequence[bytes]) -> dict[int, list[Rule]]:
        """By the numbers of encoded texts, the rules that may read a value there, and those for numbers that are to be passed over."""
        found = self._reading.candidates_in(texts)
        return {number: rules + self._passing.candidates_of(texts[number]) for number, rules in found.items()}

    def setting(self, key: str, default: Any = None) -> Any:
        """A plain value of targets.yaml."""
        return self.language.setting("targets", key, default)

    def cue(self, group: str, window: str, key: str) -> Cue | None:
        """What the first rule of a group that matches in a short window says under `key`."""
        for rule in self.language.group("targets", group).rules:
            if found := rule.pattern.search(window):
                return Cue(rule.rule_id, str(rule.values[key]), found.start(), found.end())
        return None

    def unit_code(self, wording: str) -> str:
        """The unit that a wording found by `unit_pattern` stands for."""
        return self.units.get(wording) or self.units[" ".join(wording.split())]

    def dimension(self, unit: str) -> str | None:
        """What a unit measures; None for one that is made of several."""
        known = load_units().get(unit)
        return known.dimension if known else None

    def counted_kind(self, noun: str) -> str | None:
        """The unit of a counted noun by its last word or words."""
        if not self.spaced:
            return next((code for word, code in self.counted.items() if noun.endswith(word)), None)
        counted = self.words["number_of"].match(noun)
        words = (counted["what"] if counted else noun).split()
        if counted and (first := next((word for word in words if word in self.counted), None)):
            return self.counted[first]
        tails = (" ".join(words[-size:]) for size in (2, 1) if len(words) >= size)
        return next((self.counted[tail] for tail in tails if tail in self.counted), "item" if counted else None)


def _by_wording(codes: dict[str, list[str]]) -> dict[str, str]:
    return {word: code for code, words in codes.items() for word in words}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first; a word of Latin letters is found as a whole word only."""
    parts = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        escaped = re.escape(word).replace(r"\ ", r"\s")
        parts.append(escaped + "(?![A-Za-z])" if word[-1].isascii() and word[-1].isalnum() else escaped)
    return compiled("|".join(parts))


@cache
def grammar_of(language: Language) -> Grammar:
    """The grammar of a language pack."""
    return Grammar(language)

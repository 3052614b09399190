"""What the language packs say about plain text: script, line ends, unit starts, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import re2

from pipeline.core.alternation import compiled
from pipeline.core.language import language_codes, load_language
from pipeline.core.rules import Opening, Rule, RuleSet

FILE = "source"


class Words:
    """The layout habits of one language.

    letters: runs of its script's letters; weight: content of one letter; spaced: whether words stand apart; open_ends, links:
    last words of a line that goes on; citing: those of them that stand before a number; never_first: characters that begin no
    line; frequent: commonest characters;
    often_translation: whether a text beside one in another language is mostly its translation.
    """

    def __init__(self, code: str) -> None:
        language = load_language(code)
        self.code = code
        self.script = str(language.setting(FILE, "letters"))
        self.letters = re.compile(f"[{self.script}]+")
        self.some = re2.compile(f"[{self.script}]".encode())
        self.weight = int(language.setting(FILE, "weight", 1))
        self.spaced = bool(language.setting(FILE, "spaced", True))
        self.open_ends = frozenset(language.setting(FILE, "open_ends", ()))
        self.citing = frozenset(language.setting(FILE, "citing", ()))
        self.links = frozenset(language.setting(FILE, "links", ()))
        self.never_first = frozenset(language.setting(FILE, "never_first", ""))
        self.frequent = str(language.setting(FILE, "frequent", ""))
        self.often_translation = bool(language.setting(FILE, "often_translation", False))
        self.months: dict[str, int] = language.setting(FILE, "months", {})

    def amount(self, text: str) -> int:
        """How much of a text is in this script: letters, weighted by their content."""
        if self.some.search(text.encode("utf-8", "replace")) is None:
            return 0
        return self.weight * sum(map(len, self.letters.findall(text)))


@cache
def words(language: str) -> Words:
    """The habits of a BCP 47 language."""
    return Words(load_language(language).code)


@cache
def all_words() -> tuple[Words, ...]:
    """The habits of all languages that there are."""
    return tuple(words(code) for code in language_codes())


@cache
def rules(group: str) -> RuleSet:
    """The rules of a group in all languages together: foreign lines stand in many texts."""
    return RuleSet(rule for code in language_codes() for rule in load_language(code).group(FILE, group).rules)


def _union(chosen: Iterable[Rule]) -> str:
    return "|".join(f"(?:{rule.written})" for rule in chosen) or r"[^\s\S]"


@cache
def unit_starts(strength: str) -> re.Pattern[str]:
    """What begins a paragraph: 'closed' lines are whole in themselves, 'strong' ones begin one, 'weak' ones may."""
    return compiled(_union(rule for rule in rules("unit_starts").rules if _strength(rule) == strength))


@cache
def row_ends() -> re.Pattern[str]:
    """How a line ends that is an entry of a table of contents."""
    return compiled(_union(rules("row_ends").rules))


def _strength(rule: Rule) -> str:
    return "closed" if rule.values.get("closed") else str(rule.values.get("strength", "strong"))


@cache
def furniture(where: str) -> Opening:
    """Lines that are furniture: at the edges of a text, anywhere, or with all that follows ('edge', 'any', 'rest')."""
    return Opening(_union(rule for rule in rules("furniture").rules if rule.values["where"] == where))


def furniture_rule(line: str) -> Rule | None:
    """The rule that knows a line as furniture."""
    found = rules("furniture").first(line)
    return found[0] if found else None

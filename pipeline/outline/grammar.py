"""A language's outline rules, compiled: what looks like a label, a table of contents, a closing, a sentence end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec import Struct

from pipeline.core.alternation import compiled
from pipeline.core.language import Language
from pipeline.core.rules import Rule

_NAMED = re.compile(r"\(\?P<\w+>")


class LabelRule(Struct, frozen=True, gc=False):
    """A way to write a label.

    form: how the number is set off, or 'word' where a word stands before it; strength: what it costs to take it for no
    label; rank: place of a word that always nests in one order; leaf: holds no sections; title: must look like a title.
    """

    rule_id: str
    pattern: re.Pattern[str]
    form: str
    strength: float
    strength_arabic: float
    kind: str | None
    rank: int | None
    leaf: bool
    title: bool


class Grammar:
    """The outline rules and settings of one language."""

    def __init__(self, language: Language) -> None:
        settings = language.settings
        self.code = language.code
        self.words: dict[str, int] = dict(settings["number_words"])
        self.limits: dict[str, int] = dict(settings["heading_limits"])
        self.spaced = bool(settings["spaced"])
        self.abbreviations = frozenset(str(word) for word in settings["abbreviations"])
        self.open_ends = frozenset(str(word) for key in ("open_ends", "links") for word in language.setting("source", key, ()))
        self.before_digits = frozenset(str(word) for word in settings["abbreviations_before_digits"])
        self.abbreviation_ends = frozenset(word[-2:] for word in self.abbreviations | self.before_digits)
        self._labels = language.group("outline", "labels")
        self.labels = tuple(_label_rule(rule) for rule in self._labels.rules)
        self._label_rules = {rule.rule_id: rule for rule in self.labels}
        self.same_words: dict[str, str] = dict(language.setting("outline", "same_words", {}))
        self.any_label = any_of(rule.pattern for rule in self.labels)
        self.inline = language.group("outline", "inline")
        self.adjacent = language.group("outline", "adjacent")
        self.first_notes = language.group("outline", "notes")
        self.notes = any_of(rule.pattern for rule in self.first_notes.rules)
        self.glued_titles = any_of((rule.pattern for rule in language.group("outline", "glued_titles").rules), "title")
        self.telling = any_of(rule.pattern for rule in language.group("outline", "telling").rules)
        self.cites = language.group("outline", "cites")
        self.promises = language.group("outline", "promises")
        self.never = any_of(rule.pattern for rule in language.group("outline", "never").rules)
        self.continued = any_of(rule.pattern for rule in language.group("outline", "continued").rules)
        self.contents = language.group("outline", "contents")
        self.unnumbered = language.group("outline", "unnumbered")
        self.dates = language.group("outline", "dates")
        self.signatures = language.group("outline", "signatures")
        self.date_ends = language.group("outline", "date_ends")
        self.closing = language.group("outline", "closing")
        self.signing = frozenset(
            str(example)[0] for rule in self.closing.rules if rule.values.get("sign") for example in rule.finds
        )
        self.captions = any_of(rule.pattern for rule in language.group("outline", "captions").rules)
        self.issuers = language.group("outline", "issuers")
        self.table_notes = language.group("outline", "table_notes")

    def labels_of(self, head: str) -> list[LabelRule]:
        """The rules that may read a label at the beginning of `head`, in their order."""
        return [self._label_rules[rule.rule_id] for rule in self._labels.candidates(head)]

    def begins_with_word(self, text: str) -> bool:
        """Whether a line begins with the label of a part, a chapter or another section that a word names."""
        return any(rule.rank is not None and rule.pattern.match(text) for rule in self.labels_of(text[:160]))

    def is_date(self, text: str) -> bool:
        """Whether a line is a date and nothing else."""
        return len(text) <= 60 and self.dates.first(text) is not None

    def ends_with_date(self, text: str) -> bool:
        """Whether a short line ends with a date, perhaps behind a place or a name."""
        return text[-1:].isdigit() and len(text) <= 2 * self.limits["line"] and self.date_ends.first(text) is not None

    def is_issuer(self, text: str) -> bool:
        """Whether a line is the name of a body and nothing else."""
        return len(text) <= self.limits["line"] and self.issuers.first(text) is not None

    def closing_rule(self, text: str) -> Rule | None:
        """The rule of lines after the last section that a line follows, if any."""
        found = self.closing.first(text[:200])
        return found[0] if found else None

    def unnumbered_rule(self, text: str) -> Rule | None:
        """The rule of well-known headings without a label that a line follows, if any."""
        found = self.unnumbered.first(text) if len(text) <= self.limits["title"] else None
        return found[0] if found else None


def any_of(patterns: Iterable[re.Pattern[str]], *kept: str) -> re.Pattern[str]:
    """One pattern that matches where any of the patterns does, without its groups' names but for those `kept`."""
    names = [f"(?P<{name}>" for name in kept]
    return compiled(
        "|".join(
            f"(?:{_NAMED.sub(lambda name: name[0] if name[0] in names else '(?:', pattern.pattern)})" for pattern in patterns
        )
        or "(?!)"
    )


def _label_rule(rule: Rule) -> LabelRule:
    values: Any = rule.values
    strength = float(values["strength"])
    return LabelRule(
        rule.rule_id, rule.pattern, str(values.get("form", "word")), strength, float(values.get("strength_arabic", strength)),
        values.get("kind"), values.get("rank"), bool(values.get("leaf", False)), bool(values.get("title", False)),
    )  # fmt: skip


@cache
def grammar(language: Language) -> Grammar:
    """The compiled outline rules of a language, made once."""
    return Grammar(language)

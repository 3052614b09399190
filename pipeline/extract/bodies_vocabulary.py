"""The words of one language about bodies, compiled once: rules of duties.yaml, names, and the codelist of bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from pipeline.core.alternation import compiled
from pipeline.core.language import Language, read_table
from pipeline.core.paths import SCHEMAS
from pipeline.core.rules import RuleSet, compile_rules, fill
from pipeline.extract.names import NameIndex, name_index

NOTHING = r"[^\s\S]"
"""A pattern for what a language has no words for."""

GROUPS = ("find", "short_forms", "first_leads", "labels", "brackets", "roles", "front")
PATTERNS = (
    "not_after", "not_before", "not_inside", "not_bare", "hidden", "acting", "acronym", "goes_on", "heads", "territory", "within",
    "local_before", "leading", "shared", "joiners", "break", "list_break", "weak_joiners", "last_joiner", "comma", "bracket", "segment",
    "filler", "promised", "label_value", "label_break", "item", "not_item", "item_body", "backgrounds", "gap", "gap_break", "not_of_name",
    "listed_before", "listed_after", "office_after", "second_name", "sentence_case", "edge", "tail", "list_tail", "aside", "not_actor",
)  # fmt: skip


class Span(Struct):
    """A body as it is printed in a sentence. named: it has a name of its own; tier 3 counts only where a task is laid on it.

    asked: false where the name alone does not tell that the text lays a task on it, so that it counts only with a role.
    """

    start: int
    end: int
    body_id: str | None
    name: str
    rule_id: str
    named: bool = False
    tier: int = 1
    anaphor: bool = False
    asked: bool = True


@cache
def body_types() -> dict[str, str]:
    """Body code → type, from the codelist."""
    return {row["code"]: row["body_type"] for row in read_table(SCHEMAS / "codelists" / "bodies.csv")}


class Vocabulary:
    """What duties.yaml and names.csv of one language say."""

    def __init__(self, language: Language) -> None:
        self.capitals: bool = language.setting("duties", "capitals", False)
        self.groups: dict[str, RuleSet] = {group: language.group("duties", group) for group in GROUPS}
        slots = language.slots("duties")
        self.patterns = {key: compiled(fill(language.setting("duties", key, NOTHING), slots)) for key in PATTERNS}
        self.acronyms = {rule.rule_id for rule in self.groups["find"].rules if rule.values.get("acronym") == "spread"}
        self.laid = {rule.rule_id: str(rule.values["role"]) for rule in self.groups["find"].rules if "role" in rule.values}
        self.actor_pattern = compiled(fill("{actor}", slots))
        self.domain_pattern = compiled(fill("{domain}", slots))
        self.hides: list[str] = language.setting("duties", "hides", [""])
        self.joins: list[str] = language.setting("duties", "joins", [])
        self.equivalents: dict[str, str] = language.setting("duties", "equivalents", {})
        self.domains: dict[str, str] = language.setting("duties", "domains", {})
        self.actors = _words_first(language.setting("duties", "actors", {}))
        self.meant: dict[str, dict[str, str]] = language.setting("duties", "meant", {})
        self.unresolved: dict[str, str] = language.setting("duties", "unresolved", {})
        self.offices: list[str] = language.setting("duties", "offices", [])
        self.own: str = language.setting("duties", "own", "")
        written = language.setting("duties", "evidence", {})
        entries = [{"id": country, "pattern": words, "finds": ()} for country, words in written.items()]
        self.evidence = compile_rules(entries, {}, f"pipeline/languages/{language.code}/duties.yaml")
        self.names: NameIndex = NameIndex(name for name in language.names if name.kind == "body")
        self.all_names: NameIndex = name_index(language)

    def plain(self, text: str) -> str:
        """A sentence as the rules read it: punctuation of one width, every character where it was."""
        for mark, other in self.equivalents.items():
            text = text.replace(mark, other)
        return text

    def body_named(self, name: str, countries: frozenset[str]) -> str | None:
        """The code of a body by its exact name; of a name that countries share, that of a country the text is about."""
        rows = self.names.by_name.get(name, ())
        if not rows or not self.patterns["shared"].match(name) or not self.evidence.rules:
            return rows[0].id if rows else None
        return next((row.id for row in rows if row.id.split("-")[0] in countries), None)

    def domain(self, words: str) -> str | None:
        """The class of authorities in charge of a field of work."""
        return self.domains.get(words) or self.domains.get(words[:1].lower() + words[1:])

    def actor(self, words: str) -> str | None:
        """The class that an actor without a name belongs to: the first that a word of it tells."""
        return first_told(words, self.actors)


def first_told(words: str, classes: Mapping[str, str]) -> str | None:
    """The first of the classes whose key stands in the words, in whatever case."""
    folded = words.casefold()
    return next((body_id for key, body_id in classes.items() if key in folded), None)


def _words_first(classes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: body_id for body_id, words in classes.items() for word in words}


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language, compiled once."""
    return Vocabulary(language)

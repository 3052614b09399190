"""What every extractor sees: one text's outline, its language, what each section is about, and its deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import force_setattr

from pipeline.core.language import Language
from pipeline.core.model import Outline, Section
from pipeline.extract.deadlines import Deadlines, find_deadlines
from pipeline.extract.names import FOUND_ALL, name_index, names_by_sentence

SHARED = frozenset(("guidance", "principles", "goals"))
"""Topics that a chapter's heading often names together; its sections then tell them apart."""
TOPICS = ("front", "background", "guidance", "goals", "principles", "tasks", "closing")


class Context(Struct, frozen=True):
    """One text as the extractors read it. topics: section_id → one of TOPICS; named: sentence number → names of any kind in it;
    encoded: the sentences in UTF-8, as rules are tried against them.
    """

    outline: Outline
    language: Language
    topics: Mapping[str, str]
    deadlines: Deadlines
    named: Mapping[int, Sequence[FOUND_ALL]] = {}
    encoded: Sequence[bytes] = ()

    def __post_init__(self) -> None:
        if not self.encoded:
            force_setattr(self, "encoded", [sentence.text.encode() for sentence in self.outline.sentences])


def context_of(outline: Outline, language: Language, issued: int | None = None) -> Context:
    """The context of one text. issued: the year of issue, where it is known from elsewhere than the text."""
    encoded = [sentence.text.encode() for sentence in outline.sentences]
    topics, deadlines = find_topics(outline.sections, language), find_deadlines(outline, language, issued, encoded)
    return Context(outline, language, topics, deadlines, names_by_sentence(outline.sentences, name_index(language)), encoded)


def find_topics(sections: tuple[Section, ...], language: Language) -> dict[str, str]:
    """What each section is about, from its label or heading, else from its parent's; without either it is about tasks."""
    parents = {section.parent_id for section in sections}
    topics: dict[str, str] = {}
    for section in sections:
        inherited = topics.get(section.parent_id or "", "tasks")
        topics[section.section_id] = _topic(section, language, section.section_id in parents) or inherited
    return topics


def _topic(section: Section, language: Language, divided: bool) -> str | None:
    if section.kind in ("front", "closing"):
        return section.kind
    if section.kind == "preamble":
        return "background"
    if section.label and (named := topic_named(section.label, language)):
        return named
    longest = language.setting("objectives", "longest_topic_heading")
    if not section.heading or len(section.heading) > longest:
        return None
    first = topic_named(section.heading, language)
    if first and divided:
        rules = language.group("objectives", "topics").matches(section.heading)
        if len(SHARED.intersection(str(rule.values["topic"]) for rule, _ in rules)) > 1:
            return "guidance"
    acts = first == "background" and language.group("objectives", "actions").first(section.heading)
    return "tasks" if acts else first


@lru_cache(maxsize=4096)
def topic_named(words: str, language: Language) -> str | None:
    """The topic that a label or a heading names; labels come again and again, and a heading is asked about more than once."""
    found = language.group("objectives", "topics").first(words)
    return str(found[0].values["topic"]) if found else None

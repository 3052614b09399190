"""What every extractor sees: one text's outline, its language, what each section is about, and its deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pipeline.core.language import Language
from pipeline.core.model import Outline, Section
from pipeline.extract.deadlines import Deadlines, find_deadlines
from pipeline.extract.names import FOUND_ALL, name_index, names_by_sentence

SHARED = frozenset(("guidance", "principles", "goals"))
"""Topics that a chapter's heading often names together; its sections then tell them apart."""
TOPICS = ("front", "background", "guidance", "goals", "principles", "tasks", "closing")


class Context(Struct, frozen=True):
    """One text as the extractors read it. topics: section_id → one of TOPICS; named: sentence number → names of any kind in it."""

    outline: Outline
    language: Language
    topics: Mapping[str, str]
    deadlines: Deadlines
    named: Mapping[int, Sequence[FOUND_ALL]] = {}


def context_of(outline: Outline, language: Language, issued: int | None = None) -> Context:
    """The context of one text. issued: the year of issue, where it is known from elsewhere than the text."""
    topics, deadlines = find_topics(outline.sections, language), find_deadlines(outline, language, issued)
    return Context(outline, language, topics, deadlines, names_by_sentence(outline.sentences, name_index(language)))


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
    rules = language.group("objectives", "topics")
    if section.label and (found := rules.first(section.label)):
        return str(found[0].values["topic"])
    longest = language.setting("objectives", "longest_topic_heading")
    if not section.heading or len(section.heading) > longest:
        return None
    named = list(dict.fromkeys(str(rule.values["topic"]) for rule, _ in rules.matches(section.heading)))
    if not named:
        return None
    if divided and len(SHARED.intersection(named)) > 1:
        return "guidance"
    acts = named[0] == "background" and language.group("objectives", "actions").first(section.heading)
    return "tasks" if acts else named[0]

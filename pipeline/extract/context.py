"""What every extractor sees: one text's outline, its language, what each section is about, and its deadlines."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from pipeline.core.language import Language
from pipeline.core.model import Outline, Section
from pipeline.extract.deadlines import Deadlines, find_deadlines

TOPICS = ("front", "background", "guidance", "goals", "principles", "tasks", "closing")


class Context(Struct, frozen=True):
    """One text as the extractors read it. topics: section_id → one of TOPICS."""

    outline: Outline
    language: Language
    topics: Mapping[str, str]
    deadlines: Deadlines


def context_of(outline: Outline, language: Language, issued: int | None = None) -> Context:
    """The context of one text. issued: the year of issue, where it is known from elsewhere than the text."""
    return Context(outline, language, find_topics(outline.sections, language), find_deadlines(outline, language, issued))


def find_topics(sections: tuple[Section, ...], language: Language) -> dict[str, str]:
    """What each section is about, from its label or heading, else from its parent's; without either it is about tasks."""
    topics: dict[str, str] = {}
    for section in sections:
        inherited = topics.get(section.parent_id or "", "tasks")
        topics[section.section_id] = _topic(section, language) or inherited
    return topics


def _topic(section: Section, language: Language) -> str | None:
    if section.kind in ("front", "closing"):
        return section.kind
    if section.kind == "preamble":
        return "background"
    topics = language.group("objectives", "topics")
    if section.label and (found := topics.first(section.label)):
        return str(found[0].values["topic"])
    longest = language.setting("objectives", "longest_topic_heading")
    if not section.heading or len(section.heading) > longest:
        return None
    found = topics.first(section.heading)
    topic = str(found[0].values["topic"]) if found else None
    acts = topic == "background" and language.group("objectives", "actions").first(section.heading)
    return "tasks" if acts else topic

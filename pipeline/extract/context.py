"""What every extractor sees: one text's outline, its language, what each section is about, and its deadlines."""

from __future__ import annotations

from collections import Counter
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
FEW, MANY = 2, 6
"""Sentences of a section that are the wording of the goal which its heading names; and those that explain goals."""
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
    topics, deadlines = find_topics(outline, language), find_deadlines(outline, language, issued, encoded)
    return Context(outline, language, topics, deadlines, names_by_sentence(outline.sentences, name_index(language)), encoded)


def find_topics(outline: Outline, language: Language) -> dict[str, str]:
    """What each section is about, from its label or heading, else from its parent's; without either it is about tasks.

    A chapter that only bears the name of a goal says how to reach it: its own words are about that, and those of its parts that are
    more than points about tasks, and so are those without a label beside it.
    """
    parents = {section.parent_id for section in outline.sections}
    said = Counter(sentence.section_id for sentence in outline.sentences if sentence.kind != "heading")
    topics: dict[str, str] = {}
    named: set[str] = set()
    beside: set[str | None] = set()
    for section in outline.sections:
        divided, own = section.section_id in parents, said[section.section_id]
        under = section.parent_id in named or (section.parent_id in beside and not section.label)
        topic = _topic(section, language, divided)
        if topic is None:
            above = topics.get(section.parent_id or "", "tasks")
            topic = "tasks" if under and section.heading and (divided or own) else _inherited(section, above, own)
        if topic == "goals" and names_goal(section, language):
            named.add(section.section_id)
            beside.add(section.parent_id)
            topic = "goals" if own <= FEW or not section.heading else "guidance"
        topics[section.section_id] = topic
    return topics


def _inherited(section: Section, above: str, said: int) -> str:
    """What a section is about that does not say so; said: how many sentences are its own. Many explain goals rather than set them."""
    return "guidance" if section.heading and above == "goals" and said > MANY else above


def names_goal(section: Section, language: Language) -> bool:
    """Whether a section is one goal by its label or the beginning of its heading: 'Goal 3', 'First objective'."""
    rules = language.group("objectives", "topics")
    told = (rules.first(words) for words in (section.label, section.heading) if words)
    return any(found is not None and "one" in found[0].values for found in told)


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

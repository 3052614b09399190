"""What the sentences of one text are read by for goals and measures: what each is about, and which rules count there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from pipeline.core.language import Language
from pipeline.core.model import Section, Sentence
from pipeline.core.rules import Rule, RuleSet
from pipeline.extract.context import MANY, Context, topic_named
from pipeline.extract.objective_clauses import words

UNTITLED = {"front", "closing", "table", "box"}
LONGEST_LEAD, LONGEST_LABEL = 200, 60
LABEL_ENDS = ":", "：", "——"
EDGES = {"front", "closing"}
LISTED = {"goals": "goal_list", "principles": "principle_list"}


class Reader:
    """What the sentences of one text are read by.

    rules: those of `sentence_rules` that may match, by sentence; tasks: see _task_headings; strives: it has no section of goals,
    and is no law.
    """

    def __init__(self, context: Context, by_id: dict[str, Section]) -> None:
        self._context, self._by_id = context, by_id
        self.tasks = _task_headings(context)
        self.strives = not _has_goals(context) and all(one.kind != "article" for one in by_id.values())
        self.openings = _openings(context, by_id)
        self._topic, self._lists, self._under, self._last = "", "", "", -1
        self._place: tuple[int, str] = (-1, "")
        self._home = ""
        self._said = Counter(sentence.section_id for sentence in context.outline.sentences)
        self._scopes: dict[tuple[str, str], tuple[str, ...]] = {}
        rules = sentence_rules(context.language)
        self.rules: Mapping[int, Sequence[Rule]] = rules.candidates_in(context.encoded)
        self._stating = frozenset(rule for rule in rules.rules if "scope" in rule.values)

    def topic(self, sentence: Sentence) -> str:
        """What a sentence is about: what its paragraph opens with ('Main objectives: …') or stands under, else its section."""
        here, text, language = self._context.topics[sentence.section_id], sentence.text, self._context.language
        if sentence.kind != "sentence":
            self._topic, self._lists, self._under = "", "", ""
            return here
        if (place := (sentence.paragraph, sentence.section_id)) != self._place:
            self._place = place
            labelled = any(mark in text for mark in LABEL_ENDS) or "。" in text[:-1]
            self._topic = self._opened(sentence) if self._lists or labelled else ""
            if here not in EDGES:
                self._note_line(sentence)
        if text[-1] in ":：":
            named = (topic for topic in LISTED if words(language, LISTED[topic]).search(text[-LONGEST_LEAD:]))
            self._lists = next(named, self._lists)
            self._home = sentence.section_id
        return self._topic or self._under or here

    def _note_line(self, sentence: Sentence) -> None:
        """Notes what a short line without a label says about the paragraphs that it heads."""
        text, language = sentence.text, self._context.language
        if len(text) <= LONGEST_LABEL and text[-1].isalnum() and not words(language, "bullet").match(text):
            self._under = topic_named(text, language) or ""
            self._last = sentence.paragraph + language.setting("objectives", "reach_of_line")
        elif sentence.paragraph > self._last:
            self._under = ""

    def _opened(self, sentence: Sentence) -> str:
        """The topic that a paragraph opens with by a label, or has as a point of a list of goals; else nothing."""
        language, text = self._context.language, sentence.text
        opening = language.group("objectives", "paragraph_topics").first(text[:LONGEST_LABEL])
        if not (self._lists and self._belongs(sentence)):
            self._lists = ""
        return str(opening[0].values["topic"]) if opening else self._lists

    def _belongs(self, sentence: Sentence) -> bool:
        """Whether a paragraph is a point of the list that was announced: a numbered one below the words that announce it."""
        if words(self._context.language, "bullet").match(sentence.text):
            return True
        above: str | None = sentence.section_id
        while self.is_point(sentence) and above is not None and above != self._home:
            above = self._by_id[above].parent_id
        return above == self._home and self.is_point(sentence)

    def stating(self, section_id: str, topic: str, rules: Iterable[Rule]) -> Sequence[Rule]:
        """Those of some rules by which a sentence names a goal by itself here: see `stated` in objectives.yaml."""
        if self._stating.isdisjoint(rules):
            return ()
        return [rule for rule in rules if rule in self._stating and rule.values["scope"] in self._counted(section_id, topic)]

    def _counted(self, section_id: str, topic: str) -> tuple[str, ...]:
        found = self._scopes.get((section_id, topic))
        if found is None:
            opens = section_id in self.openings
            strives = opens or topic != "background" or self._context.language.setting("objectives", "strives_anywhere")
            counted = {"any": True, "opening": opens, "striving": self.strives and strives}
            found = self._scopes[section_id, topic] = tuple(scope for scope, counts in counted.items() if counts)
        return found

    def stands_alone(self, index: int) -> bool:
        """Whether a sentence is all that its section says."""
        sentences = self._context.outline.sentences
        beside = sentences[max(0, index - 1) : index] + sentences[index + 1 : index + 2]
        here = sentences[index].section_id
        return not any(other.section_id == here and other.kind != "heading" for other in beside)

    def explains(self, index: int) -> bool:
        """Whether a sentence stands in a section of much prose."""
        return self._said[self._context.outline.sentences[index].section_id] > MANY

    def pictures(self, index: int) -> bool:
        """Whether a section, or the one above it, says in few sentences how things are to be, as if they were."""
        section = self._by_id[self._context.outline.sentences[index].section_id]
        above = self._by_id.get(section.parent_id or "")
        rules = self._context.language.group("objectives", "topics")
        found = [rules.first(one.heading) for one in (section, above) if one is not None and one.heading]
        return not self.explains(index) and any(each is not None and "pictures" in each[0].values for each in found)

    def is_point(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a numbered point without a heading of its own."""
        section = self._by_id[sentence.section_id]
        return section.label is not None and not section.heading


def _has_goals(context: Context) -> bool:
    """Whether a text has a section of goals, or one of goals and of what else is to be done."""
    if "goals" in context.topics.values():
        return True
    rules = context.language.group("objectives", "topics")
    mixed = (s.heading for s in context.outline.sections if s.heading and context.topics[s.section_id] == "guidance")
    return any(rule.values.get("goals") for heading in mixed for rule in rules.candidates(heading))


def _openings(context: Context, by_id: dict[str, Section]) -> set[str]:
    """Front and preambles of a text, and its first section with words of its own: there it says what it is made for."""
    told = (s.section_id for s in context.outline.sentences if s.kind == "sentence" and by_id[s.section_id].kind != "front")
    preambles = {s.section_id for s in context.outline.sections if s.kind in ("front", "preamble")}
    return preambles | set(islice((one for one in told if one not in preambles), 1))


def _task_headings(context: Context) -> dict[str, int]:
    """Sections with the lowest headings of their branch that are about tasks → where the heading starts."""
    titled = {s.parent_id for s in context.outline.sections if s.heading and s.kind not in UNTITLED}
    return {
        s.section_id: s.heading_start
        for s in context.outline.sections
        if s.heading_start is not None
        and s.kind not in UNTITLED
        and context.topics[s.section_id] == "tasks"
        and s.section_id not in titled
    }


@cache
def sentence_rules(language: Language) -> RuleSet:
    """What a sentence outside the sections of goals is tried against, in one pass: goals that it states, facts and directives."""
    return RuleSet(rule for name in ("stated", "facts", "directives") for rule in language.group("objectives", name).rules)

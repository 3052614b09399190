"""Goals, principles, tasks and measures: one statement for each clause, name, heading or sentence that says one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from pipeline.core.language import Language
from pipeline.core.model import Problem, Section, Sentence, Statement
from pipeline.core.rules import Rule, RuleSet
from pipeline.extract.bodies_vocabulary import vocabulary
from pipeline.extract.context import Context
from pipeline.extract.horizons import NO_HORIZON, Horizons
from pipeline.extract.objective_clauses import (
    DASHES,
    ENDS,
    Clause,
    dated_goals,
    goal_clauses,
    principle_names,
    split_acts,
    stated_goals,
    words,
)
from pipeline.extract.roles_lists import is_label_line

TABULAR = {"table", "box"}
UNTITLED = {"front", "closing", *TABULAR}
LONGEST_LEAD, LONGEST_LABEL = 200, 60
BARE = {"front", "closing", "background"}


def extract_objectives(context: Context) -> tuple[list[Statement], list[Problem]]:
    """The statements of one text, in text order."""
    by_id = {section.section_id: section for section in context.outline.sections}
    reader, horizons = Reader(context, by_id), Horizons(context)
    statements: list[Statement] = []
    for index, sentence in enumerate(context.outline.sentences):
        topic = reader.topic(sentence)
        section = by_id[sentence.section_id]
        if sentence.kind == "row" or section.kind in TABULAR or topic == "closing":
            continue
        if topic == "goals" and len(sentence.text) <= LONGEST_LABEL:
            horizons.note(index)
        for objective_type, clause in _read(context, index, section, topic, reader):
            parent = _parent_task(sentence, by_id, reader.tasks) if objective_type == "measure" else None
            year, basis = horizons.of(index, clause) if objective_type == "goal" else NO_HORIZON
            statements.append(_statement(sentence, objective_type, clause, parent, year, basis))
    return statements, []


class Reader:
    """What the sentences of one text are read by. tasks: see _task_headings; strives: it has no section of goals, and is no law."""

    def __init__(self, context: Context, by_id: dict[str, Section]) -> None:
        self._context, self._by_id = context, by_id
        self.tasks = _task_headings(context)
        self.strives = "goals" not in context.topics.values() and all(one.kind != "article" for one in by_id.values())
        self.openings = _openings(context, by_id)
        self._paragraph, self._topic, self._lists = -1, "", False
        self._scopes: dict[tuple[str, str], tuple[str, ...]] = {}

    def topic(self, sentence: Sentence) -> str:
        """What a sentence is about: what its paragraph opens with ('Main objectives: …'), else its section."""
        if sentence.kind != "sentence":
            self._topic, self._lists = "", False
            return self._context.topics[sentence.section_id]
        text = sentence.text
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._topic = self._opened(sentence) if self._lists or ":" in text or "：" in text or "。" in text[:-1] else ""
        if text[-1] in ":：" and words(self._context.language, "goal_list").search(text[-LONGEST_LEAD:]):
            self._lists = True
        return self._topic or self._context.topics[sentence.section_id]

    def _opened(self, sentence: Sentence) -> str:
        """The topic that a paragraph opens with by a label, or has as a point of a list of goals; else nothing."""
        language, text = self._context.language, sentence.text
        opening = language.group("objectives", "paragraph_topics").first(text[:LONGEST_LABEL])
        self._lists = self._lists and (self.is_point(sentence) or words(language, "bullet").match(text) is not None)
        return str(opening[0].values["topic"]) if opening else "goals" if self._lists else ""

    def stating(self, section_id: str, topic: str, rules: Iterable[Rule]) -> list[Rule]:
        """Those of some rules by which a sentence names a goal by itself here: see `stated` in objectives.yaml."""
        return [rule for rule in rules if "scope" in rule.values and rule.values["scope"] in self._counted(section_id, topic)]

    def _counted(self, section_id: str, topic: str) -> tuple[str, ...]:
        found = self._scopes.get((section_id, topic))
        if found is None:
            strives = topic != "background" or self._context.language.setting("objectives", "strives_anywhere")
            counted = {"any": True, "opening": section_id in self.openings, "striving": self.strives and strives}
            found = self._scopes[section_id, topic] = tuple(scope for scope, counts in counted.items() if counts)
        return found

    def stands_alone(self, index: int) -> bool:
        """Whether a sentence is all that its section says."""
        sentences = self._context.outline.sentences
        beside = sentences[max(0, index - 1) : index] + sentences[index + 1 : index + 2]
        here = sentences[index].section_id
        return not any(other.section_id == here and other.kind != "heading" for other in beside)

    def is_point(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a numbered point without a heading of its own."""
        section = self._by_id[sentence.section_id]
        return section.label is not None and not section.heading


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


def _parent_task(sentence: Sentence, by_id: dict[str, Section], tasks: dict[str, int]) -> int | None:
    section_id: str | None = sentence.section_id
    while section_id is not None:
        if section_id in tasks:
            return tasks[section_id]
        section_id = by_id[section_id].parent_id
    return None


def _read(context: Context, index: int, section: Section, topic: str, reader: Reader) -> Iterable[tuple[str, Clause]]:
    sentence, language = context.outline.sentences[index], context.language
    if topic == "front":
        rules = reader.stating(sentence.section_id, "background", _sentence_rules(language).candidates(sentence.text))
        return [("goal", clause) for clause in stated_goals(sentence.text, language, rules)]
    if sentence.kind == "heading":
        return _read_heading(context, sentence, section, topic, reader.tasks)
    if topic == "goals":
        return [("goal", clause) for clause in _goals(context, index, reader)]
    if topic == "principles":
        return _read_principles(context, index, section)
    return _read_other(context, index, topic, reader)


def _read_principles(context: Context, index: int, section: Section) -> Iterator[tuple[str, Clause]]:
    """The principles that a sentence names, unless the heading above it names one already."""
    text, language = context.outline.sentences[index].text, context.language
    if not section.heading or _names_topic(section.heading, language):
        yield from (("principle", clause) for clause in principle_names(text, language, _opens(context, index)))
    if context.deadlines.mentions(index):
        yield from (("goal", clause) for clause in dated_goals(text, language))


def _goals(context: Context, index: int, reader: Reader) -> list[Clause]:
    """The goals in a sentence of a section of goals: a headline, or a point of a list, is one whatever its form."""
    text, language = context.outline.sentences[index].text, context.language
    opens = _opens(context, index)
    if label := language.group("objectives", "paragraph_topics").first(text) if opens else None:
        return _labelled_goals(text, label[1].end(), language)
    if _is_headline(context, index):
        return [Clause(0, len(text.rstrip(ENDS)), "goal-headline")]
    mark = words(language, "bullet").match(text)
    listed = opens and (mark is not None or reader.is_point(context.outline.sentences[index]))
    clauses = goal_clauses(text, language, listed)
    start, end = mark.end() if mark else 0, len(text.rstrip(ENDS))
    if clauses or start >= end or text[end - 1] in ":：" or _names_topic(text[start:end], language):
        return clauses
    if reader.stands_alone(index):
        return [Clause(start, end, "goal-alone")]
    if not listed:
        return []
    return [Clause(*span, "goal-listed") for span in split_acts(text, start, start, end, language, listed=True)]


def _labelled_goals(text: str, start: int, language: Language) -> list[Clause]:
    """The goals behind a label ('Main objective: …'): the whole where no clause says a state."""
    rest = text[start:].rstrip(ENDS)
    if not rest or _names_topic(rest, language):
        return []
    clauses = goal_clauses(rest, language) or [Clause(0, len(rest), "goal-labelled")]
    return [Clause(start + clause.start, start + clause.end, clause.rule_id) for clause in clauses]


def _read_other(context: Context, index: int, topic: str, reader: Reader) -> list[tuple[str, Clause]]:
    """The goals that a sentence about something else sets, and the measure that it is."""
    sentence, language = context.outline.sentences[index], context.language
    text = sentence.text
    rules = _sentence_rules(language).candidates(text)
    goals = list(stated_goals(text, language, reader.stating(sentence.section_id, topic, rules))) if rules else []
    if not goals and topic not in BARE and context.deadlines.mentions(index):
        outlook = topic == "guidance" and language.group("objectives", "deadline_led").first(text)
        goals = goal_clauses(text, language) if outlook else dated_goals(text, language)
    found = [("goal", clause) for clause in goals]
    if topic == "tasks" and not (goals and goals[0].start == 0) and (measure := _measure(text, rules, language)):
        found.append(("measure", measure))
    return found


def _measure(text: str, rules: Sequence[Rule], language: Language) -> Clause | None:
    """A directive sentence; a line that only names who is responsible is none, and no statement of fact that lays no duty on anyone."""
    found = next((rule for rule in rules if rule.values.get("directs") and rule.pattern.search(text)), None)
    if found is None or is_label_line(text, vocabulary(language)):
        return None
    if found.values["directs"] != "always" and _is_fact(text, rules, language):
        found = next((rule for rule in rules if rule.values.get("directs") == "always" and rule.pattern.search(text)), None)
    return Clause(0, len(text), found.rule_id) if found else None


def _is_fact(text: str, rules: Iterable[Rule], language: Language) -> bool:
    """Whether a sentence only says what something is; what is to be held on to, spread or ensured is a directive."""
    facts = (rule for rule in rules if rule.values.get("fact"))
    return any(rule.pattern.search(text) for rule in facts) and not words(language, "holds_to").match(text)


@cache
def _sentence_rules(language: Language) -> RuleSet:
    """What a sentence outside the sections of goals is tried against, in one pass: goals that it states, facts and directives."""
    return RuleSet(rule for name in ("stated", "facts", "directives") for rule in language.group("objectives", name).rules)


def _opens(context: Context, index: int) -> bool:
    sentences = context.outline.sentences
    return index == 0 or sentences[index - 1].paragraph != sentences[index].paragraph


def _is_headline(context: Context, index: int) -> bool:
    """Whether a short first sentence heads its paragraph: it sums the others up, whatever its form."""
    sentences, language = context.outline.sentences, context.language
    follows = index + 1 < len(sentences) and sentences[index + 1].paragraph == sentences[index].paragraph
    text = sentences[index].text
    if text[-1] in ":：" or _names_topic(text.strip(ENDS + DASHES), language):
        return False
    short = len(text) <= language.setting("objectives", "longest_headline")
    led = context.language.group("objectives", "deadline_led").first(text) if context.deadlines.mentions(index) else None
    return follows and short and _opens(context, index) and led is None


def _read_heading(
    context: Context, sentence: Sentence, section: Section, topic: str, tasks: dict[str, int]
) -> Iterator[tuple[str, Clause]]:
    whole = (0, len(sentence.text))
    named = _names_topic(sentence.text, context.language)
    if section.section_id in tasks:
        yield "task", Clause(*whole, "task-heading")
    elif topic == "principles" and not named:
        yield "principle", Clause(*whole, "principle-heading")
    elif topic == "goals" and section.label and _names_topic(section.label, context.language):
        yield "goal", Clause(*whole, "goal-heading")
    elif topic == "goals" and not named:
        yield from (("goal", clause) for clause in goal_clauses(sentence.text, context.language, section.label is not None))


def _names_topic(words: str, language: Language) -> bool:
    return language.group("objectives", "topics").first(words) is not None


def _statement(
    sentence: Sentence, objective_type: str, clause: Clause, parent: int | None, year: int | None, basis: str
) -> Statement:
    wording = sentence.text[clause.start : clause.end]
    char_start, char_end = sentence.span(clause.start, clause.end)
    return Statement(
        text_id=sentence.text_id,
        section_id=sentence.section_id,
        char_start=char_start,
        char_end=char_end,
        quote=wording,
        rule_id=clause.rule_id,
        objective_type=objective_type,
        wording=wording,
        parent=parent,
        horizon_year=year,
        horizon_basis=basis,
    )

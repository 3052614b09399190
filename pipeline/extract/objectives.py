"""Goals, principles, tasks and measures: one statement for each clause, name, heading or sentence that says one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.language import Language
from pipeline.core.model import Problem, Section, Sentence, Statement
from pipeline.core.rules import Rule
from pipeline.extract.bodies_vocabulary import vocabulary
from pipeline.extract.context import Context, names_goal, topic_named
from pipeline.extract.horizons import NO_HORIZON, Horizons
from pipeline.extract.objective_clauses import (
    DASHES,
    ENDS,
    Clause,
    dated_goals,
    goal_clauses,
    principle_names,
    segments,
    split_acts,
    stated_goals,
    words,
)
from pipeline.extract.objective_reader import LONGEST_LABEL, Reader
from pipeline.extract.roles_lists import is_label_line

TABULAR = {"table", "box"}
SHORTEST_GOAL = 4
NAMED = {"goals", "guidance"}
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
            year, basis = horizons.of(index, clause, topic == "goals") if objective_type == "goal" else NO_HORIZON
            statements.append(_statement(sentence, objective_type, clause, parent, year, basis))
    return statements, []


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
        rules = reader.stating(sentence.section_id, "background", reader.rules.get(index, ()))
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
    inside = context.topics[section.section_id] == "principles"
    if not (inside and section.heading) or topic_named(section.heading or "", language):
        yield from (("principle", clause) for clause in principle_names(text, language, _opens(context, index)))
    if context.deadlines.mentions(index):
        yield from (("goal", clause) for clause in dated_goals(text, language))


def _goals(context: Context, index: int, reader: Reader) -> list[Clause]:
    """The goals in a sentence of a section of goals: a headline, or a point of a list, is one whatever its form."""
    text, language = context.outline.sentences[index].text, context.language
    opens = _opens(context, index)
    if _is_duty(text, language):
        return []
    if label := language.group("objectives", "paragraph_topics").first(text) if opens else None:
        return _labelled_goals(text, label[1].end(), language)
    told = reader.explains(index) and words(language, "told_fact").search(text)
    if _is_headline(context, index) and not told:
        return [Clause(0, len(text.rstrip(ENDS)), "goal-headline")]
    mark = words(language, "bullet").match(text)
    listed = opens and (mark is not None or reader.is_point(context.outline.sentences[index]))
    if joined := words(language, "point_end").search(text):
        text = text[: joined.start()]
    start, end = mark.end() if mark else 0, len(text.rstrip(ENDS))
    if opens and len(points := segments(text[:end], start, words(language, "point_break"))) > 1:
        return [Clause(*point, "goal-listed") for point in points]
    clauses = goal_clauses(text, language, listed)
    if clauses or start >= end or text[end - 1] in ":：" or topic_named(text[start:end], language):
        return clauses
    certain = text[-1] in ".。" and not words(language, "possible").search(text)
    if reader.stands_alone(index) or (certain and reader.pictures(index)):
        return [Clause(start, end, "goal-alone")] if end - start >= SHORTEST_GOAL else []
    if not listed:
        return []
    return [Clause(*span, "goal-listed") for span in split_acts(text, start, start, end, language, listed=True)]


def _is_duty(text: str, language: Language) -> bool:
    """Whether a sentence only introduces others, or tells somebody what to do: no goal, whatever stands around it."""
    if language.group("objectives", "deadline_led").first(text):
        return False
    measures = language.group("objectives", "pure_measures").candidates(text)
    return text.rstrip("*")[-1:] in ":：" or any(rule.values.get("always") and rule.pattern.search(text) for rule in measures)


def _labelled_goals(text: str, start: int, language: Language) -> list[Clause]:
    """The goals behind a label ('Main objective: …'): the whole where no clause says a state."""
    rest = text[start:].rstrip(ENDS)
    if not rest or topic_named(rest, language):
        return []
    clauses = goal_clauses(rest, language) or [Clause(0, len(rest), "goal-labelled")]
    return [Clause(start + clause.start, start + clause.end, clause.rule_id) for clause in clauses]


def _read_other(context: Context, index: int, topic: str, reader: Reader) -> list[tuple[str, Clause]]:
    """The goals that a sentence about something else sets, and the measure that it is."""
    sentence, language = context.outline.sentences[index], context.language
    text = sentence.text
    rules = reader.rules.get(index, ())
    goals = list(stated_goals(text, language, reader.stating(sentence.section_id, topic, rules))) if rules else []
    if not goals and context.deadlines.mentions(index) and _sets_goals(text, topic, language):
        outlook = topic == "guidance" and language.group("objectives", "deadline_led").first(text)
        goals = goal_clauses(text, language) if outlook else dated_goals(text, language)
    found = [("goal", clause) for clause in goals]
    if topic == "tasks" and not (goals and goals[0].start == 0) and (measure := _measure(text, rules, language)):
        found.append(("measure", measure))
    return found


def _sets_goals(text: str, topic: str, language: Language) -> bool:
    """Whether a date can set a goal here: where a text tells of the situation, only in a promise."""
    return topic not in BARE or (topic == "background" and words(language, "promise").match(text) is not None)


def _measure(text: str, rules: Sequence[Rule], language: Language) -> Clause | None:
    """A directive sentence; a line that only names who is responsible is none, and no statement of fact that lays no duty on anyone."""
    for rule in rules:
        directs = rule.values.get("directs")
        if directs and rule.pattern.search(text):
            break
    else:
        return None
    if is_label_line(text, vocabulary(language)):
        return None
    if directs != "always" and _is_fact(text, rules, language):
        always = (rule for rule in rules if rule.values.get("directs") == "always" and rule.pattern.search(text))
        found = next(always, None)
        return Clause(0, len(text), found.rule_id) if found else None
    return Clause(0, len(text), rule.rule_id)


def _is_fact(text: str, rules: Iterable[Rule], language: Language) -> bool:
    """Whether a sentence only says what something is; what is to be held on to, spread or ensured is a directive."""
    told = any(rule.pattern.search(text) for rule in rules if "fact" in rule.values)
    return told and not words(language, "holds_to").match(text)


def _opens(context: Context, index: int) -> bool:
    sentences = context.outline.sentences
    before, here = sentences[index - 1], sentences[index]
    return index == 0 or before.paragraph != here.paragraph or before.section_id != here.section_id


def _is_headline(context: Context, index: int) -> bool:
    """Whether a short first sentence heads its paragraph: it sums the others up, whatever its form."""
    sentences, language = context.outline.sentences, context.language
    follows = index + 1 < len(sentences) and sentences[index + 1].paragraph == sentences[index].paragraph
    text = sentences[index].text
    if text[-1] in ":：" or topic_named(text.strip(ENDS + DASHES), language):
        return False
    short = len(text) <= language.setting("objectives", "longest_headline")
    led = context.language.group("objectives", "deadline_led").first(text) if context.deadlines.mentions(index) else None
    return follows and short and _opens(context, index) and led is None


def _read_heading(
    context: Context, sentence: Sentence, section: Section, topic: str, tasks: dict[str, int]
) -> Iterator[tuple[str, Clause]]:
    whole = (0, len(sentence.text))
    if section.section_id in tasks:
        yield "task", Clause(*whole, "task-heading")
    elif topic == "principles" and not topic_named(sentence.text, context.language):
        yield "principle", Clause(*whole, "principle-heading")
    elif topic in NAMED and names_goal(section, context.language):
        wording = re.split("[:：]", sentence.text, maxsplit=1)
        if len(wording[-1].strip(ENDS + DASHES)) >= SHORTEST_GOAL and (section.label or len(wording) > 1):
            yield "goal", Clause(len(sentence.text) - len(wording[-1].lstrip(DASHES)), len(sentence.text), "goal-heading")
    elif topic == "goals" and not topic_named(sentence.text, context.language):
        yield from (("goal", clause) for clause in goal_clauses(sentence.text, context.language, section.label is not None))


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

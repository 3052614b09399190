"""Goals, principles, tasks and measures: one statement for each clause, name, heading or sentence that says one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.core.language import Language
from pipeline.core.model import Problem, Section, Sentence, Statement
from pipeline.extract.bodies_vocabulary import vocabulary
from pipeline.extract.context import Context
from pipeline.extract.roles_lists import is_label_line

ENDS = " \u3000\u00a0.。；;，,"
DASHES = " \u3000\u00a0—–-•"
NESTED = r"[（(][^（()）]*[)）]|[“][^”]*”|《[^》]*》|"
TABULAR = {"table", "box"}
UNTITLED = {"front", "closing", *TABULAR}
BARE = {"front", "closing", "background"}
NO_HORIZON: tuple[int | None, str] = (None, "none")


class Clause(NamedTuple):
    """A part of a sentence and the rule that found it."""

    start: int
    end: int
    rule_id: str


def extract_objectives(context: Context) -> tuple[list[Statement], list[Problem]]:
    """The statements of one text, in text order."""
    by_id = {section.section_id: section for section in context.outline.sections}
    tasks = _task_headings(context)
    horizons = Horizons(context)
    statements: list[Statement] = []
    for index, sentence in enumerate(context.outline.sentences):
        for objective_type, clause in _read(context, index, by_id[sentence.section_id], tasks):
            parent = _parent_task(sentence, by_id, tasks) if objective_type == "measure" else None
            year, basis = horizons.of(index, clause) if objective_type == "goal" else NO_HORIZON
            statements.append(_statement(sentence, objective_type, clause, parent, year, basis))
    return statements, []


class Horizons:
    """The year by which each goal is to be reached: as its deadline says, else as the last one of its section."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[str, int] = {}

    def of(self, index: int, clause: Clause) -> tuple[int | None, str]:
        """(year, explicit | inherited | none). Explicit: the words stand in the clause itself."""
        sentence = self._context.outline.sentences[index]
        year, words, _ = self._context.deadlines.at(index, clause.end)
        if year is not None:
            self._last[sentence.section_id] = year
            return year, "explicit" if words and words in sentence.text[clause.start : clause.end] else "inherited"
        carried = self._last.get(sentence.section_id)
        return (carried, "inherited") if carried is not None else NO_HORIZON


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


def _read(context: Context, index: int, section: Section, tasks: dict[str, int]) -> Iterator[tuple[str, Clause]]:
    sentence = context.outline.sentences[index]
    text, topic, language = sentence.text, context.topics[section.section_id], context.language
    if sentence.kind == "row" or section.kind in TABULAR or topic in BARE:
        return
    if sentence.kind == "heading":
        yield from _read_heading(context, sentence, section, topic, tasks)
    elif topic == "goals" and _is_headline(context, index):
        yield "goal", Clause(0, len(text.rstrip(ENDS)), "goal-headline")
    elif topic == "goals" or _deadline_led(context, index):
        clauses = goal_clauses(text, language)
        if not clauses and topic == "goals" and _opens(context, index):
            clauses = _listed(text, language)
        yield from (("goal", clause) for clause in clauses)
    elif topic == "principles":
        yield from (("principle", clause) for clause in principle_names(text, language, _opens(context, index)))
    elif topic == "tasks" and (clause := _measure(text, language)):
        yield "measure", clause


def _measure(text: str, language: Language) -> Clause | None:
    """A directive sentence; a line that only names who is responsible is none."""
    found = language.group("objectives", "directives").first(text)
    if found is None or is_label_line(text, vocabulary(language)):
        return None
    return Clause(0, len(text), found[0].rule_id)


def _listed(text: str, language: Language) -> list[Clause]:
    """A point of a list of goals is one, whatever its form."""
    mark = _break(language, "bullet").match(text)
    end = len(text.rstrip(ENDS))
    return [Clause(mark.end(), end, "goal-listed")] if mark and mark.end() < end else []


def _opens(context: Context, index: int) -> bool:
    sentences = context.outline.sentences
    return index == 0 or sentences[index - 1].paragraph != sentences[index].paragraph


def _is_headline(context: Context, index: int) -> bool:
    """Whether a short first sentence heads its paragraph: it sums the others up, whatever its form."""
    sentences, language = context.outline.sentences, context.language
    follows = index + 1 < len(sentences) and sentences[index + 1].paragraph == sentences[index].paragraph
    text = sentences[index].text
    short = len(text) <= language.setting("objectives", "longest_headline")
    return follows and short and _opens(context, index) and not _deadline_led(context, index)


def _deadline_led(context: Context, index: int) -> bool:
    if not context.deadlines.mentions(index):
        return False
    text = context.outline.sentences[index].text
    return context.language.group("objectives", "deadline_led").first(text) is not None


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
        yield from (("goal", clause) for clause in goal_clauses(sentence.text, context.language))


def _names_topic(words: str, language: Language) -> bool:
    return language.group("objectives", "topics").first(words) is not None


def goal_clauses(text: str, language: Language) -> list[Clause]:
    """The clauses of a sentence that say an end state; clauses that only say what to do are left out."""
    lead = _break(language, "list_lead").search(text)
    if lead and len(items := segments(text, lead.end(), _break(language, "list_break"))) > 2:
        return [Clause(start, end, "goal-list") for start, end in items]
    joined = _predicative(text, language)
    led = _deadline_led_text(text, language)
    if not joined:
        stripped = text.rstrip(ENDS)
        return [Clause(0, len(stripped), led)] if led and stripped else []
    found = []
    for start, main, end, rule_id in joined:
        pure = language.group("objectives", "pure_measures").first(text[main:end])
        if pure is None or (led is not None and start == 0):
            found.append(Clause(start, end, rule_id))
    return found


def _deadline_led_text(text: str, language: Language) -> str | None:
    found = language.group("objectives", "deadline_led").first(text)
    return found[0].rule_id if found else None


def _predicative(text: str, language: Language) -> list[tuple[int, int, int, str]]:
    """Clauses with a predicate as (start, start without what leads it in, end, rule id)."""
    states = language.group("objectives", "end_states")
    continuation = _break(language, "continuation")
    clauses: list[tuple[int, int, int, str]] = []
    pending: int | None = None
    for start, end in segments(text, 0, _break(language, "clause_break")):
        segment = text[start:end]
        if clauses and pending is None and continuation.match(segment):
            clauses[-1] = (*clauses[-1][:2], end, clauses[-1][3])
        elif found := states.first(segment):
            clauses.append((start if pending is None else pending, start, end, found[0].rule_id))
            pending = None
        elif pending is None:
            pending = start
    if clauses and pending is not None:
        clauses[-1] = (*clauses[-1][:2], len(text.rstrip(ENDS)), clauses[-1][3])
    return clauses


def principle_names(text: str, language: Language, opens: bool = True) -> Iterator[Clause]:
    """The names of principles that a sentence opens with, or lists; most stand at the beginning of a paragraph only."""
    found = language.group("objectives", "principle_leads").first(text)
    if found is None or not (opens or found[0].values.get("anywhere")):
        return
    rule, match = found
    groups = match.groupdict()
    if groups.get("list"):
        for start, end in segments(text[: match.end("list")], match.start("list"), _break(language, "list_break")):
            yield Clause(start, end, rule.rule_id)
    elif groups.get("name"):
        yield Clause(match.start("name"), match.end("name"), rule.rule_id)


def segments(text: str, start: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches between separators outside brackets and quotation marks, without surrounding blanks."""
    stretches, begin = [], start
    for match in (*pattern.finditer(text, start), None):
        if match and (match.group()[0] in "（(“《"):
            continue
        end = match.start() if match else len(text)
        piece = text[begin:end]
        left = begin + len(piece) - len(piece.lstrip(DASHES))
        right = begin + len(piece.rstrip(ENDS))
        if right > left:
            stretches.append((left, right))
        begin = match.end() if match else end
    return stretches


@cache
def _break(language: Language, key: str) -> re.Pattern[str]:
    nested = NESTED if key.endswith("_break") else ""
    return re.compile(nested + language.setting("objectives", key))


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

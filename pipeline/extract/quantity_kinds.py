"""Whether a value is a target or a statistic, whether it binds, and what it is measured from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.extract.amount import Amount
from pipeline.extract.context import Context
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar

REACH, BESIDE, NOWHERE = 60, 12, 10_000
MOST = 16
FORWARD = ("goals", "principles", "tasks", "guidance")
LAW = "law"
"""The topic of articles, which say what is to be: 'The fee is 20 euros.'"""


def nature_of(text: str, amount: Amount, grammar: Grammar) -> str:
    """Binding or expected where the sentence says so near the value, else unstated."""
    window = text[max(0, amount.start - 2 * REACH) : amount.end + REACH]
    found = grammar.cue("nature", window, "nature")
    return found.code if found else "unstated"


class Background(NamedTuple):
    """What a text as a whole says of its values.

    issued: the year of issue, where the text tells it; told: where it does not, the last year that is spoken of as past;
    pictured: the sections of figures and charts, whose values are statistics; articles: those of a law.
    """

    issued: int | None
    told: int | None
    pictured: frozenset[str]
    articles: frozenset[str]

    def topic(self, section_id: str, topics: Mapping[str, str]) -> str | None:
        """What the values of a section are about. topics: what its words are about."""
        topic = "background" if section_id in self.pictured else topics.get(section_id)
        return LAW if topic == "tasks" and section_id in self.articles else topic


def background_of(context: Context, grammar: Grammar) -> Background:
    """The background of one text."""
    heading = grammar.words["figure_heading"]
    pictured = frozenset(each.section_id for each in context.outline.sections if each.heading and heading.match(each.heading))
    issued = context.deadlines.issued
    articles = frozenset(each.section_id for each in context.outline.sections if each.kind == "article")
    return Background(issued, None if issued else _told_year(context, grammar), pictured, articles)


def _told_year(context: Context, grammar: Grammar) -> int | None:
    """The year that best parts those spoken of as past from those to come; None where none is past."""
    words, past, coming = grammar.words, Counter[int](), Counter[int]()
    for index, mentions in context.deadlines.dated():
        text = context.outline.sentences[index].text
        told, ahead = words["statistic_signs"].search(text), words["target_signs"].search(text)
        for mention in mentions[:MOST]:
            if mention.year and words["deadline_words"].search(mention.words) and not (told and not ahead):
                coming[mention.year] += 1
            elif mention.year and bool(told) != bool(ahead):
                (past if told else coming)[mention.year] += 1
    parted = {
        year: sum(past[one] for one in past if one <= year) + sum(coming[one] for one in coming if one > year) for year in past
    }
    return min(parted, key=lambda year: (-parted[year], year), default=None)


def kind_of(
    text: str, amount: Amount, mention: Mention | None, own: bool, topic: str | None, known: Background, grammar: Grammar
) -> str | None:
    """Target or statistic; None where nothing tells. own: its time is said in the sentence. What others forecast is no target."""
    kind = _kind_told(text, amount, mention, own, topic, known, grammar)
    return "statistic" if kind != "statistic" and _is_forecast(text, amount, grammar) else kind


def _is_forecast(text: str, amount: Amount, grammar: Grammar) -> bool:
    """Whether others expect a value, and nobody promises it in what follows."""
    first = max(text.rfind(";", 0, amount.start) + 1, amount.start - 4 * REACH, 0)
    forecast = grammar.words["forecast"].search(text, first, amount.start)
    return forecast is not None and not grammar.words["promised_after"].search(text, forecast.start(), amount.start)


def _kind_told(
    text: str, amount: Amount, mention: Mention | None, own: bool, topic: str | None, known: Background, grammar: Grammar
) -> str | None:
    """The kind from the year, the words nearby and the topic of the section."""
    year, issued = mention.year if mention else None, known.issued
    dated = year is not None and issued is not None
    past, ahead = _nearest(text, amount, "statistic_signs", grammar), _nearest(text, amount, "target_signs", grammar)
    if dated and own and year != issued and not (past < ahead and _is_of_another(text, amount, mention, grammar)):
        return "target" if year > issued else "statistic"  # type: ignore[operator]
    due = mention is not None and own and grammar.words["deadline_words"].search(mention.words)
    if due and topic != "background" and ((issued is not None and year is None) or ahead <= past):
        return "target"
    if topic == "background":
        return _kind_of_background(text, amount, year, issued, ahead < past, grammar)
    if own and (not due or past < ahead) and not issued and year is not None and known.told is not None and year <= known.told:
        return "statistic"
    if dated and year < issued and (ahead == NOWHERE or not (grammar.spaced or _hoped(text, amount, grammar))):  # type: ignore[operator]
        return "statistic"
    coming = dated and year >= issued  # type: ignore[operator]
    return _kind_by_words(text, amount, past, ahead, "goals" if coming else topic, grammar)


def _is_of_another(text: str, amount: Amount, mention: Mention | None, grammar: Grammar) -> bool:
    """Whether a value is told of, and another stands between it and its time: 'has 40 ships and will have 60 by 2030'."""
    told = grammar.words["statistic_signs"].search(text, max(0, amount.start - REACH), amount.start)
    return told is not None and mention is not None and any(map(str.isdigit, text[amount.end : mention.start]))


def _hoped(text: str, amount: Amount, grammar: Grammar) -> bool:
    """Whether the words before a value say what will be."""
    return grammar.words["will_signs"].search(text, max(0, amount.start - 2 * REACH), amount.start) is not None


def _kind_by_words(text: str, amount: Amount, past: int, ahead: int, topic: str | None, grammar: Grammar) -> str | None:
    """The kind from words that look back (the nearest `past` characters away) or ahead, else from those of plain statements."""
    before = text[max(0, amount.start - REACH) : amount.start]
    if amount.unit not in grammar.time_units and grammar.words["past_before"].search(before):
        return "statistic"
    if grammar.dimension(amount.unit or "") == "money" and _is_endowed(text, amount, past, grammar):
        return "target"
    if past < ahead or (ahead == NOWHERE and _is_told(text, amount, before, topic, grammar)):
        return "statistic"
    if amount.noun and ahead > 0 and grammar.words["definite"].search(before):
        return "statistic"
    told = ahead < NOWHERE or topic == "goals" or grammar.words["normative"].search(text, *_around(amount))
    return "target" if told else None


def _kind_of_background(text: str, amount: Amount, year: int | None, issued: int | None, hoped: bool, grammar: Grammar) -> str:
    """A chapter on the situation tells statistics; hoped: the words nearby look ahead rather than back."""
    if year is None:
        return "target" if hoped and _hoped(text, amount, grammar) else "statistic"
    return "target" if hoped and (issued is None or year > issued) else "statistic"


def _is_told(text: str, amount: Amount, before: str, topic: str | None, grammar: Grammar) -> bool:
    """Whether a sentence without any word of intention tells a fact: a list of what there is, a rank, a share that has a verb."""
    words = grammar.words
    if topic in ("goals", LAW):
        return False
    if words["listed_before"].search(before) or (amount.unit == "rank" and topic not in FORWARD):
        return True
    if words["told_after"].search(text[amount.end : amount.end + REACH]):
        return True
    if words["normative"].search(text, *_around(amount)) or not words["told_signs"].search(text, *_around(amount)):
        return False
    return grammar.dimension(amount.unit or "") != "money" or bool(words["economic"].search(text, *_around(amount)))


def _around(amount: Amount) -> tuple[int, int]:
    return max(0, amount.start - 2 * REACH), amount.end + REACH


def _is_endowed(text: str, amount: Amount, past: int, grammar: Grammar) -> bool:
    """Whether a sum names the size of a fund or programme, which is a budget: 'through our £20 million Energy Fund'."""
    return past > BESIDE and bool(grammar.words["endowed"].match(text[amount.end : amount.end + REACH]))


def _nearest(text: str, amount: Amount, signs: str, grammar: Grammar) -> int:
    """How far the nearest of some words stands from a value; what stands before it counts as nearer."""
    low = max(0, amount.start - 2 * REACH)
    best = NOWHERE
    for found in grammar.words[signs].finditer(text, low, amount.end + REACH - BESIDE):
        distance = amount.core - found.end() if found.end() <= amount.core else 2 * max(found.start() - amount.core, 0)
        best = min(best, max(distance, 0))
    return best

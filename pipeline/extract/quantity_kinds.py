"""Whether a value is a target or a statistic, whether it binds, and what it is measured from."""

from __future__ import annotations

from pipeline.extract.amount import Amount
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar

REACH, BESIDE, NOWHERE = 60, 12, 10_000
FORWARD = ("goals", "principles", "tasks", "guidance")


def nature_of(text: str, amount: Amount, grammar: Grammar) -> str:
    """Binding or expected where the sentence says so near the value, else unstated."""
    window = text[max(0, amount.start - 2 * REACH) : amount.end + REACH]
    found = grammar.cue("nature", window, "nature")
    return found.code if found else "unstated"


def kind_of(
    text: str, amount: Amount, mention: Mention | None, own: bool, topic: str | None, issued: int | None, grammar: Grammar
) -> str:
    """Target or statistic, from the year (own: said in the sentence), the words nearby and the topic of the section."""
    year = mention.year if mention else None
    dated = year is not None and issued is not None
    if dated and own and year != issued:
        return "target" if year > issued else "statistic"  # type: ignore[operator]
    past, ahead = _nearest(text, amount, "statistic_signs", grammar), _nearest(text, amount, "target_signs", grammar)
    due = mention is not None and own and grammar.words["deadline_words"].search(mention.words)
    if due and topic != "background" and (issued is not None or ahead <= past):
        return "target"
    if topic == "background":
        return _kind_of_background(text, amount, year, issued, ahead < past, grammar)
    before = text[max(0, amount.start - REACH) : amount.start]
    if amount.unit not in grammar.time_units and grammar.words["past_before"].search(before):
        return "statistic"
    if past < ahead or (ahead == NOWHERE and dated and year < issued):  # type: ignore[operator]
        return "statistic"
    if ahead == NOWHERE and _is_told(text, amount, before, topic, grammar):
        return "statistic"
    if amount.noun and ahead > 0 and grammar.words["definite"].search(before):
        return "statistic"
    return "target"


def _kind_of_background(text: str, amount: Amount, year: int | None, issued: int | None, hoped: bool, grammar: Grammar) -> str:
    """A chapter on the situation tells statistics; hoped: the words nearby look ahead rather than back."""
    if year is None:
        ahead = grammar.words["will_signs"].search(text[max(0, amount.start - 2 * REACH) : amount.start])
        return "target" if hoped and ahead else "statistic"
    return "target" if hoped and (issued is None or year > issued) else "statistic"


def _is_told(text: str, amount: Amount, before: str, topic: str | None, grammar: Grammar) -> bool:
    """Whether a sentence without any word of intention tells a fact: a list of what there is, a rank, a share that has a verb."""
    words = grammar.words
    if words["listed_before"].search(before) or (amount.unit == "rank" and topic not in FORWARD):
        return True
    return topic != "goals" and bool(words["told_after"].search(text[amount.end : amount.end + REACH]))


def _nearest(text: str, amount: Amount, signs: str, grammar: Grammar) -> int:
    """How far the nearest of some words stands from a value; what stands before it counts as nearer."""
    low = max(0, amount.start - 2 * REACH)
    best = NOWHERE
    for found in grammar.words[signs].finditer(text, low, amount.end + REACH - BESIDE):
        distance = amount.core - found.end() if found.end() <= amount.core else 2 * max(found.start() - amount.core, 0)
        best = min(best, max(distance, 0))
    return best

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
    if year is not None and issued is not None and own and year != issued:
        return "target" if year > issued else "statistic"
    if mention and own and topic != "background" and grammar.words["deadline_words"].search(mention.words):
        return "target"
    told = topic != "background" and amount.unit not in grammar.time_units
    if told and grammar.words["past_before"].search(text[max(0, amount.start - REACH) : amount.start]):
        return "statistic"
    past, ahead = _nearest(text, amount, "statistic_signs", grammar), _nearest(text, amount, "target_signs", grammar)
    if topic == "background":
        if (
            year is None
            and ahead < past
            and grammar.words["will_signs"].search(text[max(0, amount.start - 2 * REACH) : amount.start])
        ):
            return "target"
        return "target" if ahead < past and year is not None and (issued is None or year > issued) else "statistic"
    if past < ahead:
        return "statistic"
    if amount.unit == "rank" and ahead == NOWHERE and topic not in FORWARD:
        return "statistic"
    if amount.noun and ahead > 0 and grammar.words["definite"].search(text[max(0, amount.start - REACH) : amount.start]):
        return "statistic"
    return "target"


def _nearest(text: str, amount: Amount, signs: str, grammar: Grammar) -> int:
    """How far the nearest of some words stands from a value; what stands before it counts as nearer."""
    low = max(0, amount.start - 2 * REACH)
    best = NOWHERE
    for found in grammar.words[signs].finditer(text, low, amount.end + REACH - BESIDE):
        distance = amount.core - found.end() if found.end() <= amount.core else 2 * max(found.start() - amount.core, 0)
        best = min(best, max(distance, 0))
    return best

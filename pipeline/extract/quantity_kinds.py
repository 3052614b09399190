"""Whether a value is a target or a statistic, whether it binds, and what it is measured from."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.amounts import Amount
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar

REACH = 60
FORWARD = ("goals", "principles", "tasks", "guidance")


class Baseline(NamedTuple):
    """What a change starts from."""

    value: Decimal | None = None
    year: int | None = None


def nature_of(text: str, amount: Amount, grammar: Grammar) -> str:
    """binding or expected where the sentence says so near the value, else unstated."""
    window = text[max(0, amount.start - 2 * REACH) : amount.end + REACH]
    found = grammar.cue("nature", window, "nature")
    return found.code if found else "unstated"


def kind_of(text: str, amount: Amount, mention: Mention | None, own: bool, topic: str | None, issued: int | None, grammar: Grammar) -> str:
    """target or statistic, from the year (own: said in the sentence), the words nearby and the topic of the section."""
    year = mention.year if mention else None
    if year is not None and issued is not None and own:
        if year > issued:
            return "target"
        if year < issued:
            return "statistic"
    window = text[max(0, amount.start - 2 * REACH) : amount.end + REACH // 2]
    past, ahead = grammar.words["statistic_signs"].search(window), grammar.words["target_signs"].search(window)
    if topic == "background":
        return "target" if ahead and not past and year is not None and (issued is None or year > issued) else "statistic"
    if past and not ahead:
        return "statistic"
    if amount.unit == "rank" and not ahead and topic not in FORWARD:
        return "statistic"
    return "target"


def baseline_year(text: str, amount: Amount, mentions: tuple[Mention, ...], floor: int, ceiling: int) -> int | None:
    """The base year that a value is compared with, between the value before and the value after it."""
    for mention in mentions:
        if mention.base and mention.year and max(floor, amount.start - REACH) <= mention.start <= min(ceiling, amount.end + REACH):
            return mention.year
    return None

"""The words around a value: what it is compared with, and whether it is an amount or a change."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract.amount import Amount
from pipeline.extract.quantity_grammar import Cue, Grammar

BEFORE, AFTER, CLAUSE = 40, 14, 110


def compare(text: str, amount: Amount, floor: int, grammar: Grammar) -> None:
    """Set comparator, measure and the span of an amount from the words around it. floor: end of the value before."""
    start = amount.start
    before = text[max(floor, start - BEFORE) : start]
    behind = grammar.cue("comparators_after", text[amount.end : amount.end + AFTER], "comparator")
    if behind and grammar.spaced and text[amount.end + behind.end : amount.end + AFTER].strip()[:1].isdigit():
        behind = None  # 'ten ports and over 40 piers'
    ahead = grammar.cue("comparators_before", before, "comparator")
    gap = start - len(before)
    if amount.comparator == "between":
        if opened := grammar.words["range_before"].search(before):
            amount.start = gap + opened.start()
    elif amount.measure not in ("rank", "all", "none"):
        _set_comparator(amount, ahead, behind, gap)
    head = gap + ahead.start if ahead else start
    if amount.measure == "level" and amount.unit != "times":
        _set_change(text, amount, head, floor, grammar)
    if amount.unit == "times":
        _set_multiple(text, amount, head, floor, grammar)


def _set_comparator(amount: Amount, ahead: Cue | None, behind: Cue | None, gap: int) -> None:
    if ahead and ahead.code == "eq" and (behind or amount.comparator):
        ahead = None
    if behind:
        amount.end += behind.end
    if ahead:
        amount.start = gap + ahead.start
    if ahead and ahead.code not in ("eq", "approx"):
        amount.comparator = ahead.code
    elif behind:
        amount.comparator = behind.code
    elif ahead:
        amount.comparator = ahead.code if not amount.comparator else amount.comparator
    amount.comparator = amount.comparator or "eq"


def change_at(text: str, head: int, floor: int, grammar: Grammar) -> Cue | None:
    """The word of change that governs a value whose own words start at `head`; offsets count in `text`."""
    low = max(floor, head - CLAUSE)
    window = text[low:head]
    if noun := grammar.words["change_of"].search(window[-BEFORE:]):
        return _last_change(window[: len(window) - len(window[-BEFORE:]) + noun.end()], low, grammar)
    if link := grammar.words["change_link"].search(window):
        return _last_change(window[: link.start()], low, grammar)
    for rule in grammar.language.group("targets", "changes").rules:
        for found in rule.pattern.finditer(window[-BEFORE:]):
            if not window[-BEFORE:][found.end() :].strip():
                spot = low + max(0, len(window) - BEFORE)
                return Cue(rule.rule_id, rule.values["measure"], spot + found.start(), spot + found.end())
    return None


def _last_change(window: str, low: int, grammar: Grammar) -> Cue | None:
    last: Cue | None = None
    for rule in grammar.language.group("targets", "changes").rules:
        for found in rule.pattern.finditer(window):
            if last is None or low + found.start() > last.start:
                last = Cue(rule.rule_id, rule.values["measure"], low + found.start(), low + found.end())
    return last


def _set_change(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> None:
    noun = grammar.cue("change_nouns", text[amount.end : amount.end + BEFORE], "measure")
    found = change_at(text, head, floor, grammar)
    if noun:
        amount.measure = noun.code
    elif found and not (amount.noun and grammar.words["betters"].search(text, found.start, found.end)):
        amount.measure = found.code


def _set_multiple(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> None:
    """'Three times' is a factor of 3; 增长两倍, grown by twice as much, is one of 3, too."""
    amount.measure = "multiple"
    change = None if grammar.spaced else change_at(text, head, floor, grammar)
    if (
        change
        and change.code == "increase"
        and amount.low is not None
        and amount.unit_printed
        and amount.rule_id in _plain_rules(grammar)
    ):
        amount.low += Decimal(1)
        amount.high = None if amount.high is None else amount.high + 1


def _plain_rules(grammar: Grammar) -> set[str]:
    return {rule.rule_id for rule in grammar.values.rules if rule.values["reads"] == "number"}

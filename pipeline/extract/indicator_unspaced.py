"""The noun phrase that a value measures, in languages without spaces between words."""

from __future__ import annotations

from pipeline.extract.amount import Amount
from pipeline.extract.comparators import change_at
from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.phrase_bounds import CLAUSE, LONGEST, Span, clause_start, is_time_limit, strip_leads, strip_tail
from pipeline.extract.quantity_grammar import Grammar


def find_unspaced(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """The indicator of an amount. head: where the words of its value start; floor: end of the value before it."""
    if amount.noun:
        return amount.noun
    behind = counted_noun(text, amount.end, grammar, of_part=True)
    if behind and grammar.words["empty_nouns"].match(text, amount.end):
        behind = None
    if is_time_limit(text, amount, grammar) and (act := _act_behind(text, amount, grammar)):
        return act
    adjoins = text[amount.end : amount.end + 1] == grammar.particle
    if behind and adjoins and amount.unit in ("%", "‰", "fraction"):
        return _compared_subject(text, amount, head, floor, grammar) or behind
    if behind and amount.unit_printed and amount.unit not in ("%", "rank") and _owns_noun(text, head, behind, grammar):
        return behind
    end = head
    for _ in range(3):
        start = clause_start(text, end, floor, grammar)
        span = trim_unspaced(text, start, end, grammar)
        if span:
            place = behind and amount.unit != "%" and grammar.words["place_ends"].search(text, *span)
            return behind if place else span
        if start <= floor or not start or behind:
            break
        end = start - 1
    return behind


def _act_behind(text: str, amount: Amount, grammar: Grammar) -> Span | None:
    """What is to be done within a time: 应当在15日内作出决定; not where the time itself is shortened to it."""
    if amount.start < amount.core or change_at(text, amount.start, 0, grammar):
        return None
    start = amount.end + (text[amount.end : amount.end + 1] in grammar.clause_ends)
    start = strip_leads(text, start, min(len(text), start + CLAUSE), grammar)
    stop = grammar.words["noun_end"].search(text, start, start + CLAUSE)
    end = stop.start() if stop else min(len(text), start + LONGEST)
    return (start, end) if end - start >= 2 else None


def _compared_subject(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """What stands before the comparing word, where one does: 效率不低于60%的设施."""
    if amount.start == amount.core:
        return None
    span = trim_unspaced(text, clause_start(text, head, floor, grammar), head, grammar)
    return None if span is None or grammar.words["place_ends"].search(text, *span) else span


def _owns_noun(text: str, head: int, noun: Span, grammar: Grammar) -> bool:
    """Whether the noun behind a value is what it measures: 遗留的5吨废渣; 给予50元补助."""
    words = grammar.words
    if words["amount_nouns"].match(text, noun[0]):
        return True
    return text[head - 1 : head] == grammar.particle and not any(map(str.isdigit, text[slice(*noun)]))


def trim_unspaced(text: str, start: int, end: int, grammar: Grammar) -> Span | None:
    """The phrase without times, leading particles and the verb that follows it."""
    words = grammar.words
    for found in words["time_phrase"].finditer(text, start, end):
        if found.start() - start <= 2:
            start = found.end()
        else:
            behind = trim_unspaced(text, found.end(), end, grammar)
            if behind:
                return behind
            end = found.start()
            break
    start = strip_leads(text, start, end, grammar)
    end = strip_tail(text, start, end, words["predicate"])
    start = max(start, end - LONGEST)
    empty = words["empty_nouns"].match(text, start)
    if empty and empty.end() >= end:
        return None
    return (start, end) if end - start >= 2 else None

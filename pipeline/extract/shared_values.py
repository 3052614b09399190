"""Values in one list: what one of them says holds for all, and 分别 or respectively gives each its own indicator or year."""

from __future__ import annotations

from pipeline.extract.amount import Amount
from pipeline.extract.phrase_bounds import Span, clause_start
from pipeline.extract.quantity_grammar import Grammar
from pipeline.extract.readings import Reading

REACH, LINK = 60, 8
SHORTEST_PART = 2


def share(text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Let the values of each list share verb, comparator, time and indicator."""
    start = 0
    for stop in range(1, len(readings) + 1):
        if stop < len(readings) and _linked(text, readings[stop - 1].amount, readings[stop].amount, grammar):
            continue
        if stop - start > 1:
            _share_list(text, readings, start, stop, grammar)
        start = stop


def _linked(text: str, one: Amount, two: Amount, grammar: Grammar) -> bool:
    return two.start - one.end < LINK and bool(grammar.words["list_link"].search(text[one.end : two.start]))


def _share_list(text: str, readings: list[Reading], start: int, stop: int, grammar: Grammar) -> None:
    group = readings[start:stop]
    first, last = group[0], group[-1]
    if first.amount.noun is None and last.amount.noun and first.amount.unit == last.amount.unit:
        first.indicator = last.indicator
    for reading in group[1:]:
        if reading.amount.measure == "level" and reading.amount.unit == first.amount.unit:
            reading.amount.measure = first.amount.measure
        if reading.amount.noun is None and reading.amount.unit == first.amount.unit:
            reading.indicator, reading.baseline_year = first.indicator, reading.baseline_year or first.baseline_year
        if first.mention and first.mention.years:
            reading.mention, reading.basis = first.mention, first.basis
    window = text[max(0, first.amount.start - 2 * REACH) : last.amount.end + REACH // 2]
    if not grammar.words["shared_signs"].search(window):
        return
    _share_comparator([reading.amount for reading in group])
    _distribute(text, group, readings[start - len(group) : start] if start >= len(group) else [], grammar)


def _distribute(text: str, group: list[Reading], before: list[Reading], grammar: Grammar) -> None:
    """Give each value of a list its own year, the indicator of its counterpart `before` the list, or its part of the indicator."""
    first = group[0]
    years = first.mention.years if first.mention else ()
    if first.mention and len(years) == len(group):
        for reading, year in zip(group, years, strict=True):
            reading.mention = first.mention._replace(year=year)
    elif before and first.indicator == before[-1].indicator:
        for reading, named in zip(group, before, strict=True):
            reading.indicator = named.indicator
    elif first.indicator and first.amount.noun is None:
        _share_indicator(text, group, first.indicator, grammar)


def _share_comparator(amounts: list[Amount]) -> None:
    """The comparing word before the first or behind the last value of a list holds for all of them."""
    first, last = amounts[0], amounts[-1]
    shared = first.comparator if first.start < first.core and first.comparator != "eq" else None
    if shared is None and last.start == last.core and last.comparator not in ("eq", "between"):
        shared = last.comparator
    for amount in amounts:
        if shared and amount.comparator == "eq" and amount.unit == first.unit:
            amount.comparator = shared


def _share_indicator(text: str, group: list[Reading], span: Span, grammar: Grammar) -> None:
    """Part the indicator of a list among its values; a part that cannot stand alone (东、中、西部) stays with the whole."""
    start, end = _widened(text, span, len(group), grammar) if grammar.spaced else span
    breaks = list(grammar.words["list_and"].finditer(text, start, end))
    if len(breaks) + 1 != len(group):
        return
    starts = [start, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), end]
    for reading, low, high in zip(group, starts, ends, strict=True):
        reading.indicator = (low, high) if high - low >= SHORTEST_PART else span


def _widened(text: str, span: Span, size: int, grammar: Grammar) -> Span:
    """The indicator with the earlier items of its enumeration, as many as there are values: primary, secondary and tertiary schooling."""
    start, end = span
    for _ in range(size - 1 - sum(1 for _ in grammar.words["list_and"].finditer(text, start, end))):
        if text[start - 2 : start] != ", ":
            return span
        start = clause_start(text, start - 2, 0, grammar)
    verbs = list(grammar.words["predicate"].finditer(text, start, span[0]))
    start = verbs[-1].end() if verbs else start
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end

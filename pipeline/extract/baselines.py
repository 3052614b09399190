"""What a value starts from: 'from 32% to 45%', '85%, up from 27%', by 20% against 2005."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal

from pipeline.extract.amount import Amount
from pipeline.extract.context import Context
from pipeline.extract.deadlines import Mention
from pipeline.extract.quantity_grammar import Grammar
from pipeline.extract.readings import Reading

REACH, BESIDE = 60, 8
MOST = 64


def pair_baselines(text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Tell the value that a change starts from, and the one that it leads to."""
    words = grammar.words
    for first, second in zip(readings, readings[1:], strict=False):
        one, two = first.amount, second.amount
        if two.start - one.end <= REACH + 20 and words["baseline_later"].search(text[one.end : two.start]):
            second.kind, first.baseline_value = "statistic", two.low if one.unit == two.unit else None
            second.start_of = first
            two.measure, two.unit = "level", two.unit or one.unit
            continue
        if two.start - one.end > REACH or not words["baseline_before"].search(text[max(0, one.start - REACH) : one.start]):
            continue
        if not words["baseline_between"].search(text[one.end : two.start]):
            continue
        if one.unit is None or two.unit is None or (not one.unit_printed and not two.unit_printed):
            _take_unit(one, two)
        one.doubt = two.doubt = None
        first.kind, second.baseline_value = "statistic", one.low
        first.start_of = second
        two.measure = one.measure = "level"


def _take_unit(one: Amount, two: Amount) -> None:
    """The unit behind the second number holds for the first, and its scale where the first would else be tiny beside it."""
    one.unit, two.unit = two.unit or one.unit, two.unit or one.unit
    tiny = one.scale == 1 and (one.low or 0) * two.scale < (two.low or 0) * 10
    one.low = (one.low or Decimal(0)) * (two.scale if tiny else 1)


def place_times(context: Context, index: int, text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Set the time and the base year of each reading."""
    mentions = context.deadlines.mentions(index)
    bases = [mention for mention in mentions if mention.base]
    starts = [mention.start for mention in bases]
    floor = 0
    for position, reading in enumerate(readings):
        amount = reading.amount
        ceiling = readings[position + 1].amount.start if position + 1 < len(readings) else len(text)
        reading.mention, reading.basis = context.deadlines.mention_at(index, amount.start)
        low, high = bisect_left(starts, max(floor, amount.start - REACH)), bisect_left(starts, min(ceiling, amount.end + REACH))
        near = (mention for mention in bases[low:high] if mention.year and _same_clause(text, mention, amount, grammar))
        base = next(near, None) or _compared_with(context, index, amount)
        if base is reading.mention and base is not None:
            others = [mention for mention in mentions[:MOST] if not mention.base and mention is not base]
            reading.mention, reading.basis = (others[0], "explicit") if others else (None, "none")
        if base and base.start < amount.start and (reading.start_of or _opens(text, base, amount, grammar)):
            reading.mention, reading.basis = base, "explicit"
        elif base:
            reading.baseline_year = base.year
        _set_pair(text, readings, position, ceiling, grammar)
        floor = amount.end
    for first, _, last in zip(readings, readings[1:], readings[2:], strict=False):
        if first.amount.measure == "multiple" and last.baseline_value is not None:
            first.mention, first.basis = last.mention, last.basis  # 'double from 40 in 2020 to 80 in 2025'


def _opens(text: str, base: Mention, amount: Amount, grammar: Grammar) -> bool:
    """Whether a base year stands right before the value that a change starts from: 由2011年33家扩大到全部."""
    return base.end == amount.start and bool(grammar.words["baseline_before"].search(text, base.start, amount.start))


def _set_pair(text: str, readings: list[Reading], position: int, ceiling: int, grammar: Grammar) -> None:
    """A starting value has the time beside it, else that of the pair before; what it leads to has another."""
    reading, before = readings[position], readings[position - 1] if position else None
    if reading.start_of and not _beside(text, reading, ceiling, grammar):
        earlier = [one for one in readings[:position] if one.start_of and one.mention]
        reading.mention, reading.basis = (earlier[-1].mention, "inherited") if earlier else (None, "none")
    if before and before.start_of is reading:
        if reading.mention and reading.mention is before.mention and before.basis == "explicit":
            reading.mention, reading.basis = None, "none"
        reading.baseline_year = before.mention.year if before.mention else reading.baseline_year


def _beside(text: str, reading: Reading, ceiling: int, grammar: Grammar) -> bool:
    """Whether the time of a starting value stands between 'from' and the value, or right behind it."""
    start = reading.amount.start
    low = max(0, start - REACH)
    opened = grammar.words["baseline_before"].search(text[low:start])
    first = low + opened.start() if opened else start
    return reading.mention is not None and reading.basis == "explicit" and first <= reading.mention.start < ceiling


def _same_clause(text: str, mention: Mention, amount: Amount, grammar: Grammar) -> bool:
    between = text[mention.end : amount.start] if mention.end <= amount.start else text[amount.end : mention.start]
    return not grammar.clause_ends.intersection(between) or (grammar.spaced and ";" not in between)


def _compared_with(context: Context, index: int, amount: Amount) -> Mention | None:
    """The year beside a factor: 2.5 times that of 2015, 2010年的2.5倍."""
    if amount.unit != "times":
        return None
    issued = context.deadlines.issued or 0
    for mention in context.deadlines.mentions(index)[:MOST]:
        beside = amount.start - BESIDE <= mention.end <= amount.end or amount.end <= mention.start <= amount.end + 2 * BESIDE
        if beside and mention.year and mention.year < issued:
            return mention
    return None

"""Quantities: every value that a text states, what it measures, by when, and whether it is a target."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal

from pipeline.core.model import Problem, Quantity, Sentence
from pipeline.core.problems import problem
from pipeline.core.quantity import base_of, exact_float
from pipeline.extract.amount import Amount
from pipeline.extract.amounts import read_amounts
from pipeline.extract.comparators import compare
from pipeline.extract.context import Context
from pipeline.extract.deadlines import Mention
from pipeline.extract.flat_tables import FlatTableReader
from pipeline.extract.indicator_phrases import Span, find_indicator
from pipeline.extract.quantities_records import RecordReader
from pipeline.extract.quantity_grammar import Grammar, fold, grammar_of
from pipeline.extract.quantity_kinds import kind_of, nature_of
from pipeline.extract.readings import Reading
from pipeline.extract.table_quantities import TableReader

REACH, BESIDE = 60, 8


def extract_quantities(context: Context) -> tuple[list[Quantity], list[Problem]]:
    """The quantities of one text, in text order, and the numbers whose meaning is not sure."""
    grammar = grammar_of(context.language)
    tables = TableReader(context.outline, grammar, context.deadlines)
    flat = FlatTableReader(context.outline.sentences, grammar, tables)
    records = RecordReader(context.outline.sentences, grammar, tables, context.deadlines.issued)
    quantities: list[Quantity] = []
    problems: list[Problem] = []
    for index, sentence in enumerate(context.outline.sentences):
        cells = tables.read(index) if sentence.kind == "row" else flat.read(index, sentence.text)
        cells = records.read(index, sentence) if cells is None else cells
        readings = read_sentence(context, index, grammar) if cells is None else _cells(context, sentence, cells)
        for reading in readings:
            if reading.amount.doubt:
                problems.append(_problem("uncertain_quantity", reading.amount.doubt, sentence, reading))
                continue
            quantities.append(_quantity(context, sentence, reading, grammar))
            if reading.amount.unit and quantities[-1].base_unit is None:
                problems.append(
                    _problem("unknown_unit", f"unit {reading.amount.unit!r} is not in the codelist", sentence, reading)
                )
    return quantities, problems


def _cells(context: Context, sentence: Sentence, readings: list[Reading]) -> list[Reading]:
    background = context.topics.get(sentence.section_id) == "background"
    for reading in readings:
        reading.kind = reading.kind or ("statistic" if background else "target")
    return readings


def read_sentence(context: Context, index: int, grammar: Grammar) -> list[Reading]:
    """The readings of one sentence, in its order; spans count in the sentence's text."""
    sentence = context.outline.sentences[index]
    text = fold(sentence.text)
    amounts = read_amounts(text, grammar)
    if not amounts:
        return []
    floor = 0
    readings = []
    for amount in amounts:
        compare(text, amount, floor, grammar)
        readings.append(Reading(amount))
        floor = amount.end
    _pair_baselines(text, readings, grammar)
    _place(context, index, text, readings, grammar)
    _share(text, readings, grammar)
    topic = context.topics.get(sentence.section_id)
    for position, reading in enumerate(readings):
        own = reading.basis != "none" and reading.mention in context.deadlines.mentions(index)[:64]
        reading.kind = reading.kind or kind_of(
            *_told(text, readings, position), reading.mention, own, topic, context.deadlines.issued, grammar
        )
        reading.nature = nature_of(text, reading.amount, grammar)
    return [reading for reading in readings if _stated(reading, context, index)]


def _told(text: str, readings: list[Reading], position: int) -> tuple[str, Amount]:
    """The text and the value in it whose surroundings tell the kind: of 'will rise from 1 GW today to 4 GW', what leads to 1 GW."""
    if position and readings[position].baseline_value is not None and readings[position - 1].kind == "statistic":
        first = readings[position - 1].amount
        return text[: first.end], first
    return text, readings[position].amount


def _stated(reading: Reading, context: Context, index: int) -> bool:
    """The whole or nothing of something is a target only where the sentence gives it a time."""
    if reading.amount.measure not in ("all", "none"):
        return True
    return any(not mention.base and mention.year for mention in context.deadlines.mentions(index)[:64])


def _pair_baselines(text: str, readings: list[Reading], grammar: Grammar) -> None:
    """'from 32% to 45%': the first is where the second starts from."""
    words = grammar.words
    for first, second in zip(readings, readings[1:], strict=False):
        one, two = first.amount, second.amount
        if two.start - one.end <= REACH + 20 and words["baseline_later"].search(text[one.end : two.start]):
            second.kind, first.baseline_value = "statistic", two.low if one.unit == two.unit else None
            two.measure = "level"
            continue
        if two.start - one.end > REACH or not words["baseline_before"].search(text[max(0, one.start - REACH) : one.start]):
            continue
        if not words["baseline_between"].search(text[one.end : two.start]):
            continue
        if one.unit is None or (not one.unit_printed and not two.unit_printed):
            one.unit, two.unit = two.unit or one.unit, two.unit or one.unit
            one.low = (one.low or Decimal(0)) * (
                two.scale if one.scale == 1 and (one.low or 0) * two.scale < (two.low or 0) * 10 else 1
            )
        one.doubt = two.doubt = None
        first.kind, second.baseline_value = "statistic", one.low
        two.measure = one.measure = "level"


def _place(context: Context, index: int, text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Set indicator, time and base year of each reading."""
    bases = [mention for mention in context.deadlines.mentions(index) if mention.base]
    starts = [mention.start for mention in bases]
    floor = 0
    for position, reading in enumerate(readings):
        amount = reading.amount
        ceiling = readings[position + 1].amount.start if position + 1 < len(readings) else len(text)
        reading.indicator = find_indicator(text, amount, amount.start, floor, grammar)
        if position and (reading.indicator is None or _same_subject(text, readings[position - 1], reading, grammar)):
            reading.indicator = readings[position - 1].indicator
        reading.mention, reading.basis = context.deadlines.mention_at(index, amount.start)
        low, high = bisect_left(starts, max(floor, amount.start - REACH)), bisect_left(starts, min(ceiling, amount.end + REACH))
        near = (mention for mention in bases[low:high] if mention.year and _same_clause(text, mention, amount, grammar))
        base = next(near, None) or _compared_with(context, index, amount)
        if base is reading.mention and base is not None:
            others = [mention for mention in context.deadlines.mentions(index)[:64] if not mention.base and mention is not base]
            reading.mention, reading.basis = (others[0], "explicit") if others else (None, "none")
        if reading.kind == "statistic" and base and base.start < amount.start:
            reading.mention, reading.basis = base, "explicit"
        elif base:
            reading.baseline_year = base.year
        if reading.baseline_value is not None and (previous := readings[position - 1].mention):
            reading.baseline_year = previous.year if previous is not reading.mention else None
        floor = amount.end
    for first, _, last in zip(readings, readings[1:], readings[2:], strict=False):
        if first.amount.measure == "multiple" and last.baseline_value is not None:
            first.mention, first.basis = last.mention, last.basis  # 'double from 40 in 2020 to 80 in 2025'


def _same_subject(text: str, before: Reading, reading: Reading, grammar: Grammar) -> bool:
    """'contributed 7% to GDP and will contribute 9%', 'reach 100 Mbps in cities and 50 Mbps in villages', '85%, up from 27%'."""
    one, two = before.amount, reading.amount
    between = text[one.end : two.start]
    if before.baseline_value is not None and reading.kind == "statistic":
        return True
    return not two.noun and one.unit == two.unit and grammar.words["goes_on"].search(between) is not None


def _same_clause(text: str, mention: Mention, amount: Amount, grammar: Grammar) -> bool:
    between = text[mention.end : amount.start] if mention.end <= amount.start else text[amount.end : mention.start]
    return not grammar.clause_ends.intersection(between) or (grammar.spaced and ";" not in between)


def _compared_with(context: Context, index: int, amount: Amount) -> Mention | None:
    """The year beside a factor: 2.5 times that of 2015, 2010年的2.5倍."""
    if amount.unit != "times":
        return None
    issued = context.deadlines.issued or 0
    for mention in context.deadlines.mentions(index)[:64]:
        beside = amount.start - BESIDE <= mention.end <= amount.end or amount.end <= mention.start <= amount.end + 2 * BESIDE
        if beside and mention.year and mention.year < issued:
            return mention
    return None


def _share(text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Values in one list share verb and comparator; 分别 and respectively give each its own indicator or year."""
    start = 0
    for stop in range(1, len(readings) + 1):
        if stop < len(readings) and _linked(text, readings[stop - 1].amount, readings[stop].amount, grammar):
            continue
        if stop - start > 1:
            _share_list(text, readings[start:stop], grammar)
        start = stop


def _linked(text: str, one: Amount, two: Amount, grammar: Grammar) -> bool:
    return two.start - one.end < 8 and bool(grammar.words["list_link"].search(text[one.end : two.start]))


def _share_list(text: str, group: list[Reading], grammar: Grammar) -> None:
    first, last = group[0], group[-1]
    if first.amount.noun is None and last.amount.noun and first.amount.unit == last.amount.unit:
        first.indicator = last.indicator
    for reading in group[1:]:
        if reading.amount.measure == "level" and reading.amount.unit == first.amount.unit:
            reading.amount.measure = first.amount.measure
        if reading.amount.noun is None and reading.amount.unit == first.amount.unit:
            reading.indicator = first.indicator
        reading.mention, reading.basis = (
            (first.mention, first.basis) if first.mention and first.mention.years else (reading.mention, reading.basis)
        )
    window = text[max(0, group[0].amount.start - 2 * REACH) : group[-1].amount.end + REACH // 2]
    if not grammar.words["shared_signs"].search(window):
        return
    _share_comparator([reading.amount for reading in group])
    years = first.mention.years if first.mention else ()
    if first.mention and len(years) == len(group):
        for reading, year in zip(group, years, strict=True):
            reading.mention = first.mention._replace(year=year)
    elif first.indicator:
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
    start, end = span
    breaks = list(grammar.words["list_and"].finditer(text, start, end))
    if len(breaks) + 1 != len(group):
        return
    starts = [start, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), end]
    for reading, *part in zip(group, starts, ends, strict=True):
        reading.indicator = (part[0], part[1]) if part[1] > part[0] else span


def _quantity(context: Context, sentence: Sentence, reading: Reading, grammar: Grammar) -> Quantity:
    amount = reading.amount
    start, end = sentence.span(amount.start, amount.end)
    owner = reading.owner or sentence
    indicator = owner.text[slice(*reading.indicator)] if reading.indicator else None
    unit = _unit(amount, indicator, grammar)
    base_value, base_unit = base_of(amount.low, unit)
    span = owner.span(*reading.indicator) if reading.indicator else (None, None)
    return Quantity(
        text_id=sentence.text_id, section_id=sentence.section_id, char_start=start, char_end=end,
        quote=sentence.text[amount.start : amount.end], rule_id=amount.rule_id,
        kind=reading.kind or "target", measure=amount.measure, comparator=None if amount.measure == "all" else amount.comparator or "eq",
        value=exact_float(amount.low), value_high=exact_float(amount.high), unit=unit,
        base_value=exact_float(base_value), base_unit=base_unit,
        indicator_text=indicator, indicator_start=span[0], indicator_end=span[1],
        deadline_year=reading.mention.year if reading.mention else None,
        deadline_text=reading.mention.words if reading.mention else None, deadline_basis=reading.basis,
        baseline_value=exact_float(reading.baseline_value), baseline_year=reading.baseline_year,
        nature=reading.nature or "unstated", wording=sentence.text,
    )  # fmt: skip


def _unit(amount: Amount, indicator: str | None, grammar: Grammar) -> str | None:
    if amount.measure in ("all", "none") and not amount.unit:
        return None
    if indicator:
        for unit, words, instead in grammar.setting("unit_senses"):
            if amount.unit == unit and words in indicator:
                return str(instead)
        if amount.unit in (None, "item"):
            return grammar.counted_kind(indicator) or amount.unit or "1"
    return amount.unit or "1"


def _problem(kind: str, message: str, sentence: Sentence, reading: Reading) -> Problem:
    start, end = sentence.span(reading.amount.start, reading.amount.end)
    return problem(
        kind, message, text_id=sentence.text_id, section_id=sentence.section_id, char_start=start, char_end=end,
        quote=sentence.text[reading.amount.start : reading.amount.end],
    )  # fmt: skip

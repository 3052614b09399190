"""Quantities: every value that a text states, what it measures, by when, and whether it is a target."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Problem, Quantity, Sentence
from pipeline.core.problems import problem
from pipeline.core.quantity import base_of, exact_float
from pipeline.core.rules import Rule
from pipeline.extract.amount import Amount
from pipeline.extract.amounts import amounts_by
from pipeline.extract.baselines import pair_baselines, place_times
from pipeline.extract.comparators import compare
from pipeline.extract.context import Context
from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.flat_tables import FlatTableReader
from pipeline.extract.indicator_phrases import find_indicator
from pipeline.extract.phrase_bounds import Span
from pipeline.extract.quantities_lines import LineReader
from pipeline.extract.quantities_records import RecordReader
from pipeline.extract.quantity_grammar import Grammar, fold_all, grammar_of
from pipeline.extract.quantity_kinds import Background, background_of, kind_of, nature_of
from pipeline.extract.readings import Reading
from pipeline.extract.shared_values import share
from pipeline.extract.table_quantities import TableReader

MARKUP, LINE, CREDITED = 6, 100, 3


def extract_quantities(context: Context) -> tuple[list[Quantity], list[Problem]]:
    """The quantities of one text, in text order, and the numbers whose meaning is not sure."""
    grammar = grammar_of(context.language)
    tables = TableReader(context.outline, grammar, context.deadlines)
    flat = FlatTableReader(context.outline.sentences, grammar, tables)
    lines = LineReader(context.outline.sentences, grammar, tables, context.deadlines)
    records = RecordReader(context.outline.sentences, grammar, tables, context.deadlines.issued)
    texts, encoded = fold_all([sentence.text for sentence in context.outline.sentences], context.encoded)
    rules = grammar.value_rules(encoded)
    known = background_of(context, grammar)
    quantities: list[Quantity] = []
    problems: list[Problem] = []
    for index, sentence in enumerate(context.outline.sentences):
        is_row = sentence.kind == "row"
        cells = tables.read(index) if is_row else flat.read(index, sentence.text) if index in rules else None
        cells = lines.read(index, sentence) if cells is None and not is_row and index in rules else cells
        cells = records.read(index, sentence) if cells is None else cells
        if cells is not None:
            readings = _cells(context, sentence, cells, known)
        elif index in rules:
            readings = read_sentence(context, index, texts[index], rules[index], known, grammar)
        else:
            continue
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


def _cells(context: Context, sentence: Sentence, readings: list[Reading], known: Background) -> list[Reading]:
    tells = known.topic(sentence.section_id, context.topics) == "background"
    now = known.issued or known.told
    for reading in readings:
        year = reading.mention.year if reading.mention and reading.basis == "explicit" else None
        past = tells or (year is not None and now is not None and year < now)
        reading.kind = reading.kind or ("statistic" if past else "target")
    return readings


def read_sentence(
    context: Context, index: int, text: str, rules: Sequence[Rule], known: Background, grammar: Grammar
) -> list[Reading]:
    """The readings of one sentence, in its order. text: folded; rules: those that may match in it."""
    sentence = context.outline.sentences[index]
    amounts = amounts_by(text, rules, grammar)
    if not amounts:
        return []
    floor = 0
    readings = []
    for amount in amounts:
        compare(text, amount, floor, grammar)
        readings.append(Reading(amount))
        floor = amount.end
    pair_baselines(text, readings, grammar)
    _place(text, readings, grammar)
    place_times(context, index, text, readings, grammar)
    share(text, readings, grammar)
    topic = known.topic(sentence.section_id, context.topics)
    whole = text + _goes_on(context, index, text, amounts) if grammar.spaced else text
    for position, reading in enumerate(readings):
        own = reading.basis != "none" and reading.mention in context.deadlines.mentions(index)[:64]
        told = reading.kind or kind_of(*_told(whole, readings, position), reading.mention, own, topic, known, grammar)
        reading.kind = told or _kind_around(context, index, reading, readings[max(0, position - 1) : position], grammar)
        if not own and _outlived(reading, _is_next(context, index, reading), known, grammar):
            reading.mention, reading.basis = None, "none"
        reading.nature = nature_of(text, reading.amount, grammar)
    return [reading for reading in readings if _stated(reading, context, index)]


def _kind_around(context: Context, index: int, reading: Reading, before: Sequence[Reading], grammar: Grammar) -> str:
    """The kind of a value whose sentence does not tell it: that of the value before it, or a statistic where figures are credited."""
    if before and not before[-1].start_of and before[-1].mention is reading.mention:
        return str(before[-1].kind)
    sentences, section = context.outline.sentences, context.outline.sentences[index].section_id
    following = (each for each in sentences[index + 1 : index + 1 + CREDITED] if each.section_id == section)
    credited = any(grammar.words["source_line"].match(each.text) for each in following)
    return "statistic" if credited else "target"


def _goes_on(context: Context, index: int, text: str, amounts: Sequence[Amount]) -> str:
    """The line that tells what a value is that stands in a line of its own: '40%', 'of ships have no radio'."""
    if (
        len(amounts) > 1
        or len(text) - (amounts[0].end - amounts[0].start) > MARKUP
        or index + 1 == len(context.outline.sentences)
    ):
        return ""
    return " " + context.outline.sentences[index + 1].text[:LINE]


def _is_next(context: Context, index: int, reading: Reading) -> bool:
    """Whether the time of a value stands in the sentence right before its own."""
    sentences = context.outline.sentences
    beside = index > 0 and sentences[index - 1].paragraph == sentences[index].paragraph
    return beside and reading.mention in context.deadlines.mentions(index - 1)[:64]


def _outlived(reading: Reading, near: bool, known: Background, grammar: Grammar) -> bool:
    """Whether a time of an earlier sentence cannot be that of the value: one to come of what is, or one past of what is to be.

    near: it stands in the sentence before.
    """
    mention = reading.mention
    if mention is None or reading.start_of:
        return False
    year, now = mention.year, known.issued or known.told
    if reading.kind == "target":
        return bool(year and now and year < now)
    return (grammar.spaced and not near) or bool(
        grammar.words["deadline_words"].search(mention.words) or (year and now and year > now)
    )


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


def _place(text: str, readings: list[Reading], grammar: Grammar) -> None:
    """Set the indicator of each reading."""
    floor = 0
    for position, reading in enumerate(readings):
        amount = reading.amount
        reading.indicator = find_indicator(text, amount, amount.start, floor, grammar)
        if position and (reading.indicator is None or _same_subject(text, readings[position - 1], reading, grammar)):
            reading.indicator = readings[position - 1].indicator
        elif position and not grammar.spaced:
            reading.indicator = _own_noun(text, readings[position - 1], reading, grammar)
        if reading.indicator is None and position + 1 < len(readings):
            reading.indicator = _whole(text, amount, readings[position + 1].amount, grammar)
        if amount.measure == "level" and reading.indicator and grammar.words["newly"].search(text[floor : reading.indicator[0]]):
            amount.measure = "increase"
        floor = amount.end


def _whole(text: str, amount: Amount, other: Amount, grammar: Grammar) -> Span | None:
    """What a share is a share of: 'two thirds of the 1,500 villages'."""
    link = grammar.words["of_phrase"].match(text[amount.end : other.start])
    return other.noun if link and link.end() == other.start - amount.end else None


def _own_noun(text: str, before: Reading, reading: Reading, grammar: Grammar) -> Span | None:
    """The noun behind a value where what stands before it is counted by the value before: 100个基地、1000公里隔离带."""
    counted = before.indicator if before.indicator and before.indicator[0] >= before.amount.end else None
    if counted and reading.indicator and reading.indicator[0] < counted[1]:
        return counted_noun(text, reading.amount.end, grammar, of_part=True) or reading.indicator
    return reading.indicator


def _same_subject(text: str, before: Reading, reading: Reading, grammar: Grammar) -> bool:
    """'contributed 7% to GDP and will contribute 9%', 'reach 100 Mbps in cities and 50 Mbps in villages', '85%, up from 27%'."""
    one, two = before.amount, reading.amount
    between = text[one.end : two.start]
    if reading.start_of is before:
        return True
    return not two.noun and one.unit == two.unit and grammar.words["goes_on"].search(between) is not None


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

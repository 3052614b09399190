"""Values that are no plain numbers: fractions, tenths, multiples, ranks, the whole and nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.core.quantity import read_digits
from pipeline.core.rules import Rule
from pipeline.extract.amount import Amount
from pipeline.extract.quantity_grammar import Grammar

SPACE_OR_HYPHEN = re.compile(r"[ \t\u00a0\u202f\u2011-]?")


def skip(text: str, position: int) -> int:
    """The place behind one space or hyphen, where there is one."""
    return SPACE_OR_HYPHEN.match(text, position).end()  # type: ignore[union-attr]


def other_amount(text: str, reads: str, rule: Rule, match: re.Match[str], grammar: Grammar) -> Amount | None:
    """The amount of a match that is no plain number: percent, fraction, tenths, multiple, rank, the whole or nothing."""
    groups = {
        name.removesuffix("_b").removesuffix("_c").removesuffix("_d"): value for name, value in match.groupdict().items() if value
    }
    start, end = match.span(match.lastindex or 0) if match.lastindex and not groups else match.span()
    amount = Amount(start, end, None, rule.rule_id, comparator=rule.values.get("comparator"), unit_printed=True)
    amount.measure = rule.values.get("measure", "level")
    if reads == "multiple":
        amount.measure, amount.unit = "multiple", "times"
        count = _plain(grammar, groups.get("number")) or Decimal(1)
        amount.low = 2**count if rule.values.get("doublings") else Decimal(str(rule.values.get("factor", count)))
    elif reads == "percent":
        amount.low, amount.unit = _plain(grammar, groups["number"]), rule.values["unit"]
    elif reads == "tenths":
        amount.low, amount.unit = _plain(grammar, groups["number"]), "%"
        amount.low = amount.low * 10 if amount.low else None
        amount.end = match.end("number") + 1
    elif reads == "fraction":
        if groups:
            named = [match.span(name) for name in match.groupdict() if match[name]]
            amount.start, amount.end = min(named)[0], max(end for _, end in named)
        amount.low, amount.unit = _fraction(grammar, rule, groups), "fraction"
        counted = grammar.unit_pattern.match(text, skip(text, amount.end))
        if counted and grammar.unit_code(counted[0]) in grammar.time_units:
            return None
    elif reads == "rank":
        amount.measure, amount.unit = rule.values.get("measure", "rank"), "rank"
        amount.low = _plain(grammar, groups.get("number")) or _ordinal(grammar, groups.get("ordinal"))
    else:
        amount.measure = "all" if reads == "whole" else "none"
        amount.low = None if reads == "whole" else Decimal(0)
        return amount
    return amount if amount.low is not None else None


def _plain(grammar: Grammar, words: str | None) -> Decimal | None:
    if not words:
        return None
    return read_digits(words) if words[0].isdigit() else grammar.numerals.read(words)


def _ordinal(grammar: Grammar, words: str | None) -> Decimal | None:
    if not words:
        return None
    return Decimal(words[:-2]) if words[0].isdigit() else Decimal(grammar.ordinals[words.lower()])


def _fraction(grammar: Grammar, rule: Rule, groups: dict[str, str]) -> Decimal | None:
    if "value" in rule.values:
        return Decimal(str(rule.values["value"]))
    below = groups["denominator"].lower().rstrip("s")
    denominator = grammar.fraction_parts.get(below) or _plain(grammar, below)
    numerator = Decimal(1) if groups["numerator"].lower() == "a" else _plain(grammar, groups["numerator"].lower())
    if not denominator or not numerator or numerator >= denominator:
        return None
    return numerator / Decimal(denominator)

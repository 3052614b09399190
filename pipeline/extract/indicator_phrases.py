"""The noun phrase that a value measures, as a span of the sentence."""

from __future__ import annotations

from pipeline.extract.amount import Amount
from pipeline.extract.indicator_spaced import find_spaced
from pipeline.extract.indicator_unspaced import find_unspaced
from pipeline.extract.phrase_bounds import Span
from pipeline.extract.quantity_grammar import Grammar


def find_indicator(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """The indicator of an amount. head: where the words of its value start; floor: end of the value before it in the sentence."""
    find = find_spaced if grammar.spaced else find_unspaced
    return find(text, amount, head, floor, grammar)

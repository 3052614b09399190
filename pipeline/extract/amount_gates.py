"""Whether a number with its unit is a quantity where it stands."""

from __future__ import annotations

import re

from pipeline.extract.amount import Amount
from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.quantity_grammar import Grammar

WINDOW, BRIEF = 40, 16
MANY = 1000
SPELLED_OUT = 12
"""Numbers above it are written in words only where they open a sentence: they count like digits."""
CAPITALS = 3
YEARLIKE = re.compile(r"(?:19|20)\d\d")
LATIN_UNIT = re.compile(r"[A-Za-zμ][A-Za-z]{0,5}(?:/[A-Za-z]{1,5}\d?)?(?![A-Za-z\d-])")
SPEAKS_FOR_ITSELF = {"rank", "all", "none", "multiple"}
PARTS = {"%", "‰", "fraction"}
LIMITS = {"ge", "le", "gt", "lt"}


def counts(text: str, amount: Amount, floor: int, grammar: Grammar) -> bool:
    """Whether an amount is a quantity; sets the unit, the noun and the doubt of one that has no unit beside it.

    floor: end of what was read before it in the sentence.
    """
    before = text[max(floor, amount.start - WINDOW) : amount.start]
    if grammar.words["per_before"].search(before):
        return False
    if _names_size(text, amount, grammar):
        return False
    if amount.measure in SPEAKS_FOR_ITSELF or amount.unit == "rank" or amount.unit in PARTS:
        return True
    if amount.unit == "times":
        return not grammar.spaced or bool(grammar.words["factor_after"].search(text[amount.end : amount.end + BRIEF]))
    if amount.in_words and amount.unit in grammar.digits_only_units:
        return False
    if amount.unit in grammar.time_units:
        return _is_limit(text, amount, before, grammar)
    if amount.unit is None:
        return _is_bare_number(text, amount, before, grammar)
    if amount.unit in grammar.count_units and amount.scale == 1:
        return _is_count(text, amount, before, grammar)
    return True


def _names_size(text: str, amount: Amount, grammar: Grammar) -> bool:
    """The size that names a kind of thing: 十万亩 in 100个十万亩基地, 5万吨级 of a berth."""
    if grammar.spaced or not amount.unit:
        return False
    return (amount.in_words and text[amount.start - 1 : amount.start] == "个") or text[amount.end : amount.end + 1] == "级"


def _is_limit(text: str, amount: Amount, before: str, grammar: Grammar) -> bool:
    """A time counts where the text sets it as a limit or measures it; years to come are deadlines instead."""
    words, after = grammar.words, text[amount.end : amount.end + BRIEF]
    if words["measured_time"].search(text, max(0, amount.start - 2 * WINDOW), amount.start) or words["imprisonment"].search(
        after
    ):
        return True
    if amount.unit != "year" and words["lead_time"].search(before) and (early := words["lead_time_after"].search(after)):
        amount.comparator, amount.end = "ge", amount.end + early.end()
        return True
    if amount.unit != "year" and words["term_after"].search(after):
        return True
    ahead = grammar.cue("comparators_before", before, "comparator")
    behind = grammar.cue("comparators_after", after, "comparator")
    if amount.comparator == "between":
        return bool(behind) or (amount.unit == "year" and bool(ahead))
    code = ahead.code if ahead and ahead.code != "eq" else behind.code if behind else ""
    if amount.unit == "year" and (words["within"].search(before) or words["within"].search(after)):
        return False
    return code in LIMITS


def _is_bare_number(text: str, amount: Amount, before: str, grammar: Grammar) -> bool:
    """A number without a unit: a count of the noun behind it, or a plain number behind a comparing word."""
    noun = counted_noun(text, amount.end, grammar) if grammar.spaced or amount.scale != 1 else None
    if noun:
        return _counts_noun(text, amount, noun, before, grammar)
    small = amount.low is None or amount.low < MANY
    compared = grammar.cue("comparators_before", before, "comparator")
    if compared and grammar.words["shared_noun"].match(text[amount.end : amount.end + WINDOW]):
        return True
    if (amount.in_words and small) or YEARLIKE.fullmatch(text[amount.start : amount.end]):
        return False
    if amount.scale != 1 or _is_part(text, amount, before, grammar):
        return True
    if compared and not grammar.spaced and (printed := LATIN_UNIT.match(text, amount.end)):
        amount.unit, amount.end, amount.unit_printed = printed[0], printed.end(), True
        return True
    if (compared or grammar.words["plain_before"].search(before)) and grammar.words["plain_after"].search(
        text[amount.end : amount.end + BRIEF]
    ):
        return True
    if "," in text[amount.start : amount.end] and (compared or _in_brackets(text, amount)):
        return True
    if "," in text[amount.start : amount.end] or compared or _starts_range(text, amount, before, grammar):
        amount.doubt = "a number without a unit"
        return True
    return False


def _in_brackets(text: str, amount: Amount) -> bool:
    """Whether a number is all that stands in brackets, behind what it counts: 'ahead of Peru (12,400)'."""
    return text[amount.start - 1 : amount.start] == "(" and text[amount.end : amount.end + 1] == ")"


def _is_part(text: str, amount: Amount, before: str, grammar: Grammar) -> bool:
    """A number of what was counted before: 'of which 35', '500 of them', 'down from 165', '1.5 for old plants, and 1.2 for new ones'."""
    words = grammar.words
    told = any(words[key].search(before) for key in ("baseline_bare", "part_before", "plain_goes_on"))
    return bool(told or words["part_after"].match(text[amount.end : amount.end + BRIEF]))


def _starts_range(text: str, amount: Amount, before: str, grammar: Grammar) -> bool:
    """The 45 of 'from 45 to 20 days', whose unit stands behind the second number."""
    link = grammar.cue("range_links", text[amount.end : amount.end + BRIEF], "link")
    second = text[amount.end + link.end :][:1] if link and link.code == "to" and link.start == 0 else ""
    return second.isdigit() and bool(grammar.words["from_before"].search(before))


def _counts_noun(text: str, amount: Amount, noun: tuple[int, int], before: str, grammar: Grammar) -> bool:
    kind = grammar.counted_kind(text[noun[0] : noun[1]])
    if not grammar.spaced:
        amount.unit, amount.noun = kind, noun if kind else None
        return True
    if kind is None and amount.low == amount.scale == 1:
        return False  # one of several is the number of a footnote or a point: '1 Health services are …'
    amount.unit, amount.noun = kind or "item", noun
    if amount.scale == 1 and (amount.low is None or amount.low < MANY) and not _is_count(text, amount, before, grammar):
        return False
    amount.end = noun[1]
    return True


def _is_count(text: str, amount: Amount, before: str, grammar: Grammar) -> bool:
    """Things that are counted: not the parts of a text, not 'the three', and in words only where something makes them."""
    noun = amount.noun or counted_noun(text, amount.end, grammar)
    words = text[noun[0] : noun[1]] if noun else ""
    if amount.unit in ("item", "region") and grammar.words["structural"].search(words):
        return False
    amount.noun = noun
    if noun and text[noun[0] - 1 : noun[0]] in grammar.noun_classifiers:
        amount.end = noun[1]
    if amount.unit == "item" and noun:
        amount.unit = grammar.counted_kind(words) or amount.unit
    if amount.low is not None and amount.low < MANY and (grammar.words["definite"].search(before) or _is_title(words)):
        return False
    if amount.in_words and amount.unit == "item" and grammar.words["place_before"].search(before):
        return False
    if not amount.in_words or grammar.cue("comparators_before", before, "comparator"):
        return True
    if grammar.spaced and text[amount.start].isupper() and text[: amount.start].strip(" \t*_•–—-(")[-1:].isalnum():
        return False  # 'Five' in the midst of a sentence is part of a name
    if grammar.spaced and amount.low is not None and (amount.low > SPELLED_OUT or (amount.unit != "item" and amount.low > 1)):
        return True
    after = text[amount.end : amount.end + 2 * WINDOW]
    return bool(grammar.words["count_signs"].search(before) or grammar.words["count_signs_after"].search(after))


def _is_title(words: str) -> bool:
    """Whether the words behind a number are a running title instead: three capitalised ones, the first among them."""
    return words[:1].isupper() and sum(word[:1].isupper() for word in words.split()) >= CAPITALS

"""Where the phrase around a value begins and ends: clauses, particles that lead in, words that trail."""

from __future__ import annotations

import re

from pipeline.extract.amount import Amount
from pipeline.extract.quantity_grammar import Grammar

CLAUSE, LONGEST = 110, 90
STEPS = 14
Span = tuple[int, int]


def clause_start(text: str, head: int, floor: int, grammar: Grammar) -> int:
    """Where the clause of `head` starts: behind the last stop or comma, not before `floor`."""
    low = max(floor, head - CLAUSE)
    ends = grammar.clause_ends
    for spot in range(head - 1, low - 1, -1):
        if text[spot] in ends and not _inside_number(text, spot):
            return spot + 1
    return low if low == floor else word_start(text, low, head, grammar)


def word_start(text: str, start: int, end: int, grammar: Grammar) -> int:
    """The first place from `start` on that is inside no word."""
    space = text.find(" ", start - 1, end) if grammar.spaced and start else -1
    return start if space < 0 else space + 1


def word_end(text: str, start: int, end: int) -> int:
    """The last place up to `end` that is inside no word."""
    if text[end : end + 1].strip() == "":
        return end
    space = text.rfind(" ", start, end)
    return end if space < 0 else space


def _inside_number(text: str, spot: int) -> bool:
    after = text[spot + 1 : spot + 2]
    if text[spot] == ".":
        return after.isascii() and after.isalnum()
    return text[spot] in ",:" and after.isdigit() and text[spot - 1 : spot].isdigit()


def strip_leads(text: str, start: int, end: int, grammar: Grammar) -> int:
    """The start of a phrase behind the particles and verbs that lead it in."""
    for _ in range(STEPS):
        lead = grammar.words["subject_leads"].search(text[start:end])
        if not lead or not lead.end():
            break
        start += lead.end()
    return start


def strip_tail(text: str, start: int, end: int, tail: re.Pattern[str]) -> int:
    """The end of a phrase before the words that trail behind it."""
    for _ in range(STEPS):
        found = tail.search(text[start:end])
        if not found:
            break
        end = start + found.start()
    return end


def is_time_limit(text: str, amount: Amount, grammar: Grammar) -> bool:
    """'within 30 days': it limits an act."""
    return amount.unit in grammar.time_units and bool(grammar.words["limit_words"].search(text[amount.start : amount.end]))

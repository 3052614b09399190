"""The noun phrase that a value measures, as a span of the sentence."""

from __future__ import annotations

import re
from collections import deque

from pipeline.extract.amount import Amount
from pipeline.extract.comparators import change_at
from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.quantity_grammar import Grammar

CLAUSE = 110
LONGEST = 90
STEPS = 14
Span = tuple[int, int]


def find_indicator(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """The indicator of an amount. head: where the words of its value start; floor: end of the value before it in the sentence."""
    find = _find_spaced if grammar.spaced else _find_unspaced
    return find(text, amount, head, floor, grammar)


def clause_start(text: str, head: int, floor: int, grammar: Grammar) -> int:
    """Where the clause of `head` starts: behind the last stop or comma, not before `floor`."""
    low = max(floor, head - CLAUSE)
    ends = grammar.clause_ends
    for spot in range(head - 1, low - 1, -1):
        if text[spot] in ends and not _inside_number(text, spot):
            return spot + 1
    return low


def _inside_number(text: str, spot: int) -> bool:
    after = text[spot + 1 : spot + 2]
    if text[spot] == ".":
        return after.isascii() and after.isalnum()
    return text[spot] in ",:" and after.isdigit() and text[spot - 1 : spot].isdigit()


# -- languages without spaces


def _find_unspaced(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    if amount.noun:
        return amount.noun
    behind = counted_noun(text, amount.end, grammar, of_part=True)
    if behind and grammar.words["empty_nouns"].match(text, amount.end):
        behind = None
    adjoins = text[amount.end : amount.end + 1] == grammar.particle
    if behind and adjoins and amount.unit in ("%", "‰", "fraction"):
        return behind
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
            end = found.start()
            break
    start = _strip_leads(text, start, end, grammar)
    end = _strip_tail(text, start, end, words["predicate"])
    start = max(start, end - LONGEST)
    empty = words["empty_nouns"].match(text, start)
    if empty and empty.end() >= end:
        return None
    return (start, end) if end - start >= 2 else None


def _strip_leads(text: str, start: int, end: int, grammar: Grammar) -> int:
    for _ in range(STEPS):
        lead = grammar.words["subject_leads"].search(text[start:end])
        if not lead or not lead.end():
            break
        start += lead.end()
    return start


def _strip_tail(text: str, start: int, end: int, tail: re.Pattern[str]) -> int:
    for _ in range(STEPS):
        found = tail.search(text[start:end])
        if not found:
            break
        end = start + found.start()
    return end


# -- languages with spaces


def _find_spaced(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    if (amount.measure == "multiple" and not amount.unit_printed) or (amount.unit == "times" and amount.low is not None):
        active = grammar.words["multiple_verb"].search(text, amount.core, amount.end)
        if active and not grammar.words["no_object"].match(text[amount.end :]) and (found := _after(text, amount.end, grammar)):
            return found
        passive = _subject(text, amount, floor, grammar)
        return passive or _after(text, amount.end, grammar)
    if amount.measure in ("increase", "decrease") and (found := _changed(text, amount, head, floor, grammar)):
        return found
    if amount.measure in ("all", "none") or amount.unit == "rank":
        if amount.unit == "rank" and (link := grammar.words["of_phrase"].search(text[amount.end : amount.end + 16])):
            stop = grammar.words["rank_stops"].search(text, amount.end + link.end(), amount.end + link.end() + LONGEST)
            end = stop.start() if stop else min(len(text), amount.end + link.end() + LONGEST)
            return trim_spaced(text, amount.end + link.end(), end, grammar)
        return (
            _of(text, amount.end, grammar) or _subject(text, amount, floor, grammar) or _last_resort(text, head, floor, grammar)
        )
    if not amount.noun and (found := _counted_off(text, amount, head, floor, grammar)):
        return found
    subject = _subject(text, amount, floor, grammar)
    if amount.noun:
        counts = subject and grammar.words["counting_subject"].search(text, *subject)
        return subject if subject and counts and _adjoins(text, subject[1], head, grammar) else amount.noun
    if subject and grammar.words["goal_only"].match(text[slice(*subject)]):
        return _of(text, amount.end, grammar) or _after(text, amount.end, grammar) or subject
    found = subject or _of(text, amount.end, grammar) or _last_resort(text, head, floor, grammar)
    return found or (_after(text, amount.end, grammar) if amount.unit_printed else None)


def _counted_off(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """'a budget of €5m' → budget; 'devote 5% of X' and ', and 5% of X' → X; '€5m is set aside for X' → X; 'with 5% in X' → X."""
    words, before = grammar.words, text[max(floor, head - LONGEST) : head]
    start = clause_start(text, head, floor, grammar)
    brought = words["bring_to"].match(text, start, head)
    if brought and not words["predicate"].search(text, *brought.span("what")):
        return trim_spaced(text, *brought.span("what"), grammar)
    if before[-4:].strip() in grammar.of_words:
        owner = _last_resort(text, head, floor, grammar)
        if owner and not words["generic"].search(text, *owner):
            return owner
    if words["with_before"].search(before) or (
        words["share_verb"].search(before) and (amount.unit == "%" or grammar.dimension(amount.unit or "") == "money")
    ):
        return _of(text, amount.end, grammar)
    if words["exceeding"].search(text, head, amount.core) and (noun := words["noun_before"].search(before)):
        group = noun.lastgroup or 0
        return head - len(before) + noun.start(group), head - len(before) + noun.end(group)
    if purpose := words["purpose"].match(text[amount.end : amount.end + LONGEST]):
        return _after(text, amount.end + purpose.end(), grammar)
    if (
        text[amount.end : amount.end + 4].strip() in grammar.of_words
        and start > floor
        and trim_spaced(text, start, head, grammar) is None
    ):
        return _of(text, amount.end, grammar)
    return None


def _window(text: str, head: int, floor: int, grammar: Grammar) -> Span:
    start = clause_start(text, head, floor, grammar)
    if head - start < 4 and start > floor + 1 and grammar.words["label_break"].match(text[start - 1]):
        return clause_start(text, start - 1, floor, grammar), start - 1
    return start, head


def _subject(text: str, amount: Amount, floor: int, grammar: Grammar) -> Span | None:
    """What stands before the predicate of the clause; the comparing word may be that predicate."""
    end, head = amount.start, amount.core
    for _ in range(3):
        start = clause_start(text, end, floor, grammar)
        found = grammar.words["predicate"].search(text, start, head)
        if found and (span := trim_spaced(text, start, found.start(), grammar)):
            return span
        if (found is None and end != amount.start) or start <= floor + 1:
            return None
        end = start - 1
    return None


def _adjoins(text: str, end: int, head: int, grammar: Grammar) -> bool:
    """Whether only a predicate stands between a subject and the words of the value."""
    last = _last(grammar.words["predicate"], text, end, head)
    return last is not None and not text[last.end() : head].strip(" ,")


def trim_spaced(text: str, start: int, end: int, grammar: Grammar) -> Span | None:
    """The phrase without times, leading particles and dangling prepositions; None where it is only a pronoun."""
    words = grammar.words
    for found in words["time_phrase"].finditer(text, start, end):
        if found.start() - start <= 3:
            start = found.end()
        elif end - found.end() <= 2:
            end = found.start()
    start = _strip_leads(text, start, end, grammar)
    end = _strip_tail(text, start, end, words["trailing"])
    start = _last_words(text, start, end)
    phrase = text[start:end]
    if len(phrase) < 2 or words["pronoun"].search(phrase) or not any(character.isalpha() for character in phrase):
        return None
    return start, end


def _last_words(text: str, start: int, end: int) -> int:
    if end - start <= LONGEST:
        return start
    space = text.find(" ", end - LONGEST, end)
    return space + 1 if space >= 0 else end - LONGEST


def _changed(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """'cut X by 5%' → X; 'X will fall by 5%' → X; 'a 5% cut in X' → X."""
    verb = change_at(text, head, floor, grammar)
    if not verb:
        noun = grammar.cue("change_nouns", text[amount.end : amount.end + LONGEST], "measure")
        return _of(text, amount.end + noun.end, grammar) if noun else None
    link = grammar.words["change_link"].search(text[verb.end : head])
    object_ = trim_spaced(text, verb.end, verb.end + link.start() if link else head, grammar)
    if object_:
        return object_
    start = clause_start(text, verb.start, floor, grammar)
    if grammar.words["added_to"].match(text, amount.end) and (whole := _of(text, amount.end, grammar)):
        return whole
    subject = trim_spaced(text, start, _before_predicate(text, start, verb.start, grammar), grammar)
    return subject or _after(text, amount.end, grammar)


def _before_predicate(text: str, start: int, end: int, grammar: Grammar) -> int:
    found = grammar.words["predicate"].search(text, start, end)
    return found.start() if found and found.start() > start + 1 else end


def _of(text: str, position: int, grammar: Grammar) -> Span | None:
    """The noun phrase of an 'of' or 'in' that follows at once."""
    link = grammar.words["of_phrase"].search(text[position : position + 16])
    if link and text[position + link.end() : position + link.end() + 1].isdigit():
        return None
    return _after(text, position + link.end(), grammar) if link else None


def _after(text: str, position: int, grammar: Grammar) -> Span | None:
    limit = min(len(text), position + LONGEST)
    stop = grammar.words["phrase_stops"].search(text, position, limit)
    if stop and (more := grammar.words["list_goes_on"].match(text[stop.start() : limit])):
        stop = grammar.words["phrase_stops"].search(text, stop.start() + more.end(), limit)
    return trim_spaced(text, position, stop.start() if stop else limit, grammar)


def _last_resort(text: str, head: int, floor: int, grammar: Grammar) -> Span | None:
    start, end = _window(text, head, floor, grammar)
    last = _last(grammar.words["predicate"], text, start, end)
    return trim_spaced(text, last.end() if last else start, end, grammar)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return deque(pattern.finditer(text, start, end), maxlen=1).pop() if pattern.search(text, start, end) else None

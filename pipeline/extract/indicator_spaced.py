"""The noun phrase that a value measures, in languages with spaces between words."""

from __future__ import annotations

import re
from collections import deque

from pipeline.extract.amount import Amount
from pipeline.extract.comparators import change_at
from pipeline.extract.phrase_bounds import LONGEST, Span, clause_start, is_time_limit, strip_leads, strip_tail, word_end
from pipeline.extract.quantity_grammar import Grammar

LONGEST_LIST = 2 * LONGEST
SHORT_ITEM = re.compile(r", and [^,.;:!?()\n]{1,60}(?=[,.;:!?()\n]|$)")
COUNTED = re.compile(r"\d[\d,.]*(?![\d,.A-Z])")
"""A number of its own, unlike the 5 of '5G networks'."""


def find_spaced(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """The indicator of an amount. head: where the words of its value start; floor: end of the value before it."""
    if (amount.measure == "multiple" and not amount.unit_printed) or (amount.unit == "times" and amount.low is not None):
        return _multiplied(text, amount, head, floor, grammar)
    if amount.measure in ("increase", "decrease") and (found := _changed(text, amount, head, floor, grammar)):
        return found
    if amount.measure in ("all", "none") or amount.unit == "rank":
        return _ranked(text, amount, head, floor, grammar)
    if not amount.noun and (found := _counted_off(text, amount, head, floor, grammar)):
        return found
    if is_time_limit(text, amount, grammar) and (act := _last_resort(text, head, floor, grammar)):
        return act
    subject = _subject(text, amount, floor, grammar)
    if subject and grammar.words["relative_end"].search(text, *subject):
        subject = _of(text, amount.end, grammar) or subject
    if amount.noun:
        counts = subject and grammar.words["counting_subject"].search(text, *subject)
        return subject if subject and counts and _adjoins(text, subject[1], head, grammar) else amount.noun
    return _measured(text, amount, subject, head, floor, grammar)


def _multiplied(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """'double X' → X; 'X doubled' → X."""
    active = grammar.words["multiple_verb"].search(text, amount.core, amount.end)
    if active and not grammar.words["no_object"].match(text[amount.end :]) and (found := _after(text, amount.end, grammar)):
        return found
    passive = _subject(text, amount, floor, grammar)
    return passive or _after(text, amount.end, grammar) or _last_resort(text, head, floor, grammar)


def _ranked(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """'first in the world in terms of X' → X; 'universal access to X' → X; 'X ranks third' → X."""
    if amount.unit == "rank" and (link := grammar.words["of_phrase"].search(text[amount.end : amount.end + 16])):
        start = amount.end + link.end()
        stop = grammar.words["rank_stops"].search(text, start, start + LONGEST)
        return trim_spaced(text, start, stop.start() if stop else _list_end(text, start), grammar, LONGEST_LIST)
    return (
        _of(text, amount.end, grammar)
        or _subject(text, amount, floor, grammar)
        or _last_resort(text, head, floor, grammar)
        or _after(text, amount.end, grammar)
    )


def _list_end(text: str, start: int) -> int:
    """Where a long phrase ends: behind the last item of a list if it is short, before it if it is not, else between words."""
    last = text.find(", and ", start, start + LONGEST)
    if last < 0:
        return word_end(text, start, start + LONGEST)
    end = SHORT_ITEM.match(text, last)
    return end.end() if end else last


def _measured(text: str, amount: Amount, subject: Span | None, head: int, floor: int, grammar: Grammar) -> Span | None:
    """The subject, unless it is who acts ('Government will invest €5m') or only a word for target; else what stands nearest."""
    words = grammar.words
    if subject and words["actor"].match(text[slice(*subject)]) and words["share_verb"].search(text[subject[1] : head]):
        return None
    if subject and words["goal_only"].match(text[slice(*subject)]):
        return _of(text, amount.end, grammar) or _after(text, amount.end, grammar) or subject
    found = subject or _of(text, amount.end, grammar) or _last_resort(text, head, floor, grammar)
    link = words["of_phrase"].match(text[amount.end : amount.end + 16])
    if found or not amount.unit_printed or (link and COUNTED.match(text, amount.end + link.end())):
        return found
    return _after(text, amount.end, grammar)


def _counted_off(text: str, amount: Amount, head: int, floor: int, grammar: Grammar) -> Span | None:
    """'a budget of €5m' → budget; 'devote 5% of X' and ', and 5% of X' → X; '€5m is set aside for X' → X; 'with 5% in X' → X."""
    words, before = grammar.words, text[max(floor, head - LONGEST) : head]
    start = clause_start(text, head, floor, grammar)
    brought = words["bring_to"].match(text, start, head)
    if brought and not words["predicate"].search(text, *brought.span("what")):
        return trim_spaced(text, *brought.span("what"), grammar)
    if before[-4:].strip() in grammar.of_words:
        owner = _last_resort(text, head, floor, grammar)
        if owner and not words["generic"].match(text[slice(*owner)]):
            return owner
    if words["with_before"].search(before) or (
        words["share_verb"].search(before) and (amount.unit == "%" or grammar.dimension(amount.unit or "") == "money")
    ):
        purpose = words["purpose"].match(text[amount.end : amount.end + LONGEST])
        return _of(text, amount.end, grammar) or (_after(text, amount.end + purpose.end(), grammar) if purpose else None)
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


def trim_spaced(text: str, start: int, end: int, grammar: Grammar, longest: int = LONGEST) -> Span | None:
    """The phrase without times, leading particles and dangling prepositions; None where it is only a pronoun."""
    words = grammar.words
    times = words["time_phrase"].finditer(text, start, end) if words["time_hint"].search(text, start, end) else ()
    for found in times:
        if found.start() - start <= 3:
            start = found.end()
        elif end - found.end() <= 2:
            end = found.start()
    start = strip_leads(text, start, end, grammar)
    end = strip_tail(text, start, end, words["trailing"])
    start = _last_words(text, start, end, longest)
    phrase = text[start:end]
    if len(phrase) < 2 or words["pronoun"].search(phrase) or not any(character.isalpha() for character in phrase):
        return None
    return start, end


def _last_words(text: str, start: int, end: int, longest: int) -> int:
    if end - start <= longest:
        return start
    space = text.find(" ", end - longest, end)
    return space + 1 if space >= 0 else end - longest


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
    if link is None or COUNTED.match(text, position + link.end()):
        return None
    return _after(text, position + link.end(), grammar)


def _after(text: str, position: int, grammar: Grammar) -> Span | None:
    limit = min(len(text), position + LONGEST)
    stop = grammar.words["phrase_stops"].search(text, position, limit)
    if stop and (more := grammar.words["list_goes_on"].match(text[stop.start() : position + LONGEST_LIST])):
        start, limit = stop.start() + more.end(), min(len(text), position + LONGEST_LIST)
        stop = grammar.words["phrase_stops"].search(text, start, limit)
    return trim_spaced(text, position, stop.start() if stop else word_end(text, position, limit), grammar, LONGEST_LIST)


def _last_resort(text: str, head: int, floor: int, grammar: Grammar) -> Span | None:
    start, end = _window(text, head, floor, grammar)
    last = _last(grammar.words["predicate"], text, start, end)
    found = trim_spaced(text, last.end() if last else start, end, grammar)
    if found is None and last is None and start > floor + 1 and text[start - 1] == ",":  # 'The fund, worth €5m'
        return trim_spaced(text, clause_start(text, start - 1, floor, grammar), start - 1, grammar)
    return found


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return deque(pattern.finditer(text, start, end), maxlen=1).pop() if pattern.search(text, start, end) else None

"""Finds the bodies that one sentence names: by name, by class, by the form of a name, and in elliptic lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.language import Name
from pipeline.core.rules import Rule, has_group
from pipeline.extract.bodies_lists import fill_gaps, fill_list, is_body_use, members_of, trimmed, without_overlaps
from pipeline.extract.bodies_vocabulary import Span, Vocabulary, first_told

NAMES_RULE = "body-name"
LONGEST_ACRONYM = 5
LONGEST_LEAD, LONGEST_VERB = 24, 24
LONGEST_HEAD, LONGEST_NAME = 24, 200
Named = tuple[int, int, tuple[Name, ...]]


def find_spans(
    text: str, named: Sequence[Named], rules: Sequence[Rule], words: Vocabulary, countries: frozenset[str], heading: bool
) -> list[Span]:
    """The bodies in a sentence, in text order, without overlaps. named: what the automaton found in it; rules: those that may match.

    countries: those that the text is about, which settles whose ministry a name is; heading: capitals mean nothing there.
    """
    spans = [span for found in named if (span := _known(text, found, words, countries))]
    for rule in rules:
        if heading and ("tier" in rule.values or ("name" in rule.values and text != text.lower())):
            continue
        if countries and rule.values.get("country", "") not in ("", *countries):
            continue
        for match in rule.pattern.finditer(text):
            spans.extend(_by_rule(text, rule, match, words, countries))
    if not spans:
        return spans
    kept = without_overlaps(spans, text, words)
    if any(mark in text for mark in words.hides):
        kept = _outside(kept, words.patterns["hidden"].finditer(text))
    if not words.capitals:
        return fill_gaps(text, kept, words)
    return kept if heading else fill_list(text, _complete(text, kept, words), words)


def _complete(text: str, spans: list[Span], words: Vocabulary) -> list[Span]:
    """The spans that are whole names: none goes on in capitals with what is no body itself, as a plan's or a person's does."""
    goes_on, heads = words.patterns["goes_on"], words.patterns["heads"]
    starts = {span.start for span in spans}
    return [
        span
        for span in spans
        if span.end + 1 in starts
        or not text[span.start].isupper()
        or not goes_on.match(text, span.end)
        or heads.match(text, span.end)
        or text.isupper()
    ]


def _outside(spans: list[Span], hidden: Iterator[re.Match[str]]) -> list[Span]:
    """The spans that stand in no title; both come in text order."""
    kept, title = [], next(hidden, None)
    for span in spans:
        while title is not None and title.end() < span.end:
            title = next(hidden, None)
        if title is None or span.start < title.start():
            kept.append(span)
    return kept


def _known(text: str, found: Named, words: Vocabulary, countries: frozenset[str]) -> Span | None:
    start, end, rows = found
    official = next((row.id for row in rows if row.kind == "body"), None)
    if official is None:
        return None
    office = words.patterns["office_after"].match(text, end)
    if office and office.lastindex and is_body_use(text, start, office.end(office.lastindex), words):
        stop = office.end(office.lastindex)
        return Span(start, stop, None, text[start:stop], NAMES_RULE, named=True)
    if not is_body_use(text, start, end, words):
        return None
    name = text[start:end]
    if words.capitals and name.isupper() and len(name) > 1 and text.isupper() and " " not in name:
        return None  # in a line of capitals an abbreviation cannot be told from a word
    if " " not in name and not name.isupper() and re.search(r"[A-Z][a-z]+ $", text[max(0, start - 20) : start]):
        return None  # the last word of a longer name
    if words.patterns["territory"].match(name) and _is_place(text, start, end, words):
        return None
    body_id = words.body_named(rows[0].name, countries)
    if body_id is None and countries and name.isupper() and len(name) < LONGEST_ACRONYM:
        return None  # letters that mean something only in a country that the text is not about
    local = words.patterns["local_before"].search(text[max(0, start - 12) : start])
    if local and not body_types_international(rows):
        start -= len(local[0].rstrip("\n")) if local[0].strip() else 0
        return Span(start, end, None, text[start:end].strip(), NAMES_RULE, named=True)
    return Span(start, end, body_id, name, NAMES_RULE, named=True)


def _is_place(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Whether the name of a territory is no actor: a place, or an attribute of what follows it."""
    if words.patterns["within"].search(text[max(0, start - LONGEST_LEAD) : start]):
        return True
    return words.capitals and not text.isupper() and words.patterns["acting"].match(text[end : end + LONGEST_VERB]) is None


def body_types_international(rows: Sequence[Name]) -> bool:
    """Whether a name belongs to no country, so that a place before it does not make it local."""
    return not any(row.id.startswith("cn-") for row in rows)


def _by_rule(text: str, rule: Rule, match: re.Match[str], words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    groups = rule.pattern.groupindex
    if "list" in groups:
        yield from _actors(text, rule, match, words)
    elif has_group(match, "domain"):
        yield from _fields(text, rule, match, words)
    elif "anaphor" in rule.values:
        start, end = match.span("short")
        if is_body_use(text, start, end, words):
            yield Span(start, end, None, text[start:end], rule.rule_id, named=True, anaphor=True)
    elif "heads" in rule.values:
        yield from _listed(text, rule, match, words, countries)
    elif "classes" in rule.values:
        yield from _classes(text, rule, match, words)
    elif "body_id" in rule.values:
        yield from _by_class(text, rule, match, words)
    else:
        yield from _unknown(text, rule, match, words, countries)


def _by_class(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    inner, bare = has_group(match, "body"), "bare" in rule.values
    start, end = trimmed(text, *match.span("body" if inner else 0), words)
    if bare and words.patterns["not_bare"].search(text[max(0, start - 24) : start]):
        return
    tier, body_id = int(rule.values.get("tier", 1)), str(rule.values["body_id"])
    if "whole" in rule.values:
        before, first = text[match.start() : start], start
        start = _after_verbs(text, start, end, words)
        if start > first and (tier == 3 or not rule.pattern.search(before + text[start : match.end()])):
            return
    if is_body_use(text, start, end, words, alone=bare or not inner):
        yield Span(start, end, body_id, text[start:end], rule.rule_id, tier=tier)


def _after_verbs(text: str, start: int, end: int, words: Vocabulary) -> int:
    """Where the name begins in what a rule found: behind the last word that no name holds."""
    first = start
    for verb in words.patterns["not_inside"].finditer(text[start:end]):
        start = first + verb.end()
    while leading := words.patterns["leading"].match(text[start:end]):
        start += leading.end()
    return start


def _unknown(text: str, rule: Rule, match: re.Match[str], words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    named = "body" if has_group(match, "body") else 0
    start, end = match.span(named)
    second_name, parted = words.patterns["second_name"], False
    joined = any(text.find(mark, start, end + LONGEST_HEAD) >= 0 for mark in words.joins)
    for second in second_name.finditer(text, start, end + LONGEST_HEAD) if joined else ():
        if second.start() >= end:
            break
        yield from _unknown_name(text, start, second.start(), rule, words, countries)
        start, parted = second.start() + 1, True
    # the last of several names may have lost its end: 'Ministry of Trade, Ministry [of Ports]'
    whole = rule.pattern.search(text, start, start + LONGEST_NAME) if parted else None
    if whole and whole.start(named) < end < whole.end(named):
        third = second_name.search(text, end, whole.end(named) + LONGEST_HEAD)
        end = min(whole.end(named), third.start()) if third else whole.end(named)
    yield from _unknown_name(text, start, end, rule, words, countries)


def _unknown_name(text: str, start: int, end: int, rule: Rule, words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    while leading := words.patterns["leading"].match(text[start:end]):
        start += leading.end()
    start, end = trimmed(text, start, end, words)
    start = start if words.capitals else _after_verbs(text, start, end, words)
    name = text[start:end]
    if not words.capitals and not rule.pattern.search(name):
        return
    if not _has_form(name, rule, words) or ("name" in rule.values and name.isupper() and text.isupper()):
        return
    if is_body_use(text, start, end, words):
        asked = bool(rule.values.get("asked", True))
        yield Span(start, end, words.body_named(name, countries), name, rule.rule_id, named=True, asked=asked)


def _has_form(name: str, rule: Rule, words: Vocabulary) -> bool:
    """Whether what a rule found has the form of a name: several words with capitals where the script has such."""
    if len(name) < 3 or words.patterns["not_inside"].search(name):
        return False
    return not words.capitals or (name[:1].isupper() and (" " in name or "acronym" in rule.values))


def _actors(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    territory, members = "territory" in rule.values, "members" in rule.values
    not_actor, not_inside = words.patterns["not_actor"], words.patterns["not_inside"]
    actors = (span for found in words.actor_pattern.finditer(text, *match.span("list")) for span in _single(text, found, words))
    for start, end in members_of(text, *match.span("list"), words) if territory or members else actors:
        start, end = trimmed(text, start, end, words)
        if members and (not_actor.match(text[start:end]) or not_inside.search(text[start:end])):
            continue
        start = start + leading.end() if members and (leading := words.patterns["leading"].match(text[start:end])) else start
        if members and not is_body_use(text, start, end, words):
            continue
        if body_id := words.actor(text[start:end]) or rule.values.get("body_id"):
            yield Span(start, end, body_id, text[start:end], rule.rule_id, tier=2 if territory else 3)


def _single(text: str, found: re.Match[str], words: Vocabulary) -> Sequence[tuple[int, int]]:
    """The actors that a match joins, where each is one by itself: 'industry and academia', but not 'small and medium firms'."""
    parts = list(members_of(text, *found.span(), words))
    whole = len(parts) == 1 or not all(words.actor_pattern.fullmatch(text, *part) for part in parts)
    return (found.span(),) if whole else parts


def _classes(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    """Bodies by class, where the words of each tell which class it is, or else the rule; `parts` names several at once."""
    start, end = match.span("body" if has_group(match, "body") else 0)
    spans = [(start, end)]
    if has_group(match, "parts"):
        parts = list(members_of(text, *match.span("parts"), words))
        spans = [(start if number == 0 else begin, stop) for number, (begin, stop) in enumerate(parts)]
    for begin, stop in spans:
        begin, stop = trimmed(text, begin, stop, words)
        body_id = first_told(text[begin:stop], rule.values["classes"]) or rule.values.get("body_id")
        if body_id and is_body_use(text, begin, stop, words, alone="body" not in rule.pattern.groupindex):
            yield Span(begin, stop, str(body_id), text[begin:stop], rule.rule_id)


def _fields(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    whole = words.domain(match["domain"])
    parts = [match.span("domain")] if whole else list(members_of(text, *match.span("domain"), words, words.domain_pattern))
    start, end = trimmed(text, *match.span(), words)
    if not is_body_use(text, start, end, words):
        return
    head = words.patterns["list_tail"].sub("", text[match.end("domain") : end])
    default = str(rule.values["body_id"])
    for number, (begin, stop) in enumerate(parts):
        body_id = words.domain(text[begin:stop]) or default
        if len(parts) == 1:
            yield Span(start, end, body_id, text[start:end], rule.rule_id)
        else:
            last = number == len(parts) - 1
            begin = start if number == 0 else begin
            yield Span(begin, end if last else stop, body_id, text[begin:stop] + head, rule.rule_id)


def _listed(text: str, rule: Rule, match: re.Match[str], words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    head = rule.values["heads"][match["heads"].lower()]
    for number, (begin, end) in enumerate(members_of(text, *match.span("items"), words)):
        name = f"{head} {text[begin:end]}"
        begin = match.start() if number == 0 else begin
        yield Span(begin, end, words.body_named(name, countries), name, rule.rule_id, named=True)

"""Finds the bodies that one sentence names: by name, by class, by the form of a name, and in elliptic lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.language import Name
from pipeline.core.rules import Rule
from pipeline.extract.bodies_vocabulary import Span, Vocabulary, first_told

NAMES_RULE = "body-name"
LISTED_RULE = "listed"
LONGEST_GAP = 60
LONGEST_TAIL = 14
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
    kept = _outside(without_overlaps(spans, text, words), words.patterns["hidden"].finditer(text))
    if words.capitals and not heading:
        kept = _complete(text, kept, words)
    return fill_gaps(text, kept, words)


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


def fill_gaps(text: str, spans: list[Span], words: Vocabulary) -> list[Span]:
    """The spans and, between and after the members of a list that are known, those members that only look like bodies."""
    found: list[Span] = []
    for number, span in enumerate(spans):
        stop = spans[number + 1].start if number + 1 < len(spans) else min(len(text), span.end + LONGEST_GAP)
        gap = words.patterns["gap"].match(text[span.end : stop]) if span.named and stop - span.end <= LONGEST_GAP else None
        if gap is None:
            continue
        at = span.end
        for item in words.patterns["gap_break"].split(gap["items"]):
            body = words.patterns["item_body"].match(item)
            if body and not words.patterns["not_item"].match(item):
                begin = text.index(item, at) + body.start("body")
                found.append(Span(begin, begin + len(body["body"]), None, body["body"], LISTED_RULE, named=True))
            at += len(item) + 1
    return sorted(spans + found, key=lambda span: span.start) if found else spans


def without_overlaps(spans: list[Span], text: str, words: Vocabulary) -> list[Span]:
    """The longest of overlapping spans; a known name stands against a longer guess that only joins it to what follows."""
    spans.sort(key=lambda span: (span.start, -span.end, span.body_id is None))
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            last = kept[-1]
            joined = last.body_id is None and last.named and span.body_id is not None and span.start == last.start
            if joined and words.patterns["not_of_name"].match(text, span.end, last.end):
                kept[-1] = span
            continue
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
    if " " not in name and re.search(r"[A-Z][a-z]+ $", text[max(0, start - 20) : start]) and not name.isupper():
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


def is_body_use(text: str, start: int, end: int, words: Vocabulary, alone: bool = True) -> bool:
    """Whether the words around a name leave it a body: no part of a word, no attribute, no person.

    alone: nothing has yet been asked of the words after it.
    """
    if alone and words.patterns["not_after"].match(text[end : end + 40]):
        return False
    return not words.patterns["not_before"].search(text[max(0, start - 24) : start])


def _by_rule(text: str, rule: Rule, match: re.Match[str], words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    groups = match.groupdict()
    if "list" in groups:
        yield from _actors(text, rule, match, words)
    elif groups.get("domain"):
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
    inner, bare = match.groupdict().get("body") is not None, "bare" in rule.values
    start, end = _trim(text, *match.span("body" if inner else 0), words)
    if bare and words.patterns["not_bare"].search(text[max(0, start - 24) : start]):
        return
    if "whole" in rule.values and words.patterns["not_inside"].search(text[start:end]):
        return
    if is_body_use(text, start, end, words, alone=bare or not inner):
        tier = int(rule.values.get("tier", 1))
        yield Span(start, end, str(rule.values["body_id"]), text[start:end], rule.rule_id, tier=tier)


def _trim(text: str, start: int, end: int, words: Vocabulary) -> tuple[int, int]:
    while match := words.patterns["edge"].match(text, start, end):
        start = match.end()
    if tail := words.patterns["tail"].search(text, max(start, end - LONGEST_TAIL), end):
        end = tail.start()
    return start, end


def _unknown(text: str, rule: Rule, match: re.Match[str], words: Vocabulary, countries: frozenset[str]) -> Iterator[Span]:
    named = "body" if match.groupdict().get("body") else 0
    start, end = match.span(named)
    second_name, parted = words.patterns["second_name"], False
    for second in second_name.finditer(text, start, end + LONGEST_HEAD):
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
    start, end = _trim(text, start, end, words)
    for verb in words.patterns["not_inside"].finditer(text, start, end) if not words.capitals else ():
        start = verb.end()  # what follows the last word that no name holds may still be one
    name = text[start:end]
    if not words.capitals and not rule.pattern.search(name):
        return
    if not _has_form(name, rule, words) or ("name" in rule.values and name.isupper() and text.isupper()):
        return
    if is_body_use(text, start, end, words):
        yield Span(start, end, words.body_named(name, countries), name, rule.rule_id, named=True)


def _has_form(name: str, rule: Rule, words: Vocabulary) -> bool:
    """Whether what a rule found has the form of a name: several words with capitals where the script has such."""
    if len(name) < 3 or words.patterns["not_inside"].search(name):
        return False
    return not words.capitals or (name[:1].isupper() and (" " in name or "acronym" in rule.values))


def _parts(text: str, start: int, end: int, words: Vocabulary, whole: re.Pattern[str] | None = None) -> Iterator[tuple[int, int]]:
    """The members of a list; what joins two words of a member that `whole` finds parts no members."""
    at, members = start, [found.span() for found in whole.finditer(text, start, end)] if whole else ()
    for separator in words.patterns["list_break"].finditer(text, start, end):
        if any(begin < separator.start() < stop for begin, stop in members):
            continue
        if separator.start() > at:
            yield _trim(text, at, separator.start(), words)
        at = separator.end()
    if at < end:
        yield _trim(text, at, end, words)


def _actors(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    territory = "territory" in rule.values
    actors = (span for found in words.actor_pattern.finditer(text, *match.span("list")) for span in _single(text, found, words))
    for start, end in _parts(text, *match.span("list"), words) if territory else actors:
        start, end = _trim(text, start, end, words)
        if body_id := words.actor(text[start:end]) or rule.values.get("body_id"):
            yield Span(start, end, body_id, text[start:end], rule.rule_id, tier=2 if territory else 3)


def _single(text: str, found: re.Match[str], words: Vocabulary) -> Sequence[tuple[int, int]]:
    """The actors that a match joins, where each is one by itself: 'industry and academia', but not 'small and medium firms'."""
    parts = list(_parts(text, *found.span(), words))
    whole = len(parts) == 1 or not all(words.actor_pattern.fullmatch(text, *part) for part in parts)
    return (found.span(),) if whole else parts


def _classes(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    """Bodies by class, where the words of each tell which class it is, or else the rule; `parts` names several at once."""
    groups = match.groupdict()
    start, end = match.span("body" if groups.get("body") else 0)
    spans = [(start, end)]
    if groups.get("parts"):
        parts = list(_parts(text, *match.span("parts"), words))
        spans = [(start if number == 0 else begin, stop) for number, (begin, stop) in enumerate(parts)]
    for begin, stop in spans:
        begin, stop = _trim(text, begin, stop, words)
        body_id = first_told(text[begin:stop], rule.values["classes"]) or rule.values.get("body_id")
        if body_id and is_body_use(text, begin, stop, words, alone="body" not in groups):
            yield Span(begin, stop, str(body_id), text[begin:stop], rule.rule_id)


def _fields(text: str, rule: Rule, match: re.Match[str], words: Vocabulary) -> Iterator[Span]:
    whole = words.domain(match["domain"])
    parts = [match.span("domain")] if whole else list(_parts(text, *match.span("domain"), words, words.domain_pattern))
    start, end = _trim(text, *match.span(), words)
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
    for number, (begin, end) in enumerate(_parts(text, *match.span("items"), words)):
        name = f"{head} {text[begin:end]}"
        begin = match.start() if number == 0 else begin
        yield Span(begin, end, words.body_named(name, countries), name, rule.rule_id, named=True)

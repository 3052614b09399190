"""Laws, plans, programmes and other documents that a text names, and what is to become of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.core.language import Language, Name, read_table
from pipeline.core.model import InstrumentMention, Problem, Sentence
from pipeline.core.paths import SCHEMAS
from pipeline.core.problems import problem
from pipeline.core.rules import Rule
from pipeline.extract.context import Context
from pipeline.extract.instrument_lists import (
    REACH,
    bare,
    completed,
    gone_on,
    lacks_type,
    last_words,
    list_items,
    named_members,
    pattern_of,
    type_of_name,
)
from pipeline.extract.names import FOUND_ALL, NameIndex, names_by_sentence

QUOTES = "“”\"「」《》‘’' "
KNOWN, SHORT = "instrument-name", "instrument-short-form"
LONGEST_TITLE = 160
SHORTEST_TITLE, FIRST_SENTENCES = 12, 25


class Candidate(Struct, frozen=True):
    """A stretch of a sentence that may name an instrument.

    anchor: where the words that tell its status end; otherwise: its type where its own words tell none; full: the name that
    it is short for.
    """

    start: int
    end: int
    anchor: int
    rule_id: str
    otherwise: str = "other"
    full: str | None = None


def extract_instruments(context: Context) -> tuple[list[InstrumentMention], list[Problem]]:
    """The instruments that one text names, in text order; the document's own title is none of them."""
    sentences, language = context.outline.sentences, context.language
    own = _own_names(context)
    chosen: dict[int, list[Candidate]] = {}
    shorts: dict[str, Candidate] = {}
    defined: set[tuple[int, int]] = set()
    rules = language.group("instruments", "named").candidates_in(context.encoded)
    for number in sorted({*rules, *context.named}):
        text = sentences[number].text
        found = _choose(text, context.named.get(number, ()), rules.get(number, ()), language)
        found = [candidate for candidate in found if not _is_own(text, candidate, language, own)]
        for start, short, candidate in _short_forms(text, found, language):
            shorts[short] = candidate
            defined.add((number, start))
        chosen[number] = found
    _add_short_forms(sentences, chosen, shorts, defined)
    mentions = [_mention(sentences[number], candidate, language) for number in sorted(chosen) for candidate in chosen[number]]
    return mentions, _unknown(mentions)


def _own_names(context: Context) -> list[str]:
    """The document's own title, be it a heading of its beginning, and what its notice says that it issues."""
    own, first = [], context.outline.sentences[:FIRST_SENTENCES]
    labelled = {section.section_id for section in context.outline.sections if section.label}
    titles = [each.text for each in first if each.kind == "heading" and each.section_id not in labelled]
    for sentence in first:
        for match in pattern_of(context.language, "issued").finditer(sentence.text):
            own += [_plain(name) for name in match.groups() if name]
    front = (sentence for sentence in context.outline.sentences if context.topics[sentence.section_id] == "front")
    titles = [sentence.text for sentence in front if _is_title(sentence.text)] + titles
    return own + [_plain(title) for title in (*titles, " ".join(titles))]


def _is_own(text: str, candidate: Candidate, language: Language, own: list[str]) -> bool:
    printed = _plain(text[candidate.start : candidate.end])
    return any(printed in title or (len(title) > SHORTEST_TITLE and printed.endswith(title)) for title in own) or bool(
        pattern_of(language, "own_title").search(text[max(0, candidate.start - REACH) : candidate.start])
    )


def _short_forms(text: str, candidates: Sequence[Candidate], language: Language) -> Iterator[tuple[int, str, Candidate]]:
    """The short forms that a sentence defines right after a name: where they stand, and what they stand for."""
    for candidate in candidates:
        name, start = bare(text[candidate.start : candidate.end]), candidate.start
        found = pattern_of(language, "short_form_inside").search(text[start : candidate.end])
        if found is None:
            start = candidate.end
            found = pattern_of(language, "short_form").match(text[start : start + LONGEST_TITLE])
            found = found if found and _abbreviates(found["short"], name) and _defines(found) else None
        if found:
            kind = _type_of(text, candidate, language)
            yield start + found.start("short"), found["short"], replace(candidate, rule_id=SHORT, otherwise=kind, full=name)


def _defines(found: re.Match[str]) -> bool:
    """Whether what stands in brackets is a short form: several capitals, or a word that is quoted or announced as one."""
    short = found["short"]
    return not short.isascii() or sum(map(str.isupper, short)) > 1 or found[0].strip(" ()") != short


def _abbreviates(short: str, name: str) -> bool:
    """Whether letters are initials of a name, from its first on; anything else is no abbreviation and says itself what it is."""
    if not short.isascii() or not short[:2].isupper():
        return True
    initials = iter([word[0] for word in name.split() if word[0].isupper()])
    return name[0] == short[0] and all(letter in initials for letter in short if letter.isupper())


def _add_short_forms(
    sentences: Sequence[Sentence], chosen: dict[int, list[Candidate]], shorts: dict[str, Candidate], defined: set[tuple[int, int]]
) -> None:
    """Puts the full names of short forms in their places, but where they are defined and where a longer name stands."""
    if not shorts:
        return
    index = NameIndex(Name(kind="instrument", id=short, name=short, form="short") for short in shorts)
    for number, matches in names_by_sentence(sentences, index).items():
        places = {(start, end): shorts[rows[0].id] for start, end, rows in matches}
        found = [other for other in chosen.get(number, ()) if (other.start, other.end) not in places]
        taken = bytearray(len(sentences[number].text))
        for other in found:
            _take(taken, other.start, other.end)
        for (start, end), full in places.items():
            if (number, start) not in defined and _take(taken, start, end):
                found.append(replace(full, start=start, end=end, anchor=start))
        chosen[number] = sorted(found, key=lambda candidate: candidate.start)


def _mention(sentence: Sentence, candidate: Candidate, language: Language) -> InstrumentMention:
    printed = sentence.text[candidate.start : candidate.end]
    name = candidate.full or bare(printed)
    char_start, char_end = sentence.span(candidate.start, candidate.end)
    return InstrumentMention(
        text_id=sentence.text_id,
        section_id=sentence.section_id,
        char_start=char_start,
        char_end=char_end,
        quote=printed,
        rule_id=candidate.rule_id,
        instrument_id=_known(language).get(_plain(name)),
        name=name,
        instrument_type=_type_of(sentence.text, candidate, language),
        status=_status(sentence.text, candidate, language),
    )


def _type_of(text: str, candidate: Candidate, language: Language) -> str:
    """What the last words of a name say, else the codelist's type of a known instrument."""
    printed = text[candidate.start : candidate.end]
    known = _known(language).get(_plain(printed))
    if candidate.full:
        return candidate.otherwise
    return type_of_name(printed, language) or (known_types()[known] if known else candidate.otherwise)


def _choose(text: str, named: Sequence[FOUND_ALL], rules: Sequence[Rule], language: Language) -> list[Candidate]:
    """Candidates that do not overlap, the longest first; none that is, or lies within, the name of a body."""
    not_followed = pattern_of(language, "not_followed")
    candidates = [
        _known_name(text, start, end, language)
        for start, end, rows in named
        if rows[0].kind == "instrument" and not not_followed.match(text[end : end + REACH])
    ]
    candidates += _by_rules(text, rules, language)
    if not candidates:
        return []
    bodies = [(start, end) for start, end, rows in named if rows[0].kind == "body"]
    chosen: list[Candidate] = []
    taken = bytearray(len(text))
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.start, c.rule_id != KNOWN)):
        place = bisect_right(bodies, (candidate.start, len(text)))
        within = place > 0 and candidate.end <= bodies[place - 1][1]
        if not within and _take(taken, candidate.start, candidate.end):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _known_name(text: str, start: int, end: int, language: Language) -> Candidate:
    """A known name, or that of another country's instrument that begins with it: 'Constitution of Norway'."""
    another = pattern_of(language, "of_another_country").match(text, end, end + REACH)
    if another is None:
        return Candidate(start, end, start, KNOWN)
    kind = known_types()[_known(language)[_plain(text[start:end])]]
    return Candidate(start, another.end(), start, KNOWN, otherwise=kind, full=text[start : another.end()])


def _take(taken: bytearray, start: int, end: int) -> bool:
    """Marks [start, end) as taken; False where part of it already is."""
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _by_rules(text: str, rules: Sequence[Rule], language: Language) -> Iterator[Candidate]:
    for rule, match in ((each, match) for each in rules for match in each.pattern.finditer(text)):
        groups = match.groupdict()
        otherwise = (
            rule.values.get("instrument_type") or ("head" in rule.values and type_of_name(match[0].split()[-1], language)) or None
        )
        if groups.get("list") is not None:
            anchor = match.start("list")
            items = list_items(text, *match.span("list"), language)
            for start, end in named_members(text, items, language) if not otherwise else items:
                own = type_of_name(text[start:end], language)
                full = completed(text, start, end, match) if "tail" in groups else None
                if not own and "shares_type" in rule.values and lacks_type(text, start, end, match, language):
                    full = text[start:end] + last_words(match["list"], language)
                if otherwise or own or full:
                    if groups.get("subject") and end == match.end("list"):
                        end = gone_on(text, match.end(), language)
                    for candidate in _candidate(text, start, end, anchor, rule.rule_id, language, full):
                        anchor = candidate.anchor  # what the members before say is no verb
                        yield replace(candidate, otherwise=otherwise or (full and type_of_name(full, language)) or "other")
        elif groups.get("whole") is not None:
            start, end = match.span("whole")
            end = gone_on(text, end, language) if "goes_on" in rule.values else end
            found = _candidate(text, start, end, start, rule.rule_id, language)
            yield from (replace(candidate, otherwise=otherwise or "other") for candidate in found)
        else:
            yield Candidate(match.start(), match.end(), match.start(), rule.rule_id)


def _candidate(
    text: str, start: int, end: int, anchor: int, rule_id: str, language: Language, full: str | None = None
) -> Iterator[Candidate]:
    if lead := pattern_of(language, "leading_verb").match(text[start:end]):
        start += lead.end()
        anchor = start
    if text[end - 1] == "." and text[end - 3 : end - 2] != ".":  # a stop, unless that of 'U.S.'
        end -= 1
    name = full or bare(text[start:end])
    followed = pattern_of(language, "not_followed").match(text[end : end + REACH])
    followed = followed or pattern_of(language, "not_preceded").search(text[max(0, start - REACH) : start])
    if len(name) > 2 and not followed and not pattern_of(language, "not_names").search(name):
        yield Candidate(start, end, anchor, rule_id, full=full)


def _status(text: str, candidate: Candidate, language: Language) -> str:
    if told := language.group("instruments", "statuses_after").first(text[candidate.end : candidate.end + REACH]):
        return str(told[0].values["status"])
    before = text[max(0, candidate.anchor - REACH) : candidate.anchor]
    before = before[_last_break(before) :]
    verbs = [
        (-match.end(), match.start("verb") if "verb" in match.groupdict() else match.start(), str(rule.values["status"]))
        for rule, match in language.group("instruments", "statuses").matches(before)
        if not (candidate.rule_id == KNOWN and "building" in rule.values)
    ]
    verbs.sort(key=lambda verb: verb[:2])
    if not verbs:
        return "existing"
    nearest = verbs[0]
    for earlier in verbs[1:]:  # of several verbs that share their object the first decides
        if -earlier[0] <= nearest[1] and pattern_of(language, "verb_joint").fullmatch(before[-earlier[0] : nearest[1]]):
            nearest = earlier
    return nearest[2]


def _last_break(text: str) -> int:
    return max(text.rfind(mark) for mark in "。；;，.") + 1


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and line.rstrip()[-1:] not in "。：；.:;"


@lru_cache(maxsize=4096)
def _plain(printed: str) -> str:
    return "".join(printed.casefold().split()).strip(QUOTES + "。.")


def _unknown(mentions: list[InstrumentMention]) -> list[Problem]:
    """One problem for each distinct name that names.csv does not know."""
    first = {_plain(m.name): m for m in reversed(mentions) if m.instrument_id is None}
    return [
        problem(
            "unknown_instrument", f"“{m.name}” is in no names.csv", text_id=m.text_id, section_id=m.section_id,
            char_start=m.char_start, char_end=m.char_end, quote=m.quote,
        )
        for m in sorted(first.values(), key=lambda m: m.char_start)
    ]  # fmt: skip


@cache
def known_types() -> dict[str, str]:
    """Instrument code → type, from the codelist."""
    return {row["code"]: row["instrument_type"] for row in read_table(SCHEMAS / "codelists" / "instruments.csv")}


@cache
def _known(language: Language) -> dict[str, str]:
    return {_plain(name.name): name.id for name in language.names if name.kind == "instrument"}

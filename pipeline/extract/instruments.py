"""Laws, plans, programmes and other documents that a text names, and what is to become of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.core.language import Language
from pipeline.core.model import InstrumentMention, Problem, Sentence
from pipeline.core.problems import problem
from pipeline.core.rules import Rule, fill
from pipeline.extract.context import Context
from pipeline.extract.names import FOUND_ALL

QUOTES = "“”\"「」《》‘’' "
KNOWN = "instrument-name"
REACH = 160
"""How many characters before a name may tell its status."""
LONGEST_TITLE = 160


class Candidate(Struct, frozen=True):
    """A stretch of a sentence that may name an instrument.

    anchor: where the words that tell its status end; otherwise: its type where its own words tell none.
    """

    start: int
    end: int
    anchor: int
    rule_id: str
    otherwise: str = "other"


def extract_instruments(context: Context) -> tuple[list[InstrumentMention], list[Problem]]:
    """The instruments that one text names, in text order; the document's own title is none of them."""
    own = [_plain(s.text) for s in context.outline.sentences if context.topics[s.section_id] == "front" and _is_title(s.text)]
    sentences, language = context.outline.sentences, context.language
    mentions: list[InstrumentMention] = []
    for number, sentence in enumerate(sentences):
        rules = language.group("instruments", "named").candidates(sentence.text)
        if rules or number in context.named:
            mentions += _read(sentence, context.named.get(number, ()), rules, language, own)
    return mentions, _unknown(mentions)


def _read(
    sentence: Sentence, named: Sequence[FOUND_ALL], rules: Sequence[Rule], language: Language, own: list[str]
) -> Iterator[InstrumentMention]:
    text = sentence.text
    for candidate in _choose(text, named, rules, language):
        printed = text[candidate.start : candidate.end]
        if any(_plain(printed) in title for title in own) or _pattern(language, "own_title").search(text[: candidate.start]):
            continue
        char_start, char_end = sentence.span(candidate.start, candidate.end)
        yield InstrumentMention(
            text_id=sentence.text_id,
            section_id=sentence.section_id,
            char_start=char_start,
            char_end=char_end,
            quote=printed,
            rule_id=candidate.rule_id,
            instrument_id=_known(language).get(_plain(printed)),
            name=_bare(printed),
            instrument_type=_type(printed, language) or candidate.otherwise,
            status=_status(text, candidate, language),
        )


def _choose(text: str, named: Sequence[FOUND_ALL], rules: Sequence[Rule], language: Language) -> list[Candidate]:
    """Candidates that do not overlap, the longest first; none that is, or lies within, the name of a body."""
    candidates = [Candidate(start, end, start, KNOWN) for start, end, rows in named if rows[0].kind == "instrument"]
    candidates += _by_rules(text, rules, language)
    if not candidates:
        return []
    bodies = [(start, end) for start, end, rows in named if rows[0].kind == "body"]
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.start, c.rule_id != KNOWN)):
        within = any(start <= candidate.start and candidate.end <= end for start, end in bodies)
        if not within and all(candidate.end <= other.start or other.end <= candidate.start for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _by_rules(text: str, rules: Sequence[Rule], language: Language) -> Iterator[Candidate]:
    for rule, match in [(rule, match) for rule in rules for match in rule.pattern.finditer(text)]:
        groups = match.groupdict()
        if groups.get("list") is not None:
            otherwise = rule.values.get("instrument_type")
            for start, end in _items(text, *match.span("list"), language):
                if otherwise or _type(text[start:end], language):
                    found = _candidate(text, start, end, match.start("list"), rule.rule_id, language)
                    yield from (replace(candidate, otherwise=otherwise or "other") for candidate in found)
        elif groups.get("whole") is not None:
            yield from _candidate(text, *match.span("whole"), match.start("whole"), rule.rule_id, language)
        else:
            yield Candidate(match.start(), match.end(), match.start(), rule.rule_id)


def _candidate(text: str, start: int, end: int, anchor: int, rule_id: str, language: Language) -> Iterator[Candidate]:
    if lead := _pattern(language, "leading_verb").match(text[start:end]):
        start += lead.end()
    name = _bare(text[start:end])
    followed = _pattern(language, "not_followed").match(text[end : end + REACH])
    if len(name) > 2 and not followed and not _pattern(language, "not_names").search(name):
        yield Candidate(start, end, max(anchor, start), rule_id)


def _items(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The members of a list; a list that shares its last words, 'A, B and other such rules', is one."""
    if _pattern(language, "and_others").search(text, start, end):
        yield start, end
        return
    begin = start
    for match in _pattern(language, "list_break").finditer(text, start, end):
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    if end > begin:
        yield begin, end


def _status(text: str, candidate: Candidate, language: Language) -> str:
    before = text[max(0, candidate.anchor - REACH) : candidate.anchor]
    before = before[_last_break(before) :]
    found = language.group("instruments", "statuses").matches(before)
    nearest = max(((match.end(), -index, rule) for index, (rule, match) in enumerate(found)), key=lambda f: f[:2], default=None)
    return str(nearest[2].values["status"]) if nearest else "existing"


def _last_break(text: str) -> int:
    return max(text.rfind(mark) for mark in "。；;，.") + 1


def _type(printed: str, language: Language) -> str | None:
    found = language.group("instruments", "types").first(_bare(printed))
    return str(found[0].values["instrument_type"]) if found else None


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and line.rstrip()[-1:] not in "。：；.:;"


def _bare(printed: str) -> str:
    bare = printed.strip(" 　\u00a0")
    while (
        len(bare) > 2 and (bare[0], bare[-1]) in {("《", "》"), ("“", "”"), ('"', '"'), ("「", "」")} and bare[0] not in bare[1:]
    ):
        bare = bare[1:-1]
    return bare


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
def _known(language: Language) -> dict[str, str]:
    return {_plain(name.name): name.id for name in language.names if name.kind == "instrument"}


@cache
def _pattern(language: Language, key: str) -> re.Pattern[str]:
    return re.compile(fill(str(language.setting("instruments", key)), language.slots("instruments")))

"""By when: the years of one text, and which of them governs a place in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.core.alternation import compiled
from pipeline.core.language import Language, read_table
from pipeline.core.model import Outline, Sentence
from pipeline.core.paths import SCHEMAS
from pipeline.core.quantity import Numerals
from pipeline.core.rules import Rule, fill

CARRY = 3
FAR, MOST = 400, 16
EDGE = 12
SHORT = 60
BESIDE = re.compile(r"[\s，,、（()）—–-]{0,3}")
NONE = (None, None, "none")


class Mention(NamedTuple):
    """A time in a sentence. year: null where it cannot be resolved; base: a base year or the start of a period; years: of a shared list."""

    start: int
    end: int
    year: int | None
    words: str
    base: bool
    years: tuple[int, ...] = ()


class Times:
    """The mentions of one sentence that can govern, with their starts for bisection."""

    __slots__ = ("mentions", "starts")

    def __init__(self, mentions: list[Mention]) -> None:
        self.mentions, self.starts = mentions, [mention.start for mention in mentions]


class Deadlines:
    """The times of one text. issued: its year of issue, where the text tells it."""

    def __init__(
        self,
        outline: Outline,
        mentions: dict[int, tuple[Mention, ...]],
        carried: dict[int, Mention],
        reader: _Reader,
        issued: int | None,
    ) -> None:
        self.issued = issued
        self._texts, self._mentions, self._carried, self._reader = outline.sentences, mentions, carried, reader
        self._governing = {index: Times([mention for mention in here if not mention.base]) for index, here in mentions.items()}

    def at(self, sentence_index: int, offset: int) -> tuple[int | None, str | None, str]:
        """(year, words, basis) that govern the place `offset` in a sentence's text.

        basis: explicit where the same clause says it; inherited from an earlier clause, sentence or heading; none.
        """
        mention, basis = self.mention_at(sentence_index, offset)
        return (mention.year, mention.words, basis) if mention else NONE

    def mention_at(self, sentence_index: int, offset: int) -> tuple[Mention | None, str]:
        """The mention behind `at`, and its basis."""
        here = self._governing.get(sentence_index)
        if here and here.mentions:
            found = self._reader.governing(self._texts[sentence_index].text, here, offset)
            if found and found[0].year is None and (dated := [mention for mention in here.mentions[:MOST] if mention.year]):
                return dated[-1], found[1]
            if found:
                return found
        carried = self._carried.get(sentence_index)
        return (carried, "inherited") if carried else (None, "none")

    def mentions(self, sentence_index: int) -> tuple[Mention, ...]:
        """All times in a sentence, in text order."""
        return self._mentions.get(sentence_index, ())

    def dated(self) -> Iterable[tuple[int, tuple[Mention, ...]]]:
        """The sentences that name a time, by index, and their times."""
        return self._mentions.items()


@cache
def period_years() -> dict[str, tuple[int, int]]:
    """Period code → first and last year."""
    rows = read_table(SCHEMAS / "codelists" / "periods.csv")
    return {row["code"]: (int(row["start_year"]), int(row["end_year"])) for row in rows}


def find_deadlines(
    outline: Outline, language: Language, issued: int | None = None, encoded: Sequence[bytes] | None = None
) -> Deadlines:
    """All times of a text, and which of them carry over to later sentences. encoded: the sentences in UTF-8."""
    reader = _reader(language)
    issued = issued or reader.issue_year(outline)
    mentions: dict[int, tuple[Mention, ...]] = {}
    encoded = [sentence.text.encode() for sentence in outline.sentences] if encoded is None else encoded
    for index, rules in reader.rules.candidates_in(encoded).items():
        found = tuple(reader.mentions(outline.sentences[index].text, rules, issued))
        if found:
            mentions[index] = found
    carried = _carry(outline, mentions, reader)
    if issued is None and (this_year := _this_year(outline, mentions, carried, reader)):
        return find_deadlines(outline, language, this_year, encoded)
    return Deadlines(outline, mentions, carried, reader, issued)


def _this_year(
    outline: Outline, mentions: dict[int, tuple[Mention, ...]], carried: dict[int, Mention], reader: _Reader
) -> int | None:
    """The year that a heading names above a sentence that speaks of 'this year': an undated text is of that year."""
    headings = {id(mention) for index, here in mentions.items() if outline.sentences[index].kind == "heading" for mention in here}
    for index, here in mentions.items():
        above = carried.get(index)
        if (
            above
            and above.year
            and id(above) in headings
            and any(mention.year is None and reader.is_this_year(mention.words) for mention in here)
        ):
            return above.year
    return None


def _carry(outline: Outline, mentions: dict[int, tuple[Mention, ...]], reader: _Reader) -> dict[int, Mention]:
    """What each sentence inherits: the time that an earlier sentence of its section, or a heading above it, starts with."""
    parents = {section.section_id: section.parent_id for section in outline.sections}
    states: dict[str, tuple[Mention | None, int | None]] = {}
    passed: dict[str, Mention | None] = {}
    headed: dict[str, Mention | None] = {}
    carried: dict[int, Mention] = {}
    for index, sentence in enumerate(outline.sentences):
        section = sentence.section_id
        if section not in states:
            above = parents.get(section) or ""
            headed[section] = headed.get(above)
            states[section] = (passed.get(above) or headed[section], None)
            passed[section] = states[section][0]
        state, until = states[section]
        if state and until is not None and sentence.paragraph > until:
            state, until = headed[section], None
        if state:
            carried[index] = state
        if state is None and index not in mentions and sentence.kind != "heading":
            passed[section] = None
            continue
        leading = reader.leading(sentence, mentions.get(index, ()))
        opens = sentence.kind == "heading" or bool(reader.words["colon"].search(sentence.text))
        if leading:
            state, until = leading, None if opens else sentence.paragraph + CARRY
            headed[section] = leading if sentence.kind == "heading" else headed[section]
        elif reader.words["reset_words"].search(sentence.text):
            state, until = None, None
            carried.pop(index, None)
        states[section] = (state, until)
        passed[section] = state if opens else passed[section] if sentence.kind == "heading" else None
    return carried


class _Words:
    def __init__(self, language: Language) -> None:
        slots = language.slots("targets")
        keys = ("base_words", "base_tails", "following_breaks", "clause_follows", "leading", "reset_words", "colon", "not_here")
        self._patterns = {key: compiled(fill(language.setting("targets", key), slots)) for key in keys}

    def __getitem__(self, key: str) -> re.Pattern[str]:
        return self._patterns[key]


class _Reader:
    """Finds times with the rules of one language."""

    def __init__(self, language: Language) -> None:
        self.rules = language.group("targets", "deadlines")
        self.issue_rules = language.group("targets", "issue_dates")
        self.order = {rule.rule_id: position for position, rule in enumerate(self.rules.rules)}
        self.words = _Words(language)
        setting = language.setting
        self.spaced = bool(setting("targets", "spaces"))
        self.numerals = Numerals(setting("targets", "numerals"), setting("targets", "scales"), self.spaced)
        names = (name for rule in self.rules.rules for name in rule.values.get("years", {}).items())
        self.this_year = tuple(name for name, distance in names if distance == 0)
        years = period_years()
        self.periods = {word: years[code] for word, code in setting("targets", "periods").items()}
        self.period_names = {word: years[code] for word, code in setting("targets", "period_names").items()}

    def mentions(self, text: str, rules: Sequence[Rule], issued: int | None) -> Iterator[Mention]:
        found = sorted(
            ((match.start(), self.order[rule.rule_id], rule, match) for rule in rules for match in rule.pattern.finditer(text)),
            key=lambda item: item[:2],
        )
        blocked = [match.span() for match in self.words["not_here"].finditer(text)]
        block = end = 0
        for place, (start, _, rule, match) in enumerate(found):
            while block < len(blocked) and blocked[block][1] <= start:
                block += 1
            if start < end or (block < len(blocked) and blocked[block][0] <= start):
                continue
            beside = found[max(0, place - 1) : place + 2] if rule.values["reads"] == "relative" else ()
            if any(self._lasts_until(text, match, other[2], other[3]) for other in beside):
                continue
            mention = self._mention(rule, match, issued)
            if mention:
                end = mention.end
                yield mention

    def _lasts_until(self, text: str, duration: re.Match[str], rule: Rule, match: re.Match[str]) -> bool:
        """Whether a stated year stands beside a duration, which then only tells how long it is until that year."""
        first, second = sorted((duration.span(), match.span()))
        if rule.values["reads"] not in ("year", "range") or first[1] > second[0]:
            return False
        mention = self._mention(rule, match, None) if BESIDE.fullmatch(text, first[1], second[0]) else None
        return mention is not None and not mention.base

    def _mention(self, rule: Rule, match: re.Match[str], issued: int | None) -> Mention | None:
        groups = {
            name[:-2] if name[-2:] in ("_b", "_c", "_d") else name: value for name, value in match.groupdict().items() if value
        }
        words, reads = match[0].strip(), rule.values["reads"]
        year: int | None = None
        years: tuple[int, ...] = ()
        base = False
        if reads in ("year", "range"):
            year = self._year(groups["year"], groups.get("start"))
            base = reads == "year" and bool(self.words["base_words"].search(words) or self.words["base_tails"].search(words))
        elif reads == "years":
            years = (self._year(match["year"]), self._year(match["year_b"]))
            year = years[-1]
        elif reads in ("period", "period_name"):
            span = (
                self.periods.get(groups["period"].strip('“”"「」').lower())
                if reads == "period"
                else self.period_names.get(groups["name"])
            )
            if span is None:
                return None
            year, base = span[1], bool(self.words["base_words"].search(words))
        elif reads == "relative":
            count = self._count(groups["count"])
            year = issued + count if issued and count else None
        else:
            year = issued + rule.values["years"][groups["name"].lower()] if issued else None
            base = bool(self.words["base_words"].search(words))
        return Mention(match.start(), match.start() + len(match[0].rstrip()), year, words, base, years)

    def is_this_year(self, words: str) -> bool:
        """Whether the words of a time name the year of issue."""
        return any(name in words.lower() for name in self.this_year)

    def _year(self, words: str, start: str | None = None) -> int:
        words = "".join(words.split())
        if words.isascii():
            return int(words) if len(words) == 4 else int((start or "20")[:2] + words)
        return int(words) if words.isdigit() else int(self.numerals.read(words) or 0)

    def _count(self, words: str) -> int:
        value = int(words) if words.isdigit() else self.numerals.read(words)
        return int(value or 0)

    def leading(self, sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
        """The time that a sentence opens with, or that a heading names."""
        here = [mention for mention in mentions if not mention.base]
        if not here or sentence.kind == "row":
            return None
        if sentence.kind == "heading":
            return here[-1]
        if self.words["leading"].search(sentence.text[: here[0].start]):
            return here[0]
        return None

    def governing(self, text: str, here: Times, offset: int) -> tuple[Mention, str] | None:
        """The mention of a sentence that governs a place in it, and whether the same clause says it."""
        place = bisect_left(here.starts, offset)
        before = here.mentions[place - 1] if place else None
        after = here.mentions[place] if place < len(here.mentions) and here.starts[place] - offset <= FAR else None
        if after and after.words.endswith(":"):
            after = None  # '(2013: 62%)' dates what follows
        near = after is not None and not self.words["following_breaks"].search(text, offset, after.start)
        if after and near and (self.spaced or not before):
            return after, "explicit"
        if before:
            if offset - before.end > FAR:
                return before, "inherited"
            between = self.words["clause_follows"].findall(text, before.end, offset)
            return before, "explicit" if len(between) <= 1 and ";" not in "".join(between).replace("；", ";") else "inherited"
        if after and self.spaced and ";" not in text[offset : after.start]:
            return after, "explicit"
        return None

    def issue_year(self, outline: Outline) -> int | None:
        """The year of issue as the text's first and last lines tell it: a date, a document number, else a period's first year."""
        kinds = {section.section_id: section.kind for section in outline.sections}
        sentences = outline.sentences
        closing = [s.text for s in sentences[-EDGE:] if kinds.get(s.section_id) == "closing"]
        front = [s.text for s in sentences[:EDGE]]
        for position, rule in enumerate(self.issue_rules.rules):
            lines = [s.text for s in sentences[: 5 * EDGE]] if rule.values.get("whole_line") else front
            lines = [text for text in lines if len(text) <= 2 * SHORT] if rule.values.get("in_title") else lines
            for text in (closing + front) if position == 0 else lines:
                bare = self.words["not_here"].sub("", text[: 4 * SHORT])
                match = rule.pattern.search(bare) if position or len(text) <= SHORT else None
                if match:
                    groups = match.groupdict()
                    return self._year(groups["year"]) if groups.get("year") else self.periods[groups["period"]][0]
        return None


@cache
def _reader(language: Language) -> _Reader:
    return _Reader(language)

"""Where labels may stand: every place, with every number it could mean. Which of them are labels is decided in `nesting`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.core.model import Paragraph
from pipeline.core.rules import Rule
from pipeline.outline import numerals
from pipeline.outline.grammar import Grammar
from pipeline.outline.lines import Line
from pipeline.outline.sentences import first_end, trim

HEAD = 160
"""Characters of a paragraph's beginning in which a label is looked for."""


BESIDE = frozenset({"box", "table"})

LEADS = ":：—"

LABEL = 40
"""Characters of a label at most, with marks of emphasis."""

CELL_NUMBER = 1.0
"""Strength of a number behind the title of a box or table: it may as well stand in a cell."""

_SETS_OFF = re.compile(r"\s*[.:：–—-]?\s*(?:\|\s*)?")
_EMPHASIS = re.compile(r"[*_\\]")
_WITHOUT_EMPHASIS = dict.fromkeys(map(ord, "*_\\|"))
_OTHER_PAGE = re.compile(r"\[[^\[\]]{1,200}\]\(\.{0,2}/[^()]{0,300}\)[\s/>|»›]*")
_ENUMERATION = re.compile(
    r"[；;，,、]\s*(?:and|or|和|及|以及)?\s*"
    r"(?:[①-⑳]|[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[）)]|[0-9一二三四五六七八九十][）)、.])"
)
"""A list inside a sentence: '(1) …; (2) …'."""


class Reading(Struct, frozen=True, gc=False):
    """A number that a label can mean. form: how it is set off, or its word; prefix: the numbers before it in 3.2.1; suffix: what
    tells an article that was put in later (12A, 第十二条之一) from the one before."""

    form: str
    system: int
    value: int
    prefix: tuple[str, ...] = ()
    cost: float = 0.0
    suffix: str = ""


class Candidate(Struct, gc=False):
    """A place where a section may begin: text[start:end] is the label, text[end:stop] what may be its heading and body.

    ends: the last paragraph of a box whose contents run on behind its title without a line break; led: a colon, a dash or a heading with a decimal
    number stands before it.
    """

    paragraph: int
    start: int
    end: int
    stop: int
    label: str | None
    readings: tuple[Reading, ...]
    strength: float
    rule_id: str
    kind: str | None = None
    rank: int | None = None
    leaf: bool = False
    keyword: bool = False
    level: int = 0
    standalone: bool = False
    inline: bool = False
    title: bool = False
    top: bool = False
    back: str | None = None
    ends: int | None = None
    led: bool = False

    @property
    def place(self) -> tuple[int, int]:
        return self.paragraph, self.start


def candidates(paragraphs: Sequence[Paragraph], lines: Sequence[Line], grammar: Grammar) -> list[Candidate]:
    """All places in a text where a label may stand, in text order."""
    found: list[Candidate] = []
    led = False
    for index, (paragraph, line) in enumerate(zip(paragraphs, lines, strict=True)):
        if line.ornament:
            continue
        text = paragraph.text
        if not line.row:
            here = _in_paragraph(index, text, line, grammar)
            before: Candidate | None = None
            for candidate in here:
                candidate.led = _is_led(text, before, candidate, grammar) if candidate.inline else led
                before = candidate
            found += here
            if len(here) == 1 and here[0].standalone and here[0].readings and here[0].readings[0].prefix:
                led = True
                continue
        led = text[-1] in LEADS
    return found


def _is_led(text: str, before: Candidate | None, candidate: Candidate, grammar: Grammar) -> bool:
    """Whether a colon stands before a label inside a paragraph, or it is the first right behind the heading of another."""
    if text[candidate.start - 1] in LEADS:
        return True
    first = any(reading.value == 1 for reading in candidate.readings)
    return first and before is not None and candidate.start - before.end <= grammar.limits["stopped"]


def _in_paragraph(index: int, text: str, line: Line, grammar: Grammar) -> list[Candidate]:
    found: list[Candidate] = []
    first = label_at(index, text, line.start, line.stop, grammar)
    if first is not None:
        first.level = line.level
        found.append(first)
        if (second := _behind(index, text, first, grammar)) is not None:
            first.stop = second.start
            found.append(second)
    if line.stop - line.start > 12:
        found += _inline(index, text, line, grammar, found[-1].end if found else line.start)
        if found:
            found = _with_adjacent(index, text, found, grammar)
    return [candidate for candidate in found if _settle(candidate, text, grammar)]


def _behind(index: int, text: str, first: Candidate, grammar: Grammar) -> Candidate | None:
    """The label of a first subsection right behind a label: '5. (1) The harbour …'."""
    start = first.end
    while start < first.stop and text[start] in "*_ —–-":
        start += 1
    if first.kind == "annex" or not first.readings or first.readings[0].form == "both" or text[start : start + 1] not in "(（":
        return None
    second = label_at(index, text, start, first.stop, grammar)
    if second is None or all(reading.value != 1 for reading in second.readings):
        return None
    second.inline = True
    return second


def label_at(index: int, text: str, start: int, stop: int, grammar: Grammar) -> Candidate | None:
    """The label that begins at `start`, read by the first rule that makes a number of it."""
    head = text[start : min(stop, start + HEAD)]
    printed = ""
    if (("*" in head or "_" in head or "\\" in head) and _EMPHASIS.search(head, 0, LABEL)) or (text[0] == "|" and start):
        printed, head = head, head.translate(_WITHOUT_EMPHASIS)
    rules = grammar.labels_of(head)
    if not rules or grammar.never.match(head):
        return None
    for rule in rules:
        if (match := rule.pattern.match(head)) is None:
            continue
        groups = match.groupdict()
        token = groups.get("number") or groups.get("number_word")
        form = rule.form if rule.form != "word" else _word(groups.get("keyword") or "", grammar)
        found = _readings(token, form, grammar)
        if found and (inserted := groups.get("inserted")):
            found = tuple(replace(reading, suffix=_suffix(inserted)) for reading in found)
        if not found and (token or rule.kind != "annex"):
            continue
        label = match["label"].rstrip()
        after = start + (_printed(printed, len(label)) if printed else len(label))
        end = _SETS_OFF.match(text, after, stop).end()  # type: ignore[union-attr]
        arabic = bool(found) and found[0].system == numerals.ARABIC
        return Candidate(
            index, start, end, stop, label, found, rule.strength_arabic if arabic else rule.strength, rule.rule_id, rule.kind, rule.rank,
            rule.leaf, rule.form == "word", title=rule.title,
        )  # fmt: skip
    return None


def _printed(head: str, length: int) -> int:
    """How many characters of a line the first `length` are with the marks of emphasis, escapes and bars among them."""
    for place, char in enumerate(head):
        length -= ord(char) not in _WITHOUT_EMPHASIS
        if not length:
            return place + 1
    return len(head)


def _word(keyword: str, grammar: Grammar) -> str:
    """The word of a label in one spelling."""
    word = " ".join(keyword.casefold().split())
    return grammar.same_words.get(word, word)


def _suffix(inserted: str) -> str:
    """'a' for A, '-1' for 之一."""
    return inserted.lower() if inserted.isascii() else f"-{numerals.hanzi_value(inserted)}"


@lru_cache(maxsize=4096)
def _readings(token: str | None, form: str, grammar: Grammar) -> tuple[Reading, ...]:
    if not token:
        return ()
    *prefix, last = _parts(token)
    before = tuple(
        str(found[0][1])
        if (part.isdecimal() or not part.strip("IVX")) and (found := numerals.readings(part, {}))
        else part.casefold()
        for part in prefix
    )
    pairs = numerals.readings(last, grammar.words)
    if form == "decimal" and len(before) == 1 and last == "0":
        return _readings(prefix[0], "point", grammar)
    if form == "decimal":
        form = f"decimal{len(before)}"
    found_readings = [Reading(form, system, value, before) for system, value in pairs]
    if form == "half" and pairs and pairs[0][0] == numerals.ARABIC and len(last) > 1 and not last.startswith("0"):
        # '94)' for '(4)': the opening bracket came out as another key's digit
        found_readings.append(Reading("both", numerals.ARABIC, int(last[1:]), (), 1.0))
    return tuple(found_readings)


def _parts(token: str) -> list[str]:
    for mark in ("．", "-", "–", "—"):
        token = token.replace(mark, ".")
    parts = [part for part in token.split(".") if part]
    if len(parts) == 1 and len(token) > 1 and token[-1].isascii() and token[-1].isalpha() and token[:-1].isdecimal():
        return [token[:-1], token[-1]]
    return parts or [token]


def _inline(index: int, text: str, line: Line, grammar: Grammar, first: int) -> list[Candidate]:
    """Labels behind `first`, where the label ends that the paragraph begins with."""
    found: dict[int, Candidate] = {}
    for rule in grammar.inline.candidates(text):
        plain = bool(rule.values.get("plain"))
        for match in rule.pattern.finditer(text, line.start, line.stop):
            start = match.start("label")
            if start < first or start in found or not _may_follow(text, line.start, start, rule):
                continue
            if plain and _enumerates(text, match.end("label"), line.stop, grammar):
                continue
            if candidate := _glued(index, text, start, line.stop, rule, grammar):
                found[start] = candidate
    return [found[start] for start in sorted(found)]


def _enumerates(text: str, start: int, stop: int, grammar: Grammar) -> bool:
    """Whether the sentence behind a label goes on with further numbers."""
    stop = min(stop, start + grammar.limits["run_in"])
    end = first_end(text, grammar, start, stop)
    return _ENUMERATION.search(text, start, end[1] if end else stop) is not None


def _may_follow(text: str, first: int, start: int, rule: Rule) -> bool:
    """Whether a label may stand behind what is before it: no other label, no digit and no word that refers to a law."""
    if start == first or (text[start].isdecimal() and not text[start - 1].isspace() and text[start - 1].isascii()):
        return False
    before = start - 1
    while before > first and start - before < 9 and text[before].isspace():
        before -= 1
    return text[before] not in str(rule.values.get("not_after", ""))


def _glued(index: int, text: str, start: int, stop: int, rule: Rule, grammar: Grammar) -> Candidate | None:
    candidate = label_at(index, text, start, stop, grammar)
    if candidate is None or (candidate.title and candidate.kind is None):
        return None
    candidate.strength = min(candidate.strength, float(rule.values["strength"]))
    candidate.inline = True
    return candidate


def _with_adjacent(index: int, text: str, found: list[Candidate], grammar: Grammar) -> list[Candidate]:
    """Add labels that follow a heading without a stop between them."""
    queue, taken = list(found), {candidate.start for candidate in found}
    while queue:
        candidate = queue.pop()
        stop = min(candidate.stop, candidate.end + grammar.limits["bare"])
        end = first_end(text, grammar, candidate.end, stop)
        for rule in grammar.adjacent.candidates(text[candidate.end : end[0] + 1 if end else stop]):
            behind = rule.values.get("behind", ())
            if behind and candidate.kind not in behind:
                continue
            match = rule.pattern.search(text, candidate.end, end[0] + 1 if end else stop)
            if match is None or match.start("label") in taken:
                continue
            if not behind and _enumerates(text, match.end("label"), candidate.stop, grammar):
                continue
            if added := _glued(index, text, match.start("label"), candidate.stop, rule, grammar):
                if candidate.kind in BESIDE and added.readings and added.readings[0].system == numerals.ARABIC:
                    added.strength = min(added.strength, CELL_NUMBER)
                taken.add(added.start)
                found.append(added)
                queue.append(added)
    found.sort(key=lambda candidate: candidate.start)
    for one, other in zip(found, found[1:], strict=False):
        one.stop = other.start
    return found


def _settle(candidate: Candidate, text: str, grammar: Grammar) -> bool:
    """Tell whether the candidate stands alone with its heading; false for a link to another page of a site, where only numbers follow,
    and where a rule wants a title and there is none."""
    start, stop = trim(text, candidate.end, candidate.stop)
    length = stop - start
    if text[start : start + 1].isdecimal() and not candidate.keyword and not any(map(str.isalpha, text[start:stop])):
        return False
    candidate.standalone = (
        length <= grammar.limits["bare"]
        and text[stop - 1 : stop] not in ("；", ";", ",", "，")
        and (first_end(text, grammar, start, stop) is None)
    )
    if text[start : start + 1] == "[" and not candidate.level and _OTHER_PAGE.fullmatch(text, start, stop):
        return False
    return not candidate.title or (candidate.standalone and length <= grammar.limits["title"])

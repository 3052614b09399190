"""Labels that number one provision otherwise: a list that a translation restarts is told once, at its first label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.core.language import load_language
from pipeline.core.model import Section
from pipeline.core.quantity.numbers import Numerals
from pipeline.link.alignment import Alignment
from pipeline.link.discrepancies.figures import FILE, fold
from pipeline.link.discrepancies.model import MINOR, Finding, Sides

ROMAN = re.compile(r"(?i)\bm{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def labels(alignment: Alignment, sides: Sides) -> Iterator[Finding]:
    """Sections that are one provision and whose printed numbers differ, by the run of siblings whose numbers are off alike."""
    sections = {each.section_id: each for outline in (alignment.a, alignment.b) for each in outline.sections}
    before: tuple[str | None, int] | None = None
    last: dict[int, set[int]] = {}
    for pair in alignment.sections:
        if pair.a is None or pair.b is None:
            continue
        one, other = sections[pair.a], sections[pair.b]
        ours, theirs = (_numbers(each, outline.text.language) for each, outline in ((one, alignment.a), (other, alignment.b)))
        if not ours or not theirs or ours & theirs:
            last[one.level] = ours
            before = None if one.label else before
            continue
        run = one.parent_id, max(ours) - max(theirs)
        if run != before:
            message = _message(one, other, (ours, theirs), last.get(one.level, set()), sides)
            yield Finding("numbering", MINOR, 0.9, sides.sentence(message), _span(one), _span(other))
        before, last[one.level] = run, ours


def _message(one: Section, other: Section, numbers: tuple[set[int], set[int]], last: set[int], sides: Sides) -> str:
    """What a label differs in. last: what the number before it in the first text may be."""
    ours, theirs = numbers
    if 1 in theirs and 1 not in ours and any(number - 1 in last for number in ours):
        return f"{sides.b} restarts its list at “{other.label}” where {sides.a} goes on with “{one.label}”."
    return f"{sides.b} numbers the section “{other.label}”, {sides.a} “{one.label}”."


def _numbers(section: Section, language: str) -> set[int]:
    """What the printed label may stand for: its last figure, else a numeral in words, a Roman one or a letter."""
    label = fold(section.label or "").lower()
    if digits := re.findall(r"\d+", label):
        return {int(digits[-1])}
    words = " ".join(re.findall(r"\w+", label))
    numerals, run = _numerals(language)
    found = {int(value) for each in (words, *run.findall(words)) if (value := numerals.read(each))}
    found |= {_roman(match[0]) for match in ROMAN.finditer(words) if match[0]}
    return found | ({ord(words) - ord("a") + 1} if len(words) == 1 and "a" <= words <= "z" else set())


@cache
def _numerals(language: str) -> tuple[Numerals, re.Pattern[str]]:
    """How a language words numbers, and what a run of such words looks like."""
    pack = load_language(language)
    words, scales = pack.setting(FILE, "numerals", {}), pack.setting(FILE, "scales", {})
    spaced = bool(pack.settings.get("spaced", True))
    run = r"[^\W\d_]+" if spaced or not words else f"[{''.join([*words, *scales])}]+"
    return Numerals(words, scales, spaced), re.compile(run)


def _roman(numeral: str) -> int:
    values = [VALUES[letter] for letter in numeral.lower()]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _span(section: Section) -> tuple[int, int]:
    return section.char_start, section.char_start + len(section.label or "")

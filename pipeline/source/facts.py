"""What a document says of itself in its first and last lines: title, number, date, issuers."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.core.model import Frozen, Paragraph
from pipeline.source.layout import width_of
from pipeline.source.words import all_words, rules

FIRST_PARAGRAPHS = 25
LAST_PARAGRAPHS = 8
LONGEST_TITLE = 260
LONGEST_LINE = 120
RECORD = re.compile(r"^[#*\s]*[^:：\s][^:：]{0,24}[:：][*\s]*(\S.*)$")
MARKUP = "#*_ "
CITED = re.compile(r"[《“\"'(（【]\s*$")
BRACKETS = str.maketrans("[](){}【】（）［］", "〔〕〔〕〔〕〔〕〔〕〔〕")


class Facts(Frozen):
    """What the first and last paragraphs of a text say. Null or empty where they say nothing."""

    title: str | None
    number: str | None
    issued_on: str | None
    issuers: tuple[str, ...]


def find_facts(paragraphs: Sequence[Paragraph]) -> Facts:
    """The facts that a text prints in its first and last lines."""
    first = [paragraph.text for paragraph in paragraphs[:FIRST_PARAGRAPHS]]
    last = [paragraph.text for paragraph in paragraphs[FIRST_PARAGRAPHS:][-LAST_PARAGRAPHS:]]
    return Facts(_title(first), _number(first), _date(first, last), _issuers(first, last))


def _plain(text: str) -> str:
    return " ".join(text.strip(MARKUP).split())


def _value(text: str) -> str:
    """What stands after the colon of a 'key: value' line, else the line."""
    match = RECORD.match(text)
    return _plain(match[1] if match else text)


def _title(lines: Sequence[str]) -> str | None:
    """The first line that reads as a title, else the first line that is neither number, date nor issuer, nor prose."""
    short = [_plain(text) for text in _until_prose(lines)]
    for text in short:
        if rules("titles").first(text) and not _is_whole(text, "numbers") and not rules("issuers").first(text):
            return _value(text)
    return next((_value(text) for text in short if not _is_other(text)), None)


def _until_prose(lines: Sequence[str]) -> Iterator[str]:
    for text in lines:
        if len(text) > LONGEST_TITLE or text.endswith(("。", "；")):
            return
        yield text


def _is_other(text: str) -> bool:
    return _is_whole(text, "numbers") or _is_whole(text, "dates") or rules("issuers").first(text) is not None


def _is_whole(text: str, group: str) -> bool:
    """Whether a line is hardly more than a number or a date."""
    found = rules(group).first(text)
    return found is not None and len(found[1][0]) >= 0.7 * len(text)


def _number(lines: Sequence[str]) -> str | None:
    """The document's own number: a line that is little else, or the value of a record; not one that is cited."""
    for text in lines:
        value = _value(text)
        if width_of(value) > LONGEST_LINE:
            continue
        for rule in rules("numbers").candidates(value):
            match = rule.pattern.search(value)
            if match and len(match[0]) >= 0.5 * len(value) and not CITED.search(value[: match.start()]):
                return match[0].strip()
            if match and match.end() == len(value) and "   " in text:
                return match[0].strip()
    return None


def normal_number(number: str) -> str:
    """A Chinese document number as GB/T 9704 writes it: 〔〕 around the year, no spaces; any other as it is."""
    return "".join(number.translate(BRACKETS).split()) if "号" in number else number


def _date(first: Sequence[str], last: Sequence[str]) -> str | None:
    """The date in the signature, else the first in the lines before the text."""
    for text in [*reversed(last), *first]:
        if width_of(text) <= LONGEST_LINE and (date := read_date(_value(text))):
            return date
    return None


def read_date(text: str) -> str | None:
    """The first date in a line as ISO 8601."""
    for rule in rules("dates").candidates(text):
        for match in rule.pattern.finditer(text):
            year, month, day = (_as_number(match[part]) for part in ("year", "month", "day"))
            try:
                return datetime.date(year, month, day).isoformat()
            except ValueError:
                continue
    return None


def _as_number(words: str) -> int:
    """'12', '十二', '二〇一二' and 'June' as numbers; 0 where it is none."""
    for language in all_words():
        if words.lower() in language.months:
            return language.months[words.lower()]
    digits = [_digit(character) for character in words]
    if None in digits:
        return 0
    values = [digit for digit in digits if digit is not None]
    if 10 not in values:
        return int("".join(map(str, values)))
    place = values.index(10)
    tens = values[place - 1] if place else 1
    return 10 * tens + (values[place + 1] if place + 1 < len(values) else 0)


def _digit(character: str) -> int | None:
    if character in "○OＯ":
        return 0
    value = unicodedata.numeric(character, -1)
    return int(value) if 0 <= value <= 10 else None


def _issuers(first: Sequence[str], last: Sequence[str]) -> tuple[str, ...]:
    """The bodies that sign, else those that stand above the text."""
    for lines in (last, list(_until_prose(first))):
        found = [
            text for text in (_value(line) for line in lines) if width_of(text) <= LONGEST_LINE and rules("issuers").first(text)
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()

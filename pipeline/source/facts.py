"""What a document says of itself in its first and last lines: title, number, date, issuers."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.model import Frozen, Paragraph
from pipeline.source.layout import width_of
from pipeline.source.words import all_words, rules

FIRST_PARAGRAPHS = 25
LAST_PARAGRAPHS = 8
LONGEST_TITLE = 260
LONGEST_LINE = 120
RECORD = re.compile(r"^[#*\s]*(?P<key>[^:：\s][^:：]{0,24})[:：][*\s]*(?P<value>\S.*)$")
MARKUP = "#=*_>\"' "
TAGS = re.compile(r"<[^<>]{1,200}>|[*_]{2,}")
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
FOOTNOTE = re.compile(r"\s*(?:\[\^?\w{1,4}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰])")
SPARSE = re.compile(r"(?:\b\w\b ){3}")
LONGEST_SENTENCE = 80
LEAST_TITLE = 4
NUMBER_ROOM = 40
SIGNATURE = 60  # paragraphs from the beginning in which a notice is signed, before the plan that it brings
CITED = re.compile(r"[《“\"'(（【]\s*$")
BRACKETS = str.maketrans("[](){}【】（）［］", "〔〕〔〕〔〕〔〕〔〕〔〕")


class Facts(Frozen):
    """What the first and last paragraphs of a text say. Null or empty where they say nothing. period: the years in the title."""

    title: str | None
    number: str | None
    issued_on: str | None
    issuers: tuple[str, ...]
    period: tuple[int, int] | None = None


def find_facts(paragraphs: Sequence[Paragraph]) -> Facts:
    """The facts that a text prints in its first and last lines."""
    first = [paragraph.text for paragraph in paragraphs[:FIRST_PARAGRAPHS]]
    last = [paragraph.text for paragraph in paragraphs[FIRST_PARAGRAPHS:][-LAST_PARAGRAPHS:]]
    title, trailing = _without_number(_title(first))
    number = _number(first) or trailing
    issuers = _issuers([paragraph.text for paragraph in paragraphs[:SIGNATURE]], last, title)
    return Facts(title, number, _date(first, last), issuers, _period(title or ""))


def _plain(text: str) -> str:
    """A line without markup."""
    return " ".join(TAGS.sub("", LINK.sub(r"\1", text)).strip(MARKUP).split())


def _value(text: str) -> str:
    """What stands after the colon of a 'key: value' line, else the line."""
    match = RECORD.match(text)
    return _plain(match["value"] if match else text)


def _key(text: str) -> str | None:
    """What a 'key: value' line with a usual key tells: title, issuer or other; null for all other lines."""
    match = RECORD.match(text)
    found = rules("record_keys").first(_plain(match["key"])) if match else None
    return str(found[0].values["tells"]) if found else None


def _title(lines: Sequence[str]) -> str | None:
    """The value of a record, else the first line that reads as a title, else the first that is neither number, date nor issuer, nor
    prose; the beginning of a text without line breaks."""
    if (told := next((_value(text) for text in lines if _key(text) == "title"), None)) is not None:
        return told
    short = [plain for text in _until_prose(lines) if _may_be_title(text, plain := _plain(text))]
    for text in short:
        if rules("titles").first(text) and not _is_whole(text, "numbers"):
            return text
    if short:
        return short[0]
    found = rules("leading_titles").first(_plain(lines[0][:LONGEST_TITLE])) if lines else None
    return found[1]["title"] if found else None


def _without_number(title: str | None) -> tuple[str | None, str | None]:
    """A title without the document's number behind it, and that number."""
    for rule in rules("numbers").candidates(title or ""):
        match = rule.pattern.search(title or "")
        if title and match and match.end() == len(title) and match.start() >= LEAST_TITLE:
            return title[: match.start()].strip(), match[0]
    return title, None


def _until_prose(lines: Sequence[str]) -> Iterator[str]:
    for text in lines:
        if len(text) > LONGEST_TITLE or text.endswith(("。", "；")) or (text.endswith(".") and len(text) > LONGEST_SENTENCE):
            return
        yield text


def _may_be_title(text: str, plain: str) -> bool:
    """Whether a line may be a title: words, and neither a record, number, date or issuer nor the title of a table of contents."""
    if sum(map(str.isalpha, plain)) < 2 or text.startswith((".. ", "!", "|")) or SPARSE.search(plain) or _key(text) is not None:
        return False
    if plain.endswith(".") and not rules("titles").first(plain):
        return False
    if rules("no_titles").first(plain) or _is_whole(plain, "numbers") or _is_whole(plain, "dates"):
        return False
    return not _is_issuer(plain)


def _is_issuer(text: str) -> bool:
    """Whether a line is the name of a body: no title holds one."""
    return width_of(text) <= LONGEST_LINE and rules("issuers").first(text) is not None and rules("titles").first(text) is None


def _period(title: str) -> tuple[int, int] | None:
    """The first and last year that a title gives."""
    found = rules("title_periods").first(title)
    first, last = (int(found[1][part]) for part in ("first", "last")) if found else (0, 0)
    return (first, last) if first < last else None


def _is_whole(text: str, group: str) -> bool:
    """Whether a line is hardly more than a number or a date."""
    found = rules(group).first(text)
    return found is not None and len(found[1][0]) >= 0.7 * len(text)


def _number(lines: Sequence[str]) -> str | None:
    """The document's own number: a line that is little else, or the value of a record; not one that is cited."""
    for text in lines:
        value = _value(text)
        if width_of(value) > LONGEST_LINE:
            leading = rules("leading_titles").first(value[:LONGEST_TITLE])
            if leading and (number := _leading_number(value[leading[1].end("title") :])):
                return number
            continue
        for rule in rules("numbers").candidates(value):
            match = rule.pattern.search(value)
            if match and len(match[0]) >= 0.5 * len(value) and not CITED.search(value[: match.start()]):
                return match[0].strip()
            if match and match.end() == len(value) and "   " in text:
                return match[0].strip()
    return None


def _leading_number(text: str) -> str | None:
    """The number that a text begins with."""
    head = text[:NUMBER_ROOM].lstrip()
    matches = (rule.pattern.match(head) for rule in rules("numbers").candidates(head))
    return next((match[0].strip() for match in matches if match), None)


def normal_number(number: str) -> str:
    """A Chinese document number as GB/T 9704 writes it: 〔〕 around the year, no spaces; any other as it is."""
    return "".join(number.translate(BRACKETS).split()) if "号" in number else number


def _date(first: Sequence[str], last: Sequence[str]) -> str | None:
    """The date in the signature, else the first in the lines before the text."""
    signed = (text for text in reversed(last) if not text.endswith(("。", "；", ".")) and not FOOTNOTE.match(text))
    for text in [*signed, *first]:
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


def _issuers(first: Sequence[str], last: Sequence[str], title: str | None) -> tuple[str, ...]:
    """The bodies that records name, that sign, that stand above the text, or that the title names."""
    told = [_value(text) for text in first if _key(text) == "issuer"]
    for found in (told, _bodies(last), _bodies(_signing(first)), _bodies(_until_prose(first))):
        if found:
            return tuple(dict.fromkeys(found))
    named = rules("title_issuers").first(title) if title else None
    return (named[1]["issuer"],) if named else ()


def _bodies(lines: Iterable[str]) -> list[str]:
    return [plain for text in lines if _key(text) is None and _is_issuer(plain := _plain(text))]


def _signing(lines: Sequence[str]) -> Iterator[str]:
    """The lines right above a date that stands by itself."""
    for index, text in enumerate(lines):
        if index and _is_whole(_plain(text), "dates") and width_of(text) <= LONGEST_LINE:
            yield from lines[max(index - 3, 0) : index]

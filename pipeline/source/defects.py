"""Defects of the printed text, found by general tests: lost characters, stray ones, brackets without a partner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from msgspec.structs import replace

from pipeline.core.model import Paragraph, Problem, Text, source_span
from pipeline.core.problems import problem
from pipeline.source.repeats import find_repeats
from pipeline.source.words import words

Report = Callable[[str, str, int, int], Problem]
"""kind, message, source start, source end → Problem."""

LOST = re.compile(
    r"\*(?:[ \xa0]\*){2,}|(?<![\w*])\*{3,}(?![\w*])|\ufffd+|[■█▇▓]{2,}|×{3,}|□{2,}|(?<=[㐀-鿿])[?？]{2,}(?=[㐀-鿿])|\?{4,}"
    r"|锟斤拷|[烫屯]{3,}|(?:â€[\x80-\xbf™œž“”˜¦]?|Ã[\x80-\xbf©¨«¤¼¶¡³±]|Â[\xa0-\xbf])+|\[(?:illegible|redacted|unclear|missing)\]"
)
STRAY = re.compile(
    r"(?<=[A-Za-z㐀-鿿)）])>(?=[ \xa0A-Z]|$)|(?<![^\s(（])[)）\]]?%[A-Za-z]{1,2}[)）\]]?(?!\w)|(?<=[)）\]])%(?=[A-Za-z])"
)
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff\ufff9-\ufffc]"
)
SUSPECTS = re.compile("[*\ufffd■█▇▓×□?？锟烫屯âÃÂ>%\\[]")
BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "《": "》", "〈": "〉", "「": "」", "『": "』", "“": "”", "{": "}"}
PAIRS = tuple(BRACKETS.items())
OPEN = {closer: opener for opener, closer in BRACKETS.items()}
ANY_WIDTH = re.compile("[（）［］" + re.escape("".join(BRACKETS) + "".join(OPEN)) + "]")
NARROW = str.maketrans("（）［］", "()[]")
ITEM = re.compile(r"(?:^|[\s;；:：,，、。.(（])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})[)）\]]")
LONGEST_ADDRESS = 500
MOST = 10
MOST_ROWS = 200
REACH = 20
CONTEXT = 15


def find_defects(text: Text, decoded: str) -> list[Problem]:
    """The defects of one text, in text order. Every quote is the source's own characters."""
    report = partial(_report, text, decoded)
    found = [each for paragraph in text.paragraphs for each in _in_paragraph(paragraph, report)]
    found += _unbalanced(text.paragraphs, report)
    found += _invisible(text, decoded, report)
    found += _repeated(text, report)
    return list(_bounded(sorted(found, key=lambda each: (each.char_start or 0, each.kind))))


def _bounded(found: Sequence[Problem]) -> Iterator[Problem]:
    """At most MOST_ROWS of a kind; the last of them tells how many there are."""
    total, seen = Counter(each.kind for each in found), Counter[str]()
    for each in found:
        seen[each.kind] += 1
        if seen[each.kind] < MOST_ROWS or total[each.kind] == MOST_ROWS:
            yield each
        elif seen[each.kind] == MOST_ROWS:
            yield replace(each, message=f"{each.message} (and {total[each.kind] - MOST_ROWS:,} more in this text)")


def _report(text: Text, decoded: str, kind: str, message: str, start: int, end: int) -> Problem:
    return problem(
        kind, message, source_id=text.source_id, text_id=text.text_id, char_start=start, char_end=end, quote=decoded[start:end]
    )


def _around(wording: str, start: int, end: int) -> str:
    return wording[max(0, start - CONTEXT) : end + CONTEXT].strip()


def _in_paragraph(paragraph: Paragraph, report: Report) -> Iterator[Problem]:
    wording = paragraph.text
    if not SUSPECTS.search(wording):
        return
    for kind, pattern, what in (("illegible", LOST, "stands for lost text"), ("stray_character", STRAY, "does not belong here")):
        for match in pattern.finditer(wording):
            start, end = match.span()
            rule_only = kind == "illegible" and start == 0 and end == len(wording) and wording[0] == "*"
            if not rule_only and not _is_markup(wording, start):
                yield report(
                    kind, f"{match[0]!r} {what}: {_around(wording, start, end)!r}", *source_span(paragraph.pieces, start, end)
                )


def _is_markup(wording: str, position: int) -> bool:
    """Whether a character stands in an address, or closes a tag."""
    before = wording[max(0, position - LONGEST_ADDRESS) : position]
    token = before.rsplit(None, 1)[-1] if before else ""
    if "://" in token or token.startswith("www."):
        return True
    return wording[position] == ">" and before.rfind("<") > before.rfind(">")


def _unbalanced(paragraphs: Sequence[Paragraph], report: Report) -> Iterator[Problem]:
    """Brackets without a partner in their paragraph nor, as long quotations have them, in those near by."""
    lone = [(number, *each) for number, paragraph in enumerate(paragraphs) for each in lone_brackets(paragraph.text)[:MOST]]
    closed: set[int] = set()
    for index, (number, _, mark) in enumerate(lone):
        for there in range(index + 1, min(index + 1 + REACH, len(lone))):
            other, _, closer = lone[there]
            if mark not in BRACKETS or other - number > REACH:
                break
            if other > number and closer == BRACKETS[mark] and there not in closed:
                closed |= {index, there}
                break
    for index, (number, position, mark) in enumerate(lone):
        if index not in closed and not _is_taken_up(paragraphs, number, position, mark):
            paragraph = paragraphs[number]
            span = source_span(paragraph.pieces, position, position + 1)
            yield report("unbalanced_bracket", describe_lone(paragraph.text, position, mark), *span)


def describe_lone(wording: str, position: int, mark: str) -> str:
    """What is wrong with a bracket or quotation mark without a partner."""
    what = "opens and is not closed" if mark in BRACKETS else "closes and was not opened"
    return f"{wording[position]!r} {what}: {_around(wording, position, position + 1)!r}"


def _is_taken_up(paragraphs: Sequence[Paragraph], number: int, position: int, mark: str) -> bool:
    """Whether a quotation mark opens a paragraph of a quotation that the next paragraph opens again."""
    following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
    return mark == "“" and position == 0 and following.startswith(mark)


def lone_brackets(wording: str) -> list[tuple[int, str]]:
    """(position, mark) of the brackets of a paragraph without a partner.

    The bracket of a list label '1)' needs none, nor one within stray characters.
    """
    marks = "".join(ANY_WIDTH.findall(wording)).translate(NARROW)
    if not marks or _are_paired(marks):
        return []
    excused = {match.end() - 1 for match in ITEM.finditer(wording)}
    excused.update(position for match in STRAY.finditer(wording) for position in range(*match.span()))
    waiting: list[tuple[int, str]] = []
    depth = dict.fromkeys(BRACKETS, 0)
    lone: list[tuple[int, str]] = []
    for position, mark in zip((match.start() for match in ANY_WIDTH.finditer(wording)), marks, strict=True):
        if mark in BRACKETS:
            waiting.append((position, mark))
            depth[mark] += 1
        elif depth[OPEN[mark]]:
            while waiting[-1][1] != OPEN[mark]:
                depth[waiting[-1][1]] -= 1
                lone.append(waiting.pop())
            depth[OPEN[mark]] -= 1
            waiting.pop()
        else:
            lone.append((position, mark))
    return sorted(each for each in lone + waiting if each[0] not in excused)


@lru_cache(maxsize=1024)
def _are_paired(marks: str) -> bool:
    """Whether there are as many closing as opening brackets of each kind. Paragraphs have few ways to use them."""
    return all(
        marks.count(opener) == marks.count(closer) and marks.find(opener) <= marks.find(closer) for opener, closer in PAIRS
    )


def _invisible(text: Text, decoded: str, report: Report) -> Iterator[Problem]:
    """Characters of no use, one row for each kind of them."""
    seen: dict[str, tuple[int, int]] = {}
    for match in INVISIBLE.finditer(decoded, text.char_start, text.char_end):
        first, count = seen.get(match[0], (match.start(), 0))
        seen[match[0]] = (first, count + 1)
    for character, (first, count) in sorted(seen.items()):
        yield report(
            "stray_character",
            f"the invisible character U+{ord(character):04X} stands here, {count} times in all",
            first,
            first + 1,
        )


def _repeated(text: Text, report: Report) -> Iterator[Problem]:
    for number, earlier, count in find_repeats(text.paragraphs, words(text.language)):
        paragraph, other = text.paragraphs[number], text.paragraphs[earlier]
        more = f", and so do the {count - 1} paragraphs after it" if count > 1 else ""
        message = f"this paragraph repeats the one at {other.char_start:,}, word for word or nearly{more}"
        yield report("duplicated_passage", message, paragraph.char_start, paragraph.char_end)

"""Headings without a label: Markdown headings, well-known ones (Foreword, 前言), and lines that look like titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.model import Paragraph
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import Line, below, gaps, is_record
from pipeline.outline.sentences import first_end

ALWAYS = 1e6
CAPITALS = "outline-title-capitals"
PLAIN = "outline-title"
QUOTES = '"”’»'
STOPS = "。.!！?？;；:："
NOTED = "]⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(r"\s*(?:\[\^?[0-9a-z]{1,3}\]|[⁰¹²³⁴-⁹]{1,3})$")
"""The mark of a footnote, which stands behind a sentence rather than behind a heading in small letters."""

LONGER = 3
"""Blanks in a title whose style tells, at least."""

LIST = 4
"""Lines in a row that look like titles and are none."""

EARLY = 5
"""Lines before the title of a document at most."""

WORDED = 8
"""Words that a text on a title page has at least."""

BODY = 30
"""Characters that a paragraph under a title has at least, in a language that writes spaces; half in others."""


def marked(paragraphs: Sequence[Paragraph], lines: Sequence[Line], labelled: frozenset[int], grammar: Grammar) -> list[Candidate]:
    """Markdown headings without a label and well-known headings, in text order."""
    found = []
    for index, line in enumerate(lines):
        if index in labelled or line.row or line.ornament or line.stop <= line.start:
            continue
        words = paragraphs[index].text[line.start : line.stop].strip(" *_")
        rule = grammar.unnumbered_rule(words) if line.stop - line.start <= 110 else None
        if rule is not None or (line.level and _may_be_marked(words, grammar)):
            candidate = title(index, line, rule.rule_id if rule else "outline-markdown")
            if rule is not None:
                candidate.kind = rule.values.get("kind")
                candidate.top, candidate.back = bool(rule.values.get("top")), rule.values.get("back")
            found.append(candidate)
    return found


def _may_be_marked(words: str, grammar: Grammar) -> bool:
    """Whether the words of a Markdown heading are one: no page number, no caption, no passage in large letters."""
    if not any(map(str.isalpha, words)) or grammar.captions.match(words):
        return False
    return len(words) <= grammar.limits["title"] or first_end(words, grammar, 0, len(words) - 1) is None


def title(index: int, line: Line, rule_id: str) -> Candidate:
    """A heading without a label that fills its paragraph."""
    return Candidate(
        index, line.start, line.start, line.stop, None, (), ALWAYS, rule_id, level=line.level, standalone=True, title=True
    )


def unmarked(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], taken: frozenset[int], grammar: Grammar, first: int, last: int
) -> list[Candidate]:
    """Lines in [first, last) that look like titles: short, without a stop, with a text below."""
    found: list[Candidate] = []
    attributions = _attributions(paragraphs, lines, grammar, first, last)
    likely = [
        index
        for index in range(first, last)
        if index not in taken and index not in attributions and may_be_title(paragraphs, lines, index, grammar)
    ]
    likely = _of_one_style(paragraphs, lines, likely, grammar)
    listed = _listed(likely, lines)
    for index in likely:
        if index not in listed and _has_body(paragraphs, lines, index, taken, last, grammar):
            text = paragraphs[index].text[lines[index].start : lines[index].stop]
            capitals = text.isupper() and grammar.spaced
            found.append(title(index, lines[index], CAPITALS if capitals else PLAIN))
    return found


def _of_one_style(paragraphs: Sequence[Paragraph], lines: Sequence[Line], likely: list[int], grammar: Grammar) -> list[int]:
    """The lines without those in small letters, where most of the longer titles are set in capitals: these broke off from prose."""
    texts = {index: paragraphs[index].text[lines[index].start : lines[index].stop] for index in likely} if grammar.spaced else {}
    longer = {index for index, text in texts.items() if text.count(" ") >= LONGER}
    small = {index for index in longer if not _has_capitals(texts[index])}
    return [index for index in likely if index not in small] if len(small) * 3 < len(longer) else likely


def _listed(likely: Sequence[int], lines: Sequence[Line]) -> frozenset[int]:
    """Lines of a list, as of addressees: many in a row that look like titles, but for the last, which may be one."""
    found: set[int] = set()
    run: list[int] = []
    for index in likely:
        if run and index != below(lines, run[-1]):
            run = []
        run.append(index)
        if len(run) >= LIST:
            found.update(run[:-1])
    return frozenset(found)


def _attributions(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], grammar: Grammar, first: int, last: int
) -> frozenset[int]:
    """Short lines of who spoke, where and when: those that end with a date, and those before it or behind a quotation."""
    found: set[int] = set()
    for index in range(last - 1, first - 1, -1):
        line = lines[index]
        if line.row or line.ornament or line.level or not 1 < line.stop - line.start <= grammar.limits["title"]:
            continue
        text = paragraphs[index].text[line.start : line.stop].strip()
        quoted = index > first and paragraphs[index - 1].text[-1] in QUOTES
        if grammar.ends_with_date(text) or (index + 1 in found and text[-1:] not in STOPS) or (quoted and _names_a_speaker(text)):
            found.add(index)
    return frozenset(found)


def _names_a_speaker(text: str) -> bool:
    """Whether a line behind a quotation is a dash and a name, or a few words in capitals without a stop."""
    words = text.lstrip("–—- ").split()
    return (
        text[-1] not in STOPS
        and len(words) <= 8
        and all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3)
    )


def may_be_title(paragraphs: Sequence[Paragraph], lines: Sequence[Line], index: int, grammar: Grammar) -> bool:
    """Whether a line looks like a title: short, without a stop, beginning with a capital, neither a record, row, date nor caption."""
    line = lines[index]
    if line.row or line.ornament or not 1 < line.stop - line.start <= grammar.limits["title"]:
        return False
    text = paragraphs[index].text[line.start : line.stop].strip()
    if text[-1:] in NOTED and (note := _NOTE.search(text)) is not None:
        text = text[: note.start()]
        if grammar.spaced and not _has_capitals(text):
            return False
    if not text or text.rstrip(QUOTES + "'")[-1:] in "。.!！?？;；:：,，、-–—|" or is_record(text) or gaps(text):
        return False
    if grammar.spaced and ". " in text and first_end(text, grammar, 0, len(text)) is not None:
        return False
    first = text[0]
    if not (first.isupper() or (not grammar.spaced and "一" <= first <= "鿿") or first in '“《"‘'):
        return False
    if grammar.spaced and _spells_out(text):
        return False
    if grammar.is_date(text) or grammar.captions.match(text) or (not grammar.spaced and any(mark in text for mark in "，。；")):
        return False
    return not grammar.spaced or _is_worded_as_title(text, grammar)


def _spells_out(text: str) -> bool:
    """Whether a line is an abbreviation and its words: 'NRP National Roads Plan'."""
    short, *words = text.split()
    return (
        short.isupper() and 1 < len(short) <= len(words) + 1 and short == "".join(word[0] for word in words if word[0].isupper())
    )


def _is_worded_as_title(text: str, grammar: Grammar) -> bool:
    """Whether a line may be a title by its words: not many of them, none left open at the end, no sentence that tells something."""
    words = text.split()
    if len(words) > 14 or words[-1].lower() in grammar.open_ends:
        return False
    if len(words) > 6 and grammar.telling.search(text):
        return False
    return len(words) <= 9 or _has_capitals(text)


def _has_capitals(text: str) -> bool:
    """Whether at least half of the longer words begin with capitals."""
    long_words = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in long_words) * 2 >= len(long_words)


def _has_body(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], index: int, taken: frozenset[int], last: int, grammar: Grammar
) -> bool:
    following = below(lines, index)
    if following >= last:
        return False
    if following in taken:
        return True
    text = paragraphs[following].text
    if text[0].islower():
        return False
    long = len(text) >= (BODY if grammar.spaced else BODY // 2)
    return (
        (long and first_end(text, grammar, 0, len(text)) is not None)
        or (long and text[:1] in "–—-•·*")
        or (
            may_be_title(paragraphs, lines, following, grammar)
            and following + 1 < last
            and len(paragraphs[following + 1].text) >= BODY
        )
    )


def without_title_page(merged: list[Candidate], paragraphs: Sequence[Paragraph], contents: int) -> list[Candidate]:
    """Leave out the Markdown headings of a title page: before the table of contents the first, and those with no text under them."""
    if not 0 < contents * 4 < len(paragraphs):
        return merged
    heads = [candidate for candidate in merged if candidate.level and candidate.paragraph < contents]
    stops = [head.paragraph for head in heads[1:]] + [contents]
    empty = {
        head.place
        for head, stop in zip(heads, stops, strict=False)
        if head.label is None and not head.top and (head is heads[0] or not _reads(paragraphs[head.paragraph + 1 : stop]))
    }
    return [candidate for candidate in merged if candidate.place not in empty]


def _reads(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the lines under a heading of a title page are a text rather than more titles: most of their words are small."""
    words = [word for paragraph in paragraphs for word in paragraph.text.split()]
    return len(words) >= WORDED and sum(word[0].islower() for word in words) * 2 > len(words)


def without_document_title(merged: list[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line]) -> list[Candidate]:
    """Leave out the first Markdown heading where it is the only one of its level, or stands right above another: the title."""
    heads = [candidate for candidate in merged if candidate.level]
    if (title := _over_all(heads, merged, len(paragraphs))) is not None:
        return [
            candidate for candidate in merged if candidate.label is not None or candidate.top or candidate.place > title.place
        ]
    if not heads or heads[0].label is not None or heads[0].top:
        return merged
    first = heads[0]
    opens = all(_opens(line, paragraph.text) for line, paragraph in zip(lines[: first.paragraph], paragraphs, strict=False))
    early = opens or (first is merged[0] and sum(not line.ornament for line in lines[: first.paragraph]) <= EARLY)
    alone = sum(candidate.level <= first.level for candidate in heads) == 1 and (early or len(heads) > 1)
    between = (
        [line for line in lines[first.paragraph + 1 : heads[1].paragraph] if not line.ornament]
        if len(heads) > 1
        else [Line(0, 1)]
    )
    same = [candidate for candidate in heads[1:] if candidate.level == first.level]
    above = opens and len(same) > 1 and all(candidate.readings for candidate in same)
    if alone or above or (not between and heads[1].level <= first.level):
        return [candidate for candidate in merged if candidate is not first]
    return merged


def _over_all(heads: Sequence[Candidate], merged: Sequence[Candidate], length: int) -> Candidate | None:
    """The last heading of the highest level near the beginning, where it is the only one or all chapters stand under it.

    The site's own headings, a ministry or a gazette may stand before it.
    """
    highest = min((candidate.level for candidate in heads), default=0)
    over = [candidate for candidate in heads if candidate.level == highest]
    if len(heads) < 2 or any(candidate.label is not None for candidate in over) or over[-1].paragraph * 4 >= length:
        return None
    ranked = [candidate.place > over[-1].place for candidate in merged if candidate.rank and not candidate.inline]
    return over[-1] if len(over) == 1 or (len(ranked) > 1 and all(ranked)) else None


def _opens(line: Line, text: str) -> bool:
    """Whether a line may stand before the title: an ornament, a key and its value, a point of a list in such a header."""
    return line.ornament or is_record(text) or text[-1:] in ":：" or text[:2] == "- "

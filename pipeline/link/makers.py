"""Who is to make an instrument: the body that its own sentence charges with it, else the one that its section is laid on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import takewhile

from pipeline.core.language import load_language
from pipeline.core.model import Row, Section, Sentence
from pipeline.link.corpus import Corpus
from pipeline.link.duties import Duties
from pipeline.link.objectives import Objectives

LEAD = "lead"
MAKERS = frozenset({LEAD, "coordinator", "implementer"})
PART_ENDS = "；;"
STOPS = "。．.；;！!？?：:\n"
OPEN, CLOSE = "（([【", "）)]】"
BLANK = re.compile(r"\s*")
LONGEST, REACH, NEAREST = 800, 240, 16
"""Characters around an instrument that can name its maker, characters between the two in a bracket, bodies beside it that are looked at."""


class Makers:
    """The bodies that can make an instrument, by where they stand."""

    def __init__(self, corpus: Corpus, duties: Duties, objectives: Objectives) -> None:
        self._corpus = corpus
        self._in_text: dict[str, list[Row]] = {}
        self._of_objective: dict[str, list[Row]] = {}
        self._in_section: dict[str, list[Row]] = {}
        self._above = {row["objective_id"]: row["parent_id"] for row in objectives.rows}
        own = {row["responsibility_id"]: row["objective_id"] for row in duties.responsibility_rows}
        for row in sorted(duties.mention_rows, key=lambda row: (row["text_id"], row["char_start"])):
            if row["role"] in MAKERS:
                self._in_text.setdefault(row["text_id"], []).append(row)
                self._of_objective.setdefault(own[row["responsibility_id"]] or "", []).append(row)
                if row["rule_id"] in laying(corpus.texts[row["text_id"]].language):
                    self._in_section.setdefault(row["section_id"], []).append(row)

    def of(self, mention: Row, sentence: Sentence, objective_id: str | None) -> str | None:
        """The body that leads, else the first of the nearest clause with one: before the instrument in the same part of the sentence, or
        behind it in a bracket or as the agent; else one that its measure or the task above is laid on from outside of the sentence; else
        one that a bracket or a label lays the paragraph or the section on. Null where none is named."""
        rows = self._beside(mention, sentence) or self._of_objectives(mention, sentence, objective_id)
        if rows:
            source = self._source(mention)
            start = min(row["char_start"] for row in rows)
            clauses = [source.count("，", start, row["char_start"]) + source.count(",", start, row["char_start"]) for row in rows]
            return _leading(rows) or str(rows[clauses.index(clauses[-1])]["body_id"])
        laid = self._behind(mention, sentence) or self._over(mention, sentence)
        return _leading(laid) or (str(laid[0]["body_id"]) if laid else None)

    def _source(self, mention: Row) -> str:
        return self._corpus.decoded[self._corpus.texts[mention["text_id"]].source_id]

    def _beside(self, mention: Row, sentence: Sentence) -> list[Row]:
        start, end = _part(sentence, mention["char_start"])
        source, agent = self._source(mention), opening(self._corpus.texts[mention["text_id"]].language)
        in_text = self._in_text.get(mention["text_id"], [])
        first, here, last = (bisect_left(in_text, at, key=_start) for at in (start, mention["char_start"], end))
        behind = in_text[here : min(last, here + NEAREST)]
        behind = [row for row in behind if agent.search(source[max(mention["char_end"], _start(row) - REACH) : _start(row)])]
        return in_text[max(first, here - NEAREST) : here] + behind

    def _of_objectives(self, mention: Row, sentence: Sentence, objective_id: str | None) -> list[Row]:
        for each in filter(None, (objective_id, self._above.get(objective_id))):
            places = (row for row in self._of_objective.get(each, ()) if row["text_id"] == mention["text_id"])
            rows = [row for row in places if not sentence.char_start <= row["char_start"] < sentence.char_end]
            if rows:
                return rows
        return []

    def _behind(self, mention: Row, sentence: Sentence) -> list[Row]:
        """The bodies of the first bracket or label behind the sentence, if it closes a paragraph of the section or is one."""
        rows = self._in_section.get(mention["section_id"], [])
        at = bisect_left(rows, sentence.char_end, key=_start)
        for row in rows[at : at + 1]:
            source, opened = self._source(mention), self._opened(row)
            before = source[sentence.char_start : opened].rstrip(" \t\u3000")
            if before[-1:] in STOPS:
                marks = CLOSE if source[opened] in OPEN else "\n"
                end = min((found for mark in marks if (found := source.find(mark, row["char_end"])) >= 0), default=len(source))
                return [each for each in rows[at : at + NEAREST] if each["char_start"] <= end]
        return []

    def _opened(self, row: Row) -> int:
        """Where the bracket opens that a body stands in, else where its line begins."""
        source = self._source(row)
        line = source.rfind("\n", 0, row["char_start"]) + 1
        marks = [source.rfind(mark, line, row["char_start"]) for mark in OPEN]
        return max([line, *marks])

    def _over(self, mention: Row, sentence: Sentence) -> list[Row]:
        """The bodies in a bracket of the heading of the section, or of the nearest one above that has any."""
        source = self._source(mention)
        for section in self._sections(sentence.section_id):
            start, end = section.heading_start, section.heading_end
            if start is not None and end is not None:
                blank = BLANK.match(source, end).end()  # type: ignore[union-attr]
                rows = (row for row in self._in_section.get(section.section_id, ()) if row["char_start"] >= start)
                found = list(takewhile(partial(self._opens_before, blank), rows))
                if found:
                    return found
        return []

    def _opens_before(self, end: int, row: Row) -> bool:
        return self._opened(row) <= end

    def _sections(self, section_id: str | None) -> Iterator[Section]:
        while section_id is not None:
            yield (section := self._corpus.sections[section_id])
            section_id = section.parent_id


def _leading(rows: Sequence[Row]) -> str | None:
    return next((str(row["body_id"]) for row in rows if row["role"] == LEAD), None)


@cache
def laying(language: str) -> frozenset[str]:
    """The rules that read bodies in brackets and behind labels: what lays a passage on them stands outside of it."""
    pack = load_language(language)
    return frozenset(rule.rule_id for group in ("brackets", "labels") for rule in pack.group("duties", group).rules)


@cache
def opening(language: str) -> re.Pattern[str]:
    """What stands before a body behind an instrument that still makes it: a bracket, or the word for an agent."""
    agent = load_language(language).setting("instruments", "agent")
    return re.compile(r"[（(\[【][^）)\]】]*$" + (f"|(?:{agent})$" if agent else ""))


def joined_offset(sentence: Sentence, offset: int) -> int:
    """The offset in a sentence's text of a source offset."""
    here, there = sentence.pieces[bisect_right(sentence.pieces, offset, key=lambda piece: piece[1]) - 1]
    return min(here + offset - there, len(sentence.text) - 1)


def _start(row: Row) -> int:
    return int(row["char_start"])


def _part(sentence: Sentence, offset: int) -> tuple[int, int]:
    """The source span of the part of a sentence between semicolons that an offset stands in."""
    at = joined_offset(sentence, offset)
    first, last = max(0, at - LONGEST), min(len(sentence.text), at + LONGEST)
    start = max(first, *(sentence.text.rfind(mark, first, at) + 1 for mark in PART_ENDS))
    end = min((found for mark in PART_ENDS if (found := sentence.text.find(mark, at, last)) >= 0), default=last)
    return sentence.span(start, end)

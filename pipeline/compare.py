"""Two versions of a document side by side in the terminal, with what differs marked and said."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.core.errors import InputError
from pipeline.core.model import Document, Outline, Section, Sentence
from pipeline.core.store import read_json
from pipeline.link import Corpus, discrepancies_of
from pipeline.link.alignment import Alignment, SentenceGroup
from pipeline.link.discrepancies.model import MAJOR, Finding

NARROW = 64
"""Columns of a terminal in which the versions stand below, not beside each other."""
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would drive the terminal or turn the direction of the text."""
MANY, ROOM = 6, 60
"""Times the characters of the other version, and characters more, that a marked passage has at most."""
STYLES = {"major": "bold red", "minor": "yellow"}
OPEN, CLOSE = "⟦", "⟧"

NUMBERING = "numbering"

Numbered = tuple[int, Finding]
Labels = Mapping[str, Sequence[Section]]
"""sentence_id → the sections whose labels stand before the sentence."""


class Screen(Console):
    """A terminal, or what takes its place; that nobody reads any more is told as by the other commands."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def compare(build: Path, document: str, edition: str | None, console: Console) -> None:
    """Print two texts of a document that was built: the first with `edition`, else with the second. Raises InputError."""
    alignment, findings = compared(build, document, edition)
    names = [_named(outline) for outline in (alignment.a, alignment.b)]
    for line in _page(alignment, findings, names, console.width):
        console.print(line, highlight=False, emoji=False, markup=False)


def compared(build: Path, document: str, edition: str | None) -> tuple[Alignment, list[Finding]]:
    """Two texts side by side and where they disagree, the surest first."""
    from pipeline.built import documents, read_decoded, read_extractions, read_outlines
    from pipeline.core.schema import load_schema

    known = documents(build)
    if document not in known:
        raise InputError(document, "is no document of the last build", f"use one of {', '.join(known)}")
    outlines = read_outlines(build, document)
    extractions = read_extractions(build, outlines)
    others = {outline.text.text_id.removeprefix(f"{document}."): number for number, outline in enumerate(outlines)}
    others = {name: number for name, number in others.items() if number}
    if not others:
        raise InputError(document, "has one text only", "add another version of it to raw/")
    name = edition.removeprefix(f"{document}.") if edition is not None else min(others, key=lambda each: others[each])
    if name not in others:
        raise InputError(str(edition), f"is no text that {document} can be compared with", f"use one of {', '.join(others)}")
    corpus = Corpus(
        documents=(read_json(build / "source" / document / "document.json", Document),),
        sources=(),
        outlines=tuple(outlines),
        extractions=extractions,
        problems=(),
        decoded=read_decoded(build, document),
        languages=tuple(load_schema().package.languages),
    )
    text_id = outlines[others[name]].text.text_id
    alignment = next(each for each in corpus.alignments(document) if each.b.text.text_id == text_id)
    return alignment, discrepancies_of(corpus, alignment)


def _named(outline: Outline) -> str:
    text = outline.text
    return f"{text.text_id} ({text.language}, {text.translation_status.replace('_', ' ')})"


def _page(alignment: Alignment, findings: Sequence[Finding], names: Sequence[str], width: int) -> Iterator[RenderableType]:
    """The whole comparison, one renderable after the other."""
    major = sum(finding.severity == MAJOR for finding in findings)
    yield Text(f"{len(findings):,} discrepancies, {major:,} major")
    yield from _row([Text(name, style="bold") for name in names], width)
    labels = _labels(alignment)
    placed, told = _by_group(alignment, findings, labels), set[int]()
    for number, group in enumerate(alignment.groups):
        own = placed.get(number, [])
        yield from _row([_side(alignment, group, side, own, labels) for side in "ab"], width)
        for at, finding in own:
            if at in told:
                continue
            told.add(at)
            message = f"{at}. {finding.severity}, {finding.kind}, {finding.confidence:.0%}: {finding.message}"
            yield Padding(Text(_clean(message), style=STYLES[finding.severity]), (0, 0, 0, 2))


def _row(sides: Sequence[Text], width: int) -> Iterator[RenderableType]:
    """Two passages beside each other, or below each other where there is no room."""
    yield Text("")
    if width < NARROW:
        yield from (side for side in sides if side.plain)
        return
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for _ in sides:
        grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*sides)
    yield grid


def _labels(alignment: Alignment) -> Labels:
    """The printed labels of sections that stand before a sentence and not in it."""
    found: dict[str, list[Section]] = defaultdict(list)
    for outline in (alignment.a, alignment.b):
        starts = [sentence.char_start for sentence in outline.sentences]
        for section in outline.sections:
            at = bisect_right(starts, section.char_start)
            within = at < len(starts) and starts[at] < section.char_end and section.char_start not in starts[at - 1 : at]
            if section.label and within:
                found[outline.sentences[at].sentence_id].append(section)
    return found


def _by_group(alignment: Alignment, findings: Sequence[Finding], labels: Labels) -> dict[int, list[Numbered]]:
    """Number of a group → the findings in its sentences, numbered in the order of the page."""
    starts = {side: _starts(alignment, side, labels) for side in "ab"}
    ordered = sorted((_groups(starts, finding), finding.a, finding.b, number) for number, finding in enumerate(findings))
    placed: dict[int, list[Numbered]] = defaultdict(list)
    for at, (groups, _, _, number) in enumerate(ordered, start=1):
        for group in groups:
            placed[group].append((at, findings[number]))
    return placed


def _groups(starts: Mapping[str, Sequence[tuple[int, int]]], finding: Finding) -> list[int]:
    """The numbers of the groups that a finding stands in."""
    found: set[int] = set()
    for side, (start, end) in (("a", finding.a), ("b", finding.b)):
        if start < end and starts[side]:
            first = max(0, bisect_right(starts[side], (start, math.inf)) - 1)
            last = bisect_left(starts[side], (end, 0))
            found.update(number for _, number in starts[side][first:last])
    return sorted(found)


def _starts(alignment: Alignment, side: str, labels: Labels) -> list[tuple[int, int]]:
    """(offset, number of the group) of all groups of a text, by offset; a label belongs to the sentence after it."""
    ids = ((getattr(group, side), number) for number, group in enumerate(alignment.groups))
    first = ((alignment.sentences[own[0]], number) for own, number in ids if own)
    return sorted(
        (min([sentence.char_start, *(each.char_start for each in labels.get(sentence.sentence_id, ()))]), number)
        for sentence, number in first
    )


def _side(alignment: Alignment, group: SentenceGroup, side: str, findings: Sequence[Numbered], labels: Labels) -> Text:
    """The sentences of a group in one text with the labels before them, and marks around what differs."""
    sentences = [alignment.sentences[each] for each in getattr(group, side)]
    joined = Text()
    for sentence in sentences:
        for section in labels.get(sentence.sentence_id, ()):
            joined.append_text(
                _label(section, [(at, each) for at, each in findings if getattr(each, side)[0] == section.char_start])
            )
        joined.append_text(
            _marked(sentence, [(at, finding, getattr(finding, side)) for at, finding in findings if _tells(finding, side)])
        )
        joined.append(" ")
    joined.rstrip()
    if sentences and all(sentence.kind == "heading" for sentence in sentences):
        joined.stylize("bold")
    return joined


def _label(section: Section, findings: Sequence[Numbered]) -> Text:
    """A label and a blank, with marks around it where it differs."""
    text = Text(_clean(section.label or ""))
    own = [each for each in findings if each[1].kind == NUMBERING]
    for at, finding in own:
        style = STYLES[finding.severity]
        text = Text.assemble((f"{OPEN}{at}:", style), text, (CLOSE, style))
    return text.append(" ")


def _tells(finding: Finding, side: str) -> bool:
    """Whether a span says where the difference is, rather than in which sentence."""
    spans = (finding.a, finding.b) if side == "a" else (finding.b, finding.a)
    own, other = (end - start for start, end in spans)
    return not other or own <= MANY * other + ROOM


def _marked(sentence: Sentence, findings: Sequence[tuple[int, Finding, tuple[int, int]]]) -> Text:
    """A sentence; marks stand where a source span begins and ends in it."""
    offsets = [sentence.span(index, index + 1)[0] for index in range(len(sentence.text))]
    marks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for at, finding, (start, end) in findings:
        style = STYLES[finding.severity]
        if offsets[0] <= start < sentence.char_end and start < end:
            marks[bisect_right(offsets, start - 1)].append((f"{OPEN}{at}:", style))
        if offsets[0] < end <= sentence.char_end and start < end:
            marks[bisect_right(offsets, end - 1)].append((CLOSE, style))
        if start == end and offsets[0] <= start <= sentence.char_end:
            marks[bisect_right(offsets, start - 1)].append((f"{OPEN}{at}{CLOSE}", style))
    text, before = Text(), 0
    for index in sorted(marks):
        text.append(_clean(sentence.text[before:index]))
        for mark, style in sorted(marks[index], key=lambda each: each[0] != CLOSE):
            text.append(mark, style=style)
        before = index
    text.append(_clean(sentence.text[before:]))
    return text


def _clean(words: str) -> str:
    return UNSHOWN.sub("\ufffd", words)

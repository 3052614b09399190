"""A text as the passages that a page shows, each with what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.model import Frozen, Row
from pipeline.publish.site.marks import Mark

LEAD = re.compile(r"(?:[-*+•·○●▪◦–—]|[(（]?\w{1,4}[.)）、]|[①-⑳])\Z")
"""What may stand before a member of a list and is no heading's label."""
AFTERWARDS = " · "
"""Between a passage whose text is not carried and the quotes of what was found in it."""
Span = tuple[int, int]


class Find(Frozen):
    """A row that stands in a text. start, end: offsets into the decoded source; the rest as in Mark."""

    start: int
    end: int
    kind: str
    anchor: str | None
    href: str | None
    sign: str = ""
    quote: str | None = None


class Passage(Frozen):
    """A label, a heading, a sentence or a row of a table.

    kind: 'label' or a code of sentence_kinds; words: lines joined; lead: the bullet or number before it; opens: whether it begins a
    paragraph; directs: whether it is a task or a measure as a whole; cells: for a row of a table, the spans of its cells.
    """

    passage_id: str | None
    section_id: str
    kind: str
    words: str
    lead: str = ""
    opens: bool = False
    directs: bool = False
    marks: tuple[Mark, ...] = ()
    cells: tuple[Span, ...] = ()


class Body(Frozen):
    """What the tables hold of one text. source: None where it is not carried; directives: spans of tasks and measures."""

    sections: Sequence[Row]
    sentences: Sequence[Row]
    finds: Sequence[Find]
    directives: frozenset[Span]
    source: str | None


def passages(body: Body) -> list[Passage]:
    """The text in reading order; every find stands in exactly one place, or in several passages if it goes on over them."""
    rows = sorted([*_labels(body), *body.sentences], key=lambda row: (row["char_start"], row["char_end"]))
    finds = _placed(rows, body.finds)
    opening = _openings(body)
    return [
        _passage(row, rows[at - 1]["char_end"] if at else None, finds[at], row["sentence_id"] in opening, body)
        for at, row in enumerate(rows)
    ]


def _labels(body: Body) -> Iterator[Row]:
    """The labels of sections, as printed, as if they were sentences."""
    for section in body.sections:
        if label := section["label"]:
            start = section["char_start"]
            shown = {"sentence_id": None, "section_id": section["section_id"], "kind": "label", "text": label, "quote": label}
            yield {**shown, "char_start": start, "char_end": start + len(label)}


def _placed(rows: Sequence[Row], finds: Iterable[Find]) -> dict[int, list[tuple[Find, bool]]]:
    """Number of a passage → the finds in it, and whether each begins there. One that is between two passages goes to the nearer."""
    starts, ends = [row["char_start"] for row in rows], [row["char_end"] for row in rows]
    placed: dict[int, list[tuple[Find, bool]]] = defaultdict(list)
    for find in finds if rows else ():
        first = bisect_right(ends, find.start)
        last = bisect_left(starts, find.end) - 1
        if first > last:
            before, after = max(first - 1, 0), min(first, len(rows) - 1)
            first = last = before if abs(find.start - ends[before]) <= abs(starts[after] - find.start) else after
        for at in range(first, last + 1):
            placed[at].append((find, at == first))
    return placed


def _openings(body: Body) -> set[str]:
    """Sentences that begin a paragraph. The text of a section has a line for each, and no heading."""
    own = {section["section_id"]: section["text"] or "" for section in body.sections}
    reached: dict[str, int] = {}
    found = set()
    for row in (row for row in body.sentences if row["kind"] != "heading"):
        text, before = own.get(row["section_id"], ""), reached.get(row["section_id"])
        at = text.find(row["text"], before or 0)
        if before is None or (at >= 0 and "\n" in text[before:at]):
            found.add(row["sentence_id"])
        if at >= 0:
            reached[row["section_id"]] = at + len(row["text"])
    return found


def _passage(row: Row, before: int | None, finds: Sequence[tuple[Find, bool]], opens: bool, body: Body) -> Passage:
    start, end = row["char_start"], row["char_end"]
    if body.source is None:
        words, marks, lead = _quoted(row, [find for find, begins in finds if begins])
    else:
        words, places = joined(body.source[start:end], row["text"])
        marks = [_mark(find, begins, start, places) for find, begins in finds]
        lead = _lead(body.source[before:start]) if before is not None else ""
    return Passage(
        passage_id=row["sentence_id"],
        section_id=row["section_id"],
        kind=row["kind"],
        words=words.replace("\N{NO-BREAK SPACE}", " "),
        lead=lead if row["kind"] == "sentence" else "",
        opens=opens,
        directs=(start, end) in body.directives and row["kind"] != "label",
        marks=tuple(marks),
        cells=tuple(_cells(words)) if row["kind"] == "row" else (),
    )


def _mark(find: Find, begins: bool, start: int, places: Sequence[int]) -> Mark:
    """A find in the words of one passage that begins at `start`; what lies outside of them is cut off."""
    low, high = (places[min(max(at - start, 0), len(places) - 1)] for at in (find.start, find.end))
    return Mark(low, max(low, high), find.kind, find.anchor if begins else None, find.href, find.sign)


def _quoted(row: Row, finds: Iterable[Find]) -> tuple[str, list[Mark], str]:
    """A passage whose text is not carried: its own quote, then those of what was found in it."""
    words, marks = str(row["quote"] or ""), []
    for find in finds:
        start = len(words) + len(AFTERWARDS) if find.quote else len(words)
        words += f"{AFTERWARDS}{find.quote}" if find.quote else ""
        marks.append(Mark(start, len(words), find.kind, find.anchor, find.href, find.sign))
    return words, marks, ""


def joined(quote: str, text: str) -> tuple[str, Sequence[int]]:
    """The words of a passage of the source with its lines joined as in `text`, and for each offset into the quote the one there.

    Where the two do not fit each other, the quote stands with its line breaks as blanks.
    """
    if quote == text:
        return text, range(len(quote) + 1)
    places, at = [], 0
    for char in quote:
        places.append(at)
        if at < len(text) and (char == text[at] or (char.isspace() and text[at] == " ")):
            at += 1
    if at == len(text):
        return text, [*places, at]
    return re.sub(r"\s", " ", quote), range(len(quote) + 1)


def _lead(between: str) -> str:
    """The bullet or the number at the end of what stands between two passages."""
    words = between.rsplit("\n", 1)[-1].strip()
    return words if LEAD.match(words) else ""


def _cells(words: str) -> Iterator[Span]:
    """The cells of a row of a table: between bars or tabs, else between wide blanks. A bar at either end bounds no cell."""
    divider = r"\|" if "|" in words else r"\t" if "\t" in words else r"\s{2,}"
    cuts = [(0, 0), *(match.span() for match in re.finditer(divider, words)), (len(words), len(words))]
    spans = [(low, high) for (_, low), (high, _) in zip(cuts, cuts[1:], strict=False)]
    yield from (span for n, span in enumerate(spans) if words[slice(*span)].strip() or 0 < n < len(spans) - 1)


def in_cells(passage: Passage) -> list[tuple[str, list[Mark]]]:
    """The words of each cell of a row and the marks in them; an anchor stays with the first cell that a mark reaches into."""
    cells: list[tuple[str, list[Mark]]] = [(passage.words[low:high], []) for low, high in passage.cells]
    for mark in passage.marks:
        anchor = mark.anchor
        for (low, high), (_, marks) in zip(passage.cells, cells, strict=True):
            start, end = max(mark.start, low), min(mark.end, high)
            if start < end or (start == end and mark.start == mark.end and anchor is not None):
                marks.append(Mark(start - low, end - low, mark.kind, anchor, mark.href, mark.sign))
                anchor = None
    return cells

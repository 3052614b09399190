"""The running text of a document as its page shows it: sections, and in each the rows that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from pipeline.core.model import Frozen, Row
from pipeline.publish.site.finds import Shelf, directives, finds
from pipeline.publish.site.marks import marked
from pipeline.publish.site.model import Interface, Site
from pipeline.publish.site.parallel import Block, Cells, Version, blocks
from pipeline.publish.site.passages import Body, Passage, in_cells, passages

STATUSES = ("original", "human_translation", "machine_translation")
STANDING = ("front", "preamble", "box", "table", "annex", "closing")
"""Kinds of section that the tree names even without a heading."""


class Item(Frozen):
    """One passage of a cell. label: what is printed before it; gap: the blank after the label; label_id: the section that the label
    stands for, where the page has no other anchor for it; table: cells of a row, as markup."""

    passage: Passage
    words: Markup
    label: Markup = Markup("")
    gap: str = ""
    label_id: str | None = None
    table: tuple[Markup, ...] = ()


class Line(Frozen):
    """What stands side by side: a cell for each text of the section, empty where it has nothing. opens: begins a paragraph; directs:
    whether all of it are tasks or measures, so that this need not be said of each."""

    cells: tuple[tuple[Item, ...], ...]
    is_heading: bool
    opens: bool
    directs: bool


class Part(Frozen):
    """One section. depth: 0 for the outermost; heading: label, words and language; texts: numbers of the columns that have words of
    it; anchors: ids of the same section in other texts that no passage carries."""

    section_id: str
    section_number: str
    kind: str
    depth: int
    heading: tuple[str, str, str] | None
    texts: tuple[int, ...]
    lines: tuple[Line, ...]
    anchors: tuple[str, ...]


def versions(shelf: Shelf, document: Row) -> list[Row]:
    """The texts of a document: first the one that the others are compared with."""
    rows = shelf.rows("texts", "document_id", document["document_id"])
    return sorted(
        rows,
        key=lambda row: (
            row["text_id"] != document["original_text_id"],
            STATUSES.index(row["translation_status"]),
            row["completeness"] != "full",
            row["text_id"],
        ),
    )


def columns(texts: Sequence[Row], ui: Interface) -> list[Row]:
    """The texts from left to right: whole ones in the language of the interface, other whole ones, excerpts."""
    return sorted(texts, key=lambda row: (row["completeness"] != "full", row["language"].split("-")[0] != ui.language))


def reading(site: Site, shelf: Shelf, texts: Sequence[Row], shown: Sequence[Row], ui: Interface) -> list[Part]:
    """The sections in order. texts: as `versions` gives them; shown: the same as `columns` does."""
    sections = {row["text_id"]: sorted(shelf.rows("sections", "text_id", row["text_id"]), key=_order) for row in texts}
    laid = blocks(
        [_version(site, shelf, row, sections[row["text_id"]], ui) for row in texts],
        (pair for row in texts for pair in shelf.rows("section_alignments", "b_text_id", row["text_id"])),
        (pair for row in texts for side in "ab" for pair in shelf.rows("sentence_alignments", f"{side}_text_id", row["text_id"])),
    )
    by_id = {row["section_id"]: row for own in sections.values() for row in own}
    parts: list[Part] = []
    depths: dict[str, int] = {}
    for block in laid:
        part = _part(block, by_id, shown, depths)
        depths[part.section_id] = part.depth + (part.heading is not None)
        parts.append(part)
    return parts


def _order(section: Row) -> tuple[int, int, int]:
    return section["position"], section["char_start"], section["level"]


def _version(site: Site, shelf: Shelf, text: Row, sections: Sequence[Row], ui: Interface) -> Version:
    text_id = text["text_id"]
    sentences = sorted(shelf.rows("sentences", "text_id", text_id), key=lambda row: (row["char_start"], row["position"]))
    source = site.texts.get(text["source_id"])
    found = passages(Body(sections, sentences, finds(shelf, text_id, ui), directives(shelf, text_id), source))
    return Version(text_id, [row["section_id"] for row in sections], found)


def _part(block: Block, by_id: Mapping[str, Row], shown: Sequence[Row], depths: Mapping[str, int]) -> Part:
    home = by_id[next(iter(block.sections.values()))]
    here = {text_id for row in block.rows for text_id in row}
    texts = tuple(number for number, text in enumerate(shown) if text["text_id"] in here)
    heading = None
    for text in reversed(shown):
        section = by_id.get(block.sections.get(text["text_id"], ""))
        if section and (section["heading"] or (section["label"] and section["kind"] in STANDING)):
            heading = section["label"] or "", section["heading"] or "", text["language"]
    anchors = {section_id for section_id in block.sections.values() if section_id != home["section_id"]}
    lines = _with_tables(_line(row, [shown[number]["text_id"] for number in texts], anchors) for row in block.rows)
    return Part(
        section_id=home["section_id"],
        section_number=home["section_number"],
        kind=home["kind"],
        depth=depths.get(home["parent_id"] or "", 0),
        heading=heading,
        texts=texts,
        lines=lines,
        anchors=tuple(sorted(anchors)),
    )


def _with_tables(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Rows of a table that follow each other as one line, so that they make one table in each text."""
    joined: list[Line] = []
    for line in lines:
        if joined and _is_table(line) and _is_table(joined[-1]):
            cells = tuple((*old, *new) for old, new in zip(joined[-1].cells, line.cells, strict=True))
            joined[-1] = Line(cells, joined[-1].is_heading, joined[-1].opens, directs=False)
        else:
            joined.append(line)
    return tuple(joined)


def _is_table(line: Line) -> bool:
    return all(item.table for cell in line.cells for item in cell)


def _line(row: Cells, text_ids: Sequence[str], anchors: set[str]) -> Line:
    cells = tuple(tuple(_items(row.get(text_id, ()), anchors)) for text_id in text_ids)
    found = [passage for own in row.values() for passage in own]
    items = [item for cell in cells for item in cell]
    return Line(
        cells,
        is_heading=any(each.kind == "heading" for each in found),
        opens=any(each.opens for each in found),
        directs=bool(items) and all(item.passage.directs and not item.table for item in items),
    )


def _items(found: Sequence[Passage], anchors: set[str]) -> Iterator[Item]:
    """The passages of a cell, a label with the one that follows it. anchors: sections that still need one; taken from as given."""
    label = Markup("")
    for passage in found:
        if passage.kind == "label" and passage is not found[-1]:
            label += Markup(" ") + marked(passage.words, passage.marks) if label else marked(passage.words, passage.marks)
            continue
        anchor = passage.section_id if passage.section_id in anchors else None
        anchors.discard(passage.section_id)
        if passage.kind == "row":
            cells = tuple(marked(words, marks) for words, marks in in_cells(passage))
            yield Item(passage, Markup(""), label, gap_after(label), anchor, cells)
        else:
            words, shown = marked(passage.words, passage.marks), label or escape(passage.lead)
            yield Item(passage, words, shown, gap_after(shown), anchor)
        label = Markup("")


def gap_after(label: str) -> str:
    """The blank between a label and what it stands before; a wide sign such as 、 or ） has its own."""
    return " " if label and (label[-1].isalnum() or label[-1].isascii()) else ""

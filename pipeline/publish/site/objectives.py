"""objectives.html and one page per document: goals, principles, tasks and measures as a tree, with who is responsible and by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.core.model import Frozen, Row
from pipeline.publish.sides import cut_after
from pipeline.publish.site.documents import titled
from pipeline.publish.site.finds import Shelf
from pipeline.publish.site.model import Interface, Page, Site
from pipeline.publish.site.reading import gap_after, versions

TYPES = {"goal": "g", "principle": "r", "task": "t", "measure": "m"}
"""Types in the order in which a document comes to them → the class of a row."""
LONGEST, DENSE, SPARED = 100, 46, 1.25
"""Characters of a measure that are shown, in Chinese the second number; one that is hardly longer is shown whole. Its link leads to the rest."""
SENTENCE, NOWHERE = re.compile("se([0-9a-f]{10})"), "-"


class Node(Frozen):
    """An objective. words: its statement, a measure's cut, and the language of it; place: where a text states it; who: role → bodies;
    is_plain: whether it is a measure that is shown whole below a task, which has a link to its passage; its own is made by the script,
    from a list, and not written out."""

    row: Row
    kind: str
    words: tuple[str, str]
    place: Row | None
    who: list[tuple[str, list[Row]]]
    is_plain: bool
    within: list[Node]


class Chapter(Frozen):
    """A section. anchor: its row of `sections` in one text; depth: 0 for the outermost; nodes: objectives of its own."""

    provision: Row
    anchor: Row | None
    label: str
    heading: tuple[str, str]
    depth: int
    nodes: list[Node]


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """The index, and a page for each document that has objectives."""
    shelf = Shelf(site)
    known = [row for row in site.tables["documents"] if shelf.rows("objectives", "document_id", row["document_id"])]
    counts = Counter((row["document_id"], row["objective_type"]) for row in site.tables["objectives"])
    yield Page(
        path="objectives.html", template="objectives.html", title=ui.t("nav.objectives"), current="objectives",
        context={"documents": [(row, titled(row, ui)) for row in known], "counts": counts, "types": TYPES},
        styles=("document.css",),
    )  # fmt: skip
    for document in known:
        yield _document(shelf, document, ui)


def _document(shelf: Shelf, document: Row, ui: Interface) -> Page:
    return Page(
        path=f"objectives/{document['document_id']}.html", template="objectives_document.html", current="objectives",
        title=ui.t("objectives.of", title=titled(document, ui)[0]), context=partial(_context, shelf, document, ui),
        styles=("document.css", "tables.css"), scripts=("document.js",),
    )  # fmt: skip


def _context(shelf: Shelf, document: Row, ui: Interface) -> dict[str, Any]:
    rows = shelf.rows("objectives", "document_id", document["document_id"])
    chapters = list(_chapters(shelf, document, ui))
    nodes = [node for chapter in chapters for node in flat(chapter.nodes)]
    return {
        "document": document,
        "name": titled(document, ui),
        "chapters": chapters,
        "gap": gap_after,
        "types": [(kind, code) for code, kind in TYPES.items() if any(row["objective_type"] == code for row in rows)],
        "years": sorted({row["horizon_year"] for row in rows if row["horizon_year"]}),
        "has_bodies": any(node.who for node in nodes),
        "passages": " ".join(_passage(node, ui) for node in nodes if node.is_plain),
    }


def _passage(node: Node, ui: Interface) -> str:
    """The anchor of a statement, that of a sentence without the name of its table; '-' where there is none."""
    address = ui.link_of("statements", node.place)
    anchor = (address and address[1]) or NOWHERE
    found = SENTENCE.fullmatch(anchor)
    return found[1] if found else anchor


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all that are within them."""
    for node in nodes:
        yield node
        yield from flat(node.within)


def _chapters(shelf: Shelf, document: Row, ui: Interface) -> Iterator[Chapter]:
    """The sections that hold objectives, or whose parts do, in order. A task that is a section's own heading stands in the one above."""
    provisions = sorted(shelf.rows("provisions", "document_id", document["document_id"]), key=lambda row: row["position"])
    by_number = {row["section_number"]: row for row in provisions}
    homes: dict[str, list[Row]] = {}
    within: dict[str, list[Row]] = {}
    for row in sorted(shelf.rows("objectives", "document_id", document["document_id"]), key=lambda row: row["position"]):
        if row["parent_id"] is None:
            homes.setdefault(_home(row, by_number), []).append(row)
        else:
            within.setdefault(row["parent_id"], []).append(row)
    wanted = {number for home in homes for number in _path(home, by_number)}
    texts = {row["text_id"]: row for row in versions(shelf, document)}
    sections: dict[str, list[Row]] = {}
    for row in (row for text_id in texts for row in shelf.rows("sections", "text_id", text_id)):
        sections.setdefault(row["section_number"], []).append(row)
    for provision in provisions:
        if provision["section_number"] in wanted:
            nodes = [_node(shelf, row, within, texts, ui) for row in homes.get(provision["section_number"], ())]
            depth = len(_path(provision["section_number"], by_number)) - 1
            yield _chapter(provision, sections.get(provision["section_number"], ()), depth, nodes, texts, ui)


def _home(row: Row, by_number: Mapping[str, Row]) -> str:
    number = str(row["section_number"])
    provision = by_number.get(number)
    is_heading = row["objective_type"] == "task" and provision is not None and provision["parent_number"] in by_number
    return str(provision["parent_number"]) if provision and is_heading else number


def _path(number: str | None, by_number: Mapping[str, Row]) -> list[str]:
    """A section and those around it, itself first."""
    path: list[str] = []
    while number is not None and number in by_number and number not in path:
        path.append(number)
        number = by_number[number]["parent_number"]
    return path


def _chapter(
    provision: Row, sections: Sequence[Row], depth: int, nodes: list[Node], texts: Mapping[str, Row], ui: Interface
) -> Chapter:
    heading = ui.name(provision, "heading")
    shown = next((row for row in sections if texts[row["text_id"]]["language"].split("-")[0] == heading[1]), None)
    label = (shown["label"] or "") if shown and heading[0] else ""
    named = heading if heading[0] else (ui.code("section_kinds", provision["kind"]), ui.language)
    return Chapter(provision, next(iter(sections), None), label, named, depth, nodes)


def _node(shelf: Shelf, row: Row, within: Mapping[str, list[Row]], texts: Mapping[str, Row], ui: Interface) -> Node:
    whole, language = words = ui.name(row, "statement")
    is_measure = row["objective_type"] == "measure"
    if is_measure:
        words = _cut(whole, DENSE if language == "zh" else LONGEST), language
    stated = sorted(
        shelf.rows("statements", "objective_id", row["objective_id"]),
        key=lambda each: (texts[each["text_id"]]["language"].split("-")[0] != language, list(texts).index(each["text_id"])),
    )
    return Node(
        row=row,
        kind=TYPES[row["objective_type"]],
        words=words,
        place=next(iter(stated), None),
        who=_who(shelf, row["objective_id"], ui),
        is_plain=is_measure and row["parent_id"] is not None and words[0] == whole,
        within=[_node(shelf, each, within, texts, ui) for each in within.get(row["objective_id"], ())],
    )


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest * SPARED else cut_after(words, longest).rstrip()


def _who(shelf: Shelf, objective_id: str, ui: Interface) -> list[tuple[str, list[Row]]]:
    """Role → the bodies that have it, each once."""
    found: dict[str, dict[str, Row]] = {}
    for row in shelf.rows("responsibilities", "objective_id", objective_id):
        if body := shelf.row("bodies", "body_id", row["body_id"]):
            found.setdefault(row["role"], {})[row["body_id"]] = body
    return [
        (role, sorted(own.values(), key=lambda row: (ui.name(row, "name")[0].casefold(), row["body_id"])))
        for role, own in sorted(found.items())
    ]

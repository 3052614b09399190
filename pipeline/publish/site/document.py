"""documents/<document_id>.html: a document with its versions side by side and everything that was found marked in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pipeline.core.model import Row
from pipeline.publish.site.documents import counted
from pipeline.publish.site.facts import facts, titles
from pipeline.publish.site.finds import Shelf, first_places
from pipeline.publish.site.marks import KINDS
from pipeline.publish.site.model import Interface, Page, Site
from pipeline.publish.site.reading import STANDING, Part, columns, gap_after, reading, versions

LEGEND = "qsbgrmid"
"""The marks in the order in which the legend explains them."""


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """One page for each document."""
    shelf, discrepancies = Shelf(site), counted(site)["discrepancies"]
    for document in site.tables["documents"]:
        key, names = document["document_id"], titles(document, ui)
        yield Page(
            path=f"documents/{key}.html", template="document.html", title=names[0][0], current="documents",
            context=partial(_context, site, shelf, document, discrepancies[key], ui),
            styles=("document.css",), scripts=("document.js",),
        )  # fmt: skip


def _context(site: Site, shelf: Shelf, document: Row, discrepancies: int, ui: Interface) -> dict[str, Any]:
    context = {
        "document": document,
        "names": titles(document, ui),
        **facts(shelf, document, ui),
        **_text(site, shelf, document, ui),
    }
    context["ways"].append(("discrepancies", discrepancies, f"discrepancies/{document['document_id']}.html"))
    return context


def _text(site: Site, shelf: Shelf, document: Row, ui: Interface) -> dict[str, Any]:
    texts = versions(shelf, document)
    shown = columns(texts, ui)
    parts = reading(site, shelf, texts, shown, ui)
    sources = {row["text_id"]: shelf.row("sources", "source_id", row["source_id"]) for row in shown}
    kinds = {mark.kind for part in parts for mark in _marks(part)} | ({"m"} if _directs(parts) else set())
    return {
        "texts": [(row, sources[row["text_id"]], row["source_id"] in site.texts) for row in shown],
        "parts": parts,
        "gap": gap_after,
        "tree": tree(parts),
        "legend": [(kind, f"mark.{KINDS[kind]}") for kind in LEGEND if kind in kinds],
        "instruments": list(_instruments(shelf, document, shown, ui)),
    }


def _marks(part: Part) -> Iterator[Any]:
    return (mark for line in part.lines for cell in line.cells for item in cell for mark in item.passage.marks)


def _directs(parts: Sequence[Part]) -> bool:
    return any(item.passage.directs for part in parts for line in part.lines for cell in line.cells for item in cell)


def tree(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The sections that have a heading, or whose kind names them, each with those within it."""
    top: list[dict[str, Any]] = []
    path: list[tuple[int, dict[str, Any]]] = []
    for part in parts:
        if part.heading is None and (part.kind not in STANDING or not part.lines):
            continue
        node: dict[str, Any] = {"part": part, "parts": []}
        while path and path[-1][0] >= part.depth:
            path.pop()
        (path[-1][1]["parts"] if path else top).append(node)
        path.append((part.depth, node))
    return top


def _instruments(shelf: Shelf, document: Row, shown: Sequence[Row], ui: Interface) -> Iterator[dict[str, Any]]:
    """The instruments that a document names, by name, each with the sections where, as in `first_places`."""
    own: dict[str, list[Row]] = {}
    for row in (row for text in shown for row in shelf.rows("instrument_mentions", "text_id", text["text_id"])):
        if row["instrument_id"]:
            own.setdefault(row["instrument_id"], []).append(row)
    found = [(shelf.row("instruments", "instrument_id", key), mentions) for key, mentions in own.items()]
    named = [(row, mentions) for row, mentions in found if row is not None]
    for row, mentions in sorted(named, key=lambda each: (ui.name(each[0], "name")[0].casefold(), each[0]["instrument_id"])):
        statuses = {mention["status"]: None for mention in mentions}
        yield {"row": row, "places": first_places(shelf, document, mentions), "statuses": list(statuses)}

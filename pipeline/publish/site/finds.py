"""What the tables say stands where in a text: rows as finds, each with the address of its row from a document's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from pipeline.core.model import Row
from pipeline.publish.sides import MANY, MORE
from pipeline.publish.site.links import anchor_of, relative, side_anchor
from pipeline.publish.site.marks import KINDS
from pipeline.publish.site.model import Interface, Site
from pipeline.publish.site.passages import Find, Span

HERE = "documents/-.html"
"""Stands for any document's page: all have the same addresses of other pages."""
GOALS = {"goal": "g", "principle": "r"}
"""Types of objective that are marked in the text → class of the mark; tasks and measures are sentences as a whole."""


class Shelf:
    """The rows of a site by what they belong to, so that one document's are at hand without a look at all others."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def rows(self, table: str, column: str, key: str) -> list[Row]:
        """The rows of a table whose column has this value, in the table's order."""
        index = self._by.get((table, column))
        if index is None:
            index = defaultdict(list)
            for row in self._site.tables[table]:
                index[row[column]].append(row)
            self._by[table, column] = index = dict(index)
        return index.get(key, [])

    def row(self, table: str, column: str, key: str | None) -> Row | None:
        """The first of them."""
        return next(iter(self.rows(table, column, key)), None) if key is not None else None

    @cached_property
    def whole(self) -> frozenset[tuple[str, int, int]]:
        """text_id and span of every sentence."""
        return frozenset((row["text_id"], row["char_start"], row["char_end"]) for row in self._site.tables["sentences"])


def first_places(shelf: Shelf, document: Row, mentions: Iterable[Row]) -> list[tuple[str, Row]]:
    """For each section that a mention stands in, in the document's order, its number and the first of its mentions as given.

    One link for a section is enough: the page shows all versions of it side by side.
    """
    found: dict[str, Row] = {}
    for mention in mentions:
        section = shelf.row("sections", "section_id", mention["section_id"])
        found.setdefault((section and section["section_number"]) or "", mention)
    order = {row["section_number"]: row["position"] for row in shelf.rows("provisions", "document_id", document["document_id"])}
    return sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))


def finds(shelf: Shelf, text_id: str, ui: Interface) -> list[Find]:
    """Everything that is marked in a text."""
    return [
        *_statements(shelf, text_id, ui),
        *(_find(row, "q" if row["target_id"] else "s", "quantity_id", _href(ui, "targets", row["target_id"]), ui)
          for row in shelf.rows("quantities", "text_id", text_id)),
        *(_find(row, "b", "body_mention_id", _href(ui, "bodies", row["body_id"]), ui)
          for row in shelf.rows("body_mentions", "text_id", text_id)),
        *(_find(row, "i", "instrument_mention_id", _instrument(row), ui)
          for row in shelf.rows("instrument_mentions", "text_id", text_id)),
        *_discrepancies(shelf, text_id, ui),
    ]  # fmt: skip


def directives(shelf: Shelf, text_id: str) -> frozenset[Span]:
    """The spans of tasks and measures."""
    rows = shelf.rows("statements", "text_id", text_id)
    return frozenset((row["char_start"], row["char_end"]) for row in rows if _type(shelf, row) not in GOALS)


def _statements(shelf: Shelf, text_id: str, ui: Interface) -> Iterator[Find]:
    """Goals and principles; a task or a measure only where it is less or more than a sentence."""
    for row in shelf.rows("statements", "text_id", text_id):
        is_whole = (text_id, row["char_start"], row["char_end"]) in shelf.whole
        kind = GOALS.get(_type(shelf, row), "m")
        if kind != "m" or not is_whole:
            yield _find(row, kind, None if is_whole else "statement_id", _href(ui, "objectives", row["objective_id"]), ui)


def _type(shelf: Shelf, statement: Row) -> str:
    objective = shelf.row("objectives", "objective_id", statement["objective_id"])
    return str(objective["objective_type"]) if objective else ""


def _find(row: Row, kind: str, key: str | None, href: str | None, ui: Interface) -> Find:
    anchor = anchor_of(row[key], row["text_id"].rpartition(".")[0]) if key else None
    return Find(row["char_start"], row["char_end"], kind, anchor, href, ui.t(f"mark.{KINDS[kind]}"), row["quote"])


def _discrepancies(shelf: Shelf, text_id: str, ui: Interface) -> Iterator[Find]:
    for side in "ab":
        for row in shelf.rows("discrepancies", f"{side}_text_id", text_id):
            start, end, other = row[f"{side}_char_start"], row[f"{side}_char_end"], row[f"{'ba'['ab'.index(side)]}_quote"]
            sign = ui.t("mark.gap" if start == end else "mark.discrepancy")
            kind = "w" if other is not None and end - start > MANY * len(other) + MORE else "d"
            key = row["discrepancy_id"]
            yield Find(start, end, kind, side_anchor(key, side), _href(ui, "discrepancies", key), sign, row[f"{side}_quote"])


def _instrument(row: Row) -> str | None:
    return f"#{anchor_of(row['instrument_id'])}" if row["instrument_id"] else None


def _href(ui: Interface, table: str, key: str | None) -> str | None:
    address = ui.link_of(table, key)
    return relative(HERE, *address) if address else None

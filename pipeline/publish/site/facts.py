"""What is known of a document as a whole: its issuers, its versions, and the documents and targets before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.core.model import Row
from pipeline.publish.site.amounts import compared
from pipeline.publish.site.finds import Shelf
from pipeline.publish.site.model import Interface

LINEAGE = ("based_on", "builds_on", "implements", "adjusts", "supersedes")
"""Relations that say where a document comes from; the others name what it mentions or orders."""
ROLES = ("issuer", "approver")
AROUND = ("front", "preamble", "closing")
"""Where a document says who issued and approved it; elsewhere it says who is to approve other things."""
Name = tuple[str, str]


def facts(shelf: Shelf, document: Row, ui: Interface) -> dict[str, Any]:
    """Everything that the head of a document's page says."""
    key = document["document_id"]
    return {
        "people": [(role, list(_bodies(shelf, key, role))) for role in ROLES],
        "before": shelf.row("documents", "document_id", document["predecessor_id"]),
        "after": shelf.rows("documents", "predecessor_id", key),
        "relations": list(_relations(shelf, document, ui)),
        "citing": list(_citing(shelf, key)),
        "series": list(_series(shelf, key, ui)),
        "ways": [
            _way(table, shelf.rows(table, "document_id", key), ui) for table in ("targets", "objectives", "responsibilities")
        ],
    }


def _way(table: str, rows: Sequence[Row], ui: Interface) -> tuple[str, int, str]:
    """A table, how many rows of a document it has, and the page that they are on."""
    address = ui.link_of(table, rows[0]) if rows else None
    return table, len(rows) if address else 0, address[0] if address else ""


def titles(document: Row, ui: Interface) -> list[Name]:
    """The title in the language of the interface, then in the others; the id where there is none."""
    first = ui.name(document, "title")
    names = [first] if first[0] else [(document["document_id"], ui.language)]
    others = [(document[f"title_{language}"], language) for language in ui.languages if language != names[0][1]]
    return names + [(words, language) for words, language in others if words]


def _bodies(shelf: Shelf, document_id: str, role: str) -> Iterator[Row]:
    seen = set()
    for row in shelf.rows("responsibilities", "document_id", document_id):
        around = row["section_number"] in AROUND and row["role"] == role
        if around and row["body_id"] not in seen and (body := shelf.row("bodies", "body_id", row["body_id"])):
            seen.add(row["body_id"])
            yield body


def _relations(shelf: Shelf, document: Row, ui: Interface) -> Iterator[tuple[str, list[Row]]]:
    """Relation → the instruments that it names, each once."""
    rows = shelf.rows("document_relations", "document_id", document["document_id"])
    for relation in LINEAGE:
        keys = {row["instrument_id"]: None for row in rows if row["relation"] == relation and row["instrument_id"]}
        found = [shelf.row("instruments", "instrument_id", key) for key in keys]
        if own := [row for row in found if row and row["document_id"] != document["document_id"]]:
            yield relation, sorted(own, key=lambda row: (ui.name(row, "name")[0], row["instrument_id"]))


def _citing(shelf: Shelf, document_id: str) -> Iterator[Row]:
    """Other documents that name this one."""
    rows = shelf.rows("document_relations", "to_document_id", document_id)
    for key in sorted({row["document_id"] for row in rows} - {document_id}):
        if document := shelf.row("documents", "document_id", key):
            yield document


def _series(shelf: Shelf, document_id: str, ui: Interface) -> Iterator[dict[str, Any]]:
    """The steps of a series that begin or end with a target or a goal of this document."""
    seen = set()
    for side, table in (("from", "targets"), ("to", "targets"), ("from", "objectives"), ("to", "objectives")):
        key = f"{table[:-1]}_id"
        for own in shelf.rows(table, "document_id", document_id):
            for row in shelf.rows("target_lineage", f"{side}_{key}", own[key]):
                if row["lineage_id"] not in seen:
                    seen.add(row["lineage_id"])
                    yield _step(shelf, row, ui)


def _step(shelf: Shelf, row: Row, ui: Interface) -> dict[str, Any]:
    indicator = shelf.row("indicators", "indicator_id", row["indicator_id"])
    sides: Sequence[dict[str, Any] | None] = [_end(shelf, row, side, ui) for side in ("from", "to")]
    return {"indicator": indicator, "relation": row["relation"], "ends": sides}


def _end(shelf: Shelf, row: Row, side: str, ui: Interface) -> dict[str, Any] | None:
    """A target with its figure, or a goal without one."""
    for table in ("targets", "objectives"):
        key = f"{table[:-1]}_id"
        if own := shelf.row(table, key, row[f"{side}_{key}"]):
            year = own["deadline_year"] if table == "targets" else own["horizon_year"]
            words = compared(ui, own) if table == "targets" else ui.code("objective_types", own["objective_type"])
            return {"table": table, "row": own, "words": words, "year": year, "document_id": own["document_id"]}
    return None

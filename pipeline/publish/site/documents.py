"""documents.html: all documents, with what is known of each and what was found in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.model import Row
from pipeline.publish.site.links import Links
from pipeline.publish.site.model import Interface, Page, Site

ISSUER = "issuer"
COUNTED = ("targets", "objectives", "discrepancies")


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """The index of the documents."""
    yield Page(
        path="documents.html", template="documents.html", title=ui.t("nav.documents"), current="documents",
        context={"documents": listed(site, ui)}, styles=("documents.css",),
    )  # fmt: skip


def listed(site: Site, ui: Interface) -> list[Row]:
    """The documents by date of issue, each with its name, issuers, versions and counts."""
    versions, counts, issuers = _versions(site), counted(site), _issuers(site)
    rows = sorted(site.tables["documents"], key=lambda row: (str(row["issued_on"] or ""), row["document_id"]))
    return [
        {
            "row": row,
            "name": titled(row, ui),
            "issuers": [ui.name(body, "name") for body in issuers.get(row["document_id"], ())],
            "versions": versions.get(row["document_id"], ()),
            "counts": {table: counts[table].get(row["document_id"], 0) for table in COUNTED},
            "pages": {table: _page(site, table, row["document_id"]) for table in COUNTED},
        }
        for row in rows
    ]


def _page(site: Site, table: str, document_id: str) -> str:
    return Links(site).page_of(table, document_id) if table == "targets" else f"{table}/{document_id}.html"


def titled(row: Row, ui: Interface) -> tuple[str, str]:
    """A document's title with its language; its id where it has none."""
    words, language = ui.name(row, "title")
    return words or row["document_id"], language


def counted(site: Site) -> Mapping[str, Counter[str]]:
    """Table → document_id → number of rows."""
    of_text = {row["text_id"]: row["document_id"] for row in site.tables["texts"]}
    return {
        "targets": Counter(row["document_id"] for row in site.tables["targets"]),
        "objectives": Counter(row["document_id"] for row in site.tables["objectives"]),
        "discrepancies": Counter(of_text[row["a_text_id"]] for row in site.tables["discrepancies"]),
    }


def _versions(site: Site) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in site.tables["texts"]:
        found[row["document_id"]].append(row)
    order = ("original", "human_translation", "machine_translation")
    return {
        key: sorted(rows, key=lambda row: (order.index(row["translation_status"]), row["text_id"])) for key, rows in found.items()
    }


def _issuers(site: Site) -> Mapping[str, list[Row]]:
    """document_id → the bodies that issued it, each once."""
    bodies = {row["body_id"]: row for row in site.tables["bodies"]}
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in site.tables["responsibilities"]:
        if row["role"] == ISSUER:
            found[row["document_id"]][row["body_id"]] = bodies[row["body_id"]]
    return {key: [own[body_id] for body_id in sorted(own)] for key, own in found.items()}

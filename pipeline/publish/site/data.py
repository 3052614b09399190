"""data.html: versions, downloads, how to load them, the data dictionary, and how to cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pipeline.core.model import Row
from pipeline.core.schema import GROUPS, Field, Table
from pipeline.publish.changes import told
from pipeline.publish.checksums import SUMS
from pipeline.publish.citation import bibtex, citation, csl_json
from pipeline.publish.metadata import csv_path, parquet_path
from pipeline.publish.site.model import Interface, Page, Site

DESCRIBING = (
    "datapackage.json", "README.md", "DATA_DICTIONARY.md", "DATASHEET.md", "LICENSE.md", "CITATION.cff", "accuracy.csv", "checks.json",
    "content.json", "provenance.json", "croissant.json", "schema.org.json", "dcat.ttl", "discrepancies.html", "verify.py",
)  # fmt: skip
"""What is not a table; SHA256SUMS, which lists this page, too, comes last."""
LOADERS = {
    "pandas": 'import pandas as pd\ntargets = pd.read_parquet("parquet/targets.parquet")',
    "polars": 'import polars as pl\ntargets = pl.read_parquet("parquet/targets.parquet")',
    "DuckDB": "SELECT * FROM 'parquet/targets.parquet';",
    "R": 'targets <- read.csv("csv/targets.csv", fileEncoding = "UTF-8", na.strings = "")',
}
"""Program → how it reads a table; in the folder of the release."""
SHORT = 40
"""Characters of a description that is told again rather than looked up."""
CODES = "codes"
WORDS = "description_changed"
"""A change that no reader of the data has to know."""
MOST_CODES = 60
"""Codes that a list of the page has; of more, the table tells."""
MOST_SOURCES = 100
"""Sources that the page lists; of more, the table and the folder tell."""
MOST_CHANGES = 40
"""Changes of the schema that the page lists."""


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """data.html."""
    package = site.schema.package
    context = {
        "groups": [(group, _members(site, group)) for group in GROUPS if group != CODES],
        "codelists": [table for table in site.schema.tables.values() if table.group == CODES],
        "describing": [(path, site.files.get(path)) for path in (*DESCRIBING, SUMS) if path in site.files or path == SUMS],
        "texts": [(path, size) for path, size in site.files.items() if path.startswith("text/")],
        "sources": site.tables["sources"][:MOST_SOURCES],
        "most_sources": MOST_SOURCES,
        "changes": _changes(site),
        "loaders": LOADERS,
        "citations": [("plain", citation(package)), ("bibtex", bibtex(package)), ("csl", csl_json(package))],
        "size": sum(site.files.values()),
        "columns": _columns,
        "told_in": partial(_told_in, _first_told(site)),
        "said": _said,
        "most_codes": MOST_CODES,
    }
    yield Page(
        path="data.html", template="data.html", title=ui.t("nav.data"), current="data", context=context, styles=("data.css",)
    )


def _members(site: Site, group: str) -> list[Row]:
    return [
        {
            "table": table,
            "rows": len(site.tables[table.name]),
            "files": [(kind, path, site.files.get(path)) for kind, path in _paths(table.name)],
        }
        for table in site.schema.tables.values()
        if table.group == group
    ]


def _paths(table: str) -> tuple[tuple[str, str], ...]:
    return ("CSV", csv_path(table)), ("Parquet", parquet_path(table))


def _columns(table: Table) -> list[list[Field]]:
    """The columns of a table; those of one thing in several languages stand together."""
    found: dict[str, list[Field]] = {}
    for field in table.fields:
        stem = field.name.removesuffix(f"_{field.language}") if field.language else field.name
        found.setdefault(stem, []).append(field)
    return list(found.values())


def _said(table: Table, field: Field) -> list[tuple[str, str]]:
    """What a column holds besides its description: the tables that it refers to and its codes."""
    said = [("table", link.table) for link in table.foreign_keys if link.fields == (field.name,)]
    return said + ([] if said or not field.enum else [("codes", ", ".join(field.enum))])


def _first_told(site: Site) -> dict[tuple[str, str], str]:
    """(Column, its description) → the first table of the page that has it."""
    found: dict[tuple[str, str], str] = {}
    for table in site.schema.tables.values():
        for field in table.fields:
            found.setdefault((field.name, field.description), table.name)
    return found


def _told_in(first: Mapping[tuple[str, str], str], table: Table, field: Field) -> str | None:
    """The table further up that describes the same column in the same words, if there is one."""
    where = first[field.name, field.description]
    return where if where != table.name and len(field.description) > SHORT else None


def _changes(site: Site) -> Row | None:
    """What differs from the release before."""
    if site.changes is None:
        return None
    schema = [change for change in site.changes.schema if change.kind != WORDS]
    return {
        "old": site.changes.old,
        "rows": site.changes.rows,
        "schema": [told(change) for change in schema[:MOST_CHANGES]],
        "left": max(0, len(schema) - MOST_CHANGES),
        "files": [(path, size) for path, size in site.files.items() if path.startswith(f"diff/{site.changes.old}/")],
    }

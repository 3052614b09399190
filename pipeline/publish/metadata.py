"""datapackage.json (Data Package v2): one CSV, one Parquet resource a table, and one for each decoded source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.core.ids import Counted
from pipeline.core.model import Row
from pipeline.core.schema import Package, Schema, Table, table_schema
from pipeline.publish.checksums import sha256
from pipeline.publish.descriptor import PARQUET

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}
UNSTATED = "The source states no rights, and none are claimed or granted here."


def csv_path(table: str) -> str:
    """Where a table stands as CSV."""
    return f"csv/{table}.csv"


def parquet_path(table: str) -> str:
    """Where a table stands as Parquet."""
    return f"parquet/{table}.parquet"


def text_path(source_id: str) -> str:
    """Where a decoded source stands."""
    return f"text/{source_id}.txt"


def descriptor(
    schema: Schema,
    files: Mapping[str, bytes],
    sources: Sequence[Row],
    titles: Mapping[str, str],
    rows: Mapping[str, int],
    content: str,
    left_out: Mapping[str, str],
) -> dict[str, Any]:
    """The package as a JSON object.

    files: the data files, by path; sources: rows of the table `sources`; titles: document_id → title; rows: table → row
    count; content: the content hash; left_out: source_id → SHA-256 of the decoded sources that the package does without.
    """
    package = schema.package
    resources = [_csv(table, files[csv_path(name)], rows[name]) for name, table in schema.tables.items()]
    resources += [_parquet(table, rows[name]) for name, table in schema.tables.items()]
    named = Counted()
    carried = [row for row in sources if row["source_id"] not in left_out]
    resources += [_text(row, files[text_path(row["source_id"])], titles, named) for row in carried]
    described: dict[str, Any] = {
        "$schema": PROFILE,
        "name": package.name,
        "title": package.title,
        "description": " ".join(package.description.split()),
        "homepage": package.homepage,
        "version": package.version,
        "created": f"{package.date}T00:00:00Z",
        "keywords": list(package.keywords),
        "languages": list(package.languages),
        "licenses": _licences(package),
        "contributors": [_contributor(item) for item in package.contributors],
        "sources": [_source(row, titles, left_out.get(row["source_id"])) for row in sources],
        "contentHash": f"sha256:{content}",
        "provenance": "provenance.json",
        "resources": resources,
    }
    return {key: value for key, value in described.items() if value not in (None, [], {})}


def coverage(documents: Sequence[Row]) -> dict[str, Any]:
    """What the documents are about: `spatial`, the codes of their places, and `temporal`, the years that they plan, as ISO 8601 says it."""
    places = sorted({row["jurisdiction"] for row in documents if row["jurisdiction"]})
    years = [row[name] for row in documents for name in ("period_start", "period_end") if row[name] is not None]
    return ({"spatial": places} if places else {}) | ({"temporal": f"{min(years)}/{max(years)}"} if years else {})


def _licences(package: Package) -> list[dict[str, Any]]:
    keys = ("name", "path", "title", "covers")
    return [{key: item[key] for key in keys if item.get(key)} for item in package.licences]


def _contributor(item: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in item.items() if key not in ("role", "roles") and value}
    roles = item.get("roles") or ([item["role"]] if item.get("role") else [])
    return plain | ({"roles": list(roles)} if roles else {})


def source_title(row: Row, titles: Mapping[str, str]) -> str:
    """What a source is called: its document's title and its file."""
    return f"{titles.get(row['document_id'], row['document_id'])} ({row['file']})"


def _source(row: Row, titles: Mapping[str, str], left_out: str | None) -> dict[str, Any]:
    address = row["address"] or ""
    online = re.match(r"https?://", address) is not None
    stated = {
        "title": source_title(row, titles),
        "path": address if online else None if left_out else text_path(row["source_id"]),
        "sourceId": row["source_id"],
        "publisher": row["publisher"],
        "address": None if online else row["address"],
        "rights": row["rights"] or UNSTATED,
        "sha256": row["sha256"],
        "bytes": row["bytes"],
        "encoding": row["encoding"],
        "textLeftOut": True if left_out else None,
        "textHash": f"sha256:{left_out}" if left_out else None,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _csv(table: Table, data: bytes, rows: int) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": csv_path(table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(data),
        "hash": f"sha256:{sha256(data)}",
        "rowCount": rows,
        "schema": table_schema(table),
    }


def _parquet(table: Table, rows: int) -> dict[str, Any]:
    """Without bytes and hash: validators compare them with something else. SHA256SUMS has the hash."""
    return {
        "name": table.name + PARQUET,
        "type": "table",
        "title": f"{table.title} (Parquet)",
        "description": f"The rows of {csv_path(table.name)}. {table.description}",
        "path": parquet_path(table.name),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rowCount": rows,
        "schema": table_schema(table, PARQUET),
    }


def _text(row: Row, data: bytes, titles: Mapping[str, str], named: Counted) -> dict[str, Any]:
    source_id = str(row["source_id"])
    return {
        "name": named("text-" + re.sub(r"[^a-z0-9._-]+", "-", source_id.replace("/", ".").lower())),
        "title": f"Decoded source: {source_title(row, titles)}",
        "description": "The source file as UTF-8, line ends untouched. Offsets refer to it, in Unicode code points.",
        "path": text_path(source_id),
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data)}",
        "sourceId": source_id,
        "rights": row["rights"] or UNSTATED,
    }

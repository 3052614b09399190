"""Packages of a few invented tables, as files: for what reads a package and not the schema of this project."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from pipeline.core.csv_text import csv_bytes
from pipeline.core.schema import load_schema
from pipeline.publish import Edition, make_package
from pipeline.publish.checksums import sums_bytes
from tests.publish.sample import FIGURES, sample

Row = Mapping[str, str | None]
Files = dict[str, bytes]


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def table(
    fields: Sequence[str | dict[str, Any]], rows: Sequence[Sequence[str | None]], key: Sequence[str] = ("id",), **more: Any
) -> Any:
    """A table: its Table Schema and its rows of cells."""
    described = [field(item) if isinstance(item, str) else item for item in fields]
    return {"fields": described, "primaryKey": list(key), **more}, [list(row) for row in rows]


def link(column: str, target: str, reference: str = "id") -> dict[str, Any]:
    return {"fields": [column], "reference": {"resource": target, "fields": [reference]}}


def package(version: str = "0.1.0", name: str = "lamps", texts: Mapping[str, str] | None = None, **tables: Any) -> Files:
    """The files of a package."""
    files: Files = {f"text/{path}.txt": text.encode() for path, text in (texts or {}).items()}
    resources: list[dict[str, Any]] = [{"name": f"text-{path}", "path": path, "format": "txt"} for path in files]
    for title, (schema, rows) in tables.items():
        names = [item["name"] for item in schema["fields"]]
        files[f"csv/{title}.csv"] = csv_bytes(names, list(zip(*rows, strict=True)) if rows else [[] for _ in names])
        resources.append({"name": title, "path": f"csv/{title}.csv", "format": "csv", "schema": schema})
    files["datapackage.json"] = json.dumps({"name": name, "version": version, "resources": resources}).encode()
    files["SHA256SUMS"] = sums_bytes(files)
    return files


def edition(version: str = "0.1.0", **more: Any) -> Edition:
    return Edition.of(package(version, **more))


def lights(version: str, drop: Mapping[str, int] | None = None, previous: Edition | None = None, page: str = "") -> Files:
    """The sample package as another version. drop: table → how many of its last rows are left out; page: in checks.json."""
    schema = load_schema()
    schema = msgspec.structs.replace(schema, package=msgspec.structs.replace(schema.package, version=version))
    tables, decoded = sample(schema)
    for name, rows in (drop or {}).items():
        tables[name] = tables[name].slice(0, tables[name].num_rows - rows)
    return make_package(tables, decoded, {"page": page}, schema, {"requirements.txt": "c" * 64}, FIGURES, previous)

"""From tables to the files of a data package: a pure function of its arguments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import pyarrow as pa

from pipeline.core.errors import ValidationError
from pipeline.core.schema import Schema, arrow_schema, data_dictionary
from pipeline.publish.cells import Column, columns_of, csv_bytes, formula_cells
from pipeline.publish.checksums import SUMS, path_fault, sums_bytes
from pipeline.publish.content import package_content, table_content
from pipeline.publish.descriptor import DESCRIPTOR
from pipeline.publish.metadata import csv_path, descriptor, parquet_path, text_path
from pipeline.publish.parquet import parquet_bytes
from pipeline.publish.readme import ACCURACY, licence, readme


def make_package(
    tables: Mapping[str, pa.Table],
    decoded: Mapping[str, str],
    report: Any,
    schema: Schema,
    provenance: Mapping[str, str],
    accuracy: bytes | None = None,
) -> dict[str, bytes]:
    """All files of a data package: relative path → bytes, sorted by path.

    tables: every table of the schema; decoded: source_id → decoded source; report: what the checks found, as any value
    that JSON can hold; provenance: name → SHA-256 of what the package was made with, such as the lock; accuracy: the table of
    accuracy figures, where texts were measured. Raises ValidationError where a table is missing or is not of its schema, or a
    value cannot be written.
    """
    _hold_schema(tables, schema)
    columns: dict[str, list[Column]] = {name: columns_of(name, table) for name, table in tables.items()}
    files: dict[str, bytes] = {}
    for name, table in tables.items():
        files[csv_path(name)] = csv_bytes(table.column_names, columns[name])
        files[parquet_path(name)] = parquet_bytes(table)
    texts = {source_id: text.encode("utf-8") for source_id, text in decoded.items()}
    files |= {_safe(text_path(source_id)): data for source_id, data in texts.items()}
    content = package_content({name: table_content(tables[name].schema, columns[name]) for name in tables}, texts)
    sources, problems = tables["sources"].to_pylist(), tables["problems"].to_pylist()
    if lost := sorted({row["source_id"] for row in sources} ^ decoded.keys()):
        raise ValidationError("sources", f"{lost[0]} is in one of the table and the decoded sources only", "run `make` again")
    titles, rows = _titles(tables["documents"]), {name: table.num_rows for name, table in tables.items()}
    formulas = sum(formula_cells(cells) for cells in columns.values())
    pages = {
        DESCRIPTOR: json_bytes(descriptor(schema, files, sources, titles, rows, content.sha256, provenance)),
        "content.json": json_bytes(msgspec.to_builtins(content)),
        "checks.json": json_bytes(msgspec.to_builtins(report, order="sorted")),
        "DATA_DICTIONARY.md": data_dictionary(schema).encode("utf-8"),
        "LICENSE.md": licence(schema.package, sources, titles).encode("utf-8"),
        "README.md": readme(schema, rows, problems, sources, titles, content.sha256, formulas, accuracy).encode("utf-8"),
    }
    files |= pages | ({ACCURACY: accuracy} if accuracy else {})
    files[SUMS] = sums_bytes(files)
    return dict(sorted(files.items()))


def table_files(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Tables alone, as CSV and Parquet: relative path → bytes."""
    files: dict[str, bytes] = {}
    for name, table in sorted(tables.items()):
        files[csv_path(name)] = csv_bytes(table.column_names, columns_of(name, table))
        files[parquet_path(name)] = parquet_bytes(table)
    return files


def json_bytes(value: Any) -> bytes:
    """Indented JSON with its keys in their order and a final line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _hold_schema(tables: Mapping[str, pa.Table], schema: Schema) -> None:
    for name in sorted(tables.keys() ^ schema.tables.keys()):
        reason = "is not described in schemas/tables/" if name in tables else "is described in schemas/tables/ but was not made"
        raise ValidationError(f"table {name}", reason, "describe it, or make it")
    for name, table in tables.items():
        found, wanted = list(table.schema), list(arrow_schema(schema.tables[name]))
        if found != wanted:
            odd = [item for item in found if item not in wanted] + [item for item in wanted if item not in found]
            reason = f"is not of its schema: {odd[0] if odd else 'the order of its columns'}"
            raise ValidationError(f"table {name}", reason, "correct what makes this table")


def _titles(documents: pa.Table) -> dict[str, str]:
    """document_id → the English title, else any."""
    columns = [name for name in documents.column_names if name.startswith("title_")]
    columns.sort(key=lambda name: (name != "title_en", name))
    rows = documents.to_pylist()
    return {row["document_id"]: next((row[name] for name in columns if row[name]), row["document_id"]) for row in rows}


def _safe(path: str) -> str:
    if fault := path_fault(path):
        raise ValidationError(path[:80], fault, "rename the source file")
    return path

"""From tables to the files of a data package: a pure function of its arguments."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from pipeline.core.csv_text import csv_bytes
from pipeline.core.errors import ValidationError
from pipeline.core.model import Row
from pipeline.core.schema import Package, Schema, arrow_schema, data_dictionary
from pipeline.core.store import read_bytes
from pipeline.publish.catalogue import CROISSANT, SCHEMA_ORG, croissant, schema_org
from pipeline.publish.cells import Column, columns_of, formula_cells
from pipeline.publish.checksums import SUMS, path_fault, sha256, sums_bytes
from pipeline.publish.citation import CITATION, citation, citation_file
from pipeline.publish.content import package_content, table_content
from pipeline.publish.datasheet import DATASHEET, datasheet
from pipeline.publish.dcat import DCAT, dcat
from pipeline.publish.descriptor import DESCRIPTOR
from pipeline.publish.diff import diff
from pipeline.publish.diff_files import diff_files
from pipeline.publish.discrepancy_report import REPORT, discrepancy_report
from pipeline.publish.edition import PROVENANCE, Edition
from pipeline.publish.metadata import coverage, csv_path, descriptor, parquet_path, text_path
from pipeline.publish.parquet import parquet_bytes
from pipeline.publish.provenance import provenance
from pipeline.publish.readme import ACCURACY, licence, readme, sources_list
from pipeline.publish.rights import TEXT, with_short_quotes
from pipeline.publish.silence import Silence

VERIFY = "verify.py"
VERIFY_SOURCE = Path(__file__).with_name("verify_release.py")


def make_package(
    tables: Mapping[str, pa.Table],
    decoded: Mapping[str, str],
    report: Any,
    schema: Schema,
    made_with: Mapping[str, str],
    accuracy: bytes | None = None,
    previous: Edition | None = None,
    left_out: Collection[str] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    releases: Sequence[Row] = (),
) -> dict[str, bytes]:
    """All files of a data package: relative path → bytes, sorted by path.

    tables: every table of the schema; decoded: source_id → decoded source; report: what the checks found, as any value
    that JSON can hold; made_with: name → SHA-256 of what the package was made with, such as the lock; accuracy: the table of
    accuracy figures, where texts were measured; previous: the release that the changes are told from; left_out: source_id of those
    whose running text stays out; labels: language → key → label of the site's interface, without which there is no site; releases:
    what the site tells of the versions before, newest first. Raises ValidationError where a table is missing or is not of its
    schema, a value cannot be written, or the changes would tell what is left out.
    """
    _hold_schema(tables, schema)
    _hold_sources(tables["sources"], decoded)
    if left_out:
        _hold_silence(left_out, previous)
        silence = Silence(*([text for key, text in decoded.items() if (key in left_out) == hidden] for hidden in (True, False)))
        tables = with_short_quotes(tables, schema, left_out, silence)
    columns = {name: columns_of(name, table) for name, table in tables.items()}
    texts = {source_id: text.encode("utf-8") for source_id, text in decoded.items()}
    carried = {source_id: data for source_id, data in texts.items() if source_id not in left_out}
    files = _data_files(tables, columns) | {text_path(source_id): data for source_id, data in carried.items()}
    content = package_content({name: table_content(tables[name].schema, columns[name]) for name in tables}, carried)
    unseen = {source_id: sha256(data) for source_id, data in texts.items() if source_id in left_out}
    files |= {VERIFY: read_bytes(VERIFY_SOURCE)} | ({ACCURACY: accuracy} if accuracy else {})
    files |= {
        "checks.json": json_bytes(msgspec.to_builtins(report, order="sorted")),
        "content.json": json_bytes(msgspec.to_builtins(content)),
    }
    files[PROVENANCE] = json_bytes(provenance(schema.package, content.sha256, tables["sources"].to_pylist(), made_with, previous))
    files[REPORT] = _report(tables, {source_id: decoded[source_id] for source_id in carried}, schema.package)
    files |= _pages(
        tables, columns, schema, files, content.sha256, unseen, accuracy, previous.version if previous else None, bool(labels)
    )
    changes = diff(previous, Edition.of(files)) if previous is not None else None
    files |= diff_files(changes) if changes is not None else {}
    if labels:
        told = {
            "accuracy": _rows(accuracy),
            "checks": _checks(report),
            "releases": releases,
            "changes": changes,
            "content": content.sha256,
        }
        files |= _site(tables, {source_id: decoded[source_id] for source_id in carried}, schema, labels, files, told)
    if left_out:
        silence.hold(files)
    files[SUMS] = sums_bytes(files)
    return dict(sorted(files.items()))


def _report(tables: Mapping[str, pa.Table], carried: Mapping[str, str], package: Package) -> bytes:
    titles, version = _titles(tables["documents"]), f"{package.title} {package.version}"
    return discrepancy_report(tables, carried, titles, version).encode("utf-8")


def _site(
    tables: Mapping[str, pa.Table],
    carried: Mapping[str, str],
    schema: Schema,
    labels: Mapping[str, Mapping[str, str]],
    files: Mapping[str, bytes],
    told: Mapping[str, Any],
) -> dict[str, bytes]:
    """The site. labels: language → key → label; files: of the package, which the site leads to; told: the rest of a Site."""
    from pipeline.publish.site import Site, site_files  # what it needs takes long to import

    rows = {name: table.to_pylist() for name, table in tables.items()}
    languages = tuple(code for code in schema.package.languages if code in labels)
    sizes = {path: len(data) for path, data in files.items()}
    return site_files(Site(tables=rows, texts=carried, schema=schema, languages=languages, labels=labels, files=sizes, **told))


def _rows(data: bytes | None) -> list[Row]:
    """The rows of a CSV file, an empty cell as null."""
    reader = csv.DictReader(io.StringIO((data or b"").decode("utf-8"), newline=""))
    return [{key: cell or None for key, cell in row.items()} for row in reader]


def _checks(report: Any) -> list[Row]:
    """What was checked, as far as the report is one of ours."""
    plain = msgspec.to_builtins(report)
    return list(plain.get("checks", ())) if isinstance(plain, dict) else []


def _data_files(tables: Mapping[str, pa.Table], columns: Mapping[str, list[Column]]) -> dict[str, bytes]:
    """Every table as CSV and Parquet. columns: table → its cells."""
    files: dict[str, bytes] = {}
    for name, table in sorted(tables.items()):
        files[csv_path(name)] = csv_bytes(table.column_names, columns[name])
        files[parquet_path(name)] = parquet_bytes(table)
    return files


def _pages(
    tables: Mapping[str, pa.Table],
    columns: Mapping[str, list[Column]],
    schema: Schema,
    files: Mapping[str, bytes],
    content: str,
    left_out: Mapping[str, str],
    accuracy: bytes | None,
    previous: str | None,
    site: bool,
) -> dict[str, bytes]:
    """What describes the data, for machines and for people. left_out: source_id → SHA-256 of a text that is not there."""
    package, sources, titles = schema.package, tables["sources"].to_pylist(), _titles(tables["documents"])
    rows, problems = {name: table.num_rows for name, table in tables.items()}, tables["problems"].to_pylist()
    formulas = sum(formula_cells(cells) for cells in columns.values())
    described, line = descriptor(schema, files, sources, titles, rows, content, left_out), citation(package)
    described |= coverage(tables["documents"].to_pylist())
    pages = {DESCRIPTOR: json_bytes(described)}
    known = {**files, **pages}
    rights = sources_list(sources, titles, left_out)
    texts = {
        DCAT: dcat(described, known, line),
        CITATION: citation_file(package),
        DATASHEET: datasheet(schema, tables, rights, accuracy),
        "DATA_DICTIONARY.md": data_dictionary(schema),
        "LICENSE.md": licence(package, rights),
        "README.md": readme(schema, rows, problems, sources, titles, content, formulas, accuracy, previous, left_out, site),
    }
    pages |= {
        CROISSANT: json_bytes(croissant(described, files, line)),
        SCHEMA_ORG: json_bytes(schema_org(described, files, line)),
    }
    return pages | {name: page.encode("utf-8") for name, page in texts.items()}


def table_files(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Tables alone, as CSV and Parquet: relative path → bytes."""
    return _data_files(tables, {name: columns_of(name, table) for name, table in tables.items()})


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


def _hold_sources(sources: pa.Table, decoded: Mapping[str, str]) -> None:
    for path in map(text_path, sorted(decoded)):
        if fault := path_fault(path):
            raise ValidationError(path[:80], fault, "rename the source file")
    if lost := sorted(set(sources.column("source_id").to_pylist()) ^ decoded.keys()):
        raise ValidationError("sources", f"{lost[0]} is in one of the table and the decoded sources only", "run `make` again")


def _hold_silence(left_out: Collection[str], previous: Edition | None) -> None:
    """Changes tell old values, so that the release that they are told from may not hold the text that is left out."""
    told = sorted(source_id for source_id in left_out if previous is not None and text_path(source_id) in previous.texts)
    if told and previous is not None:
        reason = f"{previous.version} holds the text of {told[0]}, and the changes since then would repeat what is to be left out"
        remedy = f"run `python -m pipeline yank {previous.version} --reason …`, or set rights_not_stated in params.yaml to {TEXT}"
        raise ValidationError("rights_not_stated", reason, remedy)


def _titles(documents: pa.Table) -> dict[str, str]:
    """document_id → the English title, else any."""
    columns = [name for name in documents.column_names if name.startswith("title_")]
    columns.sort(key=lambda name: (name != "title_en", name))
    rows = documents.to_pylist()
    return {row["document_id"]: next((row[name] for name in columns if row[name]), row["document_id"]) for row in rows}

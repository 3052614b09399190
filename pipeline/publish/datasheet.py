"""DATASHEET.md: the text of schemas/datasheet.md with the numbers of the package in its slots."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.core.errors import InputError
from pipeline.core.figures import ALL, from_rows, markdown_table
from pipeline.core.model import Row
from pipeline.core.paths import SCHEMAS
from pipeline.core.schema import Schema
from pipeline.core.store import read_bytes
from pipeline.publish.cells import markdown_cell

DATASHEET = "DATASHEET.md"
TEMPLATE = SCHEMAS / "datasheet.md"
MOST = 100
"""Documents that the page lists."""
SLOT = re.compile(r"\{(\w+)\}")


def datasheet(schema: Schema, tables: Mapping[str, pa.Table], rights: str, accuracy: bytes | None) -> str:
    """The page. rights: a list in Markdown of what is known of each source's rights. Raises InputError for a slot that nothing fills."""
    values = _values(schema, tables) | {"rights": rights, "accuracy": _accuracy(accuracy)}
    page = read_bytes(TEMPLATE).decode("utf-8")
    if unknown := sorted({slot for slot in SLOT.findall(page) if slot not in values}):
        raise InputError(TEMPLATE, f"has the slot {{{unknown[0]}}}, which nothing fills", f"use {', '.join(sorted(values))}")
    return SLOT.sub(lambda match: values[match[1]], page)


def _values(schema: Schema, tables: Mapping[str, pa.Table]) -> dict[str, str]:
    package, documents, problems = schema.package, tables["documents"].to_pylist(), tables["problems"].to_pylist()
    names = [f"title_{code}" for code in package.languages]
    counts = {
        "tables": len(tables), "rows": sum(table.num_rows for table in tables.values()), "documents": len(documents),
        "texts": tables["texts"].num_rows, "sources": tables["sources"].num_rows, "problems": len(problems),
        "titles_missing": sum(row[name] is None for row in documents for name in names),
        "originals": sum(row["original_text_id"] is not None for row in documents),
        "keys": sum(len(table.foreign_keys) for table in schema.tables.values()),
    }  # fmt: skip
    licences = (f"{item['title']} ({item['name']}) for the {item['covers']}" for item in package.licences)
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "title": package.title,
        "version": package.version,
        "date": package.date,
        "authors": "; ".join(item["title"] for item in package.contributors),
        "licences": "; ".join(licences),
        "document_table": "\n".join(_document_lines(documents, names, tables["texts"].to_pylist())),
    }


def _document_lines(documents: Sequence[Row], names: Sequence[str], texts: Sequence[Row]) -> Iterator[str]:
    versions: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        versions[text["document_id"]].append(f"{text['language']} {text['translation_status'].replace('_', ' ')}")
    yield "| document | title | type | issued | period | texts |"
    yield "|---|---|---|---|---|---|"
    for row in documents[:MOST]:
        told = (
            f"{what} ×{count}" if count > 1 else what for what, count in sorted(Counter(versions[row["document_id"]]).items())
        )
        title = next((row[name] for name in names if row[name]), None)
        period = "–".join(str(row[name]) for name in ("period_start", "period_end") if row[name] is not None)
        cells = (row["document_id"], title, row["document_type"], row["issued_on"], period, ", ".join(told))
        yield f"| {' | '.join(markdown_cell(str(cell or '–')) for cell in cells)} |"
    if len(documents) > MOST:
        yield f"\nand {len(documents) - MOST:,} more; `documents` has them all."


def _accuracy(data: bytes | None) -> str:
    if data is None:
        return "Not for these documents: none of their texts was annotated by reading."
    figures = from_rows(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    texts = len({figure.text_id for figure in figures} - {ALL})
    told = f"For {texts:,} texts, which were annotated by reading. Rows: F1; below, the share that is right; with 95% intervals."
    return f"{told}\n\n{markdown_table(figures)}"

"""The head of README.md by which Hugging Face knows a data set: licence, languages, and one configuration for each table with rows."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.schema import Package, Schema
from pipeline.publish.citation import licence_id, quoted
from pipeline.publish.metadata import parquet_path

DEFAULT = "targets"
"""The table that is loaded where none is named."""
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)


def card(schema: Schema, rows: Mapping[str, int]) -> str:
    """YAML between two lines of three hyphens. rows: table → row count."""
    package = schema.package
    lines = [
        f"pretty_name: {quoted(package.title)}",
        f"language: [{', '.join(map(quoted, package.languages))}]",
        f"license: {licence_id(package).lower()}",
        f"tags: [{', '.join(map(quoted, _tags(package)))}]",
        f"size_categories: [{quoted(_size(sum(rows.values())))}]",
        "configs:",
    ]
    for name in (name for name in schema.tables if rows[name]):  # an empty table cannot be loaded
        lines += [f"  - config_name: {name}", f"    data_files: {quoted(parquet_path(name))}"]
        lines += ["    default: true"] if name == DEFAULT else []
    return "\n".join(["---", *lines, "---"])


def _tags(package: Package) -> list[str]:
    return [word.lower().replace(" ", "-") for word in package.keywords]


def _size(rows: int) -> str:
    """The class of size, as Hugging Face writes them."""
    bounds = [f"{size // 1_000}K" if size < 1_000_000 else f"{size // 1_000_000}M" for size in SIZES]
    if rows < SIZES[0]:
        return f"n<{bounds[0]}"
    above = next((number for number, size in enumerate(SIZES) if rows < size), None)
    return f"n>{bounds[-1]}" if above is None else f"{bounds[above - 1]}<n<{bounds[above]}"

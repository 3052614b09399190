"""A diff as files and as lines: diff/<previous>/ of a package, and what a terminal shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from pipeline.core.csv_text import csv_bytes
from pipeline.publish.bump import needed
from pipeline.publish.cells import markdown_cell
from pipeline.publish.changes import KINDS, LEVELS, Change, Diff, NewId, told
from pipeline.publish.parquet import parquet_bytes

FOLDER = "diff"
MOST_SCHEMA = 200
"""Changes of the schema that a summary lists."""
LONGEST = 200
"""Characters of a cell that a summary shows."""

SUMMARY = """\
# Changes from {old} to {new}

In all: {verdict}.

{counts}

## Tables and columns

{schema}

## Rows

{rows}

## Files

- `changes.csv`, `changes.parquet`: every change, one a row. `level`: what the recipe for Data Package versions makes of it. `kind`: what it is, as
  below. `key`: the primary key of the row, a JSON array where it has several columns. `old`, `new`: the cells of a `column`, or the row as a
  JSON object of its cells; empty is null.
- `ids.csv`: ids of {old} whose rows go on under another id, where exactly one row that is gone and one new row of a table have in common, first all
  `values` but the key and references to rows that are gone, else the `passage`, else the `words`; or where the rows that referred to it, and
  go on, refer to one other row (`evidence`), as when several became one. They are among the removed rows, too.

| kind | level | what it is |
|---|---|---|
{kinds}
"""


def diff_files(diff: Diff) -> dict[str, bytes]:
    """Relative path → bytes of diff/<previous>/."""
    folder = f"{FOLDER}/{diff.old}"
    changes, ids = _table(Change, diff.changes), _table(NewId, diff.ids)
    return {
        f"{folder}/changes.csv": csv_bytes(changes.column_names, [column.to_pylist() for column in changes.columns]),
        f"{folder}/changes.parquet": parquet_bytes(changes),
        f"{folder}/ids.csv": csv_bytes(ids.column_names, [column.to_pylist() for column in ids.columns]),
        f"{folder}/summary.md": summary(diff).encode("utf-8"),
    }


def _table(kind: type[Change | NewId], rows: Sequence[Any]) -> pa.Table:
    """Values as a table of strings; a cell that is empty is null."""
    columns = msgspec.structs.fields(kind)
    cells = {field.name: pa.array([getattr(row, field.name) or None for row in rows], pa.string()) for field in columns}
    return pa.table(cells)


def summary(diff: Diff) -> str:
    """summary.md: what a person who upgrades needs to know."""
    return SUMMARY.format(
        old=diff.old,
        new=diff.new,
        verdict=verdict(diff),
        counts="\n".join(f"- {line}" for line in count_lines(diff)) or "No value and no column differs.",
        schema=_schema_table(diff),
        rows=_row_table(diff),
        kinds="\n".join(f"| `{kind}` | {_levels(kind, level)} | {words} |" for kind, (level, words) in KINDS.items()),
    )


def verdict(diff: Diff) -> str:
    """What the changes amount to, and the smallest version that they allow after the old one."""
    words = f"{diff.level} changes" if diff.level else "no changes of values or columns"
    return f"{words}; the smallest version that they allow after {diff.old} is {needed(diff.old, diff.level)}"


def count_lines(diff: Diff) -> Iterator[str]:
    """One line for each kind of change of the schema, and one for the rows."""
    counts = Counter(change.kind for change in diff.schema)
    for kind, (_, words) in KINDS.items():
        if counts[kind]:
            where = sorted({_place(change) for change in diff.schema if change.kind == kind})
            more = f" and {len(where) - 8} more" if len(where) > 8 else ""
            yield f"{words}: {', '.join(where[:8])}{more}"
    for table, rows in diff.rows.items():
        again = sum(item.table == table for item in diff.ids)
        yield f"{table}: {rows}" + (f" ({again:,} of them go on under another id)" if again else "")


def diff_lines(diff: Diff, most: int) -> Iterator[str]:
    """The diff for a terminal. most: changes that are shown of each table, and of the schema ten times as many."""
    yield f"  {verdict(diff)}"
    yield from _some([f"  {change.level:<5}  {told(change)}" for change in diff.schema], 10 * most, "  ")
    by_table: dict[str, list[Change]] = {}
    for change in diff.changes[len(diff.schema) :]:
        by_table.setdefault(change.table or "", []).append(change)
    for table, rows in diff.rows.items():
        yield f"  {table}: {rows}"
        yield from _some([f"    {told(change)}" for change in by_table[table]], most, "    ")
    if diff.ids:
        yield f"  {len(diff.ids):,} of the rows that are gone go on under another id"
        yield from _some(
            [f"    {item.table} {item.old_id} → {item.new_id} (same {item.same})" for item in diff.ids], most, "    "
        )


def _some(told_lines: Sequence[str], most: int, indent: str) -> Iterator[str]:
    yield from told_lines[:most]
    if len(told_lines) > most > 0:
        yield f"{indent}and {len(told_lines) - most:,} more"


def _place(change: Change) -> str:
    parts = [part for part in (change.table, change.column) if part]
    return f"`{'.'.join(parts) or change.key or change.new}`"


def _levels(kind: str, level: str) -> str:
    return f"{level}; {LEVELS[-1]} where rows of another table that stay referred to it" if kind == "row_removed" else level


def _schema_table(diff: Diff) -> str:
    if not diff.schema:
        return "As before."
    shown = [
        f"| {item.level} | `{item.kind}` | {_place(item)} | {_cell(item.old)} | {_cell(item.new)} |"
        for item in diff.schema[:MOST_SCHEMA]
    ]
    more = [f"\n{len(diff.schema) - MOST_SCHEMA:,} more are in `changes.csv`."] if len(diff.schema) > MOST_SCHEMA else []
    return "\n".join(["| level | kind | where | before | after |", "|---|---|---|---|---|", *shown, *more])


def _row_table(diff: Diff) -> str:
    if not diff.rows:
        return "As before."
    ids = Counter(item.table for item in diff.ids)
    shown = [
        f"| `{table}` | {rows.added:,} | {rows.removed:,} | {ids[table]:,} | {rows.changed:,} | {rows.values:,} |"
        for table, rows in diff.rows.items()
    ]
    head = ["| table | added | removed | go on under another id | changed | cells changed |", "|---|--:|--:|--:|--:|--:|"]
    return "\n".join(head + shown)


def _cell(text: str | None) -> str:
    return markdown_cell(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…") if text else ""

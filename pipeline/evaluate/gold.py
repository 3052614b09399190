"""Annotations on disk: `<folder>/<text_id>.<table>.jsonl`, one row a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.model import Row
from pipeline.core.store import read_lines
from pipeline.evaluate.rows import TABLES

Gold = dict[str, dict[str, list[Row]]]
"""text_id → table → rows. A table without rows is known to be empty; one that is not there was not annotated."""

NEEDED = {
    "sections": {"char_start", "char_end", "label", "number", "heading", "heading_end", "section_number"},
    "quantities": {"char_start", "char_end", "quote", "value"},
    "goals": {"char_start", "char_end", "quote", "objective_type", "section_number"},
    "bodies": {"char_start", "char_end", "quote", "name"},
    "instruments": {"char_start", "char_end", "quote", "name"},
}


def read_gold(folder: Path) -> Gold:
    """All annotations in a folder; an empty one has none. Raises InputError where a row lacks what it is compared by."""
    gold: defaultdict[str, dict[str, list[Row]]] = defaultdict(dict)
    for path in sorted(folder.glob("*.jsonl")):
        text_id, _, table = path.stem.rpartition(".")
        if table in TABLES:
            rows = read_lines(path, dict)
            for number, row in enumerate(rows, start=1):
                if lost := sorted(NEEDED[table] - row.keys()):
                    raise InputError(path, f"line {number} has no {', '.join(lost)}", "correct the line")
            gold[text_id][table] = rows
    return dict(gold)


def hold_quotes(text_id: str, tables: Mapping[str, list[Row]], source: str) -> None:
    """Raise InputError where an annotation's quotes are not the words of the decoded source: it is one of another text."""
    for table, rows in tables.items():
        for row in rows:
            quote, start, end = row.get("quote"), row["char_start"], row["char_end"]
            if quote is not None and source[start:end] != quote:
                reason = f"{table}: {start}–{end} is {source[start:end][:40]!r}, annotated as {quote[:40]!r}"
                raise InputError(text_id, reason, "annotate the text that is in raw/")

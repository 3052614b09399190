"""Two states of one table, matched row by row by key, whatever their order. All cells are text, as the CSV writes them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.model import Frozen

Pairs = Sequence[tuple[str, str]]
"""Columns of the old table and of the new one that are the same column."""

SHARED = 0.5
"""Tables and keys are the same under another name where at least this share of the smaller one's keys is in the other."""
ALIKE = 0.9
"""A column is another one renamed where at least this share of the cells is equal in the rows that both tables have."""


class Matched(Frozen):
    """old, new: the rows that both have, side by side; removed, added: the others; keys: how those are called, in the same order.

    key: the columns that rows were matched by.
    """

    old: pa.Table
    new: pa.Table
    removed: pa.Table
    added: pa.Table
    keys: tuple[str, ...]
    removed_keys: tuple[str, ...]
    added_keys: tuple[str, ...]
    key: Pairs


def match_rows(old: pa.Table, new: pa.Table, key: Pairs) -> Matched:
    """Rows with equal cells in the key's columns are the same row; where several have, the first is the first one's, and so on."""
    old_names, new_names = [one for one, _ in key], [other for _, other in key]
    before, after = _told_apart(old, new, key)
    found = pc.index_in(after, value_set=before)
    here, gone = pc.is_valid(found), pc.invert(pc.is_in(before, value_set=after))
    kept, removed, added = new.filter(here), old.filter(gone), new.filter(pc.invert(here))
    return Matched(
        old=old.take(found.drop_null()), new=kept, removed=removed, added=added,
        keys=shown_keys(kept, new_names), removed_keys=shown_keys(removed, old_names), added_keys=shown_keys(added, new_names), key=key,
    )  # fmt: skip


def key_cells(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """One string for each row, the same where and only where the cells of these columns are the same."""
    cells = [table.column(name).combine_chunks() for name in columns]
    if len(cells) == 1:
        return cells[0]
    if not cells:
        return pa.nulls(table.num_rows, pa.string())
    lengths = (pc.fill_null(pc.binary_length(column).cast(pa.string()), "-") for column in cells)
    parts = [part for pair in zip(lengths, (pc.fill_null(column, "") for column in cells), strict=True) for part in pair]
    return pc.binary_join_element_wise(*parts, ":")


def shown_keys(table: pa.Table, columns: Sequence[str]) -> tuple[str, ...]:
    """The key of each row as a person reads it: the cell itself, or a JSON array of several, or of all where there is no key."""
    if len(columns) == 1:
        return tuple(cell or "" for cell in table.column(columns[0]).to_pylist())
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return tuple(
        encode(row) for row in zip(*(table.column(name).to_pylist() for name in columns or table.column_names), strict=True)
    )


def shown_rows(table: pa.Table, key: Sequence[str]) -> Iterator[str | None]:
    """The cells of each row but its key, as a JSON object; null cells are left out, and a row of nothing else is null."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    names = [name for name in table.column_names if name not in key]
    columns = [table.column(name).to_pylist() for name in names]
    for row in range(table.num_rows):
        cells = {name: column[row] for name, column in zip(names, columns, strict=True) if column[row] is not None}
        yield encode(cells) if cells else None


def is_key(table: pa.Table, columns: Sequence[str]) -> bool:
    """Whether the columns are there and tell all rows apart."""
    if not columns or set(columns) - set(table.column_names):
        return False
    cells = key_cells(table, columns)
    return len(pc.unique(cells)) == len(cells)


def shared(old: pa.Table, new: pa.Table, key: Pairs) -> bool:
    """Whether two tables have enough keys in common to be the same table, or the same key under another name."""
    before, after = (
        pc.unique(key_cells(table, [pair[side] for pair in key])).drop_null() for side, table in enumerate((old, new))
    )
    common = pc.sum(pc.is_in(before, value_set=after)).as_py() or 0
    return bool(common and common >= SHARED * min(len(before), len(after)))


def differing(old: pa.Array, new: pa.Array) -> pa.Array:
    """Where two columns of one length have other cells; null is equal to null."""
    return pc.or_(pc.xor(pc.is_null(old), pc.is_null(new)), pc.fill_null(pc.not_equal(old, new), False))


def changed_cells(matched: Matched, pair: tuple[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """(key, old cell, new cell) wherever a column has changed in rows that both tables have."""
    old, new = column_of(matched.old, pair[0]), column_of(matched.new, pair[1])
    rows = pc.indices_nonzero(differing(old, new))
    for row, before, after in zip(rows.to_pylist(), old.take(rows).to_pylist(), new.take(rows).to_pylist(), strict=True):
        yield matched.keys[row], before, after


def renamed_columns(matched: Matched, lost: Sequence[str], found: Sequence[str]) -> list[tuple[str, str]]:
    """(old name, new name) of columns whose values go on under another name, the likest first."""
    scores = [
        (-share, place, other, one)
        for one in lost
        for place, other in enumerate(found)
        if (share := _alike(column_of(matched.old, one), column_of(matched.new, other))) >= ALIKE
    ]
    pairs: list[tuple[str, str]] = []
    for _, _, other, one in sorted(scores):
        if all(one != before and other != after for before, after in pairs):
            pairs.append((one, other))
    return pairs


def column_of(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    return table.column(name).combine_chunks()


def _alike(old: pa.Array, new: pa.Array) -> float:
    """The share of equal cells among the rows in which either column says something."""
    says = pc.or_(pc.is_valid(old), pc.is_valid(new))
    rows = pc.sum(says).as_py() or 0
    return 1 - (pc.sum(differing(old, new)).as_py() or 0) / rows if rows else 0.0


def _told_apart(old: pa.Table, new: pa.Table, key: Pairs) -> tuple[pa.Array, pa.Array]:
    """The keys of both tables; keys that repeat are numbered by occurrence. Without a key, no two are the same."""
    if not key:
        return pa.array([f"old {row}" for row in range(old.num_rows)], pa.string()), pa.nulls(new.num_rows, pa.string())
    sides = [key_cells(table, [pair[side] for pair in key]) for side, table in enumerate((old, new))]
    if all(len(pc.unique(cells)) == len(cells) for cells in sides):
        return sides[0], sides[1]
    return _numbered(sides[0]), _numbered(sides[1])


def _numbered(cells: pa.Array) -> pa.Array:
    seen: Counter[str | None] = Counter()
    numbered = []
    for cell in cells.to_pylist():
        seen[cell] += 1
        numbered.append(f"{seen[cell]}:{'-' if cell is None else '=' + cell}")
    return pa.array(numbered, pa.string())

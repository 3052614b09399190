"""Two packages compared: schema by schema and row by row. A pure function of what they hold; one pair of tables in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.model import Frozen
from pipeline.publish.changes import MAJOR, Change, Diff, NewId, change, in_order
from pipeline.publish.descriptor import TableSchema, names
from pipeline.publish.edition import Edition
from pipeline.publish.fields import links as foreign_keys
from pipeline.publish.fields import schema_changes
from pipeline.publish.matching import (
    Matched,
    Pairs,
    changed_cells,
    column_of,
    differing,
    is_key,
    match_rows,
    renamed_columns,
    shared,
    shown_keys,
    shown_rows,
)
from pipeline.publish.new_ids import EVIDENCE, Link, carried_links, followed, new_ids


class _Table(Frozen):
    """What was found in one table. removed, added: rows; links: where rows that stay refer to another row than before."""

    name: str
    schema: TableSchema
    changes: list[Change]
    removed: pa.Table
    added: pa.Table
    links: list[Link]


def diff(old: Edition, new: Edition) -> Diff:
    """All that differs between two packages. Raises ValidationError, InputError or IntegrityError where one cannot be read."""
    changes = list(_package_changes(old, new))
    tables = _same_tables(old, new)
    changes += [change("table_removed", name, old=_size(old, name)) for name in old.schemas if name not in tables]
    kept = set(tables.values())
    changes += [change("table_added", name, new=_size(new, name)) for name in new.schemas if name not in kept]
    changes += [change("table_renamed", now, old=was, new=now) for was, now in tables.items() if was != now]
    found = [_compare_tables(old, new, pair, tables) for pair in tables.items()]
    ids = _ids(found)
    changes += _weighed([item for table in found for item in table.changes], found, ids)
    return Diff(old.version, new.version, in_order(changes), ids)


def _package_changes(old: Edition, new: Edition) -> Iterator[Change]:
    if old.package.name != new.package.name:
        yield change("package_renamed", old=old.package.name, new=new.package.name)
    for path in sorted(old.texts.keys() | new.texts.keys()):
        before, after = old.texts.get(path), new.texts.get(path)
        if before != after:
            kind = "text_added" if before is None else "text_removed" if after is None else "text_changed"
            yield change(kind, key=path, old=before, new=after)


def _size(edition: Edition, table: str) -> str:
    return f"{edition.cells(table).num_rows:,} rows"


def _same_tables(old: Edition, new: Edition) -> dict[str, str]:
    """Old name → new name of the tables that both have. One goes on under another name where its columns and its keys do."""
    pairs = {name: name for name in old.schemas if name in new.schemas}
    free = [name for name in new.schemas if name not in pairs]
    for name in old.schemas:
        if name not in pairs:
            for other in free:
                if _goes_on(old, name, new, other):
                    pairs[name] = other
                    free.remove(other)
                    break
    return dict(sorted(pairs.items(), key=lambda pair: pair[1]))


def _goes_on(old: Edition, name: str, new: Edition, other: str) -> bool:
    before, after = old.schemas[name], new.schemas[other]
    columns = [[(field.name, field.type) for field in schema.fields] for schema in (before, after)]
    key = [(column, column) for column in names(after.primary_key)]
    return columns[0] == columns[1] and bool(key) and shared(old.cells(name), new.cells(other), key)


def _compare_tables(old: Edition, new: Edition, pair: tuple[str, str], tables: Mapping[str, str]) -> _Table:
    before, after = old.schemas[pair[0]], new.schemas[pair[1]]
    common = {field.name: field.name for field in before.fields if field.name in {other.name for other in after.fields}}
    if [field.name for field in before.fields] == [field.name for field in after.fields] and (
        old.table_hash(pair[0]) == new.table_hash(pair[1])
    ):
        none = pa.table({})
        return _Table(pair[1], after, list(schema_changes(pair[1], before, after, common, tables)), none, none, [])
    was, now = old.cells(pair[0]), new.cells(pair[1])
    key = _key(before, after, was, now)
    matched = match_rows(was, now, key)
    columns = common | dict(key) | dict(_renamed(before, after, matched, dict(key)))
    columns = {field.name: columns[field.name] for field in before.fields if field.name in columns}
    changes = list(schema_changes(pair[1], before, after, columns, tables))
    changes += _row_changes(pair[1], matched, columns)
    links = list(_changed_links(pair[1], before, matched, columns, tables))
    return _Table(pair[1], after, changes, matched.removed, matched.added, links)


def _key(before: TableSchema, after: TableSchema, was: pa.Table, now: pa.Table) -> Pairs:
    """The columns that rows are matched by: the new key, else the old one, else the key under another name, else all cells."""
    old_key, new_key = names(before.primary_key), names(after.primary_key)
    for columns in (new_key, old_key):
        if is_key(was, columns) and is_key(now, columns):
            return [(name, name) for name in columns]
    if len(old_key) == len(new_key) and is_key(was, old_key) and is_key(now, new_key):
        pairs = list(zip(old_key, new_key, strict=True))
        apart = all(one == other or (one not in now.column_names and other not in was.column_names) for one, other in pairs)
        if apart and shared(was, now, pairs):
            return pairs
    return [(name, name) for name in was.column_names if name in now.column_names]


def _renamed(before: TableSchema, after: TableSchema, matched: Matched, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Columns of one type whose values go on under another name."""
    there, here = {field.name for field in before.fields}, {field.name for field in after.fields}
    for kind in sorted({field.type for field in before.fields}):
        lost = [item.name for item in before.fields if item.type == kind and item.name not in here and item.name not in known]
        found = [
            item.name for item in after.fields
            if item.type == kind and item.name not in there and item.name not in known.values()
        ]  # fmt: skip
        yield from renamed_columns(matched, lost, found)


def _row_changes(table: str, matched: Matched, columns: Mapping[str, str]) -> Iterator[Change]:
    gone, come = (
        shown_rows(rows, [pair[side] for pair in matched.key]) for side, rows in enumerate((matched.removed, matched.added))
    )
    yield from (change("row_removed", table, key=key, old=row) for key, row in zip(matched.removed_keys, gone, strict=True))
    yield from (change("row_added", table, key=key, new=row) for key, row in zip(matched.added_keys, come, strict=True))
    for one, other in columns.items():
        for key, before, after in changed_cells(matched, (one, other)):
            yield change("value_changed", table, key=key, column=other, old=before, new=after)


def _changed_links(
    table: str, schema: TableSchema, matched: Matched, columns: Mapping[str, str], tables: Mapping[str, str]
) -> Iterator[Link]:
    """Where rows that stay referred to a row of another table, and where they refer to now."""
    for fields, target, _ in foreign_keys(table, schema):
        if tables.get(target, target) != table and all(name in columns for name in fields):
            now = [columns[name] for name in fields]
            changed = [
                differing(column_of(matched.old, one), column_of(matched.new, other))
                for one, other in zip(fields, now, strict=True)
            ]
            rows = reduce(pc.or_, changed)
            before, after = shown_keys(matched.old.filter(rows), fields), shown_keys(matched.new.filter(rows), now)
            yield from ((tables.get(target, target), *pair) for pair in zip(before, after, strict=True))


def _ids(found: list[_Table]) -> tuple[NewId, ...]:
    """Rows that go on under another id: by what they say, then by what goes on referring to them."""
    moved = {table.name for table in found if table.removed.num_rows}
    ids = [item for table in found for item in new_ids(table.name, table.schema, table.removed, table.added, moved)]
    links = {link for table in found for link in table.links}
    for table in found:
        links |= set(carried_links(table.name, table.schema, table.removed, table.added, ids))
    gone = {table.name: table.removed.column(key[0]).to_pylist() for table in found if (key := _lost_key(table))}
    return tuple(sorted([*ids, *followed(links, gone, ids)], key=lambda item: (item.table, item.old_id, item.new_id)))


def _lost_key(table: _Table) -> list[str]:
    """The key of a table that lost rows, where it is one column."""
    key = names(table.schema.primary_key)
    return key if len(key) == 1 and key[0] in table.removed.column_names else []


def _weighed(changes: list[Change], found: list[_Table], ids: tuple[NewId, ...]) -> Iterator[Change]:
    """The changes; a row that is gone is more than a correction where rows of other tables that stay referred to it.

    Such a row was combined, split or deleted under its readers. A row that goes on under another id was not.
    """
    left = {(target, before) for table in found for target, before, _ in table.links}
    left -= {(known.table, known.old_id) for known in ids if known.same != EVIDENCE}
    for item in changes:
        lost = item.kind == "row_removed" and (item.table, item.key) in left
        yield msgspec.structs.replace(item, level=MAJOR) if lost else item

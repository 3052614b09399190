"""Two schemas of one table, column by column: what a program that reads the table has to know."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.publish.changes import Change, change
from pipeline.publish.descriptor import Constraints, Field, TableSchema, names

Names = Mapping[str, str]
"""Old name → new name."""
Link = tuple[tuple[str, ...], str, tuple[str, ...]]
"""A foreign key: columns, the table that they refer to, and its columns."""

WORDS = ("title", "description")


def schema_changes(table: str, old: TableSchema, new: TableSchema, columns: Names, tables: Names) -> Iterator[Change]:
    """What differs between two schemas of a table. columns: those that both have; tables: the same of all tables."""
    before, after = ({field.name: field for field in schema.fields} for schema in (old, new))
    yield from (change("field_removed", table, column=name, old=before[name].type) for name in before if name not in columns)
    yield from (change("field_renamed", table, column=now, old=was, new=now) for was, now in columns.items() if was != now)
    kept = set(columns.values())
    yield from (change("field_added", table, column=name, new=after[name].type) for name in after if name not in kept)
    was, now = [columns[name] for name in before if name in columns], [name for name in after if name in kept]
    if was != now:
        yield change("fields_reordered", table, old=", ".join(was), new=", ".join(now))
    for one, other in columns.items():
        yield from _field_changes(table, before[one], after[other])
    keys = [columns.get(name, name) for name in names(old.primary_key)], names(new.primary_key)
    if keys[0] != keys[1]:
        yield change("primary_key_changed", table, old=", ".join(keys[0]) or None, new=", ".join(keys[1]) or None)
    yield from _link_changes(table, old, new, columns, tables)


def links(table: str, schema: TableSchema) -> list[Link]:
    """The foreign keys of a table."""
    return [
        (tuple(names(key.fields)), key.reference.resource or table, tuple(names(key.reference.fields)))
        for key in schema.foreign_keys
    ]


def fingerprint(schemas: Mapping[str, TableSchema]) -> str:
    """SHA-256 of what programs rely on: tables, columns in order, types, units, constraints and keys; not of titles and descriptions."""
    content = {
        name: {
            "fields": [_plain_field(field) for field in schema.fields],
            "primaryKey": names(schema.primary_key),
            "foreignKeys": sorted(links(name, schema)),
        }
        for name, schema in schemas.items()
    }
    encoded = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(encoded.encode("utf-8")).hexdigest()


def _plain_field(field: Field) -> dict[str, Any]:
    limits = {
        key: value for key, value in msgspec.to_builtins(field.constraints).items() if value is not None and value is not False
    }
    if "enum" in limits:
        limits["enum"] = sorted(limits["enum"], key=str)
    return {"name": field.name, "type": field.type, "unit": field.unit, "constraints": limits}


def _field_changes(table: str, old: Field, new: Field) -> Iterator[Change]:
    if old.type != new.type:
        yield change("type_changed", table, column=new.name, old=old.type, new=new.type)
    if old.unit != new.unit:
        yield change("unit_changed", table, column=new.name, old=old.unit, new=new.unit)
    yield from _constraint_changes(table, new.name, old.constraints, new.constraints)
    for key in WORDS:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield change("description_changed", table, column=new.name, old=before or None, new=after or None)


def _constraint_changes(table: str, column: str, old: Constraints, new: Constraints) -> Iterator[Change]:
    for key in ("required", "unique"):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield _limit(table, column, after, key if before else None, key if after else None)
    for key, sign in (("minimum", 1), ("maximum", -1)):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            tighter = after is not None and (before is None or sign * after > sign * before)
            yield _limit(table, column, tighter, *(None if end is None else f"{key} {end:g}" for end in (before, after)))
    if old.pattern != new.pattern:
        # whether one pattern allows less than another cannot be told
        stated = (None if pattern is None else f"pattern {pattern}" for pattern in (old.pattern, new.pattern))
        yield _limit(table, column, new.pattern is not None, *stated)
    yield from _code_changes(table, column, old.enum, new.enum)


def _code_changes(table: str, column: str, old: Sequence[Any] | None, new: Sequence[Any] | None) -> Iterator[Change]:
    if old is None or new is None:
        if old is not new:
            yield _limit(table, column, new is not None, _codes(old), _codes(new))
        return
    if lost := [code for code in old if code not in new]:
        yield _limit(table, column, True, _codes(lost), None)
    if found := [code for code in new if code not in old]:
        yield _limit(table, column, False, None, _codes(found))


def _codes(codes: Sequence[Any] | None) -> str | None:
    return None if codes is None else "codes " + ", ".join(map(str, codes))


def _limit(table: str, column: str, tighter: bool, old: str | None, new: str | None) -> Change:
    return change("constraint_tightened" if tighter else "constraint_loosened", table, column=column, old=old, new=new)


def _link_changes(table: str, old: TableSchema, new: TableSchema, columns: Names, tables: Names) -> Iterator[Change]:
    """Foreign keys of columns that both have: one that comes or goes with its column is no change of its own."""
    was = {
        (tuple(columns[name] for name in fields), tables.get(target, target), reference)
        for fields, target, reference in links(_old_name(table, tables), old)
        if all(name in columns for name in fields)
    }
    kept = set(columns.values())
    now = {link for link in links(table, new) if kept.issuperset(link[0])}
    yield from (change("foreign_key_removed", table, column=", ".join(link[0]), old=_shown(link)) for link in sorted(was - now))
    yield from (change("foreign_key_added", table, column=", ".join(link[0]), new=_shown(link)) for link in sorted(now - was))


def _old_name(table: str, tables: Names) -> str:
    return next((was for was, now in tables.items() if now == table), table)


def _shown(link: Link) -> str:
    return f"{link[1]}({', '.join(link[2])})"

"""Rows that go on under another id: the ids of rows that are gone, and of new ones that say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import pyarrow as pa

from pipeline.publish.changes import NewId
from pipeline.publish.descriptor import TableSchema, names
from pipeline.publish.fields import links

Link = tuple[str, str, str]
"""A reference that has changed: the table that it is to, the key before, and the key now; an empty key refers to nothing."""

EVIDENCE = "evidence"
PASSAGES = tuple((f"{side}text_id", f"{side}char_start", f"{side}char_end") for side in ("", "a_", "b_"))
PLAIN_STRINGS = ("enum", "pattern")
"""A string with one of these constraints is a code or an address, not words."""


def new_ids(table: str, schema: TableSchema, removed: pa.Table, added: pa.Table, moved: Collection[str]) -> Iterator[NewId]:
    """Pairs of a removed and an added row that are alone in having the same values, else passage, else words.

    schema: of the new table; moved: the tables that lost rows, so that references to them are no content.
    """
    key = names(schema.primary_key)
    if len(key) != 1 or key[0] not in removed.column_names or not removed.num_rows or not added.num_rows:
        return
    both = set(removed.column_names) & set(added.column_names) - set(key)
    gone, come = (dict(enumerate(side.column(key[0]).to_pylist())) for side in (removed, added))
    for same, columns, telling in _contents(table, schema, both, moved):
        old, new = (_alone(side, columns, telling, left) for side, left in ((removed, gone), (added, come)))
        for content, row in old.items():
            if content in new:
                yield NewId(table, gone.pop(row), come.pop(new[content]), same)


def carried_links(table: str, schema: TableSchema, removed: pa.Table, added: pa.Table, ids: Sequence[NewId]) -> Iterator[Link]:
    """Where the rows of a table that go on under another id referred to, and where they do now."""
    own = {item.old_id: item.new_id for item in ids if item.table == table}
    if not own:
        return
    key = names(schema.primary_key)[0]
    for fields, target, _ in links(table, schema):
        if len(fields) == 1 and target != table and fields[0] in removed.column_names:
            before, after = (
                dict(zip(side.column(key).to_pylist(), side.column(fields[0]).to_pylist(), strict=True))
                for side in (removed, added)
            )
            yield from (
                (target, before[old], after[new] or "") for old, new in own.items() if before[old] not in (None, after[new])
            )


def followed(changed: Collection[Link], gone: Mapping[str, Sequence[str]], ids: Sequence[NewId]) -> Iterator[NewId]:
    """Rows that are gone and of which all that referred to them, and goes on, refers to one other row. gone: table → ids."""
    known = {(item.table, item.old_id) for item in ids}
    lost = {(table, old) for table, every in gone.items() for old in every} - known
    now: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for table, old, new in changed:
        now[table, old].add(new)
    for (table, old), every in now.items():
        if (table, old) in lost and len(every) == 1 and (new := min(every)):
            yield NewId(table, old, new, EVIDENCE)


def _contents(
    table: str, schema: TableSchema, both: AbstractSet[str], moved: Collection[str]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """What can be the same, the most first: its name, its columns, and those of which one at least must say something."""
    loose = {name for fields, target, _ in links(table, schema) for name in fields if target in moved or target == table}
    firm = {name for fields, target, _ in links(table, schema) for name in fields} - loose
    content = [field.name for field in schema.fields if field.name in both - loose]
    own = [name for name in content if name not in firm]
    if own:
        yield "values", content, own
    if passage := [name for columns in PASSAGES if both >= set(columns) for name in columns]:
        yield "passage", passage, [name for name in passage if name.endswith("char_start")]
    words = [
        field.name for field in schema.fields if field.name in own and field.type == "string" and _is_words(schema, field.name)
    ]
    if words:
        yield "words", [name for name in content if name in firm or name in words], words


def _is_words(schema: TableSchema, name: str) -> bool:
    constraints = next(field.constraints for field in schema.fields if field.name == name)
    return all(getattr(constraints, key) is None for key in PLAIN_STRINGS)


def _alone(
    side: pa.Table, columns: Sequence[str], telling: Sequence[str], left: Collection[int]
) -> dict[tuple[str | None, ...], int]:
    """Content → row, for the rows left that say something and are alone in saying it."""
    cells = list(zip(*(side.column(name).to_pylist() for name in columns), strict=True))
    places = [list(columns).index(name) for name in telling]
    rows = [row for row in left if any(cells[row][place] is not None for place in places)]
    count = Counter(cells[row] for row in rows)
    return {cells[row]: row for row in rows if count[cells[row]] == 1}

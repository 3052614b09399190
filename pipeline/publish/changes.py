"""What can differ between two packages, and how much it asks of a reader: the vocabulary of a diff."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.core.model import Frozen

MAJOR, MINOR, PATCH = "major", "minor", "patch"
LEVELS = (PATCH, MINOR, MAJOR)
"""From the least to the most, as the Data Package recipe for versions has them."""

KINDS = {
    "package_renamed": (MAJOR, "the package has another name"),
    "table_removed": (MAJOR, "a table is gone"),
    "table_renamed": (MAJOR, "a table has another name"),
    "table_added": (MINOR, "a new table"),
    "text_removed": (MAJOR, "a decoded source is gone"),
    "text_added": (MINOR, "a new decoded source"),
    "text_changed": (PATCH, "a decoded source has other characters"),
    "field_removed": (MAJOR, "a column is gone"),
    "field_renamed": (MAJOR, "a column has another name"),
    "field_added": (MAJOR, "a new column"),
    "fields_reordered": (MAJOR, "columns stand in another order"),
    "type_changed": (MAJOR, "a column has another type"),
    "unit_changed": (MAJOR, "a column counts something else"),
    "primary_key_changed": (MAJOR, "rows are told apart by other columns"),
    "foreign_key_removed": (MAJOR, "a reference no longer holds"),
    "foreign_key_added": (MINOR, "a new reference"),
    "constraint_tightened": (MAJOR, "a column may hold less"),
    "constraint_loosened": (MINOR, "a column may hold more"),
    "description_changed": (PATCH, "a column is described in other words"),
    "row_removed": (PATCH, "a row is gone"),
    "row_added": (MINOR, "a new row"),
    "value_changed": (PATCH, "a cell has another value"),
}
"""Kind of change → the level that it asks for, and what it is; in the order in which they are told."""

ROWS = ("row_removed", "row_added", "value_changed")


class Change(Frozen):
    """One thing that differs. key: of the row, a JSON array where it has several columns.

    old, new: a cell as the CSV has it, of a whole row a JSON object of its cells, of anything else words; null where there is none.
    """

    level: str
    kind: str
    table: str | None = None
    key: str | None = None
    column: str | None = None
    old: str | None = None
    new: str | None = None


class NewId(Frozen):
    """A row that goes on under another id. same: what both have in common (values | passage | words | evidence)."""

    table: str
    old_id: str
    new_id: str
    same: str


class RowChanges(Frozen):
    """Rows of one table that are there on one side only, or on both with other values; values: the cells that changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    values: int = 0

    def __str__(self) -> str:
        counts = ((self.added, "added"), (self.removed, "removed"), (self.changed, "changed"))
        return ", ".join(f"{count:,} {word}" for count, word in counts if count)


class Diff(Frozen):
    """All that differs between two packages: changes of the schema first, then rows by table and key. old, new: their versions."""

    old: str
    new: str
    changes: tuple[Change, ...]
    ids: tuple[NewId, ...] = ()

    @property
    def level(self) -> str | None:
        """The greatest level among the changes; None where there are none."""
        return max((change.level for change in self.changes), key=LEVELS.index, default=None)

    @property
    def schema(self) -> tuple[Change, ...]:
        """The changes that are not rows."""
        return tuple(change for change in self.changes if change.kind not in ROWS)

    @property
    def rows(self) -> dict[str, RowChanges]:
        """Counts by table, for those in which rows differ."""
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        touched: dict[str, set[str]] = defaultdict(set)
        for change in self.changes:
            if change.kind in ROWS and change.table:
                kinds[change.table][change.kind] += 1
                if change.kind == "value_changed":
                    touched[change.table].add(change.key or "")
        return {
            table: RowChanges(count["row_added"], count["row_removed"], len(touched[table]), count["value_changed"])
            for table, count in sorted(kinds.items())
        }


def change(kind: str, table: str | None = None, **said: str | None) -> Change:
    """A change of a kind, with the level of that kind."""
    return Change(KINDS[kind][0], kind, table, **said)


def told(change: Change, width: int = 60) -> str:
    """One line that says where, what, and from what to what. width: characters that a cell may take."""
    place = ".".join(part for part in (change.table, change.column) if part)
    where = " ".join(part for part in (place, change.key) if part) or "package"
    cells = [_short(cell, width) for cell in (change.old, change.new)]
    if change.kind == "value_changed":
        return f"{where}: {cells[0] or 'null'} → {cells[1] or 'null'}"
    said = " → ".join(cell for cell in cells if cell)
    return f"{where}: {KINDS[change.kind][1]}" + (f" ({said})" if said else "")


def _short(cell: str | None, width: int) -> str | None:
    plain = None if cell is None else " ".join(cell.split())
    return plain if plain is None or len(plain) <= width else plain[: width - 1] + "…"


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Packages, tables and columns first, then rows; by table, in the order of the kinds, and as they come."""
    kinds = list(KINDS)

    def place(item: Change) -> tuple[bool, str, int, str]:
        row = item.kind in ROWS
        return row, item.table or "", min(kinds.index(item.kind), kinds.index(ROWS[0])), (item.key or "") if row else ""

    return tuple(sorted(changes, key=place))

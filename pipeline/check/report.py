"""What was checked and what came of it, as data: the same tables give the same report."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.model import Frozen
from pipeline.core.schema import Table

LONGEST_VALUE = 80


class Check(Frozen, frozen=True):
    """One check of one table. column: null where it is about the table; rows: how many it looked at.

    message: null where nothing was found; a check of level 'info' tells something and cannot fail.
    """

    id: str
    table: str
    column: str | None
    passed: bool
    rows: int
    message: str | None = None
    level: str = "error"

    @property
    def line(self) -> str:
        """The check in one line: table, column, what was found."""
        place = self.table if self.column is None else f"{self.table}.{self.column}"
        return f"{place}: {self.message or 'passed'} [{self.id}]"


class Report(Frozen, frozen=True):
    """All checks, in the order in which they were made. ok: every check passed."""

    checks: tuple[Check, ...]
    ok: bool

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if not check.passed)

    @property
    def notes(self) -> tuple[Check, ...]:
        """What was found that is no fault."""
        return tuple(check for check in self.checks if check.passed and check.message)

    def lines(self, limit: int = 20) -> list[str]:
        """The failures, a line each, at most `limit` and then how many more there are."""
        told = [check.line for check in self.failures[:limit]]
        more = len(self.failures) - len(told)
        return told + ([f"… and {more} more checks failed"] if more else [])


def make_report(checks: Iterable[Check]) -> Report:
    """The report of these checks."""
    made = tuple(checks)
    return Report(checks=made, ok=all(check.passed for check in made))


def shown(value: object) -> str:
    """A value as a message writes it: quoted, on one line, not too long."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def row_name(table: Table, data: pa.Table, index: int) -> str:
    """How a row is named in a message: the values of its primary key."""
    return ", ".join(str(data.column(name)[index].as_py()) for name in table.primary_key)


def check_rows(check_id: str, table: Table, column: str, data: pa.Table, bad: pa.ChunkedArray, fault: str) -> Check:
    """A check that fails in the rows where `bad` is true; null counts as false. fault: what such a row does wrong."""
    found = pc.sum(pc.fill_null(bad, False)).as_py() or 0
    if not found:
        return Check(check_id, table.name, column, True, data.num_rows)
    index = pc.index(bad, True).as_py()
    return failed(check_id, table, column, data, index, found, fault)


def failed(check_id: str, table: Table, column: str, data: pa.Table, index: int, found: int, fault: str) -> Check:
    """A failed check that names its first row. found: how many rows are at fault."""
    more = f" ({found} rows)" if found > 1 else ""
    value = data.column(column)[index].as_py() if column in data.column_names else None
    message = f"row {row_name(table, data, index)}: {shown(value)} {fault}{more}"
    return Check(check_id, table.name, column, False, data.num_rows, message)

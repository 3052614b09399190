"""Targets of one indicator compared: which number is higher, by how much, and how much that is a year."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

from pipeline.core.model import Document, Frozen, Row
from pipeline.core.quantity import base_of, exact_float
from pipeline.link.wordings import CHANGES

Kind = tuple[str | bool | None, ...]
"""Numbers are compared where these are equal: measure, base unit, what is counted, and whether a change is one of each year."""

FLOORS, CEILINGS = frozenset({"gt", "ge"}), frozenset({"lt", "le"})
COUNT = "1"
DIGITS = 7


class Entry(Frozen, kw_only=True):
    """A target, or a goal that names an indicator without a number; then kind is null.

    row: of targets or of objectives; low, high: the ends of its value in base units, null where it states none.
    """

    indicator_id: str
    document: Document
    year: int
    row: Row
    kind: Kind | None = None
    low: float | None = None
    high: float | None = None

    @property
    def cell(self) -> tuple[str, int]:
        """What stands beside each other, not one after the other: one document's values for one year."""
        return self.document.document_id, self.year

    @property
    def place(self) -> tuple[int, str, str]:
        """The order of a series: by deadline, then by date of issue."""
        return self.year, self.document.issued_on or "", self.document.document_id


def target_entry(row: Row, document: Document, *, yearly: bool) -> Entry:
    """A row of targets that has an indicator and a deadline. yearly: whether its change is one of each year."""
    counted = row["unit"] if row["base_unit"] == COUNT else None
    low, high = row["base_value"], row["base_value"]
    if row["value_high"] is not None:
        top, _ = base_of(Decimal(str(row["value_high"])), row["unit"])
        high = None if top is None else exact_float(top)
    return Entry(
        indicator_id=row["indicator_id"], document=document, year=row["deadline_year"], row=row,
        kind=(row["measure"], row["base_unit"] or row["unit"], counted, yearly), low=low, high=high,
    )  # fmt: skip


def goal_entry(row: Row, indicator_id: str, document: Document) -> Entry:
    """A row of objectives that has a horizon."""
    return Entry(indicator_id=indicator_id, document=document, year=row["horizon_year"], row=row)


def relation(before: Entry, after: Entry) -> str:
    """How a target or goal stands to the one that it follows: a code of lineage_relations."""
    if not comparable(before, after):
        return "continued"
    if same(before, after):
        if before.year == after.year:
            return "restated"
        later = is_later(before.document, after.document) and before.row["measure"] not in CHANGES
        return "postponed" if later else "continued"
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return "continued"
    if after.low >= before.low and after.high >= before.high:
        return "raised"
    return "lowered" if after.low <= before.low and after.high <= before.high else "continued"


def comparable(before: Entry, after: Entry) -> bool:
    """Whether both state a number of one kind, and not one a least and the other a most."""
    if before.kind is None or before.kind != after.kind:
        return False
    one, other = before.row["comparator"], after.row["comparator"]
    return not ((one in FLOORS and other in CEILINGS) or (one in CEILINGS and other in FLOORS))


def same(before: Entry, after: Entry) -> bool:
    """Whether two comparable entries state the same number, or none."""
    ends = ((before.low, after.low), (before.high, after.high))
    return all(one == other or (one is not None and other is not None and isclose(one, other)) for one, other in ends)


def ratios(before: Entry, after: Entry) -> tuple[float | None, float | None]:
    """The later number as a multiple of the earlier one, of a range its middle; and that as a factor for each year between."""
    one, other = _middle(before), _middle(after)
    if not comparable(before, after) or before.row["measure"] == "rank" or not one or not other or one * other < 0:
        return None, None
    ratio, years = other / one, after.year - before.year
    return _rounded(ratio), _rounded(ratio ** (1 / years)) if years else None


def is_later(before: Document, after: Document) -> bool:
    """Whether a document is known to be issued after another."""
    return bool(before.issued_on and after.issued_on and before.issued_on < after.issued_on)


def follows(before: Entry, after: Entry) -> bool:
    """Whether the order of two entries of a sorted series is known."""
    return before.year < after.year or before.document == after.document or is_later(before.document, after.document)


def _middle(entry: Entry) -> float | None:
    return None if entry.low is None or entry.high is None else (entry.low + entry.high) / 2


def _rounded(number: float) -> float:
    """Powers differ between platforms in their last digits."""
    return float(f"{number:.{DIGITS}g}")

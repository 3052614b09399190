"""What a row says of its passage, and when two rows say the same."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose

from pipeline.core.model import Frozen, Row
from pipeline.evaluate.identity import Identities

Said = str | int | float | bool | None


def _column(row: Row, column: str) -> Said:
    value: Said = row.get(column)
    return value


def _joined(row: Row, column: str) -> Said:
    return " ".join(str(row.get(column) or "").split()) or None


def _text(row: Row, column: str) -> Said:
    value = row.get(column)
    return None if value is None else str(value)


def _range(row: Row, column: str) -> Said:
    """A value, or both ends of a range."""
    ends = [row.get(column), row.get(f"{column}_high")]
    return "–".join(_number(end) for end in ends if end is not None) or None


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)


class Field(Frozen):
    """column: what a row must have for it; says: the row's word for it; label: whether it is chosen from a closed list;
    key: whether a row is right only with it; same: how two rows compare, else by what they say."""

    name: str
    column: str
    says: Callable[[Row, str], Said] = _column
    label: bool = False
    key: bool = False
    same: Callable[[Row, Row, Identities], bool] | None = None

    def agree(self, gold: Row, found: Row, identities: Identities) -> bool:
        """Whether two rows say the same."""
        if self.same is not None:
            return self.same(gold, found, identities)
        return self.says(gold, self.column) == self.says(found, self.column)


def _same_value(gold: Row, found: Row, _: Identities) -> bool:
    pairs = [(gold.get(column), found.get(column)) for column in ("value", "value_high")]
    return all(a == b or (a is not None and b is not None and isclose(a, b, rel_tol=1e-9)) for a, b in pairs)


def _indicators_overlap(gold: Row, found: Row, _: Identities) -> bool:
    if gold.get("indicator_start") is None or found.get("indicator_start") is None:
        return gold.get("indicator_start") is found.get("indicator_start")
    start = max(gold["indicator_start"], found["indicator_start"])
    return bool(start < min(gold["indicator_end"], found["indicator_end"]))


def _same_body(gold: Row, found: Row, identities: Identities) -> bool:
    return identities.same("body", gold["name"], found.get("body_id"), found["name"])


def _same_instrument(gold: Row, found: Row, identities: Identities) -> bool:
    return identities.same("instrument", gold["name"], found.get("instrument_id"), found["name"])


FIELDS: dict[str, tuple[Field, ...]] = {
    "sections": (
        Field("heading", "heading", _joined, key=True),
        Field("number", "number", _text, key=True),
        Field("subtree_end", "char_end"),
    ),
    "quantities": (
        Field("value", "value", _range, key=True, same=_same_value),
        Field("unit", "unit", key=True),
        Field("comparator", "comparator", label=True, key=True),
        Field("measure", "measure", label=True),
        Field("kind", "kind", label=True),
        Field("indicator", "indicator_text", _joined, same=_indicators_overlap),
        Field("deadline_year", "deadline_year"),
        Field("deadline_basis", "deadline_basis", label=True),
    ),
    "goals": (
        Field("objective_type", "objective_type", label=True, key=True),
        Field("horizon_year", "horizon_year"),
        Field("horizon_basis", "horizon_basis", label=True),
    ),
    "bodies": (
        Field("identity", "name", _joined, key=True, same=_same_body),
        Field("role", "role", label=True),
        Field("tier", "tier", label=True),
    ),
    "instruments": (
        Field("identity", "name", _joined, key=True, same=_same_instrument),
        Field("instrument_type", "instrument_type", label=True),
        Field("status", "status", label=True),
    ),
}
"""By table. A field whose column one of two rows lacks (records have no tier) is not compared."""


def compared(table: str, gold: Row, found: Row) -> list[Field]:
    """The fields that two rows can be compared in."""
    return [field for field in FIELDS[table] if field.column in gold and field.column in found]

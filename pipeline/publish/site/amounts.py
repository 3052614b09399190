"""Figures in words: what a target or a statistic says, as one language of the interface writes it."""

from __future__ import annotations

from pipeline.core.model import Row
from pipeline.publish.site.model import Interface

SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈"}
MOVES = ("increase", "decrease", "multiple", "rank")


def figure(ui: Interface, row: Row) -> str:
    """The value as printed, with its unit and in its measure: '38 trillion yuan', 'up by 5%', '2 times'; 'all' where there is no number."""
    return _measured(ui, row, _range(ui, row))


def compared(ui: Interface, row: Row) -> str:
    """The figure with its comparing word: 'more than 18 trillion yuan', 'down by at least 18%'."""
    words = _range(ui, row)
    return _measured(ui, row, ui.t(f"figure.{row['comparator']}", amount=words) if row["comparator"] in SIGNS else words)


def signed(ui: Interface, row: Row) -> str:
    """The figure with its comparing sign: '> 18 trillion yuan'."""
    words = _range(ui, row)
    return _measured(ui, row, f"{SIGNS[row['comparator']]}\u202f{words}" if row["comparator"] in SIGNS else words)


def _measured(ui: Interface, row: Row, amount: str) -> str:
    if row["value"] is None:
        return ui.code("measures", row["measure"])
    return ui.t(f"figure.{row['measure']}", amount=amount) if row["measure"] in MOVES else amount


def _range(ui: Interface, row: Row) -> str:
    if row["value"] is None:
        return ""
    if row["value_high"] is None:
        return _amount(ui, row["value"], row["unit"])
    return ui.t("figure.range", low=ui.number(row["value"]), high=_amount(ui, row["value_high"], row["unit"]))


def _amount(ui: Interface, value: float, unit: str | None) -> str:
    """Places in an order and plain numbers have no unit that is said."""
    return ui.number(value) if unit in ("rank", "1", "times") else ui.amount(value, unit)

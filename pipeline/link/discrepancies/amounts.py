"""Quantities that two versions state alike but for the unit, or for how the value compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.model import Quantity
from pipeline.core.quantity import load_units
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Sides, shown

COUNTED = ("count", "number")
"""Dimensions whose units languages word freely."""
DIRECTIONS = {"gt": "more", "ge": "more", "lt": "less", "le": "less", "approx": "about", "eq": "exactly", "between": "between"}
WORDED = {
    "more": "at least or more than",
    "less": "at most or less than",
    "about": "about",
    "exactly": "exactly",
    "between": "between",
}
CHANGES = ("increase", "decrease")


def amounts(ours: Sequence[Quantity], theirs: Sequence[Quantity], sides: Sides) -> Iterator[Finding]:
    """Differences between the n-th quantities of equal value in passages that answer one another."""
    left = list(theirs)
    for one in ours:
        other = next((each for each in left if each.value is not None and _equal(one, each)), None)
        if other is None:
            continue
        left.remove(other)
        yield from _differences(one, other, sides)


def _equal(one: Quantity, other: Quantity) -> bool:
    same_base = one.base_value is not None and one.base_value == other.base_value and one.base_unit == other.base_unit
    return same_base or (one.value is not None and one.value == other.value)


def _differences(one: Quantity, other: Quantity, sides: Sides) -> Iterator[Finding]:
    spans = (one.char_start, one.char_end), (other.char_start, other.char_end)
    here, there = shown(one.quote), shown(other.quote)
    if _dimension(one) and _dimension(other) and one.base_unit != other.base_unit:
        message = f"{sides.b} has another unit: {there} ({other.unit}), {sides.a} {here} ({one.unit})."
        yield Finding("unit", MAJOR, 0.85, sides.sentence(message), *spans)
        return
    if {one.measure, other.measure} == set(CHANGES):
        message = f"{sides.b} has {there} as {_worded(other.measure)}, {sides.a} has {here} as {_worded(one.measure)}."
        yield Finding("number", MAJOR, 0.75, sides.sentence(message), *spans)
        return
    ways = [DIRECTIONS.get(each.comparator or "") for each in (one, other)]
    if None not in ways and ways[0] != ways[1]:
        opposite = set(ways) == {"more", "less"}
        message = f"{sides.b} says {there} ({WORDED[str(ways[1])]}), {sides.a} {here} ({WORDED[str(ways[0])]})."
        yield Finding("number", MAJOR if opposite else MINOR, 0.85 if opposite else 0.6, sides.sentence(message), *spans)


def _dimension(quantity: Quantity) -> str | None:
    """The dimension of a unit that is measured, not counted."""
    known = load_units().get(quantity.unit or "")
    return known.dimension if known and known.dimension not in COUNTED else None


def _worded(measure: str) -> str:
    return "an increase" if measure == "increase" else "a decrease"

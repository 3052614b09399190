"""Quantities of two versions that are one, and in what they differ: value, unit, how the value compares, deadline."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from pipeline.core.model import Quantity, Statement
from pipeline.core.quantity import Unit, load_units
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, Sides, Span, shown

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
MULTIPLE, DOUBLED = "multiple", 100.0
"""A measure, and the per cent of growth that make it two."""
MEASURED = {"level": "a level", "increase": "an increase", "decrease": "a decrease", "multiple": "a multiple", "rank": "a rank"}


def disagreeing(one: Quantity, other: Quantity) -> tuple[str, ...]:
    """The columns in which two quantities that are one differ, in the order of the tables. A column that one of them leaves open
    does not differ; values are compared in base units, comparators by what they amount to: at least is more than, too."""
    ways = [DIRECTIONS.get(each.comparator or "") for each in (one, other)]
    value, unit = _amounts_differ(one, other)
    differs = {
        "measure": one.measure != other.measure
        and not (amount(one) == amount(other) and MULTIPLE in (one.measure, other.measure)),
        "comparator": None not in ways and ways[0] != ways[1],
        "value": value,
        "value_high": not unit and None not in (one.value_high, other.value_high) and _high(one) != _high(other),
        "unit": unit,
        "deadline_year": None not in (one.deadline_year, other.deadline_year) and one.deadline_year != other.deadline_year,
    }
    return tuple(column for column, is_other in differs.items() if is_other)


def _amounts_differ(one: Quantity, other: Quantity) -> tuple[bool, bool]:
    """Whether the number differs, and whether the unit does."""
    if one.value is None or other.value is None or amount(one) == amount(other):
        return False, False
    units = [load_units().get(each.unit or "") for each in (one, other)]
    if one.base_unit == other.base_unit:
        equal = one.base_value == other.base_value and one.base_value is not None
        return not equal and one.value != other.value, not equal and one.value == other.value and one.unit != other.unit
    return one.value != other.value, _are_other(*units)


def _are_other(one: Unit | None, other: Unit | None) -> bool:
    """Whether units of other base units measure other things, or the same by another measure; not where both only count."""
    return one is not None and other is not None and not (one.dimension in COUNTED and other.dimension in COUNTED)


def amount(quantity: Quantity) -> tuple[Hashable, ...]:
    """How much a quantity states, whatever the unit that it is written in; to grow by a hundred per cent is to double."""
    if quantity.value is None:
        return quantity.measure, None, quantity.unit
    if quantity.measure == "increase" and quantity.base_unit == "%" and quantity.value >= DOUBLED:
        return 1 + quantity.value / DOUBLED, None, "times"
    if quantity.base_value is None:
        return quantity.value, quantity.value_high, quantity.unit
    return quantity.base_value, quantity.value_high, quantity.base_unit


def _high(quantity: Quantity) -> float:
    """The upper end of a range, in base units where these are known."""
    factor = quantity.base_value / quantity.value if quantity.base_value and quantity.value else 1.0
    return round((quantity.value_high or 0.0) * factor, 9)


def amounts(ours: Sequence[Quantity], theirs: Sequence[Quantity], sides: Sides) -> Iterator[Finding]:
    """Differences between the n-th quantities of equal value in passages that answer one another."""
    left = list(theirs)
    for one in ours:
        other = next((each for each in left if each.value is not None and _equal(one, each)), None)
        if other is None:
            continue
        left.remove(other)
        columns = disagreeing(one, other)
        if "measure" not in columns or {one.measure, other.measure} == set(CHANGES):
            yield from number(one, other, columns, sides)


def _equal(one: Quantity, other: Quantity) -> bool:
    same_base = one.base_value is not None and one.base_value == other.base_value and one.base_unit == other.base_unit
    return same_base or (one.value is not None and one.value == other.value)


def number(one: Quantity, other: Quantity, columns: Sequence[str], sides: Sides) -> Iterator[Finding]:
    """The difference that says most, of those in some columns, the deadline aside."""
    spans = (one.char_start, one.char_end), (other.char_start, other.char_end)
    here, there = shown(one.quote), shown(other.quote)
    if "value" in columns or "value_high" in columns:
        message = f"{sides.b} says {there}, {sides.a} {here}."
        yield Finding("number", MAJOR, 0.9, sides.sentence(message), *spans)
    elif "unit" in columns:
        counts = any(each and each.dimension in COUNTED for each in (load_units().get(q.unit or "") for q in (one, other)))
        message = f"{sides.b} has another unit: {there} ({other.unit}), {sides.a} {here} ({one.unit})."
        yield Finding("unit", MAJOR, 0.6 if counts else 0.85, sides.sentence(message), *spans)
    elif "measure" in columns:
        opposite = {one.measure, other.measure} == set(CHANGES)
        worded = [MEASURED.get(each.measure, each.measure) for each in (one, other)]
        message = f"{sides.b} has {there} as {worded[1]}, {sides.a} has {here} as {worded[0]}."
        yield Finding("number", MAJOR if opposite else MINOR, 0.75 if opposite else 0.55, sides.sentence(message), *spans)
    elif "comparator" in columns:
        ways = [DIRECTIONS[each.comparator or ""] for each in (one, other)]
        opposite = set(ways) == {"more", "less"}
        message = f"{sides.b} says {there} ({WORDED[ways[1]]}), {sides.a} {here} ({WORDED[ways[0]]})."
        yield Finding("number", MAJOR if opposite else MINOR, 0.85 if opposite else 0.6, sides.sentence(message), *spans)


def deadline(one: Quantity, other: Quantity, worded: tuple[Span | None, Span | None], sides: Sides) -> Finding:
    """The difference of two deadlines. worded: where each stands in words, null where it governs the passage from elsewhere."""
    told = [place or (each.char_start, each.char_end) for place, each in zip(worded, (one, other), strict=True)]
    message = (
        f"{sides.b} sets {shown(other.quote)} for {other.deadline_year}, {sides.a} {shown(one.quote)} for {one.deadline_year}."
    )
    years = (one.deadline_year or 0, other.deadline_year or 0)
    return Finding("year", MAJOR, 0.9 if all(worded) else 0.6, sides.sentence(message), told[0], told[1], years)


def horizon(one: Statement, other: Statement, sides: Sides) -> Finding:
    """The difference of the years that two statements give an objective."""
    years = [each.quote.find(str(each.horizon_year)) for each in (one, other)]
    ends = [
        (each.char_start, each.char_end) if at < 0 else (each.char_start + at, each.char_start + at + len(str(each.horizon_year)))
        for at, each in zip(years, (one, other), strict=True)
    ]
    message = (
        f"{sides.b} sets {shown(other.wording)} for {other.horizon_year}, {sides.a} {shown(one.wording)} for {one.horizon_year}."
    )
    sure = 0.9 if min(years) >= 0 else 0.6
    return Finding(
        "year", MAJOR, sure, sides.sentence(message), ends[0], ends[1], (one.horizon_year or 0, other.horizon_year or 0)
    )

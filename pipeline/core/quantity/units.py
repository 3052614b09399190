"""Units of the codelist, their base units, and units that are made of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from pipeline.core.language import read_table
from pipeline.core.model import Frozen
from pipeline.core.paths import SCHEMAS
from pipeline.core.quantity.numbers import EXACT

PARTS = re.compile("/| per ")


class Unit(Frozen):
    """A row of the codelist: one `code` is `factor` of `base_unit`."""

    code: str
    base_unit: str
    factor: Decimal
    dimension: str
    definition: str
    source: str


@cache
def load_units() -> dict[str, Unit]:
    """Unit code → its row."""
    rows = read_table(SCHEMAS / "codelists" / "units.csv")
    return {row["code"]: Unit(**{**row, "factor": Decimal(row["factor"])}) for row in rows}  # type: ignore[arg-type]


def joined_unit(unit: str, denominators: Sequence[str]) -> str:
    """'Gbit' and ['s'] → 'Gbit/s'; what reads 'per 1,000 persons' is put behind with a space."""
    for part in denominators:
        unit = f"{unit} {part}".strip() if part.startswith("per ") else f"{unit}/{part}"
    return unit


@cache
def _conversion(code: str) -> tuple[Decimal, str] | None:
    known = load_units().get(code)
    if known:
        return known.factor, known.base_unit
    if code.startswith("per "):
        return Decimal(1), code
    head = PARTS.split(code, maxsplit=1)[0]
    if head == code or head not in load_units():
        return None
    return load_units()[head].factor, load_units()[head].base_unit + code[len(head) :]


def base_of(value: Decimal | None, code: str | None) -> tuple[Decimal | None, str | None]:
    """A value in `code` → (value, base unit). In a composite the first unit is converted, the rest stays as it is.

    (None, None) for an unknown unit.
    """
    found = _conversion(code) if code else None
    if found is None:
        return None, None
    factor, base = found
    return (None if value is None else EXACT.multiply(value, factor).normalize()), base

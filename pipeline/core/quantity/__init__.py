"""Numbers in words and digits, and units with their base units."""

from pipeline.core.quantity.numbers import Numerals, exact_float, read_digits
from pipeline.core.quantity.units import Unit, base_of, joined_unit, load_units

__all__ = ["Numerals", "Unit", "base_of", "exact_float", "joined_unit", "load_units", "read_digits"]

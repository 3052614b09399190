"""Evaluate: what was read, against annotations made by reading → figures and faults."""

from __future__ import annotations

from pipeline.evaluate.faults import COLUMNS as FAULT_COLUMNS
from pipeline.evaluate.faults import Fault, faults
from pipeline.evaluate.faults import cells as fault_cells
from pipeline.evaluate.gold import Gold, hold_quotes, read_gold
from pipeline.evaluate.identity import Identities
from pipeline.evaluate.rows import Measured, found_rows, measured
from pipeline.evaluate.scores import figures

__all__ = [
    "FAULT_COLUMNS", "Fault", "Gold", "Identities", "Measured",
    "fault_cells", "faults", "figures", "found_rows", "hold_quotes", "measured", "read_gold",
]  # fmt: skip

"""Records whose versions disagree name the discrepancy that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from pipeline.check import check_tables
from pipeline.core.schema import Schema

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[[Rows], dict[str, pa.Table]]
TOLD = {"versions_agree": False, "disagreeing_columns": "value", "value_discrepancy_id": "dis-1"}


@pytest.fixture
def told(rows: Rows) -> Rows:
    """A corpus in which a discrepancy is listed."""
    sides = {f"{side}_{name}": value for side in "ab" for name, value in {"char_start": 0, "char_end": 1}.items()}
    texts = {"a_text_id": "xx-2025-plan.zh", "b_text_id": "xx-2025-plan.en", "a_quote": "某", "b_quote": "F"}
    said = {"kind": "number", "severity": "major", "confidence": 0.9, "message": "They differ."}
    rows["discrepancies"] = [{"discrepancy_id": "dis-1", **said, **texts, **sides}]
    return rows


def found(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> list[str]:
    return [line for line in check_tables(build(rows), decoded, schema, suite=False).lines() if line.endswith("[disagreement]")]


@pytest.mark.parametrize("values", [{}, {"versions_agree": True}, TOLD])
def test_a_record_names_what_differs_or_agrees(
    told: Rows, values: dict[str, Any], build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    told["targets"][0] |= values
    assert found(told, build, decoded, schema) == []


@pytest.mark.parametrize("gone", sorted(TOLD))
def test_what_differs_is_told_in_every_column(
    told: Rows, gone: str, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    told["targets"][0] |= TOLD | {gone: None}
    assert found(told, build, decoded, schema)


def test_a_horizon_that_differs_names_its_discrepancy(
    told: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    told["objectives"][0]["horizon_agrees"] = False
    (line,) = found(told, build, decoded, schema)
    assert line.startswith("objectives.horizon_agrees: row obj-1: False where horizon_discrepancy_id says otherwise")

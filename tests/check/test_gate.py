"""The report, and the gate that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from pipeline.check import Check, Report, check_tables, require_passed
from pipeline.check.report import make_report
from pipeline.core.errors import ValidationError
from pipeline.core.schema import Schema

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[[Rows], dict[str, pa.Table]]


def test_a_report_that_passed_lets_the_run_go_on() -> None:
    require_passed(make_report([Check("required", "t", "c", True, 3), Check("note", "t", "c", True, 3, "told", "info")]))


def test_a_report_that_failed_stops_the_run_with_one_line() -> None:
    report = make_report(
        [Check("required", "t", "c", False, 3, "row r: None where a value is required"), Check("enum", "t", "d", False, 3, "x")]
    )
    with pytest.raises(ValidationError) as caught:
        require_passed(report)
    assert caught.value.exit_code == 3
    assert str(caught.value) == (
        "t.c: row r: None where a value is required [required], and 1 more checks failed; "
        "nothing was published; correct the row or the rule that made it"
    )


def test_all_failures_are_told_up_to_a_limit() -> None:
    report = make_report(Check("enum", "t", f"c{index}", False, 1, "is wrong") for index in range(25))
    assert len(report.lines()) == 21
    assert report.lines()[-1] == "… and 5 more checks failed"
    assert len(report.lines(limit=30)) == 25


def test_many_faults_are_all_found(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["targets"][0] |= {"measure": "x", "nature": "x", "objective_id": "x", "deadline_year": 1}
    rows["statements"][0]["char_end"] += 1
    failed = {(check.table, check.column, check.id) for check in check_tables(build(rows), decoded, schema, suite=False).failures}
    assert {
        ("targets", "measure", "enum"), ("targets", "nature", "enum"), ("targets", "objective_id", "foreign_key:objectives"),
        ("targets", "deadline_year", "minimum"), ("statements", "quote", "quote"),
    } <= failed  # fmt: skip


def test_every_line_is_one_line(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["targets"][0] |= {"measure": "x\ny" * 99, "unit": "=\r\n" * 99}
    report = check_tables(build(rows), decoded, schema, suite=False)
    assert all("\n" not in check.line and "\r" not in check.line and len(check.line) < 300 for check in report.checks)


def test_the_report_is_the_same_each_time_and_survives_json(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["targets"][0]["measure"] = "x"
    first, second = (check_tables(build(rows), decoded, schema, suite=False) for _ in range(2))
    assert first == second
    assert msgspec.json.decode(msgspec.json.encode(first), type=Report) == first

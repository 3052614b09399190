"""Great Expectations for real: what the schema cannot say, each entry broken once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from pipeline.check import check_tables
from pipeline.check.suite import run_suite
from pipeline.core.schema import Schema, expectations

Rows = dict[str, list[dict[str, Any]]]
Tables = dict[str, pa.Table]
Build = Callable[[Rows], Tables]
SELF = {"parent_id": "obj-1"}
WIDE = {"value": 9.0, "value_high": 8.0, "comparator": "between"}


def test_a_correct_corpus_keeps_every_expectation(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    tables = build(rows)
    report = check_tables(tables, decoded, schema)
    assert report.lines() == []
    ran = [check for check in report.checks if check.id.startswith("gx:")]
    asked = [
        config
        for name, table in schema.tables.items()
        if table.group != "codes" or table.expect
        for config in expectations(table, tables[name].num_rows)
    ]
    assert len(ran) == len(asked) > 60
    assert report == check_tables(tables, decoded, schema)


def test_a_corpus_of_nothing_is_refused(build: Build, schema: Schema) -> None:
    failed = {check.table for check in run_suite(build({}), schema) if not check.passed}
    assert failed == {"documents", "provisions", "sections", "sentences", "sources", "texts"}


@pytest.mark.parametrize(
    ("table", "index", "values", "message"),
    [
        ("documents", 0, {"period_end": 2020}, "documents.period_start: row xx-2025-plan: period_end 2020, period_start 2025; A period does not end"),
        ("texts", 0, {"char_end": 0}, "texts.char_start: row xx-2025-plan.en: char_end 0, char_start 0; A text is not empty."),
        ("texts", 0, {"excerpt_of": "s1"}, "texts.excerpt_of: row xx-2025-plan.en: excerpt_of 's1'; A full text is no excerpt."),
        ("provisions", 1, {"parent_number": "s1"}, "provisions.parent_number: row xx-2025-plan, s1: parent_number 's1'; No provision is its own"),
        ("sections", 1, {"heading_end": 9}, "sections.heading_start: row xx-2025-plan.zh:s1: heading_end 9, heading_start 9; A heading that has"),
        ("sections", 1, {"heading_start": None}, "sections.heading_start: row xx-2025-plan.zh:s1: heading_start None; A heading has a place."),
        ("sections", 1, {"heading": None}, "sections.heading_start: row xx-2025-plan.zh:s1: heading_start 9; A section without heading words"),
        ("sections", 1, {"parent_id": "xx-2025-plan.zh:front"}, "sections.parent_id: row xx-2025-plan.zh:s1: parent_id 'xx-2025-plan.zh:front'; A s"),
        ("sections", 1, {"section_number": "front"}, "sections.section_number: row xx-2025-plan.zh:front: section_number 'front', text_id"),
        ("objectives", 0, {"horizon_basis": "none"}, "objectives.horizon_year: row obj-1: horizon_year 2030; Without a basis there is no horizon."),
        ("objectives", 0, {"horizon_year": None}, "objectives.horizon_year: row obj-1: horizon_year None; A basis is the basis of a year."),
        ("objectives", 0, SELF, "objectives.parent_id: row obj-1: parent_id 'obj-1'; Only a measure stands under a task."),
        ("objectives", 0, SELF, "objectives.parent_id: row obj-1: parent_id 'obj-1'; No objective is its own parent."),
        ("targets", 0, {"comparator": "between"}, "targets.value_high: row tar-1: value_high None; A range has two ends."),
        ("targets", 0, {"value_high": 99.0}, "targets.value_high: row tar-1: value_high 99.0; Only a range has two ends."),
        ("targets", 0, {"value_high": 99.0, "comparator": None}, "targets.value_high: row tar-1: value_high 99.0; Only a range has two ends."),
        ("targets", 0, WIDE, "targets.value: row tar-1: value 9.0, value_high 8.0; The upper end of a range is not below the lower end."),
        ("targets", 0, {"value": None}, "targets.value: row tar-1: value None; Only the measures all and none do without a number."),
        ("targets", 0, {"measure": "rank"}, "targets.unit: row tar-1: unit '%'; A place in an order has the unit rank."),
        ("targets", 0, {"base_unit": None}, "targets.base_unit: row tar-1: base_unit None; A base value has a unit."),
        ("targets", 0, {"deadline_basis": "none"}, "targets.deadline_year: row tar-1: deadline_year 2030; Without a basis there is no deadline."),
        ("targets", 0, {"deadline_year": None}, "targets.deadline_year: row tar-1: deadline_year None; A basis is the basis of a year."),
        ("quantities", 0, {"kind": "statistic"}, "quantities.target_id: row qua-1: target_id 'tar-1'; A statistic is no target."),
        ("quantities", 0, {"target_id": None}, "quantities.target_id: row qua-1: target_id None; Every target has its record."),
        ("quantities", 1, {"indicator_end": 0}, "quantities.indicator_start: row qua-2: indicator_end 0, indicator_start"),
        ("body_mentions", 0, {"role": "mentioned"}, "body_mentions.responsibility_id: row bod-1: responsibility_id 'res-1'; A body that is only"),
        ("bodies", 0, {"parent_id": "xx-fisheries"}, "bodies.parent_id: row xx-fisheries: parent_id 'xx-fisheries'; No body is its own parent."),
        ("problems", 0, {"char_end": 1}, "problems.char_start: row pro-1: char_end 1, char_start 5; A passage does not end before it starts."),
        ("problems", 1, {"char_start": None}, "problems.char_start: row pro-2: char_start None; A quote stands somewhere."),
    ],
)  # fmt: skip
def test_a_broken_expectation_is_named_by_row_and_value(
    rows: Rows, build: Build, schema: Schema, table: str, index: int, values: dict[str, Any], message: str
) -> None:
    rows[table][index] |= values
    told = [check.line for check in run_suite({table: build(rows)[table]}, schema) if not check.passed]
    assert [line for line in told if line.startswith(message)], told
    assert all(line.endswith("]") and "\n" not in line for line in told)


def test_a_range_with_two_ends_and_whole_sets_pass(rows: Rows, build: Build, schema: Schema) -> None:
    first = rows["targets"][0]
    rows["targets"] += [
        {**first, "target_id": "tar-2", "comparator": "between", "value_high": 96},
        {**first, "target_id": "tar-3", "measure": "all", "comparator": None, "value": None, "unit": None, "base_value": None, "base_unit": None},
        {**first, "target_id": "tar-4", "deadline_basis": "none", "deadline_year": None},
        {**first, "target_id": "tar-5", "measure": "rank", "unit": "rank", "value": 1},
    ]  # fmt: skip
    assert [check.line for check in run_suite({"targets": build(rows)["targets"]}, schema) if not check.passed] == []


def test_a_proportion_counts_from_the_size_that_its_entry_names(rows: Rows, build: Build, schema: Schema) -> None:
    first = {**rows["quantities"][0], "unit": None, "base_value": None, "base_unit": None}
    for size, faults in ((199, 0), (200, 1)):
        rows["quantities"] = [{**first, "quantity_id": f"qua-{index:04}"} for index in range(size)]
        checks = run_suite({"quantities": build(rows)["quantities"]}, schema)
        assert [check.id for check in checks if not check.passed] == ["gx:expect_column_values_to_not_be_null"] * faults


def test_the_number_of_rows_at_fault_is_told(rows: Rows, build: Build, schema: Schema) -> None:
    first = {**rows["targets"][0], "value_high": 99.0}
    rows["targets"] = [{**first, "target_id": f"tar-{index:03}"} for index in range(50)]
    told = [check.line for check in run_suite({"targets": build(rows)["targets"]}, schema) if not check.passed]
    assert told == [
        "targets.value_high: row tar-000: value_high 99.0; Only a range has two ends. (50 rows) [gx:expect_column_values_to_be_null]"
    ]


def test_only_running_the_suite_imports_great_expectations() -> None:
    program = "import sys, pipeline.check; sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_suite_says_nothing_on_the_terminal(
    rows: Rows, build: Build, schema: Schema, capfd: pytest.CaptureFixture[str]
) -> None:
    run_suite(build(rows), schema)
    assert capfd.readouterr() == ("", "")
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"

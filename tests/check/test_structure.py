"""Columns, types, nulls, codes, patterns and limits: each spoilt once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from pipeline.check import Report, check_tables
from pipeline.core.schema import Schema, arrow_schema

Rows = dict[str, list[dict[str, Any]]]
Tables = dict[str, pa.Table]
Build = Callable[[Rows], Tables]


def checked(tables: Tables, decoded: Mapping[str, str], schema: Schema) -> Report:
    return check_tables(tables, decoded, schema, suite=False)


def test_a_correct_corpus_passes_every_check(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    report = checked(build(rows), decoded, schema)
    assert report.lines() == []
    assert report.ok
    assert {check.table for check in report.checks} == set(schema.tables)


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("targets", "measure", None, "targets.measure: row tar-1: None where a value is required [required]"),
        ("targets", "measure", "ratio", "targets.measure: row tar-1: 'ratio' is not a code of measures [enum]"),
        ("responsibilities", "role", "mentioned", "responsibilities.role: row res-1: 'mentioned' is not a code of roles [enum]"),
        ("sources", "sha256", "F" * 64, f"sources.sha256: row xx-2025-plan/en: '{'F' * 64}' does not match ^[0-9a-f]{{64}}$ [pattern]"),
        ("sources", "bytes", 0, "sources.bytes: row xx-2025-plan/en: 0 is less than 1 [minimum]"),
        ("sources", "file", "xx-2025-plan/zh.txt", "sources.file: row xx-2025-plan/en: 'xx-2025-plan/zh.txt' stands in another row, too (2"),
        ("targets", "deadline_year", 20300, "targets.deadline_year: row tar-1: 20300 is more than 2999 [maximum]"),
        ("documents", "jurisdiction", "China", "documents.jurisdiction: row xx-2025-plan: 'China' does not match"),
        ("statements", "rule_id", "example", "statements.rule_id: row sta-1: 'example' does not match"),
    ],
)  # fmt: skip
def test_a_spoilt_value_is_named(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str, column: str, value: object, message: str
) -> None:
    rows[table][0][column] = value
    report = checked(build(rows), decoded, schema)
    assert not report.ok
    assert [line for line in report.lines() if line.startswith(message)]


def test_an_empty_string_is_named(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    tables = build(rows)
    empty = pa.array([""], pa.string())
    tables["targets"] = tables["targets"].set_column(tables["targets"].column_names.index("unit"), "unit", empty)
    report = checked(tables, decoded, schema)
    assert report.lines() == ["targets.unit: row tar-1: '' is empty; null is meant [no_empty_string]"]


def test_what_is_no_number_is_named(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    tables = build(rows)
    names = tables["targets"].column_names
    tables["targets"] = tables["targets"].set_column(names.index("value"), "value", pa.array([float("nan")], pa.float64()))
    assert checked(tables, decoded, schema).lines() == ["targets.value: row tar-1: nan is no number [finite]"]


def spoilt_columns(table: pa.Table) -> dict[str, tuple[pa.Table, str]]:
    """A table of bodies with other columns, and what is said of it."""
    order = [*table.column_names[1:], table.column_names[0]]
    cast = table.set_column(1, "name_en", pa.array([1], pa.int64()))
    loose = table.cast(pa.schema([pa.field("body_id", pa.string()), *list(table.schema)[1:]]))
    return {
        "a column less": (table.drop_columns(["body_type"]), "missing body_type; not in the schema none"),
        "a column more": (table.append_column("colour", pa.array(["red"])), "missing none; not in the schema colour"),
        "another order": (table.select(order), "the columns stand in another order"),
        "another type": (cast, "the column name_en is int64 where the schema has string"),
        "nulls allowed": (loose, "the column body_id is string where the schema has string not null"),
    }


@pytest.mark.parametrize("fault", ["a column less", "a column more", "another order", "another type", "nulls allowed"])
def test_other_columns_than_the_schemas_are_named(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, fault: str
) -> None:
    tables = build(rows)
    tables["bodies"], message = spoilt_columns(tables["bodies"])[fault]
    report = checked(tables, decoded, schema)
    assert [check.line for check in report.failures if check.id == "columns"] == report.lines()[:1]
    assert message in report.lines()[0]


def test_a_missing_and_an_unknown_table_are_named(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    tables = build(rows)
    tables["rivers"] = tables.pop("problems")
    assert checked(tables, decoded, schema).lines() == [
        "rivers: is not in schemas/tables [table]",
        "problems: is missing [table]",
    ]


@pytest.mark.parametrize("missing", ["sources", "texts", "sections"])
def test_without_the_tables_that_places_come_from_the_run_still_ends_in_a_report(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, missing: str
) -> None:
    tables = build(rows)
    del tables[missing]
    assert checked(tables, decoded, schema).lines()[0] == f"{missing}: is missing [table]"


def test_cells_like_formulas_are_told_and_are_no_fault(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["targets"][0]["wording_en"] = "=1+1"
    rows["targets"][0]["wording_zh"] = "-5"
    report = checked(build(rows), decoded, schema)
    assert report.ok
    assert [note.line for note in report.notes] == [
        "targets.wording_en: row tar-1: '=1+1' starts like a formula in a spreadsheet [spreadsheet_formula]",
        "targets.wording_zh: row tar-1: '-5' starts like a formula in a spreadsheet [spreadsheet_formula]",
    ]
    assert {note.level for note in report.notes} == {"info"}


def test_metadata_and_chunks_do_not_count(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    tables = build(rows)
    sections = tables["sections"]
    tables["sections"] = pa.concat_tables([sections.slice(0, 1), sections.slice(1)]).replace_schema_metadata({"a": "b"})
    assert tables["sections"].schema.equals(arrow_schema(schema.tables["sections"]))
    assert checked(tables, decoded, schema).ok

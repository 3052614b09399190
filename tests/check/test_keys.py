"""Keys: a row twice, a parent that is gone, an address that nothing stands at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from pipeline.check import check_tables
from pipeline.core.schema import Schema

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[[Rows], dict[str, pa.Table]]


def faults(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> list[str]:
    return check_tables(build(rows), decoded, schema, suite=False).lines()


def test_a_row_that_stands_twice(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["bodies"].append(dict(rows["bodies"][0]))
    assert (
        "bodies.body_id: row xx-fisheries: 'xx-fisheries' is null or stands in another row, too (2 rows) [primary_key]"
        in faults(rows, build, decoded, schema)
    )


def test_a_wide_key_that_stands_twice(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["provisions"].append({**rows["provisions"][1], "position": 2})
    assert (
        "provisions.section_number: row xx-2025-plan, s1: 's1' with document_id xx-2025-plan is null or stands in another row, too "
        "(2 rows) [primary_key]"
    ) in faults(rows, build, decoded, schema)


def test_equal_parts_in_other_rows_make_no_equal_key(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["documents"].append({"document_id": "yy"})
    rows["provisions"].append({"document_id": "yy", "section_number": "s1", "position": 0, "level": 1, "kind": "chapter"})
    assert faults(rows, build, decoded, schema) == []


def test_a_key_that_is_null(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["statements"][0]["statement_id"] = None
    told = faults(rows, build, decoded, schema)
    assert "statements.statement_id: row None: None is null or stands in another row, too [primary_key]" in told


@pytest.mark.parametrize(
    ("table", "column", "value", "key"),
    [
        ("targets", "objective_id", "obj-9", "objectives"),
        ("targets", "indicator_id", "ind-9", "indicators"),
        ("sections", "parent_id", "xx-2025-plan.en:s9", "sections"),
        ("documents", "predecessor_id", "yy", "documents"),
        ("documents", "original_text_id", "xx-2025-plan.fr", "texts"),
        ("body_mentions", "responsibility_id", "res-9", "responsibilities"),
        ("body_mentions", "body_id", "nobody", "bodies"),
        ("problems", "section_id", "xx-2025-plan.en:s9", "sections"),
        ("instruments", "document_id", "yy", "documents"),
        ("sentences", "text_id", "xx-2025-plan.fr", "texts"),
    ],
)
def test_a_reference_to_a_row_that_is_not_there(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str, column: str, value: str, key: str
) -> None:
    rows[table][0][column] = value
    told = [line for line in faults(rows, build, decoded, schema) if line.endswith(f"[foreign_key:{key}]")]
    assert len(told) == 1
    assert told[0].startswith(f"{table}.{column}: row ")
    assert f"'{value}' has no row in {key}" in told[0]


@pytest.mark.parametrize(
    ("table", "column"), [("targets", "section_number"), ("provisions", "parent_number"), ("texts", "excerpt_of"), ("objectives", "section_number")]
)  # fmt: skip
def test_an_address_that_nothing_stands_at(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str, column: str
) -> None:
    rows[table][0][column] = "s9"
    told = faults(rows, build, decoded, schema)
    assert any(
        line.startswith(f"{table}.{column}: row ") and "'s9' with document_id xx-2025-plan has no row in provisions" in line
        for line in told
    )


def test_a_dropped_parent_is_missed_by_all_its_children(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["objectives"] = []
    told = faults(rows, build, decoded, schema)
    assert {line.split(":")[0] for line in told} == {"targets.objective_id", "statements.objective_id"}


def test_a_section_at_an_address_that_its_document_does_not_have(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["provisions"] = [row for row in rows["provisions"] if row["section_number"] != "front"]
    told = faults(rows, build, decoded, schema)
    assert len(told) == 1
    assert told[0].startswith(
        "sections.section_number: row xx-2025-plan.en:front: 'front' with document_id xx-2025-plan has no row"
    )
    assert told[0].endswith("(2 rows) [address]")


@pytest.mark.parametrize(
    ("table", "column", "value", "start"),
    [
        ("texts", "text_id", "xx-2025-plans.en", "document_id"),
        ("sources", "source_id", "xx/en", "document_id"),
        ("sections", "section_id", "xx-2025-plan.en:front", "text_id"),
    ],
)
def test_an_id_that_is_not_made_of_what_it_says(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str, column: str, value: str, start: str
) -> None:
    rows[table][0][column] = value
    assert f"{table}.{column}: row {value}: '{value}' is not made from its {start} [composed_id]" in faults(
        rows, build, decoded, schema
    )

"""Spans: every quote against its source, every passage inside its section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest

from pipeline.check import check_tables
from pipeline.core.schema import Schema

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[[Rows], dict[str, pa.Table]]
SPANS = ["sentences", "statements", "quantities", "body_mentions", "instrument_mentions"]


def faults(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> list[str]:
    return check_tables(build(rows), decoded, schema, suite=False).lines()


@pytest.mark.parametrize("table", SPANS)
@pytest.mark.parametrize("shift", [(-1, -1), (1, 1), (0, -1), (1, 0)])
def test_a_span_that_is_shifted_by_one(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str, shift: tuple[int, int]
) -> None:
    row = rows[table][0]
    row["char_start"] += shift[0]
    row["char_end"] += shift[1]
    told = [line for line in faults(rows, build, decoded, schema) if line.endswith("[quote]")]
    key = row[schema.tables[table].primary_key[0]]
    assert len(told) == 1
    assert told[0].startswith(f"{table}.quote: row {key}: {row['quote'][:9]!r}"[:-1])
    assert f" at {row['char_start']}–{row['char_end']} [quote]" in told[0]


@pytest.mark.parametrize("table", SPANS)
def test_a_quote_that_is_altered(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, table: str) -> None:
    rows[table][0]["quote"] = rows[table][0]["quote"][::-1]
    assert [line.split(":")[0] for line in faults(rows, build, decoded, schema)] == [f"{table}.quote"]


def test_every_row_is_read_and_counted(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    first = rows["body_mentions"][0]
    rows["body_mentions"] = [{**first, "body_mention_id": f"bod-{index:03}"} for index in range(500)]
    rows["body_mentions"][3]["char_start"] += 1
    rows["body_mentions"][499]["char_start"] += 1
    told = faults(rows, build, decoded, schema)
    assert len(told) == 1
    assert told[0].startswith("body_mentions.quote: row bod-003: ")
    assert "(2 rows)" in told[0]


@pytest.mark.parametrize("span", [(-4, 3), (10, 9), (0, 10**9)])
def test_a_span_that_is_none(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, span: tuple[int, int]) -> None:
    rows["statements"][0]["char_start"], rows["statements"][0]["char_end"] = span
    assert any(f"row sta-1: {span[0]}–{span[1]} is no span of the" in line for line in faults(rows, build, decoded, schema))


def test_a_span_outside_of_its_section(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["statements"][0]["section_id"] = "xx-2025-plan.zh:front"
    told = faults(rows, build, decoded, schema)
    assert len(told) == 1
    assert "does not lie in xx-2025-plan.zh:front at 0–6 [span_in_section]" in told[0]


def test_a_section_of_another_text(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["statements"][0]["section_id"] = "xx-2025-plan.en:s1"
    assert faults(rows, build, decoded, schema) == [
        "statements.section_id: row sta-1: 'xx-2025-plan.en:s1' is no section of xx-2025-plan.zh [span_in_section]"
    ]


def test_a_heading_that_says_something_else(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["sections"][1]["heading"] = "任务"
    assert faults(rows, build, decoded, schema) == [
        "sections.heading: row xx-2025-plan.zh:s1: '任务' is the heading where the source has '目标' at 9–11 [heading]"
    ]


def test_a_heading_outside_of_its_section(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["sections"][1] |= {"heading": "规划", "heading_start": 4, "heading_end": 6}
    assert any(line.endswith("[heading]") and "4–6 does not lie in" in line for line in faults(rows, build, decoded, schema))


def test_a_heading_joined_over_a_line_break_is_the_same(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema
) -> None:
    rows["sections"][2] |= {"heading": "Fisheries plan", "heading_start": 0, "heading_end": 14}
    broken = {**decoded, "xx-2025-plan/en": decoded["xx-2025-plan/en"].replace("Fisheries plan", "Fisheries\nplan")}
    assert not any(line.endswith("[heading]") for line in check_tables(build(rows), broken, schema, suite=False).lines())


def test_a_section_outside_of_its_parent(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["sections"][1]["parent_id"] = "xx-2025-plan.zh:front"
    told = faults(rows, build, decoded, schema)
    assert len(told) == 1
    assert told[0].startswith("sections.parent_id: row xx-2025-plan.zh:s1: 7–")
    assert told[0].endswith("does not lie in xx-2025-plan.zh:front at 0–6 [span_in_parent]")


def test_a_parent_in_another_text(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["sections"][1]["parent_id"] = "xx-2025-plan.en:s1"
    assert any("'xx-2025-plan.en:s1' is a section of another text" in line for line in faults(rows, build, decoded, schema))


def test_a_text_longer_than_its_source(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["texts"][1]["char_end"] = 10**6
    assert any(
        line.startswith("texts.char_end: row xx-2025-plan.zh: 0–1000000 is no span")
        for line in faults(rows, build, decoded, schema)
    )


def test_a_section_outside_of_its_text(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["texts"][1]["char_start"] = 3
    assert any(
        line.startswith("sections.char_end: row xx-2025-plan.zh:front: 0–6 does not lie in xx-2025-plan.zh")
        for line in faults(rows, build, decoded, schema)
    )


def test_a_source_without_its_text(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    told = check_tables(build(rows), {"xx-2025-plan/en": decoded["xx-2025-plan/en"]}, schema, suite=False).lines()
    assert "texts.char_end: row xx-2025-plan.zh: the source xx-2025-plan/zh has no decoded text [span_in_source]" in told


def test_an_indicator_outside_of_its_text(rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema) -> None:
    rows["quantities"][1]["indicator_end"] = 10**6
    assert any(line.endswith("[indicator_in_text]") for line in faults(rows, build, decoded, schema))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"char_end": 6}, "None has no place in a source"),
        ({"char_start": 10**6, "char_end": 10**6}, "is no span of the"),
        ({"quote": "Fish"}, "'Fish' is quoted where xx-2025-plan/en has '' at 5–5"),
        ({"source_id": "xx-2025-plan/zh"}, "'xx-2025-plan/zh' is not the source of xx-2025-plan.en"),
        ({"char_start": None, "char_end": None, "quote": "Fish"}, "'Fish' has no place in a source"),
    ],
)
def test_a_problem_with_a_faulty_place(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, values: dict[str, Any], message: str
) -> None:
    rows["problems"][0] |= values
    told = [line for line in faults(rows, build, decoded, schema) if line.startswith("problems.quote: row pro-1: ")]
    assert len(told) == 1
    assert message in told[0]


@pytest.mark.parametrize(
    "values",
    [
        {"char_start": None, "char_end": None},
        {"char_start": None, "char_end": None, "text_id": None},
        {"char_start": None, "char_end": None, "text_id": None, "source_id": None},
        {"char_start": 0, "char_end": 4, "quote": "Fish", "text_id": None},
        {"char_start": 0, "char_end": 0},
    ],
)
def test_a_problem_may_lack_a_place(
    rows: Rows, build: Build, decoded: Mapping[str, str], schema: Schema, values: dict[str, Any]
) -> None:
    rows["problems"][0] |= values
    assert faults(rows, build, decoded, schema) == []

"""Rows become tables of exactly the schema, or an error that names the row."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ValidationError
from pipeline.core.schema import arrow_schema, load_schema
from pipeline.tables import build_table, build_tables

SCHEMA = load_schema()
PROVISION = {"document_id": "d", "section_number": "s1", "position": 1, "level": 1, "kind": "chapter"}


def provisions(*numbers: str) -> list[dict[str, Any]]:
    return [{**PROVISION, "section_number": number, "position": index} for index, number in enumerate(numbers)]


def targets(**values: Any) -> pa.Table:
    return build_table(SCHEMA.tables["targets"], [{"target_id": "t", **values}])


def test_every_table_is_there_with_its_schema_even_without_rows() -> None:
    tables = build_tables({}, SCHEMA)
    assert list(tables) == list(SCHEMA.tables)
    for name, table in tables.items():
        assert table.schema.equals(arrow_schema(SCHEMA.tables[name]))
        assert all(column.num_chunks <= 1 for column in table.columns)
        assert (table.num_rows == 0) == (SCHEMA.tables[name].codelist is None)


def test_a_table_of_codes_is_its_codelist() -> None:
    table = build_tables({}, SCHEMA)["codelist_comparators"]
    assert sorted(table.column("code").to_pylist()) == sorted(SCHEMA.codelists["comparators"].codes)
    units = build_tables({}, SCHEMA)["codelist_units"]
    assert units.schema.field("factor").type == pa.float64()
    periods = {row["code"]: row for row in build_tables({}, SCHEMA)["codelist_periods"].to_pylist()}
    assert (periods["cn-fyp-12"]["start_year"], periods["cn-fyp-12"]["end_year"]) == (2011, 2015)


def test_rows_are_sorted_as_the_table_says_whatever_their_order() -> None:
    rows = provisions("front", "s1", "s2", "s10", "s10.1", "closing")
    shuffled = random.Random(7).sample(rows, len(rows))
    table = build_table(SCHEMA.tables["provisions"], shuffled)
    assert table.column("section_number").to_pylist() == ["front", "s1", "s2", "s10", "s10.1", "closing"]
    assert table.equals(build_table(SCHEMA.tables["provisions"], rows))
    assert table.column("position").num_chunks == 1


def test_the_primary_key_breaks_ties() -> None:
    rows = [{**PROVISION, "section_number": number} for number in ("s3", "s1", "s2")]
    assert build_table(SCHEMA.tables["provisions"], rows).column("section_number").to_pylist() == ["s1", "s2", "s3"]


def test_what_is_not_there_is_null() -> None:
    row = targets(unit="", wording_zh="", value=None).to_pylist()[0]
    assert {name for name, value in row.items() if value is not None} == {"target_id"}


def test_whole_numbers_are_numbers_and_integers_stay_integers() -> None:
    row = targets(value=18_000_000_000_000, value_high=2**60 + 1, deadline_year=2015).to_pylist()[0]
    assert (row["value"], type(row["value"])) == (18e12, float)
    assert row["value_high"] == float(2**60)
    assert (row["deadline_year"], type(row["deadline_year"])) == (2015, int)


def test_a_date_is_a_date() -> None:
    rows: list[dict[str, Any]] = [
        {"document_id": "a", "issued_on": "2012-06-28"},
        {"document_id": "b", "issued_on": date(2016, 7, 27)},
    ]
    rows += [{"document_id": "c", "issued_on": ""}, {"document_id": "d"}]
    table = build_table(SCHEMA.tables["documents"], rows)
    assert table.column("issued_on").to_pylist() == [date(2012, 6, 28), date(2016, 7, 27), None, None]


FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "an unknown column": ("targets", {"colour": "red"}, "targets.colour: no such column, in row t"),
    "a number as a string": ("targets", {"value": "95"}, "targets.value: row t: '95' is no number"),
    "a string as a number": ("targets", {"unit": 7}, "targets.unit: row t: 7 is no string"),
    "a fraction as an integer": ("targets", {"deadline_year": 2015.5}, "targets.deadline_year: row t: 2015.5 is no integer"),
    "a float as an integer": ("targets", {"deadline_year": 2015.0}, "targets.deadline_year: row t: 2015.0 is no integer"),
    "a boolean as an integer": ("targets", {"deadline_year": True}, "targets.deadline_year: row t: True is no integer"),
    "a list": ("targets", {"unit": ["%"]}, "targets.unit: row t: ['%'] is no string"),
    "no number": ("targets", {"value": float("nan")}, "targets.value: row t: nan cannot be published as number"),
    "infinity": ("targets", {"value": float("-inf")}, "targets.value: row t: -inf cannot be published as number"),
    "a number beyond all": ("targets", {"value": 10**400}, "targets.value: row t: 1000000"),
    "an integer beyond 63 bits": (
        "targets",
        {"deadline_year": 2**63},
        "targets.deadline_year: row t: 9223372036854775808 cannot",
    ),
    "half a character": ("targets", {"unit": "a\ud800"}, "targets.unit: row t: 'a\\ud800' cannot be published as string"),
    "a date that is none": ("documents", {"issued_on": "2012-02-30"}, "documents.issued_on: row t: '2012-02-30' is no date"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_value_is_named_by_table_column_row_and_value(fault: str) -> None:
    name, values, message = FAULTS[fault]
    key = SCHEMA.tables[name].primary_key[0]
    with pytest.raises(ValidationError) as caught:
        build_tables({name: [{key: "s"}, {key: "t", **values}]}, SCHEMA)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_rows_for_a_table_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"^rivers: "):
        build_tables({"rivers": []}, SCHEMA)


def test_a_codelist_whose_numbers_are_none_is_refused() -> None:
    table = SCHEMA.tables["codelist_units"]
    with pytest.raises(ValidationError, match=r"codelist_units\.factor: row x: 'many' is no number"):
        build_table(table, [{"code": "x", "base_unit": "x", "factor": "many", "dimension": "x"}])


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8")), st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)))
    )
)
def test_values_come_back_as_they_went_in(cells: list[tuple[str, float | None]]) -> None:
    rows = [{"target_id": f"t{index:06}", "unit": unit, "value": value} for index, (unit, value) in enumerate(cells)]
    back = build_table(SCHEMA.tables["targets"], rows).to_pylist()
    assert [(row["unit"], row["value"]) for row in back] == [(unit or None, value) for unit, value in cells]

"""All that describes a table derives from one schema, and agrees."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from msgspec.structs import fields

from pipeline.core import model
from pipeline.core.paths import SCHEMAS
from pipeline.core.schema import GROUPS, Schema, arrow_schema, data_dictionary, expectations, load_schema, table_schema
from pipeline.core.schema.tableschema import is_portable

SCHEMA: Schema = load_schema()
TABLES = list(SCHEMA.tables)
ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}


def test_every_file_of_a_table_is_a_table() -> None:
    assert {path.stem for path in (SCHEMAS / "tables").glob("*.yaml")} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_arrow_frictionless_expectations_and_dictionary_agree(name: str) -> None:
    table = SCHEMA.tables[name]
    arrow, described = arrow_schema(table), table_schema(table)
    suite = expectations(table, 10**6)
    assert (
        arrow.names == [field["name"] for field in described["fields"]] == suite[0]["kwargs"]["column_list"] == list(table.names)
    )
    for column, field in zip(arrow, described["fields"], strict=True):
        assert column.type == ARROW[field["type"]]
        assert column.nullable != field.get("constraints", {}).get("required", False)
    assert described["primaryKey"] == list(table.primary_key)
    section = data_dictionary(SCHEMA).split(f"\n### {name}\n")[1].split("\n#")[0]
    assert [line.split("`")[1] for line in section.split("\n\n| code |")[0].splitlines() if line.startswith("| `")] == list(
        table.names
    )


@pytest.mark.parametrize("name", TABLES)
def test_every_column_and_table_is_described(name: str) -> None:
    table = SCHEMA.tables[name]
    assert table.description.endswith(".")
    assert table.group in GROUPS
    for field in table.fields:
        assert len(field.description) > 10, field.name
        assert field.description.endswith("."), field.name
        assert field.title, field.name
        assert field.type not in ("integer", "number") or field.unit or field.name in ("position", "level"), field.name


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("suffix", ["", "-parquet"])
def test_the_table_schema_holds_only_what_validators_read(name: str, suffix: str) -> None:
    table = SCHEMA.tables[name]
    described = table_schema(table, suffix)
    assert set(described) <= {"fields", "missingValues", "primaryKey", "foreignKeys"}
    assert described.get("foreignKeys") != []
    assert described["missingValues"] == [""]
    for field in described["fields"]:
        assert set(field.get("constraints", {})) <= {"required", "unique", "pattern", "minimum", "maximum", "enum"}
    for link in described.get("foreignKeys", ()):
        there = link["reference"].get("resource", name + suffix)
        assert there.endswith(suffix)
        assert set(link["reference"]["fields"]) <= set(SCHEMA.tables[there.removesuffix(suffix)].names)
    assert json.loads(json.dumps(described)) == described


def test_a_wide_key_that_may_be_partly_null_is_held_by_the_check_stage_alone() -> None:
    wide = {
        (name, link.fields)
        for name in TABLES
        for link in SCHEMA.tables[name].foreign_keys
        if not is_portable(SCHEMA.tables[name], link)
    }
    assert wide == {("provisions", ("document_id", "parent_number")), ("texts", ("document_id", "excerpt_of"))}


def test_an_entry_for_large_tables_counts_only_there() -> None:
    table = SCHEMA.tables["quantities"]
    few, many = (expectations(table, rows) for rows in (1, 10**6))
    assert [config for config in many if config not in few] == [
        {
            "type": "expect_column_values_to_not_be_null",
            "kwargs": {"column": "unit", "mostly": 0.5},
            "meta": {"because": "In a large corpus most values have a unit; where they do not, units are no longer recognized."},
        }
    ]


def test_a_condition_becomes_the_one_of_great_expectations() -> None:
    configs = [
        config["kwargs"]["row_condition"]
        for config in expectations(SCHEMA.tables["targets"], 1)
        if "row_condition" in config["kwargs"]
    ]
    comparator, measure = {"name": "comparator"}, {"name": "measure"}
    assert {"type": "comparison", "column": comparator, "operator": "==", "parameter": "between"} in configs
    assert {"type": "comparison", "column": comparator, "operator": "!=", "parameter": "between"} in configs
    assert {"type": "nullity", "column": {"name": "base_value"}, "is_null": False} in configs
    assert any(config["column"] == measure and config["operator"] == "IN" for config in configs)


@pytest.mark.parametrize(
    ("struct", "name", "apart"),
    [
        (model.Document, "documents", {"titles"}),
        (model.Source, "sources", set()),
        (model.Text, "texts", {"paragraphs"}),
        (model.Section, "sections", set()),
        (model.Sentence, "sentences", {"paragraph", "pieces"}),
        (model.Quantity, "quantities", set()),
        (model.Problem, "problems", set()),
    ],
)
def test_whatever_the_rooms_read_has_its_column(struct: type, name: str, apart: set[str]) -> None:
    assert {field.name for field in fields(struct)} - apart <= set(SCHEMA.tables[name].names)


def test_every_table_of_passages_can_be_traced() -> None:
    span = {"text_id", "section_id", "char_start", "char_end", "quote", "rule_id"}
    for name in ("statements", "quantities", "body_mentions", "instrument_mentions"):
        assert span <= set(SCHEMA.tables[name].names)


def test_the_dictionary_is_the_same_each_time_and_names_every_code() -> None:
    text = data_dictionary(SCHEMA)
    assert text == data_dictionary(SCHEMA)
    assert text.endswith("\n")
    for codelist in (SCHEMA.codelists[table.codelist] for table in SCHEMA.tables.values() if table.codelist):
        assert all(f"| `{code}` |" in text for code in codelist.codes)


def test_the_codes_of_entities_are_codes() -> None:
    for entities, column, codelist in (
        ("bodies", "body_type", "body_types"),
        ("instruments", "instrument_type", "instrument_types"),
    ):
        codes = set(SCHEMA.codelists[codelist].codes)
        assert {row[column] for row in SCHEMA.codelists[entities].rows} <= codes

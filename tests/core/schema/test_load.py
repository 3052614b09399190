"""schemas/ is refused as a whole where one word of it means nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.paths import SCHEMAS
from pipeline.core.schema import load_schema

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of schemas/ that a test may spoil."""
    return Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))


def edit(path: Path, change: Edit) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_the_schema_loads_and_is_loaded_once() -> None:
    assert load_schema() is load_schema()
    assert load_schema().package.languages == ("en", "zh")


def test_a_shared_column_is_what_columns_yaml_says_but_for_what_the_table_says() -> None:
    schema = load_schema()
    assert schema.tables["targets"].field("document_id").required
    assert not schema.tables["instruments"].field("document_id").required
    assert schema.tables["sentences"].field("char_start") == schema.tables["statements"].field("char_start")


def test_a_column_per_language_stands_once_for_each() -> None:
    names = load_schema().tables["objectives"].names
    assert [name for name in names if name.startswith("statement")] == ["statement_en", "statement_zh"]
    assert load_schema().tables["objectives"].field("statement_zh").language == "zh"


def test_another_language_adds_columns_and_edits_no_table(folder: Path) -> None:
    edit(folder / "package.yaml", lambda package: package["languages"].append("fr"))
    assert "statement_fr" in load_schema(folder).tables["objectives"].names


def test_codes_come_from_the_codelist_without_those_left_out() -> None:
    schema = load_schema()
    assert "mentioned" in schema.tables["body_mentions"].field("role").enum
    assert "mentioned" not in schema.tables["responsibilities"].field("role").enum
    assert "lead" in schema.tables["responsibilities"].field("role").enum


def test_foreign_keys_follow_from_references_codelists_and_the_table() -> None:
    links = {(link.fields, link.table) for link in load_schema().tables["objectives"].foreign_keys}
    assert links == {
        (("document_id",), "documents"),
        (("parent_id",), "objectives"),
        (("objective_type",), "codelist_objective_types"),
        (("horizon_basis",), "codelist_year_bases"),
        (("horizon_discrepancy_id",), "discrepancies"),
        (("document_id", "section_number"), "provisions"),
    }


TABLE_FAULTS: dict[str, tuple[Edit, str]] = {
    "an unknown key": (lambda t: t.update(primary_keys=["bank_id"]), "primary_keys"),
    "an unknown type": (lambda t: t["fields"][0].update(type="text"), "'text' is not one of"),
    "no description": (
        lambda t: t["fields"].append({"name": "colour", "title": "Colour", "type": "string"}),
        "colour has no description",
    ),
    "a column twice": (lambda t: t["fields"].append("document_id"), "document_id stands twice"),
    "a column name in capitals": (lambda t: t["fields"].append("Document"), "fields[3]"),
    "a primary key that is no column": (lambda t: t.update(primary_key=["bank"]), "no column 'bank'"),
    "a primary key that may be null": (lambda t: t["fields"][0].update(required=False), "'bank_id' is not required"),
    "an order by what is no column": (lambda t: t.update(sort=["bank"]), "no column 'bank'"),
    "a reference to no table": (lambda t: t["fields"][2].update(references="rivers"), "references 'rivers'"),
    "a reference to a table with a wide key": (
        lambda t: t["fields"][2].update(references="provisions"),
        "references 'provisions'",
    ),
    "a reference of another type": (lambda t: t["fields"][2].update(type="integer"), "another type"),
    "a reference to itself": (lambda t: t["fields"][0].update(references="banks"), "refers to itself"),
    "a wide key to what is no column": (
        lambda t: t.update(foreign_keys=[{"fields": ["document_id", "bank_id"], "table": "provisions"}]),
        "has no document_id, bank_id",
    ),
    "an unknown codelist": (lambda t: t["fields"][2].update(codelist="colours"), "no codelist 'colours'"),
    "a code to leave out that is none": (
        lambda t: t["fields"][2].update(codelist="roles", **{"except": ["x"]}),
        "'x' is no code of roles",
    ),
    "an unknown expectation": (lambda t: t["expect"][0].update(expectation="expect_good_data"), "expect_good_data"),
    "an expectation of no column": (lambda t: t["expect"][0].update(column="colour"), "no column 'colour'"),
    "an expectation where no column is": (lambda t: t["expect"][0]["where"].update(column="colour"), "no column 'colour'"),
    "an argument that it does not take": (lambda t: t["expect"][0].update(value_set=["a"]), "value_set"),
    "a condition in words": (lambda t: t["expect"][0].update(where="bank_id == 1"), "is not of type 'object'"),
    "no reason": (lambda t: t["expect"][0].pop("because"), "because"),
    "a minimum of a string": (lambda t: t["fields"][0].update(minimum=1), "has a minimum"),
    "a pattern of a number": (
        lambda t: t["fields"].append(t["fields"][0] | {"name": "n", "type": "number", "pattern": "^1$"}),
        "has a pattern",
    ),
    "a pattern that is not anchored": (lambda t: t["fields"][0].update(pattern="bank"), "does not run from"),
    "another name than its file": (lambda t: t.update(name="shores"), "names the table 'shores'"),
}


def bank() -> dict[str, Any]:
    return {
        "name": "banks",
        "title": "Banks",
        "description": "Banks of rivers.",
        "group": "records",
        "primary_key": ["bank_id"],
        "fields": [
            {"name": "bank_id", "title": "Bank", "description": "The bank.", "type": "string", "required": True},
            "document_id",
            {
                "name": "opposite_id",
                "title": "Opposite",
                "description": "The other bank.",
                "type": "string",
                "references": "banks",
            },
        ],
        "expect": [
            {
                "expectation": "expect_column_values_to_be_null",
                "column": "opposite_id",
                "where": {"column": "bank_id", "is": "sea"},
                "because": "A sea has one bank.",
            }
        ],
    }


def test_a_table_of_ones_own_needs_one_file(folder: Path) -> None:
    (folder / "tables" / "banks.yaml").write_text(yaml.safe_dump(bank()), encoding="utf-8")
    assert load_schema(folder).tables["banks"].names == ("bank_id", "document_id", "opposite_id")


@pytest.mark.parametrize("fault", TABLE_FAULTS)
def test_a_faulty_table_is_refused_by_file_and_reason(folder: Path, fault: str) -> None:
    change, reason = TABLE_FAULTS[fault]
    content = bank()
    change(content)
    (folder / "tables" / "banks.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_schema(folder)
    assert "banks.yaml" in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


PACKAGE_FAULTS: dict[str, Edit] = {
    "no version": lambda p: p.pop("version"),
    "a version of two numbers": lambda p: p.update(version="1.0"),
    "a date that is none": lambda p: p.update(date="2026-13-01"),
    "an unknown key": lambda p: p.update(colour="red"),
    "a language twice": lambda p: p.update(languages=["en", "en"]),
    "a licence of nothing": lambda p: p["licences"][0].pop("covers"),
}


@pytest.mark.parametrize("fault", PACKAGE_FAULTS)
def test_a_faulty_package_is_refused(folder: Path, fault: str) -> None:
    edit(folder / "package.yaml", PACKAGE_FAULTS[fault])
    with pytest.raises(InputError, match=r"package\.yaml"):
        load_schema(folder)


def test_a_shared_column_with_an_unknown_key_is_refused(folder: Path) -> None:
    edit(folder / "columns.yaml", lambda columns: columns["document_id"].update(colour="red"))
    with pytest.raises(InputError, match=r"columns\.yaml.*colour"):
        load_schema(folder)


CODELIST_FAULTS = {
    "a code twice": ("code,definition\na,A\na,B\n", "'a' is empty or stands twice"),
    "a code that is empty": ("code,definition\n,A\n", "is empty or stands twice"),
    "no codes": ("code,definition\n", "has no rows"),
    "no column of codes": ("definition,code\nA,a\n", "first column is not"),
    "a column more": ("code,definition,colour\na,A,red\n", "has the columns code, definition, colour"),
    "a row of another width": ("code,definition\na\n", "line 2"),
}


@pytest.mark.parametrize("fault", CODELIST_FAULTS)
def test_a_faulty_codelist_is_refused(folder: Path, fault: str) -> None:
    content, reason = CODELIST_FAULTS[fault]
    (folder / "codelists" / "natures.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_schema(folder)
    assert "natures.csv" in str(caught.value)
    assert reason in str(caught.value)


def test_yaml_that_is_none_is_refused(folder: Path) -> None:
    (folder / "tables" / "targets.yaml").write_text("name: [targets", encoding="utf-8")
    with pytest.raises(InputError, match=r"targets\.yaml"):
        load_schema(folder)

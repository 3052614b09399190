"""What describes a package for machines and people: catalogues, card, citation, datasheet. tests/consumers has the programs that read them."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.paths import ROOT
from pipeline.core.schema import Package, load_schema
from pipeline.publish import datasheet as page
from pipeline.publish.citation import citation_file
from pipeline.publish.dataset_card import card
from pipeline.publish.datasheet import datasheet
from pipeline.publish.dcat import _iri, _literal
from tests.publish.sample import sample

ODD = 'A "quoted" title: \\ # 政策 \u2028 & <b>'


@pytest.fixture(scope="module")
def described(package: dict[str, bytes]) -> dict[str, Any]:
    return dict(json.loads(package["datapackage.json"]))


def test_croissant_has_every_table_and_column(package: dict[str, bytes], described: dict[str, Any]) -> None:
    croissant = json.loads(package["croissant.json"])
    fields = {item["@id"]: [field["name"] for field in item["field"]] for item in croissant["recordSet"]}
    assert fields == {table.name: list(table.names) for table in load_schema().tables.values()}
    files = {item["contentUrl"]: item["sha256"] for item in croissant["distribution"]}
    sums = dict(line.split("  ")[::-1] for line in package["SHA256SUMS"].decode().splitlines())
    assert files
    assert files == {path: sums[path] for path in files}
    assert croissant["version"] == described["version"]


def test_schema_org_tells_rights_of_each_source(package: dict[str, bytes], described: dict[str, Any]) -> None:
    stated = json.loads(package["schema.org.json"])
    assert [item["usageInfo"] for item in stated["isBasedOn"]] == [item["rights"] for item in described["sources"]]
    assert stated["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert len(stated["distribution"]) == len(described["resources"])


def test_dcat_names_each_table_twice_and_no_address_of_ours(package: dict[str, bytes]) -> None:
    turtle = package["dcat.ttl"].decode("utf-8")
    for name in load_schema().tables:
        assert f"dcat:downloadURL <csv/{name}.csv>" in turtle
        assert f"dcat:downloadURL <parquet/{name}.parquet>" in turtle
    assert "Official text." in turtle
    assert "file:" not in turtle


@pytest.mark.parametrize("text", [ODD, "a\nb\tc\r\x00\x7f", "𠮷 \\u0041"])
def test_words_stay_within_their_quotes_in_turtle(text: str) -> None:
    literal = _literal(text, "en")
    assert literal.startswith('"')
    assert literal.endswith('"@en')
    assert not re.search(r'(?<!\\)(\\\\)*"', literal[1:-4])
    assert not re.search("[\x00-\x1f\x7f]", literal)
    assert json.loads(literal.removesuffix("@en")) == text


@pytest.mark.parametrize("address", ["text/a b.txt", "#源/文", 'x"<>{}|^`\\y\n'])
def test_no_address_breaks_out_of_its_brackets(address: str) -> None:
    assert re.fullmatch(r'<[^\x00-\x20<>"{}|^`\\]*>', _iri(address))


def odd_package() -> Package:
    return msgspec.structs.replace(
        load_schema().package, title=ODD, keywords=("a: b", "# c", "no"), homepage="https://example.org/#x"
    )


def test_the_citation_file_is_yaml_whatever_the_words() -> None:
    read = yaml.safe_load(citation_file(odd_package()))
    assert read["title"] == ODD
    assert read["keywords"] == ["a: b", "# c", "no"]
    assert read["version"] == load_schema().package.version
    assert read["date-released"] == load_schema().package.date
    assert read["license"] == "CC-BY-4.0"


def test_the_citation_file_of_the_repository_is_that_of_the_package(package: dict[str, bytes]) -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == package["CITATION.cff"], "copy build/package/CITATION.cff there"


def test_the_card_is_the_head_of_the_readme(package: dict[str, bytes]) -> None:
    head, _, rest = package["README.md"].decode("utf-8").removeprefix("---\n").partition("\n---\n")
    read = yaml.safe_load(head)
    assert rest.startswith("\n# ")
    assert read["license"] == "cc-by-4.0"
    assert read["language"] == list(load_schema().package.languages)
    assert [item["config_name"] for item in read["configs"] if item.get("default")] == ["targets"]
    assert all(item["data_files"] in package for item in read["configs"])


def test_a_table_without_rows_is_no_configuration() -> None:
    schema = load_schema()
    rows = dict.fromkeys(schema.tables, 1) | {"targets": 0}
    names = [item["config_name"] for item in yaml.safe_load(card(schema, rows).strip("-"))["configs"]]
    assert names == [name for name in schema.tables if name != "targets"]


@pytest.mark.parametrize(
    ("rows", "size"), [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (99_999_999, "10M<n<100M"), (10**9, "n>100M")]
)
def test_sizes(rows: int, size: str) -> None:
    schema = load_schema()
    counts = dict.fromkeys(schema.tables, 0) | {"targets": rows}
    assert yaml.safe_load(card(schema, counts).strip("-"))["size_categories"] == [size]


def test_the_datasheet_counts_and_lists_the_documents(package: dict[str, bytes]) -> None:
    sheet = package["DATASHEET.md"].decode("utf-8")
    assert "| xx-2012-lights | Opinions on Lighthouses |" in sheet
    assert "en human translation, zh original" in sheet
    assert "Official text." in sheet
    assert "{" not in sheet


def test_a_slot_that_nothing_fills_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "datasheet.md").write_text("{title} {unheard}", encoding="utf-8")
    monkeypatch.setattr(page, "TEMPLATE", tmp_path / "datasheet.md")
    with pytest.raises(InputError, match=r"\{unheard\}"):
        datasheet(load_schema(), sample()[0], "", None)


def test_many_documents_are_not_all_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST", 0)
    assert "and 1 more" in datasheet(load_schema(), sample()[0], "", None)

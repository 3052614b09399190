"""The pages that tell of the whole: home, documents, quality, data."""

from __future__ import annotations

from types import ModuleType

import pytest

from pipeline.core.model import Row
from pipeline.publish.changes import Diff, change
from pipeline.publish.site import Page, Site, data, documents, home, quality, site_files
from pipeline.publish.site.links import anchor_of
from tests.publish.site.sample_site import Read, changed, interface, sample_files, sample_site

DOCUMENT = sample_site().tables["documents"][0]


def the_page(module: ModuleType, site: Site | None = None, language: str = "en") -> Page:
    site = site or sample_site()
    page: Page
    (page,) = module.pages(site, interface(language, site))
    return page


def many_documents(count: int) -> list[Row]:
    return [DOCUMENT | {"document_id": f"xx-{number}", "issued_on": f"20{number:02}-01-01"} for number in range(count)]


def texts_of(rows: list[Row]) -> list[Row]:
    return [
        sample_site().tables["texts"][0] | {"document_id": row["document_id"], "text_id": f"{row['document_id']}.zh"}
        for row in rows
    ]


# home


def test_home_counts_the_rows() -> None:
    counts = {table: count for table, count, _ in the_page(home).given["figures"]}
    assert counts == {table: len(sample_site().tables[table]) for table in home.FIGURES}


def test_home_names_the_latest_documents_and_how_many_are_left() -> None:
    rows = many_documents(9)
    context = the_page(home, changed({"documents": rows})).given
    assert [each["row"]["document_id"] for each in context["documents"]] == [f"xx-{number}" for number in range(3, 9)]
    assert context["left"] == 3


def test_home_tells_a_story_only_where_there_is_a_series() -> None:
    target = sample_site().tables["targets"][0] | {
        "value_high": None,
        "baseline_value": None,
        "baseline_year": None,
        "measure": "level",
        "value": 180000.0,
        "unit": "item",
        "base_value": 180000.0,
        "base_unit": "1",
    }
    indicator = sample_site().tables["indicators"][0]["indicator_id"]
    first = target | {"target_id": "tar-a", "indicator_id": indicator, "deadline_year": 2015, "comparator": "gt"}
    later = first | {"target_id": "tar-b", "deadline_year": 2020, "comparator": "eq", "value": first["value"] * 2}
    later["base_value"] *= 2
    assert the_page(home, changed({"targets": [first]})).given["story"] is None
    story = the_page(home, changed({"targets": [later, first]})).given["story"]
    assert story["first"] == ("more than 180,000 items", "2015")
    assert story["last"] == ("360,000 items", "2020")
    assert story["documents"] == 1
    assert "<svg" in story["svg"]


# documents


def test_documents_stand_by_date_with_issuers_versions_and_counts() -> None:
    rows = many_documents(3)
    rows[0]["issued_on"] = None
    listed = documents.listed(changed({"documents": rows[::-1], "texts": texts_of(rows)}), interface("zh"))
    assert [each["row"]["document_id"] for each in listed] == ["xx-0", "xx-1", "xx-2"]
    (own,) = documents.listed(sample_site(), interface("zh"))
    assert own["name"] == (DOCUMENT["title_zh"], "zh")
    assert [text["translation_status"] for text in own["versions"]] == ["original", "human_translation"]
    assert own["counts"]["targets"] == len(sample_site().tables["targets"])


def test_a_document_without_a_title_is_called_by_its_id() -> None:
    row = DOCUMENT | {"title_en": None, "title_zh": None}
    assert documents.titled(row, interface("en"))[0] == row["document_id"]


# quality


def test_intervals_lie_on_the_scale() -> None:
    accuracy = the_page(quality).given["accuracy"]
    for line in accuracy["lines"]:
        for _, *figures in line["cells"]:
            for figure in filter(None, figures):
                places = [float(accuracy["place"](value)) for value in (figure.low, figure.value, figure.high)]
                assert quality.LEFT <= places[0] <= places[1] <= places[2] <= quality.RIGHT
    assert accuracy["ticks"][0] == (str(quality.RIGHT), "1.0")
    assert [float(said) for _, said in accuracy["ticks"]] == [1.0, 0.9, 0.8, 0.7]


def test_without_figures_the_page_says_so() -> None:
    site = changed(accuracy=[])
    assert the_page(quality, site).given["accuracy"] is None
    assert "nothing could be measured" in site_files(site)["site/quality.html"].decode("utf-8")


def test_checks_are_counted_by_kind() -> None:
    found = {each["kind"]: each for each in the_page(quality).given["checks"]}
    assert found.keys() == {"required", "foreign_key"}
    assert found["required"] == {"kind": "required", "count": 1, "tables": 1, "failed": 0}


def test_problems_stand_by_severity_with_some_examples() -> None:
    problem = sample_site().tables["problems"][0]
    rows = [problem | {"problem_id": f"p-{number}", "kind": "boilerplate", "severity": "info"} for number in range(20)]
    rows += [problem | {"problem_id": "p-w", "kind": "misnumbered", "severity": "warning", "quote": "x " * 200}]
    gravest, other = the_page(quality, changed({"problems": rows})).given["problems"]
    assert (gravest["kind"], gravest["count"], other["kind"], other["count"]) == ("misnumbered", 1, "boilerplate", 20)
    assert len(other["examples"]) == quality.EXAMPLES
    assert len(gravest["examples"][0]["quote"]) == quality.LONGEST


def test_examples_lead_to_where_they_stand() -> None:
    page = Read(sample_files()["site/quality.html"])
    sections = {row["section_id"] for row in sample_site().tables["problems"] if row["section_id"]}
    assert sections
    for section_id in sections:
        assert f"documents/{DOCUMENT['document_id']}.html#{anchor_of(section_id, DOCUMENT['document_id'])}" in page.addresses


# data


@pytest.mark.parametrize(("path", "up"), [("site/data.html", "../"), ("site/zh/data.html", "../../")])
def test_downloads_are_files_of_the_release(path: str, up: str) -> None:
    addresses = Read(sample_files()[path]).addresses
    for name, table in sample_site().schema.tables.items():
        if table.codelist is None:
            assert {f"{up}csv/{name}.csv", f"{up}parquet/{name}.parquet"} <= set(addresses)
    assert f"{up}SHA256SUMS" in addresses


def test_every_column_and_code_is_in_the_dictionary() -> None:
    words = {word.strip() for word in Read(sample_files()["site/data.html"]).words["code"]}
    for table in sample_site().schema.tables.values():
        rows = sample_site().tables[table.name]
        wanted = {field.name for field in table.fields} if table.codelist is None else {row["code"] for row in rows}
        assert wanted <= words or len(rows) > data.MOST_CODES, table.name


def test_versions_before_are_told_with_their_checksums() -> None:
    text = sample_files()["site/zh/data.html"].decode("utf-8")
    assert "0.0.1" in text
    assert "2020年1月31日" in text
    assert "e" * 64 in text
    assert sample_site().content in text


def test_changes_are_told_by_table() -> None:
    found = Diff(old="0.0.1", new="0.0.2", changes=(
        change("field_added", "targets", column="a<b", new="string"),
        change("description_changed", "targets", column="value", old="x", new="y"),
        change("row_added", "targets", key="t", new="{}"),
        change("value_changed", "bodies", key="b", column="name_en", old="x", new="y"),
    ))  # fmt: skip
    site = changed(changes=found, files={"diff/0.0.1/summary.md": 10})
    told = the_page(data, site).given["changes"]
    assert {table: (each.added, each.removed, each.changed) for table, each in told["rows"].items()} == {
        "targets": (1, 0, 0),
        "bodies": (0, 0, 1),
    }
    assert told["schema"] == ["targets.a<b: a new column (string)"]
    page = site_files(site)["site/data.html"].decode("utf-8")
    assert "../diff/0.0.1/summary.md" in page
    assert "targets.a&lt;b: a new column (string)" in page


def test_of_many_sources_some_are_listed_and_the_rest_counted() -> None:
    own = sample_site().tables["sources"]
    rows = own + [own[0] | {"source_id": f"xx-2012-lights/s{number}"} for number in range(data.MOST_SOURCES + 7 - len(own))]
    files = {f"text/{row['source_id']}.txt": 10 for row in rows}
    page = Read(site_files(changed({"sources": rows}, files=files))["site/data.html"])
    assert sum(address.startswith("../text/") for address in page.addresses) == data.MOST_SOURCES
    assert sum("7 more in" in words for words in page.words["p"]) == 2


def test_each_figure_of_a_text_stands_under_its_table() -> None:
    figures = {"language": "en", "subset": "all", "measure": "f1", "field": None, "matching": "overlap", "with_doubt": "false"}
    measured = [
        ("lights-2012.en", "sections"),
        ("lights-2012.en", "quantities"),
        ("lights-2012.zh", "sections"),
        ("lights-2012.zh", "bodies"),
    ]
    texts = [row["text_id"] for row in sample_site().tables["texts"]][:2]
    names = dict(zip(("lights-2012.en", "lights-2012.zh"), texts, strict=True))
    rows = [
        figures | {"table": table, "text_id": names[text], "n": "5", "value": "0.5", "low": "0.4", "high": "0.6"}
        for text, table in measured
    ]
    whole = [dict(row) for row in sample_site().accuracy if row["text_id"] == "all"]
    by_text = the_page(quality, changed(accuracy=whole + rows)).given["by_text"]
    assert len({tuple(name for name, _ in cells) for _, cells in by_text}) == 1
    shown = {(row["text_id"], name) for row, cells in by_text for name, figure in cells if figure is not None}
    assert len(shown) == len(measured)
    assert all(len(cells) == 3 for _, cells in by_text)

"""Objectives: the tree by section, who is responsible, and how each row and its passage lead to each other."""

from __future__ import annotations

import pytest

from pipeline.core.model import Row
from pipeline.publish.site import Site, objectives, site_files
from pipeline.publish.site.objectives import Chapter, flat
from tests.publish.site.sample_site import Read, changed, context_of, interface, sample_files, sample_site

DOCUMENT = "xx-2012-lights"
WHERE = {"document_id": DOCUMENT, "horizon_basis": "none", "horizon_year": None, "statement_zh": None, "statement_en": "x"}
WHERE |= {"horizon_agrees": None, "horizon_discrepancy_id": None}


def objective(key: str, position: int, kind: str, number: str = "s1", parent: str | None = None, **more: object) -> Row:
    named = {"objective_id": key, "position": position, "objective_type": kind, "section_number": number, "parent_id": parent}
    return {**WHERE, **named, **more}


def chapters(site: Site) -> list[Chapter]:
    _, page = objectives.pages(site, interface("en", site))
    return list(context_of(page)["chapters"])


def with_rows(*rows: Row, **tables: list[Row]) -> Site:
    return changed({"objectives": list(rows), "statements": [], "responsibilities": [], **tables})


def test_measures_stand_under_their_task_in_the_order_of_the_document() -> None:
    site = with_rows(
        objective("m2", 3, "measure", "s1.1", "t1"), objective("t1", 1, "task", "s1.1"), objective("m1", 2, "measure", "s1.1", "t1"),
        objective("g1", 0, "goal"),
    )  # fmt: skip
    (chapter,) = chapters(site)
    assert [node.row["objective_id"] for node in flat(chapter.nodes)] == ["g1", "t1", "m1", "m2"]
    assert [node.row["objective_id"] for node in chapter.nodes] == ["g1", "t1"]


def test_a_task_is_a_heading_and_stands_in_the_section_above() -> None:
    site = with_rows(objective("t1", 0, "task", "s1.1"), objective("g1", 1, "goal", "s1.1"))
    first, second = chapters(site)
    assert [(each.provision["section_number"], each.depth) for each in (first, second)] == [("s1", 0), ("s1.1", 1)]
    assert [node.row["objective_id"] for node in first.nodes] == ["t1"]
    assert [node.row["objective_id"] for node in second.nodes] == ["g1"]


def test_each_row_has_its_id_and_leads_to_its_passage() -> None:
    page = Read(sample_files()[f"site/objectives/{DOCUMENT}.html"])
    for row in sample_site().tables["objectives"]:
        assert row["objective_id"] in page.ids
    (statement,) = sample_site().tables["statements"]
    assert f"../documents/{DOCUMENT}.html#{statement['statement_id']}" in page.addresses


def test_measures_below_a_task_have_their_passages_in_a_list_for_the_script() -> None:
    sentence, statement = sample_site().tables["sentences"][0], sample_site().tables["statements"][0]
    whole = statement | {key: sentence[key] for key in ("text_id", "section_id", "char_start", "char_end", "quote")}
    rows = (
        objective("t1", 0, "task", "s1.1"),
        *(objective(key, n, "measure", "s1.1", "t1") for n, key in enumerate(["m1", "m2", "m3"], 1)),
    )
    site = with_rows(*rows, statements=[
        whole | {"statement_id": "w", "objective_id": "m1"},
        statement | {"statement_id": "p", "objective_id": "m2"},
    ], sentences=[sentence | {"sentence_id": "sentence-0123456789"}])  # fmt: skip
    _, page = objectives.pages(site, interface("en", site))
    assert context_of(page)["passages"] == "0123456789 p -"
    assert [node.is_plain for chapter in chapters(site) for node in flat(chapter.nodes)] == [False, True, True, True]


def test_a_long_measure_is_cut_and_leads_to_the_whole_of_it() -> None:
    (statement,) = sample_site().tables["statements"]
    long = {"parent_id": "t1", "statement_en": "word " * 99, "statement_zh": "字" * 99}
    rows = [
        objective("t1", 0, "task", "s1.1"),
        objective("m1", 1, "measure", "s1.1", "t1", **long),
        objective("g1", 2, "goal", **long),
    ]
    site = with_rows(*rows, statements=[statement | {"objective_id": "m1"}])
    nodes = {node.row["objective_id"]: node for chapter in chapters(site) for node in flat(chapter.nodes)}
    assert nodes["m1"].words[0] == "word " * 19 + "word…"
    assert not nodes["m1"].is_plain, "its link is on the page, whatever scripts do"
    for folder, words in (("", "word " * 19 + "word…"), ("zh/", "字" * objectives.DENSE + "…")):
        page = Read(site_files(site)[f"site/{folder}objectives/{DOCUMENT}.html"])
        assert words in page.words["a"]
        assert f"../documents/{DOCUMENT}.html#{statement['statement_id']}" in page.addresses


@pytest.mark.parametrize(("agrees", "shown"), [(False, 1), (True, 0), (None, 0)])
def test_versions_that_differ_in_the_year_are_said_to(agrees: bool | None, shown: int) -> None:
    site = with_rows(objective("g1", 0, "goal", horizon_year=2020, horizon_agrees=agrees))
    assert site_files(site)[f"site/objectives/{DOCUMENT}.html"].count(b"versions differ") == shown


def test_those_responsible_are_named_with_their_role() -> None:
    (duty, *_) = sample_site().tables["responsibilities"]
    site = with_rows(objective("g1", 0, "goal"), responsibilities=[duty | {"objective_id": "g1", "role": "lead"}])
    (chapter,) = chapters(site)
    assert [(role, [row["body_id"] for row in bodies]) for role, bodies in chapter.nodes[0].who] == [("lead", [duty["body_id"]])]
    text = site_files(site)[f"site/objectives/{DOCUMENT}.html"].decode()
    assert "lead: <a href=../bodies.html#" in text


def test_the_filter_offers_what_there_is() -> None:
    site = with_rows(objective("g1", 0, "goal", horizon_year=2020), objective("g2", 1, "goal", horizon_year=2015))
    _, page = objectives.pages(site, interface("en", site))
    assert context_of(page)["years"] == [2015, 2020]
    assert context_of(page)["types"] == [("g", "goal")]
    assert not context_of(page)["has_bodies"]


def test_the_index_counts_by_type_and_leaves_out_documents_without_objectives() -> None:
    site = with_rows(objective("g1", 0, "goal"), objective("g2", 1, "goal"))
    index, _ = objectives.pages(site, interface("en", site))
    assert context_of(index)["counts"][DOCUMENT, "goal"] == 2
    (bare,) = objectives.pages(with_rows(), interface("en"))
    assert context_of(bare)["documents"] == []


def test_a_wording_that_only_the_other_language_has_says_in_which_it_is() -> None:
    site = with_rows(objective("g1", 0, "goal", statement_en=None, statement_zh="灯塔更亮"))
    page = Read(site_files(site)[f"site/objectives/{DOCUMENT}.html"])
    assert {"lang": "zh-Hans"} in page.all("span")
    assert "灯塔更亮" in page.words["span"]

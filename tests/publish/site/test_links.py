"""Addresses: of rows, from page to page, and on the web."""

from __future__ import annotations

import pytest

from pipeline.publish.site import links
from pipeline.publish.site.links import Links, anchor_of, folder_of, relative, web_address
from tests.publish.site.sample_site import changed, sample_site

DOCUMENT = "xx-2012-lights"


@pytest.mark.parametrize("table", ["sections", "sentences", "statements", "quantities", "body_mentions", "instrument_mentions"])
def test_evidence_stands_in_its_document_under_its_own_id(table: str) -> None:
    for row in sample_site().tables[table]:
        key = row[sample_site().schema.tables[table].primary_key[0]]
        assert (
            Links(sample_site()).of(table, row)
            == Links(sample_site()).of(table, key)
            == (f"documents/{DOCUMENT}.html", anchor_of(key, DOCUMENT))
        )


def test_rows_stand_on_the_pages_of_their_tables() -> None:
    of = Links(sample_site()).of
    assert of("documents", DOCUMENT) == (f"documents/{DOCUMENT}.html", None)
    assert of("targets", "tar-1") == ("targets.html", "tar-1")
    for table, page in (("objectives", f"objectives/{DOCUMENT}.html"), ("discrepancies", f"discrepancies/{DOCUMENT}.html")):
        for row in sample_site().tables[table]:
            assert of(table, row) == (page, row[sample_site().schema.tables[table].primary_key[0]])
    for row in sample_site().tables["responsibilities"]:
        assert of("responsibilities", row) == of("bodies", row["body_id"]) == ("bodies.html", row["body_id"])
    assert of("indicators", sample_site().tables["indicators"][0]) == (
        "targets.html",
        sample_site().tables["indicators"][0]["indicator_id"],
    )


@pytest.mark.parametrize(
    ("row_id", "document_id", "anchor"),
    [
        ("sentence-2222c3efe9", "", "se2222c3efe9"),
        ("statement-db4bc4a115.cn-2016-outline.en", "cn-2016-outline", "stdb4bc4a115.en"),
        ("cn-2016-outline.zh:s3.10", "cn-2016-outline", "zh:s3.10"),
        ("cn-2016-outline.zh:s3.10", "cn-2016", "cn-2016-outline.zh:s3.10"),
        ("cn-state-council", "", "cn-state-council"),
        ("class-enterprises", "", "class-enterprises"),
        ("e-commerce-turnover", "", "e-commerce-turnover"),
    ],
)
def test_an_anchor_is_an_id_without_what_its_page_says(row_id: str, document_id: str, anchor: str) -> None:
    assert anchor_of(row_id, document_id) == anchor


def test_the_words_for_tables_differ_in_their_first_two_letters() -> None:
    words = ("sentence", "statement", "quantity", "mention", "objective", "discrepancy", "instrument", "target", "body")
    assert len({word[:2] for word in words}) == len(words)


def test_what_is_not_there_has_no_address() -> None:
    of = Links(sample_site()).of
    assert of("targets", None) is None
    assert of("targets", "tar-999") is None
    assert of("codelist_roles", "lead") is None
    assert Links(changed({"instrument_mentions": []})).of("instruments", sample_site().tables["instruments"][0]) is None


def test_many_rows_are_parted_by_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MANY", 0)
    of = Links(sample_site()).of
    assert of("targets", "tar-1") == (f"targets/{DOCUMENT}.html", "tar-1")
    named = {row["body_id"] for row in sample_site().tables["body_mentions"]}
    for row in sample_site().tables["bodies"]:
        wanted = (f"bodies/{DOCUMENT}.html", row["body_id"]) if row["body_id"] in named else ("bodies.html", None)
        assert of("bodies", row) == wanted


def test_folders_are_those_of_all_languages_but_the_first() -> None:
    assert [folder_of(language, ("en", "zh")) for language in ("en", "zh")] == ["", "zh/"]


@pytest.mark.parametrize(
    ("here", "there", "anchor", "address"),
    [
        ("index.html", "targets.html", None, "targets.html"),
        ("zh/documents/a.html", "zh/targets.html", "t-1", "../targets.html#t-1"),
        ("documents/a.html", "zh/documents/a.html", None, "../zh/documents/a.html"),
        ("targets.html", "targets.html", "t-1", "#t-1"),
        ("targets.html", "targets.html", None, "targets.html"),
        ("a.html", "b.html", 'x.zh:s3.10"><b>', "b.html#x.zh:s3.10%22%3E%3Cb%3E"),
        ("site/zh/data.html", "csv/targets.csv", None, "../../csv/targets.csv"),
        ("a.html", "text/一 二.txt", None, "text/%E4%B8%80%20%E4%BA%8C.txt"),
    ],
)
def test_addresses_are_relative_and_ready_for_an_attribute(here: str, there: str, anchor: str | None, address: str) -> None:
    assert relative(here, there, anchor) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://www.gov.cn/", "http://www.gov.cn/"),
        (" HTTPS://example.org/a?b=c ", "HTTPS://example.org/a?b=c"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("http://a b", None),
        ("//example.org", None),
        ("data:text/html,x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_on_the_web_are_linked(text: str | None, address: str | None) -> None:
    assert web_address(text) == address

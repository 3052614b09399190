"""Bodies: the table by document, the entries, and pages per document where there are very many."""

from __future__ import annotations

import datetime

import pytest

from pipeline.core.model import Row
from pipeline.publish.site import Page, Site, bodies, links, site_files
from pipeline.publish.site.bodies import Entry
from tests.publish.site.sample_site import Read, changed, context_of, interface, sample_site

DOCUMENT = "xx-2012-lights"


def rows(table: str) -> list[Row]:
    return sample_site().tables[table]


def page(site: Site, language: str = "en") -> Page:
    (only,) = bodies.pages(site, interface(language, site))
    return only


def entries(site: Site) -> list[Entry]:
    return [entry for _, own in context_of(page(site))["groups"] for entry in own]


def test_a_body_has_its_roles_in_each_document_with_their_number() -> None:
    duty = rows("responsibilities")[0]
    more = [duty | {"responsibility_id": f"r{n}", "role": role} for n, role in enumerate(["lead", "lead", "participant"])]
    (entry,) = entries(changed({"responsibilities": more, "body_mentions": []}))
    assert entry.parts[DOCUMENT].roles == entry.roles == [("lead", 2), ("participant", 1)]


def test_a_body_that_is_only_named_is_mentioned_and_not_once_for_each_language() -> None:
    mention = rows("body_mentions")[0] | {"responsibility_id": None, "role": "mentioned"}
    twice = [mention, mention | {"body_mention_id": "other", "text_id": f"{DOCUMENT}.en"}]
    (entry,) = entries(changed({"body_mentions": twice, "responsibilities": []}))
    assert entry.parts[DOCUMENT].roles == [("mentioned", 1)]


@pytest.mark.parametrize(("language", "first"), [("en", "other"), ("zh", "men-1")])
def test_a_section_is_led_to_once_in_the_readers_language(language: str, first: str) -> None:
    mention, section = rows("body_mentions")[0] | {"body_mention_id": "men-1"}, rows("sections")[0]
    other = mention | {"body_mention_id": "other", "text_id": f"{DOCUMENT}.en", "section_id": f"{DOCUMENT}.en:s1"}
    sections = [section | {"section_id": row["section_id"], "text_id": row["text_id"]} for row in (mention, other)]
    site = changed({"body_mentions": [mention, mention | {"body_mention_id": "again"}, other], "sections": sections})
    (entry,) = [entry for _, own in context_of(page(site, language))["groups"] for entry in own]
    ((number, found),) = entry.parts[DOCUMENT].places
    assert (number, found["body_mention_id"]) == (section["section_number"], first)


def test_a_body_that_no_document_names_is_left_out() -> None:
    site = changed({"body_mentions": [], "responsibilities": []})
    assert entries(site) == []
    assert Read(site_files(site)["site/bodies.html"]).all("table") == []


def test_a_duty_is_cut_and_leads_to_its_objective_else_to_where_the_body_is_named() -> None:
    duty, mention = rows("responsibilities")[0], rows("body_mentions")[0]
    long = duty | {"duty_en": "word " * 99, "objective_id": None}
    site = changed({"responsibilities": [long], "body_mentions": [mention | {"responsibility_id": duty["responsibility_id"]}]})
    (shown,) = entries(site)[0].parts[DOCUMENT].duties
    assert len(shown.words[0]) <= bodies.SHOWN + 2
    assert shown.there is not None
    assert (shown.there[0], shown.there[1]["body_mention_id"]) == ("body_mentions", mention["body_mention_id"])
    objective = rows("objectives")[0]
    (shown,) = (
        entries(changed({"responsibilities": [long | {"objective_id": objective["objective_id"]}]}))[0].parts[DOCUMENT].duties
    )
    assert shown.there == ("objectives", objective)


def test_kinds_of_body_are_grouped_and_an_unknown_one_has_a_group_too() -> None:
    body = rows("bodies")[0]
    site = changed({"bodies": [body | {"body_type": None}]})
    assert [name for name, _ in context_of(page(site))["groups"]] == ["kind not known"]


def test_a_parent_that_is_not_on_the_page_is_no_link() -> None:
    child, parent = rows("bodies")[0] | {"parent_id": "above"}, rows("bodies")[0] | {"body_id": "above", "name_en": "The Whole"}
    text = site_files(changed({"bodies": [child, parent]}))["site/bodies.html"]
    assert b"part of <span>The Whole</span>" in text
    assert b"#above" not in text


def test_very_many_bodies_have_a_page_for_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MANY", 0)
    monkeypatch.setattr(links, "MANY", 0)
    files = site_files(sample_site())
    named = {row["body_id"] for row in rows("body_mentions")}
    assert named <= set(Read(files[f"site/bodies/{DOCUMENT}.html"]).ids)
    assert f"bodies/{DOCUMENT}.html" in Read(files["site/bodies.html"]).addresses


def test_very_many_documents_have_no_column_each() -> None:
    document, mention, text = rows("documents")[0], rows("body_mentions")[0], rows("texts")[0]
    many = [f"d{n:02}" for n in range(bodies.WIDE + 1)]
    site = changed({
        "documents": [document | {"document_id": key, "predecessor_id": None} for key in many],
        "texts": [text | {"text_id": f"{key}.zh", "document_id": key} for key in many],
        "body_mentions": [mention | {"text_id": f"{key}.zh", "body_mention_id": key, "responsibility_id": None} for key in many],
        "responsibilities": [],
    })  # fmt: skip
    (entry,) = entries(site)
    assert context_of(page(site))["is_wide"]
    assert entry.roles == [("mentioned", bodies.WIDE + 1)]


def test_documents_are_told_apart_by_year_and_type_or_else_by_title() -> None:
    first = rows("documents")[0] | {"document_id": "a", "document_type": "plan", "issued_on": datetime.date(2012, 1, 1)}
    second = first | {"document_id": "b", "title_en": "Another", "issued_on": datetime.date(2013, 1, 1)}
    assert bodies._short([first, second], interface("en"))["b"] == ("plan of 2013", "en")
    assert bodies._short([first, second | {"issued_on": first["issued_on"]}], interface("en"))["b"] == ("Another", "en")

"""How documents stand to the instruments that they name."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.model import Row
from pipeline.link.titles import title_key
from tests.link.corpora import Reading, document, tables

OLD = document(
    "old", "2011-05-01", titles={"en": "Harbour Plan 2011-2015", "zh": "2011—2015年海港规划"}, document_number="海发〔2011〕5号"
)
NEW = document("new", "2016-05-01")


def relations(*readings: Reading, documents: Any = (OLD, NEW)) -> list[Row]:
    return tables(documents, *readings)["document_relations"]


def only(reading: Reading) -> tuple[str, str | None]:
    (row,) = relations(reading)
    assert row["quote"] in reading.source
    return row["relation"], row["to_document_id"]


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("本规划是对《海港规划》的调整和发展。", "adjusts"),
        ("本办法自发布之日起施行，《海港规划》同时废止。", "supersedes"),
        ("根据《海港规划》，制定本办法。", "based_on"),
        ("为贯彻落实《海港规划》，现就有关工作通知如下。", "implements"),
        ("在《海港规划》的基础上扩大范围。", "builds_on"),
        ("《海港规划》提出了要求。", "cites"),
    ],
)
def test_the_words_around_a_name_tell_the_relation(words: str, relation: str) -> None:
    reading = Reading("new", "zh", [words]).instrument("海港规划", instrument_type="plan")
    assert only(reading) == (relation, None)


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("This plan is an adjustment and extension of the “Harbour Plan 2011-2015”.", "adjusts"),
        ("This plan replaces the Harbour Plan 2011-2015.", "supersedes"),
        ("Pursuant to the Harbour Plan 2011-2015, these measures are formulated.", "based_on"),
        ("All ports implement the Harbour Plan 2011-2015.", "implements"),
        ("This plan builds on the Harbour Plan 2011-2015.", "builds_on"),
        ("The Harbour Plan 2011-2015 was adopted.", "cites"),
    ],
)
def test_a_document_of_the_corpus_is_linked_by_its_title(words: str, relation: str) -> None:
    reading = Reading("new", "en", [words]).instrument("Harbour Plan 2011-2015", instrument_type="plan")
    assert only(reading) == (relation, "old")


def test_titles_are_equal_whatever_the_issuer_and_the_place_of_the_years() -> None:
    assert title_key("海港规划（2011－2015年）", "zh") == title_key("2011—2015年海港规划", "zh")
    assert title_key("国务院关于加快海港建设的意见", "zh") == title_key("关于加快海港建设的意见", "zh")
    assert title_key("The 2011–2015 Harbour Plan", "en") == title_key("Harbour Plan 2011-2015", "en")
    assert title_key("Harbour Plan 2016-2020", "en") != title_key("Harbour Plan 2011-2015", "en")


def test_the_number_behind_a_name_tells_the_document() -> None:
    ours = Reading("new", "zh", ["落实《关于印发海港规划的通知》（海发[2011]5号）。"]).instrument(
        "关于印发海港规划的通知", instrument_type="policy"
    )
    assert only(ours) == ("implements", "old")
    other = Reading("new", "zh", ["落实《2011—2015年海港规划》（海发〔2010〕9号）。"]).instrument(
        "2011—2015年海港规划", instrument_type="plan"
    )
    assert only(other) == ("implements", None)


def test_a_document_has_no_relation_to_itself() -> None:
    assert relations(Reading("old", "en", ["The Harbour Plan 2011-2015 is a plan."]).instrument("Harbour Plan 2011-2015")) == []


def test_what_is_no_document_is_not_in_the_graph() -> None:
    reading = Reading("new", "en", ["The Sea Forum met. The Lamp Programme goes on. Implement the Lamp Scheme."])
    reading.instrument("Sea Forum", instrument_type="conference").instrument("Lamp Programme", instrument_type="programme")
    reading.instrument("Lamp Scheme", instrument_type="programme")
    assert [row["relation"] for row in relations(reading)] == ["implements"]


def test_a_law_to_be_made_is_listed_once_with_who_makes_it() -> None:
    reading = Reading("new", "zh", ["研究制定海岛法。", "由渔业部牵头，灯塔局参与，制定海岛法，完善灯塔条例；支持渔民合作社。"])
    reading.instrument("海岛法", "to_study").instrument("灯塔条例", "to_revise")
    reading.found["instrument_mentions"].append(_later(reading, "海岛法", "to_formulate"))
    reading.body("渔业部", "lead").body("灯塔局", "participant").body("渔民合作社", "implementer")
    found = tables([NEW], reading)
    names = {row["body_id"]: row["name_zh"] for row in found["bodies"]}
    instruments = {row["instrument_id"]: row["name_zh"] for row in found["instruments"]}
    told = {(instruments[row["instrument_id"]], row["relation"], names[row["body_id"]]) for row in found["document_relations"]}
    assert told == {("海岛法", "to_formulate", "渔业部"), ("灯塔条例", "to_revise", "渔业部")}


def _later(reading: Reading, quote: str, status: str) -> Any:
    """A second mention of the same name."""
    start = reading.source.rindex(quote)
    other = Reading("new", "zh", [reading.source.replace("\n", " ")]).instrument(quote, status)
    mention = other.found["instrument_mentions"][0]
    return type(mention)(
        **{name: getattr(mention, name) for name in mention.__struct_fields__}
        | {"char_start": start, "char_end": start + len(quote)}
    )


@pytest.mark.parametrize(
    ("words", "maker"),
    [
        ("制定海岛法（渔业部负责）。", "渔业部"),
        ("渔业部、灯塔局要制定海岛法。", "渔业部"),
        ("灯塔局管好灯塔，渔业部制定海岛法。", "渔业部"),
        ("制定海岛法，支持渔业部开展工作。", None),
        ("渔业部做好宣传；制定海岛法。", None),
    ],
)
def test_the_maker_is_who_stands_before_or_in_a_bracket(words: str, maker: str | None) -> None:
    reading = Reading("new", "zh", [words]).instrument("海岛法", "to_formulate")
    for name in ("渔业部", "灯塔局"):
        if name in words:
            reading.body(name, "implementer")
    found = tables([NEW], reading)
    names: dict[str | None, str | None] = {row["body_id"]: row["name_zh"] for row in found["bodies"]}
    (row,) = found["document_relations"]
    assert names.get(row["body_id"]) == maker


def test_a_bare_name_counts_only_where_nothing_else_is_said() -> None:
    reading = Reading("new", "en", ["The Sea Act matters.", "Implement the Sea Act."]).instrument("Sea Act")
    start = reading.source.rindex("Sea Act")
    mention = reading.found["instrument_mentions"][0]
    values = {name: getattr(mention, name) for name in mention.__struct_fields__}
    reading.found["instrument_mentions"].append(type(mention)(**values | {"char_start": start, "char_end": start + 7}))
    assert [row["relation"] for row in relations(reading)] == ["implements"]


def test_the_original_lends_the_passage() -> None:
    zh = Reading("new", "zh", ["本规划是对《2011—2015年海港规划》的调整。"]).instrument(
        "2011—2015年海港规划", instrument_type="plan"
    )
    en = Reading("new", "en", ["This plan is an adjustment of the Harbour Plan 2011-2015."], "human_translation")
    en.instrument("Harbour Plan 2011-2015", instrument_type="plan")
    (row,) = relations(en, zh)
    assert (row["text_id"], row["to_document_id"], row["section_number"]) == ("new.zh", "old", "s1")


def test_a_translation_does_not_change_what_the_original_says() -> None:
    zh = Reading("new", "zh", ["研究制定密码法。"]).instrument("密码法", "to_study", instrument_id="cn-cryptography-law")
    en = Reading("new", "en", ["Formulate the Cryptography Law."], "human_translation")
    en.instrument("Cryptography Law", "to_formulate", instrument_id="cn-cryptography-law")
    assert [row["relation"] for row in relations(en, zh)] == ["to_study"]

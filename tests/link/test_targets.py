"""Which indicator a target measures."""

from __future__ import annotations

import pytest

from pipeline.core.language import language_codes, load_language
from pipeline.link.codes import codelist
from pipeline.link.indicators import named
from pipeline.link.wordings import base_unit_of, dimension, fits, is_generic, longest_name_in, named_indicators, normal
from tests.link.corpora import Reading, document, kinds, tables

A, B = document("a", "2011-01-01"), document("b", "2016-01-01")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("全国森林覆盖率", "森林覆盖率", "zh"),
        ("森林覆盖率（%）", "森林覆盖率", "zh"),
        ("网民数量", "网民", "zh"),
        ("ＧＤＰ", "gdp", "zh"),
        ("the number of bee-keepers", "Bee keepers", "en"),
        ("nationwide forest cover", "forest cover", "en"),
        ("e‑commerce turnover", "E-commerce  turnover", "en"),
    ],
)
def test_what_only_places_or_counts_is_no_part_of_a_name(one: str, other: str, language: str) -> None:
    assert normal(one, language) == normal(other, language)


@pytest.mark.parametrize(("one", "other"), [("城市森林覆盖率", "森林覆盖率"), ("森林覆盖率增幅", "森林覆盖率")])
def test_what_narrows_or_turns_a_name_is_a_part_of_it(one: str, other: str) -> None:
    assert normal(one, "zh") != normal(other, "zh")


def test_general_words_tell_no_indicator() -> None:
    assert is_generic("覆盖率", "zh")
    assert is_generic("number", "en")
    assert is_generic("total cost", "en")
    assert not is_generic("港口覆盖率", "zh")
    assert not is_generic(normal("GDP", "en"), "en")  # names.csv has it


def test_dimensions_come_from_units_where_the_value_is_a_level() -> None:
    assert dimension("level", "Gbit/s", "bit/s") == dimension("level", "Tbit/s", "bit/s")
    assert dimension("level", "%", "%") == dimension("increase", "percentage point", "percentage point") == "ratio"
    assert dimension("level", "per 1,000 births", "per 1,000 births") == "ratio"
    assert dimension("decrease", "%", "%") is None
    assert dimension("multiple", "times", "times") is None
    assert dimension("all", None, None) is None


@pytest.mark.parametrize(("language", "wording"), [("en", "R&D expenditure"), ("zh", "研发经费投入")])
def test_a_name_of_a_share_and_of_an_amount_is_told_by_the_unit(language: str, wording: str) -> None:
    key = [(language, normal(wording, language))]
    assert named(key, "ratio") == "rd-intensity"
    assert named(key, "money") == "rd-expenditure"
    assert named(key, None) == "rd-expenditure"  # growth in per cent


def test_a_name_is_used_where_the_unit_fits() -> None:
    words = ["到2030年，森林覆盖率达到25%，森林覆盖率为3万公顷，单位国内生产总值能耗降低12%。"]
    reading = Reading("a", "zh", words)
    reading.target("达到25%", "森林覆盖率", 25, "%").target("3万公顷", "森林覆盖率", 30000, "ha")
    reading.target("降低12%", "单位国内生产总值能耗", 12, "%", measure="decrease")
    found = [row["indicator_id"] for row in tables([A], reading)["targets"]]
    assert (found[0], found[2]) == ("forest-coverage", "energy-intensity")
    assert found[1].startswith("indicator-")


def test_a_wording_that_says_more_than_a_name_is_kept_apart_and_told() -> None:
    reading = Reading("a", "zh", ["到2030年，山区森林覆盖率达到25%。"]).target("达到25%", "山区森林覆盖率", 25, "%")
    found = tables([A], reading)
    assert found["targets"][0]["indicator_id"].startswith("indicator-")
    assert kinds(found) == ["uncertain_indicator"]


def test_equal_wordings_of_one_dimension_are_one_indicator_across_documents() -> None:
    one = Reading("a", "zh", ["到2015年，灯塔亮灯率达到80%。"]).target("达到80%", "灯塔亮灯率", 80, "%", 2015)
    other = Reading("b", "zh", ["到2020年，全国灯塔亮灯率达到90%，灯塔亮灯率3座。"])
    other.target("达到90%", "全国灯塔亮灯率", 90, "%", 2020).target("3座", "灯塔亮灯率", 3, "item", 2020)
    found = tables([A, B], one, other)
    first, second, third = found["targets"]
    assert first["indicator_id"] == second["indicator_id"] != third["indicator_id"]
    (row,) = [row for row in found["indicators"] if row["indicator_id"] == first["indicator_id"]]
    assert (row["name_zh"], row["unit"], row.get("definition")) == ("灯塔亮灯率", "%", None)


def test_a_change_joins_the_indicator_whose_level_has_the_same_wording() -> None:
    reading = Reading("a", "zh", ["到2030年，灯塔数降到3万座，灯塔数减少10%。"])
    reading.target("3万座", "灯塔座数", 30000, "item").target("减少10%", "灯塔座数", 10, "%", measure="decrease")
    one, other = tables([A], reading)["targets"]
    assert one["indicator_id"] == other["indicator_id"]


def test_versions_of_a_document_show_what_a_wording_of_the_translation_means() -> None:
    zh = Reading("a", "zh", ["到2015年，灯塔亮灯率达到80%。"]).target("达到80%", "灯塔亮灯率", 80, "%", 2015)
    en = Reading("a", "en", ["By 2015, the share of lit lighthouses is to reach 80%."], "human_translation")
    en.target("reach 80%", "share of lit lighthouses", 80, "%", 2015)
    alone = Reading("b", "en", ["By 2020, the share of lit lighthouses is to reach 90%."])
    alone.target("reach 90%", "the share of lit lighthouses", 90, "%", 2020)
    found = tables([A, B], zh, en, alone)
    assert len({row["indicator_id"] for row in found["targets"]}) == 1
    (row,) = found["indicators"]
    assert (row["name_zh"], row["name_en"]) == ("灯塔亮灯率", "share of lit lighthouses")


def test_a_wording_that_translates_two_indicators_joins_neither() -> None:
    lines = ["到2015年，灯塔亮灯率达到80%。到2016年，浮标亮灯率达到70%。"]
    zh = Reading("a", "zh", lines).target("达到80%", "灯塔亮灯率", 80, "%", 2015).target("达到70%", "浮标亮灯率", 70, "%", 2016)
    en = Reading("a", "en", ["By 2015, share of lights is 80%. By 2016, share of lights is 70%."], "human_translation")
    en.target("80%", "share of lights", 80, "%", 2015).target("70%", "share of lights", 70, "%", 2016)
    alone = Reading("b", "en", ["By 2020, share of lights is 90%."]).target("90%", "share of lights", 90, "%", 2020)
    found = tables([A, B], zh, en, alone)
    assert len({row["indicator_id"] for row in found["targets"]}) == 3
    assert "uncertain_indicator" in kinds(found)


def test_general_and_undated_wordings_make_no_indicator() -> None:
    reading = Reading("a", "zh", ["到2030年，比例达到25%，验收20天。"])
    reading.target("达到25%", "比例", 25, "%").target("20天", "灯塔验收时限", 20, "day", None)
    found = tables([A], reading)
    assert [row["indicator_id"] for row in found["targets"]] == [None, None]
    assert found["indicators"] == []
    assert kinds(found) == ["unknown_indicator", "unknown_indicator"]


def test_ids_do_not_depend_on_other_documents() -> None:
    one = Reading("a", "zh", ["到2015年，灯塔亮灯率达到80%。"]).target("达到80%", "灯塔亮灯率", 80, "%", 2015)
    other = Reading("b", "zh", ["到2020年，浮标亮灯率达到90%。"]).target("达到90%", "浮标亮灯率", 90, "%", 2020)
    alone, both = tables([A], one)["targets"][0], tables([A, B], one, other)["targets"][0]
    assert alone["indicator_id"] == both["indicator_id"]


def test_the_longest_name_that_a_wording_holds_is_found_as_whole_words() -> None:
    assert longest_name_in(normal("山区森林覆盖率", "zh"), "zh") == "森林覆盖率"
    assert longest_name_in("upland forest cover", "en") == "forest cover"
    assert longest_name_in("discover", "en") is None


# The vocabulary


@pytest.mark.parametrize("language", language_codes())
def test_every_name_of_an_indicator_is_of_the_codelist(language: str) -> None:
    codes = {name.id for name in load_language(language).names if name.kind == "indicator"}
    assert codes <= codelist("indicators").keys()


def test_every_indicator_has_a_name_a_definition_and_a_source() -> None:
    named = {name.id for code in language_codes() for name in load_language(code).names if name.kind == "indicator"}
    assert sorted(codelist("indicators").keys() - named) == []
    assert [code for code, row in codelist("indicators").items() if not row["definition"] or not row["source"]] == []


@pytest.mark.parametrize("language", language_codes())
def test_a_name_means_one_indicator_in_one_dimension(language: str) -> None:
    units = {code: row["unit"] for code, row in codelist("indicators").items()}
    clashes = [
        (key, one, other)
        for key, codes in named_indicators(language).items()
        for one in codes
        for other in codes
        if one < other and fits(units[one], dimension("level", units[other], base_unit_of(units[other])))
    ]
    assert clashes == []

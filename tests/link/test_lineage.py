"""How targets and goals of one indicator follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.language import load_language
from pipeline.core.model import Row
from pipeline.core.paths import RAW
from pipeline.extract import extract_text
from pipeline.link import Corpus, link
from pipeline.outline import outline_document
from pipeline.source import check_raw, read_document, read_folder
from tests.link.corpora import Reading, document, kinds, tables

EARLY, LATE = document("a-early", "2011-05-01"), document("b-late", "2016-05-01")
Stated = tuple[float, str, int]
"""Value, unit, year."""


def reading(document_id: str, *stated: Stated, **values: Any) -> Reading:
    """A text that sets forest coverage, or what `indicator` says, to values."""
    indicator = values.pop("indicator", "forest coverage")
    lines = [
        f"By {year}, {indicator} is to reach {value:g} {unit} ({index})." for index, (value, unit, year) in enumerate(stated)
    ]
    found = Reading(document_id, "en", lines)
    for index, (value, unit, year) in enumerate(stated):
        found.target(f"{value:g} {unit} ({index})", indicator, value, unit, year, **values)
    return found


def followed(first: list[Stated], then: list[Stated], **values: Any) -> list[tuple[str, float | None, float | None]]:
    """(relation, ratio, ratio per year) of an early and a late document."""
    found = tables([EARLY, LATE], reading("a-early", *first, **values), reading("b-late", *then, **values))
    return [(row["relation"], row["ratio"], row["ratio_per_year"]) for row in in_order(found)]


def in_order(found: dict[str, list[Row]]) -> list[Row]:
    years = {row["target_id"]: row["deadline_year"] for row in found["targets"]}
    return sorted(
        found["target_lineage"], key=lambda row: (years.get(row["from_target_id"], 0), years.get(row["to_target_id"], 0))
    )


def test_a_higher_number_for_a_later_year_is_raised() -> None:
    assert followed([(20, "%", 2015)], [(25, "%", 2020)]) == [("raised", 1.25, round(1.25 ** (1 / 5), 6))]


def test_a_lower_number_is_lowered_and_no_judgement() -> None:
    assert followed([(20, "%", 2015)], [(10, "%", 2016)], indicator="unemployment rate") == [("lowered", 0.5, 0.5)]


def test_the_same_number_for_the_same_year_is_restated() -> None:
    assert followed([(20, "%", 2020)], [(20, "%", 2020)]) == [("restated", 1.0, None)]


def test_another_number_for_the_same_year_has_no_ratio_per_year() -> None:
    assert followed([(20, "%", 2020)], [(25, "%", 2020)]) == [("raised", 1.25, None)]


def test_the_same_level_for_a_later_year_is_postponed_by_a_later_document_and_kept_by_the_same() -> None:
    assert followed([(20, "%", 2015)], [(20, "%", 2020)]) == [("postponed", 1.0, 1.0)]
    assert followed([(20, "%", 2015), (20, "%", 2020)], []) == [("continued", 1.0, 1.0)]


def test_the_same_change_over_another_period_is_not_postponed() -> None:
    assert followed([(10, "%", 2015)], [(10, "%", 2020)], measure="decrease")[0][0] == "continued"


def test_the_same_level_for_an_earlier_year_is_not_postponed() -> None:
    """By deadline the later document's target comes first."""
    assert followed([(20, "%", 2020)], [(20, "%", 2018)])[0][0] == "continued"


def test_a_series_runs_within_a_document_and_on_to_the_next() -> None:
    chain = followed([(10, "%", 2012), (20, "%", 2015)], [(20, "%", 2018), (30, "%", 2020), (25, "%", 2025)])
    assert [relation for relation, *_ in chain] == ["raised", "postponed", "raised", "lowered"]


def test_units_of_one_dimension_are_converted() -> None:
    found = followed([(500, "Gbit/s", 2015)], [(2, "Tbit/s", 2020)], indicator="international bandwidth")
    assert found == [("raised", 4.0, round(4 ** (1 / 5), 6))]


def test_other_currencies_and_other_counted_things_are_not_compared() -> None:
    assert followed([(5, "CNY", 2015)], [(9, "USD", 2020)], indicator="e-commerce turnover") == [("continued", None, None)]
    assert followed([(5, "household", 2015)], [(9, "person", 2020)], indicator="lit lighthouses") == [("continued", None, None)]


def test_a_least_and_a_most_are_not_compared() -> None:
    first = reading("a-early", (20, "%", 2015), comparator="ge")
    then = reading("b-late", (25, "%", 2020), comparator="le")
    (row,) = tables([EARLY, LATE], first, then)["target_lineage"]
    assert (row["relation"], row["ratio"]) == ("continued", None)


@pytest.mark.parametrize(
    ("ends", "relation", "ratio"),
    [((20, 30), "restated", 1.0), ((22, 30), "raised", 1.04), ((18, 28), "lowered", 0.92), ((22, 28), "continued", 1.0)],
)
def test_ranges_are_compared_by_both_ends(ends: tuple[float, float], relation: str, ratio: float) -> None:
    first = reading("a-early", (20, "%", 2020), value_high=30.0, comparator="between")
    then = reading("b-late", (ends[0], "%", 2020), value_high=float(ends[1]), comparator="between")
    (row,) = tables([EARLY, LATE], first, then)["target_lineage"]
    assert (row["relation"], row["ratio"]) == (relation, ratio)


def test_a_level_and_a_change_go_on_without_a_comparison() -> None:
    first, then = reading("a-early", (20, "%", 2015)), reading("b-late", (3, "percentage point", 2020), measure="increase")
    (row,) = tables([EARLY, LATE], first, then)["target_lineage"]
    assert (row["relation"], row["ratio"]) == ("continued", None)


def test_a_change_of_each_year_is_not_compared_with_one_of_all_years() -> None:
    lines = ["By 2015, GDP grows by 7% a year."], ["By 2020, GDP grows by 40%."]
    first = Reading("a-early", "en", lines[0]).target("7%", "GDP", 7, "%", 2015, measure="increase")
    then = Reading("b-late", "en", lines[1]).target("40%", "GDP", 40, "%", 2020, measure="increase")
    (row,) = tables([EARLY, LATE], first, then)["target_lineage"]
    assert (row["relation"], row["ratio"]) == ("continued", None)


def test_parallel_values_of_one_document_are_no_series_and_told() -> None:
    found = tables([EARLY], reading("a-early", (20, "%", 2015), (30, "%", 2020), (35, "%", 2020)))
    assert found["target_lineage"] == []
    assert kinds(found) == ["uncertain_series"]


def test_documents_of_one_year_without_dates_are_not_ordered() -> None:
    found = tables([document("a"), document("b")], reading("a", (20, "%", 2020)), reading("b", (30, "%", 2020)))
    assert found["target_lineage"] == []
    assert kinds(found) == ["uncertain_series"]


def test_targets_without_a_year_are_in_no_series() -> None:
    first = Reading("a-early", "en", ["Forest coverage is 20%."]).target("20%", "Forest coverage", 20, "%", None)
    assert tables([EARLY, LATE], first, reading("b-late", (30, "%", 2020)))["target_lineage"] == []


# Jurisdictions


def test_documents_of_other_countries_are_not_compared() -> None:
    other = document("b-late", "2016-05-01", jurisdiction="YY")
    assert tables([EARLY, other], reading("a-early", (20, "%", 2015)), reading("b-late", (30, "%", 2020)))["target_lineage"] == []


def test_a_document_whose_jurisdiction_is_not_known_is_told() -> None:
    unknown = document("b-late", "2016-05-01", jurisdiction=None)
    found = tables([EARLY, unknown], reading("a-early", (20, "%", 2015)), reading("b-late", (30, "%", 2020)))
    assert found["target_lineage"] == []
    assert kinds(found) == ["unknown_jurisdiction"]


def test_a_common_issuer_or_a_predecessor_tells_the_jurisdiction() -> None:
    unknown = document("b-late", "2016-05-01", jurisdiction=None)
    first = Reading("a-early", "en", ["World Bank. By 2015, forest cover is 20%."]).target("20%", "forest cover", 20, "%", 2015)
    then = Reading("b-late", "en", ["World Bank. By 2020, forest cover is 30%."]).target("30%", "forest cover", 30, "%", 2020)
    for each in (first, then):
        each.body("World Bank", "issuer", "world-bank")
    assert len(tables([EARLY, unknown], first, then)["target_lineage"]) == 1
    successor = document("b-late", "2016-05-01", jurisdiction=None, predecessor_id="a-early")
    assert (
        len(tables([EARLY, successor], reading("a-early", (20, "%", 2015)), reading("b-late", (30, "%", 2020)))["target_lineage"])
        == 1
    )


# Goals without a number


def test_goals_that_name_an_indicator_go_on() -> None:
    first = Reading("a-early", "en", ["By 2015, forest coverage is to rise."]).goal("By 2015, forest coverage is to rise", 2015)
    then = Reading("b-late", "en", ["By 2020, forest coverage will be among the best."])
    then.goal("By 2020, forest coverage will be among the best", 2020)
    (row,) = (found := tables([EARLY, LATE], first, then))["target_lineage"]
    assert (row["relation"], row["indicator_id"], row["from_target_id"], row["to_target_id"]) == (
        "continued",
        "forest-coverage",
        None,
        None,
    )
    assert [row["from_objective_id"], row["to_objective_id"]] == [goal["objective_id"] for goal in found["objectives"]]


def test_a_target_goes_on_as_a_goal_in_words_and_its_numbers_stay_linked() -> None:
    first = reading("a-early", (20, "%", 2015))
    then = Reading("b-late", "en", ["By 2020, forest coverage is to rise. By 2025, forest cover is 30%."])
    then.goal("By 2020, forest coverage is to rise", 2020).target("30%", "forest cover", 30, "%", 2025)
    rows = tables([EARLY, LATE], first, then)["target_lineage"]
    assert sorted(row["relation"] for row in rows) == ["continued", "raised"]


def test_a_goal_that_narrows_an_indicator_does_not_name_it() -> None:
    first = reading("a-early", (20, "%", 2015))
    then = Reading("b-late", "en", ["By 2020, upland forest coverage is to rise."]).goal(
        "By 2020, upland forest coverage is to rise", 2020
    )
    assert tables([EARLY, LATE], first, then)["target_lineage"] == []


def test_names_with_a_gap_are_found_in_lists() -> None:
    first = Reading("a-early", "zh", ["到2015年，3G网络覆盖全部乡镇。"]).goal("到2015年，3G网络覆盖全部乡镇", 2015)
    then = Reading("b-late", "zh", ["到2020年，3G、4G网络全面覆盖城乡。"]).goal("到2020年，3G、4G网络全面覆盖城乡", 2020)
    (row,) = tables([EARLY, LATE], first, then)["target_lineage"]
    assert (row["relation"], row["indicator_id"]) == ("continued", "3g-coverage")


def test_goals_about_the_same_thing_go_on_and_others_make_no_indicator() -> None:
    first = Reading("a-early", "zh", ["到2015年，渔港管理体系初步建立，渔民生活明显改善。"])
    first.goal("到2015年，渔港管理体系初步建立", 2015).goal("渔民生活明显改善", 2015)
    then = Reading("b-late", "zh", ["到2020年，渔港管理体系更加完善。"]).goal("到2020年，渔港管理体系更加完善", 2020)
    found = tables([EARLY, LATE], first, then)
    assert [row["relation"] for row in found["target_lineage"]] == ["continued"]
    assert [row["name_zh"] for row in found["indicators"]] == ["渔港管理体系"]


# Documents that take the place of others


def replacing(words: str) -> dict[str, list[Row]]:
    late = document("b-late", "2016-05-01", predecessor_id="a-early")
    then = Reading("b-late", "en", [f"By 2020, life expectancy is 80 years. {words}"])
    then.target("80 years", "life expectancy", 80, "year", 2020)
    return tables([EARLY, late], reading("a-early", (20, "%", 2015), (25, "%", 2018)), then)


def test_what_the_successor_does_not_set_is_dropped() -> None:
    found = replacing("Rivers are clean.")
    (row,) = [row for row in found["target_lineage"] if row["relation"] == "dropped"]
    last = next(target for target in found["targets"] if target["deadline_year"] == 2018)
    assert (row["from_target_id"], row["to_target_id"], row["to_document_id"]) == (last["target_id"], None, "b-late")


def test_what_the_successor_names_without_a_target_is_not_dropped() -> None:
    assert "dropped" not in {row["relation"] for row in replacing("Forest coverage has risen.")["target_lineage"]}


def test_only_a_successor_drops() -> None:
    then = Reading("b-late", "en", ["By 2020, life expectancy is 80 years."]).target(
        "80 years", "life expectancy", 80, "year", 2020
    )
    assert tables([EARLY, LATE], reading("a-early", (20, "%", 2015)), then)["target_lineage"] == []


# Whatever the corpus


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.integers(2018, 2022), st.sampled_from(["level", "increase"])),
        max_size=9,
        unique_by=lambda stated: (stated[0], *stated[2:]),
    )
)
def test_lineage_is_a_forest_in_the_order_of_deadlines_and_dates(stated: list[tuple[str, int, int, str]]) -> None:
    documents = [document(name, f"201{index}-01-01") for index, name in enumerate("abc", 5)]
    readings = []
    for name in "abc":
        own = [(index, *each[1:]) for index, each in enumerate(stated) if each[0] == name]
        text = Reading(
            name, "en", [f"({index}) forest coverage {value}% by {year}." for index, value, year, _ in own] or ["Nothing."]
        )
        for index, value, year, measure in own:
            text.target(f"({index}) forest coverage {value}%", "forest coverage", value, "%", year, measure=measure)
        readings.append(text)
    found = tables(documents, *readings)
    place = {row["target_id"]: (row["deadline_year"], row["document_id"]) for row in found["targets"]}
    ends = [(row["from_target_id"], row["to_target_id"]) for row in found["target_lineage"]]
    assert all(place[before] < place[after] for before, after in ends)
    assert len({after for _, after in ends}) == len(ends)
    assert found == tables(documents, *readings)


# The project's own texts


@pytest.fixture(scope="module")
def project() -> dict[str, list[Row]]:
    """The rows of the texts in raw/."""
    read = [read_document(*read_folder(folder)) for folder in check_raw(RAW)]
    outlines = [outline for each in read for outline in outline_document(each.texts)[0]]
    decoded = {source_id: text for each in read for source_id, text in each.decoded.items()}
    documents = {each.document.document_id: each.document for each in read}
    extractions = [
        extract_text(o, load_language(o.text.language), decoded[o.text.source_id], documents[o.text.document_id].issued_on)
        for o in outlines
    ]
    sources = tuple(source for each in read for source in each.sources)
    return link(Corpus(tuple(documents.values()), sources, tuple(outlines), tuple(extractions), (), decoded, ("en", "zh")))


def series(found: dict[str, list[Row]], indicator_id: str) -> Iterator[tuple[int, float, str, int, float]]:
    targets = {row["target_id"]: row for row in found["targets"]}
    for row in found["target_lineage"]:
        if row["indicator_id"] == indicator_id:
            before, after = targets[row["from_target_id"]], targets[row["to_target_id"]]
            yield before["deadline_year"], before["base_value"], row["relation"], after["deadline_year"], after["base_value"]


def test_e_commerce_and_bandwidth_rise_from_document_to_document(project: dict[str, list[Row]]) -> None:
    assert sorted(series(project, "e-commerce-turnover")) == [
        (2015, 18e12, "raised", 2020, 38e12),
        (2020, 38e12, "raised", 2025, 67e12),
    ]
    assert sorted(series(project, "international-internet-bandwidth")) == [
        (2015, 6.5e12, "raised", 2020, 20e12),
        (2020, 20e12, "raised", 2025, 48e12),
    ]


def test_coverage_goes_on_without_a_number(project: dict[str, list[Row]]) -> None:
    horizons = {row["objective_id"]: row["horizon_year"] for row in project["objectives"]}
    (row,) = [row for row in project["target_lineage"] if row["indicator_id"] == "3g-coverage"]
    assert (horizons[row["from_objective_id"]], row["relation"], horizons[row["to_objective_id"]]) == (2015, "continued", 2020)

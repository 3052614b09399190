"""Numbers as two languages write them: what is stated, what may be meant, what differs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.core.model import Sentence
from pipeline.link.discrepancies.figures import figures, fold, reader
from pipeline.link.discrepancies.model import Finding, Pair, Passage, Sides

SIDES = Sides("the original", "the translation")


def passage(text: str, language: str) -> Passage:
    return Passage(language, [Sentence("s", "doc.x", "doc.x:s1", 0, "sentence", 0, text, ((0, 0),))], 0)


def compare(zh: str, en: str, around_zh: str = "", around_en: str = "") -> list[Finding]:
    return list(figures(Pair(passage(zh, "zh"), passage(en, "en"), around_zh, around_en), SIDES))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "到2030年增长12.5%", [("year", 2030), ("number", Decimal("12.5"))]),
        ("zh", "惠及3400多万人", [("number", 34_000_000)]),
        ("zh", "党的二十届三中全会", [("ordinal", 20), ("ordinal", 3)]),
        ("zh", "“十四五”期间", [("period", 14)]),
        ("zh", "第十五个五年规划", [("period", 15)]),
        ("zh", "第5代移动通信（5G）、PM2.5和IPv6", [("ordinal", 5)]),
        ("zh", "二〇二四年建成三百五十个站点", [("year", 2024), ("number", 350)]),
        ("zh", "一大批、三个层次、其中", []),
        ("en", "By 2030, 12.5% of 1,200 schools", [("year", 2030), ("number", Decimal("12.5")), ("number", 1200)]),
        ("en", "the 20th Central Committee's Third Plenum", [("ordinal", 20), ("ordinal", 3)]),
        ("en", "the Fourteenth Five-Year Plan", [("period", 14)]),
        ("en", "twenty-five projects and three hundred million people", [("number", 25), ("number", 300_000_000)]),
        ("en", "COVID-19, 5G, PM2.5 and open 24/7", []),
        ("en", "3.5 million tons and 18 trillion yuan", [("number", 3_500_000), ("number", 18 * 10**12)]),
    ],
)
def test_figures_that_a_text_states(language: str, text: str, expected: list[tuple[str, Decimal]]) -> None:
    assert [(each.reads, each.value) for each in reader(language).stated(text)] == expected


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("两个中心", "two centres"),
        ("占一半", "50 percent"),
        ("增长一倍", "doubled"),
        ("2024年6月", "June 2024"),
        ("18万亿元", "18 trillion yuan"),
        ("三分之一，共120个", "one third, 120 in all"),
        ("20世纪90年代", "the 1990s, in the 20th century"),
        ("今年完成", "Completed in 2025"),
        ("第三方机构", "third parties"),
        ("到2020年、2025年", "By 2020 and 2025"),
    ],
)
def test_the_same_in_other_words_is_no_difference(zh: str, en: str) -> None:
    assert [each for each in compare(zh, en) if each.confidence >= 0.5] == []


def test_a_number_that_moved_to_the_next_sentence_is_no_difference() -> None:
    assert compare("新增就业1267万人。", "Jobs were created.", around_en="There were 12.67 million of them.") == []


def test_a_figure_that_both_texts_have_elsewhere_is_told_by_how_often_they_have_it() -> None:
    (found,) = compare(
        "落实十九大以来的部署和十九届四中全会精神", "Carry out the 18th Congress and the 4th Plenum of the 19th Congress"
    )
    assert (found.kind, found.a, found.b) == ("ordinal", (2, 5), (14, 27))
    assert found.message == "The translation says “18th Congress”, the original “十九大” (19)."


def test_a_number_that_one_text_has_alone_is_told_where_it_stands() -> None:
    (found,) = compare("建设460个站点。", "Build stations.")
    assert (found.kind, found.a) == ("number", (2, 5))
    assert found.b[0] == found.b[1]


def test_folding_keeps_offsets_and_full_width_stops() -> None:
    assert fold("２０３０年，ＩＰｖ６") == "2030年，IPv6"

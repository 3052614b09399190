"""Times: explicit, inherited, relative to the year of issue, and those that are no deadline."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.extract.deadlines import Deadlines, find_deadlines
from tests.builders import build_outline
from tests.extract.quantity_helpers import outline_of


def times(language: str, *lines: str | tuple[str, str], issued: int | None = 2016) -> tuple[Deadlines, int]:
    """The deadlines of some lines, and the index of the first of them."""
    outline, _ = outline_of(language, lines, issued)
    return find_deadlines(outline, load_language(language)), len(outline.sentences) - len(lines)


EXPLICIT = [
    ("zh", "到2020年，覆盖率达到90%。", "覆盖率", 2020),
    ("zh", "到“十二五”末，覆盖率达到90%。", "覆盖率", 2015),
    ("zh", "“十四五”期间，覆盖率达到90%。", "覆盖率", 2025),
    ("zh", "到本世纪中叶，覆盖率达到90%。", "覆盖率", 2050),
    ("zh", "2018年底前，完成改造。", "完成", 2018),
    ("zh", "2016—2020年，完成改造。", "完成", 2020),
    ("zh", "二〇二〇年，完成改造。", "完成", 2020),
    ("zh", "力争用三年时间完成改造。", "完成", 2019),
    ("zh", "未来五年，完成改造。", "完成", 2021),
    ("zh", "到二〇二五年，用9年时间完成改造。", "完成", 2025),
    ("zh", "用九年时间，到2025年完成改造。", "完成", 2025),
    ("zh", "到2 0 2 5年，完成改造。", "完成", 2025),
    ("zh", "二 〇 二 五 年底前，完成改造。", "完成", 2025),
    ("zh", "明年完成改造。", "完成", 2017),
    ("en", "By 2020, coverage reaches 90%.", "coverage", 2020),
    ("en", "By the end of the “12th Five-Year Plan” period, coverage grows.", "coverage", 2015),
    ("en", "Coverage grows by the middle of this century.", "grows", 2050),
    ("en", "Coverage reaches 70% by 2025 and 90% by 2030.", "90%", 2030),
    ("en", "Coverage reaches 70% by 2025 and 90% by 2030.", "70%", 2025),
    ("en", "From 2021 to 2030, roads are built.", "roads", 2030),
    ("en", "Before 2025, roads are built.", "roads", 2025),
    ("en", "Within three years, roads are built.", "roads", 2019),
    ("en", "In the next five years, roads are built.", "roads", 2021),
    ("en", "Roads are built within five years, by 2030.", "Roads", 2030),
    ("en", "In 2005, roads were built.", "roads", 2005),
    ("en", "Roads are built by December 2030.", "Roads", 2030),
]


@pytest.mark.parametrize(("language", "text", "place", "year"), EXPLICIT)
def test_explicit(language: str, text: str, place: str, year: int) -> None:
    found, first = times(language, text)
    assert found.at(first, text.index(place))[::2] == (year, "explicit")


NONE = [
    ("zh", "落实《中国制造2025》行动。"),
    ("zh", "比2005年下降四成。"),
    ("zh", "2010年以来发展迅速。"),
    ("zh", "制定“2030计划”。"),
    ("en", "Support the 2030 Agenda."),
    ("en", "Compared with 1990, less is emitted."),
    ("en", "Roads have grown since 2010."),
    ("en", "“Made in China 2025” is a plan."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_no_deadline(language: str, text: str) -> None:
    found, first = times(language, text)
    assert found.at(first, len(text) - 2) == (None, None, "none")


def test_a_later_clause_inherits() -> None:
    text = "到2020年，道路全部建成，覆盖率达到90%；养护水平提高。"
    found, first = times("zh", text)
    assert found.at(first, text.index("道路"))[::2] == (2020, "explicit")
    assert found.at(first, text.index("覆盖"))[::2] == (2020, "inherited")
    assert found.at(first, text.index("养护"))[::2] == (2020, "inherited")


def test_later_sentences_inherit_until_another_time() -> None:
    found, first = times("en", "By 2020, roads are built.", "Schools are opened.", "By 2025, all is done.", "Trees are planted.")
    assert [found.at(first + index, 30)[0] for index in range(4)] == [2020, 2020, 2025, 2025]
    assert found.at(first + 1, 3)[2] == "inherited"


def test_a_list_inherits_from_its_head_and_a_section_from_its_heading() -> None:
    items = [f"项目{number}全面建成。" for number in "一二三四五六"]
    found, first = times("zh", "到2025年，主要目标是：", *items)
    assert {found.at(first + 1 + index, 0)[::2] for index in range(6)} == {(2025, "inherited")}
    found, first = times("zh", ("heading", "2030年远景目标"), *items)
    assert {found.at(first + 1 + index, 0)[::2] for index in range(6)} == {(2030, "inherited")}


def test_what_is_said_of_the_present_ends_it() -> None:
    found, first = times("zh", "到2020年，道路建成。", "目前，学校不足。", "仍需努力。")
    assert found.at(first + 2, 2) == (None, None, "none")


def test_a_time_is_not_carried_far() -> None:
    found, first = times("en", "By 2020, roads are built.", *["Trees are planted."] * 8)
    assert found.at(first + 1, 0)[0] == 2020
    assert found.at(first + 8, 0)[0] is None


def test_relative_without_year_of_issue() -> None:
    text = "Within three years, roads are built."
    found, first = times("en", text, issued=None)
    assert found.at(first, text.index("roads")) == (None, "Within three years", "explicit")


def test_shared_years() -> None:
    text = "到2018年、2020年，覆盖率分别达到50%和70%。"
    found, first = times("zh", text)
    mention, _ = found.mention_at(first, text.index("覆盖"))
    assert mention is not None
    assert mention.years == (2018, 2020)


@pytest.mark.parametrize(
    ("language", "line", "year"),
    [
        ("zh", "二〇一二年六月二十八日", 2012), ("zh", "国发〔2015〕40号", 2015), ("zh", "全民健身计划（2016—2020年）", 2016),
        ("en", "28 June 2012", 2012), ("en", "June 28, 2012", 2012), ("en", "Digital Strategy 2014-2020", 2014), ("en", "A strategy", None),
    ],
)  # fmt: skip
def test_year_of_issue(language: str, line: str, year: int | None) -> None:
    assert times(language, line, issued=None)[0].issued == year


def test_an_undated_text_is_of_the_year_that_its_heading_names() -> None:
    lines = [
        ("s3", "# 2031年重点任务"),
        ("s3", "今年新建桥梁20座。"),
        ("s3", "明年再建5座。"),
        ("s3.1", "# 道路"),
        ("s3.1", "全年修路300公里。"),
    ]
    deadlines = find_deadlines(build_outline(lines, "zh")[0], load_language("zh"))
    assert deadlines.issued == 2031
    assert [deadlines.at(index, 2)[0] for index in (1, 2, 4)] == [2031, 2032, 2031]


def test_a_heading_dates_its_sections_after_prose_and_after_other_times() -> None:
    lines = [("s1", "# Works in 2031"), ("s1", "Roads are built."), ("s1.1", "# Bridges"), ("s1.1", "By 2040, more will follow.")]
    lines += [("s1.1", "Boats are painted.")] * 5
    deadlines = find_deadlines(build_outline(lines, "en")[0], load_language("en"), 2030)
    assert [deadlines.at(index, 0)[0] for index in (1, 2, 4, 8)] == [2031, 2031, 2040, 2031]


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("Ports of Tomorrow", "September 2021", "Ports are lit."), 2021),
        (("Ports of Tomorrow", "© Crown copyright 2019"), 2019),
        (("Ports of Tomorrow", "By September 2021 ports are lit."), None),
        (("Ports of Tomorrow 2014-2020", "Ports are lit."), 2014),
        (("Ports of Tomorrow", f"The plan rests on {'the work of many hands and ' * 4} the Harbour Strategy 2021-2035."), None),
        (("In 2012 the quay was built.", "This year the quay is lit."), None),
        ((("heading", "Tasks for 2014"), "This year the quay is lit."), 2014),
    ],
)
def test_year_of_issue_of_an_undated_text(lines: tuple[str | tuple[str, str], ...], year: int | None) -> None:
    assert times("en", *lines, issued=None)[0].issued == year

"""Tables whose cells a lost layout has run together."""

from __future__ import annotations

from tests.extract.quantity_helpers import read

TABLE = (
    "专栏1　“十三五”主要指标指标2015年2020年〔累计〕属性良种覆盖率（%）60＞75-约束性近海捕捞量下降（%）--〔18〕约束性"
    "渔港数量（个）152165〔13〕预期性养殖面积（万亩）31.533.8〔2.3〕预期性深加工比例（%）30.5＞42预期性渔民培训率（%）4456预期性"
)


def test_a_table_in_one_line() -> None:
    found, problems = read("zh", TABLE)
    assert [
        (quantity.indicator_text, quantity.kind, quantity.measure, quantity.comparator, quantity.value, quantity.unit)
        for quantity in found
    ] == [
        ("良种覆盖率", "statistic", "level", "eq", 60, "%"),
        ("良种覆盖率", "target", "level", "gt", 75, "%"),
        ("近海捕捞量下降", "target", "decrease", "eq", 18, "%"),
        ("渔港数量", "statistic", "level", "eq", 152, "item"),
        ("渔港数量", "target", "level", "eq", 165, "item"),
        ("渔港数量", "target", "increase", "eq", 13, "item"),
        ("养殖面积", "statistic", "level", "eq", 315_000, "mu"),
        ("养殖面积", "target", "level", "eq", 338_000, "mu"),
        ("养殖面积", "target", "increase", "eq", 23_000, "mu"),
        ("深加工比例", "statistic", "level", "eq", 30.5, "%"),
        ("深加工比例", "target", "level", "gt", 42, "%"),
    ]
    assert [problem.quote for problem in problems] == ["4456"], "glued numbers that nothing tells apart are doubtful"


def test_years_nature_and_baseline() -> None:
    found, _ = read("zh", TABLE)
    assert [(quantity.deadline_year, quantity.nature, quantity.baseline_value) for quantity in found[:3]] == [
        (2015, "unstated", None), (2020, "binding", 60), (2020, "binding", None),
    ]  # fmt: skip


def test_glued_values_are_cut_where_the_change_agrees() -> None:
    found, _ = read(
        "zh",
        "指标2005年2010年增减情况1尾矿排放量（万吨）16001440-10%2达标河段比例（%）38＞413个百分点3噪声超标率（%）21.5＜18-3.5个百分点",
    )
    assert [(quantity.value, quantity.unit, quantity.measure) for quantity in found] == [
        (16_000_000, "t", "level"), (14_400_000, "t", "level"), (10, "%", "decrease"), (38, "%", "level"), (41, "%", "level"),
        (3, "percentage point", "increase"), (21.5, "%", "level"), (18, "%", "level"), (3.5, "percentage point", "decrease"),
    ]  # fmt: skip


def test_ordinary_sentences_with_brackets_are_none() -> None:
    found, _ = read("zh", "甲（%）、乙（万吨）、丙（个）等指标纳入统计，覆盖率达到80%。")
    assert [quantity.quote for quantity in found] == ["达到80%"]

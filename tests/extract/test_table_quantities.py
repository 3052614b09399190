"""Quantities in tables: pipes, tabs, wide gaps; units in header, label and the line above; years and nature in the header."""

from __future__ import annotations

from pipeline.core.model import Quantity
from tests.extract.quantity_helpers import read


def rows(*lines: str) -> list[tuple[str, str]]:
    return [("row", line) for line in lines]


def brief(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.indicator_text,
        quantity.kind,
        quantity.measure,
        quantity.comparator,
        quantity.value,
        quantity.unit,
        quantity.deadline_year,
    )


PLAN = rows(
    "| 指标 | 2015年 | 2020年 | 年均增速[累计] | 属性 |",
    "|---|---|---|---|---|",
    "| 地区生产总值（万亿元） | 1.5 | >2.2 | >7.5% | 预期性 |",
    "| 城镇化率（%） | 52 | 58 | [6] | 预期性 |",
    "| 单位产值用水量降低（%） | — | — | [20] | 约束性 |",
    "| 城镇新增就业（万人） | — | — | >[120] | 预期性 |",
)


def test_indicator_table_of_a_plan() -> None:
    found, problems = read("zh", *PLAN, issued=2016)
    assert problems == []
    assert [brief(quantity) for quantity in found] == [
        ("地区生产总值", "statistic", "level", "eq", 1.5e12, "CNY", 2015),
        ("地区生产总值", "target", "level", "gt", 2.2e12, "CNY", 2020),
        ("地区生产总值", "target", "increase", "gt", 7.5, "%", 2020),
        ("城镇化率", "statistic", "level", "eq", 52, "%", 2015),
        ("城镇化率", "target", "level", "eq", 58, "%", 2020),
        ("城镇化率", "target", "increase", "eq", 6, "percentage point", 2020),
        ("单位产值用水量降低", "target", "decrease", "eq", 20, "%", 2020),
        ("城镇新增就业", "target", "level", "gt", 1_200_000, "person", 2020),
    ]


def test_nature_and_baseline_come_from_the_row() -> None:
    found, _ = read("zh", *PLAN, issued=2016)
    assert [quantity.nature for quantity in found] == [
        "unstated",
        "expected",
        "expected",
        "unstated",
        "expected",
        "expected",
        "binding",
        "expected",
    ]
    assert (found[1].baseline_value, found[1].baseline_year) == (1.5e12, 2015)
    assert found[6].baseline_value is None


def test_unit_of_the_line_above_and_wide_gaps() -> None:
    found, _ = read(
        "zh", "单位：亿元", *rows("项目  2015年  2020年", "（1）信息消费  3200  6000以上", "电子商务  2180  3800"), issued=2016
    )
    assert [(quantity.indicator_text, quantity.value, quantity.comparator) for quantity in found if quantity.kind == "target"] == [
        ("信息消费", 6e11, "ge"), ("电子商务", 3.8e11, "eq"),
    ]  # fmt: skip


def test_unit_column_and_serial_numbers() -> None:
    found, _ = read(
        "zh", *rows("序号\t指标\t单位\t2020年\t2025年", "1\t基站数\t万个\t5\t26", "2\t行业收入\t万亿元\t2.64\t3.7"), issued=2021
    )
    assert [(quantity.indicator_text, quantity.value, quantity.unit) for quantity in found] == [
        ("基站数", 50_000, "item"), ("基站数", 260_000, "item"), ("行业收入", 2.64e12, "CNY"), ("行业收入", 3.7e12, "CNY"),
    ]  # fmt: skip


def test_baseline_and_target_columns() -> None:
    found, _ = read(
        "en",
        *rows(
            "| Indicator | Unit | Baseline (2015) | Target (2020) |",
            "| --- | --- | --- | --- |",
            "| Broadband coverage | % | 62 | 95 |",
            "| ICT exports | EUR million | 340 | 1,200 |",
            "| Fatal accidents | number | 45 | <20 |",
        ),
    )
    assert [brief(quantity) for quantity in found if quantity.kind == "target"] == [
        ("Broadband coverage", "target", "level", "eq", 95, "%", 2020),
        ("ICT exports", "target", "level", "eq", 1.2e9, "EUR", 2020),
        ("Fatal accidents", "target", "level", "lt", 20, "item", 2020),
    ]
    assert [quantity.baseline_value for quantity in found if quantity.kind == "target"] == [62, 3.4e8, 45]


def test_cells_of_words_are_read_as_sentences() -> None:
    found, _ = read("en", *rows("| Action | Milestone |", "| --- | --- |", "| Roads | Build 300 km by 2020 |"))
    assert [(quantity.value, quantity.unit) for quantity in found] == [(300, "km")]


def test_headers_labels_and_numbers_of_rows_are_no_quantities() -> None:
    found, _ = read(
        "en", *rows("No. | Name | Due", "--- | --- | ---", "1 | Article 5 review | June 2020", "2 | Group of 20 | 2021")
    )
    assert found == []


def test_an_unknown_unit_is_kept_and_reported() -> None:
    found, problems = read("zh", *rows("| 指标 | 2020年 |", "|---|---|", "| 燃煤锅炉（孔位） | 35 |"), issued=2016)
    assert [(quantity.value, quantity.unit, quantity.base_unit) for quantity in found] == [(35, "孔位", None)]
    assert [problem.kind for problem in problems] == ["unknown_unit"]


def test_measures_in_words_take_the_year_of_the_column_of_deadlines() -> None:
    found, _ = read(
        "en",
        *rows(
            "| Milestone | Time frame | Responsible |",
            "|---|---|---|",
            "| Train 500 inspectors | by June 2022 | Harbour Board |",
            "| Publish the rules | 2021 | Harbour Board |",
            "| Test the tool in at least two ports | 2023 | Harbour Board |",
        ),
        issued=2020,
    )
    assert [(quantity.quote, quantity.value, quantity.comparator, quantity.deadline_year) for quantity in found] == [
        ("500 inspectors", 500, "eq", 2022),
        ("at least two ports", 2, "ge", 2023),
    ]


def test_units_may_carry_a_power_of_ten() -> None:
    found, _ = read(
        "en", *rows("| Indicator | 2020 | 2025 |", "|---|---|---|", "| Freight (10,000 tons) | 320 | 400 |"), issued=2021
    )
    assert [(quantity.value, quantity.unit, quantity.kind) for quantity in found] == [
        (3_200_000, "t", "statistic"),
        (4_000_000, "t", "target"),
    ]


def test_a_column_of_units_may_name_what_is_counted() -> None:
    rows = ["| Indicator | Unit | 2015 | 2020 |", "| Trainees | persons | 10 | 20 |", "| Visitors | thousand persons | 3 | 5 |"]
    found, problems = read("en", *(("row", row) for row in rows))
    assert [(one.value, one.unit) for one in found] == [(10, "person"), (20, "person"), (3000, "person"), (5000, "person")]
    assert problems == []


def test_a_negative_percentage_is_a_decrease() -> None:
    found, _ = read("en", ("row", "| Indicator | 2020 |"), ("row", "| Emissions (%) | [-18] |"))
    assert [(one.value, one.measure) for one in found] == [(18, "decrease")]


def test_a_row_that_numbers_the_columns_holds_no_values() -> None:
    found, _ = read(
        "en", *rows("| Indicator | Target 2020 | Unit |", "|---|---|---|", "| 1 | 2 | 3 |", "| Share of piers lit | 40 | % |")
    )
    assert [(quantity.value, quantity.unit) for quantity in found] == [(40, "%")]


def test_numbers_behind_markup_in_a_cell_are_not_compared() -> None:
    found, _ = read(
        "en",
        *rows("| Measure | Steps | Due |", "|---|---|---|", "| Light the piers | 1. Draft.<br> 2. Build.<br>3. Test. | 2020 |"),
    )
    assert found == []


def test_a_year_in_the_label_dates_a_row_without_dated_columns() -> None:
    found, _ = read("en", *rows("| Index of lit piers, 2014 | 0.42 |", "| Length of quays | 12 km |"), issued=2016)
    assert [(quantity.kind, quantity.deadline_year) for quantity in found] == [("statistic", 2014), ("target", None)]

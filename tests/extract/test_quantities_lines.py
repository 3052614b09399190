"""Indicator lines: what the line that leads a list says of the values in it."""

from __future__ import annotations

import time

from tests.extract.quantity_helpers import read

LINES = ("Number of smart berths: 30, baseline: 6", "Inspection of quay walls: 150", "4", "Share of electric cranes: 55%")


def test_the_line_that_leads_a_list_dates_its_targets_but_not_where_they_start_from() -> None:
    found, _ = read("en", "We measure this as follows (target levels as of 31 December 2019):", *LINES)
    assert [(quantity.value, quantity.kind, quantity.deadline_year) for quantity in found] == [
        (30, "target", 2019),
        (6, "statistic", None),
        (150, "target", 2019),
        (55, "target", 2019),
    ]
    assert [quantity.unit for quantity in found] == ["item", "item", "item", "%"]


def test_the_values_of_a_list_that_tells_the_present_state_are_statistics() -> None:
    found, _ = read("en", "The current state of the indicators (as of 1 November 2015):", "Number of smart berths: 9")
    assert [(quantity.value, quantity.kind, quantity.deadline_year) for quantity in found] == [(9, "statistic", 2015)]
    found, _ = read("zh", "2015年实际完成情况：", "智能泊位数量：9")
    assert [(quantity.value, quantity.kind) for quantity in found] == [(9, "statistic")]


def test_a_line_that_measures_nothing_is_an_indicator_only_among_others() -> None:
    assert read("en", "Inspection of quay walls: 150") == ([], [])


def test_a_sentence_that_announces_targets_dates_all_paragraphs_below_it() -> None:
    below = [f"——港口建设取得新进展，第{name}作业区基本建成。" for name in "一二三四"]
    found, _ = read("zh", "“十三五”时期航运业发展要实现以下目标。", *below, "——岸电使用率达到80%。")
    assert [(quantity.value, quantity.deadline_year) for quantity in found] == [(80, 2020)]


def test_hostile_lines_are_read_in_linear_time() -> None:
    hostile = [
        "Number of " + "a" * 240 + ":" * 100,
        "A" + " : 1" * 90,
        "Number of x: " + "1" * 380,
        "A" * 200 + ": 1" + " baseline" * 20,
    ]
    start = time.perf_counter()
    read("en", *hostile * 50)
    assert time.perf_counter() - start < 2

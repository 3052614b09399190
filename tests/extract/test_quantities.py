"""Quantities: annotated sentences of both languages, their spans, and hostile input."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import Quantity
from tests.extract.quantity_helpers import read

GOLDEN = Path(__file__).parent.parent / "golden" / "quantities"
COLUMNS = {"indicator": "indicator_text", "basis": "deadline_basis"}


def cases(name: str) -> list[Any]:
    entries = yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(name, entry, id=f"{name}-{position}-{entry['text'][:24]}") for position, entry in enumerate(entries)]


@pytest.mark.parametrize(("language", "case"), [*cases("en"), *cases("zh")])
def test_annotated_sentence(language: str, case: dict[str, Any]) -> None:
    found, _ = read(language, case["text"], topic=case.get("topic", "tasks"), issued=case.get("issued", 2016))
    expected = case.get("expect", [])
    assert [quantity.quote for quantity in found] == [] or expected, "a quantity in a sentence that has none"
    assert len(found) == len(expected), [quantity.quote for quantity in found]
    for quantity, (quote, value, unit, comparator, *more) in zip(found, expected, strict=True):
        assert quantity.quote in str(quote) or str(quote) in quantity.quote
        low, high = value if isinstance(value, list) else (value, None)
        assert quantity.value == (None if low is None else pytest.approx(low, rel=1e-12))
        assert quantity.value_high == high
        assert unit is None or quantity.unit == unit
        assert comparator is None or quantity.comparator == comparator
        check_columns(quantity, {"measure": "level", "kind": "target"} | (more[0] if more else {}))


def check_columns(quantity: Quantity, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        found = getattr(quantity, COLUMNS.get(name, name))
        if name == "indicator":
            assert found
            assert value in found or found in value
        else:
            assert found == value, name


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "Prices fall to 40 euros per megawatt hour.", "EUR/MWh"),
        ("zh", "每千人口2.5名医师的目标如期实现。", "person per 1,000 persons"),
    ],
)
def test_what_a_value_is_counted_against_is_part_of_its_unit(language: str, text: str, unit: str) -> None:
    assert [quantity.unit for quantity in read(language, text)[0]] == [unit]


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "总分值超过3,500，另行公布。"), ("en", "Of the 2,300, most were scrapped.")]
)
def test_a_number_without_a_unit_is_a_problem_or_a_plain_number(language: str, text: str) -> None:
    found, problems = read(language, text)
    assert [quantity.unit for quantity in found] == ["1"] or [problem.kind for problem in problems] == ["uncertain_quantity"]


def test_comparator_words_belong_to_the_span() -> None:
    assert [quantity.quote for quantity in read("zh", "普及率超过70%，覆盖率达到80%以上，失业率为5%。")[0]] == [
        "超过70%",
        "80%以上",
        "5%",
    ]
    assert [quantity.quote for quantity in read("en", "Growth is to exceed 7%, and debt is to stay below 60%.")[0]] == [
        "exceed 7%",
        "below 60%",
    ]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (
            "It ranks first in the world in terms of the number of vessels, the value of exports, and the production of shellfish.",
            "number of vessels, the value of exports, and the production of shellfish",
        ),
        (
            "Second in the world in terms of harbours, and storage networks now serve nearly every village that stands along the whole coast.",
            "harbours",
        ),
    ],
)
def test_a_long_indicator_ends_between_words(text: str, indicator: str) -> None:
    assert [quantity.indicator_text for quantity in read("en", text)[0]][:1] == [indicator]


def test_every_quantity_names_its_rule() -> None:
    for language, text in (
        ("zh", "到2020年，产值翻一番，居世界第一，占比三分之二，投资50亿元。"),
        ("en", "Double output to $5 billion, first in the world."),
    ):
        rules = {quantity.rule_id for quantity in read(language, text)[0]}
        assert len(rules) >= 3
        assert all(rule.startswith(f"{language}-") for rule in rules)


def test_statistics_of_a_past_year_and_targets_of_a_later_one() -> None:
    found, _ = read("zh", "2014年普及率达到45%。", "到2020年普及率达到70%。", topic="goals")
    assert [(quantity.kind, quantity.deadline_year) for quantity in found] == [("statistic", 2014), ("target", 2020)]


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("zh", "1234567890"), ("zh", "一二三"), ("zh", "十百千万亿"), ("zh", "10%、"), ("zh", "2015年"), ("zh", "由1%到"), ("zh", "每"), ("zh", "“"),
        ("en", "1234567890"), ("en", "1 234 "), ("en", "twenty-"), ("en", "by 2020 "), ("en", "from 10 to "), ("en", "A1-"), ("en", "1."),
    ],
)  # fmt: skip
def test_time_is_linear(language: str, unit: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        read(language, unit * (size // len(unit)))
        return time.process_time() - started

    seconds(1000)
    small, large = max(seconds(20_000) for _ in range(3)), min(seconds(80_000) for _ in range(3))
    assert large < 12 * max(small, 0.02)


@given(
    st.sampled_from(["en", "zh"]),
    st.text(alphabet="0123456789%.,-—至到年月元亿万千三一达超过以上 by to$€mk “”|（）", max_size=60),
)
def test_spans_hold_for_any_text(language: str, text: str) -> None:
    if text.strip():
        for quantity in read(language, text)[0]:
            assert re.search(r"\S", quantity.quote)


def test_without_a_year_of_issue_what_is_told_as_past_dates_the_text() -> None:
    lines = [
        "In 2012 the quay was built.",
        "Since 2014 the ferries have been electric.",
        "By 2020 all piers will be lit.",
        "With 6% of pilots abroad in 2014, the island stays ahead.",
        "Light 40 piers in 2018.",
    ]
    found, _ = read("en", *lines, issued=None)
    assert [(quantity.quote, quantity.kind) for quantity in found] == [("6%", "statistic"), ("40 piers", "target")]


def test_a_time_of_an_earlier_sentence_does_not_date_what_cannot_be_of_it() -> None:
    found, _ = read("en", "By 2030 the fleet must be electric.", "We have already bought 40 ferries.", "Buy 60 more ferries.")
    assert [(quantity.kind, quantity.deadline_year) for quantity in found] == [("statistic", None), ("target", 2030)]


def test_the_values_of_a_figure_and_of_a_credited_list_are_statistics() -> None:
    found, _ = read("en", "**40%**", "of pilots have a radio.", "Boats: 60%", "Source: Harbour Office")
    assert [(quantity.value, quantity.kind) for quantity in found] == [(40, "statistic"), (60, "statistic")]


def test_a_report_on_the_year_before_tells_what_was_and_one_on_the_next_what_will_be() -> None:
    told = ["2015年，航运业稳步发展。", "新建码头12座，建成航道80公里。"]
    meant = ["2016年，重点做好以下工作：", "推进东港、西港等10个港区建设。"]
    assert [quantity.kind for quantity in read("zh", *told, issued=2016)[0]] == ["statistic", "statistic"]
    assert [quantity.kind for quantity in read("zh", *meant, issued=2016)[0]] == ["target"]

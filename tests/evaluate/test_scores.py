from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.figures import ALL
from pipeline.evaluate import Measured, figures, measured
from tests.evaluate.tables import IDENTITIES, body, goal, quantity, section, text, values

BODIES = st.lists(
    st.builds(
        lambda start, length, name, role, doubt: body(start, start + length, name, role=role, doubt=doubt),
        st.integers(0, 40), st.integers(1, 9), st.sampled_from(["Harbour Board", "Office of Lights", "Board of Fogs"]),
        st.sampled_from(["lead", "participant"]), st.booleans(),
    ),
    max_size=10,
)  # fmt: skip


def test_rows_found_missed_and_too_many() -> None:
    one = text("bodies", [body(0, 4), body(10, 14), body(20, 24)], [body(1, 4), body(10, 14), body(30, 34), body(40, 44)])
    found = values([one])
    assert found == pytest.approx({**found, "precision": 2 / 4, "recall": 2 / 3, "f1": 4 / 7})
    exact = values([one], matching="exact")
    assert exact == pytest.approx({**exact, "precision": 1 / 4, "recall": 1 / 3, "f1": 2 / 7})


def test_counts_add_up_over_texts_of_one_language() -> None:
    texts = [
        text("bodies", [body(0, 4)], [body(0, 4)], text_id="a.en"),
        text("bodies", [body(0, 4)], [], text_id="b.en"),
        text("bodies", [body(0, 4)], [body(9, 12)], language="zh", text_id="a.zh"),
    ]
    assert values(texts, language="en")["recall"] == 1 / 2
    assert values(texts, language="en", text_id="a.en")["recall"] == 1
    assert values(texts, language="zh") == {"precision": 0, "recall": 0, "f1": 0}


def test_a_doubted_row_counts_neither_as_missing_nor_as_false() -> None:
    gold = [body(0, 4), body(10, 14, doubt=True), body(20, 24, doubt=True)]
    one = text("bodies", gold, [body(0, 4), body(10, 14)])
    assert values([one], with_doubt=False)["f1"] == 1
    assert values([one])["recall"] == 2 / 3
    assert values([one], with_doubt=False)["role"] == 1


def test_a_mention_of_another_tier_is_not_false_in_tier_1() -> None:
    gold = [body(0, 4, tier=1), body(10, 14, tier=2), body(20, 24, tier=3)]
    one = text("bodies", gold, [body(0, 4), body(10, 14), body(30, 34)])
    assert values([one], subset="tier_1")["precision"] == 1 / 2
    assert values([one], subset="tier_1")["recall"] == 1
    assert values([one], subset="tier_2") == {"recall": 1, "identity": 1, "role": 1}
    assert values([one], subset="tier_3") == {"recall": 0}
    assert values([one])["f1"] == pytest.approx(2 / 3)


def test_goals_of_sections_that_state_objectives() -> None:
    sections = [section(1, 0, 100, "Goals"), section(2, 100, 200, "Tasks")]
    gold = {"sections": sections, "goals": [goal(10, 20), goal(150, 160, "s2", doubt=True)]}
    found = {"sections": sections, "goals": [goal(10, 20), goal(30, 40), goal(170, 180, "s2")]}
    texts = [measured("doc.en", "en", gold, found)]
    assert values(texts, table="goals", subset="objective_sections")["precision"] == 1 / 2
    assert values(texts, table="goals")["precision"] == 1 / 3
    assert values(texts, table="goals", with_doubt=False)["recall"] == 1


def test_a_section_stands_where_its_heading_stands() -> None:
    gold = [section(1, 0, 100, "Goals", "1. "), section(2, 40, 100, "Ships", "2. ")]
    found = [section(1, 0, 90, "Goals", "1. "), section(3, 41, 100, "hips", "3. ")]
    one = [text("sections", gold, found)]
    assert values(one)["f1"] == 1
    assert values(one) == {"precision": 1, "recall": 1, "f1": 1, "heading": 1 / 2, "number": 1 / 2, "subtree_end": 1 / 2}
    assert values(one, matching="valued")["f1"] == 1 / 2
    assert values(one, matching="exact")["f1"] == 1 / 2


def test_a_section_without_heading_has_its_label() -> None:
    rows = [section(1, 5, 60, None, "(1)")]
    assert values([text("sections", rows, rows)])["heading"] == 1
    assert values([text("sections", rows, [section(1, 8, 60, "Goals", "")])])["recall"] == 0


@pytest.mark.parametrize(
    ("more", "field", "right"),
    [
        ({}, "value", True),
        ({"value": 9.0000000001}, "value", True),
        ({"value": 9.1}, "value", False),
        ({"value": None}, "value", False),
        ({"value_high": 12}, "value", False),
        ({"unit": "CNY"}, "unit", False),
        ({"comparator": None}, "comparator", False),
        ({"indicator_start": 4, "indicator_end": 9}, "indicator", False),
    ],
)
def test_a_quantity_is_right_with_value_unit_and_comparator(more: dict[str, Any], field: str, right: bool) -> None:
    one = [text("quantities", [quantity(0, 5)], [quantity(0, 5, **more)])]
    assert values(one)[field] == right
    assert values(one, matching="valued")["f1"] == (right or field == "indicator")


@pytest.mark.parametrize(("start", "end", "right"), [(0, 5, True), (4, 9, True), (5, 9, False), (12, 15, False)])
def test_an_indicator_phrase_is_right_where_it_overlaps(start: int, end: int, right: bool) -> None:
    gold, found = ({"indicator_start": a, "indicator_end": b} for a, b in ((0, 5), (start, end)))
    assert values([text("quantities", [quantity(20, 25, **gold)], [quantity(20, 25, **found)])])["indicator"] == right


def test_kappa_where_a_label_is_chosen() -> None:
    roles = ["lead", "lead", "participant", "participant"]
    gold = [body(10 * place, 10 * place + 4, role=role) for place, role in enumerate(roles)]
    found = [body(10 * place, 10 * place + 4, role=role) for place, role in enumerate(["lead", "participant", *roles[2:]])]
    both = values([text("bodies", gold, found)], labels=True)
    assert both == pytest.approx({**both, "role": 3 / 4, "kappa role": 0.5})
    assert "kappa identity" not in both
    assert "kappa role" not in values([text("bodies", gold, found)])


def test_nothing_to_measure_gives_no_figure() -> None:
    assert figures([text("bodies", [], [])], IDENTITIES) == []
    assert values([text("bodies", [], [body(0, 4)])]) == {"precision": 0, "f1": 0}
    assert figures([], IDENTITIES) == []


def test_only_tables_that_are_annotated_are_measured() -> None:
    one = measured("doc.en", "en", {"bodies": [body(0, 4)]}, {"bodies": [body(0, 4)], "quantities": [quantity(0, 4)]})
    assert {figure.table for figure in figures([one], IDENTITIES)} == {"bodies"}


@given(BODIES)
def test_a_reading_agrees_with_itself(rows: list[dict[str, Any]]) -> None:
    for figure in figures([text("bodies", rows, rows)], IDENTITIES):
        assert figure.value == 1
        assert figure.low < 1 == figure.high


@given(BODIES, BODIES)
def test_f1_is_the_same_from_either_side(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    for matching in ("overlap", "exact"):
        for doubt in (False, True):
            there, back = (
                values([text("bodies", *sides)], matching=matching, with_doubt=doubt) for sides in ((one, other), (other, one))
            )
            assert there.get("f1") == back.get("f1")
            assert there.get("precision") == back.get("recall")


@given(BODIES, BODIES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_figure(one: list[dict[str, Any]], other: list[dict[str, Any]], random: Random) -> None:
    mixed = text("bodies", random.sample(one, len(one)), random.sample(other, len(other)))
    assert figures([mixed], IDENTITIES) == figures([text("bodies", one, other)], IDENTITIES)


def test_figures_are_in_a_fixed_order() -> None:
    texts: list[Measured] = [
        text("bodies", [body(0, 4)], [body(0, 4)], "zh", "b.zh"),
        text("sections", [section(1, 0, 9, "A")], [section(1, 0, 9, "A")], "zh", "a.zh"),
        text("bodies", [body(0, 4)], [body(0, 4)], "en", "a.en"),
    ]
    keys = [(each.table, each.language, each.text_id) for each in figures(texts, IDENTITIES)]
    assert list(dict.fromkeys(keys)) == [
        ("sections", "zh", ALL), ("sections", "zh", "a.zh"),
        ("bodies", "en", ALL), ("bodies", "en", "a.en"), ("bodies", "zh", ALL), ("bodies", "zh", "b.zh"),
    ]  # fmt: skip

from __future__ import annotations

from typing import Any

from pipeline.publish import diff
from tests.publish.small import edition, field, link, table

PLACE = field("place", constraints={"pattern": "^s.*$"})


def ids(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    found = diff(edition(**old), edition("0.2.0", **new))
    return [(item.table, item.old_id, item.new_id, item.same) for item in found.ids]


def goals(rows: list[list[str | None]]) -> Any:
    return table(["id", PLACE, "words", "year"], rows)


def quotes(rows: list[list[str | None]]) -> Any:
    fields: list[str | dict[str, Any]] = [
        "id",
        "goal_id",
        "text_id",
        field("char_start", "integer"),
        field("char_end", "integer"),
        "quote",
        "rule",
    ]
    return table(fields, rows, foreignKeys=[link("goal_id", "goals")])


def test_the_same_values_under_another_id() -> None:
    old = goals([["a", "s1", "more light", "2030"], ["b", "s1", "less dark", None]])
    new = goals([["z", "s1", "more light", "2030"], ["b", "s1", "less dark", None]])
    assert ids({"goals": old}, {"goals": new}) == [("goals", "a", "z", "values")]


def test_the_same_words_at_another_address() -> None:
    old, new = goals([["a", "s1", "more light", None]]), goals([["z", "s2", "more light", None]])
    assert ids({"goals": old}, {"goals": new}) == [("goals", "a", "z", "words")]


def test_other_words_are_another_row() -> None:
    old, new = goals([["a", "s1", "more light", None]]), goals([["z", "s1", "less dark", None]])
    assert ids({"goals": old}, {"goals": new}) == []


def test_two_rows_that_say_the_same_are_not_guessed_at() -> None:
    old = goals([["a", "s1", "more light", None], ["b", "s1", "more light", None]])
    assert ids({"goals": old}, {"goals": goals([["z", "s1", "more light", None]])}) == []
    assert ids({"goals": goals([["z", "s1", "more light", None]])}, {"goals": old}) == []


def test_rows_that_say_nothing_are_not_the_same() -> None:
    old, new = goals([["a", "s1", None, None]]), goals([["z", "s2", None, None]])
    assert ids({"goals": old}, {"goals": new}) == []


def test_evidence_goes_on_with_its_passage_and_whatever_it_points_at() -> None:
    goal, other = goals([["a", "s1", "more light", None]]), goals([["z", "s1", "much more light", None]])
    old = quotes([["q1", "a", "t", "0", "5", "light", "r1"], ["q2", None, "t", "7", "9", "so", "r1"]])
    new = quotes([["q8", "z", "t", "0", "5", "light", "r1"], ["q9", None, "t", "7", "9", "so", "r2"]])
    assert ids({"goals": goal, "quotes": old}, {"goals": other, "quotes": new}) == [
        ("goals", "a", "z", "evidence"), ("quotes", "q1", "q8", "values"), ("quotes", "q2", "q9", "passage"),
    ]  # fmt: skip


def marks(*goals_of: str | None) -> Any:
    """Passages that stay, and the goals that they refer to."""
    return quotes([[f"q{number}", goal, "t", str(number), str(number + 1), "x", "r"] for number, goal in enumerate(goals_of)])


def test_several_that_became_one_are_found_by_what_refers_to_them() -> None:
    three = goals([["a", "s1", "light", None], ["b", "s1", "dark", None], ["c", "s1", "grey", None]])
    one = goals([["c", "s1", "grey", None]])
    merged = {"goals": one, "quotes": marks("c", "c", "c")}
    assert ids({"goals": three, "quotes": marks("a", "b", "b")}, merged) == [
        ("goals", "a", "c", "evidence"),
        ("goals", "b", "c", "evidence"),
    ]


def test_one_that_became_several_or_nothing_or_stays_is_not_guessed_at() -> None:
    old = goals([["a", "s1", "light and dark", None], ["b", "s1", "grey", None]])
    new = goals([["x", "s1", "light", None], ["y", "s1", "dark", None], ["b", "s1", "grey", None]])
    assert ids({"goals": old, "quotes": marks("a", "a")}, {"goals": new, "quotes": marks("x", "y")}) == []
    assert ids({"goals": old, "quotes": marks("a", "a")}, {"goals": new, "quotes": marks("x", None)}) == []
    assert ids({"goals": old, "quotes": marks("a")}, {"goals": new, "quotes": marks(None)}) == []
    assert ids({"goals": old, "quotes": marks("b")}, {"goals": old, "quotes": marks("a")}) == []


def test_a_reference_to_a_table_that_lost_nothing_is_content() -> None:
    both = goals([["a", "s1", "more light", None], ["b", "s1", "less dark", None]])
    old = table(["id", "goal_id", "words"], [["d1", "a", "do it"]], foreignKeys=[link("goal_id", "goals")])
    new = table(["id", "goal_id", "words"], [["d2", "b", "do it"]], foreignKeys=[link("goal_id", "goals")])
    assert ids({"goals": both, "duties": old}, {"goals": both, "duties": new}) == []


def test_tables_without_a_single_key_have_no_ids() -> None:
    old, new = (table(["a", "b", "words"], [[key, "1", "x"]], ("a", "b")) for key in "mn")
    assert ids({"t": old}, {"t": new}) == []

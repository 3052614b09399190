"""Texts side by side: what answers one another stands in one row, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import Row
from pipeline.publish.site.parallel import Block, Version, blocks
from pipeline.publish.site.passages import Passage


def version(text_id: str, sections: dict[str, list[str]], label: str = "") -> Version:
    """sections: number → its sentences; a capital letter begins a heading."""
    found = []
    for number, sentences in sections.items():
        section_id = f"{text_id}:{number}"
        found += [Passage(None, section_id, "label", label)] if label else []
        found += [
            Passage(f"{text_id}.{name}", section_id, "heading" if name.isupper() else "sentence", name) for name in sentences
        ]
    return Version(text_id, [f"{text_id}:{number}" for number in sections], found)


def pairs(*groups: tuple[str, str]) -> list[Row]:
    """Alignments of a with b: each side the names of the sentences in one group, apart by blanks."""
    rows = []
    for number, (left, right) in enumerate(groups):
        for n in range(max(len(left.split()), len(right.split()), 1)):
            ours, theirs = left.split(), right.split()
            a = f"a.{ours[min(n, len(ours) - 1)]}" if ours else None
            b = f"b.{theirs[min(n, len(theirs) - 1)]}" if theirs else None
            rows.append({"group_id": f"g{number}", "a_sentence_id": a, "b_sentence_id": b})
    return rows


def same(*numbers: str) -> list[Row]:
    return [{"a_section_id": f"a:{number}", "b_section_id": f"b:{number}"} for number in numbers]


def shown(laid: list[Block]) -> list[list[dict[str, str]]]:
    """Blocks → rows → text → its words."""
    return [[{key: " ".join(p.words for p in own) for key, own in row.items()} for row in block.rows] for block in laid]


def test_what_answers_one_another_stands_in_one_row() -> None:
    a, b = version("a", {"s1": ["H", "x", "y", "z"]}), version("b", {"s1": ["H", "x", "z"]})
    laid = blocks([a, b], same("s1"), pairs(("H", "H"), ("x y", "x"), ("z", "z")))
    assert shown(laid) == [[{"a": "H", "b": "H"}, {"a": "x y", "b": "x"}, {"a": "z", "b": "z"}]]
    assert laid[0].sections == {"a": "a:s1", "b": "b:s1"}


def test_what_only_one_text_has_stands_after_what_it_follows_there() -> None:
    a, b = version("a", {"s1": ["H", "x", "y"]}), version("b", {"s1": ["H", "x", "new", "y"]})
    laid = blocks([a, b], same("s1"), pairs(("H", "H"), ("x", "x"), ("", "new"), ("y", "y")))
    assert shown(laid)[0] == [{"a": "H", "b": "H"}, {"a": "x", "b": "x"}, {"b": "new"}, {"a": "y", "b": "y"}]


def test_a_first_sentence_of_its_own_stands_below_the_heading() -> None:
    a, b = version("a", {"s1": ["x"], "s2": ["H", "y"]}), version("b", {"s1": ["x"], "s2": ["new", "y"]})
    laid = blocks([a, b], same("s1", "s2"), pairs(("x", "x"), ("y", "y")))
    assert shown(laid)[1] == [{"a": "H"}, {"b": "new"}, {"a": "y", "b": "y"}]


def test_a_section_that_only_a_translation_has_stands_after_what_it_follows() -> None:
    a, b = version("a", {"s1": ["x"], "s2": ["y"]}), version("b", {"s1": ["x"], "note": ["n"], "s2": ["y"]})
    laid = blocks([a, b], same("s1", "s2"), pairs(("x", "x"), ("y", "y")))
    assert shown(laid) == [[{"a": "x", "b": "x"}], [{"b": "n"}], [{"a": "y", "b": "y"}]]
    assert laid[1].sections == {"b": "b:note"}


def test_three_texts_share_a_row_and_an_excerpt_has_its_part_of_it() -> None:
    a, b, c = version("a", {"s1": ["x"], "s2": ["y"]}), version("b", {"s1": ["x"], "s2": ["y"]}), version("c", {"s2": ["y"]})
    also = [{"a_section_id": "a:s2", "b_section_id": "c:s2"}]
    third = [{"group_id": "other", "a_sentence_id": "a.y", "b_sentence_id": "c.y"}]
    laid = blocks([a, b, c], [*same("s1", "s2"), *also], [*pairs(("x", "x"), ("y", "y")), *third])
    assert shown(laid) == [[{"a": "x", "b": "x"}], [{"a": "y", "b": "y", "c": "y"}]]


def test_labels_stay_before_what_they_number_and_a_last_one_is_kept() -> None:
    laid = blocks([version("a", {"s1": ["H"]}, "1.")], [], [])
    assert shown(laid) == [[{"a": "1. H"}]]
    trailing = Version("a", ["a:s1"], [Passage("a.x", "a:s1", "sentence", "x"), Passage(None, "a:s1", "label", "2.")])
    assert shown(blocks([trailing], [], [])) == [[{"a": "x 2."}]]


def test_no_text_has_no_blocks() -> None:
    assert blocks([], [], []) == []


names = st.lists(st.sampled_from("uvwxyz"), unique=True, max_size=6)


@given(names, names, st.lists(st.tuples(names, names), max_size=4), st.booleans())
def test_every_passage_stands_in_exactly_one_row(
    ours: list[str], theirs: list[str], groups: list[tuple[list[str], list[str]]], shared: bool
) -> None:
    texts = [version("a", {"s1": ours[:3], "s2": ours[3:]}), version("b", {"s1": theirs[:2], "s2": theirs[2:]})]
    linked = pairs(*((" ".join(n for n in a if n in ours), " ".join(n for n in b if n in theirs)) for a, b in groups))
    laid = blocks(texts, same("s1", "s2") if shared else [], linked)
    stood = sorted(str(p.passage_id) for block in laid for row in block.rows for own in row.values() for p in own)
    assert stood == sorted([*(f"a.{name}" for name in ours), *(f"b.{name}" for name in theirs)])
    first = [p.words for block in laid for row in block.rows for p in row.get("a", ())]
    assert sorted(first) == sorted(ours)

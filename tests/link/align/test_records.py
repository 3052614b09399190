"""Records of two texts that are one thing."""

from __future__ import annotations

from pipeline.link.align.lengths import Lengths
from pipeline.link.align.records import MERGING, SINGLE, Match, Said, match, match_by

EVEN = Lengths(1.0)


def record(words: str, keys: str = "", place: str = "here") -> Said:
    return Said(place, words, frozenset("*" + key for key in keys.split()))


def test_records_of_other_places_are_other_things() -> None:
    assert match([record("a" * 20)], [record("b" * 20, place="there")], EVEN, MERGING) == []
    assert match([record("a" * 20)], [record("b" * 20)], EVEN, MERGING) == [Match((0,), (0,), False)]


def test_what_records_share_tells_them_apart() -> None:
    ours = [record("x" * 30, "p"), record("x" * 30, "q"), record("x" * 30, "r")]
    theirs = [record("y" * 30, "q"), record("y" * 30, "r")]
    assert match(ours, theirs, EVEN, SINGLE) == [Match((1,), (0,), True), Match((2,), (1,), True)]


def test_two_records_are_one_where_it_says_both() -> None:
    ours, theirs = [record("x" * 30, "p"), record("x" * 30, "q")], [record("y" * 60, "p q")]
    assert match(ours, theirs, EVEN, MERGING) == [Match((0, 1), (0,), True)]
    assert match(ours, [record("y" * 60, "p")], EVEN, MERGING) in ([Match((0,), (0,), True)], [])
    assert len(match(ours, theirs, EVEN, SINGLE)) <= 1


def test_the_first_key_that_tells_a_record_decides() -> None:
    found = match_by(["ax", "bx", "cy"], ["bz", "ax", "dy"], lambda word: word, lambda word: word[1] if word[1] == "y" else None)
    assert found == [Match((0,), (1,), True), Match((2,), (2,), True)]

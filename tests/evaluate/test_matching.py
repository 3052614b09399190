from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.matching import Span, pair

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda each: Span(each[0], each[0] + each[1])), max_size=12)


def spans(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(*each) for each in pairs]


def test_the_best_overlap_is_taken_first() -> None:
    found = pair(spans((0, 10), (10, 20)), spans((0, 12), (9, 20)))
    assert found.pairs == ((0, 0), (1, 1))
    one = pair(spans((0, 10)), spans((0, 3), (2, 10)))
    assert (one.pairs, one.extra) == (((0, 1),), (0,))


def test_spans_that_only_touch_do_not_overlap() -> None:
    found = pair(spans((0, 5)), spans((5, 9)))
    assert (found.pairs, found.missed, found.extra) == ((), (0,), (0,))


def test_one_row_has_one_partner() -> None:
    found = pair(spans((0, 10), (0, 10), (4, 8)), spans((0, 10)))
    assert (found.pairs, found.missed) == (((0, 0),), (1, 2))


def test_nothing_matches_nothing() -> None:
    assert pair([], []) == ((), (), ())
    assert pair([], spans((1, 2))) == ((), (), (0,))


@given(SPANS, SPANS)
def test_every_row_is_paired_or_left_over_once(gold: list[Span], found: list[Span]) -> None:
    made = pair(gold, found)
    assert sorted([i for i, _ in made.pairs] + [*made.missed]) == list(range(len(gold)))
    assert sorted([j for _, j in made.pairs] + [*made.extra]) == list(range(len(found)))
    assert all(max(gold[i].start, found[j].start) < min(gold[i].end, found[j].end) for i, j in made.pairs)


@given(SPANS, SPANS)
def test_the_sides_may_be_exchanged(gold: list[Span], found: list[Span]) -> None:
    one, other = pair(gold, found), pair(found, gold)
    assert sorted((gold[i], found[j]) for i, j in one.pairs) == sorted((gold[i], found[j]) for j, i in other.pairs)


@given(SPANS, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(gold: list[Span], found: list[Span], random: Random) -> None:
    mixed_gold, mixed_found = random.sample(gold, len(gold)), random.sample(found, len(found))
    one, other = pair(gold, found), pair(mixed_gold, mixed_found)
    assert sorted((gold[i], found[j]) for i, j in one.pairs) == sorted((mixed_gold[i], mixed_found[j]) for i, j in other.pairs)


@given(SPANS)
def test_a_reading_matches_itself(gold: list[Span]) -> None:
    assert all(gold[i] == gold[j] for i, j in pair(gold, gold).pairs)
    assert len(pair(gold, gold).pairs) == len(gold)

"""What the lengths of two passages say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.align.lengths import NARROWEST, Lengths


def test_the_ratio_is_measured_without_what_was_lost() -> None:
    pairs = [(20, 80)] * 15 + [(20, 5)] * 3
    lengths = Lengths.measure(pairs, Lengths(1.0))
    assert round(lengths.ratio, 6) == 4
    assert lengths.spread == NARROWEST
    assert round(lengths.turned().ratio, 6) == 0.25


def test_few_pairs_measure_nothing() -> None:
    otherwise = Lengths(3.0)
    assert Lengths.measure([(1, 9)] * 3, otherwise) is otherwise
    assert Lengths.guess([], [5]).ratio == 1.0


def test_a_fitting_length_speaks_for_and_another_against_within_limits() -> None:
    lengths = Lengths(4.0)
    assert lengths.odds(50, 200) > 0 > lengths.odds(50, 400) > lengths.odds(50, 4000)
    assert lengths.odds(50, 10**9) == lengths.odds(50, 10**6) > -5
    assert lengths.odds(0, 0) > 0


@given(st.integers(1, 400), st.integers(1, 400), st.floats(0.2, 4), st.floats(0.1, 0.35))
def test_the_quick_look_says_what_the_odds_say(a: int, b: int, ratio: float, spread: float) -> None:
    lengths = Lengths(ratio, spread)
    odds = lengths.odds(a, b)
    assert abs(odds + 1.5) < 1e-9 or lengths.may_be(a, b, -1.5) == (odds >= -1.5)

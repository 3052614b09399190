"""What the lengths of two passages say."""

from __future__ import annotations

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

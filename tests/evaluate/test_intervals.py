from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.intervals import f1, kappa, share

COUNTS = st.integers(0, 400)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(1, 2, 0.0945, 0.9055), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662)],
)
def test_wilsons_interval_is_the_published_one(right: int, n: int, low: float, high: float) -> None:
    assert tuple(share(right, n)) == pytest.approx((right / n, low, high), abs=5e-5)


def test_f1_is_the_harmonic_mean() -> None:
    precision, recall = 8 / 10, 8 / 16
    assert f1(8, 8, 2).value == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_perfect_small_set_still_has_an_interval() -> None:
    assert tuple(f1(5, 0, 0)) == pytest.approx((1, 0.722, 1), abs=1e-3)


@pytest.mark.parametrize(("right", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_a_share_of_nothing_is_refused(right: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(right, n)


@given(COUNTS, COUNTS, COUNTS)
def test_intervals_hold_their_value(right: int, missed: int, extra: int) -> None:
    if right + missed + extra:
        found = f1(right, missed, extra)
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found == f1(right, extra, missed)


def test_kappa_of_a_known_table() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = kappa(pairs)
    assert found is not None
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high


def test_kappa_needs_two_labels() -> None:
    assert kappa([]) is None
    assert kappa([("a", "a")] * 5) is None
    full = kappa([("a", "a"), ("b", "b")])
    assert full is not None
    assert full.value == full.high == 1

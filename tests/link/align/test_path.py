"""The best way through two sequences, and where it may pass."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.link.align.path import EVERYWHERE, NEVER, best_path, bounds, marks

STEPS = ((1, 1), (1, 0), (0, 1), (2, 1))


def equal(a: str, b: str) -> list[tuple[str, str]]:
    """What answers what where only equal letters do, and two a an A."""

    def score(i: int, di: int, j: int, dj: int) -> float:
        if not di or not dj:
            return -1.0
        return 3.0 if a[i : i + di] == b[j : j + dj] or (a[i : i + di], b[j]) == ("aa", "A") else NEVER

    links = best_path(len(a), len(b), score, STEPS, bounds(len(a), len(b)))
    assert "".join(a[link.i : link.i + link.di] for link in links) == a
    assert "".join(b[link.j : link.j + link.dj] for link in links) == b
    assert all(0 < link.score <= 1 for link in links)
    return [(a[link.i : link.i + link.di], b[link.j : link.j + link.dj]) for link in links]


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("xyz", "xyz", [("x", "x"), ("y", "y"), ("z", "z")]),
        ("xyz", "xz", [("x", "x"), ("y", ""), ("z", "z")]),
        ("xaay", "xAy", [("x", "x"), ("aa", "A"), ("y", "y")]),
        ("", "xy", [("", "x"), ("", "y")]),
        ("", "", []),
    ],
)
def test_what_answers_is_linked_and_the_rest_left_alone(a: str, b: str, found: list[tuple[str, str]]) -> None:
    assert equal(a, b) == found


def test_a_way_that_is_as_good_as_another_is_half_as_sure() -> None:
    links = best_path(1, 2, lambda i, di, j, dj: 0.0 if di and dj else -2.0, ((1, 1), (1, 0), (0, 1)), bounds(1, 2))
    assert max(link.score for link in links) == pytest.approx(0.5, abs=0.02)


def test_marks_are_what_both_have_once_without_crossings() -> None:
    a = [frozenset(keys) for keys in ({"p", "x"}, {"q", "x"}, {"r"}, {"s"})]
    b = [frozenset(keys) for keys in ({"p"}, {"s"}, {"q", "x"}, {"r"})]
    assert marks(a, b) == [(0, 0), (1, 2), (2, 3)]
    assert marks([], []) == []


@pytest.mark.parametrize("points", [[], [(10, 400), (300, 401)], [(0, 5), (399, 2)]])
def test_bounds_of_long_sequences_are_narrow_and_leave_a_way(points: list[tuple[int, int]]) -> None:
    n, m = 400, 500
    assert n * m > EVERYWHERE
    found = bounds(n, m, points)
    assert len(found) == n + 1
    assert found[0][0] == 0
    assert found[-1][1] == m
    assert all(0 <= low <= high <= m for low, high in found)
    assert all(next_low <= high for (_, high), (next_low, _) in pairwise(found))
    links = best_path(n, m, lambda i, di, j, dj: float(di * dj), ((1, 1), (1, 0), (0, 1)), found)
    assert sum(link.dj for link in links) == m

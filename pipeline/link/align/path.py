"""The best way through two sequences: which runs of one answer which runs of the other, none left out, none crossed."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.link.align.keys import Keys

Step = tuple[int, int]
"""How many units of each sequence answer one another."""

Score = Callable[[int, int, int, int], float]
"""score(i, di, j, dj): log odds that a[i:i+di] and b[j:j+dj] answer one another, against chance; -inf where they cannot."""

NEVER = -math.inf
EVERYWHERE = 120 * 120
"""Pairs of units up to which every way is looked at."""
NEGLIGIBLE = 30.0
"""Log odds by which a way is behind the best one to the same place, so that it is forgotten."""
WIDTH = 30
"""Units on either side of the probable way that are looked at in longer sequences."""
MARGIN = 6
"""Units by which the way may miss a point that it probably goes through."""


class Link(NamedTuple):
    """a[i:i+di] answers b[j:j+dj], with log odds; score: the share of all ways through, weighed by their odds, that say so."""

    i: int
    di: int
    j: int
    dj: int
    odds: float
    score: float


def best_path(n: int, m: int, score: Score, steps: Sequence[Step], bounds: Sequence[tuple[int, int]]) -> list[Link]:
    """The way of the highest sum of scores. bounds: for each i in 0 … n the j from and to which the way may pass."""
    low = [first for first, _ in bounds]
    rows = [last - first + 1 for first, last in bounds]
    cells: list[dict[int, list[tuple[int, int, float]]]] = [{} for _ in range(n + 1)]
    best, total = [[NEVER] * length for length in rows], [[NEVER] * length for length in rows]
    came: list[list[Step]] = [[(0, 0)] * length for length in rows]
    best[0][0] = total[0][0] = 0.0
    for i in range(n + 1):
        ways = [(di, dj, low[i + di], rows[i + di], best[i + di], total[i + di], came[i + di]) for di, dj in steps if i + di <= n]
        for at in range(rows[i]):
            here, sum_here, j = best[i][at], total[i][at], low[i] + at
            if here == NEVER:
                continue
            for di, dj, first, length, best_there, total_there, came_there in ways:
                there = j + dj - first
                if not 0 <= there < length:
                    continue
                value = score(i, di, j, dj)
                sum_best = here + value
                if sum_best < best_there[there] - NEGLIGIBLE or value == NEVER:
                    continue
                cells[i].setdefault(j, []).append((di, dj, value))
                if sum_best > best_there[there]:
                    best_there[there] = sum_best
                    came_there[there] = (di, dj)
                known = total_there[there]
                total_there[there] = sum_here + value if known == NEVER else _plus(known, sum_here + value)
    after = _after(n, m, cells)
    links = []
    i, j = n, m
    while i or j:
        di, dj = came[i][j - low[i]]
        i, j = i - di, j - dj
        value = next(value for each_i, each_j, value in cells[i][j] if (each_i, each_j) == (di, dj))
        weight = total[i][j - low[i]] + value + after[i + di].get(j + dj, NEVER)
        links.append(Link(i, di, j, dj, value, math.exp(min(0.0, weight - total[n][m - low[n]]))))
    return links[::-1]


def _after(n: int, m: int, cells: Sequence[dict[int, list[tuple[int, int, float]]]]) -> list[dict[int, float]]:
    """The weight of all ways from each cell to the end."""
    after: list[dict[int, float]] = [{} for _ in range(n + 1)]
    after[n][m] = 0.0
    for i in range(n, -1, -1):
        for j in sorted(cells[i], reverse=True):
            weight = after[i].get(j, NEVER)
            for di, dj, value in cells[i][j]:
                weight = _plus(weight, value + after[i + di].get(j + dj, NEVER))
            after[i][j] = weight
    return after


def _plus(one: float, other: float) -> float:
    """log(exp(one) + exp(other))."""
    high, low = (one, other) if one > other else (other, one)
    return high if low < high - NEGLIGIBLE else high + math.log1p(math.exp(low - high))


def marks(a: Sequence[Keys], b: Sequence[Keys]) -> list[tuple[int, int]]:
    """Where sequences probably meet: units that share a key which no other has, the most of them that do not cross."""
    first, second = _places(a), _places(b)
    shared = (key for key, i in first.items() if i is not None and second.get(key) is not None)
    points = sorted({(first[key] or 0, -(second[key] or 0)) for key in shared})
    ends: list[int] = []
    tails: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, turned in points:
        at = bisect_left(ends, -turned)
        before[i, -turned] = tails[at - 1] if at else None
        ends[at : at + 1], tails[at : at + 1] = [-turned], [(i, -turned)]
    found: list[tuple[int, int]] = []
    point = tails[-1] if tails else None
    while point is not None:
        found.append(point)
        point = before[point]
    return found[::-1]


def _places(units: Sequence[Keys]) -> dict[str, int | None]:
    """Key → the one unit that has it, None where several do."""
    places: dict[str, int | None] = {}
    for index, keys in enumerate(units):
        for key in keys:
            places[key] = None if key in places else index
    return places


def bounds(n: int, m: int, points: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where the way may pass: everywhere, or in long sequences not far from the straight lines through some points."""
    if n * m <= EVERYWHERE:
        return [(0, m)] * (n + 1)
    width = WIDTH if points else WIDTH + min(WIDTH, abs(n - m))
    corners = [(0, 0), *(point for point in points if 0 < point[0] < n), (n, m)]
    found = []
    for (i, j), (last_i, last_j) in pairwise(corners):
        for each in range(i, last_i):
            at, after = (j + (last_j - j) * (every - i) // (last_i - i) for every in (each, each + 1))
            found.append((max(0, at - width, j - MARGIN), min(m, after + width, last_j + MARGIN)))
    return [*found, (max(0, m - width), m)]

"""How right a list of discrepancies is, against one made by reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.core.model import Row

Gold = Mapping[str, Any]
SHOWN = ("number", "name", "ordinal", "year", "unit", "missing", "added", "numbering", "duplicate")
"""`shown_by` of what needs no understanding of the words."""
NARROW = 40
"""Characters of a passage that says where a difference is; a wider one only says in which sentence."""


class Score(NamedTuple):
    """right of listed rows; found of gold rows."""

    right: int
    listed: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.listed)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.gold)


def score(rows: Sequence[Row], gold: Sequence[Gold], wanted: Callable[[Gold], bool] = lambda _: True) -> Score:
    """A row is right if its words overlap those of a gold row, in the first text, else in the second; a gold row that is `wanted` is
    found if a row is right by it."""
    right = 0
    found: set[int] = set()
    for row in rows:
        hits = {number for number, each in enumerate(gold) if same(row, each)}
        right += bool(hits)
        found |= hits
    asked = [number for number, each in enumerate(gold) if wanted(each)]
    return Score(right, len(rows), sum(number in found for number in asked), len(asked))


def same(row: Row, gold: Gold) -> bool:
    """Whether a row and a gold row are about the same words."""
    if (row["a_text_id"], row["b_text_id"]) != (gold["original_text_id"], gold["translation_text_id"]):
        return False
    mine = [(row[f"{side}_char_start"], row[f"{side}_char_end"]) for side in "ab"]
    theirs = [(gold[f"{side}_start"], gold[f"{side}_end"]) for side in ("original", "translation")]
    if _overlap(mine[0], theirs[0]):
        return True
    in_one_only = mine[0][0] == mine[0][1] or theirs[0][0] == theirs[0][1]
    return (in_one_only or mine[1][1] - mine[1][0] <= NARROW) and _overlap(mine[1], theirs[1])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def is_major(gold: Gold) -> bool:
    return bool(gold["severity"] == "major")


def is_shown(gold: Gold) -> bool:
    """Whether figures, names or missing text show a major difference."""
    return is_major(gold) and gold["shown_by"] in SHOWN


def by_kind(rows: Iterable[Row], gold: Sequence[Gold]) -> dict[str, Score]:
    """The score of the rows of each kind."""
    every = list(rows)
    return {
        kind: score([row for row in every if row["kind"] == kind], gold) for kind in sorted({str(row["kind"]) for row in every})
    }

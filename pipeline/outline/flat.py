"""Markdown headings of one level that stand for two: those without a text of their own hold the ones behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.core.model import Paragraph
from pipeline.outline.labels import Candidate
from pipeline.outline.lines import Line, below

FEWEST = 3
"""Headings that are told apart at least."""


def divide_level(heads: Sequence[Candidate], paragraphs: Sequence[Paragraph], lines: Sequence[Line], spaced: bool) -> None:
    """Lower, by one level, what stands under the headings that hold others, at the highest level where there are such.

    heads: all candidates of a text, in text order; spaced: whether the script has capitals.
    """
    for level in sorted({head.level for head in heads if head.level}):
        same = [head for head in heads if head.level == level]
        if len(same) < FEWEST or any(head.label is not None for head in same):
            continue
        over = _holders(heads, level, paragraphs, lines, spaced)
        if over:
            _lower(heads, level, over)
            return


def _holders(
    heads: Sequence[Candidate], level: int, paragraphs: Sequence[Paragraph], lines: Sequence[Line], spaced: bool
) -> set[int]:
    """The paragraphs of those headings of a level that hold others: in capitals beside small letters, or two that are empty."""
    empty = {
        head.paragraph: after.paragraph
        for head, after in pairwise(heads)
        if head.level == after.level == level and below(lines, head.paragraph) == after.paragraph
    }
    if spaced:
        capitals = {
            head.paragraph
            for head in heads
            if head.level == level and not any(map(str.islower, paragraphs[head.paragraph].text[head.start : head.stop]))
        }
        fewer = len(capitals) * 2 <= sum(head.level == level for head in heads)
        if fewer and any(head in capitals and after not in capitals for head, after in empty.items()):
            return capitals
    return set(empty) if len(empty) > 1 and not any(after in empty for after in empty.values()) else set()


def _lower(heads: Sequence[Candidate], level: int, over: set[int]) -> None:
    held = False
    for head in heads:
        if head.level == level and (head.paragraph in over or head.top or head.back is not None):
            held = head.paragraph in over
        elif head.level >= level and held:
            head.level += 1
        elif 0 < head.level < level:
            held = False

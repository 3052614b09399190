"""Which sentences of two passages answer one another: order, lengths, and what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.core.model import Sentence
from pipeline.link.align.keys import Keys
from pipeline.link.align.lengths import Lengths
from pipeline.link.align.path import NEVER, Link, best_path, bounds, marks
from pipeline.link.align.weights import Weights

PRIOR = {(1, 1): 0.0, (1, 0): -4.0, (0, 1): -4.0, (1, 2): -4.5, (2, 1): -4.5, (2, 2): -7.0, (1, 3): -9.0, (3, 1): -9.0}
"""Log odds of how many sentences answer how many."""
STEPS = tuple(PRIOR)
LONGEST = 3
OTHER_KIND = -3.0
SAME_KIND = {"heading": 1.0, "row": 0.5, "sentence": 0.0}
PARAGRAPHS = -2.0
"""Sentences of two paragraphs are seldom put together."""
OPENING = 0.5
"""Sentences that both open a paragraph, or both do not; the opposite as much the other way."""
CONTENT = 0.6
"""The keys of one sentence depend on each other: they say less than each of them alone."""
UNFIT = -1.5
"""Log odds of lengths below which several sentences are not put together."""
UNSEEN = {"#": -1.2, "@": -0.7}
"""A figure or a name that the other text never has."""
AGAINST = -2.5
"""Log odds below which two sentences do not answer one another, even where nothing else does."""


class Run(NamedTuple):
    """Some sentences in a row. lost: what their keys say if none is shared; breaks: paragraphs that begin inside."""

    keys: Keys
    lost: float
    length: int
    kinds: frozenset[str]
    opens: bool
    breaks: int


class Passage:
    """Sentences of text a (0) or b (1), and the runs of up to three that begin at each."""

    def __init__(self, side: int, sentences: Sequence[Sentence], keys: Sequence[Keys], weights: Weights) -> None:
        known = [weights.known(side, each) for each in keys]
        self.opens = [not i or each.paragraph != sentences[i - 1].paragraph for i, each in enumerate(sentences)]
        self.runs: list[list[Run]] = []
        for first in range(len(sentences)):
            run = Run(frozenset(), 0.0, 0, frozenset(), self.opens[first], 0)
            self.runs.append([])
            for last in range(first, min(first + LONGEST, len(sentences))):
                both, sentence = run.keys | known[last], sentences[last]
                breaks = run.breaks + (last > first and self.opens[last])
                length, kinds = run.length + len(sentence.text), run.kinds | {sentence.kind}
                run = Run(both, weights.lost(side, both), length, kinds, run.opens, breaks)
                self.runs[-1].append(run)

    def __len__(self) -> int:
        return len(self.runs)

    def alone(self, index: int) -> Keys:
        """The keys of one sentence."""
        return self.runs[index][0].keys


def align_sentences(a: Passage, b: Passage, weights: Weights, lengths: Lengths) -> Iterator[Link]:
    """The links of two passages, in order."""

    def score(i: int, di: int, j: int, dj: int) -> float:
        if di and dj:
            one, other = a.runs[i][di - 1], b.runs[j][dj - 1]
            if di + dj > 2 and not lengths.may_be(one.length, other.length, UNFIT):
                return NEVER
            return PRIOR[di, dj] + odds(one, other, weights, lengths)
        opens, inside = (a.opens[i], j < len(b) and not b.opens[j]) if di else (b.opens[j], i < len(a) and not a.opens[i])
        return PRIOR[di, dj] - (2 * OPENING if opens and inside else 0.0)

    points = marks([a.alone(i) for i in range(len(a))], [b.alone(j) for j in range(len(b))])
    for link in best_path(len(a), len(b), score, STEPS, bounds(len(a), len(b), points)):
        if link.di and link.dj and link.odds < AGAINST:
            link = link._replace(score=0.5)
            yield from (link._replace(i=i, di=1, dj=0) for i in range(link.i, link.i + link.di))
            yield from (link._replace(i=link.i + link.di, di=0, j=j, dj=1) for j in range(link.j, link.j + link.dj))
        else:
            yield link


def odds(one: Run, other: Run, weights: Weights, lengths: Lengths) -> float:
    """Log odds that two runs answer one another."""
    length = lengths.odds(one.length, other.length)
    kinds = SAME_KIND[min(one.kinds)] if one.kinds == other.kinds and len(one.kinds) == 1 else OTHER_KIND
    opening = OPENING if one.opens == other.opens else -OPENING
    content = CONTENT * (one.lost + other.lost + weights.shared(one.keys & other.keys))
    return length + kinds + opening + PARAGRAPHS * (one.breaks + other.breaks) + content

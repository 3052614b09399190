"""Sections that are one provision → groups of their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.model import Outline, Sentence
from pipeline.link.align.keys import Keys
from pipeline.link.align.lengths import Lengths
from pipeline.link.align.model import UNMATCHED, SectionPair, SentenceGroup
from pipeline.link.align.path import Link
from pipeline.link.align.sentences import UNSEEN, Passage, align_sentences
from pipeline.link.align.weights import Weights

ANCHOR, LENGTH = "anchor", "length"

Block = tuple[list[int], list[int]]
"""Numbers of the sentences of both texts that are compared with each other."""


class Sides:
    """The two texts that are compared, and the keys of their sentences."""

    def __init__(self, a: Outline, b: Outline, keys_a: Sequence[Keys], keys_b: Sequence[Keys]) -> None:
        self.outlines, self.keys = (a, b), (keys_a, keys_b)

    def sentences(self, side: int, numbers: Sequence[int]) -> list[Sentence]:
        """Some sentences of text a (0) or b (1)."""
        return [self.outlines[side].sentences[number] for number in numbers]

    def said(self, side: int, numbers: Sequence[int]) -> list[Keys]:
        """Their keys."""
        return [self.keys[side][number] for number in numbers]


def blocks(sides: Sides, pairs: Sequence[SectionPair]) -> list[Block]:
    """The sentences of each pair of sections, in reading order; a section without a partner goes with the pair before it."""
    own = [_by_section(outline.sentences) for outline in sides.outlines]
    found: list[Block] = [([], [])]
    for pair in pairs:
        if pair.a is not None and pair.b is not None:
            found.append(([], []))
        for side, section_id in enumerate((pair.a, pair.b)):
            if section_id is not None:
                found[-1][side].extend(own[side].get(section_id, ()))
    return [(sorted(ours), sorted(theirs)) for ours, theirs in found if ours or theirs]


def _by_section(sentences: Sequence[Sentence]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        found.setdefault(sentence.section_id, []).append(number)
    return found


def group_sentences(sides: Sides, pairs: Sequence[SectionPair], lengths: Lengths) -> list[SentenceGroup]:
    """The groups of all sentences in the sections of `pairs`, in reading order."""
    every = blocks(sides, pairs)
    scope = [[number for block in every for number in block[side]] for side in (0, 1)]
    weights = Weights(sides.said(0, scope[0]), sides.said(1, scope[1]), UNSEEN)
    return [group for block in every for group in _block(sides, block, weights, lengths)]


def _block(sides: Sides, block: Block, weights: Weights, lengths: Lengths) -> Iterator[SentenceGroup]:
    sentences = [sides.sentences(side, block[side]) for side in (0, 1)]
    a, b = (Passage(side, sentences[side], sides.said(side, block[side]), weights) for side in (0, 1))
    for link in align_sentences(a, b, weights, lengths):
        ours, theirs = sentences[0][link.i : link.i + link.di], sentences[1][link.j : link.j + link.dj]
        ids = tuple(tuple(sentence.sentence_id for sentence in each) for each in (ours, theirs))
        yield SentenceGroup(ids[0], ids[1], _method(a, b, link), link.score)


def _method(a: Passage, b: Passage, link: Link) -> str:
    if not link.di or not link.dj:
        return UNMATCHED
    return ANCHOR if a.runs[link.i][link.di - 1].keys & b.runs[link.j][link.dj - 1].keys else LENGTH

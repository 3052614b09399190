"""Which sections and sentences of a document's texts say the same.

`align_document(outlines, extractions)` compares every text of one document with its first (the original, else the human
translation) and returns one Alignment for each: `a` is that first text, `b` the other.

    for alignment in corpus.alignments(document_id):
        for group in alignment.groups:          # reading order, every sentence once
            group.relation                      # '1-1', '2-1', '1-2', '1-0' (only in a), '0-1' (only in b) …
            group.a, group.b                    # sentence_ids, in text order
            group.method, group.score           # what carried it; how sure, 0 … 1
            group.repeats                       # of a sentence that is only in one text: those of its own text that it repeats
            alignment.place(group)              # of a group with an empty side: the offset there where it would stand
        alignment.sections                      # SectionPairs, every section once
        alignment.sentences[sentence_id]        # the Sentence
        alignment.group_of(sentence_id)         # the group of a sentence of either text

    corpus.sentence_at(text_id, char_start)     # the sentence that a record stands in
    corpus.passage_at(text_id, char_start)      # the same id for all sentences of all texts that answer one another
    corpus.provision_at(section_id)             # the same id for all sections of all texts that are one provision

Two passes: figures, names, terms, words of one script, lengths and numbers of sections first; then also the words that the
first pass shows to stand for each other. Pure functions; no network, no model. Time grows with the length of the texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Extraction, Outline
from pipeline.link.align.groups import Sides, group_sentences
from pipeline.link.align.keys import Keys, sentence_keys
from pipeline.link.align.lengths import Lengths
from pipeline.link.align.lexicon import learn, translated
from pipeline.link.align.model import Alignment, SectionPair, SentenceGroup
from pipeline.link.align.repeats import mark_repeats
from pipeline.link.align.sections import align_sections
from pipeline.link.align.trees import Tree

__all__ = ["Alignment", "SectionPair", "SentenceGroup", "align", "align_document"]


def align_document(outlines: Sequence[Outline], extractions: Sequence[Extraction] = ()) -> tuple[Alignment, ...]:
    """Each further text of a document against its first. extractions: parallel to outlines, or none."""
    if len(outlines) < 2:
        return ()
    found = extractions or [Extraction()] * len(outlines)
    keys = [sentence_keys(outline, extraction) for outline, extraction in zip(outlines, found, strict=True)]
    return tuple(align(Sides(outlines[0], other, keys[0], own)) for other, own in zip(outlines[1:], keys[1:], strict=True))


def align(sides: Sides) -> Alignment:
    """Two texts side by side."""
    a, b = sides.outlines
    lengths = Lengths.guess(*([len(sentence.text) for sentence in outline.sentences] for outline in sides.outlines))
    _, groups = _pass(sides, lengths)
    numbers = [{sentence.sentence_id: n for n, sentence in enumerate(outline.sentences)} for outline in sides.outlines]
    linked = [([numbers[0][each] for each in group.a], [numbers[1][each] for each in group.b]) for group in groups]
    pairs = [
        (len(a.sentences[ours[0]].text), len(b.sentences[theirs[0]].text)) for ours, theirs in linked if _single(ours, theirs)
    ]
    lexicon = learn([(_all(sides.said(0, ours)), _all(sides.said(1, theirs))) for ours, theirs in linked if ours and theirs])
    taught = Sides(a, b, translated(sides.keys[0], lexicon[0]), translated(sides.keys[1], lexicon[1]))
    lengths = Lengths.measure(pairs, lengths)
    sections, groups = _pass(taught, lengths)
    return Alignment(a, b, sections, mark_repeats(taught, groups), lengths, lexicon)


def _pass(sides: Sides, lengths: Lengths) -> tuple[list[SectionPair], list[SentenceGroup]]:
    trees = [Tree(outline, keys) for outline, keys in zip(sides.outlines, sides.keys, strict=True)]
    sections = align_sections(trees[0], trees[1], lengths)
    return sections, group_sentences(sides, sections, lengths)


def _single(ours: Sequence[int], theirs: Sequence[int]) -> bool:
    return len(ours) == len(theirs) == 1


def _all(keys: Sequence[Keys]) -> Keys:
    return frozenset[str]().union(*keys)

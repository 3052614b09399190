"""What an alignment is: pairs of sections and groups of sentences, and where to find them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.core.model import Frozen, Outline, Sentence
from pipeline.link.align.lengths import Lengths
from pipeline.link.align.lexicon import Lexicon

UNMATCHED = "unmatched"


class SectionPair(Frozen):
    """Two sections that are one provision, or one that the other text lacks.

    a, b: section_id, None where that text has none; method: address (same address, and the contents do not contradict) |
    content (found by content, at another address) | unmatched; score: how sure that is, 0 … 1.
    """

    a: str | None
    b: str | None
    method: str
    score: float


class SentenceGroup(Frozen):
    """Sentences that say the same in two texts, or one that the other text lacks.

    a, b: sentence_ids in text order, empty where that text has none; method: anchor (shared figures, names, words or terms
    speak for it) | length (order and length alone) | repeat (only in one text, which says it twice) | unmatched; score: how
    sure that is, 0 … 1; repeats: of a sentence that is only in one text, the sentence_ids of the same text that it repeats.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    method: str
    score: float
    repeats: tuple[str, ...] = ()

    @property
    def relation(self) -> str:
        """'1-1', '1-2', '2-1', '1-0' (only in a), '0-1' (only in b) …"""
        return f"{len(self.a)}-{len(self.b)}"


class Alignment:
    """Two texts of one document side by side.

    sections and groups stand in reading order and hold each section and sentence of both texts once; of a text of which the
    other is an excerpt, only those that the excerpt renders. lengths, lexicon: what the two texts taught, see there.
    """

    def __init__(
        self,
        a: Outline,
        b: Outline,
        sections: Sequence[SectionPair],
        groups: Sequence[SentenceGroup],
        lengths: Lengths,
        lexicon: Lexicon,
    ) -> None:
        self.a, self.b = a, b
        self.sections, self.groups = tuple(sections), tuple(groups)
        self.lengths, self.lexicon = lengths, lexicon

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """sentence_id → Sentence, of both texts."""
        return {sentence.sentence_id: sentence for outline in (self.a, self.b) for sentence in outline.sentences}

    @cached_property
    def _groups(self) -> dict[str, int]:
        return {side: index for index, group in enumerate(self.groups) for side in (*group.a, *group.b)}

    def group_of(self, sentence_id: str) -> SentenceGroup | None:
        """The group of a sentence of either text; None where it lies outside an excerpt."""
        index = self._groups.get(sentence_id)
        return None if index is None else self.groups[index]

    def place(self, group: SentenceGroup) -> int:
        """Of a group with an empty side, the offset in that text where its sentences would stand: the end of what stands
        before, else the start of the text's first sentence."""
        side = "a" if not group.a else "b"
        index = self._groups[(group.a or group.b)[0]]
        before = (getattr(earlier, side) for earlier in reversed(self.groups[:index]))
        ids = next((found for found in before if found), ())
        if ids:
            return self.sentences[ids[-1]].char_end
        first = next((found for found in (getattr(later, side) for later in self.groups[index:]) if found), ())
        outline: Outline = getattr(self, side)
        return self.sentences[first[0]].char_start if first else outline.text.char_start

"""What a record says in a language in which nothing was read: the sentence that answers the one that it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.core.model import Record
from pipeline.link.corpus import Corpus

WHOLE = 2 / 3
"""Share of its sentence from which a wording stands for the whole of it."""
ENDS = "。．.;；"


class Borrowed:
    """The sentences of a document's texts that can word records of another one.

    claimed: (text_id, record) of what was read; a sentence that one of them begins in words no other.
    """

    def __init__(self, corpus: Corpus, document_id: str, claimed: Iterable[tuple[str, Record]] = ()) -> None:
        self._corpus, self._alignments = corpus, corpus.alignments(document_id)
        sentences = (corpus.sentence_at(text_id, record.char_start) for text_id, record in claimed)
        self._claimed = {sentence.sentence_id for sentence in sentences if sentence is not None}

    def fill(self, worded: Mapping[str, str | None], prefix: str, record: Record, wording: str | None) -> dict[str, str | None]:
        """`prefix_en`, `prefix_zh` … with the sentence that alone answers the record's, where none is given and the record says
        nearly the whole of its own."""
        found = dict(worded)
        own = self._corpus.sentence_at(record.text_id, record.char_start)
        if None not in found.values() or own is None or len(wording or "") < WHOLE * len(own.text):
            return found
        bare = (wording or "")[-1:] not in ENDS
        for alignment in self._alignments:
            group = alignment.group_of(own.sentence_id)
            if group is None or group.relation != "1-1":
                continue
            other = alignment.sentences[group.b[0] if own.sentence_id in group.a else group.a[0]]
            column = f"{prefix}_{self._corpus.texts[other.text_id].language}"
            if column in found and found[column] is None and other.sentence_id not in self._claimed:
                found[column] = other.text.rstrip(ENDS) if bare else other.text
        return found

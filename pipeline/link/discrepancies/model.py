"""What is compared, and what is found: values that the detectors exchange."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pipeline.core.model import Frozen, Sentence, Text

Span = tuple[int, int]

MAJOR, MINOR = "major", "minor"


SHOWN = 40
"""Characters of a quote in a message at most, the mark of a cut included."""


def shown(words: str) -> str:
    """Words as messages quote them: on one line, in quotation marks, and short."""
    plain = " ".join(words.split()).strip('“”"「」『』')
    return f"“{plain if len(plain) <= SHOWN else plain[: SHOWN - 1].rstrip() + '…'}”"


class Finding(Frozen):
    """A place where two texts disagree.

    kind: a code of discrepancy_kinds; confidence: how sure, 0 … 1; message: what differs, in English; a, b: spans in the two
    decoded sources, empty where that text says nothing; years: those of each text, where they
    differ.
    """

    kind: str
    severity: str
    confidence: float
    message: str
    a: Span
    b: Span
    years: tuple[int, int] | None = None


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return max(one[0], other[0]) < min(one[1], other[1])


def is_empty(span: Span) -> bool:
    """Whether a span holds no character: a text says nothing there."""
    return span[0] == span[1]


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Major before minor, sure before unsure, then in the order of the first text."""
    return sorted(findings, key=lambda each: (each.severity != MAJOR, -each.confidence, each.a, each.b, each.kind))


class Passage:
    """Some sentences of one text, read as one. place: where in the source they would stand if there are none."""

    def __init__(self, language: str, sentences: Sequence[Sentence], place: int) -> None:
        self.language, self.sentences, self.place = language, tuple(sentences), place
        self.text = "\n".join(sentence.text for sentence in sentences)
        self._starts: list[int] = []
        offset = 0
        for sentence in sentences:
            self._starts.append(offset)
            offset += len(sentence.text) + 1

    def span(self, start: int, end: int) -> Span:
        """The source span of [start, end) of `text`; an empty one lies where its first character stands."""
        if not self.sentences:
            return self.place, self.place
        if start >= end:
            at = self._offset(start - 1) + 1 if start else self._offset(0)
            return at, at
        return self._offset(start), self._offset(end - 1) + 1

    def opposite(self, share: float) -> Span:
        """An empty source span at the border of words that lies closest to this share of the passage."""
        at = min(len(self.text), round(share * len(self.text)))
        while 0 < at < len(self.text) and not self.text[at].isspace() and self.text[at - 1].isascii():
            at -= 1
        return self.span(at, at)

    @property
    def whole(self) -> Span:
        """The source span of all of it."""
        return self.span(0, len(self.text))

    @property
    def is_heading(self) -> bool:
        return bool(self.sentences) and all(sentence.kind == "heading" for sentence in self.sentences)

    def _offset(self, offset: int) -> int:
        number = bisect_right(self._starts, max(0, offset)) - 1
        sentence = self.sentences[number]
        inside = min(offset - self._starts[number], len(sentence.text) - 1)
        return sentence.span(inside, inside + 1)[0]


class Sides(Frozen):
    """What messages call the two texts: 'the original', 'the translation'."""

    a: str
    b: str

    def sentence(self, message: str) -> str:
        """A message that begins with a capital letter."""
        return message[:1].upper() + message[1:]


NAMES = {"original": "the original", "human_translation": "the translation", "machine_translation": "the machine translation"}


def sides_of(a: Text, b: Text) -> Sides:
    """What messages call two texts."""
    names = NAMES[a.translation_status], NAMES[b.translation_status]
    if names[0] == names[1]:
        names = (f"{names[0]} {a.text_id.rpartition('.')[2]}", f"{names[1]} {b.text_id.rpartition('.')[2]}")
    elif "original" not in (a.translation_status, b.translation_status):
        names = (
            names[0].replace("the translation", "the human translation"),
            names[1].replace("the translation", "the human translation"),
        )
    return Sides(*names)


class Pair(Frozen):
    """Passages that answer one another. around_a, around_b: the text of the groups before and after."""

    a: Passage
    b: Passage
    around_a: str
    around_b: str

"""Sentences that a text says twice, of which the other text has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from pipeline.link.align.groups import Sides
from pipeline.link.align.keys import Keys
from pipeline.link.align.model import SentenceGroup

REPEAT = "repeat"
ALIKE = 0.55
"""Words that two sentences share, of all words of the two."""
FEWEST = 4
"""Words that a sentence needs for it."""
RAREST = 8
"""Words of a sentence by which others like it are looked for; and sentences that may have each of them."""


def mark_repeats(sides: Sides, groups: Sequence[SentenceGroup]) -> list[SentenceGroup]:
    """The groups, those of a sentence in one text only with the sentences of the same text that it repeats."""
    found = [_repeats(sides, side, [group for group in groups if not (group.b, group.a)[side]]) for side in (0, 1)]
    return [
        replace(group, method=REPEAT, repeats=repeats)
        if (repeats := found[0 if group.a else 1].get((group.a or group.b)[0])) and not (group.a and group.b)
        else group
        for group in groups
    ]


def _repeats(sides: Sides, side: int, alone: Sequence[SentenceGroup]) -> dict[str, tuple[str, ...]]:
    if not alone:
        return {}
    sentences = sides.outlines[side].sentences
    words = [_words(keys) for keys in sides.keys[side]]
    counts = Counter(word for each in words for word in each)
    by_word: dict[str, list[int]] = {}
    for number, each in enumerate(words):
        for word in _rarest(each, counts):
            by_word.setdefault(word, []).append(number)
    lone = {sentence_id for group in alone for sentence_id in (*group.a, *group.b)}
    found = {}
    for number, sentence in enumerate(sentences):
        if sentence.sentence_id in lone:
            near = sorted({other for word in _rarest(words[number], counts) for other in by_word[word][: RAREST + 1]} - {number})
            if like := tuple(sentences[other].sentence_id for other in near if _alike(words[number], words[other])):
                found[sentence.sentence_id] = like
    return found


def _words(keys: Iterable[str]) -> Keys:
    return frozenset(key for key in keys if key[0] in '"#')


def _rarest(words: Keys, counts: Counter[str]) -> list[str]:
    return [word for _, word in sorted((counts[word], word) for word in words if counts[word] > 1)[:RAREST]]


def _alike(one: Keys, other: Keys) -> bool:
    shared = len(one & other)
    return min(len(one), len(other)) >= FEWEST and shared >= ALIKE * (len(one) + len(other) - shared)

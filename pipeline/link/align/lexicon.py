"""Which words of one text stand for which of the other, learned from the two texts: words that occur in few sentences, and in
sentences that answer one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from pipeline.link.align.keys import Keys

LEAST, MOST = 3, 0.15
"""A word must occur in so many groups at least, and in this share of them at most."""
RAREST = 20
"""Words of a group that are counted."""
ALIKE = 0.5
"""How often two words come together, of the times that either comes."""
STEM = 6
"""Letters of a word that count: what follows is inflection."""

Lexicon = tuple[dict[str, str], dict[str, str]]
"""Word → key, for each text: words that always come together get the same key."""

Said = tuple[Keys, Keys]
"""What one group says in either text."""


def learn(groups: Sequence[Said]) -> Lexicon:
    """The lexicon of groups that answer one another."""
    said = [tuple(_words(keys) for keys in group) for group in groups]
    counts = [Counter(chain.from_iterable(group[side] for group in said)) for side in (0, 1)]
    together: Counter[tuple[str, str]] = Counter()
    for group in said:
        rare = [_rare(group[side], counts[side], len(groups)) for side in (0, 1)]
        together.update((one, other) for one in rare[0] for other in rare[1])
    best: dict[str, tuple[float, str]] = {}
    for (one, other), count in sorted(together.items()):
        alike = 2 * count / (counts[0][one] + counts[1][other])
        if count >= LEAST and alike >= ALIKE and alike > best.get(one, (0.0, ""))[0]:
            best[one] = alike, other
    ours = {one: f"*{other}" for one, (_, other) in best.items()}
    return ours, {key[1:]: key for key in ours.values()}


def _words(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[1 : STEM + 1] for key in keys if key[0] == '"')


def _rare(words: Iterable[str], counts: Counter[str], groups: int) -> list[str]:
    most = max(LEAST, MOST * groups)
    known = sorted((counts[word], word) for word in words if LEAST <= counts[word] <= most)
    return [word for _, word in known[:RAREST]]


def translated(keys: Sequence[Keys], lexicon: dict[str, str]) -> list[Keys]:
    """The keys of sentences with those of the words that the lexicon knows."""
    return [own | {lexicon[word] for word in _words(own) if word in lexicon} for own in keys]

"""How much it says that two passages share a key, or do not: log odds, counted from the texts themselves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from pipeline.link.align.keys import Keys

CARRIED = {"#": 0.85, "=": 0.85, "@": 0.8, "~": 0.7, "*": 0.7, '"': 0.6}
"""How often what one text says in a key of this kind is said in the same key by the other, where they answer one another."""
COMMON = 0.05
"""What a shared key says at least, so that of passages that are alike in all else those that share it go together."""


class Weights:
    """What shared and unshared keys say, for passages of text a (0) and text b (1).

    A key that every passage has says nothing, one that is rare says much. unseen: kind of key → what it says where the other
    text never has that key; nothing, where the kind is not named.
    """

    def __init__(self, a: Sequence[Keys], b: Sequence[Keys], unseen: Mapping[str, float] | None = None) -> None:
        counts = Counter(chain.from_iterable(a)), Counter(chain.from_iterable(b))
        self._both: dict[str, float] = {}
        self._lost: tuple[dict[str, float], dict[str, float]] = ({}, {})
        for key in counts[0].keys() & counts[1].keys():
            share_a, share_b = (counts[0][key] + 0.5) / (len(a) + 1), (counts[1][key] + 0.5) / (len(b) + 1)
            carried = CARRIED[key[0]]
            lost_a, lost_b = _lost(carried, share_a, share_b), _lost(carried, share_b, share_a)
            self._lost[0][key], self._lost[1][key] = lost_a, lost_b
            self._both[key] = max(COMMON, math.log(carried / max(share_a, share_b))) - lost_a - lost_b
        for side in (0, 1) if unseen else ():
            own, kinds = self._lost[side], unseen or {}
            own.update((key, kinds[key[0]]) for key in counts[side] if key[0] in kinds and key not in self._both)

    def known(self, side: int, keys: Iterable[str]) -> Keys:
        """The keys that say something in a text."""
        return frozenset(self._lost[side].keys() & keys)

    def lost(self, side: int, keys: Keys) -> float:
        """What known keys of a text say if none of them is shared."""
        values = self._lost[side]
        return math.fsum([values[key] for key in keys])

    def shared(self, keys: Keys) -> float:
        """What shared keys say, and what they take back of `lost` on both sides."""
        both = self._both
        return math.fsum([both[key] for key in keys])


def _lost(carried: float, here: float, there: float) -> float:
    """What it says that a key which this share of passages has here is missing in a passage there."""
    return min(0.0, math.log((1 - carried * min(1.0, there / here)) / (1 - there)))

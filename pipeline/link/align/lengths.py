"""How long a passage is in one text against the other: estimated from the two texts themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

SPREAD = 0.22
"""Standard deviation of the logarithm of the ratio, before it is known."""
NARROWEST, WIDEST = 0.1, 0.35
LETTER = 2.0
"""What each character of a short passage adds to the variance, over its length."""
CHANCE = 1.0
"""The variance for any two passages."""
LEAST = 0.02
"""How often a passage is rendered at any length: odds never fall below this share."""
FEW = 12
NORMAL = 1.4826
"""Standard deviation of a normal distribution whose median absolute deviation is 1."""


class Lengths:
    """The ratio of lengths of two texts, b to a, and what one ratio says."""

    def __init__(self, ratio: float, spread: float = SPREAD) -> None:
        self.ratio, self.spread = ratio, spread
        self._shapes: dict[int, tuple[float, float]] = {}
        self._widest: dict[tuple[int, float], float] = {}

    @classmethod
    def guess(cls, a: Sequence[int], b: Sequence[int]) -> Lengths:
        """From the lengths of all sentences of both texts, which have as many where nothing is lost."""
        return cls(median(b) / median(a) if a and b else 1.0)

    @classmethod
    def measure(cls, pairs: Sequence[tuple[int, int]], otherwise: Lengths) -> Lengths:
        """From the lengths of sentences that answer one another; where those are few, another estimate."""
        if len(pairs) < FEW:
            return otherwise
        ratios = [math.log(b / a) for a, b in pairs]
        middle = median(ratios)
        spread = NORMAL * median(abs(ratio - middle) for ratio in ratios)
        return cls(math.exp(middle), min(WIDEST, max(NARROWEST, spread)))

    def turned(self) -> Lengths:
        """The same with the texts in the other order."""
        return Lengths(1 / self.ratio, self.spread)

    def odds(self, a: int, b: int) -> float:
        """Log odds that passages of these lengths answer one another, against any two passages."""
        off = math.log((b + 1) / (a * self.ratio + 1))
        longest = max(a, b)
        narrow, height = self._shapes.get(longest) or self._shape(longest)
        return math.log((1 - LEAST) * (math.exp(0.5 * off * off * narrow) * height) + LEAST)

    def may_be(self, a: int, b: int, odds: float) -> bool:
        """Whether `odds` of two lengths are not below these, which must be below those of any one length; at a third of the cost."""
        longest = max(a, b)
        widest = self._widest.get((longest, odds)) or self._furthest(longest, odds)
        expected = a * self.ratio + 1
        return expected <= (b + 1) * widest and b + 1 <= expected * widest

    def _furthest(self, longest: int, odds: float) -> float:
        """The factor by which lengths may be off, either way."""
        narrow, height = self._shapes.get(longest) or self._shape(longest)
        off = math.sqrt(2 * math.log((math.exp(odds) - LEAST) / (1 - LEAST) / height) / narrow)
        self._widest[longest, odds] = math.exp(off)
        return self._widest[longest, odds]

    def _shape(self, longest: int) -> tuple[float, float]:
        """What the logarithm of the ratio is weighed by where the longer passage has so many characters, and the odds at none."""
        variance = min(CHANCE / 2, self.spread**2 + LETTER / (longest + 1))
        shape = self._shapes[longest] = (1 / CHANCE - 1 / variance, math.sqrt(CHANCE / variance))
        return shape

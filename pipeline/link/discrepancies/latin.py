"""Acronyms and other words in Latin letters that a text in another script has, and its rendering lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.core.quantity import load_units
from pipeline.link.discrepancies.model import MINOR, Finding, Pair, Sides, shown

TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*|[0-9]{1,2}[A-Z](?![A-Za-z])")
INITIAL = re.compile(r"\b[A-Za-z]")
LEAST = 2


def latin(pair: Pair, sides: Sides, in_a: bool) -> Iterator[Finding]:
    """Tokens of the passage in another script that are nowhere in the other, each once."""
    own, other = (pair.a, pair.b) if in_a else (pair.b, pair.a)
    here, there = (sides.a, sides.b) if in_a else (sides.b, sides.a)
    around = pair.around_b if in_a else pair.around_a
    written = _squeezed(other.text + "\n" + around)
    initials = "".join(INITIAL.findall(other.text)).lower()
    seen: set[str] = set()
    for match in TOKEN.finditer(own.text):
        token = _squeezed(match[0])
        if len(token) < LEAST or token in seen or token in written or match[0] in _unit_words():
            continue
        seen.add(token)
        if token.isalpha() and token in initials:
            continue
        message = f"{here} has {shown(match[0])}, which {there} lacks."
        spans = own.span(*match.span()), other.opposite(match.start() / len(own.text))
        yield Finding("term", MINOR, 0.75, sides.sentence(message), *(spans if in_a else spans[::-1]))


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())


@cache
def _unit_words() -> frozenset[str]:
    """What units are written with."""
    parts = {part for code in load_units() for part in re.split(r"[/ ]", code)}
    return frozenset(parts | {"bps", "Kbps", "Mbps", "Gbps", "Tbps", "kbps"})

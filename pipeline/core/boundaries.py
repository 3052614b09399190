r"""Which word boundaries of a pattern are the same for `re` and for RE2, to which only ASCII letters make words.

Where the character on one side of `\b` can only be an ASCII letter, digit or underscore, RE2 finds a boundary wherever
`re` does. (Case-insensitive patterns are taken at their word: `K` for k is no letter that anybody prints.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

Items = Sequence[tuple[Any, Any]]

_parser: Any = import_module("re._parser")
WORD = re.compile(r"[0-9A-Za-z_]")
RANGES = (("0", "9"), ("A", "Z"), ("a", "z"))
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def ascii_boundaries(pattern: str) -> list[bool]:
    r"""For each `\b` and `\B` in the order of the pattern, whether RE2 may be asked for it; short where the parser joined some."""
    return list(_verdicts(list(_parser.parse(pattern))))


def _verdicts(items: Items) -> Iterator[bool]:
    for place, (code, value) in enumerate(items):
        if str(code) == "AT" and "BOUNDARY" in str(value):
            beside = _is_word(items[place + 1 :]) or _is_word(items[:place], last=True)
            yield beside and str(value) == "AT_BOUNDARY"
        for part in _parts(code, value):
            yield from _verdicts(part)


def _is_word(items: Items, last: bool = False) -> bool:
    """Whether a sequence begins, or ends, with an ASCII word character, whatever it matches."""
    for code, value in reversed(items) if last else items:
        name = str(code)
        if name == "LITERAL":
            return WORD.match(chr(value)) is not None
        if name == "IN":
            return all(_in_word(*member) for member in value)
        if name not in ("SUBPATTERN", "BRANCH", *REPEATS) or not all(_is_word(part, last) for part in _parts(code, value)):
            return False
        if name not in REPEATS or value[0] > 0:
            return True
    return False


def _in_word(code: Any, value: Any) -> bool:
    if str(code) == "LITERAL":
        return WORD.match(chr(value)) is not None
    return str(code) == "RANGE" and any(low <= chr(value[0]) and chr(value[1]) <= high for low, high in RANGES)


def _parts(code: Any, value: Any) -> list[Items]:
    """The sequences inside an item."""
    name = str(code)
    if name == "SUBPATTERN":
        return [list(value[-1])]
    if name == "BRANCH":
        return [list(part) for part in value[1]]
    return [list(value[2])] if name in REPEATS else []

"""Ids are made from what a row is, never from where it stands, so that they survive an unrelated edit."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from functools import lru_cache

DIGEST_LENGTH = 10

SHORT = 80
"""Characters of a part, such as a text's or a section's id, that comes again and again and is kept in its plain form."""

COMMON = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，；：！？（）％")


def content_id(prefix: str, *parts: object) -> str:
    """`prefix-` and ten hexadecimal digits of the parts' hash; width, case and spacing do not count."""
    plain = "\x1f".join([_plain_part(part) for part in parts])
    return f"{prefix}-{hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_LENGTH]}"


def content_ids(prefix: str, *parts: object) -> Callable[[str], str]:
    """`content_id` of things that share these first parts and differ in their last."""
    shared = hashlib.sha256("".join([f"{_plain_part(part)}\x1f" for part in parts]).encode())

    def identify(last: str) -> str:
        digest = shared.copy()
        digest.update(_plain(last).encode())
        return f"{prefix}-{digest.hexdigest()[:DIGEST_LENGTH]}"

    return identify


def _plain_part(part: object) -> str:
    if part is None:
        return ""
    words = part if type(part) is str else str(part)
    return _short(words) if len(words) <= SHORT else _plain(words)


def _plain(part: str) -> str:
    if part.isascii():
        return "".join(part.lower().split())
    return "".join(_narrow(part).casefold().split())


def _narrow(part: str) -> str:
    """NFKC, in a tenth of the time where only the commonest full-width marks have a narrow form."""
    for wide, narrow in COMMON:
        part = part.replace(wide, narrow)
    return part if unicodedata.is_normalized("NFKC", part) else unicodedata.normalize("NFKC", part)


_short = lru_cache(maxsize=4096)(_plain)


class Counted:
    """Tells equal ids apart by occurrence, in text order: x, x-2, x-3."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, identity: str) -> str:
        count = self._seen[identity] = self._seen.get(identity, 0) + 1
        return identity if count == 1 else f"{identity}-{count}"


class Distinct:
    """Ids of things that come again and again: the same parts always have the same id, and other ones never, though their digests
    be equal; those that come later are x-2, x-3."""

    def __init__(self) -> None:
        self._ids: dict[tuple[object, ...], str] = {}
        self._counted = Counted()

    def __call__(self, prefix: str, *parts: object) -> str:
        found = self._ids.get((prefix, *parts))
        if found is None:
            found = self._ids[prefix, *parts] = self._counted(content_id(prefix, *parts))
        return found

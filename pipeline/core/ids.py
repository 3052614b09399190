"""Ids are made from what a row is, never from where it stands, so that they survive an unrelated edit."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter

DIGEST_LENGTH = 10


def content_id(prefix: str, *parts: object) -> str:
    """`prefix-` and ten hexadecimal digits of the parts' hash; width, case and spacing do not count."""
    plain = "\x1f".join("" if part is None else _plain(str(part)) for part in parts)
    return f"{prefix}-{hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_LENGTH]}"


def _plain(part: str) -> str:
    return "".join(unicodedata.normalize("NFKC", part).casefold().split())


class Counted:
    """Tells equal ids apart by occurrence, in text order: x, x-2, x-3."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def __call__(self, identity: str) -> str:
        self._seen[identity] += 1
        return identity if self._seen[identity] == 1 else f"{identity}-{self._seen[identity]}"

"""One record for the rows of a document's texts that say the same: equal keys, taken in text order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from pipeline.core.model import Text

Item = TypeVar("Item")


class Group(Generic[Item]):
    """Rows of several texts that are one thing. The first text, original before translation, lends ids and values."""

    def __init__(self) -> None:
        self.members: dict[str, Item] = {}

    @property
    def lead(self) -> Item:
        """The row of the first text."""
        return next(iter(self.members.values()))

    def wordings(
        self, texts: Mapping[str, Text], languages: Iterable[str], prefix: str, word: Callable[[Item], str | None]
    ) -> dict[str, str | None]:
        """The wording in each language, of its first text: `prefix_en`, `prefix_zh` …"""
        found: dict[str, str | None] = {f"{prefix}_{language}": None for language in languages}
        for text_id, item in self.members.items():
            column = f"{prefix}_{texts[text_id].language}"
            if column in found and found[column] is None:
                found[column] = word(item)
        return found


def pair(rows: Sequence[tuple[str, Item]], key: Callable[[Item], Hashable]) -> list[Group[Item]]:
    """Group (text_id, row) pairs: the n-th row with a key in one text goes with the n-th in every other."""
    groups: dict[tuple[Hashable, int], Group[Item]] = {}
    seen: dict[tuple[str, Hashable], int] = defaultdict(int)
    for text_id, item in rows:
        value = key(item)
        occurrence = seen[text_id, value]
        seen[text_id, value] += 1
        groups.setdefault((value, occurrence), Group()).members[text_id] = item
    return list(groups.values())

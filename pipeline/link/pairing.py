"""One record for the rows of a document's texts that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from pipeline.core.language import load_language
from pipeline.core.model import Text
from pipeline.link.align.records import Match
from pipeline.link.alignment import Alignment

Item = TypeVar("Item")


class Group(Generic[Item]):
    """Rows of several texts that are one thing. The first text, original before translation, lends ids and values.

    members: text_id → its first row; further: more rows of the same texts, where one text says in two what another says in
    one; repeated: rows by which a text says it twice.
    """

    def __init__(self) -> None:
        self.members: dict[str, Item] = {}
        self.further: list[tuple[str, Item]] = []
        self.repeated: list[tuple[str, Item]] = []

    @property
    def lead(self) -> Item:
        """The row of the first text."""
        return next(iter(self.members.values()))

    @property
    def rows(self) -> list[tuple[str, Item]]:
        """(text_id, row) of all rows."""
        return [*self.members.items(), *self.further, *self.repeated]

    def add(self, text_id: str, items: Iterable[Item]) -> None:
        """Rows of one text, in text order."""
        for item in items:
            if text_id in self.members:
                self.further.append((text_id, item))
            else:
                self.members[text_id] = item

    def wordings(
        self, texts: Mapping[str, Text], languages: Iterable[str], prefix: str, word: Callable[[Item], str | None]
    ) -> dict[str, str | None]:
        """The wording in each language, of its first text: `prefix_en`, `prefix_zh` …"""
        found: dict[str, str | None] = {f"{prefix}_{language}": None for language in languages}
        for text_id, item in self.members.items():
            language = texts[text_id].language
            column = f"{prefix}_{language}"
            if column in found and found[column] is None:
                words = [word(item), *(word(other) for text, other in self.further if text == text_id)]
                blank = " " if load_language(language).settings.get("spaced", True) else ""
                found[column] = blank.join(filter(None, words)) or None
        return found


def pair(rows: Sequence[tuple[str, Item]], key: Callable[[Item], Hashable]) -> list[Group[Item]]:
    """Group (text_id, row) pairs: the n-th row with a key in one text goes with the n-th in every other."""
    groups: dict[tuple[Hashable, int], Group[Item]] = {}
    seen: dict[tuple[str, Hashable], int] = defaultdict(int)
    for text_id, item in rows:
        value = key(item)
        occurrence = seen[text_id, value]
        seen[text_id, value] += 1
        groups.setdefault((value, occurrence), Group()).add(text_id, (item,))
    return list(groups.values())


def join(
    rows: Mapping[str, Sequence[Item]],
    alignments: Sequence[Alignment],
    matches: Callable[[Alignment, Sequence[Item], Sequence[Item]], Iterable[Match]],
) -> list[Group[Item]]:
    """Group the rows of a document, text_id → rows in text order, by what `matches` finds for each alignment.

    Where two rows of the first text are one of another, that one goes with both.
    """
    groups: list[Group[Item]] = []
    for text_id in rows if not alignments else (alignments[0].a.text.text_id,):
        groups += [_alone(text_id, item) for item in rows.get(text_id, ())]
    for alignment in alignments:
        text_id = alignment.b.text.text_id
        items = rows.get(text_id, ())
        partners: set[int] = set()
        for found in matches(alignment, rows.get(alignment.a.text.text_id, ()), items):
            partners.update(found.b)
            for number in found.a:
                groups[number].add(text_id, (items[other] for other in found.b))
        groups += [_alone(text_id, item) for number, item in enumerate(items) if number not in partners]
    return groups


def _alone(text_id: str, item: Item) -> Group[Item]:
    group: Group[Item] = Group()
    group.add(text_id, (item,))
    return group

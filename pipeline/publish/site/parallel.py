"""The texts of a document side by side: what says the same stands in one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.core.model import Frozen, Row
from pipeline.publish.site.passages import Passage

Cells = dict[str, list[Passage]]
"""text_id → the passages of one row."""


class Version(Frozen):
    """One text. sections: its section_ids in order; passages: in reading order, those with an id are sentences."""

    text_id: str
    sections: Sequence[str]
    passages: Sequence[Passage]


class Block(Frozen):
    """One section, in whatever texts it stands. sections: text_id → section_id; rows: what stands side by side."""

    sections: dict[str, str]
    rows: list[Cells]


def blocks(versions: Sequence[Version], section_pairs: Iterable[Row], sentence_pairs: Iterable[Row]) -> list[Block]:
    """The sections of the first version in their order, those of the others beside them, or after what they follow.

    versions: the one that the alignments compare the others with comes first. Every passage stands in exactly one row.
    """
    if not versions:
        return []
    home = _homes(versions, section_pairs)
    groups = _groups(sentence_pairs)
    laid = _Layout(versions[0], home)
    for version in versions:
        laid.add(version, groups)
    return laid.blocks


def _homes(versions: Sequence[Version], pairs: Iterable[Row]) -> dict[str, str]:
    """section_id → the section of the first version beside which it stands, else itself."""
    first = set(versions[0].sections)
    home = {section_id: section_id for version in versions for section_id in version.sections}
    for pair in pairs:
        if pair["a_section_id"] in first and pair["b_section_id"] in home:
            home[pair["b_section_id"]] = pair["a_section_id"]
    return home


def _groups(pairs: Iterable[Row]) -> dict[str, str]:
    """sentence_id → one name for all sentences that answer one another, in whatever texts."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for pair in pairs:
        for sentence_id in (pair["a_sentence_id"], pair["b_sentence_id"]):
            if sentence_id:
                high, low = sorted((root(sentence_id), root(f"group {pair['group_id']}")))
                parent[low] = high
    return {name: root(name) for name in parent}


class _Layout:
    """Blocks that grow text by text."""

    def __init__(self, first: Version, home: Mapping[str, str]) -> None:
        self._home = home
        self.blocks: list[Block] = []
        self._by_home: dict[str, Block] = {}
        self._row_of: dict[str, tuple[Block, Cells]] = {}
        for section_id in first.sections:
            self._block(section_id, len(self.blocks))

    def add(self, version: Version, groups: Mapping[str, str]) -> None:
        """Lays the passages of a text into the rows that they answer, else into rows of their own after what they follow."""
        for section_id in version.sections:
            if self._home[section_id] in self._by_home:
                self._by_home[self._home[section_id]].sections.setdefault(version.text_id, section_id)
        last: tuple[Block, Cells] | None = None
        labels: list[Passage] = []
        for passage in version.passages:
            if passage.passage_id is None:
                labels.append(passage)
                continue
            group = groups.get(passage.passage_id, passage.passage_id)
            last = self._row_of.get(group) or self._new_row(version.text_id, passage, last)
            self._row_of.setdefault(group, last)
            last[1].setdefault(version.text_id, []).extend([*labels, passage])
            labels = []
        if labels and last:
            last[1].setdefault(version.text_id, []).extend(labels)

    def _new_row(self, text_id: str, passage: Passage, last: tuple[Block, Cells] | None) -> tuple[Block, Cells]:
        """A row after the last one of the same section, at the head of the section where it is its first."""
        home = self._home[passage.section_id]
        block = self._by_home.get(home)
        if block is None:
            after = self._place(last[0]) + 1 if last else 0
            block = self._block(home, after)
            block.sections[text_id] = passage.section_id
        row: Cells = {}
        at = _after(block.rows, last[1]) if last and last[0] is block else self._head(block, text_id)
        block.rows.insert(at, row)
        return block, row

    def _head(self, block: Block, text_id: str) -> int:
        """Where a text's first row of its own goes: after those that it has a part in, and after the heading."""
        return max((n + 1 for n, row in enumerate(block.rows) if text_id in row or _is_heading(row)), default=0)

    def _place(self, block: Block) -> int:
        return next(n for n, each in enumerate(self.blocks) if each is block)

    def _block(self, home: str, at: int) -> Block:
        block = Block({}, [])
        self.blocks.insert(at, block)
        self._by_home[home] = block
        return block


def _after(rows: Sequence[Cells], row: Cells) -> int:
    """The place after a row, which is mostly the last."""
    return next(n for n in range(len(rows), 0, -1) if rows[n - 1] is row)


def _is_heading(row: Cells) -> bool:
    return any(passage.kind == "heading" for cell in row.values() for passage in cell)

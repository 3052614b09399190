"""A translation takes the numbers of the original where a list has as many members in both."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Problem
from pipeline.core.problems import problem
from pipeline.outline.addresses import AROUND
from pipeline.outline.tree import Node, Tree


def take_numbers(original: Tree, translation: Tree) -> list[Problem]:
    """Give the translation's nodes the original's numbers, list by list from the top; one problem for each list that changes."""
    above = _section(original, translation.text.excerpt_of)
    if above is None and translation.text.excerpt_of:
        return []
    return list(_lists(above.children if above else original.roots, translation.roots, translation))


def _section(tree: Tree, excerpt: str | None) -> Node | None:
    """The node at an address, by its numbers."""
    node: Node | None = None
    for part in excerpt[1:].split(".") if excerpt else ():
        node = next((child for child in (node.children if node else tree.roots) if child.number == part), None)
        if node is None:
            return None
    return node


def _lists(ours: Sequence[Node], theirs: Sequence[Node], tree: Tree) -> list[Problem]:
    """ours: of the original; theirs: of the translation, which change."""
    ours = [node for node in ours if node.kind not in AROUND]
    if len(ours) != len(theirs) or any((one.number is None) != (other.number is None) for one, other in zip(ours, theirs, strict=True)):
        return []
    found: list[Problem] = []
    changed = [(one, other) for one, other in zip(ours, theirs, strict=True) if one.number != other.number]
    if changed:
        found.append(_renumbered(changed, tree))
        for one, other in changed:
            other.printed, other.number = other.number, one.number
    for one, other in zip(ours, theirs, strict=True):
        found += _lists(one.children, other.children, tree)
    return found


def _renumbered(changed: Sequence[tuple[Node, Node]], tree: Tree) -> Problem:
    first, last = changed[0][1], changed[-1][1]
    paragraph = tree.text.paragraphs[first.start[0]]
    start, stop = first.start[1], first.start[1] + len(first.label or "") or first.start[1] + 1
    meant = f"{changed[0][0].number} to {changed[-1][0].number}" if len(changed) > 1 else f"{changed[0][0].number}"
    printed = f"{first.number} to {last.number}" if len(changed) > 1 else f"{first.number}"
    span = _span(paragraph.pieces, start, stop)
    return problem(
        "renumbered", f"labels {printed} are {meant} in the original", source_id=tree.text.source_id, text_id=tree.text.text_id,
        char_start=span[0], char_end=span[1], quote=paragraph.text[start:stop],
    )  # fmt: skip


def _span(pieces: tuple[tuple[int, int], ...], start: int, stop: int) -> tuple[int, int]:
    from pipeline.core.model import source_span

    return source_span(pieces, start, stop)

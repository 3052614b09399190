"""A translation takes the numbers of the original where a list has as many members in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.outline.tree import Node, Tree


def take_numbers(original: Tree, translation: Tree) -> list[tuple[Node, str]]:
    """Give the translation's nodes the original's numbers, list by list from the top.

    Returns the first node of each list that changed, and what changed in words.
    """
    above = _section(original, translation.text.excerpt_of)
    if above is None and translation.text.excerpt_of:
        return []
    return list(_lists(above.children if above else original.roots, translation.roots))


def _section(tree: Tree, excerpt: str | None) -> Node | None:
    """The node at an address, by its numbers."""
    node: Node | None = None
    for part in excerpt[1:].split(".") if excerpt else ():
        node = next((child for child in (node.children if node else tree.roots) if child.number == part), None)
        if node is None:
            return None
    return node


def _lists(ours: Sequence[Node], theirs: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """ours: of the original; theirs: of the translation, which change."""
    if len(ours) != len(theirs):
        return
    pairs = list(zip(ours, theirs, strict=True))
    if any((one.number is None) != (other.number is None) for one, other in pairs):
        return
    changed = [(one, other) for one, other in pairs if one.number != other.number]
    if changed:
        yield (
            changed[0][1],
            f"labels {_range([other for _, other in changed])} are {_range([one for one, _ in changed])} in the original",
        )
        for one, other in changed:
            other.number = one.number
    for one, other in pairs:
        yield from _lists(one.children, other.children)


def _range(nodes: Sequence[Node]) -> str:
    first, last = nodes[0].number, nodes[-1].number
    return f"{first}" if len(nodes) == 1 else f"{first} to {last}"

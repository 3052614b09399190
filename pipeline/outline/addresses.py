"""Numbers as meant and addresses: s3.3.10, u1 for what has no number, a1 for annexes, b and t before those of boxes and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.core.ids import Counted
from pipeline.outline.numerals import LETTERS, written
from pipeline.outline.tree import Node, Tree

LETTER_BEFORE = {"box": "b", "table": "t"}
AROUND = frozenset({"front", "closing"})


def groups(siblings: Sequence[Node]) -> list[list[Node]]:
    """Siblings by the form of their labels, each in text order."""
    found: dict[str, list[Node]] = {}
    for node in siblings:
        found.setdefault(node.form, []).append(node)
    return list(found.values())


def sibling_lists(tree: Tree) -> Iterable[tuple[Node | None, list[Node]]]:
    """Every parent with its children, the top first, in text order."""
    yield None, tree.roots
    for node in tree.nodes:
        if node.children:
            yield node, node.children


def number(tree: Tree) -> None:
    """Give every node its number as meant: the letter where letters count, digits where they go on in numbers."""
    for parent, siblings in sibling_lists(tree):
        for members in groups(siblings):
            systems = [node.reading.system for node in members if node.reading]
            mixed = bool(systems) and systems[0] in LETTERS and any(system not in LETTERS for system in systems)
            for node in members:
                if node.reading:
                    node.number = _number(node, parent, mixed)


def _number(node: Node, parent: Node | None, mixed: bool) -> str:
    reading = node.reading
    if reading is None:
        return ""
    last = (str(reading.value) if mixed else written(reading.system, reading.value)) + reading.suffix
    if not reading.prefix or (parent is not None and _path(parent, len(reading.prefix)) == reading.prefix):
        return last
    return ".".join((*reading.prefix, last))


def _path(node: Node, length: int) -> tuple[str, ...]:
    """The numbers of a node and those above it, the last `length`; a whole decimal number counts as its parts."""
    path: list[str] = []
    above: Node | None = node
    while above is not None and len(path) < length:
        path = [*(above.number or "").split("."), *path]
        above = above.parent
    return tuple(path[-length:])


def address(tree: Tree) -> None:
    """Give every node its section_number. Equal ones are told apart by -2, -3 … in text order."""
    counted = Counted()
    unnumbered: dict[int, int] = {}
    taken: set[str] = set()
    excerpt = tree.text.excerpt_of
    for node in tree.nodes:
        plain = node.kind if node.kind in AROUND else _address(node, unnumbered, excerpt)
        found = counted(plain)
        while found in taken:
            found = counted(plain)
        taken.add(found)
        node.section_number = found


def _address(node: Node, unnumbered: dict[int, int], excerpt: str | None) -> str:
    parent = node.parent
    if node.kind == "preamble" and parent is None and node.number is None:
        return "preamble"
    part = LETTER_BEFORE.get(node.kind, "") + node.number if node.number else ""
    if not part:
        key = id(parent) if parent is not None else 0 if node.kind != "annex" else 1
        unnumbered[key] = unnumbered.get(key, 0) + 1
        part = f"{'' if node.kind == 'annex' else 'u'}{unnumbered[key]}"
    if parent is not None:
        return f"{parent.section_number}.{part}"
    if node.kind == "annex":
        return f"a{part}"
    return f"{excerpt}.{part}" if excerpt else f"s{part}"

"""Numbers as meant and addresses: s3.3.10, u1 for what has no number, a1 for annexes, b and t before those of boxes and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.core.ids import Counted
from pipeline.outline.headings import Heading
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


def settle_headings(tree: Tree) -> None:
    """Members of one list that are clauses of a sentence, or nothing but sentences and not short ones, have no headings."""
    for _, siblings in sibling_lists(tree):
        for members in groups(siblings):
            if _are_sentences([node.look for node in members if node.look], tree.grammar.limits["sentence"]):
                for node in members:
                    if node.look and node.look.sentence in ("short", "lead"):
                        _unhead(node)
            _unhead_prose(tree, [node for node in members if node.run_in])
            if _are_points(members, tree.grammar.limits["run_in_title"]):
                for node in members:
                    _unhead(node)


def _are_points(members: Sequence[Node], limit: int) -> bool:
    """Whether a list is nothing but sentences without a text below, one of which is too long for a title."""
    headed = [node for node in members if node.heading is not None]
    if len(members) < 2 or not headed or any(node.body and node.heading is not None or node.children for node in members):
        return False
    long = any(node.heading[2] - node.heading[1] > limit for node in headed if node.heading) or any(node.heading is None for node in members)
    return long and all(node.candidate is not None and not node.candidate.level and not node.bold for node in members)


def _unhead_prose(tree: Tree, members: Sequence[Node]) -> None:
    """First sentences are prose and no headings in a list where one of them plainly is, or most tell how things are."""
    texts = [tree.text.paragraphs[node.heading[0]].text[node.heading[1] : node.heading[2]] for node in members if node.heading]
    limits, telling = tree.grammar.limits, [tree.grammar.telling.search(text) is not None for text in texts]
    plainly = any(
        len(text) > limits["prose"] or (tells and len(text) > limits["run_in_title"]) for text, tells in zip(texts, telling, strict=True)
    )
    if plainly or sum(telling) * 2 > len(texts) + 1:
        for node in members:
            if node.candidate is not None and not node.bold:
                _unhead(node)


def _are_sentences(looks: Sequence[Heading], limit: int) -> bool:
    kinds = [look.sentence for look in looks]
    clauses, short, long = kinds.count("clause"), kinds.count("short"), kinds.count("long")
    if clauses * 2 > len(looks) or (clauses and clauses + kinds.count("lead") + 1 >= len(looks)) or long > short + kinds.count(""):
        return True
    lengths = sorted(look.stop - look.start for look in looks if look.sentence == "short")
    return short > 0 and short + long == len(looks) and lengths[short // 2] > limit


def _unhead(node: Node) -> None:
    look, heading = node.look, node.heading
    if look is None or heading is None or node.candidate is None or heading[0] != node.candidate.paragraph:
        return
    node.heading = None
    last = max(node.end[1], heading[2])
    if node.run_in and node.body and node.body[0][0] == heading[0]:
        last, node.body = node.body[0][2], node.body[1:]
    node.run_in = False
    node.body = [(heading[0], heading[1], last), *node.body]


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
    last = str(reading.value) if mixed else written(reading.system, reading.value)
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

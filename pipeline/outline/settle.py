"""Which sentences behind labels are headings after all: this shows only when a list is seen as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.outline.addresses import groups, sibling_lists
from pipeline.outline.headings import LAW, Heading
from pipeline.outline.sentences import first_end
from pipeline.outline.tree import Node, Tree


def settle_headings(tree: Tree) -> None:
    """Members of one list that are clauses of a sentence, prose, or nothing but sentences and not short ones, have no headings."""
    lists = [members for _, siblings in sibling_lists(tree) for group in groups(siblings) for members in _by_system(group)]
    for members in _running_prose(tree, lists):
        _unhead([node for node in members if not node.marked and _is_sentence(node)])
    prose = [_settle(tree, members) for members in lists]
    styles = Counter(_style(members) for members in lists)
    of_prose = Counter(_style(members) for members, is_prose in zip(lists, prose, strict=True) if is_prose)
    for members in lists:
        style = _style(members)
        if style is not None and of_prose[style]:
            if _tells(tree, members, lone=True):
                _unhead([node for node in members if not node.marked and _is_sentence(node)])
            elif of_prose[style] * 2 > styles[style]:
                _unhead([node for node in members if not node.run_in and _is_sentence(node)])


def _running_prose(tree: Tree, lists: Sequence[list[Node]]) -> list[list[Node]]:
    """The lists of paragraphs that are numbered through a text, under several headings, and mostly tell something."""
    found: dict[tuple[str, int], list[list[Node]]] = {}
    for members in lists:
        if (style := _style(members)) is not None and members[0].reading is not None and not members[0].reading.prefix:
            found.setdefault(style, []).append(members)
    running = [chain for chain in found.values() if len(chain) > 1 and all(map(_runs_on, chain, chain[1:]))]
    return [members for chain in running if _mostly_tell(tree, chain) for members in chain]


def _runs_on(before: Sequence[Node], after: Sequence[Node]) -> bool:
    last, first = before[-1].reading, after[0].reading
    return last is not None and first is not None and first.value == last.value + 1


def _mostly_tell(tree: Tree, chain: Sequence[Sequence[Node]]) -> bool:
    texts = [text for members in chain for node in members if (text := _first_sentence(tree, node))]
    return sum(tree.grammar.telling.search(text) is not None for text in texts) * 2 > len(texts) + 1


def _by_system(group: Sequence[Node]) -> list[list[Node]]:
    """A group divided by the numerals of its labels: letters between numbers are another list; in 3.1, 3.a they are not."""
    found: dict[tuple[str, int] | None, list[Node]] = {}
    for node in group:
        found.setdefault(_style([node]), []).append(node)
    decimal = any(node.reading.prefix for node in group if node.reading)
    return [list(group)] if decimal or min(map(len, found.values())) < 2 else list(found.values())


def _style(members: Sequence[Node]) -> tuple[str, int] | None:
    reading = members[0].reading
    return (reading.form, reading.system) if reading is not None else None


def _settle(tree: Tree, members: Sequence[Node]) -> bool:
    """Take the headings that are none; whether the list is prose."""
    limits = tree.grammar.limits
    clauses = _are_sentences([node.look for node in members if node.look], limits["sentence"])
    if clauses:
        _unhead([node for node in members if _is_sentence(node) and not node.run_in])
    prose = _tells(tree, members)
    if prose:
        _unhead([node for node in members if not node.marked and _is_sentence(node)])
    if _are_points(members, limits["run_in_title"]):
        _unhead(members)
    return prose or clauses


def _is_sentence(node: Node) -> bool:
    """Whether a heading is a first sentence or the only one of its paragraph."""
    return node.run_in or (node.look is not None and node.look.sentence in ("short", "lead"))


def _tells(tree: Tree, members: Sequence[Node], lone: bool = False) -> bool:
    """Whether the first sentences of a list are prose: one is plainly too long for a title, or most tell how things are.

    lone: one that tells is enough in a list of one or two.
    """
    texts = [text for node in members if (text := _first_sentence(tree, node))]
    limits, telling = tree.grammar.limits, [tree.grammar.telling.search(text) is not None for text in texts]
    for text, tells in zip(texts, telling, strict=True):
        if len(text) > limits["prose"] or (tells and len(text) > limits["run_in_title"]):
            return True
    count = sum(telling)
    return count * 2 > len(texts) + 1 or (0 < len(texts) == count > 1) or (lone and count * 2 >= len(texts) > 0)


def _first_sentence(tree: Tree, node: Node) -> str:
    """The sentence behind a label in a paragraph of prose; nothing where a title stands there, or a title may."""
    look, candidate = node.look, node.candidate
    if look is None or candidate is None or node.marked or node.kind in LAW:
        return ""
    text = tree.text.paragraphs[candidate.paragraph].text
    if node.run_in or look.sentence == "lead" or (look.sentence == "short" and not node.body and not node.children):
        return text[look.start : look.stop]
    if look.sentence == "long":
        end = first_end(text, tree.grammar, candidate.end, candidate.stop)
        return text[candidate.end : end[0] if end else candidate.stop]
    return ""


def _are_points(members: Sequence[Node], limit: int) -> bool:
    """Whether a list is nothing but sentences without a text below, one of which is too long for a title."""
    headed = [node for node in members if node.heading is not None]
    if len(members) < 2 or not headed or any((node.body and node.heading is not None) or node.children for node in members):
        return False
    long = any(node.heading[2] - node.heading[1] > limit for node in headed if node.heading) or any(
        node.heading is None for node in members
    )
    return long and all(node.candidate is not None and not node.candidate.level and not node.marked for node in members)


def _are_sentences(looks: Sequence[Heading], limit: int) -> bool:
    kinds = [look.sentence for look in looks]
    clauses, short, long = kinds.count("clause"), kinds.count("short"), kinds.count("long")
    if (
        clauses * 2 > len(looks)
        or (clauses and clauses + kinds.count("lead") + 1 >= len(looks))
        or long > short + kinds.count("")
    ):
        return True
    lengths = sorted(look.stop - look.start for look in looks if look.sentence == "short")
    return short > 0 and short + long == len(looks) and lengths[short // 2] > limit


def _unhead(nodes: Sequence[Node]) -> None:
    for node in nodes:
        _take_heading(node)


def _take_heading(node: Node) -> None:
    """Make a heading part of the text behind it."""
    look, heading = node.look, node.heading
    if look is None or heading is None or node.candidate is None or heading[0] != node.candidate.paragraph:
        return
    node.heading = None
    last = max(node.end[1], heading[2])
    if node.run_in and node.body and node.body[0][0] == heading[0]:
        last, node.body = node.body[0][2], node.body[1:]
    node.run_in = False
    node.body = [(heading[0], heading[1], last), *node.body]

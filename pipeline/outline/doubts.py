"""What is doubtful in a section tree: lost headings, skipped, repeated and misprinted numbers, lines that may be headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.core.model import Problem, Text, source_span
from pipeline.core.problems import problem
from pipeline.outline.addresses import groups, sibling_lists
from pipeline.outline.labels import Candidate
from pipeline.outline.numerals import ARABIC, LETTERS
from pipeline.outline.tree import Node, Tree

STRONG = 3.0
"""A candidate of this strength that is no label is reported."""


def doubts(tree: Tree) -> list[Problem]:
    """All problems of one tree, in text order within their kinds."""
    found = list(_contents(tree))
    if not tree.roots:
        found.append(_at_start(tree.text, "no_sections", "no heading was found"))
    running = _running(tree)
    for parent, siblings in _lists(tree):
        for members in groups(siblings):
            if members[0].reading is not None and members[0].kind != "table":
                found += _of_list(tree, parent, members, running)
    found += _mixed_brackets(tree)
    found += [
        _of_candidate(tree, candidate) for candidate in tree.rejected if candidate.strength >= STRONG and not candidate.inline
    ]
    return found


def _lists(tree: Tree) -> Iterator[tuple[Node | None, list[Node]]]:
    """Every parent with its children; at the top, each part of the text by itself: a notice, and the plan behind its signature."""
    part: list[Node] = []
    for node in tree.nodes:
        if node.candidate is None and node.kind == "closing":
            yield None, part
            part = []
        elif node.parent is None and node.candidate is not None:
            part.append(node)
    yield None, part
    yield from ((parent, siblings) for parent, siblings in sibling_lists(tree) if parent is not None)


def about(tree: Tree, node: Node, kind: str, message: str) -> Problem:
    """A problem of a section, shown at its label."""
    paragraph = tree.text.paragraphs[node.start[0]]
    start = node.start[1]
    stop = start + max(len(node.label or ""), 1)
    char_start, char_end = source_span(paragraph.pieces, start, stop)
    return problem(
        kind, message, source_id=tree.text.source_id, text_id=tree.text.text_id, section_id=f"{tree.text.text_id}:{node.section_number}",
        char_start=char_start, char_end=char_end, quote=paragraph.text[start:stop],
    )  # fmt: skip


def _of_list(tree: Tree, parent: Node | None, members: Sequence[Node], running: frozenset[int]) -> Iterator[Problem]:
    yield from _misprints(tree, members)
    first = members[0]
    late = first.reading is not None and first.reading.value > 1 and id(first) not in running
    if late and parent is not None and parent.heading is not None and not (first.candidate and first.candidate.keyword):
        yield about(tree, first, "missing_heading", f"the first number of this list is {first.number}")
    repeated = False
    for before, node in pairwise(members):
        if (
            before.reading is None
            or node.reading is None
            or before.reading.prefix != node.reading.prefix
            or _letter_switch(before, node)
        ):
            continue
        value, last = node.reading.value, before.reading.value
        if value > last + 1 and id(node) not in running:
            kind = "missing_heading" if _leaves_room(before) else "numbering_gap"
            yield about(tree, node, kind, f"{node.number} follows {before.number}: {_missing(last + 1, value)} not there")
        elif value <= last and not repeated and not node.reading.suffix:
            repeated = True
            yield about(tree, node, "duplicate_number", f"{node.number} follows {before.number}")


def _missing(first: int, stop: int) -> str:
    return f"{first} is" if stop - first == 1 else f"{first} to {stop - 1} are"


def _letter_switch(before: Node, node: Node) -> bool:
    """3.a behind 3.9."""
    return bool(before.reading and node.reading and before.reading.system == ARABIC and node.reading.system in LETTERS)


def _running(tree: Tree) -> frozenset[int]:
    """Ids of the nodes whose number is one more than that of the same style before, or than how many there were, wherever in the text."""
    seen: dict[tuple[str, int], tuple[int, int]] = {}
    found = set()
    for node in tree.nodes:
        if node.reading is None:
            continue
        style = (node.reading.form, node.reading.system)
        total, last = seen.get(style, (0, -1))
        if total and node.reading.value in (total + 1, last + 1):
            found.add(id(node))
        seen[style] = (total + 1, node.reading.value)
    return frozenset(found)


def _leaves_room(before: Node) -> bool:
    """Whether the text of a lost section may stand in the one before: several paragraphs and no subsections."""
    return not before.children and len(before.body) > 1


def _misprints(tree: Tree, members: Sequence[Node]) -> Iterator[Problem]:
    systems = [node.reading.system for node in members if node.reading]
    reported = {max(dict.fromkeys(systems), key=systems.count)}
    for node in members:
        reading = node.reading
        if reading is None:
            continue
        if reading.cost:
            yield about(tree, node, "misnumbered", f"the label {node.label!r} stands for {reading.value}")
        elif reading.system not in reported and not (reading.prefix and reading.system in LETTERS):
            reported.add(reading.system)
            yield about(
                tree,
                node,
                "misnumbered",
                f"the label {node.label!r} stands for {reading.value}, in another script than its siblings",
            )


def _mixed_brackets(tree: Tree) -> Iterator[Problem]:
    shapes: dict[str, list[Node]] = {}
    for node in tree.nodes:
        if node.form == "both" and node.label and node.reading and not node.reading.cost:
            shapes.setdefault("".join(mark for mark in node.label if mark in "()（）"), []).append(node)
    if len(shapes) > 1:
        usual = max(shapes, key=lambda shape: len(shapes[shape]))
        others = [node for shape, nodes in shapes.items() if shape != usual for node in nodes]
        yield about(
            tree,
            min(others, key=lambda node: node.start),
            "mixed_brackets",
            f"{len(others)} labels have other brackets than the rest",
        )


def _contents(tree: Tree) -> Iterator[Problem]:
    paragraphs = tree.text.paragraphs
    for first, last in tree.contents:
        yield problem(
            "table_of_contents", f"a table of contents of {last - first} lines", source_id=tree.text.source_id, text_id=tree.text.text_id,
            char_start=paragraphs[first].char_start, char_end=paragraphs[first].char_end, quote=paragraphs[first].text,
        )  # fmt: skip


def _at_start(text: Text, kind: str, message: str) -> Problem:
    return problem(
        kind, message, source_id=text.source_id, text_id=text.text_id, char_start=text.char_start, char_end=text.char_start
    )


def _of_candidate(tree: Tree, candidate: Candidate) -> Problem:
    paragraph = tree.text.paragraphs[candidate.paragraph]
    stop = candidate.start + len(candidate.label or "x")
    char_start, char_end = source_span(paragraph.pieces, candidate.start, stop)
    return problem(
        "uncertain_heading", f"{candidate.label!r} looks like a label but does not fit the numbers around it", source_id=tree.text.source_id,
        text_id=tree.text.text_id, char_start=char_start, char_end=char_end, quote=paragraph.text[candidate.start : stop],
    )  # fmt: skip

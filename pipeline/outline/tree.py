"""The section tree of one text: nodes with their headings and their own text, before they have addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.core.model import Text
from pipeline.outline.boxes import Segment, rows_of
from pipeline.outline.frame import Part
from pipeline.outline.grammar import Grammar
from pipeline.outline.headings import Heading, find_heading, whole_line
from pipeline.outline.labels import BESIDE, Candidate, Reading
from pipeline.outline.lines import Line, below, is_record
from pipeline.outline.sentences import trim
from pipeline.outline.states import Decision

_CITED = re.compile(r"《([^《》]{6,80})》")
BELOW = {None: "chapter", "part": "chapter", "chapter": "section", "preamble": "section", "annex": "section"}
"""The kind of a section below one of these kinds, where no word tells; below all others it is an item."""


class Node(Struct):
    """A section. reading: its number as read; number: as an address writes it; heading: a Segment or null; body: its own text."""

    kind: str
    parent: Node | None
    candidate: Candidate | None
    reading: Reading | None
    depth: int
    start: tuple[int, int]
    end: tuple[int, int]
    heading: Segment | None = None
    run_in: bool = False
    look: Heading | None = None
    body: list[Segment] = []
    children: list[Node] = []
    number: str | None = None
    section_number: str = ""

    @property
    def marked(self) -> bool:
        """Whether bold marks, brackets or a colon set the heading off from the text."""
        return self.look is not None and self.look.marked

    @property
    def label(self) -> str | None:
        return self.candidate.label if self.candidate else None

    @property
    def form(self) -> str:
        return self.reading.form if self.reading else ""


class Tree(Struct):
    """One text's nodes in text order, and what was seen on the way."""

    text: Text
    grammar: Grammar
    lines: list[Line]
    nodes: list[Node]
    contents: list[tuple[int, int]]
    rejected: list[Candidate]
    notes: frozenset[int] = frozenset()
    cited: frozenset[str] | None = None

    def cited_titles(self) -> frozenset[str]:
        """The titles of documents that the text cites in title marks."""
        if self.cited is None:
            self.cited = frozenset(title for paragraph in self.text.paragraphs for title in _CITED.findall(paragraph.text))
        return self.cited

    @property
    def roots(self) -> list[Node]:
        return [node for node in self.nodes if node.parent is None and node.candidate is not None]


def add_nodes(tree: Tree, part: Part, chosen: Sequence[tuple[Candidate, Decision]]) -> None:
    """Add the sections of one part to a tree, in text order. chosen: its labels and titles, with their depths."""
    nodes = _nodes(tree, part, chosen)
    _fill(tree, part, nodes)
    tree.nodes += nodes


def _nodes(tree: Tree, part: Part, chosen: Sequence[tuple[Candidate, Decision]]) -> list[Node]:
    """Nodes with parents and headings, in text order; a node without a candidate is a front or a closing."""
    nodes: list[Node] = []
    if front := _outside(tree, "front", part.first, chosen[0][0].place if chosen else (part.closing, 0)):
        nodes.append(front)
    open_nodes: list[Node] = []
    for number, (candidate, decision) in enumerate(chosen):
        following = chosen[number + 1][0] if number + 1 < len(chosen) else None
        parent = open_nodes[decision.depth - 1] if decision.depth and open_nodes else None
        if candidate.kind in BESIDE:
            parent = _titled(parent)
        node = _node(tree, candidate, decision.reading, parent, following, part.closing)
        (parent.children if parent else []).append(node)
        nodes.append(node)
        if not candidate.leaf:
            open_nodes[decision.depth :] = [node]
    if closing := _outside(tree, "closing", part.closing, (part.last, 0)):
        nodes.append(closing)
    return nodes


def _titled(parent: Node | None) -> Node | None:
    """The section that a box or table belongs to: not the numbered paragraph before it, but the section with a title around that."""
    while (
        parent is not None
        and parent.parent is not None
        and parent.kind not in BESIDE
        and (parent.heading is None or (parent.run_in and parent.kind == "item"))
    ):
        parent = parent.parent
    return parent


def _outside(tree: Tree, kind: str, first: int, stop: tuple[int, int]) -> Node | None:
    segments = list(_segments(tree, (first, 0), stop))
    if not segments:
        return None
    return Node(kind, None, None, None, 0, (segments[0][0], segments[0][1]), (segments[-1][0], segments[-1][2]))


def _segments(tree: Tree, start: tuple[int, int], stop: tuple[int, int]) -> Iterator[Segment]:
    """The running text between two places."""
    paragraphs, lines = tree.text.paragraphs, tree.lines
    for index in range(start[0], min(stop[0] + 1, len(paragraphs))):
        line = lines[index]
        if line.ornament or (index == stop[0] and stop[1] <= line.start):
            continue
        here = max(start[1], line.begins) if index == start[0] else line.begins
        there = min(stop[1], line.stop) if index == stop[0] else line.stop
        if here < there:
            here, there = trim(paragraphs[index].text, here, there)
            if here < there:
                yield index, here, there


def _node(
    tree: Tree, candidate: Candidate, reading: Reading | None, parent: Node | None, following: Candidate | None, closing: int
) -> Node:
    kind = candidate.kind or BELOW.get(parent.kind if parent else _excerpted(tree.text), "item")
    text, line = tree.text.paragraphs[candidate.paragraph].text, tree.lines[candidate.paragraph]
    stop = following.start if following and following.paragraph == candidate.paragraph else line.stop
    unlabelled = candidate.label is None
    look = (
        whole_line(text, candidate.end, stop) if unlabelled else find_heading(text, candidate.end, stop, line, kind, tree.grammar)
    )
    if kind == "annex" and (look.run_in or look.sentence == "long"):
        look = _cited_heading(tree, text, candidate.end, stop) or look
    depth = parent.depth + 1 if parent else 0
    start = (candidate.paragraph, candidate.start)
    last = trim(text, look.stop, look.body)[1] if look.stop < look.body and not look.run_in else look.stop
    node = Node(
        kind,
        parent,
        candidate,
        reading,
        depth,
        start,
        (candidate.paragraph, max(last, candidate.start + len(candidate.label or ""))),
    )
    node.look, node.run_in = look, look.run_in
    if look.start < look.stop:
        node.heading = (candidate.paragraph, look.start, look.stop)
    elif candidate.end >= line.stop and (
        heading := _on_next_line(tree, below(tree.lines, candidate.paragraph), following, closing)
    ):
        node.heading, node.end = heading, (heading[0], heading[2])
    return node


def _cited_heading(tree: Tree, text: str, start: int, stop: int) -> Heading | None:
    """The heading of an annex whose text follows without a mark: the title by which the text before cites it."""
    titles = [title for title in tree.cited_titles() if text.startswith(title, start)]
    last = start + max(map(len, titles), default=0)
    return Heading(start, last, last, last < stop, marked=True) if titles else None


def _excerpted(text: Text) -> str | None:
    """The kind of the section that an excerpt is taken from, by its depth."""
    return (None, "chapter", "section")[min(text.excerpt_of.count(".") + 1, 2)] if text.excerpt_of else None


def _on_next_line(tree: Tree, index: int, following: Candidate | None, closing: int) -> Segment | None:
    """The heading below a label that fills its line."""
    if index >= closing or (following is not None and following.paragraph == index):
        return None
    text, line = tree.text.paragraphs[index].text, tree.lines[index]
    start, stop = trim(text, line.start, line.stop)
    if line.row or line.ornament or not start < stop <= start + tree.grammar.limits["title"]:
        return None
    if text[start] == "(" and text[stop - 1] == ")":
        return _on_next_line(tree, below(tree.lines, index), following, closing)
    if text[stop - 1] in "。.!！?？;；:：,，" or is_record(text[start:stop]) or not any(map(str.isalpha, text[start:stop])):
        return None
    return index, start, stop


def _fill(tree: Tree, part: Part, nodes: Sequence[Node]) -> None:
    """Give every node its own running text. A table ends with its rows; what follows belongs to the section around it."""
    for number, node in enumerate(nodes):
        if node.candidate is None:
            last = (
                (part.last, 0)
                if node.kind == "closing"
                else nodes[number + 1].start
                if number + 1 < len(nodes)
                else (part.closing, 0)
            )
            node.body = list(_segments(tree, node.start, last))
            continue
        begin = _body_start(node)
        end = nodes[number + 1].start if number + 1 < len(nodes) else (part.closing, 0)
        segments = list(_segments(tree, begin, end))
        if (outer := _around_closed_box(node, segments)) is not None:
            box, ends = outer
            kept = sum(segment[0] <= ends for segment in segments)
            box.body, segments = box.body + segments[kept:], segments[:kept]
        elif node.candidate.leaf or (node.kind == "box" and not node.children and segments and tree.lines[segments[0][0]].row):
            kept = rows_of(tree.text.paragraphs, tree.lines, segments, tree.notes, tree.grammar)
            if node.parent is not None:
                node.parent.body, segments = node.parent.body + segments[kept:], segments[:kept]
        node.body = segments + node.body


def _around_closed_box(node: Node, segments: Sequence[Segment]) -> tuple[Node, int] | None:
    """The section around a box that ends before the last of these segments, and the paragraph with which it ends."""
    inner: Node | None = node
    while inner is not None and inner.kind != "box":
        inner = inner.parent
    ends = inner.candidate.ends if inner is not None and inner.candidate is not None else None
    if inner is None or inner.parent is None or ends is None or not segments or segments[-1][0] <= ends:
        return None
    return inner.parent, ends


def _body_start(node: Node) -> tuple[int, int]:
    if node.heading is not None and node.candidate is not None and node.heading[0] != node.candidate.paragraph:
        return node.heading[0] + 1, 0
    if node.look is None or node.candidate is None:
        return node.start
    return node.candidate.paragraph, node.look.body

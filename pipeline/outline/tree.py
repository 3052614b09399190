"""The section tree of one text: nodes with their headings and their own text, before they have addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.core.model import Paragraph, Text
from pipeline.outline.boxes import Segment, close_boxes, rows_of
from pipeline.outline.contents import regions
from pipeline.outline.frame import Part, parts
from pipeline.outline.grammar import Grammar
from pipeline.outline.headings import Heading, find_heading, whole_line
from pipeline.outline.labels import BESIDE, Candidate, Reading, candidates
from pipeline.outline.lines import Line, is_record, look
from pipeline.outline.nesting import nest
from pipeline.outline.notes import without_notes
from pipeline.outline.sentences import trim
from pipeline.outline.states import Decision
from pipeline.outline.titles import CAPITALS, marked, unmarked, without_document_title

BELOW = {None: "chapter", "part": "chapter", "chapter": "section", "preamble": "section", "annex": "section"}
"""The kind of a section below one of these kinds, where no word tells; below all others it is an item."""

WEAK = 3.0
"""A candidate of no more strength than this does not keep a signature from ending, nor a line from being a heading."""


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

    @property
    def roots(self) -> list[Node]:
        return [node for node in self.nodes if node.parent is None and node.candidate is not None]


def read_tree(text: Text, grammar: Grammar) -> Tree:
    """The section tree of a text."""
    paragraphs = text.paragraphs
    lines = look(paragraphs)
    found, notes = without_notes(paragraphs, candidates(paragraphs, lines, grammar), grammar)
    contents = regions(paragraphs, found, grammar)
    for first, last in contents:
        for line in lines[first:last]:
            line.ornament = True
    found = _with_titles(
        paragraphs, lines, [candidate for candidate in found if not lines[candidate.paragraph].ornament], grammar
    )
    close_boxes(paragraphs, lines, found, notes, grammar)
    labelled = [candidate.paragraph for candidate in found if candidate.strength > WEAK or candidate.kind == "annex"]
    ones = [candidate.paragraph for candidate in found if _begins_numbering(candidate)]
    tree = Tree(text, grammar, lines, [], contents, [], notes)
    for part in parts(paragraphs, lines, labelled, ones, grammar):
        _read_part(tree, part, [candidate for candidate in found if part.first <= candidate.paragraph < part.closing])
    return tree


def _begins_numbering(candidate: Candidate) -> bool:
    return bool(candidate.level) or candidate.kind == "annex" or any(reading.value == 1 for reading in candidate.readings)


def _with_titles(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], found: list[Candidate], grammar: Grammar
) -> list[Candidate]:
    taken = {candidate.paragraph for candidate in found if not candidate.inline}
    taken |= {candidate.paragraph + 1 for candidate in found if candidate.end >= candidate.stop and candidate.strength > WEAK}
    heads = marked(paragraphs, lines, frozenset(taken), grammar)
    merged = sorted([*found, *heads], key=lambda candidate: candidate.place)
    merged = without_document_title(merged, paragraphs, lines)
    if not _levels_agree(merged):
        for candidate in merged:
            candidate.top = candidate.top or (candidate.level == 1 and candidate.label is None)
            candidate.level = 0
    return _without_references(merged, len(paragraphs))


def _levels_agree(merged: Sequence[Candidate]) -> bool:
    """Whether Markdown levels tell how deep numbered headings stand: no two styles share a level, no section holds a chapter."""
    styles: dict[int, set[tuple[str, int]]] = {}
    ranks: dict[int, int] = {}
    for candidate in merged:
        if candidate.level and candidate.rank:
            ranks[candidate.rank] = max(candidate.level, ranks.get(candidate.rank, 0))
        if candidate.level and candidate.readings and candidate.kind is None:
            styles.setdefault(candidate.level, set()).add(
                (candidate.readings[0].form, 0 if candidate.keyword else candidate.readings[-1].system)
            )
    ordered = [level for _, level in sorted(ranks.items())]
    if any(below <= above for above, below in pairwise(ordered)):
        return False
    return all(len(found) == 1 for found in styles.values()) or len(styles) > 2


def _without_references(merged: list[Candidate], length: int) -> list[Candidate]:
    """Numbers under a heading such as References, near the end, are no labels."""
    back = next((index for index, candidate in enumerate(merged) if candidate.back and candidate.paragraph * 2 > length), None)
    if back is None:
        return merged
    return [*merged[: back + 1], *(candidate for candidate in merged[back + 1 :] if candidate.level or candidate.kind == "annex")]


def _read_part(tree: Tree, part: Part, found: list[Candidate]) -> None:
    decisions = nest(found)
    found, decisions = _with_unmarked(tree, part, found, decisions)
    chosen = {decision.index for decision in decisions}
    tree.rejected += [candidate for index, candidate in enumerate(found) if index not in chosen]
    nodes = _nodes(tree, part, [(found[decision.index], decision) for decision in decisions])
    _fill(tree, part, nodes)
    tree.nodes += nodes


def _with_unmarked(
    tree: Tree, part: Part, found: list[Candidate], decisions: list[Decision]
) -> tuple[list[Candidate], list[Decision]]:
    """Add title-like lines: all in a text without labels, those behind the first label in one that has some."""
    paragraphs, lines, grammar = tree.text.paragraphs, tree.lines, tree.grammar
    accepted = [found[decision.index] for decision in decisions]
    labelled = [candidate for candidate in accepted if candidate.label is not None]
    if any(candidate.level for candidate in accepted) or (labelled and not grammar.spaced):
        return found, decisions
    taken = {candidate.paragraph for candidate in accepted}
    taken |= {candidate.paragraph + 1 for candidate in labelled if candidate.end >= candidate.stop}
    opening = next((index for index in range(part.first, part.closing) if not lines[index].ornament), part.first)
    start = max(labelled[0].paragraph - 1, opening + 1) if labelled else opening + 1
    added = unmarked(paragraphs, lines, frozenset(taken), grammar, start, part.closing)
    if start > opening + 1 and any(candidate.rule_id == CAPITALS for candidate in added):
        before = unmarked(paragraphs, lines, frozenset(taken), grammar, opening + 1, start)
        added = [*(candidate for candidate in before if candidate.rule_id == CAPITALS), *added]
    if len(added) + len(accepted) - len(labelled) < 2:
        return found, decisions
    places = {candidate.paragraph for candidate in added}
    merged = sorted([*(c for c in found if c.paragraph not in places), *added], key=lambda candidate: candidate.place)
    return merged, nest(merged)


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
        and (parent.run_in or parent.heading is None)
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
        if line.ornament:
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
    elif candidate.end >= line.stop and (heading := _on_next_line(tree, candidate.paragraph + 1, following, closing)):
        node.heading, node.end = heading, (heading[0], heading[2])
    return node


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
    if text[stop - 1] in "。.!！?？;；:：,，" or is_record(text[start:stop]):
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

"""From a tree of nodes to the published values: sections with spans in the source, and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.ids import Counted, content_ids
from pipeline.core.model import Outline, Section, Sentence, slice_pieces, source_offset, source_span
from pipeline.outline.boxes import Segment
from pipeline.outline.sentences import spans
from pipeline.outline.tree import Node, Tree


def build(tree: Tree) -> Outline:
    """The outline of a text whose nodes have their addresses."""
    ends = _ends(tree.nodes)
    sections = tuple(_section(tree, position, node, ends[position]) for position, node in enumerate(tree.nodes))
    return Outline(text=tree.text, sections=sections, sentences=tuple(_sentences(tree)))


def _ends(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Where each subtree ends. Children stand behind their parents, so one pass from the back is enough."""
    places = {id(node): position for position, node in enumerate(nodes)}
    ends = [max([node.end, *((segment[0], segment[2]) for segment in node.body[-1:])]) for node in nodes]
    for position in range(len(nodes) - 1, -1, -1):
        parent = nodes[position].parent
        if parent is not None:
            above = places[id(parent)]
            ends[above] = max(ends[above], ends[position])
    return ends


def _section(tree: Tree, position: int, node: Node, end: tuple[int, int]) -> Section:
    text, paragraphs = tree.text, tree.text.paragraphs
    start = source_offset(paragraphs[node.start[0]].pieces, node.start[1])
    heading, heading_span = None, None
    if node.heading is not None:
        paragraph, first, last = node.heading
        heading = paragraphs[paragraph].text[first:last]
        heading_span = source_span(paragraphs[paragraph].pieces, first, last)
    body = [paragraphs[paragraph].text[first:last] for paragraph, first, last in node.body]
    if node.kind == "front" and position == 0:
        start = min(start, text.char_start)
    lifted = text.excerpt_of.count(".") + 1 if text.excerpt_of and node.candidate else 0
    return Section(
        section_id=f"{text.text_id}:{node.section_number}", text_id=text.text_id,
        parent_id=f"{text.text_id}:{node.parent.section_number}" if node.parent else None,
        position=position, level=node.depth + 1 + lifted, kind=node.kind, label=node.label, number=node.number,
        section_number=node.section_number, heading=heading, run_in=node.run_in, text="\n".join(body) or None,
        char_start=start, char_end=source_offset(paragraphs[end[0]].pieces, end[1] - 1) + 1,
        heading_start=heading_span[0] if heading_span else None, heading_end=heading_span[1] if heading_span else None,
    )  # fmt: skip


def _sentences(tree: Tree) -> Iterator[Sentence]:
    """All sentences in text order. A section's own text may go on behind a table inside it."""
    found: list[tuple[Segment, Node, bool]] = []
    for node in tree.nodes:
        if node.heading is not None:
            found.append((node.heading, node, True))
        found += [(segment, node, False) for segment in node.body]
    found.sort(key=lambda entry: entry[0])
    counted, position = Counted(), 0
    text_id, paragraphs, grammar = tree.text.text_id, tree.text.paragraphs, tree.grammar
    before: Node | None = None
    for (index, first, last), node, is_heading in found:
        paragraph = paragraphs[index]
        text, pieces = paragraph.text, paragraph.pieces
        row = tree.lines[index].row
        kind = "heading" if is_heading else "row" if row else "sentence"
        if node is not before:
            before, section_id = node, f"{text_id}:{node.section_number}"
            identify = content_ids("sentence", text_id, node.section_number)
        only = pieces[0][1] if len(pieces) == 1 else None
        for start, stop in ((first, last),) if is_heading or row else spans(text, grammar, first, last):
            words = text[start:stop]
            where = ((0, only + start),) if only is not None else slice_pieces(pieces, start, stop)
            yield Sentence(counted(identify(words)), text_id, section_id, position, kind, index, words, where)
            position += 1

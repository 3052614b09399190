"""From paragraphs to a section tree: which labels and titles there are, part by part of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.core.model import Paragraph, Text
from pipeline.outline.boxes import close_boxes
from pipeline.outline.contents import regions
from pipeline.outline.flat import divide_level
from pipeline.outline.footnotes import without_footnotes
from pipeline.outline.frame import Part, parts
from pipeline.outline.grammar import Grammar
from pipeline.outline.labels import Candidate, candidates
from pipeline.outline.lines import Line, above, below, look
from pipeline.outline.nesting import nest
from pipeline.outline.notes import without_notes
from pipeline.outline.running import lower_between, without_page_titles, without_running
from pipeline.outline.states import Decision
from pipeline.outline.titles import (
    CAPITALS,
    PLAIN,
    marked,
    may_be_title,
    title,
    unmarked,
    without_document_title,
    without_title_page,
)
from pipeline.outline.tree import Tree, add_nodes

CROWDED = 3
"""Labels in a paragraph that lost its line breaks, at least."""

EVEN = 2
"""Headings of a form: where there are so many, the first tells the level."""

ANYWHERE = "anywhere"
"""Headings that stand before references wherever they are in a text."""

LAST = 0.8
"""Part of a text before its end, where a heading such as Notes is no chapter."""

WEAK = 3.0
"""A candidate of no more strength than this does not keep a signature from ending, nor a line from being a heading."""


def read_tree(text: Text, grammar: Grammar) -> Tree:
    """The section tree of a text."""
    paragraphs = text.paragraphs
    lines = look(paragraphs)
    found, notes = without_notes(paragraphs, candidates(paragraphs, lines, grammar), grammar)
    found, footnotes = without_footnotes(paragraphs, found, grammar)
    notes |= footnotes
    contents = regions(paragraphs, found, grammar)
    for first, last in contents:
        for line in lines[first:last]:
            line.ornament = True
    found = [candidate for candidate in found if not lines[candidate.paragraph].ornament]
    found = _with_titles(paragraphs, lines, found, contents[0][0] if contents else 0, grammar)
    close_boxes(paragraphs, lines, found, notes, grammar)
    count = Counter(candidate.paragraph for candidate in found)
    labelled = [
        candidate.paragraph
        for candidate in found
        if candidate.strength > WEAK or candidate.kind == "annex" or count[candidate.paragraph] >= CROWDED
    ]
    ones = [candidate.paragraph for candidate in found if _begins_numbering(candidate)]
    tree = Tree(text, grammar, lines, [], contents, [], notes)
    for part in parts(paragraphs, lines, labelled, ones, grammar):
        _read_part(tree, part, [candidate for candidate in found if part.first <= candidate.paragraph < part.closing])
    return tree


def _begins_numbering(candidate: Candidate) -> bool:
    return bool(candidate.level) or candidate.kind == "annex" or any(reading.value == 1 for reading in candidate.readings)


def _with_titles(
    paragraphs: Sequence[Paragraph], lines: Sequence[Line], found: list[Candidate], contents: int, grammar: Grammar
) -> list[Candidate]:
    """The candidates with the marked titles among them. contents: the paragraph of the first table of contents, 0 where there is none."""
    found = _without_ranges(found)
    taken = {candidate.paragraph for candidate in found if not candidate.inline}
    taken |= {
        below(lines, candidate.paragraph) for candidate in found if candidate.end >= candidate.stop and candidate.strength > WEAK
    }
    heads = marked(paragraphs, lines, frozenset(taken), grammar)
    merged = sorted([*found, *heads], key=lambda candidate: candidate.place)
    merged = without_page_titles(merged, paragraphs, lines, grammar)
    merged = without_running(merged, paragraphs, lines, grammar)
    _even_levels(merged)
    merged = without_title_page(merged, paragraphs, contents)
    merged = without_document_title(merged, paragraphs, lines)
    lower_between(merged)
    divide_level(merged, paragraphs, lines, grammar.spaced)
    if not _levels_agree(merged):
        for candidate in merged:
            candidate.top = candidate.top or (candidate.level == 1 and candidate.label is None)
            candidate.level = 0
    return _without_references(merged, len(paragraphs))


def _without_ranges(found: list[Candidate]) -> list[Candidate]:
    """The candidates without Markdown headings such as '5-7. Costs', whose number is no part of a list."""
    lists = Counter(candidate.readings[0].prefix for candidate in found if candidate.readings)
    return [
        candidate
        for candidate in found
        if not candidate.level
        or not candidate.readings
        or not candidate.readings[0].prefix
        or candidate.readings[0].value == 1
        or lists[candidate.readings[0].prefix] > 1
    ]


def _even_levels(merged: Sequence[Candidate]) -> None:
    """Give chapters, actions, decimal numbers and the like the Markdown level that most of their form have."""
    found: dict[str, Counter[int]] = {}
    worded = [candidate for candidate in merged if candidate.level and candidate.readings]
    worded = [candidate for candidate in worded if candidate.keyword or candidate.readings[0].prefix]
    for candidate in worded:
        found.setdefault(candidate.readings[0].form, Counter())[candidate.level] += 1
    for candidate in worded:
        level, count = found[candidate.readings[0].form].most_common(1)[0]
        if count * 3 >= found[candidate.readings[0].form].total() * 2 or found[candidate.readings[0].form].total() == EVEN:
            candidate.level = level


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
    """Numbers under a heading such as References are no labels: up to the next Markdown heading, or near the end. Under one such
    as Notes, which may as well be a chapter, they are none near the end alone."""
    kept: list[Candidate] = []
    inside = ended = False
    for candidate in merged:
        if (inside or ended) and not candidate.level and candidate.kind != "annex":
            continue
        near = candidate.paragraph > LAST * length
        inside = bool(candidate.level) and (candidate.back == ANYWHERE or (candidate.back is not None and near))
        ended = (
            ended or (candidate.back is not None and near) or (candidate.back == ANYWHERE and candidate.paragraph * 2 > length)
        )
        kept.append(candidate)
    return kept


def _read_part(tree: Tree, part: Part, found: list[Candidate]) -> None:
    decisions = nest(found)
    found, decisions = _with_unmarked(tree, part, found, decisions)
    chosen = {decision.index for decision in decisions}
    tree.rejected += [candidate for index, candidate in enumerate(found) if index not in chosen]
    add_nodes(tree, part, [(found[decision.index], decision) for decision in decisions])


def _with_unmarked(
    tree: Tree, part: Part, found: list[Candidate], decisions: list[Decision]
) -> tuple[list[Candidate], list[Decision]]:
    """Add title-like lines: all in a text without labels, those behind the first label in one that has some."""
    paragraphs, lines, grammar = tree.text.paragraphs, tree.lines, tree.grammar
    accepted = [found[decision.index] for decision in decisions]
    labelled = [candidate for candidate in accepted if candidate.label is not None]
    if any(candidate.level for candidate in accepted):
        return found, decisions
    if labelled and not grammar.spaced:
        return _with_interrupting(tree, part, found, decisions)
    taken = {candidate.paragraph for candidate in accepted}
    taken |= {below(lines, candidate.paragraph) for candidate in labelled if candidate.end >= candidate.stop}
    opening = next((index for index in range(part.first, part.closing) if not lines[index].ornament), part.first)
    start = max(labelled[0].paragraph - 1, opening + 1) if labelled else opening + 1
    added = unmarked(paragraphs, lines, frozenset(taken), grammar, start, part.closing)
    if labelled:
        added = _without_signer(lines, added, labelled)
    if start > opening + 1 and any(candidate.rule_id == CAPITALS for candidate in added):
        before = unmarked(paragraphs, lines, frozenset(taken), grammar, opening + 1, start)
        added = [*(candidate for candidate in before if candidate.rule_id == CAPITALS), *added]
    if len(added) + len(accepted) - len(labelled) < 2:
        return found, decisions
    places = {candidate.paragraph for candidate in added}
    merged = sorted([*(c for c in found if c.paragraph not in places), *added], key=lambda candidate: candidate.place)
    return merged, nest(merged)


def _without_signer(lines: Sequence[Line], added: list[Candidate], labelled: Sequence[Candidate]) -> list[Candidate]:
    """The titles without the one right above the first label, where the others stand between labels and not right above one:
    it is who signed the preface."""
    places = {candidate.paragraph for candidate in labelled}
    above_label = [below(lines, candidate.paragraph) in places for candidate in added]
    signed = bool(added) and added[0].paragraph < labelled[0].paragraph and above_label[0]
    return added[1:] if signed and 2 * sum(above_label[1:]) < len(added) - 1 else added


def _with_interrupting(
    tree: Tree, part: Part, found: list[Candidate], decisions: list[Decision]
) -> tuple[list[Candidate], list[Decision]]:
    """Add the titles between numbered paragraphs that run on behind them: two at least."""
    paragraphs, lines = tree.text.paragraphs, tree.lines
    taken = frozenset(found[decision.index].paragraph for decision in decisions)
    added = []
    for decision in decisions:
        candidate = found[decision.index]
        if decision.reading is None or decision.reading.value < 2 or candidate.inline:
            continue
        index = above(lines, candidate.paragraph)
        if index > part.first and index not in taken and may_be_title(paragraphs, lines, index, tree.grammar):
            added.append(title(index, lines[index], PLAIN))
    if len(added) < 2:
        return found, decisions
    merged = sorted([*found, *added], key=lambda candidate: candidate.place)
    return merged, nest(merged)

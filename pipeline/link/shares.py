"""What a statement that several objectives share says of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from pipeline.core.model import Statement
from pipeline.link.align.keys import Keys
from pipeline.link.align.records import said
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus
from pipeline.link.pairing import Group

CLAUSE = re.compile(r"[，；。]\s*|[,;.]\s+")
MOST_CLAUSES = 12

Shares = dict[tuple[int, int], str | None]
"""(id of the group, id of the statement) → what the statement says of the group; None where that cannot be told."""


def shares(corpus: Corpus, document_id: str, groups: Sequence[Group[Statement]]) -> Shares:
    """The wordings of the statements of a document that are in more than one group."""
    found: Shares = {}
    for alignment in corpus.alignments(document_id):
        holders: dict[int, list[tuple[Group[Statement], Statement]]] = {}
        for group in groups:
            if statement := group.members.get(alignment.b.text.text_id):
                holders.setdefault(id(statement), []).append((group, statement))
        for held in holders.values():
            if len(held) > 1:
                groups_, shared = [group for group, _ in held], held[0][1]
                for group, part in zip(groups_, _parts(alignment, [g.lead for g in groups_], shared), strict=True):
                    found[id(group), id(shared)] = part
    return found


def _parts(alignment: Alignment, leads: Sequence[Statement], shared: Statement) -> list[str | None]:
    """The clauses of a shared wording that answer each statement, in their order; else all of it for the one that it fits best."""
    ours = _keys(alignment, 0, [lead.wording for lead in leads])
    every = frozenset[str]().union(*ours)
    common = ours[0].intersection(*ours[1:])
    ours = [keys - common for keys in ours]
    cuts = [match.end() for match in CLAUSE.finditer(shared.wording) if match.end() < len(shared.wording)]
    best: tuple[float, list[str]] | None = None
    if len(cuts) <= MOST_CLAUSES:
        for parts in _cut(shared.wording, cuts, len(leads)):
            said_ = [keys & every for keys in _keys(alignment, 1, parts)]
            if all(own & there and not (there - common) - own for own, there in zip(ours, said_, strict=True)):
                fit = sum(alignment.lengths.odds(len(lead.wording), len(part)) for lead, part in zip(leads, parts, strict=True))
                best = max(best or (fit, parts), (fit, parts))
    if best:
        return [part.strip().rstrip(",;，； ") for part in best[1]]
    whole = _keys(alignment, 1, [shared.wording])[0]
    chosen = max(range(len(leads)), key=lambda n: (len(ours[n] & whole), len(leads[n].wording), -n))
    return [shared.wording if number == chosen else None for number in range(len(leads))]


def _keys(alignment: Alignment, side: int, wordings: Sequence[str]) -> list[Keys]:
    outline = (alignment.a, alignment.b)[side]
    places = [None] * len(wordings)
    return [each.keys for each in said(places, wordings, outline.text.language, alignment.lexicon[side])]


def _cut(wording: str, cuts: Sequence[int], count: int) -> Iterator[list[str]]:
    for chosen in combinations(cuts, count - 1):
        yield [wording[start:end] for start, end in pairwise((0, *chosen, len(wording)))]

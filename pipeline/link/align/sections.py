"""Which sections of two texts are one provision: level by level, by address and by what they contain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pipeline.link.align.lengths import Lengths
from pipeline.link.align.model import UNMATCHED, SectionPair
from pipeline.link.align.path import NEVER, Link, best_path, bounds
from pipeline.link.align.trees import Levels, Tree, Whole, levels
from pipeline.link.align.weights import Weights

STEPS = ((1, 1), (1, 0), (0, 1))
LOST = -3.0
"""Log odds of a section that the other text lacks."""
NUMBER = 0.5
"""Log odds that a number of its own place gives, or another number takes."""
OTHER_KIND = -1.0
CONTENT = 0.3
"""The keys of one section depend on each other: they say less than each of them alone."""
MOST = 12.0
"""Log odds that contents can give or take."""
APART = frozenset({"front", "preamble", "closing", "annex", "table", "box"})
"""Kinds that answer only their own kind."""
EXCERPT = "excerpt"

Wholes = Sequence[Whole]


def align_sections(a: Tree, b: Tree, lengths: Lengths) -> list[SectionPair]:
    """The pairs of all sections, parents before what is below them. Of a text that the other is an excerpt of, only the
    sections that the excerpt renders."""
    part_a, part_b = (tree.outline.text.completeness == EXCERPT for tree in (a, b))
    if part_b and not part_a:
        return list(_Sections(a, b, lengths).excerpt())
    if part_a and not part_b:
        turned = _Sections(b, a, lengths.turned()).excerpt()
        return [SectionPair(pair.b, pair.a, pair.method, pair.score) for pair in turned]
    return list(_Sections(a, b, lengths).lists(a.below(None), b.below(None)))


class _Sections:
    """Two trees side by side."""

    def __init__(self, a: Tree, b: Tree, lengths: Lengths) -> None:
        self.a, self.b, self.lengths = a, b, lengths
        self._weights: dict[tuple[Levels, Levels], Weights] = {}

    def lists(self, ours: Wholes, theirs: Wholes) -> Iterator[SectionPair]:
        """The pairs of two lists of sections and of all below them. Where not all have partners, one text may set right among
        them what the other sets one level below: whatever answers better holds."""
        links = self._links(ours, theirs)
        total = math.fsum(link.odds for link in links)
        for tree, closed, one, other in self._opened(ours, theirs) if any(link.di != link.dj for link in links) else ():
            found = self._links(one, other)
            if math.fsum(link.odds for link in found) + LOST * len(closed) > max(total, 0.0):
                yield from (self._alone(tree, whole, 1.0) for whole in closed)
                yield from self._follow(one, other, found)
                return
        yield from self._follow(ours, theirs, links)

    def _opened(self, ours: Wholes, theirs: Wholes) -> Iterator[tuple[Tree, Wholes, Wholes, Wholes]]:
        """Which members of one list have sections below them, and both lists with those in their place; then the other list."""
        for tree, wholes in ((self.a, ours), (self.b, theirs)):
            closed = [whole for whole in wholes if tree.below(whole.section.section_id)]
            opened = [each for whole in wholes for each in tree.below(whole.section.section_id) or [whole]]
            if closed and ours and theirs:
                yield tree, closed, opened if tree is self.a else ours, theirs if tree is self.a else opened

    def excerpt(self) -> Iterator[SectionPair]:
        """An excerpt b against the list of a that answers it best; its front against the section that the list is in."""
        front = [whole for whole in self.b.below(None) if whole.section.kind in APART]
        theirs = [whole for whole in self.b.below(None) if whole.section.kind not in APART]
        places = self._places()
        ways = [self._links(self.a.below(place), theirs) for place in places]
        totals = [math.fsum(link.odds for link in way if link.dj) for way in ways]
        total, best = max((total, -index) for index, total in enumerate(totals))
        place, links = places[-best], ways[-best]
        known = self.b.outline.text.excerpt_of
        if total <= 0 and known is None:
            place, links = None, [link._replace(i=0, di=0) for link in links if link.dj]
        if known is None or place not in self._at(known):
            links = _rendered(links)
        if place is not None and front:
            share = 1 / math.fsum(math.exp(min(0.0, each - total)) for each in totals)
            yield SectionPair(place, front.pop(0).section.section_id, "content", share)
        yield from (pair for whole in front for pair in self._only(self.b, whole, 1.0))
        yield from self._follow(self.a.below(place), theirs, links)

    def _places(self) -> list[str | None]:
        """The sections of a whose lists an excerpt b may render; None stands for the text."""
        known = self.b.outline.text.excerpt_of
        above = [section.parent_id for section in self.a.outline.sections if section.section_number == known]
        return [*self._at(known), *above] or self.a.lists()

    def _at(self, section_number: str | None) -> list[str | None]:
        return [section.section_id for section in self.a.outline.sections if section.section_number == section_number]

    def _follow(self, ours: Wholes, theirs: Wholes, links: Iterable[Link]) -> Iterator[SectionPair]:
        for matched, run in groupby(links, key=lambda link: bool(link.di and link.dj)):
            if not matched:
                yield from self._gap(ours, theirs, list(run))
                continue
            for link in run:
                one, other = ours[link.i].section, theirs[link.j].section
                method = "address" if one.section_number == other.section_number else "content"
                yield SectionPair(one.section_id, other.section_id, method, link.score)
                yield from self.lists(self.a.below(one.section_id), self.b.below(other.section_id))

    def _gap(self, ours: Wholes, theirs: Wholes, gap: Sequence[Link]) -> Iterator[SectionPair]:
        """Sections without partners; a level may be missing there alone."""
        lone_a, lone_b = [ours[link.i] for link in gap if link.di], [theirs[link.j] for link in gap if link.dj]
        if (len(lone_a), len(lone_b)) != (len(ours), len(theirs)) and any(True for _ in self._opened(lone_a, lone_b)):
            yield from self.lists(lone_a, lone_b)
            return
        for link in gap:
            yield from self._only(self.a, ours[link.i], link.score) if link.di else self._only(self.b, theirs[link.j], link.score)

    def _only(self, tree: Tree, whole: Whole, score: float) -> Iterator[SectionPair]:
        yield self._alone(tree, whole, score)
        for below in tree.below(whole.section.section_id):
            yield from self._only(tree, below, score)

    def _alone(self, tree: Tree, whole: Whole, score: float) -> SectionPair:
        section_id = whole.section.section_id
        ours, theirs = (section_id, None) if tree is self.a else (None, section_id)
        return SectionPair(ours, theirs, UNMATCHED, score)

    def _links(self, ours: Wholes, theirs: Wholes) -> list[Link]:
        weights = self._among(levels(ours), levels(theirs))
        known = [[weights.known(side, whole.keys) for whole in wholes] for side, wholes in enumerate((ours, theirs))]
        lost = [[weights.lost(side, keys) for keys in each] for side, each in enumerate(known)]

        def score(i: int, di: int, j: int, dj: int) -> float:
            if not di or not dj:
                return LOST
            one, other = ours[i].section, theirs[j].section
            if one.kind != other.kind and (one.kind in APART or other.kind in APART):
                return NEVER
            content = CONTENT * (lost[0][i] + lost[1][j] + weights.shared(known[0][i] & known[1][j]))
            place = (NUMBER if one.number == other.number else -NUMBER) + (0.0 if one.kind == other.kind else OTHER_KIND)
            return MOST * math.tanh(content / MOST) + place + self.lengths.odds(ours[i].length, theirs[j].length)

        return best_path(len(ours), len(theirs), score, STEPS, bounds(len(ours), len(theirs)))

    def _among(self, ours: Levels, theirs: Levels) -> Weights:
        """What keys say among all sections of some levels."""
        if (ours, theirs) not in self._weights:
            self._weights[ours, theirs] = Weights(self.a.at(ours), self.b.at(theirs))
        return self._weights[ours, theirs]


def _rendered(links: Sequence[Link]) -> list[Link]:
    """Links of an excerpt without what its text may leave out: the sections of a before the first partner and after the last."""
    inside = [index for index, link in enumerate(links) if link.di and link.dj] or [len(links)]
    return [link for index, link in enumerate(links) if inside[0] <= index <= inside[-1] or not link.di]

"""Words with what was found in them, as markup that keeps every character of the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from pipeline.core.model import Frozen

KINDS = {
    "d": "discrepancy",
    "w": "somewhere",
    "g": "goal",
    "r": "principle",
    "m": "measure",
    "i": "instrument",
    "b": "body",
    "q": "target",
    "s": "statistic",
}
"""The class of a mark → what it marks; from the outermost to the innermost where two cover the same characters."""
SOMEWHERE = "w"
"""A mark of this kind only says in which words something is: they lead nowhere, a sign after them does."""
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class Mark(Frozen):
    """A find in some words. start, end: half open offsets into them, equal where something is missing; kind: of KINDS; anchor: the
    id that its first piece gets; href: address of its row, None where it has none; sign: what a mark without words is called."""

    start: int
    end: int
    kind: str
    anchor: str | None = None
    href: str | None = None
    sign: str = ""


class _Run(Frozen):
    """Words that the same marks cover, from the outside in. leads: the mark whose row they lead to."""

    words: str
    marks: tuple[Mark, ...]
    leads: Mark | None = None


def marked(words: str, marks: Iterable[Mark] = ()) -> Markup:
    """The words with their marks around them, nested, or cut where they cross; `words` stays the text, character for character.

    The innermost mark that has an address takes the click. One that is left without words of its own gets an empty link.
    Raises ValueError for a mark that lies outside the words.
    """
    known = sorted(marks, key=lambda mark: (mark.start - mark.end, RANKS[mark.kind], mark.start, mark.anchor or ""))
    if not known:
        return escape(words)
    for mark in known:
        if not 0 <= mark.start <= mark.end <= len(words):
            raise ValueError(f"a mark at {mark.start}–{mark.end} of {len(words)} characters")
    runs = list(_runs(words, known))
    leading = {id(run.leads) for run in runs}
    writer = _Writer({id(mark) for mark in known if mark.href and id(mark) not in leading})
    return Markup("").join(writer.inner(runs, 0))


def _runs(words: str, marks: Sequence[Mark]) -> Iterator[_Run]:
    """The words, cut wherever a mark begins or ends; a mark without words is a run without words, before any that begins there."""
    cuts = sorted({0, len(words), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for low, high in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        around = tuple(mark for mark in marks if mark.start <= low < mark.end)
        earlier = tuple(mark for mark in around if mark.start < low)
        yield from (_Run("", (*earlier, mark), mark) for mark in marks if mark.start == low == mark.end)
        if low < high:
            run = words[low:high]
            says = any(map(str.isalnum, run))
            yield _Run(
                run, around, next((mark for mark in reversed(around) if says and mark.href and mark.kind != SOMEWHERE), None)
            )


class _Writer:
    """Runs as nested elements. unled: marks, by identity, that have an address and no words that lead there."""

    def __init__(self, unled: set[int]) -> None:
        self._unled, self._begun = unled, set[int]()

    def inner(self, runs: Iterable[_Run], depth: int) -> Iterator[Markup]:
        """What stands within the outer `depth` marks that all the runs share."""
        for is_covered, group in groupby(runs, lambda run: id(run.marks[depth]) if len(run.marks) > depth else None):
            members = list(group)
            if is_covered is None:
                yield from (_link(run.words, run.leads.href) if run.leads else escape(run.words) for run in members)
            else:
                yield self._element(members, depth)

    def _element(self, runs: Sequence[_Run], depth: int) -> Markup:
        mark, first = runs[0].marks[depth], runs[0]
        attributes = Markup(' class="{}"').format(mark.kind)
        begins = id(mark) not in self._begun
        if begins and mark.anchor:
            attributes += Markup(' id="{}"').format(mark.anchor)
        self._begun.add(id(mark))
        if mark.href and len(runs) == 1 and len(first.marks) == depth + 1 and first.leads is mark:
            label = Markup("") if first.words else Markup(' aria-label="{}"').format(mark.sign)
            return Markup('<a{} href="{}"{}>{}</a>').format(attributes, mark.href, label, first.words)
        sign = Markup("")
        if begins and id(mark) in self._unled:
            sign = Markup('<a class="n" href="{}" aria-label="{}"></a>').format(mark.href, mark.sign)
        return Markup("<u{}>{}{}</u>").format(attributes, Markup("").join(self.inner(runs, depth + 1)), sign)


def _link(words: str, href: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, words)

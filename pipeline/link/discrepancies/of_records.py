"""What the versions of one record give otherwise, and which discrepancy tells it: one that was found, else one of its own."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from pipeline.core.model import Frozen
from pipeline.link.discrepancies.model import Finding, Span, is_empty, overlap, ranked

NUMBERS = ("number", "unit")
FAR = 4000
"""Characters between a record and the year that governs it."""
LONGEST = 400
"""Characters of a number with its unit at most."""
Texts = tuple[str, str]


class Difference(Frozen):
    """A value of a record that two of its versions give otherwise.

    column: of the record, which holds the discrepancy; texts: the first version and the other; finding: how the difference is
    told where nothing else tells it.
    """

    record_id: str
    column: str
    texts: Texts
    finding: Finding


def with_records(
    findings: Sequence[Finding], differences: Iterable[Difference]
) -> tuple[list[Finding], list[tuple[Difference, int]]]:
    """The findings and those of differences that none of them tells, the surest first; and the number of the finding that tells
    each difference. What is said of one side of a number alone gives way to what is said of both."""
    known = _Known(findings)
    told = [(difference, known.telling(difference.finding)) for difference in differences]
    used = {id(finding) for _, finding in told}
    every = ranked([*(each for each in findings if id(each) in used or not known.gives_way(each)), *known.added])
    at = {id(each): number for number, each in enumerate(every)}
    return every, [(difference, at[id(finding)]) for difference, finding in told]


class _Known:
    """Findings by where they stand. added: those that differences brought."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.added: list[Finding] = []
        self._numbers = sorted((each.a, number, each) for number, each in enumerate(findings) if each.kind in NUMBERS)
        self._years: dict[tuple[int, int], list[tuple[int, int, Finding]]] = {}
        self._replacing: tuple[list[Span], list[Span]] = ([], [])
        for number, each in enumerate(findings):
            if each.years:
                self._years.setdefault(each.years, []).append((each.a[0], number, each))
        for found in self._years.values():
            found.sort()

    def telling(self, wanted: Finding) -> Finding:
        """The finding that says the same of the same place; where there is none, the wanted one from now on."""
        found = self._dated(wanted) if wanted.years else self._numbered(wanted)
        if found is None:
            found = wanted
            self.added.append(wanted)
            if wanted.years:
                insort(self._years.setdefault(wanted.years, []), (wanted.a[0], -len(self.added), wanted))
            else:
                for spans, span in zip(self._replacing, (wanted.a, wanted.b), strict=True):
                    insort(spans, span)
        return found

    def _numbered(self, wanted: Finding) -> Finding | None:
        first = bisect_left(self._numbers, ((wanted.a[0] - LONGEST, 0),))
        last = bisect_left(self._numbers, ((wanted.a[1], 0),))
        near = (each for _, _, each in self._numbers[first:last])
        return next((each for each in near if overlap(each.a, wanted.a) and overlap(each.b, wanted.b)), None)

    def _dated(self, wanted: Finding) -> Finding | None:
        dated = self._years.get(wanted.years or (0, 0), [])
        at = bisect_left(dated, (wanted.a[1],))
        near = ((abs(start - wanted.a[0]), number, each) for start, number, each in dated[max(0, at - 1) : at + 1])
        distance, _, found = min(near, default=(FAR, 0, None))
        return found if distance < FAR else None

    def gives_way(self, finding: Finding) -> bool:
        """Whether a difference that was added says of both sides what a finding says of one."""
        if finding.kind not in NUMBERS or not is_empty(finding.a) ^ is_empty(finding.b):
            return False
        return any(_touches(spans, span) for spans, span in zip(self._replacing, (finding.a, finding.b), strict=True))


def _touches(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_left(spans, span)
    return any(overlap(each, span) for each in spans[max(0, at - 1) : at + 1])

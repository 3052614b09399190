"""Which discrepancy tells what the versions of a record give otherwise."""

from __future__ import annotations

from pipeline.link.discrepancies.model import MAJOR, Finding, Span
from pipeline.link.discrepancies.of_records import Difference, with_records


def finding(a: Span, b: Span, kind: str = "number", years: tuple[int, int] | None = None, confidence: float = 0.9) -> Finding:
    return Finding(kind, MAJOR, confidence, f"{a} {b}", a, b, years)


def difference(wanted: Finding) -> Difference:
    return Difference("target-1", "value", ("zh", "en"), wanted)


def test_a_difference_is_told_by_the_finding_at_its_place_and_adds_none() -> None:
    found = finding((10, 14), (30, 36))
    every, told = with_records([found], [difference(finding((11, 14), (30, 33)))])
    assert every == [found]
    assert [number for _, number in told] == [0]


def test_the_finding_is_found_among_close_ones() -> None:
    others = [finding((10 + n, 40), (100 + n, 101 + n)) for n in range(5)]
    found = finding((9, 40), (30, 36), confidence=0.5)
    every, told = with_records([*others, found], [difference(finding((20, 30), (30, 33)))])
    assert len(every) == 6
    assert every[told[0][1]] == found


def test_what_is_said_of_one_side_gives_way_to_what_is_said_of_both() -> None:
    one_sided, wanted = finding((10, 14), (33, 33)), finding((10, 14), (50, 56))
    every, told = with_records([one_sided], [difference(wanted)])
    assert every == [wanted]
    assert [number for _, number in told] == [0]


def test_another_difference_of_both_sides_stays() -> None:
    two_sided, wanted = finding((10, 14), (33, 37)), finding((10, 14), (50, 56))
    every, _ = with_records([two_sided], [difference(wanted)])
    assert sorted(every, key=lambda each: each.b) == [two_sided, wanted]


def test_a_year_is_told_by_the_nearest_finding_of_the_same_years() -> None:
    near, far = finding((900, 904), (30, 34), "year", (2015, 2020)), finding((10, 14), (5, 9), "year", (2015, 2020))
    every, told = with_records([far, near], [difference(finding((1000, 1004), (60, 64), "year", (2015, 2020)))])
    assert every[told[0][1]] == near
    assert len(every) == 2

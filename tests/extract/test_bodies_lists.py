"""Lists of bodies: members that only look like bodies, and what stands in no list."""

from __future__ import annotations

import time

import pytest

from tests.extract.bodies_helpers import extract, found

KNOWN = "the National Fisheries Agency"


def names(text: str) -> list[str]:
    """The printed forms of the bodies in a line of English."""
    return [printed for _, printed, _, _ in found("en", [("s1", text)])]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (f"We met Blue Harbour Ports, Sea Life Northland and {KNOWN}.", ["Blue Harbour Ports", "Sea Life Northland"]),
        (f"We met {KNOWN}, Sea Life Northland, Coast Watch Norland and others.", ["Sea Life Northland", "Coast Watch Norland"]),
    ],
)
def test_names_beside_a_known_member_are_bodies(text: str, members: list[str]) -> None:
    assert set(members) <= set(names(text))


@pytest.mark.parametrize(
    "text",
    [
        f"With the Clean Harbour Deal and {KNOWN} we go on.",
        f"It follows the Blue Harbour Strategy, the Clean Sea Plan and {KNOWN}.",
        f"It covers New Zealand, South Africa and {KNOWN}.",
        f"Research and Technical Growth and {KNOWN} meet.",
    ],
)
def test_a_pair_and_names_of_plans_and_countries_are_no_members(text: str) -> None:
    assert names(text) == ["National Fisheries Agency"]


def test_a_university_counts_where_something_is_asked_of_it() -> None:
    assert names("Graduates of Eastport University found work.") == []
    assert found("en", [("s1", "Eastport University will train staff.")]) == [(0, "Eastport University", None, "implementer")]


def test_a_short_form_of_what_counts_only_with_a_role_does_so_too() -> None:
    lines = [
        ("s1", "Eastport University (EPU) will train staff."),
        ("s1", "Graduates of EPU found work."),
        ("s1", "EPU shall report."),
    ]
    assert [(line, printed) for line, printed, _, _ in found("en", lines)] == [(0, "Eastport University"), (0, "EPU"), (2, "EPU")]


def test_a_long_list_of_capitals_takes_no_longer_than_its_length() -> None:
    def seconds(count: int) -> float:
        line = "We met " + "Blue Harbour Ports, " * count + KNOWN + "."
        started = time.process_time()
        extract("en", [("s1", line)])
        return time.process_time() - started

    seconds(10)
    assert seconds(4000) < 20 * max(seconds(400), 0.005)

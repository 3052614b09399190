"""Wordings are found as texts have them: inflected, spelt otherwise, hyphenated, in another order, not too far apart."""

from __future__ import annotations

import pytest

from pipeline.link.discrepancies.concepts import assign
from pipeline.link.discrepancies.stems import stem
from pipeline.link.discrepancies.words import Words, stems_of


@pytest.mark.parametrize(
    "words",
    [
        ("network", "networks", "networking", "network's"),
        ("organization", "organisations", "organize", "organising"),
        ("frequency", "frequencies"),
        ("centre", "center", "centres"),
        ("programme", "programs"),
        ("labour", "labor"),
        ("defence", "defense"),
        ("innovation", "innovative", "innovating"),
        ("planning", "planned", "plans"),
        ("classes", "class"),
        ("analysis", "analyse", "analyzing"),
    ],
)
def test_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("electric", "electronic"),
        ("information", "informatization"),
        ("special", "specialist"),
        ("police", "place"),
        ("use", "us"),
    ],
)
def test_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("information security", "the security of our information"),
        ("cyber security", "Cybersecurity matters"),
        ("cybersecurity", "cyber-security matters"),
        ("think tank", "new types of think tanks"),
        ("fiber to the home", "bring fibre into every home"),
        ("informat*", "informatized management"),
        ("Internet of Things", "the internet of things"),
    ],
)
def test_found(wording: str, text: str) -> None:
    assert Words(text).find(stems_of(wording))


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("information security", "information about how the people of the coast safeguard the security of ports"),
        ("three-network convergence", "the three-network information"),
        ("carbon", "emission rights"),
    ],
)
def test_not_found(wording: str, text: str) -> None:
    assert Words(text).find(stems_of(wording)) == []


def test_words_that_say_the_same_are_found_for_each_other() -> None:
    alike = frozenset({stem("crucial"), stem("critical")})
    words = Words("crucial technologies", dict.fromkeys(alike, alike))
    assert [words.span(place) for place in words.find(stems_of("critical technology"))] == [(0, 20)]


def test_near_weighs_what_stands_together() -> None:
    words = Words("the protection of ships is planned " + "and built " * 9 + "at several levels")
    stems = stems_of("multi-level ship protection")
    assert words.near(stems, [1.0, 1.0, 1.0, 1.0]) == 2.0


def test_the_shorter_series_is_used_up_in_order() -> None:
    assert assign([0.1, 0.5, 0.9], [0.52, 0.88]) == {1: 0, 2: 1}
    assert assign([0.2], [0.1, 0.3, 0.9]) in ({0: 0}, {0: 1})
    assert assign([], [0.5]) == {}
    assert len(assign([n / 300 for n in range(300)], [n / 200 for n in range(200)])) == 200

"""Two versions in one language: what words they do not share, and what they do."""

from __future__ import annotations

import pytest

from pipeline.core.model import Sentence
from pipeline.link.discrepancies.detect import known
from pipeline.link.discrepancies.model import Finding, Pair, Passage, Sides
from pipeline.link.discrepancies.wording import wording

SIDES = Sides("the human translation", "the machine translation")


def passage(text: str) -> Passage:
    return Passage("en", [Sentence("s", "doc.en", "doc.en:s1", 0, "sentence", 0, text, ((0, 0),))], 0)


def compare(a: str, b: str) -> list[Finding]:
    return list(wording(Pair(passage(a), passage(b), "", ""), SIDES, known().glossary, known().likeness))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Improve public services.", "Improve public services."),
        ("Vigorously promote railway safety.", "Forcefully advance the safety of railways."),
        ("Build traffic and transportation networks.", "Construct transport networks."),
        ("Strengthen scientific research on oceans.", "Enhance research on oceans."),
        ("Protect intellectual property rights.", "Protect intellectual property."),
        ("Improve the dissemination of harbour news.", "Improve the communication of harbour news."),
        ("Moving to tidal power, protect bays.", "Shift to tidal power, protect bays."),
    ],
)
def test_the_same_in_other_words_is_no_difference(a: str, b: str) -> None:
    assert compare(a, b) == []


@pytest.mark.parametrize(
    ("a", "b", "kind", "words"),
    [
        ("Invite foreign banks and schools.", "Invite banks and schools.", "missing", "foreign"),
        ("Use information resources.", "Use government information resources.", "added", "government"),
        ("Help poor and border regions.", "Help poor regions.", "missing", "border"),
        ("Commercial banks lend to farmers.", "Commercial banks lend.", "missing", "farmers"),
    ],
)
def test_a_word_that_one_version_has_alone_is_told(a: str, b: str, kind: str, words: str) -> None:
    (found,) = compare(a, b)
    own, span = (a, found.a) if kind == "missing" else (b, found.b)
    assert (found.kind, own[slice(*span)]) == (kind, words)


def test_a_word_in_the_place_of_another_is_told_with_both() -> None:
    (found,) = compare("Standardize production, logistics and finance.", "Standardize production, circulation and finance.")
    assert (found.kind, found.severity) == ("term", "minor")
    assert found.message == "The machine translation says “circulation”, the human translation “logistics”."


def test_the_opposite_in_the_place_of_a_word_is_major() -> None:
    (found,) = compare("Help urban schools and banks.", "Help rural schools and banks.")
    assert (found.kind, found.severity) == ("term", "major")


def test_a_word_that_nothing_stands_for_is_less_sure_than_one_replaced() -> None:
    (replaced,) = compare("Standardize production, logistics and finance.", "Standardize production, circulation and finance.")
    (lost,) = compare("Invite foreign banks and schools.", "Invite banks and schools.")
    assert replaced.confidence > lost.confidence

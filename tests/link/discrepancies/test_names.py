"""Names are compared by what they name, not by their wording."""

from __future__ import annotations

import pytest

from pipeline.core.model import Sentence
from pipeline.link.discrepancies.model import Finding, Pair, Passage, Sides
from pipeline.link.discrepancies.names import named


def passage(text: str, language: str) -> Passage:
    return Passage(language, [Sentence("s", "doc.x", "doc.x:s1", 0, "sentence", 0, text, ((0, 0),))], 0)


def compare(zh: str, en: str, around_en: str = "") -> list[Finding]:
    pair = Pair(passage(zh, "zh"), passage(en, "en"), "", around_en)
    return [each for each in named(pair, Sides("the original", "the translation")) if each.confidence >= 0.5]


@pytest.mark.parametrize(
    ("zh", "en", "around"),
    [
        ("由财政部负责落实", "The Ministry of Finance is responsible", ""),
        ("由财政部负责落实", "The finance ministry is responsible", ""),
        ("由财政部负责落实", "It is responsible", "The Ministry of Finance pays."),
        ("各级政府和企业要落实", "All sides must implement this", ""),
        ("世界卫生组织发布报告", "The WHO published a report", ""),
    ],
)
def test_named_in_any_form_or_next_to_it_is_no_difference(zh: str, en: str, around: str) -> None:
    assert compare(zh, en, around) == []


def test_another_body_is_told_with_both_names() -> None:
    (found,) = compare("由财政部负责落实", "The Ministry of Education is responsible")
    assert (found.kind, found.a, found.b) == ("body", (1, 4), (4, 25))
    assert found.message == "The translation names “Ministry of Education”, the original “财政部”."


def test_a_body_that_is_lost_is_told() -> None:
    (found,) = compare("由财政部和教育部负责落实", "The Ministry of Education is responsible")
    assert found.message == "The original names “财政部”, the translation does not."


def test_a_body_of_which_half_the_name_stands_there_is_told_as_minor() -> None:
    (found,) = compare("由国家发展和改革委员会负责落实", "The agency for national development is responsible")
    assert (found.kind, found.severity) == ("body", "minor")
    assert found.message == "The translation says “national development”, the original “国家发展和改革委员会”."


def test_a_document_that_is_its_own_title_is_none_that_it_names() -> None:
    assert compare("中华人民共和国网络安全法", "A title") == []

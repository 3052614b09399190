"""Two versions that say the same disagree nowhere; one change in one of them is found, where it is and as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link.discrepancies.detect import one_per_place
from pipeline.link.discrepancies.model import MAJOR, MINOR, Finding, overlap, ranked
from tests.link.discrepancies.bilingual import EN, ZH, Line, changed, found, without


def test_versions_that_say_the_same_disagree_nowhere() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "kind", "zh", "en"),
    [
        ("14 billion", "41 billion", "number", "140亿", "41 billion"),
        ("3.5 million", "3.5 billion", "number", "350万", "3.5 billion"),
        ("12 smart", "21 smart", "number", "12", "21"),
        ("By 2030", "By 2031", "year", "2030年", "2031"),
        ("20th Party Congress", "19th Party Congress", "ordinal", "二十大", "19th Party Congress"),
        ("third batch", "fourth batch", "ordinal", "第三", "fourth"),
        ("14th Five-Year", "13th Five-Year", "ordinal", "“十四五”", "13th Five-Year Plan"),
        ("20 billion yuan", "20 billion dollars", "unit", "200亿元", "20 billion dollars"),
        ("7 percentage points", "7 percent", "unit", "7个百分点", "7 percent"),
        ("more than 95%", "less than 95%", "number", "95%以上", "less than 95%"),
        ("Ministry of Transport", "Ministry of Commerce", "body", "交通运输部", "Ministry of Commerce"),
    ],
)
def test_a_change_of_one_word_is_told_with_both_wordings(old: str, new: str, kind: str, zh: str, en: str) -> None:
    ((finding, one, other),) = found(en=changed(EN, old, new))
    assert (finding.kind, finding.severity, one, other) == (kind, MAJOR, zh, en)
    assert zh.strip("“”") in finding.message
    assert en in finding.message


@pytest.mark.parametrize(
    ("old", "new", "kind", "zh"),
    [
        ("coal, iron ore, grain", "coal, iron ore", "list", "粮食"),
        ("natural gas, coal, ", "", "list", "天然气、煤炭"),
        (", together with the Ministry of Natural Resources,", "", "body", "自然资源部"),
        (", protect intellectual property, and improve the arbitration system", "", "missing", "保护知识产权，完善仲裁制度"),
    ],
)
def test_what_a_translation_leaves_out_is_told_with_the_words_of_the_original(old: str, new: str, kind: str, zh: str) -> None:
    ((finding, one, _),) = found(en=changed(EN, old, new))
    assert (finding.kind, finding.severity, one) == (kind, MAJOR, zh)


def test_a_mark_of_something_left_out_is_told() -> None:
    ((finding, _, other),) = found(en=changed(EN, "protect intellectual property, and improve", "* * * and improve"))
    assert (finding.kind, finding.severity, other) == ("missing", MAJOR, "* * *")


@pytest.mark.parametrize("words", [words for _, words in EN if not words.startswith("#")])
def test_a_lost_sentence_is_told_once_and_alone(words: str) -> None:
    number = EN.index(next(line for line in EN if line[1] == words))
    ((finding, one, other),) = found(en=without(EN, words))
    assert (finding.kind, finding.severity, one, other) == ("missing", MAJOR, ZH[number][1], "")


@pytest.mark.parametrize("words", [words for _, words in ZH if not words.startswith("#")])
def test_an_added_sentence_is_told_once_and_alone(words: str) -> None:
    number = ZH.index(next(line for line in ZH if line[1] == words))
    ((finding, one, other),) = found(zh=without(ZH, words))
    assert (finding.kind, finding.severity, one, other) == ("added", MAJOR, "", EN[number][1])


@settings(max_examples=10, deadline=None)
@given(st.integers(25, 999), st.integers(25, 999), st.sampled_from(["万", "亿"]))
def test_any_number_is_compared_by_its_value(value: int, other: int, scale: str) -> None:
    words = {"万": f"{value * 10_000:,}", "亿": f"{value / 10:g} billion"}[scale]
    zh, en = changed(ZH, "140亿", f"{value}{scale}"), changed(EN, "14 billion", words)
    assert found(zh, en) == []
    wrong = {"万": f"{other * 10_000:,}", "亿": f"{other / 10:g} billion"}[scale]
    kinds = [finding.kind for finding, _, _ in found(zh, changed(EN, "14 billion", wrong))]
    assert kinds == ([] if value == other else ["number"])


def test_what_is_the_same_in_another_unit_is_no_difference() -> None:
    assert found(changed(ZH, "350万吨", "70亿斤"), EN) == []


def test_a_false_rendering_is_told_and_weighs_more_than_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    zh: list[Line] = [*ZH, ("s4", "推广密码技术在港口的应用。")]
    en: list[Line] = [*EN, ("s4", "Popularize the application of password technology in ports.")]
    ((finding, one, other),) = found(zh, en)
    assert (finding.kind, finding.severity, one) == ("term", MAJOR, "密码技术")
    assert other == "password technology"


def finding(
    kind: str, a: tuple[int, int], b: tuple[int, int] = (0, 0), severity: str = MINOR, confidence: float = 0.8
) -> Finding:
    return Finding(kind, severity, confidence, "What differs.", a, b)


def test_of_findings_in_one_place_the_most_telling_stays() -> None:
    number, passage = finding("number", (12, 15), (3, 6), MAJOR), finding("missing", (10, 40), severity=MAJOR)
    term, lone = finding("term", (20, 24), (0, 100)), finding("year", (30, 34), severity=MAJOR)
    assert one_per_place([term, passage, number, lone]) == [number, lone, term]
    assert one_per_place([term, passage, lone]) == [passage]
    added = finding("added", (50, 50), (4, 9))
    assert one_per_place([number, added]) == [number]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60), st.integers(0, 300), st.integers(0, 60)), max_size=40))
def test_no_two_findings_share_a_place_and_none_is_lost_without_reason(spans: list[tuple[int, int, int, int]]) -> None:
    every = [finding("term", (a, a + x), (b, b + y)) for a, x, b, y in spans if x or y]
    kept = one_per_place(every)
    assert not any(overlap(one.a, other.a) for one in kept for other in kept if one is not other)
    for lost in (each for each in every if each not in kept):
        assert any(overlap(lost.a, other.a) or overlap(lost.b, other.b) for other in kept)


def test_the_surest_major_findings_come_first() -> None:
    sure, unsure = (
        finding("number", (5, 6), severity=MAJOR, confidence=0.9),
        finding("body", (1, 2), severity=MAJOR, confidence=0.6),
    )
    minor = finding("term", (0, 1), confidence=0.99)
    assert ranked([minor, unsure, sure]) == [sure, unsure, minor]

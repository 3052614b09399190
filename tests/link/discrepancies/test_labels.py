"""Numbers of sections as they are printed: a list that restarts is told once."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.core.model import Outline
from pipeline.link.alignment import align_document
from pipeline.link.discrepancies.labels import labels
from pipeline.link.discrepancies.model import Finding, Sides
from tests.builders import build_outline

WORDS = [
    ("港口", "ports"),
    ("铁路", "railways"),
    ("森林", "forests"),
    ("学校", "schools"),
    ("医院", "hospitals"),
    ("图书馆", "libraries"),
]


def labelled(outline: Outline, printed: list[str]) -> Outline:
    sections = tuple(replace(each, label=label) for each, label in zip(outline.sections, printed, strict=True))
    return Outline(outline.text, sections, outline.sentences)


def compare(zh: list[str], en: list[str]) -> list[Finding]:
    one, _ = build_outline([(f"s{n}", f"# 加强第{n}组{word}") for n, (word, _) in enumerate(WORDS, start=1)], "zh")
    other, _ = build_outline(
        [(f"s{n}", f"# Strengthen {word} of group {n}") for n, (_, word) in enumerate(WORDS, start=1)],
        "en",
        status="human_translation",
    )
    (alignment,) = align_document([labelled(one, zh), labelled(other, en)])
    return list(labels(alignment, Sides("the original", "the translation")))


def test_the_same_number_in_another_notation_is_no_difference() -> None:
    assert compare(["一、", "(二)", "3.", "第四章", "五、", "F"], ["I.", "(2)", "3)", "Chapter IV", "(E)", "6."]) == []


def test_numbers_in_words_are_read() -> None:
    found = compare(
        ["第一章", "第二章", "第三章", "第十四章", "第五章", "第六章"],
        ["Part One", "Part Two", "Part Three", "Part IV", "V", "six"],
    )
    assert [each.message for each in found] == ["The translation numbers the section “Part IV”, the original “第十四章”."]


def test_a_list_that_restarts_is_told_at_its_first_label() -> None:
    (found,) = compare(["1.", "2.", "3.", "4.", "5.", "6."], ["1.", "2.", "3.", "1.", "2.", "3."])
    assert (found.kind, found.severity) == ("numbering", "minor")
    assert found.message == "The translation restarts its list at “1.” where the original goes on with “4.”."


def test_a_slip_in_one_label_is_told_alone() -> None:
    found = compare(["1.", "2.", "3.", "4.", "5.", "6."], ["1.", "2.", "4.", "4.", "5.", "6."])
    assert [each.message for each in found] == ["The translation numbers the section “4.”, the original “3.”."]

"""Whole documents: habits of the kind in own words, and the documents in raw/.

The trees of raw/ agree with two independent annotations of headings, numbers and spans (tests/gold). Most of the others were
written before the code read them; some were taken from its output and then read against the text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.core.model import Outline, Problem
from pipeline.core.paths import RAW
from pipeline.outline import outline_document
from pipeline.source import read_document
from pipeline.source.raw import read_folder
from tests.outline.texts import outline, tree

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "outline"
HABITS = sorted(path.name.removesuffix(".txt") for path in GOLDEN.glob("*.txt"))
TEXTS = sorted(path.name.removesuffix(".sections") for path in GOLDEN.glob("*.sections"))


def lines(name: str) -> list[str]:
    return (GOLDEN / name).read_text(encoding="utf-8").splitlines()


@cache
def outlines(document_id: str) -> tuple[dict[str, Outline], tuple[Problem, ...]]:
    reading = read_document(*read_folder(RAW / document_id))
    found, problems = outline_document(reading.texts)
    return {each.text.text_id: each for each in found}, problems


def test_there_are_documents_of_many_habits() -> None:
    assert len(HABITS) >= 55
    assert len(TEXTS) == 6


@pytest.mark.parametrize("name", HABITS)
def test_tree_is_the_one_that_a_reader_sees(name: str) -> None:
    raw = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    found, _ = outline(raw, name.rpartition(".")[2])
    assert tree(found) == lines(f"{name}.tree")
    for section in found.sections:
        if section.heading is not None:
            assert section.heading_start is not None
            assert raw[section.heading_start : section.heading_end].replace("\n", " ") == section.heading
        if section.label is not None:
            assert raw[section.char_start :].startswith(section.label)
        assert not raw[section.char_end - 1].isspace()


@pytest.mark.parametrize("text_id", TEXTS)
def test_tree_of_a_published_text(text_id: str) -> None:
    found, _ = outlines(text_id.partition(".")[0])
    assert tree(found[text_id]) == lines(f"{text_id}.sections")


def kinds(document_id: str) -> list[tuple[str, str | None]]:
    return [(each.kind, each.section_id) for each in outlines(document_id)[1]]


def test_defects_of_the_numbering_are_reported() -> None:
    strategy = kinds("cn-2006-strategy")
    assert ("missing_heading", "cn-2006-strategy.en:s2.3") in strategy
    assert ("numbering_gap", "cn-2006-strategy.en:s7") in strategy
    assert ("misnumbered", "cn-2006-strategy.en:s5.4") in strategy
    assert ("misnumbered", "cn-2016-outline.en:s4.4") in kinds("cn-2016-outline")
    assert ("mixed_brackets", "cn-2012-opinions.zh:s2.1") in kinds("cn-2012-opinions")


def test_a_translation_takes_the_numbers_of_the_original() -> None:
    problems = [each for each in outlines("cn-2016-outline")[1] if each.kind == "renumbered"]
    found = outlines("cn-2016-outline")[0]
    addresses = [{section.section_number for section in found[f"cn-2016-outline.{code}"].sections} for code in ("en", "zh")]
    assert addresses[0] == addresses[1]
    assert len(problems) == 13
    sixth = next(section for section in found["cn-2016-outline.en"].sections if section.number == "6" and section.kind == "item")
    assert (sixth.label, sixth.section_number) == ("1.", "s3.2.6")


def test_an_excerpt_stands_where_the_whole_text_has_it() -> None:
    found = outlines("cn-2006-strategy")[0]["cn-2006-strategy.en-mt"]
    sections = [section for section in found.sections if section.kind != "front"]
    assert [section.section_number for section in sections] == [f"s4.{number}" for number in range(1, 10)]
    assert {(section.parent_id, section.level, section.kind) for section in sections} == {(None, 2, "section")}


def test_levels_and_kinds() -> None:
    found = outlines("cn-2016-outline")[0]["cn-2016-outline.zh"]
    kinds_by_level = {(section.level, section.kind) for section in found.sections}
    assert kinds_by_level == {(1, "front"), (1, "chapter"), (2, "section"), (3, "item")}
    assert [section.position for section in found.sections] == list(range(len(found.sections)))

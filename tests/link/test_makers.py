"""Who is to make a law: a body that the sentence, its paragraph or its section names; nobody else."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.core.model import Document
from pipeline.extract import extract_text
from pipeline.link import Corpus, link
from tests.builders import Line, build_outline


def makers(lines: list[Line], language: str = "zh") -> list[str | None]:
    """The makers of the instruments that a text says are to be made, in the order of its words, as the text calls them."""
    outline, source = build_outline(lines, language)
    found = extract_text(outline, load_language(language), source, "2026-01-01")
    tables = link(Corpus((Document("doc", {}),), (), (outline,), (found,), (), {outline.text.source_id: source}, ("en", "zh")))
    names = {row["body_id"]: row["name"] for row in reversed(tables["body_mentions"])}
    rows = [row for row in tables["document_relations"] if row["relation"].startswith("to_")]
    return [names.get(row["body_id"]) for row in sorted(rows, key=lambda row: row["char_start"])]


@pytest.mark.parametrize(
    ("sentence", "maker"),
    [
        ("自然资源部要会同有关部门制定海岛保护条例。", "自然资源部"),
        ("由财政部会同自然资源部制定《海岛保护基金管理办法》。", "财政部"),
        ("国务院有关部门应当按照职责分工制定海岛保护规划。", "国务院有关部门"),
        ("加快制定海岛保护条例。", None),
    ],
)
def test_a_sentence_names_the_maker(sentence: str, maker: str | None) -> None:
    assert makers([("s1", "# 完善法规"), ("s1", sentence)]) == [maker]


def test_a_bracket_in_the_heading_names_the_maker_of_all_below() -> None:
    heading = ("s1", "# 完善海洋法规（自然资源部负责）")
    assert makers([heading, ("s1", "抓紧制定海岛保护条例。")]) == ["自然资源部"]
    assert makers([heading, ("s1.1", "# 近期工作"), ("s1.1", "抓紧制定海岛保护条例。")]) == ["自然资源部"]
    assert makers([heading, ("s2", "# 其他工作"), ("s2", "抓紧制定海岛保护条例。")]) == [None]


def test_a_bracket_that_closes_a_section_names_the_maker_of_what_stands_before() -> None:
    closing = ("s1", "（自然资源部、财政部按职责分工负责）")
    lines = [("s1", "# 完善法规"), ("s1", "制定海岛保护条例。"), ("s1", "修订渔业法。"), closing]
    assert makers(lines) == ["自然资源部", "自然资源部"]
    assert makers([*lines, ("s1", "制定港口条例。")])[-1] is None


def test_the_body_that_leads_comes_first() -> None:
    closing = ("s1", "（财政部参与，自然资源部牵头）")
    assert makers([("s1", "# 完善法规"), ("s1", "制定海岛保护条例。"), ("s1", "修订渔业法。"), closing])[0] == "自然资源部"


def test_a_bracket_inside_another_sentence_names_nobody_here() -> None:
    lines = [("s1", "# 完善法规"), ("s1", "制定海岛保护条例。"), ("s1", "加强监督检查（财政部负责），确保安全。")]
    assert makers(lines) == [None]


@pytest.mark.parametrize(
    ("lines", "maker"),
    [
        (["The Ministry of Fisheries shall formulate the Island Protection Regulations by 2025."], "Ministry of Fisheries"),
        (["Formulate the Island Protection Regulations (lead: Ministry of Finance)."], "Ministry of Finance"),
        (["Formulate the Island Protection Regulations.", "Responsible: Ministry of Finance"], "Ministry of Finance"),
        (["Formulate the Island Protection Regulations, in line with good practice."], None),
    ],
)
def test_english_texts_name_makers_too(lines: list[str], maker: str | None) -> None:
    assert makers([("s1", "# Legislation"), *(("s1", line) for line in lines)], "en") == [maker]


def test_a_label_line_names_the_maker_of_what_stands_before_it_alone() -> None:
    lines = [
        ("s1", "# 完善法规"),
        ("s1", "制定海岛保护条例。"), ("s1", "责任单位：自然资源部"),
        ("s1", "制定港口条例。"), ("s1", "牵头单位：交通运输部"),
    ]  # fmt: skip
    assert makers(lines) == ["自然资源部", "交通运输部"]

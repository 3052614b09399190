"""The documents of the project, as read."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.core.paths import RAW
from pipeline.source import Reading, check_raw, read_document, read_folder
from tests.source.reading import misplaced


@cache
def readings() -> dict[str, Reading]:
    return {folder.name: read_document(*read_folder(folder)) for folder in check_raw(RAW)}


TEXTS = {
    # text_id: span, paragraphs, first words, last words
    "cn-2006-strategy.en": ((0, 56066), 124, "2006-2020 National", "国 务 院 办 公 厅"),
    "cn-2006-strategy.en-mt": ((0, 16933), 37, "What is the strategic focus", "cultivate compound talents."),
    "cn-2012-opinions.en": ((0, 28920), 47, "Some Opinions concerning", "28 June 2012"),
    "cn-2012-opinions.zh": ((2, 6209), 47, "关于大力推进信息化", "二〇一二年六月二十八日"),
    "cn-2016-outline.en": ((0, 66886), 119, "Outline of the National", "relevant leading cadres."),
    "cn-2016-outline.zh": ((66891, 80748), 116, "国家信息化发展战略纲要", "领导干部的内容。"),
}


@pytest.mark.parametrize("text_id", TEXTS)
def test_the_policy_text_is_found(text_id: str) -> None:
    reading = readings()[text_id.split(".")[0]]
    (text,) = (each for each in reading.texts if each.text_id == text_id)
    span, count, first, last = TEXTS[text_id]
    assert ((text.char_start, text.char_end), len(text.paragraphs)) == (span, count)
    assert text.paragraphs[0].text.startswith(first)
    assert text.paragraphs[-1].text.endswith(last)
    assert misplaced(text, reading.decoded[text.source_id]) == []


def test_the_original_comes_first_and_machine_translations_last() -> None:
    assert [[each.text_id.split(".")[1] for each in reading.texts] for reading in readings().values()] == [
        ["en", "en-mt"],
        ["zh", "en"],
        ["zh", "en"],
    ]


def test_known_defects_have_their_rows() -> None:
    found = [
        (row.text_id, row.kind, row.quote) for reading in readings().values() for row in reading.problems
        if row.kind not in ("boilerplate", "joined_line_break", "duplicated_passage")
    ]  # fmt: skip
    assert found == [
        ("cn-2006-strategy.en", "unbalanced_bracket", "“"),
        ("cn-2006-strategy.en-mt", "illegible", "* * *"),
        ("cn-2012-opinions.en", "unbalanced_bracket", "“"),
        ("cn-2016-outline.en", "stray_character", ")%G)"),
        ("cn-2016-outline.en", "stray_character", ">"),
    ]
    assert [row.text_id for reading in readings().values() for row in reading.problems if row.kind == "duplicated_passage"] == [
        "cn-2006-strategy.en"
    ]


def test_hard_breaks_are_joined() -> None:
    rows = [row.quote or "" for row in readings()["cn-2012-opinions"].problems if row.kind == "joined_line_break"]
    assert [quote.split("\n")[0][-2:] + quote.split("\n")[-3 if quote.count("\n") > 2 else -1][:2] for quote in rows] == [
        "础性工作",
        "支撑体系",
        "用，加快",
        "构开展信",
    ]


def test_every_quote_is_the_source_at_its_span() -> None:
    for reading in readings().values():
        for row in reading.problems:
            assert reading.decoded[row.source_id or ""][row.char_start : row.char_end] == row.quote


def test_nothing_but_space_and_reported_furniture_is_left_out() -> None:
    for reading in readings().values():
        for source_id, decoded in reading.decoded.items():
            covered = [
                (each.char_start, each.char_end)
                for text in reading.texts
                if text.source_id == source_id
                for each in text.paragraphs
            ]
            covered += [
                (row.char_start or 0, row.char_end or 0)
                for row in reading.problems
                if row.source_id == source_id and row.kind == "boilerplate"
            ]
            end = 0
            for start, after in sorted(covered):
                assert decoded[end:start].strip() == ""
                end = max(end, after)
            assert decoded[end:].strip() == ""


def test_what_is_described_is_recorded() -> None:
    outline, strategy = readings()["cn-2016-outline"], readings()["cn-2006-strategy"]
    assert (outline.document.predecessor_id, outline.document.original_text_id) == ("cn-2006-strategy", "cn-2016-outline.zh")
    assert (strategy.document.document_number, strategy.document.original_text_id) == ("中办发〔2006〕11号", None)
    assert [(each.source_id, each.file, each.encoding, each.bytes) for each in outline.sources] == [
        ("cn-2016-outline/en-zh", "cn-2016-outline/en-zh.txt", "utf-8", 106655)
    ]

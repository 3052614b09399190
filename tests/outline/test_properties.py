"""Whatever the input: sections nest, spans lie inside each other, nothing raises, and the same input gives the same output."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import source_offset
from pipeline.outline import outline_document
from tests.outline.texts import make_text, outline

PARTS = [
    "一、", "二、", "（一）", "(二) ", "1.", "2. ", "3、", "12, ", "I, ", "IV. ", "(IV) ", "94) ", "A. ", "(a) ",
    "(i) ", "①", "第一章 ", "第二条　", "第三节 ",
    "附件1", "附件：1.表", "专栏1 ", "表2 ", "Annex I", "Box 2: ", "Table 1 ", "Article 5", "Chapter 2 ", "Goal 3. ",
    "Target 3.b ", "1.1 ", "2.1.3 ",
    "## ", "# ", "**", "| a | b |", "a\tb\tc", "目录", "Contents", "前言", "References", "2016年3月1日",
    "28 June 2012", "国务院", "State Council",
    "Done at Rome, 1 May 2001.", "加强领导", "Roads grow", "。", ". ", "；", "; ", "：", "!", ">", "=====", "- - -",
    "<p>", "</p>", "<b>", "(*a*) ", "- **2.** ", "= ", "1\\. ", "| (1) | road |", "12A. ", "第三条之一", "《路》", "&nbsp;",
    "…… 3", "　　", "注：1.", "：1．", "）（二）", "[^1]: ", "~~~~", "Road Plan 3 ", "\n", "\n", "\n", "\n\n", " ", "\u3000",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(PARTS), max_size=60).map("".join)


def check(raw: str, language: str, excerpt_of: str | None = None) -> None:
    found, problems = outline(raw, language, excerpt_of)
    assert outline(raw, language, excerpt_of) == (found, problems)
    by_id = {section.section_id: section for section in found.sections}
    assert len(by_id) == len(found.sections)
    assert [section.position for section in found.sections] == list(range(len(found.sections)))
    for section in found.sections:
        assert section.char_start < section.char_end
        assert found.text.char_start <= section.char_start
        assert section.char_end <= found.text.char_end
        assert "" not in (section.label, section.heading, section.text, section.number, section.section_number)
        if section.heading is not None:
            assert raw[section.heading_start : section.heading_end] == section.heading
        if section.parent_id is not None:
            parent = by_id[section.parent_id]
            assert parent.char_start <= section.char_start
            assert section.char_end <= parent.char_end
            assert section.level == parent.level + 1
            assert parent.position < section.position
    before = 0
    for position, sentence in enumerate(found.sentences):
        section = by_id[sentence.section_id]
        assert sentence.position == position
        assert before <= sentence.char_start < sentence.char_end
        before = sentence.char_end
        assert section.char_start <= sentence.char_start
        assert sentence.char_end <= section.char_end
        assert raw[sentence.char_start : sentence.char_end] == sentence.text
        assert sentence.text == sentence.text.strip()
    assert len({sentence.sentence_id for sentence in found.sentences}) == len(found.sentences)


@given(SOUP, st.sampled_from(["en", "zh"]))
def test_soup_of_labels(raw: str, language: str) -> None:
    check(raw, language)


@given(SOUP)
def test_excerpts(raw: str) -> None:
    check(raw, "zh", "s4")


@given(st.text(max_size=300), st.sampled_from(["en", "zh"]))
def test_any_text(raw: str, language: str) -> None:
    check(raw, language)


@given(SOUP, SOUP)
def test_original_and_translation(original: str, translation: str) -> None:
    texts = [make_text(original, "zh", text_id="doc.zh"), make_text(translation, "en", "human_translation", text_id="doc.en")]
    outlines, _ = outline_document(texts)
    for found in outlines:
        assert len({section.section_number for section in found.sections}) == len(found.sections)


def test_spans_of_joined_lines() -> None:
    text = make_text("一、总体要求\n加强领导，落实责任。", "zh")
    assert source_offset(text.paragraphs[1].pieces, 0) == 7


@pytest.mark.parametrize(
    ("unit", "language"),
    [
        ("a", "en"), (". ", "en"), ("......", "en"), ("1. ", "en"), ("(1) ", "en"), ("(i)(v)", "en"),
        ("1.1.", "en"), ("A. A. ", "en"), ("。", "zh"), ("一", "zh"),
        ("（一）", "zh"), ("。（一）一", "zh"), ("第一条 ", "zh"), ("。1.道", "zh"), ("[a](b)", "en"), ("*", "en"),
        ("|", "en"), ("\t", "en"), (" ", "en"),
        ("1\n", "en"), ("1. A\n", "en"), ("(a) b.\n", "en"), ("一、路\n", "zh"), ("第一条 路。\n", "zh"),
        ("2016年3月1日\n", "zh"), ("# A\n", "en"), ("Annex A\n", "en"),
        ("Contents\nA\n", "en"), ("Road Works\n", "en"), ("1.1 A\n", "en"), ("表1 路\n", "zh"),
        ("国务院\n2016年3月1日\n一、路\n", "zh"),
        ("。2.路", "zh"), ("。专栏1 路。", "zh"), ("。　　1　路", "zh"), ("：1.路", "zh"), ("（路）（二）路", "zh"), ("注：1.路。2.路", "zh"),
        ("<b>", "en"), ("<b> x>", "en"), ("(*a*) ", "en"), ("- **2.** a\n", "en"), ("\\", "en"), ("= A\n", "en"), ("a  b  ", "en"),
        ("|  |\n| - |\n| (1) | a long enough road |\n", "en"), ("《路》", "zh"), ("第二条各市。", "zh"), ("一、总体要求坚持", "zh"),
        ("Roads . . . . . 3 ", "en"), (". . . ", "en"), ("5. (1) A ", "en"),
        ("Notes: 1. A. 2. B. ", "en"), ("Road Plan 3 i. A\n", "en"), ("A\n~~~\n", "en"), ("[^1]: a\n", "en"), ("专栏1 路。\n", "zh"),
    ],
)  # fmt: skip
def test_time_is_linear(unit: str, language: str) -> None:
    def seconds(size: int) -> float:
        raw = "x" + unit * (size // len(unit)) + "x"
        start = time.process_time()
        outline_document([make_text(raw, language)])
        return time.process_time() - start

    seconds(1000)
    small, large = min(seconds(10_000) for _ in range(3)), seconds(80_000)
    assert large < 8 * 4 * small + 0.3

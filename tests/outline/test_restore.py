"""Lost line breaks come back, running titles go, and offsets stay those of the source."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.core.model import source_offset
from pipeline.outline.grammar import grammar
from pipeline.outline.restore import restore
from tests.outline.texts import make_text

PAGES = "Rail Plan for the Coast"


def paragraphs(raw: str, language: str) -> list[str]:
    text = restore(make_text(raw, language), grammar(load_language(language)))
    for paragraph in text.paragraphs:
        for offset, character in enumerate(paragraph.text):
            if character != " ":
                assert raw[source_offset(paragraph.pieces, offset)] == character
    return [paragraph.text for paragraph in text.paragraphs]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("说明如下。　　1　总则　　1.1　目的　　为了修路。", ["说明如下。", "1　总则", "1.1　目的", "为了修路。"]),
        ("优先领域　　2.架桥。", ["优先领域", "2.架桥。"]),
        ("第一章　　总则", ["第一章　　总则"]),
        ("第一章　总　　则", ["第一章　总　　则"]),
        ("名称　　数量　　时间", ["名称　　数量　　时间"]),
        ("修路。架桥。", ["修路。架桥。"]),
    ],
)
def test_indents_inside_a_paragraph_are_line_breaks(raw: str, expected: list[str]) -> None:
    assert paragraphs(raw, "zh") == expected


def test_running_titles_before_labels_are_left_out() -> None:
    raw = f"{PAGES} 3 i. Tracks\nOld tracks.\n{PAGES} 7 ii. Stations for\nEvery Town\nNew ones.\n"
    raw += f"The end of it, {PAGES} 9 iii. Money\nNone.\n{PAGES} 11 iv. Law\nNew."
    expected = [
        "i. Tracks",
        "Old tracks.",
        "ii. Stations for Every Town",
        "New ones.",
        "The end of it,",
        "iii. Money",
        "None.",
        "iv. Law",
        "New.",
    ]
    assert paragraphs(raw, "en") == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Key Result Field 1 1. Roads\nKey Result Field 2 2. Rails",
        "Goal 1 End hunger\nGoal 2 End thirst\nGoal 3 End cold",
        "The Road Plan 4 shows this\nThe Road Plan 5 shows that\nThe Road Plan 6 shows more",
    ],
)
def test_what_is_no_running_title_stays(raw: str) -> None:
    assert paragraphs(raw, "en") == raw.split("\n")


def test_a_text_that_lost_nothing_stays_the_same_object() -> None:
    text = make_text("1. Roads\nWide.", "en")
    assert restore(text, grammar(load_language("en"))) is text

"""Defects of the printed text: found where they are, and not where they are not."""

from __future__ import annotations

import time

import pytest

from tests.source.reading import problems, read

FOUND = [
    ("Ask * * * for help.", "illegible", "* * *"),
    ("Ask *** for help.", "illegible", "***"),
    ("The name is ████ here.", "illegible", "████"),
    ("A lost \ufffd\ufffd mark.", "illegible", "\ufffd\ufffd"),
    ("Donâ€™t go.", "illegible", "â€™"),
    ("道路??建设。", "illegible", "??"),
    ("某某部门×××负责。", "illegible", "×××"),
    ("Networks )%G) are new.", "stray_character", ")%G)"),
    ("Roads> Build them.", "stray_character", ">"),
    ("A road\u200bs plan.", "stray_character", "\u200b"),
    ("A plan (of the region.", "unbalanced_bracket", "("),
    ("A plan of the region) stands.", "unbalanced_bracket", ")"),
    ("印发《道路规划的通知", "unbalanced_bracket", "《"),
    ("The “plan stands.", "unbalanced_bracket", "“"),
]


@pytest.mark.parametrize(("text", "kind", "quote"), FOUND)
def test_a_defect_has_a_row_with_its_own_characters(text: str, kind: str, quote: str) -> None:
    language = "zh" if "道" in text or "某" in text else "en"
    assert [(row.kind, row.quote) for row in read(text, language).problems] == [(kind, quote)]


SOUND = [
    "* * *",
    "***",
    "**Bold** and *italic* words, and 3 * 4 * 5.",
    "a) roads; b) bridges; and iv) paths",
    "94) Roads and paths",
    "1）道路；2）桥梁。",
    "The share is 5% and (by 2030) 20%of roads.",
    "See https://example.org/a%20b?x=(1) and <a href='x'>the plan</a> here.",
    "More than > 5 and x -> y, or 3>2.",
    "> A quotation.",
    "“First part of a long quotation.\n“Second part of it.”",
    "（一) 道路（二）桥梁",
    "What??? No!",
    "It’s the people’s ‘plan’.",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_has_no_row(text: str) -> None:
    assert list(read(text + "\nThe end of it.", "en").problems) == []


def test_a_passage_that_stands_twice_is_told() -> None:
    first = "The Ministry extends the network of roads to every town of the region, and publishes a report on the progress of the work."
    other = "Schools are connected first; their teachers take part in courses at the cost of the State, which the regions organise every year."
    text = f"{first}\n{other}\n{first}\n{other}\nThe end."
    rows = problems(text, "duplicated_passage")
    assert [(row.quote, "and so do the 1" in row.message) for row in rows] == [(first, True)]
    changed = first.replace("every town", "each small town").replace("a report", "reports")
    assert [row.quote for row in problems(f"{first}\n{other}\n{changed}", "duplicated_passage")] == [changed]
    assert problems(f"{first}\n{other}", "duplicated_passage") == []


@pytest.mark.parametrize(
    "unit", ["(", "(]", "“a ", "a> ", "* ", "a<b> ", "《", "? ", "．", "a. ", "1. ", "一、", "\n", "(a\n", "-\n", "Ab of\n"]
)
def test_time_is_linear_in_hostile_input(unit: str) -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        read("The plan.\n" + unit * times, "zh" if unit[0] in "一《．" else "en")
        return time.process_time() - begun

    seconds(100)
    short, long = min(seconds(5_000) for _ in range(3)), seconds(40_000)
    assert long < 40 * short + 0.5

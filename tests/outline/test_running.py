"""Markdown headings that a converter printed at the head of each page, and levels that it lost."""

from __future__ import annotations

import pytest

from tests.outline.texts import outline, tree

PROSE = "Every village is reached in all seasons, and the Ministry reports on it each year.\n"


def test_a_heading_that_is_repeated_on_the_next_page_is_one_section() -> None:
    raw = f"# Plan\n\n# Safety\n{PROSE}\n# Safety\n{PROSE}\n# Safety (continued)\n{PROSE}\n# Costs\n{PROSE}"
    found, _ = outline(raw, "en")
    assert [line for line in tree(found) if line[:5] != "front"] == ["su1||Safety", "su2||Costs"]
    safety = next(section for section in found.sections if section.heading == "Safety")
    assert safety.text == "\n".join([PROSE.strip()] * 3)
    assert raw[: safety.char_end].count(PROSE.strip()) == 3


def test_what_stands_between_a_numbered_heading_and_its_repetition_is_below_it() -> None:
    raw = f"# 1.0 Roads\n{PROSE}\n# Bridges\n{PROSE}\n# 1.0 Roads\n\n## Ferries\n{PROSE}\n# 2.0 Rails\n{PROSE}"
    assert tree(outline(raw, "en")[0]) == ["s1|1.0|Roads", "s1.u1||Bridges", "s1.u2||Ferries", "s2|2.0|Rails"]


def test_headings_of_another_kind_between_numbered_ones_are_below_them() -> None:
    raw = f"# 1. Roads\n{PROSE}\n# Bridges\n{PROSE}\n## Arches\n{PROSE}\n# 2. Rails\n{PROSE}\n# Conclusion\n{PROSE}"
    assert tree(outline(raw, "en")[0]) == ["s1|1.|Roads", "s1.u1||Bridges", "s1.u1.u1||Arches", "s2|2.|Rails", "su1||Conclusion"]


def test_the_title_of_the_document_at_the_head_of_its_pages_is_no_section() -> None:
    numbered = "".join(
        f"# National Plan for Safe Roads {number}\n\n# Part of {word}\n{PROSE * 9}\n"
        for number, word in ((3, "Roads"), (5, "Rails"), (8, "Ferries"))
    )
    assert tree(outline(f"# Aims\n{PROSE}\n{numbered}", "en")[0]) == [
        "su1||Aims",
        "su2||Part of Roads",
        "su3||Part of Rails",
        "su4||Part of Ferries",
    ]
    front = "National Plan\nfor Safe Roads\nMay 2030\n"
    pages = "".join(f"# National Plan for Safe Roads\n\n# {word}\n{PROSE}\n" for word in ("Roads", "Rails", "Ferries"))
    assert tree(outline(f"{front}\n# Aims\n{PROSE}\n{pages}", "en")[0])[1:] == [
        "su1||Aims",
        "su2||Roads",
        "su3||Rails",
        "su4||Ferries",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["# Roads", "## Key points", "# Rails", "## Key points", "# Ferries", "## Key points"],
        ["# Vision 1", "# Vision 2", "# Vision 3"],
        ["## Key points", "## Sources", "## Key points", "## Sources", "## Key points", "## Sources"],
    ],
)
def test_headings_that_only_look_alike_stay(headings: list[str]) -> None:
    found, _ = outline("A plan of the Ministry.\n\n" + "".join(f"{heading}\n{PROSE}\n" for heading in headings), "en")
    assert sum(section.kind not in ("front", "closing") for section in found.sections) == len(headings)


def test_headings_of_a_title_page_are_no_sections() -> None:
    raw = f"# Ministry of Roads\n\n# Roads Plan\n2030\n\n# Contents\nAims ..... 3\nMeans ..... 5\n\n# Aims\n{PROSE * 9}\n# Means\n{PROSE * 9}"
    assert tree(outline(raw, "en")[0])[1:] == ["su1||Aims", "su2||Means"]


@pytest.mark.parametrize("above", ["* Ferries are old.", "- Ferries", "The Ministry builds the roads.", "12"])
def test_a_rule_below_a_point_or_a_sentence_makes_no_heading(above: str) -> None:
    found, _ = outline(f"# Roads\n{PROSE}\n{above}\n---\n# Rails\n{PROSE}", "en")
    assert [section.heading for section in found.sections] == ["Roads", "Rails"]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["## Shared National Road Goal 3", "## Shared National Road Goal 6", "## Shared National Road Goal 13"]),
        ("en", ["## Fields of work for action 2", "## Fields of work for action 5"]),
        ("en", ["## Widening the rural network 2", "## Widening the rural network 4", "## Widening the rural network 7"]),
        ("zh", [f"## 全国农村公路桥梁渡口和车站建设目标 {number}" for number in (3, 6, 13)]),
    ],
)
def test_a_number_behind_a_title_is_no_page_where_the_title_has_a_text(language: str, headings: list[str]) -> None:
    found, _ = outline("A plan.\n\n" + "".join(f"{heading}\n\n{PROSE * 9}\n" for heading in headings), language)
    assert sum(section.kind not in ("front", "closing") for section in found.sections) == len(headings)


def test_goals_with_headings_right_below_are_no_pages() -> None:
    raw = "".join(
        f"## Shared National Road Goal {number}\n\n### Field {word}\n{PROSE * 9}\n"
        for number, word in ((3, "One"), (6, "Two"), (9, "Six"))
    )
    assert sum("Goal" in (section.heading or "") for section in outline(f"A plan.\n\n{raw}", "en")[0].sections) == 3


def test_goals_in_the_words_of_the_title_stay() -> None:
    raw = "".join(f"## Shared National Road Goal {number}\n\n{PROSE * 9}\n" for number in (3, 6, 13))
    found, _ = outline(f"# Shared National Road Goals: a Plan\n\n{raw}", "en")
    assert sum("Goal" in (section.heading or "") for section in found.sections) == 3


@pytest.mark.parametrize("part", ["Part ", ""])
def test_chapters_of_the_same_name_stay_in_each_part(part: str) -> None:
    raw = "".join(
        f"# {part}{name}\n\n## Chapter 1 General rules of use\n{PROSE}\n## Chapter 2 {last}\n{PROSE}\n"
        for name, last in (("Roads", "Fees"), ("Ferries", "Licences"))
    )
    raw = raw.replace("Part Roads", "Part I Roads").replace("Part Ferries", "Part II Ferries")
    assert [section.heading for section in outline(f"{PROSE * 2}\n{raw}", "en")[0].sections if section.heading] == [
        "Roads",
        "General rules of use",
        "Fees",
        "Ferries",
        "General rules of use",
        "Licences",
    ]


def test_siblings_of_the_same_short_title_stay() -> None:
    raw = f"# Plan\n\n# Roads\n\n## Objective\n{PROSE}\n## Objective\nBridges hold for many years.\n# Rails\n{PROSE}"
    assert [section.heading for section in outline(raw, "en")[0].sections].count("Objective") == 2

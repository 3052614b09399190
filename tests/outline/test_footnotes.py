"""Footnotes under a page, and numbered lines that are none."""

from __future__ import annotations

import pytest

from tests.outline.texts import outline, tree

TEXT = "1. Roads\nRoads are kept by the regions{one}, as the law says{two}.\n{notes}\n2. Rails\nRails are old."


@pytest.mark.parametrize(
    ("one", "two", "notes"),
    [
        ("1", "2", "1 Ministry of Roads, Report 2030.\n2 Roads Act."),
        ("¹", "²", "1. Not all of them do so.\n2. The Roads Act of 2030."),
    ],
)
def test_lines_with_a_mark_in_the_text_are_footnotes(one: str, two: str, notes: str) -> None:
    found, _ = outline(TEXT.format(one=one, two=two, notes=notes), "en")
    assert tree(found) == ["s1|1.|Roads", "s2|2.|Rails"]
    assert (found.sections[0].text or "").endswith(notes)


def test_points_behind_a_colon_are_no_footnotes() -> None:
    found, _ = outline(
        "A. Roads\nThe regions1 keep them2:\n1. Each region reports.\n2. Each town pays.\nB. Rails\nRails are old.", "en"
    )
    assert [section.label for section in found.sections] == ["A.", "1.", "2.", "B."]


def test_a_chapter_is_no_footnote() -> None:
    found, _ = outline(
        "1 Roads\nThe regions keep them2 in all seasons.\n2 Rails\nRails are old and slow.\n3 Ferries\nFerries run.", "en"
    )
    assert tree(found) == ["s1|1|Roads", "s2|2|Rails", "s3|3|Ferries"]


PROMISES = "1. We will build new bridges by 2028.\n2. We will repair 40 ferries by 2029.\n3. We will train 200 drivers by 2030."


@pytest.mark.parametrize(
    "above",
    [
        "Roads are the veins of the land.1 Cars have grown.2 Drivers are few.3",
        "Roads are the veins of the land¹. Cars have grown². Drivers are few³.",
        "The web1 came with the net2 and the road3 with the car.",
    ],
)
def test_points_that_promise_something_are_no_footnotes(above: str) -> None:
    found, _ = outline(f"{above}\nOur work has three parts.\n{PROMISES}", "en")
    assert [section.label for section in found.sections if section.label] == ["1.", "2.", "3."]


def test_a_number_behind_a_word_may_be_a_part_of_it() -> None:
    raw = "A. Roads\nThe web1 and covid2 changed them.\n1. Open the roads again.\n2. See to the ferries (2031).\nB. Rails\nRails are old."
    assert [section.label for section in outline(raw, "en")[0].sections] == ["A.", "1.", "2.", "B."]


CHAPTERS = "".join(f"## Field {chr(65 + place)}\nRoads are kept by the regions.\n" for place in range(25))


@pytest.mark.parametrize("heading", ["Sources", "Notes"])
def test_points_under_a_chapter_such_as_sources_stay(heading: str) -> None:
    found, _ = outline(
        f"# Roads plan\n\n## Aims\nRoads are wide.\n## {heading}\n1. We will use taxes.\n2. We will use fees.\n{CHAPTERS}", "en"
    )
    assert [section.label for section in found.sections if section.label] == ["1.", "2."]


@pytest.mark.parametrize(("heading", "before", "behind"), [("References", "", CHAPTERS), ("Notes", CHAPTERS, "")])
def test_numbers_under_references_are_no_sections(heading: str, before: str, behind: str) -> None:
    found, _ = outline(f"# Roads plan\n\n{before}## {heading}\n1. The Ferry Board.\n2. The Road Board.\n{behind}", "en")
    assert not [section.label for section in found.sections if section.label]

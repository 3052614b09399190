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

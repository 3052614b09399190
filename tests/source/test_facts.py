"""What a text prints of itself: a date in a footnote is not the day of signature."""

from __future__ import annotations

from pipeline.core.model import Paragraph
from pipeline.source.facts import find_facts


def paragraphs(*lines: str) -> list[Paragraph]:
    return [Paragraph(line, ((0, 1000 * number),)) for number, line in enumerate(lines)]


def test_a_date_in_a_footnote_does_not_date_the_text() -> None:
    body = [f"Harbour masters keep the lamps of pier {number} lit." for number in range(30)]
    assert (
        find_facts(paragraphs("Lamps on Piers", "**June 25, 2019**", *body, "[^4]: Act on Lamps (Aug. 2, 2012)")).issued_on
        == "2019-06-25"
    )
    assert find_facts(paragraphs("Lamps on Piers", "**June 25, 2019**", *body, "August 2, 2020")).issued_on == "2020-08-02"

"""Editorial corrections of document.yaml: where they stand, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.source.description import to_description
from pipeline.source.read import Reading, read_document
from tests.source.reading import content

TEXT = """Harbour Plan

By 2030, the harbours of the
coast hold 80 boats. Each boat has
a light, and 80 boats have two.
"""


def read(*corrections: dict[str, str]) -> Reading:
    data = TEXT.encode()
    entries: dict[str, Any] = content(data, "en")
    entries["files"][0]["texts"][0]["corrections"] = list(corrections)
    return read_document(to_description(entries, "document.yaml"), {"a.txt": data})


def test_a_correction_is_found_over_a_line_break_and_published() -> None:
    reading = read({"printed": "the coast hold 80", "meant": "the coast hold 800", "reason": "the annex counts 800"})
    (found,) = reading.corrections
    assert (found.text_id, found.meant) == ("xx-doc.en", "the coast hold 800")
    (row,) = [each for each in reading.problems if each.kind == "editorial_correction"]
    assert (row.char_start, row.char_end, row.quote) == (found.char_start, found.char_end, "the\ncoast hold 80")
    assert "800" in row.message
    assert "the annex counts 800" in row.message
    assert row.severity == "info"


def test_without_corrections_there_is_no_row() -> None:
    assert read().corrections == ()
    assert not [each for each in read().problems if each.kind == "editorial_correction"]


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([{"printed": "80 boats", "meant": "8 boats", "reason": "x"}], "2 times"),
        ([{"printed": "90 boats", "meant": "8 boats", "reason": "x"}], "0 times"),
        (
            [
                {"printed": "coast hold", "meant": "coasts hold", "reason": "x"},
                {"printed": "hold 80", "meant": "hold 8", "reason": "x"},
            ],
            "overlap",
        ),
        ([{"printed": "coast", "meant": "coast", "reason": "x"}], "what is printed"),
        ([{"printed": "coast", "meant": "shore", "reason": " "}], "and why"),
        ([{"printed": "coast", "meant": "shore"}], "reason"),
    ],
)
def test_what_cannot_be_a_correction_is_refused(entries: list[dict[str, str]], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(*entries)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)

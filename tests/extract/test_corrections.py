"""A corrected text is read as it is meant, and quoted as it is printed."""

from __future__ import annotations

import pytest

from pipeline.core.errors import InputError
from pipeline.core.language import load_language
from pipeline.core.model import Correction, Extraction
from pipeline.extract import extract_text
from pipeline.extract.corrections import corrected
from tests.builders import build_outline

LINES = [("s1", "# Aims"), ("s1", "By 2030, there will be 80 harbours and 12,000 km of fairway."), ("s1", "Boats are painted.")]


def correction(printed: str, meant: str, text_id: str = "doc.en") -> Correction:
    start = build_outline(LINES, "en")[1].index(printed)
    return Correction(text_id, start, start + len(printed), printed, meant, "a slip of the pen")


def read(*corrections: Correction) -> Extraction:
    outline, source = build_outline(LINES, "en")
    return extract_text(outline, load_language("en"), source, None, corrections)


@pytest.mark.parametrize("meant", ["800", "60", "90,000"])
def test_a_longer_and_a_shorter_value(meant: str) -> None:
    found = read(correction("80", meant)).quantities
    assert [(each.value, each.unit, each.quote) for each in found] == [
        (float(meant.replace(",", "")), "item", "80 harbours"),
        (12000, "km", "12,000 km"),
    ]


def test_a_time_and_a_value_together() -> None:
    found = read(correction("12,000", "1,200"), correction("2030", "2035")).quantities
    assert [(each.value, each.deadline_year, each.quote) for each in found] == [
        (80, 2035, "80 harbours"),
        (1200, 2035, "12,000 km"),
    ]


def test_every_character_still_stands_where_it_is_printed() -> None:
    outline, source = build_outline(LINES, "en")
    sentence = corrected(outline, [correction("80", "eight hundred")]).sentences[1]
    assert sentence.text == "By 2030, there will be eight hundred harbours and 12,000 km of fairway."
    assert (sentence.char_start, sentence.char_end) == (outline.sentences[1].char_start, outline.sentences[1].char_end)
    for words, printed in (("eight hundred", "80"), ("2030", "2030"), ("harbours", "harbours"), ("12,000 km", "12,000 km")):
        start = sentence.text.index(words)
        assert source[slice(*sentence.span(start, start + len(words)))] == printed


def test_the_text_as_printed_is_read_without_corrections_and_with_those_of_another_text() -> None:
    assert read() == read(correction("80", "800", "doc.zh"))
    assert read().quantities[0].value == 80


def test_a_correction_over_the_end_of_a_sentence_is_refused() -> None:
    with pytest.raises(InputError, match="inside one sentence"):
        read(correction("fairway.\nBoats", "fairway and boats"))

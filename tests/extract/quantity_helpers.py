"""Builds outlines from plain sentences, and reads quantities in them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.language import load_language
from pipeline.core.model import Outline, Paragraph, Problem, Quantity, Section, Sentence, Text
from pipeline.extract.context import Context
from pipeline.extract.deadlines import find_deadlines
from pipeline.extract.quantities import extract_quantities

ISSUED = {"en": "Issued on 5 July {year}", "zh": "{year}年7月5日"}


def section(section_id: str, kind: str = "section", parent: str | None = None) -> Section:
    return Section(
        section_id=section_id, text_id="t", parent_id=parent, position=0, level=1, kind=kind, label=None, number=None,
        section_number=section_id.partition(":")[2], heading=None, run_in=False, text=None, char_start=0, char_end=1,
        heading_start=None, heading_end=None,
    )  # fmt: skip


def outline_of(language: str, lines: Sequence[str | tuple[str, str]], issued: int | None = 2016) -> tuple[Outline, str]:
    """An outline whose front gives the date of issue and whose one section holds the lines; a line may be (kind, text)."""
    rows = [("front", "sentence", ISSUED[language].format(year=issued))] if issued else []
    rows += [("s1", *line) if isinstance(line, tuple) else ("s1", "sentence", line) for line in lines]
    sentences, paragraphs, source = [], [], ""
    for position, (number, kind, line) in enumerate(rows):
        pieces = ((0, len(source)),)
        paragraphs.append(Paragraph(line, pieces))
        sentences.append(Sentence(f"t:{position}", "t", f"t:{number}", position, kind, position, line, pieces))
        source += line + "\n"
    text = Text("t", "d", "d/t", language, "original", "full", 0, max(len(source), 1), tuple(paragraphs))
    return Outline(text, (section("t:front", "front"), section("t:s1")), tuple(sentences)), source


def read(
    language: str, *lines: str | tuple[str, str], topic: str = "tasks", issued: int | None = 2016
) -> tuple[list[Quantity], list[Problem]]:
    """The quantities and problems of some lines; their spans are checked on the way."""
    outline, source = outline_of(language, lines, issued)
    pack = load_language(language)
    context = Context(outline, pack, {"t:front": "front", "t:s1": topic}, find_deadlines(outline, pack))
    quantities, problems = extract_quantities(context)
    records: list[Quantity | Problem] = [*quantities, *problems]
    for record in records:
        assert source[record.char_start : record.char_end] == record.quote
    for quantity in quantities:
        if quantity.indicator_text is not None:
            assert source[quantity.indicator_start : quantity.indicator_end] == quantity.indicator_text
    return quantities, problems

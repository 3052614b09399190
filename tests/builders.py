"""Outlines of a few lines, for tests of the rooms that read them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.model import Outline, Paragraph, Section, Sentence, Text

Line = tuple[str, str]
"""(section_number, text); a text that starts with '# ' is the section's heading."""


def build_outline(
    lines: Sequence[Line], language: str = "zh", text_id: str | None = None, status: str = "original"
) -> tuple[Outline, str]:
    """The outline of some lines, one paragraph each, and the decoded source that they stand in."""
    text_id = text_id or f"doc.{language}"
    source, spans = "", []
    for _, line in lines:
        words = line.removeprefix("# ")
        spans.append((len(source), len(source) + len(words)))
        source += words + "\n"
    numbers = list(dict.fromkeys(number for number, _ in lines))
    every = list(dict.fromkeys(above for number in numbers for above in (*_above(number), number)))
    sections = tuple(_section(text_id, number, position, lines, spans) for position, number in enumerate(every))
    sentences = tuple(
        Sentence(
            f"{text_id}-{index}", text_id, f"{text_id}:{number}", index, "heading" if line.startswith("# ") else "sentence", index,
            line.removeprefix("# "), ((0, spans[index][0]),),
        )
        for index, (number, line) in enumerate(lines)
    )  # fmt: skip
    paragraphs = tuple(Paragraph(source[start:end], ((0, start),)) for start, end in spans)
    text = Text(text_id, "doc", f"doc/{language}", language, status, "full", 0, len(source), paragraphs)
    return Outline(text, sections, sentences), source


def _above(number: str) -> list[str]:
    parts = number.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _section(text_id: str, number: str, position: int, lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> Section:
    own = [span for (each, _), span in zip(lines, spans, strict=True) if each == number or each.startswith(number + ".")]
    heading = next((index for index, (each, line) in enumerate(lines) if each == number and line.startswith("# ")), None)
    above = _above(number)
    return Section(
        section_id=f"{text_id}:{number}",
        text_id=text_id,
        parent_id=f"{text_id}:{above[-1]}" if above else None,
        position=position,
        level=len(above) + 1,
        kind=number if number in ("front", "closing") else "section",
        label=None,
        number=number.rpartition(".")[2].lstrip("s"),
        section_number=number,
        heading=None if heading is None else lines[heading][1].removeprefix("# "),
        run_in=False,
        text=None,
        char_start=own[0][0],
        char_end=own[-1][1],
        heading_start=None if heading is None else spans[heading][0],
        heading_end=None if heading is None else spans[heading][1],
    )

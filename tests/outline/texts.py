"""Texts from plain strings, for tests of the outline room: one paragraph per line."""

from __future__ import annotations

import re

from pipeline.core.model import Outline, Paragraph, Problem, Text
from pipeline.outline import outline_document

SPACE = " \t\u00a0\u3000\u200b"


def make_text(
    raw: str, language: str, status: str = "original", excerpt_of: str | None = None, text_id: str | None = None
) -> Text:
    """The Text of a string that is its own source; indents are no part of a paragraph."""
    paragraphs = []
    for match in re.finditer(r"[^\r\n]+", raw):
        words = match[0].strip(SPACE)
        if words.strip():
            paragraphs.append(Paragraph(words, ((0, match.start() + match[0].index(words)),)))
    start, end = (paragraphs[0].char_start, paragraphs[-1].char_end) if paragraphs else (0, 0)
    completeness = "excerpt" if excerpt_of else "full"
    return Text(
        text_id or f"doc.{language}", "doc", "doc/file", language, status, completeness, start, end, tuple(paragraphs), excerpt_of
    )


def outline(raw: str, language: str, excerpt_of: str | None = None) -> tuple[Outline, tuple[Problem, ...]]:
    """The outline of a string and its problems."""
    (found,), problems = outline_document([make_text(raw, language, excerpt_of=excerpt_of)])
    return found, problems


def tree(found: Outline) -> list[str]:
    """One line for each section: section_number|label|heading."""
    return [f"{section.section_number}|{section.label or ''}|{section.heading or ''}" for section in found.sections]

"""Reads texts whose bodies are marked, ⟦printed|body_id|role⟧, and what the extractor finds in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.core.language import load_language
from pipeline.core.model import BodyMention, Problem
from pipeline.extract.bodies import extract_bodies
from pipeline.extract.context import context_of
from tests.builders import build_outline

MARKED = re.compile(r"⟦([^|⟧]+)\|([^|⟧]*)\|([a-z]+)⟧")
Expected = tuple[int, str, str | None, str]
"""Line number, printed form, body code or none, role."""


def unmark(number: int, line: str) -> tuple[str, list[Expected]]:
    """A line without its marks, and what they say."""
    return MARKED.sub(lambda match: match[1], line), [(number, m[1], m[2] or None, m[3]) for m in MARKED.finditer(line)]


def extract(language: str, lines: Sequence[tuple[str, str]]) -> tuple[list[BodyMention], list[Problem], str]:
    """Mentions, problems and source of lines (section number, text); '# ' begins a heading, '| ' a row of a table."""
    outline, source = build_outline([(number, text) for number, text in lines], language)
    rows = tuple(replace(sentence, kind="row") if sentence.text.startswith("|") else sentence for sentence in outline.sentences)
    mentions, problems = extract_bodies(context_of(replace(outline, sentences=rows), load_language(language)))
    return mentions, problems, source


def found(language: str, lines: Sequence[tuple[str, str]]) -> list[Expected]:
    """What the extractor finds, in the form of what the marks say."""
    mentions, _, source = extract(language, lines)
    for mention in mentions:
        assert source[mention.char_start : mention.char_end] == mention.quote
    return [(source.count("\n", 0, m.char_start), m.quote, m.body_id, m.role) for m in mentions]


def read_marked(text: str) -> tuple[list[tuple[str, str]], list[Expected]]:
    """The lines and marks of a golden file: a section number, a tab and the marked text in each line."""
    lines: list[tuple[str, str]] = []
    expected: list[Expected] = []
    for row in text.splitlines():
        if not row or row.startswith("//"):
            continue
        section, _, marked = row.partition("\t")
        plain, marks = unmark(len(lines), marked)
        lines.append((section, plain))
        expected.extend(marks)
    return lines, expected

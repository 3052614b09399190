"""The section tree of a text with what each section contains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.core.model import Outline, Section
from pipeline.link.align.keys import Keys

Levels = tuple[int, ...]


class Whole(NamedTuple):
    """A section with all below it. length: characters of its sentences."""

    section: Section
    keys: Keys
    length: int


class Tree:
    """The sections of a text, and which are below each. keys: those of its sentences."""

    def __init__(self, outline: Outline, keys: Sequence[Keys]) -> None:
        self.outline = outline
        inside: dict[str, set[str]] = {section.section_id: set() for section in outline.sections}
        length = dict.fromkeys(inside, 0)
        for sentence, each in zip(outline.sentences, keys, strict=True):
            inside[sentence.section_id] |= each
            length[sentence.section_id] += len(sentence.text)
        for section in reversed(outline.sections):
            if section.parent_id is not None:
                inside[section.parent_id] |= inside[section.section_id]
                length[section.parent_id] += length[section.section_id]
        self._below: dict[str | None, list[Whole]] = {None: []}
        self._levels: dict[int, list[Keys]] = {}
        for section in outline.sections:
            whole = Whole(section, frozenset(inside[section.section_id]), length[section.section_id])
            self._below.setdefault(section.parent_id, []).append(whole)
            self._levels.setdefault(section.level, []).append(whole.keys)

    def below(self, section_id: str | None) -> list[Whole]:
        """The sections right below one, or the roots."""
        return self._below.get(section_id, [])

    def lists(self) -> list[str | None]:
        """The sections that have others below them; None stands for the text."""
        return list(self._below)

    def at(self, levels: Levels) -> list[Keys]:
        """The keys of all sections of some levels."""
        return [keys for level in levels for keys in self._levels[level]]


def levels(wholes: Iterable[Whole]) -> Levels:
    """The levels that some sections have."""
    return tuple(sorted({whole.section.level for whole in wholes}))

"""Everything that was read, in the order in which records take their wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pipeline.core.model import Document, Extraction, Outline, Problem, Section, Source, Text

STATUS_ORDER = {"original": 0, "human_translation": 1, "machine_translation": 2}


class Corpus:
    """All documents with their texts, outlines and extractions.

    outlines and extractions are parallel; problems are those of the source and outline rooms; decoded: source_id → text.
    """

    def __init__(
        self,
        documents: tuple[Document, ...],
        sources: tuple[Source, ...],
        outlines: tuple[Outline, ...],
        extractions: tuple[Extraction, ...],
        problems: tuple[Problem, ...],
        decoded: Mapping[str, str],
        languages: tuple[str, ...],
    ) -> None:
        self.documents, self.sources, self.problems = documents, sources, problems
        self.decoded, self.languages = decoded, languages
        pairs = zip(outlines, extractions, strict=True)
        self.readings = tuple(sorted(pairs, key=lambda pair: _precedence(pair[0].text)))

    @cached_property
    def texts(self) -> dict[str, Text]:
        """text_id → Text, each document's original first."""
        return {outline.text.text_id: outline.text for outline, _ in self.readings}

    @cached_property
    def sections(self) -> dict[str, Section]:
        """section_id → Section."""
        return {section.section_id: section for outline, _ in self.readings for section in outline.sections}

    def of_document(self, document_id: str) -> Iterator[tuple[Outline, Extraction]]:
        """The readings of one document, original first, machine translations last."""
        return (pair for pair in self.readings if pair[0].text.document_id == document_id)

    def address(self, section_id: str) -> tuple[str, str]:
        """(document_id, section_number) of a section."""
        section = self.sections[section_id]
        return self.texts[section.text_id].document_id, section.section_number


def _precedence(text: Text) -> tuple[str, int, int, str]:
    return text.document_id, STATUS_ORDER[text.translation_status], text.completeness == "excerpt", text.text_id

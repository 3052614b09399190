"""The section tree of a document without a language: the original's tree, and what only a translation has."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.model import Row, Section
from pipeline.link.corpus import Corpus


def provision_rows(corpus: Corpus) -> list[Row]:
    """One row per address of each document, in the original's order."""
    rows: list[Row] = []
    for document in corpus.documents:
        tree: dict[str, Section] = {}
        headings: dict[tuple[str, str], str] = {}
        for outline, _ in corpus.of_document(document.document_id):
            for section in outline.sections:
                number = corpus.address(section.section_id)[1]
                tree.setdefault(number, section)
                if section.heading:
                    headings.setdefault((number, outline.text.language), section.heading)
        rows += [
            {
                "document_id": document.document_id,
                "section_number": number,
                "parent_number": _parent_number(section, tree, corpus),
                "position": position,
                "level": section.level,
                "kind": section.kind,
                **{f"heading_{language}": headings.get((number, language)) for language in corpus.languages},
            }
            for position, (number, section) in enumerate(tree.items())
        ]
    return rows


def _parent_number(section: Section, tree: Mapping[str, Section], corpus: Corpus) -> str | None:
    if section.parent_id is not None:
        return corpus.address(section.parent_id)[1]
    above = corpus.address(section.section_id)[1].rpartition(".")[0]
    return above if above in tree else None

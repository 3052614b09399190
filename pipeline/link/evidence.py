"""Rows for what was read as it stands: documents, sources, texts, sections, sentences, problems."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import Problem, Record, Row
from pipeline.link.corpus import Corpus


def passage(record: Record) -> Row:
    """The columns that say where a record was read, and by which rule."""
    return {name: getattr(record, name) for name in ("text_id", "section_id", "char_start", "char_end", "quote", "rule_id")}


def document_rows(corpus: Corpus) -> list[Row]:
    """One row per document, with a title per language."""
    known = {document.document_id for document in corpus.documents}
    rows = []
    for document in corpus.documents:
        row = asdict(document)
        titles = row.pop("titles")
        row |= {f"title_{language}": titles.get(language) for language in corpus.languages}
        if row["predecessor_id"] not in known:
            row["predecessor_id"] = None
        rows.append(row)
    return rows


def source_rows(corpus: Corpus) -> list[Row]:
    """One row per source file."""
    return [asdict(source) for source in corpus.sources]


def text_rows(corpus: Corpus) -> list[Row]:
    """One row per language version."""
    addresses = {corpus.address(section_id) for section_id in corpus.sections}
    rows = []
    for text in corpus.texts.values():
        row = {name: value for name, value in asdict(text).items() if name != "paragraphs"}
        row["language"] = corpus.tags[text.text_id]
        if (text.document_id, text.excerpt_of) not in addresses:
            row["excerpt_of"] = None
        rows.append(row)
    return rows


def section_rows(corpus: Corpus) -> list[Row]:
    """One row per section of each text; its number is that of the document, its id keeps that of its own text."""
    return [asdict(section) | {"section_number": corpus.address(key)[1]} for key, section in corpus.sections.items()]


def sentence_rows(corpus: Corpus) -> list[Row]:
    """One row per sentence of each text; quotes are cut from the decoded source."""
    rows: list[Row] = []
    for outline, _ in corpus.readings:
        source = corpus.decoded[outline.text.source_id]
        for sentence in outline.sentences:
            row: dict[str, Any] = {
                name: getattr(sentence, name)
                for name in ("sentence_id", "text_id", "section_id", "position", "kind", "text", "char_start", "char_end")
            }
            rows.append(row | {"quote": source[sentence.char_start : sentence.char_end]})
    return rows


def problem_rows(corpus: Corpus, found: list[Problem]) -> list[Row]:
    """One row per problem of any room. Its source is named wherever its text is."""
    counted = Counted()
    rows = []
    for problem in (*corpus.problems, *(p for _, extraction in corpus.readings for p in extraction.problems), *found):
        row = asdict(problem)
        text = corpus.texts.get(problem.text_id or "")
        source_id = problem.source_id or (text.source_id if text else None)
        section_id = problem.section_id if problem.section_id in corpus.sections else None
        identity = content_id("problem", problem.kind, source_id, problem.text_id, section_id, problem.message, problem.quote)
        rows.append({"problem_id": counted(identity)} | row | {"source_id": source_id, "section_id": section_id})
    return rows

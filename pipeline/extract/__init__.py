"""Sections and sentences of one text → Records: objectives, quantities, bodies and instruments, each with its span."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from pipeline.core.language import Language
from pipeline.core.model import Correction, Extraction, Outline, Problem, Record
from pipeline.extract.bodies import extract_bodies
from pipeline.extract.context import Context, context_of
from pipeline.extract.corrections import corrected
from pipeline.extract.instruments import extract_instruments
from pipeline.extract.objectives import extract_objectives
from pipeline.extract.quantities import extract_quantities

Extractor = Callable[[Context], tuple[Sequence[Record], Sequence[Problem]]]
"""Reads one kind of record in one text; a record's quote may still have its lines joined."""

EXTRACTORS: Mapping[str, Extractor] = {
    "statements": extract_objectives,
    "quantities": extract_quantities,
    "body_mentions": extract_bodies,
    "instrument_mentions": extract_instruments,
}

Quoted = TypeVar("Quoted", Record, Problem)


def extract_text(
    outline: Outline, language: Language, source_text: str, issued_on: str | None = None, corrections: Sequence[Correction] = ()
) -> Extraction:
    """Everything that is read in one text.

    source_text: the decoded source, from which quotes are cut verbatim; issued_on: the document's date of issue (ISO 8601);
    corrections: what is read otherwise than printed. Raises InputError for one that runs over the end of a sentence.
    """
    context = context_of(corrected(outline, corrections), language, int(issued_on[:4]) if issued_on else None)
    found = {name: extractor(context) for name, extractor in EXTRACTORS.items()}
    records = {name: tuple(_verbatim(record, source_text) for record in records) for name, (records, _) in found.items()}
    problems = tuple(_verbatim(problem, source_text) for _, problems in found.values() for problem in problems)
    return Extraction(**records, problems=problems)  # type: ignore[arg-type]


def _verbatim(row: Quoted, source_text: str) -> Quoted:
    if row.char_start is None or row.char_end is None:
        return row
    quote = source_text[row.char_start : row.char_end]
    return row if quote == row.quote else replace(row, quote=quote)

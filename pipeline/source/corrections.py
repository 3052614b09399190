"""Editorial corrections of document.yaml → where they stand, and the problem rows that publish them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.core.errors import InputError
from pipeline.core.model import Correction, Problem, Text, source_span
from pipeline.core.problems import problem
from pipeline.source.description import NAME, CorrectionEntry, Description


def find_corrections(description: Description, texts: Iterable[Text]) -> list[Correction]:
    """The corrections of a document's texts, in text order. Raises InputError where the printed words do not stand there once."""
    entries = {f"{description.document_id}.{text.edition}": text.corrections for _, text in description.texts()}
    return [correction for text in texts for correction in _in_text(text, entries[text.text_id])]


def correction_problems(
    corrections: Iterable[Correction], texts: Iterable[Text], decoded: Mapping[str, str]
) -> Iterator[Problem]:
    """A row for each correction."""
    sources = {text.text_id: text.source_id for text in texts}
    for each in corrections:
        source_id = sources[each.text_id]
        yield problem(
            "editorial_correction", f"read as {each.meant!r}: {each.reason}", source_id=source_id, text_id=each.text_id,
            char_start=each.char_start, char_end=each.char_end, quote=decoded[source_id][each.char_start : each.char_end],
        )  # fmt: skip


def _in_text(text: Text, entries: Iterable[CorrectionEntry]) -> list[Correction]:
    found = []
    for entry in entries:
        spans = [
            source_span(paragraph.pieces, start, start + len(entry.printed))
            for paragraph in text.paragraphs
            if (start := paragraph.text.find(entry.printed)) >= 0
        ]
        times = sum(paragraph.text.count(entry.printed) for paragraph in text.paragraphs)
        if times != 1:
            reason = f"the correction of {entry.printed!r} stands {times} times in {text.text_id}"
            raise InputError(
                f"{text.document_id}/{NAME}", reason, "quote as printed, with as many words around it as tell it from others"
            )
        found.append(Correction(text.text_id, *spans[0], entry.printed, entry.meant, entry.reason))
    found.sort(key=lambda each: each.char_start)
    for one, other in zip(found, found[1:], strict=False):
        if other.char_start < one.char_end:
            reason = f"the corrections of {one.printed!r} and {other.printed!r} in {text.text_id} overlap"
            raise InputError(f"{text.document_id}/{NAME}", reason, "make them one")
    return found

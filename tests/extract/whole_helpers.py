"""Reads whole documents from bytes, and compares what is found in them with what a careful reader expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.language import load_language
from pipeline.core.model import Extraction, Outline, Quantity
from pipeline.extract import extract_text
from pipeline.outline import outline_document
from pipeline.source import description_for, read_document

DOCUMENTS = Path(__file__).parent.parent / "golden" / "whole"
COLUMNS = {"indicator": "indicator_text", "basis": "deadline_basis"}
OPTIONAL = "skip"
"""The role of a body that a reader may leave out."""


def names() -> list[str]:
    return sorted(path.name.removesuffix(".yaml") for path in DOCUMENTS.glob("*.yaml"))


def read_document_file(name: str) -> tuple[Outline, Extraction]:
    """Outline and extraction of one golden document of one text."""
    data = (DOCUMENTS / f"{name}.txt").read_bytes()
    description = description_for(data, f"{name.partition('.')[0]}.txt")
    reading = read_document(description, {each.name: data for each in description.files})
    languages = {text.language: load_language(text.language) for text in reading.texts}
    outline, *_ = outline_document(reading.texts, languages)[0]
    decoded = reading.decoded[outline.text.source_id]
    return outline, extract_text(outline, languages[outline.text.language], decoded, reading.document.issued_on)


def expectation(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def wrong(name: str) -> Iterator[str]:
    """One line for whatever is missing, false or read otherwise in a document; nothing where all is right."""
    outline, found = read_document_file(name)
    expected = expectation(name)
    sections = [each.section_number for each in outline.sections if each.kind not in ("front", "closing", "preamble")]
    if sections != expected["sections"]:
        yield f"sections {sections}"
    yield from _quantities(found.quantities, expected["quantities"])
    yield from _bodies([(_joined(each.quote), each.role) for each in found.body_mentions], expected["bodies"])
    goals = "\n".join(_joined(each.wording) for each in found.statements if each.objective_type == "goal")
    yield from (f"missing goal {goal}" for goal in expected.get("goals", ()) if goal not in goals)


def _joined(words: str) -> str:
    return "".join(words.split()) if any("\u4e00" <= character <= "\u9fff" for character in words) else " ".join(words.split())


def _quantities(found: Sequence[Quantity], expected: Sequence[list[Any]]) -> Iterator[str]:
    values = [(each.value, each.value_high) for each in found]
    wanted = [tuple(entry[1]) if isinstance(entry[1], list) else (entry[1], None) for entry in expected]
    for tag, low, high, first, last in SequenceMatcher(None, _keys(values), _keys(wanted), autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"false quantity {each.quote} {each.value} in {each.wording[:60]}" for each in found[low:high])
            yield from (f"missing quantity {entry[0]} {entry[1]}" for entry in expected[first:last])
            continue
        for quantity, entry in zip(found[low:high], expected[first:last], strict=True):
            yield from _fields(quantity, *entry)


def _keys(values: Sequence[tuple[float | None, float | None]]) -> list[tuple[str, str]]:
    return [(f"{low:.9g}" if low is not None else "-", f"{high:.9g}" if high is not None else "-") for low, high in values]


def _fields(
    quantity: Quantity, quote: str, _: Any, unit: str | None, comparator: str | None, more: dict[str, Any] | None = None
) -> Iterator[str]:
    own = _joined(quantity.quote)
    if own not in quote and quote not in own:
        yield f"quote {own} for {quote}"
    columns: dict[str, Any] = {"measure": "level", "kind": "target"} | (more or {})
    columns |= {"unit": unit, "comparator": comparator} if comparator else {}
    for column, value in columns.items():
        read = getattr(quantity, COLUMNS.get(column, column))
        if column == "indicator":
            read = _joined(read or "")
            if not read or (value not in read and read not in value):
                yield f"{quote}: indicator {read} for {value}"
        elif read != value:
            yield f"{quote}: {column} {read} for {value}"


def _bodies(found: Sequence[tuple[str, str]], expected: Sequence[Sequence[str]]) -> Iterator[str]:
    optional = {quote for quote, role in expected if role == OPTIONAL}
    found = [pair for pair in found if pair[0] not in optional]
    wanted = [(quote, role) for quote, role in expected if quote not in optional]
    matcher = SequenceMatcher(None, [quote for quote, _ in found], [quote for quote, _ in wanted], autojunk=False)
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield from (f"false body {quote} {role}" for quote, role in found[low:high])
            yield from (f"missing body {quote} {role}" for quote, role in wanted[first:last])
            continue
        for (quote, role), (_, other) in zip(found[low:high], wanted[first:last], strict=True):
            if role != other:
                yield f"body {quote}: role {role} for {other}"

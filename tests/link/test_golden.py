"""Whole documents, in own words, from their bytes to how they stand to others and where their versions differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.core.language import load_language
from pipeline.core.schema import load_schema
from pipeline.extract import extract_text
from pipeline.link import Corpus, link
from pipeline.outline import outline_document
from pipeline.source import description_for, read_document

GOLDEN = Path(__file__).parent.parent / "golden" / "links"


def linked(name: str) -> dict[str, Any]:
    data = (GOLDEN / f"{name}.txt").read_bytes()
    description = description_for(data, f"{name.partition('.')[0]}.txt")
    reading = read_document(description, {each.name: data for each in description.files})
    outlines, doubts = outline_document(reading.texts)
    found = tuple(
        extract_text(each, load_language(each.text.language), reading.decoded[each.text.source_id], reading.document.issued_on)
        for each in outlines
    )
    problems, languages = (*reading.problems, *doubts), tuple(load_schema().package.languages)
    return link(Corpus((reading.document,), reading.sources, outlines, found, problems, reading.decoded, languages))


def read_golden(name: str) -> dict[str, Any]:
    rows = linked(name)
    names = {row["instrument_id"]: row["name_zh"] or row["name_en"] for row in rows["instruments"]}
    relations = sorted([row["relation"], names[row["instrument_id"]]] for row in rows["document_relations"])
    return {"relations": relations, "discrepancies": sorted([row["kind"], row["message"]] for row in rows["discrepancies"])}


@pytest.mark.parametrize("name", sorted(path.name.removesuffix(".yaml") for path in GOLDEN.glob("*.yaml")))
def test_document_is_linked_as_a_reader_links_it(name: str) -> None:
    assert read_golden(name) == yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))

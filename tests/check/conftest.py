"""A corpus of one small document in two languages, correct in every table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from pipeline.core.schema import Schema, load_schema
from pipeline.tables import build_tables

Rows = dict[str, list[dict[str, Any]]]
Tables = dict[str, pa.Table]

ZH = "某国渔业规划\n一、目标\n到2030年，港口覆盖率达到95%以上，由渔业部负责实施《渔业法》。\n"
EN = "Fisheries plan\n1. Goals\nBy 2030, port coverage reaches at least 95%; the Ministry of Fisheries\nimplements the Fisheries Act.\n"
DECODED = {"xx-2025-plan/zh": ZH, "xx-2025-plan/en": EN}
PROVISION = {"document_id": "xx-2025-plan", "section_number": "s1"}


def place(language: str, quote: str, section: str = "s1") -> dict[str, Any]:
    """The columns of a passage that every table of evidence has."""
    start = DECODED[f"xx-2025-plan/{language}"].index(quote)
    text_id = f"xx-2025-plan.{language}"
    return {
        "text_id": text_id,
        "section_id": f"{text_id}:{section}",
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
        "rule_id": f"{language}-example",
    }


def section(language: str, address: str, first: str, last: str, **values: Any) -> dict[str, Any]:
    """A section from the first words to the last."""
    start, end = place(language, first), place(language, last)
    text_id = start["text_id"]
    return {
        "section_id": f"{text_id}:{address}",
        "text_id": text_id,
        "section_number": address,
        "level": 1,
        "run_in": False,
        "char_start": start["char_start"],
        "char_end": end["char_end"],
        **values,
    }


def heading(language: str, words: str) -> dict[str, Any]:
    """The columns of a section's heading."""
    where = place(language, words)
    return {"heading": words, "heading_start": where["char_start"], "heading_end": where["char_end"]}


def make_rows() -> Rows:
    """The rows of every table that is not made from a codelist."""
    value = {"measure": "level", "value": 95, "unit": "%", "base_value": 95.0, "base_unit": "%", "comparator": "ge"}
    dated = {"deadline_year": 2030, "deadline_basis": "explicit", "nature": "unstated"}
    source = {"document_id": "xx-2025-plan", "sha256": "0" * 64, "bytes": 9, "media_type": "text/plain", "encoding": "utf-8"}
    text = {"document_id": "xx-2025-plan", "completeness": "full", "char_start": 0}
    sentence = {"kind": "sentence", "section": "s1"}
    sentences = {"zh": ZH.splitlines()[2], "en": EN[EN.index("By") : -1]}
    return {
        "documents": [
            {
                "document_id": "xx-2025-plan",
                "title_en": "Fisheries plan",
                "title_zh": "某国渔业规划",
                "document_type": "plan",
                "issued_on": "2025-01-31",
                "period_start": 2025,
                "period_end": 2030,
                "original_text_id": "xx-2025-plan.zh",
            }
        ],
        "provisions": [
            {"document_id": "xx-2025-plan", "section_number": "front", "position": 0, "level": 1, "kind": "front"},
            {**PROVISION, "position": 1, "level": 1, "kind": "chapter", "heading_en": "Goals", "heading_zh": "目标"},
        ],
        "sources": [
            {"source_id": "xx-2025-plan/en", "file": "xx-2025-plan/en.txt", **source},
            {"source_id": "xx-2025-plan/zh", "file": "xx-2025-plan/zh.txt", **source},
        ],
        "texts": [
            {
                "text_id": "xx-2025-plan.en",
                "source_id": "xx-2025-plan/en",
                "language": "en",
                "translation_status": "human_translation",
                "char_end": len(EN) - 1,
                **text,
            },
            {
                "text_id": "xx-2025-plan.zh",
                "source_id": "xx-2025-plan/zh",
                "language": "zh",
                "translation_status": "original",
                "char_end": len(ZH) - 1,
                **text,
            },
        ],
        "sections": [
            section("zh", "front", "某国", "规划", position=0, kind="front", text="某国渔业规划"),
            section("zh", "s1", "一、", "》。", position=1, kind="chapter", label="一、", number="1", **heading("zh", "目标")),
            section("en", "front", "Fisheries", "plan", position=0, kind="front", text="Fisheries plan"),
            section("en", "s1", "1.", "Act.", position=1, kind="chapter", label="1.", number="1", **heading("en", "Goals")),
        ],
        "sentences": [
            {
                "sentence_id": f"sen-{language}",
                "position": 1,
                "text": " ".join(words.split()),
                **{key: cell for key, cell in place(language, words, sentence["section"]).items() if key != "rule_id"},
                "kind": sentence["kind"],
            }
            for language, words in sentences.items()
        ],
        "objectives": [
            {
                "objective_id": "obj-1",
                "position": 0,
                "objective_type": "goal",
                "statement_zh": "港口覆盖率达到95%以上",
                "horizon_year": 2030,
                "horizon_basis": "explicit",
                **PROVISION,
            }
        ],
        "statements": [{"statement_id": "sta-1", "objective_id": "obj-1", **place("zh", "港口覆盖率达到95%以上")}],
        "targets": [
            {"target_id": "tar-1", "objective_id": "obj-1", "indicator_id": "port-coverage", **value, **dated, **PROVISION}
        ],
        "quantities": [
            {"quantity_id": "qua-1", "target_id": "tar-1", "kind": "target", "wording": "到2030年", **value, **dated}
            | place("zh", "达到95%以上"),
            {"quantity_id": "qua-2", "target_id": "tar-1", "kind": "target", "wording": "By 2030", **value, **dated}
            | place("en", "at least 95%")
            | {"indicator_text": "port coverage", "indicator_start": EN.index("port"), "indicator_end": EN.index("port") + 13},
        ],
        "indicators": [{"indicator_id": "port-coverage", "name_en": "Port coverage", "unit": "%"}],
        "target_lineage": [
            {
                "lineage_id": "lin-1",
                "indicator_id": "port-coverage",
                "from_target_id": "tar-1",
                "to_document_id": "xx-2025-plan",
                "relation": "dropped",
            }
        ],
        "document_relations": [
            {
                "document_relation_id": "rel-1",
                "relation": "implements",
                "instrument_id": "xx-fisheries-act",
                **PROVISION,
                **place("zh", "由渔业部负责实施《渔业法》"),
            }
        ],
        "bodies": [
            {"body_id": "xx-fisheries", "name_en": "Ministry of Fisheries", "name_zh": "渔业部", "body_type": "government"}
        ],
        "responsibilities": [{"responsibility_id": "res-1", "body_id": "xx-fisheries", "role": "implementer", **PROVISION}],
        "body_mentions": [
            {
                "body_mention_id": "bod-1",
                "body_id": "xx-fisheries",
                "name": "渔业部",
                "role": "implementer",
                "responsibility_id": "res-1",
            }
            | place("zh", "渔业部"),
            {"body_mention_id": "bod-2", "body_id": "xx-fisheries", "name": "Ministry of Fisheries", "role": "mentioned"}
            | place("en", "Ministry of Fisheries"),
        ],
        "instruments": [{"instrument_id": "xx-fisheries-act", "name_zh": "渔业法", "instrument_type": "law"}],
        "instrument_mentions": [
            {"instrument_mention_id": "ins-1", "instrument_id": "xx-fisheries-act", "name": "渔业法", "status": "existing"}
            | place("zh", "《渔业法》")
        ],
        "problems": [
            {
                "problem_id": "pro-1",
                "kind": "missing_heading",
                "severity": "warning",
                "message": "The number 2 is missing",
                "remedy": "Check the source",
                "source_id": "xx-2025-plan/en",
                "text_id": "xx-2025-plan.en",
                "char_start": 5,
                "char_end": 5,
            },
            {
                "problem_id": "pro-2",
                "kind": "boilerplate",
                "severity": "info",
                "message": "Furniture",
                "remedy": "Nothing to do",
                "source_id": "xx-2025-plan/zh",
                "char_start": 0,
                "char_end": 2,
                "quote": "某国",
            },
        ],
    }


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def rows() -> Rows:
    """Rows that a test may spoil."""
    return make_rows()


@pytest.fixture(scope="session")
def decoded() -> dict[str, str]:
    return DECODED


@pytest.fixture
def build(schema: Schema) -> Callable[[Rows], Tables]:
    """Rows → tables."""
    return lambda rows: build_tables(rows, schema)

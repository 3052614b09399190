"""A small package of invented rows through the real schema. `python -m tests.publish.sample FOLDER` writes it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.core.schema import Schema, Table, arrow_schema, load_schema
from pipeline.publish import make_package, write_package

ZH = "关于发展灯塔网络的意见\r\n一、目标\r\n到2015年，灯塔数量超过18万座，\n“覆盖率”达到0.1%。\r\n由灯塔部负责。\n"
EN = 'Opinions on Lighthouses\nI. Goals\nBy 2015, the number of lighthouses, "lit, at night", exceeds 180,000.\n=1+1 is a cell.\n'
FIGURES = b"""\
table,language,text_id,subset,measure,field,matching,with_doubt,n,value,low,high
bodies,zh,all,all,f1,,overlap,false,10,1.0000,0.7225,1.0000
bodies,zh,xx-2012-lights.zh,all,f1,,overlap,false,10,1.0000,0.7225,1.0000
"""
CONVERT: dict[str, Callable[[Any], Any]] = {
    "integer": int,
    "number": float,
    "string": str,
    "boolean": bool,
    "date": datetime.date.fromisoformat,
}
Rows = Sequence[Mapping[str, Any]]


def passage(text_id: str, section_id: str, words: str) -> dict[str, Any]:
    """The span columns of words in their text."""
    start = (ZH if text_id.endswith(".zh") else EN).index(words)
    return {"text_id": text_id, "section_id": section_id, "char_start": start, "char_end": start + len(words), "quote": words}


def evidence() -> dict[str, Rows]:
    zh, en = "xx-2012-lights.zh", "xx-2012-lights.en"
    span = {
        zh: {"char_start": 0, "char_end": len(ZH) - 1},
        en: {"char_start": 0, "char_end": len(EN) - 1},
    }
    source = {"document_id": "xx-2012-lights", "media_type": "text/plain", "encoding": "utf-8", "bytes": 100}
    text = {"document_id": "xx-2012-lights", "completeness": "full"}
    section = {"position": 1, "level": 1, "kind": "chapter", "number": "1", "section_number": "s1", "run_in": False}
    level = {"measure": "level", "deadline_basis": "explicit", "deadline_year": 2015, "nature": "unstated", "rule_id": "zh-level"}
    return {
        "sources": [
            {**source, "source_id": "xx-2012-lights/zh", "file": "xx-2012-lights/zh.txt", "sha256": "a" * 64, "rights": "Official text."},
            {
                **source, "source_id": "xx-2012-lights/en-blog", "file": "xx-2012-lights/en-blog.txt", "sha256": "b" * 64,
                "publisher": "A blog | with a bar", "address": "https://example.org/lights",
            },
        ],
        "texts": [
            {**text, "text_id": zh, "source_id": "xx-2012-lights/zh", "language": "zh", "translation_status": "original", **span[zh]},
            {**text, "text_id": en, "source_id": "xx-2012-lights/en-blog", "language": "en", "translation_status": "human_translation", **span[en]},
        ],
        "sections": [
            {**section, "section_id": f"{zh}:s1", "text_id": zh, "label": "一、", "heading": "目标", "text": "到2015年", **span[zh]},
            {**section, "section_id": f"{en}:s1", "text_id": en, "label": "I.", "heading": "Goals", **span[en]},
        ],
        "sentences": [
            {"sentence_id": "sen-1", "position": 1, "kind": "sentence", "text": "到2015年，…", **passage(zh, f"{zh}:s1", ZH[18:45])},
            {"sentence_id": "sen-2", "position": 2, "kind": "sentence", "text": "=1+1", **passage(en, f"{en}:s1", "=1+1")},
        ],
        "statements": [{"statement_id": "sta-1", "objective_id": "obj-1", "rule_id": "zh-goal", **passage(zh, f"{zh}:s1", "到2015年")}],
        "quantities": [
            {
                "quantity_id": "qua-1", "target_id": "tar-1", "kind": "target", "comparator": "gt", "value": 180000.0, "unit": "item",
                "base_value": 180000.0, "base_unit": "1", "wording": "x", **level, **passage(zh, f"{zh}:s1", "超过18万座"),
            },
            {
                "quantity_id": "qua-2", "target_id": "tar-2", "kind": "target", "comparator": "eq", "value": 0.1, "unit": "%",
                "base_value": 0.1, "base_unit": "%", "wording": "y", **level, **passage(zh, f"{zh}:s1", "达到0.1%"),
            },
        ],
        "body_mentions": [
            {"body_mention_id": "bom-1", "body_id": "bod-1", "name": "灯塔部", "role": "implementer", "responsibility_id": "res-1",
             "rule_id": "zh-duty", **passage(zh, f"{zh}:s1", "灯塔部")},
        ],
        "instrument_mentions": [
            {"instrument_mention_id": "inm-1", "instrument_id": None, "name": "Opinions on Lighthouses", "status": "existing",
             "rule_id": "en-title", **passage(en, f"{en}:s1", "Opinions on Lighthouses")},
        ],
        "document_relations": [
            {"document_relation_id": "rel-1", "document_id": "xx-2012-lights", "section_number": "s1", "relation": "cites",
             "instrument_id": "ins-1", "rule_id": "en-title", **passage(en, f"{en}:s1", "Opinions on Lighthouses")},
        ],
        "problems": [
            {"problem_id": "pro-1", "kind": "boilerplate", "severity": "info", "message": "m", "remedy": "r",
             "source_id": "xx-2012-lights/en-blog", **passage(en, f"{en}:s1", "is a cell")},
            {"problem_id": "pro-2", "kind": "boilerplate", "severity": "info", "message": "m", "remedy": "r"},
        ],
    }  # fmt: skip


def records() -> dict[str, Rows]:
    where = {"document_id": "xx-2012-lights", "section_number": "s1"}
    level = {"measure": "level", "deadline_basis": "explicit", "deadline_year": 2015, "nature": "unstated"}
    return {
        "documents": [
            {"document_id": "xx-2012-lights", "title_en": "Opinions on Lighthouses", "title_zh": "意见", "jurisdiction": "CN",
             "issued_on": "2012-06-28", "original_text_id": "xx-2012-lights.zh"},
        ],
        "provisions": [
            {**where, "position": 1, "level": 1, "kind": "chapter", "heading_en": "Goals"},
            {**where, "section_number": "s1.1", "parent_number": "s1", "position": 2, "level": 2, "kind": "section"},
        ],
        "objectives": [
            {**where, "objective_id": "obj-1", "position": 0, "objective_type": "goal", "statement_zh": "一", "horizon_basis": "none"},
            {**where, "objective_id": "obj-2", "position": 1, "objective_type": "measure", "parent_id": "obj-1", "horizon_basis": "none"},
        ],
        "targets": [
            {**where, **level, "target_id": "tar-1", "objective_id": "obj-1", "indicator_id": "ind-1", "value": 180000.0, "unit": "item"},
            {**where, **level, "target_id": "tar-2", "value": 0.1, "unit": "%", "base_value": 18_000_000_000_000.0, "base_unit": "CNY"},
        ],
        "indicators": [{"indicator_id": "ind-1", "name_en": "lighthouses", "name_zh": "灯塔", "unit": "item"}],
        "bodies": [{"body_id": "bod-1", "name_zh": "灯塔部", "name_en": "Ministry, of \"Light\""}],
        "responsibilities": [{**where, "responsibility_id": "res-1", "body_id": "bod-1", "role": "implementer", "objective_id": "obj-1"}],
        "target_lineage": [
            {"lineage_id": "lin-1", "indicator_id": "ind-1", "from_target_id": "tar-1", "to_objective_id": "obj-1",
             "to_document_id": "xx-2012-lights", "relation": "continued"},
        ],
        "instruments": [{"instrument_id": "ins-1", "name_en": "Opinions", "instrument_type": "plan", "document_id": "xx-2012-lights"}],
    }  # fmt: skip


def to_arrow(table: Table, rows: Rows) -> pa.Table:
    """Rows as the schema wants them; what a row does not say is null."""
    converted = [
        {field.name: None if row.get(field.name) is None else CONVERT[field.type](row[field.name]) for field in table.fields}
        for row in rows
    ]
    return pa.Table.from_pylist(converted, schema=arrow_schema(table))


def sample(schema: Schema | None = None) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """The tables and the decoded sources."""
    schema = schema or load_schema()
    rows: dict[str, Rows] = {**records(), **evidence()}
    rows |= {name: schema.codelists[table.codelist].rows for name, table in schema.tables.items() if table.codelist}
    tables = {name: to_arrow(table, rows.get(name, ())) for name, table in schema.tables.items()}
    return tables, {"xx-2012-lights/zh": ZH, "xx-2012-lights/en-blog": EN}


def sample_package() -> dict[str, bytes]:
    """The files of the sample package."""
    schema = load_schema()
    tables, decoded = sample(schema)
    report = {"passed": True, "checks": [{"name": "spans", "rows": 10}]}
    return make_package(tables, decoded, report, schema, {"requirements.txt": "c" * 64}, FIGURES)


if __name__ == "__main__":
    write_package(sample_package(), Path(sys.argv[1]))

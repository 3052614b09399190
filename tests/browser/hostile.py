"""A site whose every text would do harm if a page took it for anything but text. `python -m tests.browser.hostile FOLDER` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from pipeline.core.model import Row
from pipeline.core.schema import Field, load_schema
from pipeline.core.store import write_atomic
from pipeline.publish.site import Site, site_files
from tests.publish import sample
from tests.publish.site.sample_site import sample_site

PAYLOAD = (
    """<script>hit()</script>"><img src=x onerror=hit()>' onmouseover='hit() {{7*7}} ${hit()} </script></style><svg onload=hit()>"""
    """ javascript:hit() &lt;b&gt; \u202etxt\u2066 \u2028 ]]> --> \\u003c \\"""
)
ADDRESS = "javascript:hit()"
STRUCTURE = ("language", "sha256", "section_number", "parent_number", "version", "number", "unit", "base_unit")
"""Columns that are neither keys nor codes, and yet no text of a document."""


def hostile_site() -> Site:
    """The sample site with the payload in every text of every row, and in the sources."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "ZH", sample.ZH.replace("“覆盖率”", PAYLOAD))
        patch.setattr(sample, "EN", sample.EN.replace('"lit, at night"', PAYLOAD))
        sample_site.cache_clear()
        site = sample_site()
        rows = dict(site.tables) | {"discrepancies": [_discrepancy()], "targets": _series(site.tables["targets"])}
    schema = load_schema()
    tables = {name: [_hostile(row, schema.tables[name].fields) for row in table] for name, table in rows.items()}
    return msgspec.structs.replace(site, tables=tables)


def _hostile(row: Row, fields: tuple[Field, ...]) -> Row:
    free = [field.name for field in fields if field.type == "string" and field.codelist is None and not _structural(field.name)]
    return row | {name: ADDRESS if name == "address" else f"{row.get(name) or name} {PAYLOAD}" for name in free}


def _structural(name: str) -> bool:
    return name.endswith(("_id", "code")) or name in STRUCTURE


def _discrepancy() -> Row:
    zh, en = sample.ZH.index("18万"), sample.EN.index("180,000")
    return {
        "discrepancy_id": "dis-1", "kind": "number", "severity": "major", "confidence": 0.9, "message": "m",
        "a_text_id": "xx-2012-lights.zh", "a_char_start": zh, "a_char_end": zh + 3, "a_quote": "18万",
        "b_text_id": "xx-2012-lights.en", "b_char_start": en, "b_char_end": en + 7, "b_quote": "180,000",
    }  # fmt: skip


def _series(targets: list[Row]) -> list[Row]:
    """Two targets of one indicator, so that there is a chart."""
    level = {
        "base_value": 180000.0,
        "base_unit": "1",
        "comparator": "gt",
        "document_id": "xx-2012-lights",
        "indicator_id": "ind-1",
    }
    return [
        row | level | {"deadline_year": 2015 + 5 * number, "value": 180000.0, "unit": "item"}
        for number, row in enumerate(targets)
    ]


if __name__ == "__main__":
    for path, data in site_files(hostile_site()).items():
        write_atomic(Path(sys.argv[1]) / path, data)

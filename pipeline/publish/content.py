"""What a package says, apart from how it is written: a hash that stays the same across Arrow and Parquet versions.

A table's hash is SHA-256 over lines, each ended by a line feed: a JSON array of its [column, type] pairs, then its rows
as JSON arrays of canonical cells, sorted by their UTF-8 bytes. The package's hash is SHA-256 over the lines
`<hash>  tables/<name>` and `<hash>  text/<source_id>`, sorted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
from msgspec import field

from pipeline.core.model import Frozen
from pipeline.publish.cells import Column, canonical_lines, writer_of

METHOD = (
    "SHA-256 over lines ended by a line feed. A table: a JSON array of its [column, type] pairs, then each row as a JSON "
    "array of its CSV cells, null as null, without spaces, in UTF-8, sorted by bytes. The whole: the lines "
    "'<hash>  tables/<name>' and '<hash>  text/<source_id>', sorted."
)


class TableContent(Frozen):
    """rows: how many; sha256: of the canonical rows."""

    rows: int
    sha256: str


class Content(Frozen):
    """content.json of a release."""

    sha256: str
    tables: dict[str, TableContent]
    text: dict[str, str]
    method: str = field(default=METHOD)


def table_content(schema: pa.Schema, columns: Sequence[Column]) -> TableContent:
    """The row count and the hash of one table."""
    header = json.dumps([[item.name, writer_of(item.type)[0]] for item in schema], ensure_ascii=False, separators=(",", ":"))
    lines = canonical_lines(columns)
    return TableContent(rows=len(lines), sha256=_digest([header.encode("utf-8"), *lines]))


def package_content(tables: Mapping[str, TableContent], texts: Mapping[str, bytes]) -> Content:
    """The content of a whole package. texts: source_id → UTF-8 bytes."""
    text = {source_id: hashlib.sha256(data).hexdigest() for source_id, data in sorted(texts.items())}
    lines = [f"{item.sha256}  tables/{name}" for name, item in tables.items()]
    lines += [f"{digest}  text/{source_id}" for source_id, digest in text.items()]
    whole = _digest(sorted(line.encode("utf-8") for line in lines))
    return Content(sha256=whole, tables=dict(sorted(tables.items())), text=text)


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line + b"\n")
    return digest.hexdigest()

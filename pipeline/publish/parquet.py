"""Parquet of one fixed make: the same table gives the same bytes under the same pyarrow."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROWS_PER_GROUP = 131_072
REPEATED = 4
"""A column is of low cardinality where each value stands in this many rows on average."""
SHORT = 48
"""Strings are short where they have at most this many bytes on average."""


def parquet_bytes(table: pa.Table) -> bytes:
    """zstd, page checksums and page index; a dictionary only where values repeat, else the delta encodings."""
    plain = with_notes(table.combine_chunks())
    dictionary = [name for name in plain.column_names if _repeats(plain, name)]
    encodings = {name: _encoding(plain.column(name)) for name in plain.column_names if name not in dictionary}
    sink = io.BytesIO()
    pq.write_table(
        plain, sink, version="2.6", row_group_size=ROWS_PER_GROUP, compression="zstd", compression_level=9,
        use_dictionary=dictionary, column_encoding={name: code for name, code in encodings.items() if code},
        write_page_checksum=True, write_page_index=True, write_statistics=True, store_schema=True,
    )  # fmt: skip
    return sink.getvalue()


def read_parquet(data: bytes) -> pa.Table:
    """The table in Parquet bytes, page checksums verified. Raises pa.ArrowException or OSError where they cannot be read."""
    return pq.read_table(io.BytesIO(data), page_checksum_verification=True, use_threads=False)


def with_notes(table: pa.Table) -> pa.Table:
    """The table with metadata in one order, and the note by which pandas keeps integers and booleans with nulls as such."""
    nullable = {item.name: "Int64" for item in table.schema if pa.types.is_integer(item.type)}
    nullable |= {item.name: "boolean" for item in table.schema if pa.types.is_boolean(item.type)}
    columns = [
        {"name": name, "field_name": name, "pandas_type": kind.lower(), "numpy_type": kind, "metadata": None}
        for name, kind in sorted(nullable.items())
    ]
    note = {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "1.0.0"}
    metadata = {key: value for key, value in (table.schema.metadata or {}).items() if key != b"pandas"}
    metadata[b"pandas"] = json.dumps(note, ensure_ascii=False, sort_keys=True).encode("utf-8")
    fields = [item.with_metadata(dict(sorted((item.metadata or {}).items())) or None) for item in table.schema]
    return table.cast(pa.schema(fields, metadata=dict(sorted(metadata.items()))))


def _repeats(table: pa.Table, name: str) -> bool:
    kind = table.schema.field(name).type
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return False
    return bool(pc.count_distinct(table.column(name), mode="all").as_py() * REPEATED <= table.num_rows)


def _encoding(column: pa.ChunkedArray) -> str | None:
    """Delta encodings for numbers and for short strings such as ids; zstd does better on running text as it is."""
    if pa.types.is_integer(column.type) or pa.types.is_date32(column.type):
        return "DELTA_BINARY_PACKED"
    if pa.types.is_string(column.type) and (pc.mean(pc.binary_length(column)).as_py() or 0) <= SHORT:
        return "DELTA_BYTE_ARRAY"
    return None

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.publish.parquet import parquet_bytes, read_parquet

TABLE = pa.table(
    {
        "id": [f"qua-{number:05}" for number in range(4000)],
        "code": [("level", "rank", None)[number % 3] for number in range(4000)],
        "start": pa.array([None if number % 7 == 0 else number * 13 for number in range(4000)], pa.int64()),
        "value": [number / 7 for number in range(4000)],
        "flag": [number % 2 == 0 for number in range(4000)],
    }
)


def test_reads_back_the_same() -> None:
    assert read_parquet(parquet_bytes(TABLE)).equals(TABLE)


def test_chunks_and_metadata_order_leave_no_trace() -> None:
    chunked = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1, 700), TABLE.slice(701)])
    assert parquet_bytes(chunked) == parquet_bytes(TABLE)
    ways = [{"b": "2", "a": "1"}, {"a": "1", "b": "2"}, {"a": "1", "pandas": "{}", "b": "2"}]
    assert len({parquet_bytes(TABLE.replace_schema_metadata(way)) for way in ways}) == 1


def test_encodings_follow_the_values() -> None:
    group = pq.ParquetFile(io.BytesIO(parquet_bytes(TABLE))).metadata.row_group(0)
    encodings = {group.column(number).path_in_schema: group.column(number).encodings for number in range(group.num_columns)}
    assert "DELTA_BYTE_ARRAY" in encodings["id"]
    assert "RLE_DICTIONARY" in encodings["code"]
    assert "DELTA_BINARY_PACKED" in encodings["start"]
    assert {group.column(number).compression for number in range(group.num_columns)} == {"ZSTD"}
    assert all(group.column(number).has_offset_index for number in range(group.num_columns))


def test_no_flipped_bit_is_read_as_data() -> None:
    data = bytearray(parquet_bytes(TABLE))
    silent = []
    for place in range(4, len(data) - 8, 97):
        data[place] ^= 16
        try:
            if not read_parquet(bytes(data)).equals(TABLE):
                silent.append(place)
        except (pa.ArrowException, OSError, ValueError):
            pass
        data[place] ^= 16
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    assert [place for place in silent if place < footer] == []


@pytest.mark.parametrize("data", [b"", b"PAR1", b"not parquet at all"])
def test_what_is_no_parquet_raises(data: bytes) -> None:
    with pytest.raises((pa.ArrowException, OSError)):
        read_parquet(data)

from __future__ import annotations

import hashlib

import pyarrow as pa

from pipeline.publish.cells import columns_of
from pipeline.publish.content import package_content, table_content


def content_of(table: pa.Table) -> str:
    return table_content(table.schema, columns_of("t", table)).sha256


def test_the_method_can_be_followed_by_hand() -> None:
    table = pa.table({"id": ["b", "a"], "value": [0.5, 2.0]})
    lines = b'[["id","string"],["value","number"]]\n["a","2"]\n["b","0.5"]\n'
    assert content_of(table) == hashlib.sha256(lines).hexdigest()
    whole = package_content({"t": table_content(table.schema, columns_of("t", table))}, {"d/s": "文".encode()})
    listed = f"{hashlib.sha256(lines).hexdigest()}  tables/t", f"{hashlib.sha256('文'.encode()).hexdigest()}  text/d/s"
    assert whole.sha256 == hashlib.sha256("".join(f"{line}\n" for line in sorted(listed)).encode()).hexdigest()


def test_order_chunks_and_width_do_not_count() -> None:
    one = pa.table({"id": ["a", "b"], "n": pa.array([1, 2], pa.int64())})
    other = pa.concat_tables([one.slice(1), one.slice(0, 1)]).cast(pa.schema([("id", pa.large_string()), ("n", pa.int32())]))
    assert content_of(one) == content_of(other)


def test_a_value_a_null_a_name_and_a_type_count() -> None:
    base = pa.table({"id": ["a"], "n": pa.array([1], pa.int64())})
    others = [
        pa.table({"id": ["a"], "n": pa.array([2], pa.int64())}),
        pa.table({"id": ["a"], "n": pa.array([None], pa.int64())}),
        pa.table({"id": ["a"], "m": pa.array([1], pa.int64())}),
        pa.table({"id": ["a"], "n": ["1"]}),
        pa.table({"id": ["a", "a"], "n": pa.array([1, 1], pa.int64())}),
    ]
    assert len({content_of(table) for table in [base, *others]}) == len(others) + 1

from __future__ import annotations

import csv
import datetime
import io
import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.csv_text import csv_bytes, quoted
from pipeline.core.errors import ValidationError
from pipeline.publish.cells import canonical_lines, columns_of, formula_cells, number
from pipeline.publish.structure import read_csv

NUMBERS = [
    (18e12, "18000000000000"), (0.1, "0.1"), (7.2, "7.2"), (0.0, "0"), (-0.0, "0"), (-3.5, "-3.5"), (2.0, "2"), (1e-7, "1e-07"),
    (1e20, "100000000000000000000"), (1e21, "1e+21"), (1 / 3, "0.3333333333333333"),
]  # fmt: skip
CELLS = [
    (None, ""), ("plain", "plain"), ("a,b", '"a,b"'), ('say "x"', '"say ""x"""'), ("a\nb", '"a\nb"'), ("a\rb", '"a\rb"'), (" a ", " a "),
    ("=1+1", "=1+1"), ("“中文”，", "“中文”，"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_numbers_are_short_and_read_back(value: float, written: str) -> None:
    assert number(value) == written
    assert float(written) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back(value: float) -> None:
    assert float(number(value)) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValidationError, match=r"^t\.v: holds .* is no value"):
        columns_of("t", pa.table({"v": [1.0, value]}))


@pytest.mark.parametrize(("cell", "written"), CELLS)
def test_quotes_only_where_needed(cell: str | None, written: str) -> None:
    assert quoted(cell) == written


def test_empty_strings_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"^t\.a: holds an empty string"):
        columns_of("t", pa.table({"a": ["x", ""]}))


def test_lists_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"^t\.a: a column of type list"):
        columns_of("t", pa.table({"a": [["x"]]}))


def test_types_are_written_as_table_schema_reads_them() -> None:
    table = pa.table(
        {"b": [True, None, False], "d": [datetime.date(2012, 6, 28), None, None], "n": pa.array([1, None, -3], pa.int64())}
    )
    assert csv_bytes(table.column_names, columns_of("t", table)) == b"b,d,n\ntrue,2012-06-28,1\n,,\nfalse,,-3\n"


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20) | st.text(
    '",\r\n x', min_size=1
)


@given(
    st.lists(
        st.tuples(st.integers(0, 2**53), st.none() | TEXT, st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        max_size=8,
    )
)
def test_csv_reads_back_in_two_readers(rows: list[tuple[int, str | None, float | None]]) -> None:
    schema = pa.schema([("id", pa.int64()), ("words", pa.string()), ("value", pa.float64())])
    table = pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)
    data = csv_bytes(schema.names, columns_of("t", table))
    assert read_csv(data, schema).to_pylist() == table.to_pylist()
    cells = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    assert [row[1] for row in cells[1:]] == [words or "" for _, words, _ in rows]


def test_canonical_lines_do_not_know_row_order() -> None:
    assert (
        canonical_lines([["b", "a"], [None, "1"]]) == canonical_lines([["a", "b"], ["1", None]]) == [b'["a","1"]', b'["b",null]']
    )


def test_formula_cells_are_counted_and_numbers_are_not() -> None:
    assert formula_cells([["=1+1", "-5", "+3.5", "-x", None], ["@home", "a=b"]]) == 3

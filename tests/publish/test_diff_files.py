from __future__ import annotations

import csv
import io
import random

import pytest

from pipeline.publish import Diff, diff, diff_files, diff_lines
from pipeline.publish.changes import Change
from pipeline.publish.parquet import read_parquet
from tests.publish.small import edition, field, table

HOSTILE = ["=1+1", 'a,"b"\nc|d', "`<b>[x](y)`", "文" * 500]


def lamps(rows: list[list[str | None]]) -> Diff:
    old = edition(lamps=table(["id", "name"], [["a", "North"], ["b", "South"], ["c", "West"]]))
    return diff(old, edition("0.2.0", lamps=table(["id", "name", field("lit", "boolean")], rows)))


@pytest.fixture(scope="module")
def found() -> Diff:
    return lamps(
        [
            ["a", HOSTILE[1], "true"],
            ["b", HOSTILE[0], None],
            ["d", HOSTILE[3], None],
            ["z", "West", "false"],
            ["e", HOSTILE[2], None],
        ]
    )


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_the_files_stand_below_the_version_before(found: Diff) -> None:
    names = ["changes.csv", "changes.parquet", "ids.csv", "summary.md"]
    assert sorted(diff_files(found)) == [f"diff/0.1.0/{name}" for name in names]


def test_every_change_is_a_row_alike_in_csv_and_parquet(found: Diff) -> None:
    files = diff_files(found)
    header, *rows = read(files["diff/0.1.0/changes.csv"])
    parquet = read_parquet(files["diff/0.1.0/changes.parquet"])
    assert header == parquet.column_names == ["level", "kind", "table", "key", "column", "old", "new"]
    assert [[cell or "" for cell in row.values()] for row in parquet.to_pylist()] == rows
    assert [row[:5] for row in rows] == [
        ["major", "field_added", "lamps", "", "lit"], ["patch", "value_changed", "lamps", "a", "name"],
        ["patch", "value_changed", "lamps", "b", "name"], ["patch", "row_removed", "lamps", "c", ""],
        ["minor", "row_added", "lamps", "d", ""], ["minor", "row_added", "lamps", "e", ""], ["minor", "row_added", "lamps", "z", ""],
    ]  # fmt: skip
    assert read(files["diff/0.1.0/ids.csv"]) == [["table", "old_id", "new_id", "same"], ["lamps", "c", "z", "values"]]


def test_the_summary_tells_versions_levels_and_counts(found: Diff) -> None:
    page = diff_files(found)["diff/0.1.0/summary.md"].decode("utf-8")
    assert page.startswith("# Changes from 0.1.0 to 0.2.0\n")
    assert "major changes; the smallest version that they allow after 0.1.0 is 0.2.0" in page
    assert "| major | `field_added` | `lamps.lit` |  | boolean |" in page
    assert "| `lamps` | 3 | 1 | 1 | 2 | 2 |" in page
    assert "- lamps: 3 added, 1 removed, 2 changed (1 of them go on under another id)" in page


def test_no_changes_make_files_too() -> None:
    files = diff_files(Diff("0.1.0", "0.1.1", ()))
    assert files["diff/0.1.0/changes.csv"] == b"level,kind,table,key,column,old,new\n"
    assert read_parquet(files["diff/0.1.0/changes.parquet"]).num_rows == 0
    assert "No value and no column differs." in files["diff/0.1.0/summary.md"].decode()
    assert list(diff_lines(Diff("0.1.0", "0.1.1", ()), 5)) == [
        "  no changes of values or columns; the smallest version that they allow after 0.1.0 is 0.1.1"
    ]


def test_the_same_packages_give_the_same_bytes_whatever_the_order_of_rows() -> None:
    rows: list[list[str | None]] = [[f"l{number}", str(number), None] for number in range(30)]
    files = diff_files(lamps(rows))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert diff_files(lamps(rows)) == files


def test_a_terminal_gets_a_bounded_number_of_short_lines(found: Diff) -> None:
    many = tuple(
        Change("patch", "value_changed", "lamps", f"l{number}", "name", "x" * 900, "文\n" * 900) for number in range(9000)
    )
    lines = list(diff_lines(Diff("0.1.0", "0.2.0", found.changes + many, found.ids * 100), 5))
    assert len(lines) < 30
    assert max(map(len, lines)) < 200
    assert not any("\n" in line for line in lines)
    assert "    and 9,001 more" in lines


def test_cells_that_markdown_would_read_as_markup_stay_words() -> None:
    found = Diff(
        "0.1.0", "0.2.0", tuple(Change("patch", "description_changed", "lamps", None, "name", cell, None) for cell in HOSTILE)
    )
    page = diff_files(found)["diff/0.1.0/summary.md"].decode("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| patch | `description_changed` | `lamps")]
    assert len(rows) == len(HOSTILE)
    assert all(row.replace("\\|", "").count("|") == 6 and "<b>" not in row and len(row) < 300 for row in rows)

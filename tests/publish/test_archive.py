from __future__ import annotations

import csv
import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from pipeline.core.errors import IntegrityError, ValidationError
from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.core.schema.tableschema import is_portable
from pipeline.publish import verify
from pipeline.publish.archive import archive, zip_bytes
from pipeline.publish.cells import number as written
from pipeline.publish.checksums import sha256
from pipeline.publish.database import database
from pipeline.publish.descriptor import parse_descriptor
from pipeline.publish.spreadsheet import CUT, MOST_CHARACTERS, _fitting, _sheet_names, spreadsheet
from tests.publish.test_package import WAYS

STEM = f"{load_schema().package.name}-{load_schema().package.version}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def made(shared_folder: Path) -> dict[str, bytes]:
    return archive(shared_folder)[1]


def test_names_are_stable_and_sums_hold(made: dict[str, bytes]) -> None:
    assert set(made) == {f"{STEM}.zip", f"{STEM}.xlsx", f"{STEM}.sqlite", "SHA256SUMS"}
    sums = dict(line.split("  ")[::-1] for line in made["SHA256SUMS"].decode().splitlines())
    assert sums == {name: sha256(data) for name, data in made.items() if name != "SHA256SUMS"}


def test_the_same_bytes_wherever_they_are_made(made: dict[str, bytes], shared_folder: Path, tmp_path: Path) -> None:
    for number, way in enumerate(WAYS):
        out = tmp_path / str(number)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))} | way
        command = [sys.executable, "-m", "pipeline", "archive", str(shared_folder), "--out", str(out)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120, capture_output=True)
        assert {path.name: path.read_bytes() for path in out.iterdir()} == made


def test_the_zip_is_the_release(package: dict[str, bytes], made: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(made[f"{STEM}.zip"])) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == {
            f"{STEM}/{path}": data for path, data in package.items()
        }
        assert packed.namelist() == sorted(packed.namelist())
        assert {entry.date_time[3:] for entry in packed.infolist()} == {(0, 0, 0)}
        packed.extractall(tmp_path)
    assert verify(tmp_path / STEM).version == load_schema().package.version


def test_a_date_that_no_zip_can_name() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes({"a": b"b"}, "1879-03-14"))) as packed:
        assert packed.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_what_is_damaged_is_not_packed(folder: Path) -> None:
    (folder / "csv/targets.csv").write_bytes(b"x")
    with pytest.raises(IntegrityError, match="targets"):
        archive(folder)


def rows_of(data: bytes) -> list[list[str | None]]:
    return [[cell or None for cell in row] for row in csv.reader(io.StringIO(data.decode("utf-8"), newline=""))][1:]


def plain(value: object, kind: str) -> str | None:
    if kind == "boolean" and value is not None:
        return "true" if value else "false"
    if isinstance(value, float):
        return written(value)
    return None if value is None else str(value)


def test_the_database_holds_the_rows_of_the_csv(package: dict[str, bytes], made: dict[str, bytes]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(made[f"{STEM}.sqlite"])
    for name, table in load_schema().tables.items():
        read = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
        kinds = [field.type for field in table.fields]
        assert [[plain(*pair) for pair in zip(row, kinds, strict=True)] for row in read] == rows_of(package[f"csv/{name}.csv"]), (
            name
        )
        info = connection.execute(f"PRAGMA table_info('{name}')").fetchall()
        assert [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]] == list(table.primary_key)
        assert [bool(row[3]) for row in info] == [field.required for field in table.fields]
        links = connection.execute(f"PRAGMA foreign_key_list('{name}')").fetchall()
        assert len({row[0] for row in links}) == sum(is_portable(table, link) for link in table.foreign_keys)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert ("version", load_schema().package.version) in connection.execute("SELECT * FROM about").fetchall()
    connection.close()


@pytest.mark.parametrize("damage", ["reference", "key", "null"])
def test_the_database_refuses_keys_that_do_not_hold(package: dict[str, bytes], damage: str) -> None:
    described = parse_descriptor(package["datapackage.json"])[0]
    assert described
    schemas = {name: item.schema for name, item in described.tables("csv").items() if item.schema}
    from tests.publish.sample import sample

    tables = sample()[0]
    targets = tables["targets"]
    if damage == "reference":
        tables["indicators"] = tables["indicators"].slice(0, 0)
    elif damage == "key":
        tables["targets"] = pa.concat_tables([targets, targets])
    else:
        place = targets.column_names.index("document_id")
        tables["targets"] = targets.set_column(place, "document_id", pa.nulls(len(targets), pa.string()))
    with pytest.raises(ValidationError):
        database(schemas, tables, ())


def sheet_cells(data: bytes, number: int) -> list[list[tuple[str, str]]]:
    """(type, text) of the cells of one sheet that are not empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    assert sheet.find(f".//{SHEET}f") is None, "a formula"
    return [[(cell.get("t", "n"), "".join(cell.itertext())) for cell in row] for row in sheet.iter(f"{SHEET}row")]


def as_number(cell: str) -> str | float:
    """Numbers and booleans by their value, however they are written."""
    try:
        return float({"true": "1", "false": "0"}.get(cell, cell))
    except ValueError:
        return cell


def test_words_are_text_cells_and_numbers_numbers(made: dict[str, bytes], package: dict[str, bytes]) -> None:
    names = list(load_schema().tables)
    book = made[f"{STEM}.xlsx"]
    sentences = sheet_cells(book, names.index("sentences") + 2)
    assert ("inlineStr", "=1+1") in [cell for row in sentences for cell in row]
    targets = sheet_cells(book, names.index("targets") + 2)
    assert ("n", "180000") in [cell for row in targets for cell in row]
    for number, name in enumerate(names, start=2):
        rows = [[cell for cell in row if cell] for row in rows_of(package[f"csv/{name}.csv"])]
        read = [[text for _, text in row] for row in sheet_cells(book, number)][1:]
        assert [[as_number(cell) for cell in row] for row in rows] == [[as_number(cell) for cell in row] for row in read], name


def test_what_a_cell_cannot_hold_is_cut_and_told() -> None:
    long = "政" * MOST_CHARACTERS + "府"
    book = spreadsheet({"x": pa.table({"text": ["short", long, "\x01_x0041_"]})}, [("title", "T")], "2026-01-01")
    rows = sheet_cells(book, 2)
    assert rows[1] == [("inlineStr", "short")]
    assert rows[2][0][1] == long[: MOST_CHARACTERS - len(CUT)] + CUT
    assert any("1 cells are longer" in text for row in sheet_cells(book, 1) for _, text in row)


def test_characters_beyond_the_first_plane_count_twice() -> None:
    words = "𠮷" * (MOST_CHARACTERS // 2 + 1)
    assert len(_fitting(words).encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert _fitting(words).endswith(CUT)
    assert _fitting("𠮷" * (MOST_CHARACTERS // 2)) == "𠮷" * (MOST_CHARACTERS // 2)


def test_sheets_have_names_of_their_own() -> None:
    named = _sheet_names(["a" * 31 + "x", "a" * 31 + "y", "About", "b"])
    assert len({name.lower() for name in named.values()} | {"about"}) == 5
    assert all(len(name) <= 31 for name in named.values())
    assert named["b"] == "b"

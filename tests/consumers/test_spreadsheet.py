"""The .xlsx file and the CSV files in programs for spreadsheets: LibreOffice and openpyxl."""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.consumers.reading import cells, columns, environment, tables, written

AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Comma, double quote, UTF-8; cells as stored, not as shown; every sheet a file."""


def office(tmp_path: Path, *arguments: str | Path) -> None:
    """Run LibreOffice without a window, with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", *arguments, "--outdir", tmp_path]
    subprocess.run(command, env=environment(HOME=str(tmp_path)), check=True, capture_output=True, timeout=300)


def read(path: Path) -> list[list[str | None]]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as file:
        return [[cell or None for cell in row] for row in csv.reader(file)]


def same(one: str | None, other: str | None) -> bool:
    """Spreadsheets write booleans in capitals, and numbers to fifteen digits."""
    if one == other or (one or "").lower() == other:
        return True
    try:
        return math.isclose(float(one or ""), float(other or ""), rel_tol=1e-14)
    except ValueError:
        return False


def test_openpyxl_finds_the_rows_and_no_formula(package: Path, made: Path) -> None:
    book = openpyxl.load_workbook(f"{made}.xlsx")
    assert book.sheetnames == ["about", *tables(package)]
    for name, table in tables(package).items():
        header, *rows = list(book[name].iter_rows())
        assert [cell.value for cell in header] == columns(table)
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "inlineStr"}
        assert [[written(cell.value) for cell in row] for row in rows] == cells(package, name), name


def test_libreoffice_opens_the_spreadsheet(package: Path, made: Path, tmp_path: Path) -> None:
    office(tmp_path, "--convert-to", AS_CSV, f"{made}.xlsx")
    for name, table in tables(package).items():
        header, *rows = read(tmp_path / f"{made.name}-{name}.csv")
        assert header == columns(table)
        wanted = cells(package, name)
        assert len(rows) == len(wanted), name
        odd = [pair for row, other in zip(rows, wanted, strict=True) for pair in zip(row, other, strict=True) if not same(*pair)]
        assert odd == [], name


def test_libreoffice_opens_the_csv_with_all_columns_as_text(package: Path, tmp_path: Path) -> None:
    for name in ("sentences", "targets", "problems"):
        table = tables(package)[name]
        kinds = "/".join(f"{number}/2" for number, _ in enumerate(table["schema"]["fields"], start=1))
        office(
            tmp_path, f"--infilter=CSV:44,34,76,1,{kinds},0,false,false", "--convert-to", AS_CSV, package / "csv" / f"{name}.csv"
        )
        header, *rows = read(next(tmp_path.glob(f"{name}*.csv")))
        assert header == columns(table)
        assert rows == cells(package, name), name

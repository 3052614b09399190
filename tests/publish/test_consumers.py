"""The package as others read it: Frictionless, pandas, polars and DuckDB."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from pipeline.core.paths import BUILD, ROOT
from pipeline.core.schema import load_schema

TABLES = sorted(load_schema().tables)


@pytest.fixture(scope="session", params=["sample", "build"])
def release_folder(request: pytest.FixtureRequest, shared_folder: Path) -> Path:
    """The sample package, and what the pipeline built; where nothing is built, the sample stands for both."""
    built = BUILD / "package"
    return built if request.param == "build" and (built / "datapackage.json").is_file() else shared_folder


def described(folder: Path) -> list[dict[str, Any]]:
    resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    return [item for item in resources if item["format"] == "csv"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_frictionless_finds_it_valid(release_folder: Path) -> None:
    import frictionless

    report = frictionless.validate(str(release_folder / "datapackage.json"))
    assert [error.message for task in report.tasks for error in task.errors] + [error.message for error in report.errors] == []
    assert len(report.tasks) == 2 * len(TABLES) + len(list((release_folder / "text").rglob("*.txt")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_frictionless_sees_a_broken_key(folder: Path) -> None:
    import frictionless

    path = folder / "csv/targets.csv"
    path.write_bytes(path.read_bytes().replace(b"ind-1", b"ind-9"))
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert not report.valid


def test_sha256sum_agrees(release_folder: Path) -> None:
    tool = shutil.which("sha256sum") or shutil.which("gsha256sum")
    assert tool, "coreutils are needed"
    done = subprocess.run(
        [tool, "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=release_folder, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def test_duckdb_reads_csv_and_parquet_alike(release_folder: Path) -> None:
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    with duckdb.connect() as database:
        for item in described(release_folder):
            name = item["name"]
            columns = {field["name"]: types[field["type"]] for field in item["schema"]["fields"]}
            csv = f"read_csv('{release_folder}/csv/{name}.csv', header=true, columns={columns}, strict_mode=true)"
            parquet = f"read_parquet('{release_folder}/parquet/{name}.parquet')"
            for one, other in ((csv, parquet), (parquet, csv)):
                lost = database.sql(f"SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other}").fetchall()
                assert lost == [], name


def test_duckdb_finds_a_row_for_every_foreign_key(release_folder: Path) -> None:
    keys = 0
    with duckdb.connect() as database:
        for item in described(release_folder):
            for key in item["schema"].get("foreignKeys", []):
                keys += 1
                there = key["reference"].get("resource") or item["name"]
                pairs = list(zip(key["fields"], key["reference"]["fields"], strict=True))
                match = " AND ".join(f'a."{mine}" = b."{theirs}"' for mine, theirs in pairs)
                known = " AND ".join(f'a."{mine}" IS NOT NULL' for mine, _ in pairs)
                lost = database.sql(
                    f"SELECT count(*) FROM '{release_folder}/parquet/{item['name']}.parquet' a "
                    f"ANTI JOIN '{release_folder}/parquet/{there}.parquet' b ON {match} WHERE {known}"
                ).fetchall()
                assert lost == [(0,)], (item["name"], key)
    assert keys > 20


def test_polars_reads_csv_and_parquet_alike(release_folder: Path) -> None:
    types = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
    for item in described(release_folder):
        schema = {field["name"]: types[field["type"]] for field in item["schema"]["fields"]}
        parquet = pl.read_parquet(release_folder / f"parquet/{item['name']}.parquet")
        csv = pl.read_csv(release_folder / f"csv/{item['name']}.csv", schema=schema)
        assert parquet.schema == schema, item["name"]
        assert csv.equals(parquet), item["name"]


def test_pandas_keeps_integers_booleans_and_words(release_folder: Path) -> None:
    for item in described(release_folder):
        kinds = {field["name"]: field["type"] for field in item["schema"]["fields"]}
        parquet = pd.read_parquet(release_folder / f"parquet/{item['name']}.parquet")
        csv = pd.read_csv(
            release_folder / f"csv/{item['name']}.csv",
            dtype_backend="numpy_nullable",
            dtype={name: "string" for name, kind in kinds.items() if kind == "string"},
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8",
        )
        assert list(parquet.columns) == list(csv.columns) == list(kinds)
        for name, kind in kinds.items():
            if kind in ("integer", "boolean"):
                assert str(parquet[name].dtype) == {"integer": "Int64", "boolean": "boolean"}[kind], (item["name"], name)
            one, other = ([None if pd.isna(cell) else cell for cell in table[name].tolist()] for table in (parquet, csv))
            if kind == "date":
                other = [cell and datetime.date.fromisoformat(cell) for cell in other]
            assert one == other, (item["name"], name)


def test_the_one_liners_of_the_readme_run(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release_folder)
    page = (release_folder / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    light = [block for block in blocks if not re.search(r"\b(datasets|mlcroissant)\b", block)]
    assert (len(blocks), len(light)) == (6, 4)  # tests/consumers runs the others
    names: dict[str, Any] = {}
    for block in light:
        exec(compile(block, "README.md", "exec"), names)
        assert len(names["targets"]) >= 2


def test_the_commands_of_the_readme_run(release_folder: Path) -> None:
    page = (release_folder / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`((?:frictionless|sha256sum|python) [^`]+)`", page)
    assert len(commands) == 2
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    for command in commands:
        done = subprocess.run(
            command, shell=True, cwd=release_folder, env=os.environ | {"PATH": path}, check=False, capture_output=True
        )
        assert done.returncode == 0, (command, done.stdout[-500:], done.stderr[-500:])


def test_the_one_liners_of_the_repository_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 4  # tests/consumers runs those in R
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)
        assert len(names["targets"]) >= 2

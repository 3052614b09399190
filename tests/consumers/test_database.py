"""The SQLite file, read by sqlite-utils and served by Datasette."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from tests.consumers.reading import WORK, cells, columns, environment, tables, written


@pytest.fixture(scope="module")
def database(made: Path) -> sqlite_utils.Database:
    return sqlite_utils.Database(sqlite3_read_only(Path(f"{made}.sqlite")))


def sqlite3_read_only(path: Path) -> Any:
    import sqlite3

    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def told(table: dict[str, Any], column: str, value: Any) -> str | None:
    """A value of SQLite as the CSV writes it: SQLite has no booleans."""
    kind = next(field["type"] for field in table["schema"]["fields"] if field["name"] == column)
    return written(bool(value) if kind == "boolean" and value is not None else value)


def test_rows_are_those_of_the_csv(package: Path, database: sqlite_utils.Database) -> None:
    assert set(database.table_names()) == {*tables(package), "about"}
    for name, table in tables(package).items():
        read = [[told(table, column, value) for column, value in row.items()] for row in database[name].rows]
        assert read == cells(package, name), name


def test_keys_and_indexes_are_declared(package: Path, database: sqlite_utils.Database) -> None:
    for name, table in tables(package).items():
        schema = table["schema"]
        key = schema.get("primaryKey", [])
        assert database[name].pks == ([key] if isinstance(key, str) else key)
        foreign = {tuple(link["fields"]) for link in schema.get("foreignKeys", [])}
        assert {
            tuple(link.column if isinstance(link.column, list) else link.columns) for link in database[name].foreign_keys
        } == foreign, name
        assert foreign <= {tuple(index.columns) for index in database[name].indexes}
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture(scope="module")
def served(made: Path) -> Iterator[str]:
    """The address of Datasette with the file, on this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", f"{made}.sqlite", "--host", "127.0.0.1", "--port", str(port)]
    with (
        (WORK / "datasette.log").open("wb") as log,
        subprocess.Popen(command, env=environment(), stdout=log, stderr=log) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(150):
                try:
                    urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.2)
            yield f"{address}/{urllib.parse.quote(made.name)}".replace(".", "~2E").replace(
                "http://127~2E0~2E0~2E1", "http://127.0.0.1"
            )
        finally:
            process.terminate()


def fetched(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.loads(answer.read())


def test_datasette_serves_the_rows(package: Path, served: str) -> None:
    for name in ("targets", "quantities", "documents"):
        rows = fetched(f"{served}/{name}.json?_shape=array&_size=1000")
        table = tables(package)[name]
        read = [[told(table, column, row[column]) for column in columns(table)] for row in rows]
        assert sorted(read, key=repr) == sorted(cells(package, name), key=repr), name


def test_datasette_joins_and_finds_chinese(package: Path, served: str) -> None:
    sql = "SELECT q.quote, t.language FROM quantities q JOIN texts t USING (text_id) WHERE t.language LIKE 'zh%' AND q.quote LIKE '%达到%'"
    rows = fetched(f"{served}.json?{urllib.parse.urlencode({'sql': sql, '_shape': 'array'})}")
    assert rows
    assert all("达到" in row["quote"] and row["language"].startswith("zh") for row in rows)

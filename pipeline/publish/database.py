"""A release as one SQLite file: every table with its keys, an index for each foreign key, and a table that says what the file is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.core.errors import ValidationError
from pipeline.publish.descriptor import Field, TableSchema, names

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
ABOUT = "about"


def database(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table], about: Sequence[tuple[str, str]]) -> bytes:
    """The file. schemas: table → its columns and keys; about: what is to be known of the package, in pairs.

    Booleans are 0 and 1, dates ISO 8601. Raises ValidationError where a key does not hold. The rows are the same everywhere, the bytes
    where SQLite is.
    """
    connection = sqlite3.connect(":memory:")
    try:
        _fill(connection, f"CREATE TABLE {ABOUT} (key TEXT PRIMARY KEY, value TEXT NOT NULL)", ABOUT, about)
        for name, schema in schemas.items():
            _fill(connection, _definition(name, schema), name, _rows(tables[name]))
            for columns in sorted({tuple(names(key.fields)) for key in schema.foreign_keys}):
                index = _quoted(f"{name}_{'_'.join(columns)}")
                connection.execute(f"CREATE INDEX {index} ON {_quoted(name)} ({_list(columns)})")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ValidationError(
                broken[0], f"row {broken[1]} refers to a row of {broken[2]} that is not there", "run `make` again"
            )
        connection.commit()
        return connection.serialize()
    except sqlite3.Error as error:
        raise ValidationError("the SQLite file", f"cannot be made: {error}", "run `make` again") from error
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, definition: str, table: str, rows: Iterable[Sequence[object]]) -> None:
    connection.execute(definition)
    width = len(connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall())
    connection.executemany(f"INSERT INTO {_quoted(table)} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - quoted


def _definition(name: str, schema: TableSchema) -> str:
    lines = [_column(field) for field in schema.fields]
    if key := names(schema.primary_key):
        lines.append(f"PRIMARY KEY ({_list(key)})")
    for foreign in schema.foreign_keys:
        there, reference = foreign.reference.resource or name, names(foreign.reference.fields)
        lines.append(f"FOREIGN KEY ({_list(names(foreign.fields))}) REFERENCES {_quoted(there)} ({_list(reference)})")
    return f"CREATE TABLE {_quoted(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(field: Field) -> str:
    return f"{_quoted(field.name)} {TYPES[field.type]}" + (" NOT NULL" if field.constraints.required else "")


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    columns = [
        column.cast(pa.string()) if pa.types.is_date32(column.type) else column
        for column in (table.column(i) for i in range(table.num_columns))
    ]
    yield from zip(*(column.to_pylist() for column in columns), strict=True)


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

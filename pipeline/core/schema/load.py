"""Reads schemas/ and refuses whatever it cannot mean: an unknown key, a column, table or code that is not there."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from pipeline.core.errors import InputError
from pipeline.core.language import read_table
from pipeline.core.paths import SCHEMAS
from pipeline.core.schema.model import GROUPS, Codelist, Field, ForeignKey, Package, Schema, Table
from pipeline.core.store import read_bytes, read_yaml

Names = tuple[str, ...]

CODES = "codelist_"
"""The name of a table whose content is a codelist starts with this."""
TITLED = ("title", "description", "type", "unit", "required", "unique", "pattern", "minimum", "maximum", "codelist")
LONGEST_REASON = 300
COLUMN_ARGUMENTS = ("column", "column_A", "column_B", "column_list")


@cache
def load_schema(folder: Path = SCHEMAS) -> Schema:
    """Everything in schemas/, validated. Raises InputError with the file and the reason."""
    meta = json.loads(read_bytes(folder / "meta.schema.json"))
    package = _package(_read(folder / "package.yaml", meta, "package"))
    columns = _read(folder / "columns.yaml", meta, "columns")
    written = {path: _read(path, meta, "table") for path in sorted((folder / "tables").glob("*.yaml"))}
    codelists = {path.stem: load_codelist(path) for path in sorted((folder / "codelists").glob("*.csv"))}
    keys = {table["name"]: tuple(table["primary_key"]) for table in written.values()}
    builder = _Builder(package.languages, columns, codelists, keys)
    tables = [(path, builder.table(path, table)) for path, table in written.items()]
    order = list(GROUPS)
    by_name = {table.name: table for _, table in sorted(tables, key=lambda pair: (order.index(pair[1].group), pair[1].name))}
    for path, table in tables:
        _check_table(path, table, by_name)
        _check_codelist(folder, table, codelists)
    return Schema(package=package, tables=by_name, codelists=codelists)


def load_codelist(path: Path) -> Codelist:
    """One list of codes; the codes are in its first column, each once. Raises InputError."""
    rows = tuple({key: cell or None for key, cell in row.items()} for row in read_table(path))
    if not rows or next(iter(rows[0])) != "code":
        raise InputError(path, "has no rows or its first column is not `code`", "give each code a row")
    counts = Counter(row["code"] for row in rows)
    if wrong := [code for code, count in counts.items() if count > 1 or not code]:
        raise InputError(path, f"the code {wrong[0]!r} is empty or stands twice", "give each code one row")
    return Codelist(name=path.stem, columns=tuple(rows[0]), rows=rows)


def _read(path: Path, meta: Mapping[str, Any], kind: str) -> Any:
    """A YAML file that keeps one definition of meta.schema.json."""
    content = read_yaml(path)
    validator = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": meta["$defs"]})
    if fault := best_match(validator.iter_errors(content)):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault.absolute_path).lstrip(".")
        reason = textwrap.shorten(f"{place or 'the file'}: {fault.message}", LONGEST_REASON, placeholder=" …")
        raise InputError(path, reason, "see schemas/meta.schema.json for what may stand there")
    return content


def _package(content: Mapping[str, Any]) -> Package:
    lists = {key: tuple(content[key]) for key in ("languages", "keywords", "licences", "contributors")}
    return Package(**{**content, **lists})


class _Builder:
    """Turns written tables into Tables: fills in shared columns, languages, codes and references."""

    def __init__(
        self, languages: Iterable[str], columns: Mapping[str, Any], codelists: Mapping[str, Codelist], keys: Mapping[str, Names]
    ):
        self.languages, self.columns, self.codelists, self.keys = tuple(languages), columns, codelists, keys

    def table(self, path: Path, content: Mapping[str, Any]) -> Table:
        """One table file. Raises InputError."""
        if content["name"] != path.stem:
            raise InputError(path, f"names the table {content['name']!r}", "name the file as the table")
        columns = [self.column(path, written) for written in content["fields"]]
        fields = tuple(field for column in columns for field in self.fields(path, column))
        links = [link for column in columns for link in self.links(path, column)]
        links += [_composite(link) for link in content.get("foreign_keys", ())]
        key = tuple(content["primary_key"])
        plain: dict[str, Any] = {name: content.get(name) for name in ("name", "title", "description", "group", "codelist")}
        return Table(
            **plain, fields=fields, primary_key=key, sort=tuple(content.get("sort", key)), foreign_keys=tuple(links),
            expect=tuple(content.get("expect", ())),
        )  # fmt: skip

    def column(self, path: Path, written: str | Mapping[str, Any]) -> dict[str, Any]:
        """A column as meant: what the table says of it, and for the rest what columns.yaml says."""
        own = {"name": written} if isinstance(written, str) else dict(written)
        column = {**self.columns.get(own["name"], {}), **own}
        if missing := [key for key in ("title", "description", "type") if key not in column]:
            reason = f"the column {own['name']} has no {', '.join(missing)}"
            raise InputError(path, reason, "describe it here or in schemas/columns.yaml")
        return column

    def fields(self, path: Path, column: Mapping[str, Any]) -> list[Field]:
        """The column itself, or one column for each language."""
        plain = {key: column[key] for key in TITLED if key in column} | {"enum": self.codes(path, column)}
        if not column.get("per_language"):
            return [Field(name=column["name"], **plain)]
        return [
            Field(**{**plain, "name": f"{column['name']}_{code}", "title": f"{plain['title']} ({code})", "language": code})
            for code in self.languages
        ]

    def codes(self, path: Path, column: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes that a column may hold; none where it has no codelist."""
        name, left_out = column.get("codelist"), column.get("except", ())
        if name is None:
            return ()
        if name not in self.codelists:
            raise InputError(path, f"{column['name']}: there is no codelist {name!r}", f"add schemas/codelists/{name}.csv")
        if unknown := sorted(set(left_out) - set(self.codelists[name].codes)):
            raise InputError(path, f"{column['name']}: {unknown[0]!r} is no code of {name}", "correct `except`")
        return tuple(code for code in self.codelists[name].codes if code not in left_out)

    def links(self, path: Path, column: Mapping[str, Any]) -> list[ForeignKey]:
        """The foreign keys that a column is by itself: to the table it references, and to the table of its codes."""
        targets = [column["references"]] if column.get("references") else []
        if column.get("codelist") and CODES + column["codelist"] in self.keys:
            targets.append(CODES + column["codelist"])
        for target in targets:
            if len(self.keys.get(target, ())) != 1:
                reason = f"{column['name']} references {target!r}, no table with a key of one column"
                raise InputError(path, reason, "correct `references`")
        return [ForeignKey((column["name"],), target, self.keys[target]) for target in targets]


def _composite(link: Mapping[str, Any]) -> ForeignKey:
    """A foreign key as a table writes it under foreign_keys."""
    return ForeignKey(tuple(link["fields"]), link["table"], tuple(link.get("reference", link["fields"])))


def _check_table(path: Path, table: Table, tables: Mapping[str, Table]) -> None:
    """Every name in a table stands for something, and types agree across a foreign key."""

    def refuse(reason: str) -> None:
        raise InputError(path, reason, "correct the table file")

    names = Counter(table.names)
    if twice := [name for name, count in names.items() if count > 1]:
        refuse(f"the column {twice[0]} stands twice")
    linked = [name for link in table.foreign_keys for name in link.fields]
    used = [*table.primary_key, *table.sort, *linked, *_expected_columns(table)]
    if lost := [name for name in used if name not in names]:
        refuse(f"there is no column {lost[0]!r}")
    if loose := [name for name in table.primary_key if not table.field(name).required]:
        refuse(f"the primary key {loose[0]!r} is not required")
    for link in table.foreign_keys:
        if fault := _link_fault(table, link, tables.get(link.table)):
            refuse(f"the foreign key of {', '.join(link.fields)} {fault}")
    for field in table.fields:
        _check_field(path, field)


def _link_fault(table: Table, link: ForeignKey, there: Table | None) -> str | None:
    """What is wrong with a foreign key, if anything is."""
    if there is None or not set(link.reference) <= set(there.names) or len(link.fields) != len(link.reference):
        return f"refers to {link.table}, which has no {', '.join(link.reference)}"
    if [table.field(name).type for name in link.fields] != [there.field(name).type for name in link.reference]:
        return f"has another type than its reference in {link.table}"
    return "refers to itself" if (link.table, link.reference) == (table.name, link.fields) else None


def _check_field(path: Path, field: Field) -> None:
    """A constraint fits the type of its column, and a pattern is one that every reader understands."""
    if field.type not in ("integer", "number") and (field.minimum is not None or field.maximum is not None):
        raise InputError(path, f"{field.name} has a minimum or maximum but is a {field.type}", "leave it out")
    if field.type != "string" and (field.pattern or field.enum):
        raise InputError(path, f"{field.name} has a pattern or codelist but is a {field.type}", "leave it out")
    if field.pattern and not re.fullmatch(r"\^.*\$", field.pattern):
        raise InputError(path, f"the pattern of {field.name} does not run from ^ to $", "anchor it, since readers differ in this")


def _expected_columns(table: Table) -> Iterable[str]:
    """The columns that the expectations of a table name."""
    for entry in table.expect:
        for key in COLUMN_ARGUMENTS:
            value = entry.get(key, ())
            yield from [value] if isinstance(value, str) else value
        if "where" in entry:
            yield entry["where"]["column"]


def _check_codelist(folder: Path, table: Table, codelists: Mapping[str, Codelist]) -> None:
    """A table of codes has the columns of its list."""
    if table.codelist is None:
        return
    path = folder / "codelists" / f"{table.codelist}.csv"
    if table.name != CODES + table.codelist or table.codelist not in codelists:
        raise InputError(path, f"is not the content of the table {table.name}", f"name the table {CODES}{table.codelist}")
    there = codelists[table.codelist].columns
    if there != table.names:
        raise InputError(path, f"has the columns {', '.join(there)}", f"write {', '.join(table.names)}, as in {table.name}.yaml")

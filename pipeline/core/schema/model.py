"""What schemas/ says, as frozen values."""

from __future__ import annotations

from typing import Any

from pipeline.core.model import Frozen

GROUPS = {
    "records": "Records: one row per thing, whatever the language",
    "evidence": "Evidence: one row per passage of one text",
    "comparison": "Comparison: what differs between texts or between documents",
    "doubt": "Doubt: what is wrong with a source or not sure in a reading",
    "codes": "Codes: the closed lists that columns refer to",
}
"""What a table can be, in the order in which tables are told."""


class Package(Frozen, frozen=True):
    """schemas/package.yaml. date: ISO 8601; licences and contributors: as written there."""

    name: str
    title: str
    description: str
    version: str
    date: str
    homepage: str | None
    languages: tuple[str, ...]
    keywords: tuple[str, ...]
    licences: tuple[dict[str, str | None], ...]
    contributors: tuple[dict[str, str], ...]


class Field(Frozen, frozen=True, kw_only=True):
    """A column. type: string | integer | number | boolean | date.

    unit: what a number counts; enum: the codes allowed, from `codelist`; language: of a column that stands once per language.
    """

    name: str
    title: str
    description: str
    type: str
    unit: str | None = None
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str, ...] = ()
    codelist: str | None = None
    language: str | None = None


class ForeignKey(Frozen, frozen=True):
    """Columns whose values occur in the columns `reference` of `table`; a row with a null among them refers to nothing."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


class Table(Frozen, frozen=True, kw_only=True):
    """A published table. codelist: the list that is its content; sort: the order of its rows; expect: as written in its file."""

    name: str
    title: str
    description: str
    group: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    sort: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    codelist: str | None = None
    expect: tuple[dict[str, Any], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The column of that name. Raises KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


class Codelist(Frozen, frozen=True):
    """A closed list: schemas/codelists/<name>.csv, in its order. Each row maps column to cell; an empty cell is null."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str | None], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(row["code"] or "" for row in self.rows)


class Schema(Frozen, frozen=True):
    """All of schemas/. tables: by name, by group and then by name."""

    package: Package
    tables: dict[str, Table]
    codelists: dict[str, Codelist]

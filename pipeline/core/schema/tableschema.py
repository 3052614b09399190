"""A table's Frictionless Table Schema (Data Package v2), with what validators read and nothing that they refuse."""

from __future__ import annotations

from typing import Any

from pipeline.core.schema.model import Field, ForeignKey, Table


def table_schema(table: Table, suffix: str = "") -> dict[str, Any]:
    """The Table Schema as a JSON object. suffix: what the resources' names have after the tables' names, such as '-parquet'.

    A foreign key of several columns of which one may be null is left out: validators take a partly null key for a broken
    one. The check stage holds it all the same.
    """
    schema: dict[str, Any] = {
        "fields": [_field(table, field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    links = [_foreign_key(table, link, suffix) for link in table.foreign_keys if is_portable(table, link)]
    return schema | ({"foreignKeys": links} if links else {})


def is_portable(table: Table, link: ForeignKey) -> bool:
    """Whether validators read a foreign key as it is meant."""
    return len(link.fields) == 1 or all(table.field(name).required for name in link.fields)


def _field(table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "title": field.title, "description": field.description}
    if field.unit:
        described["unit"] = field.unit
    if field.language:
        described["language"] = field.language
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.unique or (field.name,) == table.primary_key:
        constraints["unique"] = True
    for key in ("pattern", "minimum", "maximum"):
        if (value := getattr(field, key)) is not None:
            constraints[key] = value
    if field.enum:
        constraints["enum"] = list(field.enum)
    return described | ({"constraints": constraints} if constraints else {})


def _foreign_key(table: Table, link: ForeignKey, suffix: str) -> dict[str, Any]:
    """A reference to the table itself names no resource."""
    reference: dict[str, Any] = {"fields": list(link.reference)}
    if link.table != table.name:
        reference = {"resource": link.table + suffix, **reference}
    return {"fields": list(link.fields), "reference": reference}

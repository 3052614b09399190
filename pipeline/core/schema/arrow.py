"""A table's Arrow schema: types and nullability, in the order of its columns."""

from __future__ import annotations

import pyarrow as pa

from pipeline.core.schema.model import Table

TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema that a published table has, without metadata."""
    return pa.schema([pa.field(field.name, TYPES[field.type], nullable=not field.required) for field in table.fields])

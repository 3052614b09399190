"""A table's suite for Great Expectations, as plain dicts: what its schema implies, then what its `expect:` entries say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.core.schema.model import Table

NOT_ARGUMENTS = ("expectation", "where", "from_rows", "because")
IGNORED_ROWS = {
    "expect_column_pair_values_a_to_be_greater_than_b": "either_value_is_missing",
    "expect_compound_columns_to_be_unique": "any_value_is_missing",
    "expect_select_column_values_to_be_unique_within_record": "any_value_is_missing",
}
"""A row that lacks a value says nothing about how its values relate."""
COMPARISONS = {"is": "==", "is_not": "!=", "is_in": "IN"}


def expectations(table: Table, rows: int) -> list[dict[str, Any]]:
    """Expectation configurations: type, kwargs, and meta with the reason. rows: how many the table has.

    An entry with `from_rows` counts only in a table of that many rows.
    """
    names = {"column_list": list(table.names)}
    suite = [_config("expect_table_columns_to_match_ordered_list", names, "The columns are those of the schema.")]
    if len(table.primary_key) > 1:
        kwargs = {"column_list": list(table.primary_key)}
        suite.append(_config("expect_compound_columns_to_be_unique", kwargs, "The primary key is unique."))
    return suite + [_written(entry) for entry in table.expect if rows >= entry.get("from_rows", 0)]


def _written(entry: Mapping[str, Any]) -> dict[str, Any]:
    kwargs = {key: value for key, value in entry.items() if key not in NOT_ARGUMENTS}
    if missing := IGNORED_ROWS.get(entry["expectation"]):
        kwargs["ignore_row_if"] = missing
    if where := entry.get("where"):
        kwargs["row_condition"] = _condition(where)
    return _config(entry["expectation"], kwargs, entry["because"])


def _condition(where: Mapping[str, Any]) -> dict[str, Any]:
    column = {"name": where["column"]}
    if "is_null" in where:
        return {"type": "nullity", "column": column, "is_null": where["is_null"]}
    key = next(key for key in COMPARISONS if key in where)
    return {"type": "comparison", "column": column, "operator": COMPARISONS[key], "parameter": where[key]}


def _config(kind: str, kwargs: dict[str, Any], because: str) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "meta": {"because": because}}

"""Great Expectations, run for real on the suite that schemas/ implies. Its import takes seconds: only running it pays."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from pipeline.check.report import Check, shown
from pipeline.core.schema import Schema, Table, expectations

COLUMN_ARGUMENTS = ("column", "column_B", "column_list")


def run_suite(tables: Mapping[str, pa.Table], schema: Schema) -> list[Check]:
    """One check for each expectation of each table, in the order of the schema. Opens no connection and writes no file."""
    wanted = [table for name, table in schema.tables.items() if name in tables and (table.group != "codes" or table.expect)]
    with _quiet():
        validate = _validator()
        return [check for table in wanted for check in _validated(table, tables[table.name], validate)]


@contextmanager
def _quiet() -> Iterator[None]:
    """No telemetry, no progress bars, no log lines, no warnings of a dependency about its own dependencies."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logger = logging.getLogger("great_expectations")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


def _validator() -> Any:
    """A function of a name, a data frame, configurations and key columns → the results of Great Expectations."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_pandas("tables")

    def validate(name: str, frame: Any, configurations: list[dict[str, Any]], key: list[str]) -> list[Any]:
        suite = gx.ExpectationSuite(name=name)
        for configuration in configurations:
            suite.add_expectation_configuration(ExpectationConfiguration(**configuration))
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        shape = {"result_format": "SUMMARY", "unexpected_index_column_names": key}
        return list(batch.validate(suite, result_format=shape).results)

    return validate


def _validated(table: Table, data: pa.Table, validate: Any) -> Iterator[Check]:
    configurations = expectations(table, data.num_rows)
    results = validate(table.name, data.replace_schema_metadata(None).to_pandas(), configurations, list(table.primary_key))
    if len(results) != len(configurations):
        fault = f"{len(configurations)} expectations gave {len(results)} results"
        yield Check("gx:suite", table.name, None, False, data.num_rows, fault)
    for result in results:
        yield _check(table, data.num_rows, result)


def _check(table: Table, rows: int, result: Any) -> Check:
    configuration = result.expectation_config
    column = next((configuration.kwargs[name] for name in COLUMN_ARGUMENTS if name in configuration.kwargs), None)
    if configuration.type == "expect_table_columns_to_match_ordered_list":
        column = None
    seen = result.result.get("element_count", rows)
    name = f"gx:{configuration.type}"
    told = column[-1] if isinstance(column, list) else column
    if result.success:
        return Check(name, table.name, told, True, seen)
    return Check(name, table.name, told, False, seen, _message(table, configuration, result))


def _message(table: Table, configuration: Any, result: Any) -> str:
    """The first row at fault by its key and its values, how many there are, and why it matters."""
    because = (configuration.meta or {}).get("because", "")
    fault = (result.exception_info or {}).get("exception_message")
    if fault:
        return f"could not be checked: {fault}"
    first = next(iter(result.result.get("partial_unexpected_index_list") or ()), None)
    if first is None:
        return f"{shown(result.result.get('observed_value'))} was found; {because}"
    name = ", ".join(str(first[column]) for column in table.primary_key)
    others = sorted(column for column in first if column not in table.primary_key)
    values = ", ".join(f"{column} {shown(_plain(table, column, first[column]))}" for column in others)
    count = result.result.get("unexpected_count", 1)
    return f"row {name}: {values or name}; {because}" + (f" ({count} rows)" if count > 1 else "")


def _plain(table: Table, column: str, value: Any) -> Any:
    """A value of a data frame as its column's own: a missing one is None, and an integer is one even beside missing ones."""
    value = value.item() if hasattr(value, "item") else value
    # NaN alone differs from itself
    if value is None or value != value:
        return None
    return int(value) if table.field(column).type == "integer" else value

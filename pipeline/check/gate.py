"""Runs every check, and stops the run where one fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from pipeline.check.keys import check_addresses, check_keys
from pipeline.check.report import Check, Report, make_report
from pipeline.check.spans import check_spans
from pipeline.check.structure import check_columns, check_values, note_formulas
from pipeline.check.suite import run_suite
from pipeline.check.versions import check_versions
from pipeline.core.errors import ValidationError
from pipeline.core.schema import Schema

PLACES = ("sources", "texts", "sections", "provisions")


def check_tables(tables: Mapping[str, pa.Table], decoded: Mapping[str, str], schema: Schema, *, suite: bool = True) -> Report:
    """Everything that schemas/ says of the tables, and every quote against its source.

    tables: by name; decoded: source_id → the text of the source, to which offsets refer; suite: whether Great
    Expectations runs, too. A fault is data, not an exception: see require_passed. A table whose columns are wrong is not
    read any further.
    """
    checks = check_columns(tables, schema)
    wrong = {check.table for check in checks if not check.passed}
    sound = {name: data for name, data in tables.items() if name not in wrong}
    checks += _structure(sound, schema)
    if all(name in sound for name in PLACES):
        checks.append(check_addresses(sound, schema.tables["sections"]))
        checks += check_spans(sound, decoded, schema)
    checks += check_versions(sound, schema)
    if suite:
        checks += run_suite(sound, schema)
    return make_report(checks)


def _structure(tables: Mapping[str, pa.Table], schema: Schema) -> Iterator[Check]:
    for name, table in schema.tables.items():
        if name in tables:
            yield from check_values(table, tables[name])
            yield from check_keys(table, tables)
            yield from note_formulas(table, tables[name])


def require_passed(report: Report) -> None:
    """Raises ValidationError with the first failure and the number of the others."""
    if report.ok:
        return
    more = len(report.failures) - 1
    where, _, what = report.failures[0].line.partition(": ")
    reason = what + (f", and {more} more checks failed" if more else "")
    raise ValidationError(where, reason, "nothing was published; correct the row or the rule that made it")

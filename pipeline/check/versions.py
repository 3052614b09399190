"""A record says that its versions disagree where it names the discrepancy that shows it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.check.report import Check, check_rows
from pipeline.core.schema import Schema

COMPARED = {
    "targets": ("versions_agree", ("disagreeing_columns",), ("value_discrepancy_id", "deadline_discrepancy_id")),
    "objectives": ("horizon_agrees", (), ("horizon_discrepancy_id",)),
}
"""Table → the column that is false where versions disagree, what tells in which columns, and what names the discrepancies."""


def check_versions(tables: Mapping[str, pa.Table], schema: Schema) -> Iterator[Check]:
    """One check for each column that says so, in the order of the tables."""
    for name, (column, which, named) in COMPARED.items():
        if name not in tables:
            continue
        data = tables[name]
        differs = pc.equal(pc.fill_null(data.column(column), True), False)
        listed = reduce(pc.or_, (pc.is_valid(data.column(each)) for each in named))
        bad = pc.not_equal(listed, differs)
        yield check_rows("disagreement", schema.tables[name], column, data, bad, f"where {' or '.join(named)} says otherwise")
        for other in which:
            bad = pc.not_equal(pc.is_valid(data.column(other)), differs)
            yield check_rows("disagreement", schema.tables[name], other, data, bad, f"where {column} says otherwise")

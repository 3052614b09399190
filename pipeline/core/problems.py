"""Doubt as data: how every room words a problem. The kinds are the codelist problem_kinds."""

from __future__ import annotations

from functools import cache

from pipeline.core.language import read_table
from pipeline.core.model import Problem
from pipeline.core.paths import SCHEMAS


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Problem kind → its codelist row (severity, remedy)."""
    return {row["code"]: row for row in read_table(SCHEMAS / "codelists" / "problem_kinds.csv")}


def problem(
    kind: str,
    message: str,
    *,
    source_id: str | None = None,
    text_id: str | None = None,
    section_id: str | None = None,
    char_start: int | None = None,
    char_end: int | None = None,
    quote: str | None = None,
) -> Problem:
    """A problem of a kind that the codelist knows; severity and remedy are the kind's. Raises KeyError for another kind."""
    row = kinds()[kind]
    return Problem(
        kind=kind, severity=row["severity"], message=message, remedy=row["remedy"], source_id=source_id, text_id=text_id,
        section_id=section_id, char_start=char_start, char_end=char_end, quote=quote,
    )  # fmt: skip

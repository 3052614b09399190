"""quality.html: how right the rows are, what was checked, and what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.core.figures import ALL, SHOWN, Figure, from_rows, languages, pick
from pipeline.core.model import Row
from pipeline.publish.site.model import Interface, Page, Site

EXAMPLES = 3
"""Problems of one kind that the page shows."""
LONGEST = 160
"""Characters of a passage that an example shows."""
SEVERITIES = ("error", "warning", "info")
LEFT, RIGHT = 10, 190
"""Ends of the scale of a drawn interval, in its own units."""


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """quality.html."""
    figures = from_rows({key: value or "" for key, value in row.items()} for row in site.accuracy)
    context = {
        "accuracy": _accuracy(figures),
        "by_text": _by_text(figures, site),
        "checks": _checks(site),
        "problems": _problems(site, ui),
    }
    yield Page(
        path="quality.html", template="quality.html", title=ui.t("nav.quality"), current="quality", context=context,
        styles=("quality.css",),
    )  # fmt: skip


def _accuracy(figures: Sequence[Figure]) -> Row | None:
    """The main figures by line and language, with what an interval needs to be drawn."""
    if not figures:
        return None
    codes = languages(figures)
    lines: list[Row] = []
    for shown in SHOWN:
        sure, every = pick(figures, shown), pick(figures, shown, with_doubt=True)
        cells = [(code, sure.get(code), every.get(code)) for code in codes if code in sure or code in every]
        if cells:
            lines.append({"shown": shown, "cells": cells})
    lows = [figure.low for line in lines for _, *pair in line["cells"] for figure in pair if figure]
    low = int(min(lows) * 10) / 10
    texts = len({figure.text_id for figure in figures} - {ALL})
    return {"lines": lines, "low": low, "place": lambda value: _place(value, low), "ticks": _ticks(low), "texts": texts}


def _place(value: float, low: float) -> str:
    return f"{LEFT + (value - low) / (1 - low) * (RIGHT - LEFT):.0f}"


def _ticks(low: float) -> list[tuple[str, str]]:
    """Where the lines of the scale stand, and what they say."""
    step = 0.2 if low < 0.5 else 0.1
    count = round((1 - low) / step + 0.49)
    return [
        (_place(value, low), f"{value:.1f}")
        for value in (1 - step * number for number in range(count + 1))
        if value >= low - 1e-9
    ]


def _by_text(figures: Sequence[Figure], site: Site) -> list[tuple[Row, list[tuple[str, Figure | None]]]]:
    """Each text with the F1 of the tables that any text was measured in; null where it was not."""
    heads = [shown for shown in SHOWN if shown.head]
    own: dict[tuple[str, str], Figure] = {
        (each.text_id, each.table): each
        for each in figures
        if (each.subset, each.measure, each.field, each.matching, each.with_doubt) == (ALL, "f1", None, "overlap", False)
    }
    texts = [row for row in site.tables["texts"] if any((row["text_id"], shown.table) in own for shown in heads)]
    heads = [shown for shown in heads if any((row["text_id"], shown.table) in own for row in texts)]
    return [(row, [(shown.name, own.get((row["text_id"], shown.table))) for shown in heads]) for row in texts]


def _checks(site: Site) -> list[Row]:
    """The checks by kind: how many were made, on how many tables, and how many did not hold."""
    found: dict[str, list[Row]] = defaultdict(list)
    for check in site.checks:
        found[str(check["id"]).split(":")[0]].append(check)
    return [
        {
            "kind": kind,
            "count": len(rows),
            "tables": len({row["table"] for row in rows}),
            "failed": sum(not row["passed"] for row in rows),
        }
        for kind, rows in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def _problems(site: Site, ui: Interface) -> list[Row]:
    """The problems by kind, the gravest first, each with some examples and where they stand."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in site.tables["problems"]:
        found[row["kind"]].append(row)
    kinds = {str(row["code"]): row for row in site.tables["codelist_problem_kinds"]}
    order = sorted(found, key=lambda kind: (SEVERITIES.index(found[kind][0]["severity"]), -len(found[kind]), kind))
    return [
        {
            "kind": kind,
            "scope": kinds[kind]["scope"],
            "severity": found[kind][0]["severity"],
            "definition": kinds[kind]["definition"],
            "remedy": kinds[kind]["remedy"],
            "count": len(found[kind]),
            "examples": [_example(row, site, ui) for row in found[kind][:EXAMPLES]],
        }
        for kind in order
    ]


def _example(row: Row, site: Site, ui: Interface) -> Row:
    text = next((each for each in site.tables["texts"] if each["text_id"] == row["text_id"]), None)
    quote = " ".join((row["quote"] or "").split())
    return {
        "message": row["message"],
        "quote": quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + "…",
        "language": text["language"] if text else None,
        "where": row["section_id"] or row["text_id"] or row["source_id"],
        "link": ("sections", row["section_id"]) if row["section_id"] else ("documents", text["document_id"] if text else None),
    }

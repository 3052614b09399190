"""Accuracy as figures: what the evaluate room measures, and what the summary, the README and a release show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.core.model import Frozen

ALL = "all"
DIGITS = 4


class Figure(Frozen, kw_only=True):
    """One measured value, with the 95% interval from `low` to `high`.

    text_id: a text, or 'all' of a language; subset: 'all' rows of a table or some of them; measure: precision | recall | f1 |
    accuracy | kappa; field: what an accuracy or a kappa is of, else null; matching: overlap | exact | valued; with_doubt: whether
    doubted rows count; n: rows that the value is a share of.
    """

    table: str
    language: str
    text_id: str
    subset: str
    measure: str
    field: str | None
    matching: str
    with_doubt: bool
    n: int
    value: float
    low: float
    high: float


COLUMNS = Figure.__struct_fields__


def cells(figure: Figure) -> list[str | None]:
    """The cells of one row of accuracy.csv, null as None."""
    return [_cell(getattr(figure, name)) for name in COLUMNS]


def _cell(value: str | float | bool | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.{DIGITS}f}" if isinstance(value, float) else None if value is None else str(value)


def from_rows(rows: Iterable[Mapping[str, str]]) -> list[Figure]:
    """The figures in rows of accuracy.csv. Raises msgspec.ValidationError."""
    return [msgspec.convert({key: value or None for key, value in row.items()}, Figure, strict=False) for row in rows]


class Shown(Frozen):
    """A line of the tables that a person reads. head: whether it stands for a whole table; metric: whether DVC shows it."""

    name: str
    words: str
    table: str
    subset: str
    measure: str
    field: str | None = None
    matching: str = "overlap"
    head: bool = False
    metric: bool = False


SHOWN = (
    Shown("sections", "sections", "sections", ALL, "f1", head=True, metric=True),
    Shown("sections_valued", "with number and heading right", "sections", ALL, "f1", matching="valued"),
    Shown("sections_end", "end of the subtree", "sections", ALL, "accuracy", "subtree_end"),
    Shown("quantities", "quantities", "quantities", ALL, "f1", head=True, metric=True),
    Shown("quantities_valued", "with value, unit and comparator right", "quantities", ALL, "f1", matching="valued"),
    Shown("quantities_indicator", "indicator phrase (overlap)", "quantities", ALL, "accuracy", "indicator"),
    Shown("quantities_deadline", "deadline", "quantities", ALL, "accuracy", "deadline_year"),
    Shown("quantities_kind", "target or statistic", "quantities", ALL, "accuracy", "kind"),
    Shown("goals", "goals and principles", "goals", ALL, "f1", head=True, metric=True),
    Shown("goals_objective", "those in sections that state objectives", "goals", "objective_sections", "f1"),
    Shown("goals_horizon", "horizon", "goals", ALL, "accuracy", "horizon_year"),
    Shown("bodies", "bodies", "bodies", ALL, "f1", head=True, metric=True),
    Shown("bodies_tier_1", "named organs and authorities (tier 1)", "bodies", "tier_1", "f1", metric=True),
    Shown("bodies_tier_1_identity", "tier 1: which body", "bodies", "tier_1", "accuracy", "identity"),
    Shown("bodies_tier_1_role", "tier 1: role", "bodies", "tier_1", "accuracy", "role"),
    Shown("instruments", "instruments", "instruments", ALL, "f1", head=True, metric=True),
    Shown("instruments_type", "type", "instruments", ALL, "accuracy", "instrument_type"),
    Shown("instruments_status", "status", "instruments", ALL, "accuracy", "status"),
)
AGREEMENT_SHOWN = (
    *(shown for shown in SHOWN if shown.measure == "f1"),
    Shown("comparator", "κ comparator", "quantities", ALL, "kappa", "comparator"),
    Shown("kind", "κ target or statistic", "quantities", ALL, "kappa", "kind"),
    Shown("objective_type", "κ goal or principle", "goals", ALL, "kappa", "objective_type"),
    Shown("horizon_basis", "κ basis of the horizon", "goals", ALL, "kappa", "horizon_basis"),
    Shown("role", "κ role", "bodies", ALL, "kappa", "role"),
    Shown("tier", "κ tier", "bodies", ALL, "kappa", "tier"),
    Shown("instrument_type", "κ type", "instruments", ALL, "kappa", "instrument_type"),
    Shown("status", "κ status", "instruments", ALL, "kappa", "status"),
)


def pick(figures: Iterable[Figure], shown: Shown, with_doubt: bool = False) -> dict[str, Figure]:
    """Language → the figure of one line, over all texts."""
    key = (shown.table, ALL, shown.subset, shown.measure, shown.field, shown.matching, with_doubt)
    return {
        each.language: each
        for each in figures
        if (each.table, each.text_id, each.subset, each.measure, each.field, each.matching, each.with_doubt) == key
    }


def languages(figures: Iterable[Figure]) -> list[str]:
    """The languages that were measured, sorted."""
    return sorted({figure.language for figure in figures})


def with_interval(figure: Figure | None) -> str:
    """A value as it is printed: two digits and its interval."""
    return "–" if figure is None else f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"


def markdown_table(figures: Sequence[Figure], shown: Sequence[Shown] = SHOWN) -> str:
    """The main figures as a Markdown table, without its last line end: rows as F1, their fields as the share that is right."""
    codes = languages(figures)
    heads = "".join(f" {code}: n | {code} | {code}, doubted rows too |" for code in codes)
    return "\n".join([f"| |{heads}", "|---|" + "--:|--:|--:|" * len(codes), *_lines(figures, codes, shown)])


def _lines(figures: Sequence[Figure], codes: Sequence[str], shown: Sequence[Shown]) -> Iterator[str]:
    for line in shown:
        sure, every = pick(figures, line), pick(figures, line, with_doubt=True)
        if sure or every:
            values = [
                (one.n if (one := sure.get(code)) else 0, with_interval(one), with_interval(every.get(code))) for code in codes
            ]
            words = f"**{line.words}**" if line.head else line.words
            yield f"| {words} |" + "".join(f" {n} | {one} | {two} |" for n, one, two in values)


def between_markers(page: str, name: str, content: str) -> str:
    """The page with `content` in the place of what stands between its markers. Raises ValueError where it has none."""
    start, end = f"<!-- {name} -->\n\n", f"\n\n<!-- /{name} -->"
    before, found, rest = page.partition(start)
    after = rest.partition(end)
    if not (found and after[1]):
        raise ValueError(f"the markers {start.strip()} and {end.strip()} are missing")
    return before + start + content + end + after[2]

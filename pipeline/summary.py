"""What a build made, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.figures import ALL
from pipeline.core.paths import ROOT
from pipeline.core.store import read_bytes, read_json

SIDE_BY_SIDE = 3


def summary_lines(build: Path, dist: Path) -> Iterator[str]:
    """Rows per table, problems by kind, checks, accuracy, the package and how it differs from the release, and how to load it."""
    from pipeline.core.schema import GROUPS, load_schema
    from pipeline.publish import standing
    from pipeline.publish.parquet import read_parquet

    package = build / "package"
    if not (package / "SHA256SUMS").is_file():
        raise InputError(package, "is not built yet", "run `make`")
    schema = load_schema()
    tables = {name: read_parquet(read_bytes(package / "parquet" / f"{name}.parquet")) for name in schema.tables}
    for group, title in GROUPS.items():
        rows = {name: tables[name].num_rows for name, table in schema.tables.items() if table.group == group}
        if group == "codes":
            yield f"Codes: {len(rows)} closed lists, {sum(rows.values()):,} codes"
        elif rows and group != "doubt":
            yield title
            yield from _columns(rows)
    kinds = Counter(tables["problems"].column("kind").to_pylist())
    yield f"Doubt: {sum(kinds.values()):,} problems by kind; table `problems` says where and what to do"
    yield from _columns(dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))))
    yield from _checks(build / "check" / "report.json")
    yield from _accuracy(build / "evaluate" / "accuracy.csv")
    first, *more = standing(package, dist, schema.package.version)
    yield f"Package: {shown(package)}, version {schema.package.version}: {first}"
    yield from more
    yield f"""Load: .venv/bin/python -c "import pandas; print(pandas.read_parquet('{shown(package)}/parquet/targets.parquet'))\""""


def _checks(report: Path) -> Iterator[str]:
    from pipeline.check.report import Report

    found = read_json(report, Report)
    passed = sum(check.passed for check in found.checks)
    notes = f", {len(found.notes):,} notes" if found.notes else ""
    yield f"Checks: {passed:,} of {len(found.checks):,} passed{notes}"


def _accuracy(path: Path) -> Iterator[str]:
    from pipeline.accuracy import head_lines, read_figures

    figures = read_figures(path)
    texts = len({figure.text_id for figure in figures} - {ALL})
    if not texts:
        yield "Accuracy: none of these texts has gold"
        return
    yield f"Accuracy: F1 with 95% interval on the {texts} texts that have gold, doubted rows left out; `make accuracy` has more"
    yield from head_lines(figures)


def shown(path: Path) -> str:
    """A path below the checkout as it is typed there."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _columns(counts: Mapping[str, int]) -> Iterator[str]:
    """Names and numbers, some side by side."""
    width = max(map(len, counts), default=0)
    pairs = [f"{name:<{width}} {count:>7,}" for name, count in counts.items()]
    for start in range(0, len(pairs), SIDE_BY_SIDE):
        yield "  " + "   ".join(pairs[start : start + SIDE_BY_SIDE])

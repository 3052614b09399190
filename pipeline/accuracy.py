"""Figures as files and pages: what the stage `evaluate` writes, and what the README files show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.core.csv_text import csv_table
from pipeline.core.errors import InputError
from pipeline.core.figures import (
    AGREEMENT_SHOWN,
    ALL,
    SHOWN,
    Figure,
    between_markers,
    from_rows,
    languages,
    markdown_table,
    pick,
    with_interval,
)
from pipeline.core.figures import COLUMNS as FIGURE_COLUMNS
from pipeline.core.figures import cells as figure_cells
from pipeline.core.language import language_codes, load_language, read_table
from pipeline.core.paths import RAW, ROOT
from pipeline.core.store import read_bytes, read_text, write_together
from pipeline.evaluate import FAULT_COLUMNS, Identities, Measured, fault_cells, faults, figures, measured, read_gold

GOLD = ROOT / "tests" / "gold"
SETTLED = GOLD / "settled"
ANNOTATORS = (GOLD / "a", GOLD / "b")
AGREEMENT = GOLD / "agreement.csv"
PAGES = {"accuracy": ROOT / "README.md", "agreement": GOLD / "README.md"}
"""Marker → the page that shows the figures between such markers."""


def identities() -> Identities:
    """The names of all language packs."""
    packs = [load_language(code) for code in language_codes()]
    articles = [word for pack in packs for word in pack.settings.get("articles", ())]
    return Identities((name for pack in packs for name in pack.names), articles)


def evaluation_files(texts: Sequence[Measured], corrections: int) -> dict[str, bytes]:
    """accuracy.csv, errors.csv and metrics.json of the texts that have gold. corrections: how many an editor made, switched off here."""
    names = identities()
    found = figures(texts, names)
    return {
        "accuracy.csv": accuracy_csv(found),
        "errors.csv": csv_table(FAULT_COLUMNS, map(fault_cells, faults(texts, names))),
        "metrics.json": _metrics(found, len(texts), corrections),
    }


def accuracy_csv(found: Iterable[Figure]) -> bytes:
    """Figures as a table."""
    return csv_table(FIGURE_COLUMNS, map(figure_cells, found))


def read_figures(path: Path) -> list[Figure]:
    """The figures in a table of them; none where no text has gold. Raises InputError."""
    if not path.is_file():
        raise InputError(path, "is not there", "run `make`")
    try:
        return from_rows(read_table(path))
    except msgspec.ValidationError as error:
        raise InputError(path, str(error), "run `make` again") from error


def _metrics(found: Sequence[Figure], texts: int, corrections: int) -> bytes:
    """What DVC shows: F1 of each table by language, without doubted rows, and how much was measured."""
    values = {
        shown.name: {code: round(figure.value, 3) for code, figure in sorted(pick(found, shown).items())}
        for shown in SHOWN
        if shown.metric
    }
    content = {**values, "texts": texts, "editorial_corrections": corrections}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def agreement() -> list[Figure]:
    """How far the two annotations agree by language, the first as gold for the second."""
    from pipeline.source import load_description

    one, other = map(read_gold, ANNOTATORS)
    texts = []
    for path in sorted(RAW.glob("*/document.yaml")):
        description = load_description(path)
        for _, text in description.texts():
            text_id = f"{description.document_id}.{text.edition}"
            if text_id in one and text_id in other:
                texts.append(measured(text_id, text.language, one[text_id], other[text_id]))
    return [figure for figure in figures(texts, identities(), labels=True) if figure.text_id == ALL]


def accuracy_lines(found: Sequence[Figure]) -> Iterator[str]:
    """The main figures for a terminal."""
    codes = languages(found)
    width = max(len(shown.words) for shown in SHOWN) + 4
    yield " " * width + "".join(f"{code:<22}{code + ', doubted too':<22}" for code in codes)
    for shown in SHOWN:
        sure, every = pick(found, shown), pick(found, shown, with_doubt=True)
        values = "".join(f"{with_interval(each.get(code)):<22}" for code in codes for each in (sure, every))
        yield f"{'' if shown.head else '  '}{shown.words}".ljust(width) + values.rstrip()


def head_lines(found: Sequence[Figure]) -> Iterator[str]:
    """One line for each table: F1 by language, without doubted rows."""
    for shown in SHOWN:
        if shown.head and (by_language := pick(found, shown)):
            yield f"  {shown.table:<12}" + "   ".join(
                f"{code} {with_interval(each)}" for code, each in sorted(by_language.items())
            )


def write_pages(found: Sequence[Figure]) -> Iterator[Path]:
    """Put the figures where people look for them; the files that changed."""
    annotators = agreement()
    files = {AGREEMENT: accuracy_csv(annotators)}
    for name, table in (("accuracy", markdown_table(found)), ("agreement", markdown_table(annotators, AGREEMENT_SHOWN))):
        page = read_text(PAGES[name])
        try:
            files[PAGES[name]] = between_markers(page, name, table).encode("utf-8")
        except ValueError as error:
            raise InputError(PAGES[name], str(error), "restore the page with git") from error
    changed = {path: data for path, data in files.items() if not path.exists() or read_bytes(path) != data}
    write_together(changed)
    yield from changed

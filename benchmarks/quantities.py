"""Quantities of the texts with gold, as the pipeline and as off-the-shelf tools read them: F1 by the pipeline's own matcher, and speed.

The pipeline reads everything else in the same pass, which its time includes. The other tools are optional (`make bench` installs them into
.venv-bench); where they are not there, that is said.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from benchmarks.speed import MB, run_one
from pipeline.accuracy import SETTLED
from pipeline.core.figures import ALL, Figure, with_interval
from pipeline.core.language import load_language
from pipeline.core.model import Row
from pipeline.core.paths import RAW, ROOT
from pipeline.evaluate import Gold, Identities, figures, measured, read_gold
from pipeline.extract import extract_text
from pipeline.outline import outline_document
from pipeline.source import check_raw, read_document, read_folder

PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TOOLS = ROOT / "benchmarks" / "other_tools.py"
OURS = "this pipeline"


class Read(NamedTuple):
    """What a tool read in one text, and the CPU seconds that it took."""

    rows: list[Row]
    seconds: float


class Given(NamedTuple):
    """A text with gold. start: its offset in the decoded source."""

    text_id: str
    language: str
    text: str
    start: int


def our_reading(gold: Gold) -> tuple[list[Given], dict[str, Read]]:
    """The texts with gold and what the pipeline reads in them; a document's time is shared out by length."""
    given, read = [], {}
    for folder in check_raw(RAW):
        description, files = read_folder(folder)
        run_one(description, files)  # rules are compiled once
        seconds = sum(run_one(description, files)[0].values())
        reading = read_document(description, files)
        whole = sum(text.char_end - text.char_start for text in reading.texts)
        for outline in outline_document(reading.texts)[0]:
            text, source = outline.text, reading.decoded[outline.text.source_id]
            if text.text_id in gold:
                found = extract_text(outline, load_language(text.language), source, reading.document.issued_on).quantities
                rows = [
                    {"char_start": q.char_start, "char_end": q.char_end, "value": q.value, "value_high": q.value_high}
                    for q in found
                ]
                own = Given(text.text_id, text.language.split("-")[0], source[text.char_start : text.char_end], text.char_start)
                given.append(own)
                read[own.text_id] = Read(rows, seconds * len(own.text) / whole)
    return given, read


def other_readings(given: Iterable[Given]) -> Iterator[tuple[str, dict[str, Read] | str]]:
    """Tool → what it reads in each text, all of it and what is sized only; or why it does not run."""
    texts = {each.text_id: each for each in given}
    request = json.dumps([{"text_id": each.text_id, "language": each.language, "text": each.text} for each in texts.values()])
    try:
        done = subprocess.run([PYTHON, TOOLS], input=request, capture_output=True, text=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        yield "quantulum3, Recognizers-Text", f"not installed in .venv-bench ({type(error).__name__}); see the lines above"
        return
    for tool, result in json.loads(done.stdout).items():
        if isinstance(result, str):
            yield tool, result
            continue
        for words, sized in ((tool, False), (f"{tool}, sized only", True)):
            yield (
                words,
                {
                    text_id: Read(
                        [_moved(row, texts[text_id].start) for row in each["rows"] if row["sized"] or not sized], each["seconds"]
                    )
                    for text_id, each in result.items()
                },
            )


def _moved(row: Mapping[str, Any], start: int) -> Row:
    return {
        "char_start": row["char_start"] + start,
        "char_end": row["char_end"] + start,
        "value": row["value"],
        "value_high": None,
    }


def scores(given: Iterable[Given], read: Mapping[str, Read], gold: Gold) -> dict[str, tuple[Figure, Figure, float]]:
    """Language → F1 of spans, F1 of spans with the value right, and MB/s. Doubted rows count: without them, too few are left."""
    texts, size, seconds = [], defaultdict[str, int](int), defaultdict[str, float](float)
    for each in given:
        if each.text_id in read:
            rows = [
                {**row, "quote": each.text[row["char_start"] - each.start : row["char_end"] - each.start]}
                for row in read[each.text_id].rows
            ]
            texts.append(
                measured(each.text_id, each.language, {"quantities": gold[each.text_id]["quantities"]}, {"quantities": rows})
            )
            size[each.language] += len(each.text.encode())
            seconds[each.language] += read[each.text_id].seconds
    found: defaultdict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures(texts, Identities(())):
        if figure.text_id == ALL and figure.measure == "f1" and figure.with_doubt:
            found[figure.language][figure.matching] = figure
    return {code: (by["overlap"], by["valued"], size[code] / MB / max(seconds[code], 1e-9)) for code, by in sorted(found.items())}


def table() -> Iterator[str]:
    """The comparison for a person to read."""
    gold = {text_id: tables for text_id, tables in read_gold(SETTLED).items() if "quantities" in tables}
    given, ours = our_reading(gold)
    yield f"{'quantities, F1 (95%)':<30}{'':<6}{'by overlap':<20}{'and value right':<20}{'MB/s':>8}"
    for tool, read in [(OURS, ours), *other_readings(given)]:
        if isinstance(read, str):
            yield f"{tool}: {read}"
            continue
        for code, (overlap, valued, speed) in scores(given, read, gold).items():
            yield f"{tool:<30}{code:<6}{with_interval(overlap):<20}{with_interval(valued):<20}{speed:>8.3f}"


def main() -> int:
    """Print the comparison."""
    print("\n".join(table()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

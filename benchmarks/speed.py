"""MB/s (UTF-8 bytes of the input, one process, one core) of source, outline, extract and all three, by language.

Each measurement runs in a process of its own, so that its peak of memory is its own. CPU time is counted, so that
other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.texts import documents, one_document, real_texts
from pipeline.core.language import load_language
from pipeline.core.paths import BUILD, ROOT
from pipeline.core.store import write_json
from pipeline.source.description import Description

ROOMS = ("source", "outline", "extract")
MB = 1_000_000


def measure(code: str, size: int, whole: bool) -> dict[str, Any]:
    """The figures of one language. size: bytes of input; whole: as one document instead of many."""
    language = load_language(code)
    texts = real_texts(code)
    run_one(*next(iter(documents(texts, language, 1))))
    before = _peak()
    seconds, found, count, total = dict.fromkeys(ROOMS, 0.0), dict.fromkeys(("sentences", "quantities", "bodies"), 0), 0, 0
    largest = 0
    with TemporaryDirectory() as folder:
        kept = [one_document(texts, language, size)] if whole else documents(texts, language, size)
        for described, data in written(kept, Path(folder)):
            spent, counts = run_one(described, {described.files[0].name: data})
            count, total, largest = count + 1, total + len(data), max(largest, len(data))
            for room in ROOMS:
                seconds[room] += spent[room]
            for name in found:
                found[name] += counts[name]
    speeds = {room: total / MB / seconds[room] for room in ROOMS} | {"all": total / MB / sum(seconds.values())}
    return {
        "language": code, "documents": count, "megabytes": round(total / MB, 2), "largest_megabytes": round(largest / MB, 2),
        "megabytes_per_second": {name: round(speed, 2) for name, speed in speeds.items()}, "found": found,
        "peak_megabytes": round(_peak()), "peak_before_megabytes": round(before),
    }  # fmt: skip


def written(made: Iterable[tuple[Description, dict[str, bytes]]], folder: Path) -> Iterator[tuple[Description, bytes]]:
    """The documents as a user has them, in files: all are made before the first is read, so that making the next does not
    push the pipeline out of the processor's caches."""
    described = []
    for description, files in made:
        (folder / description.document_id).write_bytes(files[description.files[0].name])
        described.append(description)
    yield from ((description, (folder / description.document_id).read_bytes()) for description in described)


def run_one(described: Description, files: dict[str, bytes]) -> tuple[dict[str, float], dict[str, int]]:
    """One document through the rooms: CPU seconds by room, and how much was found."""
    from pipeline.extract import extract_text
    from pipeline.outline import outline_document
    from pipeline.source import read_document

    start = time.process_time()
    reading = read_document(described, files)
    read = time.process_time()
    languages = {text.language: load_language(text.language) for text in reading.texts}
    outlines, _ = outline_document(reading.texts, languages)
    outlined = time.process_time()
    extractions = [extract_text(each, languages[each.text.language], reading.decoded[each.text.source_id]) for each in outlines]
    end = time.process_time()
    counts = {
        "sentences": sum(len(each.sentences) for each in outlines),
        "quantities": sum(len(each.quantities) for each in extractions),
        "bodies": sum(len(each.body_mentions) for each in extractions),
    }
    return {"source": read - start, "outline": outlined - read, "extract": end - outlined}, counts


def _peak() -> float:
    """The most memory that this process has held, in MB. Linux counts in KiB, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MB


def table(results: Iterable[dict[str, Any]]) -> str:
    """The figures for a person to read."""
    lines = [f"{'MB/s':<10}{'source':>9}{'outline':>9}{'extract':>9}{'all':>9}{'documents':>12}{'MB':>8}{'peak MB':>9}"]
    for item in results:
        speeds = "".join(f"{item['megabytes_per_second'][name]:>9.2f}" for name in (*ROOMS, "all"))
        lines.append(
            f"{item['language']:<10}{speeds}{item['documents']:>12,}{item['megabytes']:>8.1f}{item['peak_megabytes']:>9,}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Measure, print a table, and write build/benchmarks.json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=float, default=20, help="MB of input for each language (default: 20)")
    parser.add_argument("--language", action="append", help="a language code; may be repeated (default: en and zh)")
    parser.add_argument("--whole", action="store_true", help="all of it as one document")
    parser.add_argument("--out", type=Path, default=BUILD / "benchmarks.json", help="where the figures go")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    codes = options.language or ["en", "zh"]
    if options.here:
        print(json.dumps(measure(codes[0], int(options.size * MB), options.whole)))
        return 0
    results = []
    for code in codes:
        print(f"measuring {code}, {options.size:g} MB", file=sys.stderr)
        command = [sys.executable, "-m", "benchmarks", "--here", "--size", str(options.size), "--language", code]
        done = subprocess.run(command + ["--whole"] * options.whole, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            return done.returncode
        results.append(json.loads(done.stdout))
    print(table(results))
    write_json(options.out, {"whole": options.whole, "results": results})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

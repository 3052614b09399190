"""The stages: load, call the room, save. Only this file knows their order and the layout of build/.

build/source/<document_id>/   document.json, sources.jsonl, texts.jsonl, problems.jsonl, corrections.jsonl, text/<file>.txt (decoded)
build/outline/<document_id>/  sections.jsonl, sentences.jsonl, problems.jsonl
build/extract/<document_id>/  statements, quantities, body_mentions, instrument_mentions, problems (.jsonl); as_printed/: the same without
                              editorial corrections, where there are any
build/link/                   <table>.jsonl
build/tables/                 <table>.parquet
build/check/                  report.json
build/evaluate/               accuracy.csv, errors.csv, metrics.json
build/package/                what a release would be

source, outline and extract read one document at a time, alone: any number of them can run side by side. A room is
imported where it is called, so that a stage pays only for what it needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from hashlib import sha256
from os import cpu_count
from pathlib import Path

from pipeline.built import (
    AS_PRINTED,
    RECORDS,
    all_lines,
    documents,
    languages_of,
    read_all_decoded,
    read_corpus,
    read_decoded,
    read_measured,
    read_outlines,
    read_rows,
    read_tables,
)
from pipeline.core.errors import EnvironmentFault, InputError
from pipeline.core.language import load_labels, load_language
from pipeline.core.model import (
    Correction,
    Document,
    Text,
)
from pipeline.core.paths import DIST, PACKAGE, RAW, ROOT, SCHEMAS
from pipeline.core.store import read_bytes, read_json, read_lines, read_yaml, write_atomic, write_json, write_lines
from pipeline.core.trees import tree_hash
from pipeline.folders import whole_folder
from pipeline.progress import track
from pipeline.reuse import Ledger

DOCUMENTS_PER_WORKER = 16


# source, outline, extract: one document at a time


def source(build: Path, jobs: int | None) -> None:
    """raw/ → Documents, Sources, Texts and decoded files."""
    from pipeline.source import check_raw

    limit = largest_file()
    folders = check_raw(RAW, limit)
    _each_document("source", partial(_read, RAW, limit), [folder.name for folder in folders], build, jobs)


def _read(raw: Path, limit: int, out: Path, document_id: str) -> None:
    from pipeline.source import read_document, read_folder

    reading = read_document(*read_folder(raw / document_id, limit))
    write_json(out / "document.json", reading.document)
    write_lines(out / "sources.jsonl", reading.sources)
    write_lines(out / "texts.jsonl", reading.texts)
    write_lines(out / "problems.jsonl", reading.problems)
    write_lines(out / "corrections.jsonl", reading.corrections)
    for source_id, text in reading.decoded.items():
        write_atomic(out / "text" / f"{source_id.split('/', 1)[1]}.txt", text.encode())


def outline(build: Path, jobs: int | None) -> None:
    """Texts → section trees and sentences."""
    _each_document("outline", partial(_outline, build), documents(build), build, jobs)


def _outline(build: Path, out: Path, document_id: str) -> None:
    from pipeline.outline import outline_document

    texts = read_lines(build / "source" / document_id / "texts.jsonl", Text)
    outlines, problems = outline_document(texts, languages_of(texts))
    write_lines(out / "sections.jsonl", (section for each in outlines for section in each.sections))
    write_lines(out / "sentences.jsonl", (sentence for each in outlines for sentence in each.sentences))
    write_lines(out / "problems.jsonl", problems)


def extract(build: Path, jobs: int | None) -> None:
    """Section trees and sentences → Records."""
    _each_document("extract", partial(_extract, build), documents(build), build, jobs)


def _extract(build: Path, out: Path, document_id: str) -> None:
    from pipeline.extract import extract_text

    decoded = read_decoded(build, document_id)
    document = read_json(build / "source" / document_id / "document.json", Document)
    corrections = read_lines(build / "source" / document_id / "corrections.jsonl", Correction)
    outlines = read_outlines(build, document_id)
    for folder, chosen in [(out, corrections), (out / AS_PRINTED, [])][: 2 if corrections else 1]:
        found = [
            extract_text(each, load_language(each.text.language), decoded[each.text.source_id], document.issued_on, chosen)
            for each in outlines
        ]
        for name in RECORDS:
            write_lines(folder / f"{name}.jsonl", (record for extraction in found for record in getattr(extraction, name)))


def _each_document(
    stage: str, work: Callable[[Path, str], None], document_ids: Sequence[str], build: Path, jobs: int | None
) -> None:
    """Run `work` on each document that is new or changed; what it writes is the same for any number of jobs."""
    ledger = Ledger(stage, build)
    with whole_folder(build / stage) as out:
        changed = [each for each in document_ids if not ledger.reuse(each, out / each)]
        if jobs is None:
            jobs = min(cpu_count() or 1, 1 + len(changed) // DOCUMENTS_PER_WORKER)
        tasks = [(out / document_id, document_id) for document_id in changed]
        for _ in track(_results(work, tasks, jobs), len(tasks), f"{stage}: documents"):
            pass
        for document_id in changed:
            ledger.note(document_id, out / document_id)
        ledger.save(out)


def _results(work: Callable[[Path, str], None], tasks: Sequence[tuple[Path, str]], jobs: int) -> Iterator[None]:
    if jobs == 1:
        for out, document_id in tasks:
            work(out, document_id)
            yield
        return
    with ProcessPoolExecutor(jobs) as pool:
        futures = [pool.submit(work, *task) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise EnvironmentFault("worker", "was ended from outside, perhaps for lack of memory", "use fewer --jobs") from error
        finally:
            pool.shutdown(cancel_futures=True)


# link, tables, check, evaluate, publish: all documents


def link(build: Path, jobs: int | None) -> None:
    """All Outlines and Records → rows of the published tables."""
    from pipeline.link import link as link_corpus

    with whole_folder(build / "link") as out:
        for name, rows in link_corpus(read_corpus(build)).items():
            write_lines(out / f"{name}.jsonl", rows)


def tables(build: Path, jobs: int | None) -> None:
    """Rows → Arrow tables that conform to schemas/."""
    from pipeline.core.schema import load_schema
    from pipeline.publish.parquet import parquet_bytes
    from pipeline.tables import build_tables

    with whole_folder(build / "tables") as out:
        for name, table in build_tables(read_rows(build), load_schema()).items():
            write_atomic(out / f"{name}.parquet", parquet_bytes(table))


def check(build: Path, jobs: int | None) -> None:
    """Tables → report. Raises ValidationError where a check fails."""
    from pipeline.check import check_tables, require_passed
    from pipeline.core.schema import load_schema

    report = check_tables(read_tables(build), read_all_decoded(build), load_schema())
    if len(report.failures) > 1:
        print("\n".join(report.lines()), file=sys.stderr)
    require_passed(report)
    with whole_folder(build / "check") as out:
        write_json(out / "report.json", report)


def evaluate(build: Path, jobs: int | None) -> None:
    """Sections, Records and gold → figures, and every row that is not as the gold says."""
    from pipeline.accuracy import SETTLED, evaluation_files
    from pipeline.evaluate import read_gold

    corrections = all_lines(build, "source", "corrections", Correction)
    files = evaluation_files(read_measured(build, read_gold(SETTLED)), len(corrections))
    with whole_folder(build / "evaluate") as out:
        for name, data in files.items():
            write_atomic(out / name, data)


def publish(build: Path, jobs: int | None) -> None:
    """Tables, decoded texts, report and figures, and the release before → build/package."""
    from pipeline.core.schema import load_schema
    from pipeline.publish import Edition, make_package, read_index, write_package
    from pipeline.publish.rights import QUOTES, unstated

    report = read_json(build / "check" / "report.json", dict)
    made_with = {"requirements.txt": sha256(read_bytes(ROOT / "requirements.txt")).hexdigest()}
    made_with |= {f"{folder.name}/": tree_hash(folder) for folder in (PACKAGE, SCHEMAS, RAW)}
    accuracy = read_bytes(build / "evaluate" / "accuracy.csv")
    measured = accuracy if accuracy.count(b"\n") > 1 else None
    schema = load_schema()
    index = read_index(DIST)
    before = index.before(schema.package.version)
    previous = Edition.open(DIST / before) if before else None
    history = [
        {"version": item.version, "date": item.date, "content": item.content, "sha256sums": item.sha256sums}
        for item in index.history(schema.package.version)
    ]
    labels = load_labels(schema.package.languages)
    tables, decoded = read_tables(build), read_all_decoded(build)
    left_out = unstated(tables) if rights_not_stated() == QUOTES else set()
    files = make_package(tables, decoded, report, schema, made_with, measured, previous, left_out, labels, history)
    write_package(files, build / "package")


STAGES: Mapping[str, Callable[[Path, int | None], None]] = {
    stage.__name__: stage for stage in (source, outline, extract, link, tables, check, evaluate, publish)
}
"""In the order in which they run. Each takes the build folder and the number of jobs."""


# What params.yaml says


def largest_file() -> int:
    """The size in bytes that no file in raw/ may exceed, from params.yaml."""
    where = ROOT / "params.yaml"
    limit = (read_yaml(where) or {}).get("largest_file")
    if type(limit) is not int or limit < 1:
        raise InputError(where, "largest_file is not a number of bytes", "write, for example, largest_file: 268435456")
    return limit


def rights_not_stated() -> str:
    """What a package carries of sources whose rights are not stated, from params.yaml: their text, or short quotes."""
    from pipeline.publish.rights import CHOICES

    where = ROOT / "params.yaml"
    chosen = (read_yaml(where) or {}).get("rights_not_stated")
    if chosen not in CHOICES:
        raise InputError(
            where, f"rights_not_stated is not one of {', '.join(CHOICES)}", f"write, for example, rights_not_stated: {CHOICES[0]}"
        )
    return str(chosen)

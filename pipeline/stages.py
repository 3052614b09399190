"""The stages: load, call the room, save. Only this file knows their order and the layout of build/.

build/source/<document_id>/   document.json, sources.jsonl, texts.jsonl, problems.jsonl, text/<file>.txt (decoded)
build/outline/<document_id>/  sections.jsonl, sentences.jsonl, problems.jsonl
build/extract/<document_id>/  statements, quantities, body_mentions, instrument_mentions, problems (.jsonl)
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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from hashlib import sha256
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.core.errors import EnvironmentFault, InputError
from pipeline.core.language import Language, load_language
from pipeline.core.model import (
    BodyMention,
    Document,
    Extraction,
    InstrumentMention,
    Outline,
    Problem,
    Quantity,
    Row,
    Section,
    Sentence,
    Source,
    Statement,
    Text,
)
from pipeline.core.paths import DIST, PACKAGE, RAW, ROOT, SCHEMAS
from pipeline.core.store import read_bytes, read_json, read_lines, read_yaml, write_atomic, write_json, write_lines
from pipeline.folders import whole_folder
from pipeline.progress import track

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.evaluate import Gold, Measured
    from pipeline.link import Corpus

Line = TypeVar("Line")

RECORDS: Mapping[str, type[Any]] = {
    "statements": Statement,
    "quantities": Quantity,
    "body_mentions": BodyMention,
    "instrument_mentions": InstrumentMention,
    "problems": Problem,
}
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
    found = [
        extract_text(outline, load_language(outline.text.language), decoded[outline.text.source_id], document.issued_on)
        for outline in read_outlines(build, document_id)
    ]
    for name in RECORDS:
        write_lines(out / f"{name}.jsonl", (record for extraction in found for record in getattr(extraction, name)))


def _each_document(
    stage: str, work: Callable[[Path, str], None], document_ids: Sequence[str], build: Path, jobs: int | None
) -> None:
    """Run `work` on each document; what it writes is the same for any number of jobs."""
    if jobs is None:
        jobs = min(cpu_count() or 1, 1 + len(document_ids) // DOCUMENTS_PER_WORKER)
    with whole_folder(build / stage) as out:
        tasks = [(out / document_id, document_id) for document_id in document_ids]
        for _ in track(_results(work, tasks, jobs), len(tasks), f"{stage}: documents"):
            pass


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

    files = evaluation_files(read_measured(build, read_gold(SETTLED)))
    with whole_folder(build / "evaluate") as out:
        for name, data in files.items():
            write_atomic(out / name, data)


def publish(build: Path, jobs: int | None) -> None:
    """Tables, decoded texts, report and figures, and the release before → build/package."""
    from pipeline.core.schema import load_schema
    from pipeline.publish import Edition, make_package, read_index, tree_hash, write_package
    from pipeline.publish.rights import QUOTES, unstated

    report = read_json(build / "check" / "report.json", dict)
    made_with = {"requirements.txt": sha256(read_bytes(ROOT / "requirements.txt")).hexdigest()}
    made_with |= {f"{folder.name}/": tree_hash(folder) for folder in (PACKAGE, SCHEMAS, RAW)}
    accuracy = read_bytes(build / "evaluate" / "accuracy.csv")
    measured = accuracy if accuracy.count(b"\n") > 1 else None
    schema = load_schema()
    before = read_index(DIST).before(schema.package.version)
    previous = Edition.open(DIST / before) if before else None
    tables, decoded = read_tables(build), read_all_decoded(build)
    left_out = unstated(tables) if rights_not_stated() == QUOTES else set()
    files = make_package(tables, decoded, report, schema, made_with, measured, previous, left_out)
    write_package(files, build / "package")


STAGES: Mapping[str, Callable[[Path, int | None], None]] = {
    stage.__name__: stage for stage in (source, outline, extract, link, tables, check, evaluate, publish)
}
"""In the order in which they run. Each takes the build folder and the number of jobs."""


# What the stages read


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


def documents(build: Path) -> list[str]:
    """The ids of the documents that were read."""
    return sorted(path.parent.name for path in (build / "source").glob("*/document.json"))


def languages_of(texts: Iterable[Text]) -> dict[str, Language]:
    """The language packs that texts need, by their code."""
    return {code: load_language(code) for code in sorted({text.language for text in texts})}


def read_outlines(build: Path, document_id: str) -> tuple[Outline, ...]:
    """The outlines of one document's texts, original first."""
    texts = read_lines(build / "source" / document_id / "texts.jsonl", Text)
    sections, sentences = defaultdict(list), defaultdict(list)
    for section in read_lines(build / "outline" / document_id / "sections.jsonl", Section):
        sections[section.text_id].append(section)
    for sentence in read_lines(build / "outline" / document_id / "sentences.jsonl", Sentence):
        sentences[sentence.text_id].append(sentence)
    return tuple(Outline(text, tuple(sections[text.text_id]), tuple(sentences[text.text_id])) for text in texts)


def read_extractions(build: Path, outlines: Sequence[Outline]) -> tuple[Extraction, ...]:
    """What was read in each of one document's texts, parallel to its outlines."""
    folder = build / "extract" / outlines[0].text.document_id
    found: dict[str, dict[str, list[Any]]] = {outline.text.text_id: defaultdict(list) for outline in outlines}
    for name, kind in RECORDS.items():
        record: Any
        for record in read_lines(folder / f"{name}.jsonl", kind):
            found[record.text_id or outlines[0].text.text_id][name].append(record)
    return tuple(Extraction(**{name: tuple(records) for name, records in each.items()}) for each in found.values())


def read_corpus(build: Path) -> Corpus:
    """Everything that source, outline and extract found."""
    from pipeline.core.schema import load_schema
    from pipeline.link import Corpus

    ids = documents(build)
    outlines = [read_outlines(build, document_id) for document_id in ids]
    return Corpus(
        documents=tuple(read_json(build / "source" / document_id / "document.json", Document) for document_id in ids),
        sources=_all_lines(build, "source", "sources", Source),
        outlines=tuple(each for group in outlines for each in group),
        extractions=tuple(each for group in outlines for each in read_extractions(build, group)),
        problems=_all_lines(build, "source", "problems", Problem) + _all_lines(build, "outline", "problems", Problem),
        decoded=read_all_decoded(build),
        languages=tuple(load_schema().package.languages),
    )


def _all_lines(build: Path, stage: str, name: str, kind: type[Line]) -> tuple[Line, ...]:
    return tuple(line for each in documents(build) for line in read_lines(build / stage / each / f"{name}.jsonl", kind))


def read_measured(build: Path, gold: Gold) -> list[Measured]:
    """The annotated texts among those that were read. Rows are read as plain values, so that an older build can be measured, too."""
    from pipeline.evaluate import found_rows, hold_quotes, measured

    texts = []
    for document_id in documents(build):
        folders = {"sections": "outline"} | dict.fromkeys(RECORDS, "extract")
        decoded = read_decoded(build, document_id)
        rows = {name: read_lines(build / stage / document_id / f"{name}.jsonl", dict) for name, stage in folders.items()}
        for text in read_lines(build / "source" / document_id / "texts.jsonl", dict):
            if own := gold.get(text["text_id"]):
                hold_quotes(text["text_id"], own, decoded[text["source_id"]])
                found = {name: [row for row in each if row["text_id"] == text["text_id"]] for name, each in rows.items()}
                texts.append(measured(text["text_id"], text["language"].split("-")[0], own, found_rows(found)))
    return texts


def read_rows(build: Path) -> dict[str, list[Row]]:
    """The rows of each table, before they are typed."""
    return {path.stem: read_lines(path, dict) for path in sorted((build / "link").glob("*.jsonl"))}


def read_tables(build: Path) -> dict[str, pa.Table]:
    """The typed tables by name."""
    from pipeline.publish.parquet import read_parquet

    return {path.stem: read_parquet(read_bytes(path)) for path in sorted((build / "tables").glob("*.parquet"))}


def read_decoded(build: Path, document_id: str) -> dict[str, str]:
    """source_id → decoded text of one document's files."""
    folder = build / "source" / document_id / "text"
    return {f"{document_id}/{path.stem}": read_bytes(path).decode() for path in sorted(folder.glob("*.txt"))}


def read_all_decoded(build: Path) -> dict[str, str]:
    """source_id → decoded text of every file."""
    return {source_id: text for each in documents(build) for source_id, text in read_decoded(build, each).items()}

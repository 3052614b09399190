"""What the stages left in build/, read back into values; `stages` says how it lies there. A room is imported where it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.core.errors import InputError
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
from pipeline.core.store import read_bytes, read_json, read_lines

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
AS_PRINTED = "as_printed"
"""In the folder of a document with editorial corrections: what is read without them, which is what is measured."""


def documents(build: Path) -> list[str]:
    """The ids of the documents that were read. Raises InputError where there are none."""
    found = sorted(path.parent.name for path in _made(build / "source").glob("*/document.json"))
    if not found:
        raise InputError(build / "source", "holds no document", "run `make`")
    return found


def _made(folder: Path) -> Path:
    """What an earlier stage made. Raises InputError where that stage has not run."""
    if not folder.is_dir():
        raise InputError(folder, "is not there", "run `make`, which runs the stages in their order")
    return folder


def _hold_texts(folder: Path, told: Collection[str], known: Collection[str]) -> None:
    """Raise InputError where a stage wrote of a text that the source stage does not know any more."""
    if lost := sorted(set(told) - set(known)):
        raise InputError(folder, f"tells of {lost[0]}, which is no text of this document now", "run `make`")


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
    _hold_texts(build / "outline" / document_id, sections.keys() | sentences.keys(), {text.text_id for text in texts})
    return tuple(Outline(text, tuple(sections[text.text_id]), tuple(sentences[text.text_id])) for text in texts)


def read_extractions(build: Path, outlines: Sequence[Outline]) -> tuple[Extraction, ...]:
    """What was read in each of one document's texts, parallel to its outlines."""
    folder = build / "extract" / outlines[0].text.document_id
    found: defaultdict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    known = [outline.text.text_id for outline in outlines]
    for name, kind in RECORDS.items():
        record: Any
        for record in read_lines(folder / f"{name}.jsonl", kind):
            found[record.text_id or known[0]][name].append(record)
    _hold_texts(folder, found, known)
    return tuple(Extraction(**{name: tuple(records) for name, records in found[text_id].items()}) for text_id in known)


def read_corpus(build: Path) -> Corpus:
    """Everything that source, outline and extract found."""
    from pipeline.core.schema import load_schema
    from pipeline.link import Corpus

    ids = documents(build)
    outlines = [read_outlines(build, document_id) for document_id in ids]
    return Corpus(
        documents=tuple(read_json(build / "source" / document_id / "document.json", Document) for document_id in ids),
        sources=all_lines(build, "source", "sources", Source),
        outlines=tuple(each for group in outlines for each in group),
        extractions=tuple(each for group in outlines for each in read_extractions(build, group)),
        problems=all_lines(build, "source", "problems", Problem) + all_lines(build, "outline", "problems", Problem),
        decoded=read_all_decoded(build),
        languages=tuple(load_schema().package.languages),
    )


def all_lines(build: Path, stage: str, name: str, kind: type[Line]) -> tuple[Line, ...]:
    """The lines of one file of every document, in their order."""
    return tuple(line for each in documents(build) for line in read_lines(build / stage / each / f"{name}.jsonl", kind))


def read_measured(build: Path, gold: Gold) -> list[Measured]:
    """The annotated texts among those that were read. Rows are read as plain values, so that an older build can be measured, too."""
    from pipeline.evaluate import found_rows, hold_quotes, measured

    texts = []
    for document_id in documents(build):
        extracted = build / "extract" / document_id
        folder = extracted / AS_PRINTED if (extracted / AS_PRINTED).is_dir() else extracted
        folders = {"sections": build / "outline" / document_id} | dict.fromkeys(RECORDS, folder)
        decoded = read_decoded(build, document_id)
        rows = {name: read_lines(folder / f"{name}.jsonl", dict) for name, folder in folders.items()}
        for text in read_lines(build / "source" / document_id / "texts.jsonl", dict):
            if own := gold.get(text["text_id"]):
                hold_quotes(text["text_id"], own, decoded[text["source_id"]])
                found = {name: [row for row in each if row["text_id"] == text["text_id"]] for name, each in rows.items()}
                texts.append(measured(text["text_id"], text["language"].split("-")[0], own, found_rows(found)))
    return texts


def read_rows(build: Path) -> dict[str, list[Row]]:
    """The rows of each table, before they are typed."""
    return {path.stem: read_lines(path, dict) for path in sorted(_made(build / "link").glob("*.jsonl"))}


def read_tables(build: Path) -> dict[str, pa.Table]:
    """The typed tables by name."""
    from pipeline.publish.parquet import read_parquet

    return {path.stem: read_parquet(read_bytes(path)) for path in sorted(_made(build / "tables").glob("*.parquet"))}


def read_decoded(build: Path, document_id: str) -> dict[str, str]:
    """source_id → decoded text of one document's files."""
    folder = build / "source" / document_id / "text"
    return {f"{document_id}/{path.stem}": read_bytes(path).decode() for path in sorted(folder.glob("*.txt"))}


def read_all_decoded(build: Path) -> dict[str, str]:
    """source_id → decoded text of every file."""
    return {source_id: text for each in documents(build) for source_id, text in read_decoded(build, each).items()}

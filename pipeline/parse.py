"""One document from anywhere to tables, without raw/, DVC or a build folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.language import load_language
from pipeline.core.store import read_bytes, write_atomic, write_json
from pipeline.folders import whole_folder

MANIFEST = "parsed.json"
"""Names what `parse` wrote into a folder: only such a folder is written over."""


def parse_file(file: Path, out: Path) -> Iterator[str]:
    """Write the tables of one document to `out` and say what they hold. Raises InputError, ValidationError."""
    refuse_foreign(out)
    tables, decoded = tables_of(file)
    from pipeline.publish import table_files

    files = table_files(tables) | {f"text/{source_id}.txt": text.encode() for source_id, text in decoded.items()}
    with whole_folder(out) as folder:
        for name, data in files.items():
            write_atomic(folder / name, data)
        write_json(folder / MANIFEST, {name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
    for name, table in tables.items():
        if table.num_rows:
            yield f"{name:<22}{table.num_rows:>7,}"
    kinds = Counter(tables["problems"].column("kind").to_pylist())
    if kinds:
        yield "problems: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    yield f"{out}: {len(files)} files in csv/, parquet/ and text/"


def tables_of(file: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The tables of one document and its decoded text by source_id."""
    from pipeline.core.schema import load_schema
    from pipeline.extract import extract_text
    from pipeline.link import Corpus, link
    from pipeline.outline import outline_document
    from pipeline.source import description_for, read_document
    from pipeline.tables import build_tables

    data = read_bytes(file)
    description = description_for(data, file.name)
    reading = read_document(description, {each.name: data for each in description.files})
    languages = {text.language: load_language(text.language) for text in reading.texts}
    outlines, doubts = outline_document(reading.texts, languages)
    extractions = tuple(
        extract_text(each, languages[each.text.language], reading.decoded[each.text.source_id], reading.document.issued_on)
        for each in outlines
    )
    schema = load_schema()
    corpus = Corpus(
        documents=(reading.document,), sources=reading.sources, outlines=outlines, extractions=extractions,
        problems=reading.problems + doubts, decoded=reading.decoded, languages=tuple(schema.package.languages),
    )  # fmt: skip
    tables = build_tables(link(corpus), schema)
    return {name: table for name, table in tables.items() if schema.tables[name].group != "codes"}, dict(reading.decoded)


def refuse_foreign(out: Path) -> None:
    """Raise InputError where `out` holds anything that `parse` did not write there."""
    remedy = "name a new or an empty folder"
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise InputError(out, "is not a folder", remedy)
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_symlink() or not path.is_dir()}
    if not found:
        return
    written: Mapping[str, str] = {}
    try:
        written = msgspec.json.decode(read_bytes(out / MANIFEST), type=dict[str, str])
    except (PipelineError, msgspec.MsgspecError):
        raise InputError(out, "is not empty, and not what `parse` wrote before", remedy) from None
    for name, path in sorted(found.items()):
        if name != MANIFEST and (path.is_symlink() or hashlib.sha256(read_bytes(path)).hexdigest() != written.get(name)):
            raise InputError(path, "was not written by `parse`, or was changed since", remedy)

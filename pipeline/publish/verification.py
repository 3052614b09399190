"""A release against itself: its bytes, its descriptor, its tables and its spans. Nothing that it says is trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
import pyarrow as pa

from pipeline.core.errors import InputError, IntegrityError, PipelineError, ValidationError
from pipeline.core.model import Frozen
from pipeline.core.store import read_bytes, read_json
from pipeline.publish.cells import columns_of
from pipeline.publish.checksums import SUMS, list_files, parse_sums, sha256
from pipeline.publish.content import Content, package_content, table_content
from pipeline.publish.descriptor import DESCRIPTOR, UNREADABLE, Package, Resource, parse_descriptor
from pipeline.publish.edition import LARGEST_FILE
from pipeline.publish.parquet import read_parquet
from pipeline.publish.spans import span_faults
from pipeline.publish.structure import structure_faults, twin_faults
from pipeline.publish.versions import INDEX, Index, Released

CONTENT = "content.json"
DATA = ("csv/", "parquet/", "text/")
MOST_FAULTS = 20


class Verified(Frozen):
    """What a release that holds is made of. spans: passages compared with their source; yanked: why it should not be used, if so."""

    version: str
    files: int
    rows: dict[str, int]
    spans: int
    content: str
    yanked: str | None = None


def verify(folder: Path, say: Callable[[str], None] | None = None) -> Verified:
    """Check a release from the release alone.

    say: gets one line for each fault, 20 at most, where there are several. Raises IntegrityError where bytes are not what
    SHA256SUMS says or the folder holds other things, ValidationError where the content breaks the rules of its own descriptor.
    """

    def hold(faults: Iterable[str]) -> None:
        if found := list(faults):
            raise _error(ValidationError, folder, found, say)

    files = _verified_bytes(folder, say)
    package, unread = parse_descriptor(files.get(DESCRIPTOR, b""))
    if package is None:
        raise _error(ValidationError, folder, unread, say)
    hold(_resource_faults(package, files))
    tables, unread = _tables(package, files)
    hold(unread)
    hold(structure_faults(package.tables("parquet"), tables))
    hold(twin_faults(package.tables("csv"), files, tables))
    texts = {path[5:-4]: data.decode("utf-8") for path, data in files.items() if _is_text(path)}
    wrong, spans = span_faults(tables, texts, package.left_out)
    hold(wrong)
    hold(_content_faults(files, tables))
    content = msgspec.json.decode(files[CONTENT], type=Content).sha256
    rows = {name: table.num_rows for name, table in sorted(tables.items())}
    entry = _entry(folder)
    return Verified(package.version, len(files), rows, spans, content, entry.yanked if entry else None)


def read_release(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a folder that SHA256SUMS lists, by path, and one line for each that is missing, extra, changed or no file."""
    present, faults = list_files(folder)
    if SUMS not in present:
        raise IntegrityError(folder, f"has no {SUMS}", "name the folder of a release, or fetch it again")
    listed = parse_sums(_read(folder, SUMS), folder / SUMS)
    faults += [f"{path}: is missing" for path in sorted(listed.keys() - set(present))]
    faults += [f"{path!r}: is not listed in {SUMS}" for path in sorted(set(present) - listed.keys() - {SUMS})]
    files = {path: _read(folder, path) for path in present if path in listed or path == SUMS}
    changed = (path for path, data in files.items() if path != SUMS and sha256(data) != listed[path])
    faults += [f"{path}: is not the file that {SUMS} lists" for path in changed]
    return files, faults


def _read(folder: Path, path: str) -> bytes:
    try:
        return read_bytes(folder / path, LARGEST_FILE)
    except InputError as error:
        raise IntegrityError(error.where, error.reason, "fetch the release again") from error


def _verified_bytes(folder: Path, say: Callable[[str], None] | None) -> dict[str, bytes]:
    files, faults = read_release(folder)
    entry = None if faults else _entry(folder)
    if entry is not None and entry.sha256sums != sha256(files[SUMS]):
        faults = [f"{SUMS}: is not the list that {INDEX} names for {entry.version}"]
    if faults:
        raise _error(IntegrityError, folder, faults, say)
    return files


def _entry(folder: Path) -> Released | None:
    """What an index beside a release says of it, if there is one."""
    index = folder.resolve().parent / INDEX
    return read_json(index, Index).find(folder.resolve().name) if index.is_file() else None


def _error(kind: type[PipelineError], folder: Path, faults: list[str], say: Callable[[str], None] | None) -> PipelineError:
    remedy = "fetch the release again" if kind is IntegrityError else "do not use this release, and report the fault"
    if len(faults) == 1 or say is None:
        more = f" (and {len(faults) - 1:,} more faults)" if len(faults) > 1 else ""
        return kind(folder, " ".join(faults[0].split()) + more, remedy)
    for fault in faults[:MOST_FAULTS]:
        say(" ".join(fault.split()))
    more = f", {MOST_FAULTS} of them shown" if len(faults) > MOST_FAULTS else ""
    return kind(folder, f"has {len(faults):,} faults{more}", remedy)


def _is_text(path: str) -> bool:
    return path.startswith("text/") and path.endswith(".txt")


def _resource_faults(package: Package, files: Mapping[str, bytes]) -> Iterator[str]:
    """Every resource is a file of the release with the size and hash that it claims; every data file is a resource."""
    for item in package.resources:
        if item.path not in files:
            yield f"{DESCRIPTOR}: resource {item.name!r}: there is no {item.path}"
        elif item.size is not None and item.size != len(files[item.path]):
            yield f"{DESCRIPTOR}: resource {item.name!r}: {item.path} has {len(files[item.path])} bytes, not {item.size}"
        elif item.digest is not None and item.digest != f"sha256:{sha256(files[item.path])}":
            yield f"{DESCRIPTOR}: resource {item.name!r}: {item.path} has another hash"
    for path in sorted(files.keys() - {item.path for item in package.resources}):
        if path.startswith(DATA):
            yield f"{DESCRIPTOR}: no resource describes {path}"
    if CONTENT not in files:
        yield f"{CONTENT}: is missing"
    yield from (f"{path}: is not UTF-8" for path, data in files.items() if _is_text(path) and not _is_utf8(data))
    yield from _pair_faults(package)


def _pair_faults(package: Package) -> Iterator[str]:
    """Every table is there as CSV and as Parquet, with the same columns."""
    csv, parquet = package.tables("csv"), package.tables("parquet")
    for name in sorted(csv.keys() | parquet.keys()):
        if name not in csv or name not in parquet:
            yield f"{name}: is there in one of CSV and Parquet only"
        elif not _same_columns(csv[name], parquet[name]):
            yield f"{name}: CSV and Parquet are described with different columns"


def _same_columns(one: Resource, other: Resource) -> bool:
    return one.schema is not None and other.schema is not None and one.schema.fields == other.schema.fields


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _tables(package: Package, files: Mapping[str, bytes]) -> tuple[dict[str, pa.Table], list[str]]:
    tables: dict[str, pa.Table] = {}
    faults: list[str] = []
    for name, item in sorted(package.tables("parquet").items()):
        try:
            table = read_parquet(files[item.path])
            table.validate(full=True)
            str(table.schema)  # a damaged column name shows only when it is read
            tables[name] = table
        except (pa.ArrowException, OSError, ValueError) as error:
            faults.append(f"{item.path}: cannot be read: {' '.join(str(error).split())[:160]}")
    return tables, faults


def _content_faults(files: Mapping[str, bytes], tables: Mapping[str, pa.Table]) -> Iterator[str]:
    try:
        stated = msgspec.json.decode(files[CONTENT], type=Content)
    except UNREADABLE as error:
        yield f"{CONTENT}: cannot be read: {' '.join(str(error).split())[:160]}"
        return
    found = package_content(
        {name: table_content(table.schema, columns_of(name, table)) for name, table in tables.items()},
        {path[5:-4]: data for path, data in files.items() if _is_text(path)},
    )
    for kind, one, other in (("tables", stated.tables, found.tables), ("text", stated.text, found.text)):
        for name in sorted(one.keys() | other.keys()):
            if one.get(name) != other.get(name):
                yield f"{CONTENT}: {kind}/{name} is not what it states"
    if stated.sha256 != found.sha256:
        yield f"{CONTENT}: the hash of the whole is not what it states"

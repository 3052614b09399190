"""dist/index.json: which versions are released, and what each of them is. schemas/index.schema.json says what may stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.model import Frozen
from pipeline.core.paths import SCHEMAS
from pipeline.core.store import read_bytes, read_json, write_json
from pipeline.publish.edition import Edition
from pipeline.publish.fields import fingerprint

INDEX = "index.json"
INDEX_SCHEMA = SCHEMAS / "index.schema.json"
VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z][0-9A-Za-z.-]{0,40})?")


class Released(Frozen):
    """One version. content: hash of what it says; sha256sums: SHA-256 of its SHA256SUMS, and so of every byte of it.

    schema: fingerprint of its tables, columns and keys; previous: the version that its changes are told from; yanked: why it
    should not be used, where that is so.
    """

    version: str
    date: str
    content: str
    sha256sums: str
    schema: str | None = None
    previous: str | None = None
    yanked: str | None = None


class Index(Frozen):
    """latest: the highest version that is not yanked, a pre-release only where there is nothing else; versions: newest first."""

    latest: str | None = None
    versions: tuple[Released, ...] = ()

    def find(self, version: str) -> Released | None:
        """The entry of a version, if it is released."""
        return next((item for item in self.versions if item.version == version), None)

    def with_version(self, released: Released) -> Index:
        """The index with a version added or put in the place of its namesake."""
        return index_of([*(item for item in self.versions if item.version != released.version), released])

    def before(self, version: str | None = None) -> str | None:
        """The version that changes are told from: of one that is released, the one that was named then; else the highest lower one.

        Yanked versions and pre-releases are left out, since nobody is meant to upgrade from them. Without a version: the highest.
        """
        if version is not None and (known := self.find(version)):
            return known.previous
        below = None if version is None else version_key(version)
        return next(
            (item.version for item in self.versions if _sound(item) and (below is None or version_key(item.version) < below)),
            None,
        )

    def history(self, version: str) -> tuple[Released, ...]:
        """The versions that led to this one, newest first: each is what the changes of the next are told from.

        It stays what it is when later versions are added or taken back.
        """
        found: list[Released] = []
        before = self.before(version)
        while before is not None and (known := self.find(before)) is not None:
            found.append(known)
            before = known.previous
        return tuple(found)


def index_of(versions: Iterable[Released]) -> Index:
    """The index over these versions."""
    ordered = sorted(versions, key=lambda item: version_key(item.version), reverse=True)
    usable = [item.version for item in ordered if item.yanked is None]
    full = [item.version for item in ordered if _sound(item)]
    return Index(latest=next(iter(full or usable), None), versions=tuple(ordered))


def _sound(item: Released) -> bool:
    return item.yanked is None and "-" not in item.version


def version_key(version: str) -> tuple[object, ...]:
    """What semantic versions are ordered by; a pre-release comes before its version. Raises ValueError for anything else."""
    match = VERSION.fullmatch(version)
    if not match:
        raise ValueError(f"{version!r} is not a version such as 0.1.0")
    suffix = (match[4] or "-").removeprefix("-")
    parts = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in suffix.split(".")) if suffix else ()
    return (int(match[1]), int(match[2]), int(match[3]), not suffix, parts)


def read_index(dist: Path) -> Index:
    """The index of a folder of releases, empty where there is none. Raises InputError where it cannot be used."""
    where = dist / INDEX
    if not where.exists():
        return Index()
    content = read_json(where, dict)
    if fault := _form_fault(content) or _order_fault(index := msgspec.convert(content, Index)):
        raise InputError(where, fault, "restore it from version control")
    return index


def write_index(dist: Path, index: Index) -> None:
    """Write the index, what older entries lack filled in from their folders. Raises InputError where it would not be valid."""
    full = index_of(_completed(dist, item) for item in index.versions)
    if fault := _form_fault(json.loads(msgspec.json.encode(full))) or _order_fault(full):
        raise InputError(dist / INDEX, fault, "restore it from version control")
    write_json(dist / INDEX, full)


def _form_fault(content: Mapping[str, Any]) -> str | None:
    """What schemas/index.schema.json finds wrong, if anything."""
    schema: dict[str, Any] = json.loads(read_bytes(INDEX_SCHEMA))
    if wrong := best_match(Draft202012Validator(schema).iter_errors(content)):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in wrong.absolute_path).lstrip(".")
        return f"{place or 'the file'}: {wrong.message}"[:300]
    return None


def _order_fault(index: Index) -> str | None:
    """What no schema can say."""
    names = [item.version for item in index.versions]
    if len(set(names)) != len(names):
        return f"{max(names, key=names.count)} stands twice"
    return None if index == index_of(index.versions) else "`latest` or the order of the versions is not what they call for"


def _completed(dist: Path, item: Released) -> Released:
    """An entry with its schema's fingerprint, where the folder is there to take it from."""
    if item.schema is not None:
        return item
    try:
        edition = Edition.open(dist / item.version)
        if edition.sums == item.sha256sums:
            return msgspec.structs.replace(item, schema=fingerprint(edition.schemas))
    except PipelineError:
        pass
    return item

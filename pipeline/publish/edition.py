"""A package as a comparison reads it: its descriptor at once, each table when it is asked for, all of it held to its hashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from pipeline.core.errors import InputError, IntegrityError, ValidationError
from pipeline.core.store import read_bytes
from pipeline.publish.checksums import SUMS, parse_sums, sha256
from pipeline.publish.descriptor import DESCRIPTOR, Package, TableSchema, parse_descriptor
from pipeline.publish.structure import read_csv

LARGEST_FILE = 1 << 36
TEXTS = "text/"
PROVENANCE = "provenance.json"
"""How a package was made; the one file in which a release, built once more by other code, may differ from itself."""


class Edition:
    """A package that is compared. hashes: path → SHA-256 of every file but SHA256SUMS; sums: SHA-256 of SHA256SUMS, where there is one."""

    def __init__(self, where: object, hashes: Mapping[str, str], read: Callable[[str], bytes], sums: str | None = None) -> None:
        self.where, self.hashes, self.sums = where, hashes, sums
        self._read = read

    @classmethod
    def of(cls, files: Mapping[str, bytes], where: object = "the package") -> Edition:
        """A package in memory: relative path → bytes."""
        sums = sha256(files[SUMS]) if SUMS in files else None
        return cls(where, {path: sha256(data) for path, data in files.items() if path != SUMS}, files.__getitem__, sums)

    @classmethod
    def open(cls, folder: Path) -> Edition:
        """A release on disk; a file is read, and held to SHA256SUMS, when it is needed. Raises InputError, IntegrityError."""
        listed = read_bytes(folder / SUMS, LARGEST_FILE)
        hashes = parse_sums(listed, folder / SUMS)

        def read(path: str) -> bytes:
            try:
                data = read_bytes(folder / path, LARGEST_FILE)
            except InputError as error:
                raise IntegrityError(error.where, error.reason, "fetch the release again") from error
            if sha256(data) != hashes[path]:
                raise IntegrityError(folder / path, f"is not the file that {SUMS} lists", "fetch the release again")
            return data

        return cls(folder, hashes, read, sha256(listed))

    @cached_property
    def package(self) -> Package:
        """Its datapackage.json. Raises ValidationError where that cannot be used."""
        package, faults = parse_descriptor(self._read(DESCRIPTOR) if DESCRIPTOR in self.hashes else b"")
        if package is None:
            raise ValidationError(self.where, faults[0], "compare packages of this project")
        if lost := [item.path for item in package.tables("csv").values() if item.path not in self.hashes]:
            raise ValidationError(self.where, f"{DESCRIPTOR}: there is no {lost[0]}", "fetch the release again")
        return package

    @property
    def version(self) -> str:
        """The version that it says it is."""
        return self.package.version

    @cached_property
    def schemas(self) -> dict[str, TableSchema]:
        """Table name → its columns and keys, sorted by name."""
        return {name: item.schema for name, item in sorted(self.package.tables("csv").items()) if item.schema is not None}

    @property
    def texts(self) -> dict[str, str]:
        """Path → SHA-256 of the decoded sources."""
        return {path: digest for path, digest in sorted(self.hashes.items()) if path.startswith(TEXTS)}

    def same_as(self, other: Edition) -> bool:
        """Whether both have the same files, apart from what they say of how they were made."""
        return self._contents() == other._contents()

    def _contents(self) -> dict[str, str]:
        return {path: digest for path, digest in self.hashes.items() if path != PROVENANCE}

    def table_hash(self, table: str) -> str:
        """SHA-256 of a table's CSV, which has one writing for one content."""
        return self.hashes[self.package.tables("csv")[table].path]

    def cells(self, table: str) -> pa.Table:
        """A table as columns of text, as its CSV writes them; null where a cell is empty. Raises ValidationError."""
        path = self.package.tables("csv")[table].path
        columns = [field.name for field in self.schemas[table].fields]
        try:
            read = read_csv(self._read(path), pa.schema([(name, pa.string()) for name in columns]))
        except (pa.ArrowException, ValueError) as error:
            reason = f"{path}: cannot be read: {' '.join(str(error).split())[:160]}"
            raise ValidationError(self.where, reason, "fetch the release again") from error
        if read.column_names != columns:
            raise ValidationError(self.where, f"{path}: has other columns than {DESCRIPTOR} says", "fetch the release again")
        return read.combine_chunks()

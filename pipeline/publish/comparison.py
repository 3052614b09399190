"""What differs between a built package and the released one: files, and rows by primary key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.core.errors import IntegrityError, PipelineError
from pipeline.core.model import Frozen
from pipeline.publish.descriptor import DESCRIPTOR, Package, names, parse_descriptor
from pipeline.publish.parquet import read_parquet
from pipeline.publish.verification import read_release

Values = dict[tuple[object, ...], tuple[object, ...]]


class RowChanges(Frozen):
    """Rows of one table that are there on one side only, or on both with other values."""

    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        counts = ((self.added, "added"), (self.removed, "removed"), (self.changed, "changed"))
        return ", ".join(f"{count:,} {word}" for count, word in counts if count)


class Comparison(Frozen):
    """released: whether there is a release to compare with; damage: what is wrong with it, if anything."""

    version: str
    released: bool
    damage: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    tables: dict[str, RowChanges]

    @property
    def identical(self) -> bool:
        """Whether the release is there, undamaged, and the same in every byte."""
        return self.released and not (self.damage or self.added or self.removed or self.changed)

    def lines(self) -> list[str]:
        """What a person needs to know, the shortest first."""
        release = f"dist/{self.version}"
        if not self.released:
            return [f"{self.version} is not released yet"]
        if self.damage:
            return [f"{release} is damaged: {self.damage}"]
        if self.identical:
            return [f"identical with {release}"]
        counts = [(len(self.added), "new"), (len(self.changed), "changed"), (len(self.removed), "gone")]
        files = ", ".join(f"{count} {word}" for count, word in counts if count)
        return [f"differs from {release} (files: {files})", *(f"  {name}: {rows}" for name, rows in self.tables.items())]


def compare(package: Path, release: Path) -> Comparison:
    """Compare a package folder with a release folder. A missing or damaged release is a result, not an error.

    Raises IntegrityError where the package itself is not what its SHA256SUMS says.
    """
    files, faults = read_release(package)
    if faults:
        raise IntegrityError(package, faults[0], "run `make` again")
    if not release.exists():
        return Comparison(release.name, False, None, tuple(sorted(files)), (), (), {})
    try:
        old, damage = read_release(release)
    except PipelineError as error:
        old, damage = {}, [error.reason]
    if damage:
        return Comparison(release.name, True, damage[0], (), (), (), {})
    changed = sorted(path for path in files.keys() & old.keys() if files[path] != old[path])
    return Comparison(
        version=release.name, released=True, damage=None, added=tuple(sorted(files.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - files.keys())), changed=tuple(changed), tables=_row_changes(old, files),
    )  # fmt: skip


def _row_changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, RowChanges]:
    packages = [parse_descriptor(files.get(DESCRIPTOR, b""))[0] for files in (old, new)]
    paths = [{name: item.path for name, item in package.tables("parquet").items()} if package else {} for package in packages]
    changes: dict[str, RowChanges] = {}
    for name in sorted(paths[0].keys() | paths[1].keys()):
        before, after = (files.get(path.get(name, "")) for files, path in zip((old, new), paths, strict=True))
        if before != after:
            key = _key(packages[1] if name in paths[1] else packages[0], name)
            one, other = (_rows(data, key) for data in (before, after))
            both = one.keys() & other.keys()
            rows = RowChanges(len(other) - len(both), len(one) - len(both), sum(one[item] != other[item] for item in both))
            changes |= {name: rows} if rows.added or rows.removed or rows.changed else {}
    return changes


def _key(package: Package | None, name: str) -> list[str]:
    schema = package.tables("parquet")[name].schema if package else None
    return names(schema.primary_key) if schema else []


def _rows(data: bytes | None, key: list[str]) -> Values:
    """Rows by primary key, or by themselves where there is none."""
    if data is None:
        return {}
    try:
        table = read_parquet(data)
    except (pa.ArrowException, OSError):
        return {}
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    rows = list(zip(*columns.values(), strict=True))
    if not key or set(key) - columns.keys():
        return {row: row for row in rows}
    return dict(zip(zip(*(columns[name] for name in key), strict=True), rows, strict=True))

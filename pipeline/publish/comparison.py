"""What differs between a built package and releases: files and rows, and which version number that asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.core.errors import IntegrityError, PipelineError
from pipeline.core.model import Frozen
from pipeline.publish.changes import RowChanges
from pipeline.publish.checksums import SUMS
from pipeline.publish.diff import diff
from pipeline.publish.edition import PROVENANCE, Edition
from pipeline.publish.numbering import BUMP, changes_since, next_version
from pipeline.publish.verification import read_release
from pipeline.publish.versions import read_index


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

    @property
    def same(self) -> bool:
        """Whether the release is there, undamaged, and the same but for what provenance.json says of how it was made."""
        unlike = self.damage or self.added or self.removed or set(self.changed) - {PROVENANCE, SUMS}
        return self.released and not unlike

    def lines(self) -> list[str]:
        """What a person needs to know, the shortest first."""
        release = f"dist/{self.version}"
        if not self.released:
            return [f"{self.version} is not released yet"]
        if self.damage:
            return [f"{release} is damaged: {self.damage}"]
        if self.identical:
            return [f"identical with {release}"]
        if self.same:
            return [f"the same as {release}, made by other code or with other libraries ({PROVENANCE})"]
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
        rows = {} if damage else diff(Edition.of(old, release), Edition.of(files, package)).rows
    except PipelineError as error:
        damage = [error.reason]
    if damage:
        return Comparison(release.name, True, damage[0], (), (), (), {})
    changed = sorted(path for path in files.keys() & old.keys() if files[path] != old[path])
    return Comparison(
        version=release.name, released=True, damage=None, added=tuple(sorted(files.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - files.keys())), changed=tuple(changed), tables=rows,
    )  # fmt: skip


def standing(package: Path, dist: Path, version: str) -> Iterator[str]:
    """How a package of this version stands to the releases, and which version it needs."""
    same_number, index = compare(package, dist / version), read_index(dist)
    first, *more = same_number.lines()
    taken_back = next((item.yanked for item in index.versions if item.version == version), None)
    yield first + (f"; it has been taken back: {taken_back}" if taken_back else "")
    yield from more
    changes = None if same_number.same else changes_since(package, dist, version)
    if changes is not None:
        why = f"{changes.level or 'no'} changes since {changes.old}, see `python -m pipeline diff`"
        wanted = next_version(index, changes, version)
        yield f"  {version} is enough for {why}" if wanted == version else f"  needs version {wanted} for {why}; then `{BUMP}`"

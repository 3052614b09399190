"""Folders of packages: writing one in one stroke, releasing one, and what differs between two.

A release is staged in dist/.staging-<version>, verified there, renamed into place, and only then named in
dist/index.json. Whatever moment it is killed at, a reader sees the old state or the new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pipeline.core.errors import BusyError, InputError, IntegrityError, ValidationError
from pipeline.core.model import Frozen
from pipeline.core.store import faults_named, sync_folder, write_atomic
from pipeline.publish.bump import allows, forbidding, needed
from pipeline.publish.changes import Diff
from pipeline.publish.checksums import SUMS, path_fault
from pipeline.publish.descriptor import DESCRIPTOR, Known
from pipeline.publish.diff import diff
from pipeline.publish.diff_files import FOLDER, diff_files
from pipeline.publish.edition import Edition
from pipeline.publish.fields import fingerprint
from pipeline.publish.numbering import BUMP, date_fault
from pipeline.publish.verification import CONTENT, Verified, read_release, verify
from pipeline.publish.versions import INDEX, VERSION, Index, Released, read_index, write_index

STAGING = ".staging-"


class Release(Frozen):
    """What `release` did. new: False where the same content stood there already; changes: since the release before, if there is one."""

    version: str
    date: str
    folder: str
    new: bool
    content: str
    changes: Diff | None


class _Head(Known):
    version: str
    created: str


def package_folder(name: str | None, package: Path, dist: Path) -> Path:
    """The folder that a person means: a version, `build`, any folder, or, where nothing is said, the latest release. Raises InputError."""
    if name is None:
        latest = read_index(dist).before()
        if latest is None:
            raise InputError(dist / INDEX, "knows no release to compare with", "name two packages")
        return dist / latest
    folder = package if name == "build" else dist / name if VERSION.fullmatch(name) else Path(name)
    if not (folder / SUMS).is_file():
        raise InputError(
            folder, "is not a package", "name a version such as 0.1.0, the folder of a package, or `build` after `make`"
        )
    return folder


def write_package(files: Mapping[str, bytes], folder: Path) -> None:
    """Put a package's files into a folder of its own, in the place of what stood there. Raises EnvironmentFault."""
    with _staged(files, folder) as staging, faults_named(folder):
        _remove(folder)
        staging.rename(folder)
    sync_folder(folder.parent)


def release(package: Path, dist: Path, version: str, say: Callable[[str], None] | None = None) -> Release:
    """Release the package folder as dist/<version>.

    say: gets one line for each change that the version is too small for. Raises InputError where there is no package,
    ValidationError where it is of another version, of one too small for its changes, or does not hold, IntegrityError where the
    version is released with other content or is damaged, BusyError where another run is releasing.
    """
    if not VERSION.fullmatch(version):
        raise ValidationError("schemas/package.yaml", f"{version[:40]!r} is not a version such as 0.1.0", "correct `version`")
    if not package.is_dir():
        raise InputError(package, "is not there", "run `make` first")
    files, faults = read_release(package)
    if faults:
        raise IntegrityError(package, faults[0], "run `make` again")
    head = _head(files, package)
    if head.version != version:
        raise ValidationError(package, f"is version {head.version}, schemas/package.yaml says {version}", "run `make` again")
    with _locked(dist):
        for stale in dist.glob(f"{STAGING}*"):
            _remove(stale)
        target = dist / version
        new = not target.exists()
        changes = _changes(files, dist, version)
        if new:
            _hold_version(changes, files, version, say)
            _hold_date(read_index(dist), changes, head)
        verified = _put_in_place(files, target) if new else _same_content(files, target)
        edition = Edition.open(target)
        entry = Released(
            version=version, date=head.created[:10], content=verified.content, sha256sums=edition.sums or "",
            schema=fingerprint(edition.schemas), previous=changes.old if changes else None,
        )  # fmt: skip
        _enter(entry, dist)
    return Release(version, entry.date, str(target), new, verified.content, changes)


def yank(dist: Path, version: str, reason: str) -> bool:
    """Mark a version as one that should not be used; False where that reason stood there already. The release itself stays as it is.

    Raises InputError where the version is not released or no reason is given, BusyError where another run is releasing.
    """
    plain = " ".join(reason.split())
    if not plain:
        raise InputError("--reason", "is empty", "say in a line what is wrong with the version")
    with _locked(dist):
        index = read_index(dist)
        known = index.find(version)
        if known is None:
            raise InputError(dist / INDEX, f"knows no version {version[:40]!r}", "name one that is released")
        if known.yanked == plain:
            return False
        write_index(dist, index.with_version(msgspec.structs.replace(known, yanked=plain)))
    return True


def _changes(files: Mapping[str, bytes], dist: Path, version: str) -> Diff | None:
    """The changes since the release before, if there is one."""
    previous = read_index(dist).before(version)
    return None if previous is None else diff(Edition.open(dist / previous), Edition.of(files))


def _hold_version(changes: Diff | None, files: Mapping[str, bytes], version: str, say: Callable[[str], None] | None) -> None:
    """Raise ValidationError where a version is too small for its changes, or the package tells others than these."""
    told = {path: data for path, data in files.items() if path.startswith(f"{FOLDER}/")}
    if changes is not None and not allows(version, changes.old, changes.level):
        for line in forbidding(changes, version) if say else ():
            say(line)  # type: ignore[misc]
        smallest = needed(changes.old, changes.level)
        reason = f"version {version} is too small for {changes.level or 'any'} changes since {changes.old}, which need {smallest}"
        raise ValidationError("schemas/package.yaml", reason, f"run `{BUMP}`, then `make`")
    if told != (diff_files(changes) if changes is not None else {}):
        raise ValidationError(FOLDER, "does not tell the changes since the release before", "run `make` again")


def _hold_date(index: Index, changes: Diff | None, head: _Head) -> None:
    if fault := date_fault(index, changes.old if changes else None, head.created[:10]):
        raise ValidationError("schemas/package.yaml", fault, f"run `{BUMP}` with that date or a later one, then `make`")


def _head(files: Mapping[str, bytes], package: Path) -> _Head:
    try:
        return msgspec.json.decode(files.get(DESCRIPTOR, b""), type=_Head)
    except msgspec.MsgspecError as error:
        raise ValidationError(package / DESCRIPTOR, str(error), "run `make` again") from error


def _put_in_place(files: Mapping[str, bytes], target: Path) -> Verified:
    with _staged(files, target) as staging:
        verified = verify(staging)
        with faults_named(target):
            staging.rename(target)
    sync_folder(target.parent)
    return verified


def _same_content(files: Mapping[str, bytes], target: Path) -> Verified:
    verified = verify(target)
    there, here = Edition.open(target), Edition.of(files)
    if not here.same_as(there):
        same = here.hashes.get(CONTENT) == there.hashes.get(CONTENT)
        reason = "is released with the same values in other bytes" if same else "is released with other content"
        remedy = "raise `version` in schemas/package.yaml, or remove the folder if it was never published"
        raise IntegrityError(target, reason, remedy)
    return verified


def _enter(entry: Released, dist: Path) -> None:
    index = read_index(dist)
    known = index.find(entry.version)
    if known is not None and (known.content, known.sha256sums) != (entry.content, entry.sha256sums):
        raise IntegrityError(dist / INDEX, f"names other content for {entry.version}", "restore it from version control")
    if known is None:
        write_index(dist, index.with_version(entry))


@contextmanager
def _locked(dist: Path) -> Iterator[None]:
    """One release at a time. The lock is on the folder itself, so that nothing is left behind by a run that is killed."""
    with faults_named(dist):
        if not dist.exists():
            _make_folder(dist)
        handle = os.open(dist, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(dist, "another run is releasing", "wait until it has finished") from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _staged(files: Mapping[str, bytes], target: Path) -> Iterator[Path]:
    """All files in a folder beside the target; taken away again where that or what follows fails."""
    staging = target.parent / f"{STAGING}{target.name}"
    _remove(staging)
    try:
        _write(files, staging)
        yield staging
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """All files, readable by everybody whatever the umask."""
    for path in files:
        if fault := path_fault(path):
            raise ValidationError(path[:80], fault, "rename the source file")
    with faults_named(folder):
        for part in sorted({folder, *(above for path in files for above in (folder / path).parents if folder in above.parents)}):
            _make_folder(part)
    for path, data in sorted(files.items()):
        write_atomic(folder / path, data)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)


def _remove(path: Path) -> None:
    with faults_named(path):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)

"""Folders of packages: writing one in one stroke, releasing one, and what differs between two.

A release is staged in dist/.staging-<version>, verified there, renamed into place, and only then named in
dist/index.json. Whatever moment it is killed at, a reader sees the old state or the new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pipeline.core.errors import BusyError, InputError, IntegrityError, ValidationError
from pipeline.core.model import Frozen
from pipeline.core.store import faults_named, read_bytes, read_json, sync_folder, write_atomic, write_json
from pipeline.publish.checksums import SUMS, path_fault, sha256
from pipeline.publish.descriptor import DESCRIPTOR, Known
from pipeline.publish.verification import CONTENT, Verified, read_release, verify
from pipeline.publish.versions import INDEX, VERSION, Index, Released

STAGING = ".staging-"


class Release(Frozen):
    """What `release` did. new: False where the same content stood there already."""

    version: str
    folder: str
    new: bool
    content: str


class _Head(Known):
    version: str
    created: str


def write_package(files: Mapping[str, bytes], folder: Path) -> None:
    """Put a package's files into a folder of its own, in the place of what stood there. Raises EnvironmentFault."""
    with _staged(files, folder) as staging, faults_named(folder):
        _remove(folder)
        staging.rename(folder)
    sync_folder(folder.parent)


def release(package: Path, dist: Path, version: str) -> Release:
    """Release the package folder as dist/<version>.

    Raises InputError where there is no package, ValidationError where it is of another version or does not hold, IntegrityError where the version is
    released with other content or is damaged, BusyError where another run is releasing.
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
        verified = _put_in_place(files, target) if new else _same_content(files, target)
        entry = Released(version=version, date=head.created[:10], content=verified.content, sha256sums=sha256(files[SUMS]))
        _enter(entry, dist)
    return Release(version=version, folder=str(target), new=new, content=verified.content)


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
    if read_bytes(target / SUMS) != files[SUMS]:
        same = read_bytes(target / CONTENT) == files.get(CONTENT)
        reason = "is released with the same values in other bytes" if same else "is released with other content"
        remedy = "raise `version` in schemas/package.yaml, or remove the folder if it was never published"
        raise IntegrityError(target, reason, remedy)
    return verified


def _enter(entry: Released, dist: Path) -> None:
    index = read_json(dist / INDEX, Index) if (dist / INDEX).exists() else Index()
    known = index.find(entry.version)
    if known is not None and known != entry:
        raise IntegrityError(dist / INDEX, f"names other content for {entry.version}", "restore it from version control")
    if known is None:
        write_json(dist / INDEX, index.with_version(entry))


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

"""Folders that are written whole or not at all, and the lock that one run holds at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.core.errors import BusyError, InputError
from pipeline.core.store import faults_named, sync_folder


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A new folder to write into; it takes the place of `path` when the block ends without an error."""
    fresh, old = path.with_name(f".{path.name}.new"), path.with_name(f".{path.name}.old")
    with faults_named(path):
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
        fresh.mkdir(parents=True)
    try:
        yield fresh
        with faults_named(path):
            if path.exists():
                path.rename(old)
            fresh.rename(path)
            sync_folder(path.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def only_run(path: Path) -> Iterator[int]:
    """Hold the lock file at `path`; the system lets go of it when the process ends, however it ends. Raises BusyError.

    Yields the file descriptor: a child that inherits it holds the lock, too.
    """
    with faults_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            raise BusyError(path, f"another run (process {holder}) is at work", "wait for it to end, or end it") from None
        with faults_named(path):
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        yield handle
    finally:
        os.close(handle)


def refuse_special(folder: Path) -> None:
    """Raise InputError where a folder holds a FIFO, a socket or a device: reading one may never end."""
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
            raise InputError(path, "is not a regular file", "put a plain copy of the file there, or remove it")

"""SHA256SUMS and the paths that it may name: plain relative paths inside the release, no links, nothing else."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from pipeline.core.errors import IntegrityError

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f\\]+)")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
MOST_FILES = 100_000


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def path_fault(path: str) -> str | None:
    """Why a path may not stand in a release, or None where it may."""
    if not path or len(path) > 1024:
        return "is empty or too long"
    if SCHEME.match(path):
        return "is an address, not a file of the release"
    if path.startswith(("/", "~")):
        return "is absolute"
    if "\\" in path or any(ord(char) < 32 or ord(char) == 127 for char in path):
        return "holds a backslash or a control character"
    if any(part in ("", ".", "..") for part in path.split("/")):
        return "leaves the release or is not in its plainest form"
    return None


def sums_bytes(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS over all files but itself, sorted by path: what `sha256sum -c` reads."""
    return "".join(f"{sha256(data)}  {path}\n" for path, data in sorted(files.items()) if path != SUMS).encode("utf-8")


def parse_sums(data: bytes, where: Path) -> dict[str, str]:
    """Path → SHA-256. Raises IntegrityError where a line is not one of ours or names a path outside the release."""
    remedy = "fetch the release again"
    sums: dict[str, str] = {}
    try:
        lines = data.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise IntegrityError(where, "is not UTF-8", remedy) from error
    for number, line in enumerate(lines, start=1):
        match = LINE.fullmatch(line)
        if not match:
            raise IntegrityError(where, f"line {number} is not a checksum, two spaces and a path", remedy)
        fault = path_fault(match[2]) or ("stands twice" if match[2] in sums else None)
        if fault or match[2] == SUMS:
            raise IntegrityError(where, f"line {number}: the path {match[2][:80]!r} {fault or 'is the list itself'}", remedy)
        sums[match[2]] = match[1]
    return sums


def list_files(folder: Path) -> tuple[list[str], list[str]]:
    """The regular files below a folder, as sorted relative paths, and one line for each thing that is none (links, devices).

    Raises IntegrityError where the folder itself is a link or holds too many files.
    """
    if folder.is_symlink() or not folder.is_dir():
        raise IntegrityError(folder, "is not a folder", "name the folder of a release")
    files: list[str] = []
    faults: list[str] = []
    for root, folders, names in os.walk(folder, followlinks=False):
        base = Path(root)
        for name in folders + names:
            path = (base / name).relative_to(folder).as_posix()
            mode = (base / name).lstat().st_mode
            if stat.S_ISREG(mode):
                files.append(path)
            elif not stat.S_ISDIR(mode):
                faults.append(f"{path}: is a link or a device, not a file")
        if len(files) > MOST_FILES:
            raise IntegrityError(folder, f"holds more than {MOST_FILES:,} files", "name the folder of a release")
    return sorted(files), sorted(faults)

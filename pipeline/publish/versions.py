"""dist/index.json: which versions are released, and what each of them is."""

from __future__ import annotations

import re

from pipeline.core.model import Frozen

INDEX = "index.json"
VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z][0-9A-Za-z.-]{0,40})?")


class Released(Frozen):
    """One version. content: hash of what it says; sha256sums: SHA-256 of its SHA256SUMS, and so of every byte of it."""

    version: str
    date: str
    content: str
    sha256sums: str


class Index(Frozen):
    """latest: the highest version, a pre-release only where there is nothing else; versions: newest first."""

    latest: str | None = None
    versions: tuple[Released, ...] = ()

    def find(self, version: str) -> Released | None:
        """The entry of a version, if it is released."""
        return next((item for item in self.versions if item.version == version), None)

    def with_version(self, released: Released) -> Index:
        """The index with a version added or put in the place of its namesake."""
        others = [item for item in self.versions if item.version != released.version]
        ordered = sorted([*others, released], key=lambda item: version_key(item.version), reverse=True)
        full = [item.version for item in ordered if "-" not in item.version]
        return Index(latest=(full or [ordered[0].version])[0], versions=tuple(ordered))


def version_key(version: str) -> tuple[object, ...]:
    """What semantic versions are ordered by; a pre-release comes before its version. Raises ValueError for anything else."""
    match = VERSION.fullmatch(version)
    if not match:
        raise ValueError(f"{version!r} is not a version such as 0.1.0")
    suffix = (match[4] or "-").removeprefix("-")
    parts = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in suffix.split(".")) if suffix else ()
    return (int(match[1]), int(match[2]), int(match[3]), not suffix, parts)

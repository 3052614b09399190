"""The next version number: computed from what changed, written where the version stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.store import read_bytes, read_text, write_atomic, write_together
from pipeline.publish.bump import allows, core, needed
from pipeline.publish.changelog import with_entry
from pipeline.publish.changes import Diff
from pipeline.publish.diff import diff
from pipeline.publish.edition import Edition
from pipeline.publish.versions import Index, read_index

CHANGELOG = "CHANGELOG.md"
BUMP = "python -m pipeline bump --date YYYY-MM-DD"
STATED = ("schemas/package.yaml", "CITATION.cff")
"""Where a version and its date stand, below the checkout."""


def smallest(index: Index, changes: Diff) -> str:
    """The smallest version that the changes since a release allow and that is not taken, be it by a release taken back."""
    version = needed(changes.old, changes.level)
    while index.find(version):
        major, minor, patch = core(version)
        version = f"{major}.{minor}.{patch + 1}"
    return version


def changes_since(package: Path, dist: Path, version: str) -> Diff | None:
    """What differs between a package and the release before its version, or the latest where that is taken. Raises PipelineError."""
    index = read_index(dist)
    previous = index.before(None if index.find(version) else version)
    return None if previous is None else diff(Edition.open(dist / previous), Edition.open(package))


def next_version(index: Index, changes: Diff | None, version: str) -> str:
    """The version that a package of these changes gets: its own where that is free and large enough, else the smallest that is."""
    free = index.find(version) is None
    if changes is None or (free and allows(version, changes.old, changes.level)):
        return version
    return smallest(index, changes)


def bump(package: Path, dist: Path, root: Path, version: str, date: str, note: str | None) -> Iterator[str]:
    """Write the version that a package of version `version` gets, and its entry in the changelog; what was done, line by line.

    Nothing is written where one of the files cannot be. Raises PipelineError.
    """
    date = iso_date(date)
    if not package.is_dir():
        raise InputError(package, "is not there", "run `make` first")
    index, changes = read_index(dist), changes_since(package, dist, version)
    if index.find(version) and Edition.open(package).same_as(Edition.open(dist / version)):
        yield f"{version} is released, and build/package is the same: nothing to do"
        return
    wanted = next_version(index, changes, version)
    if fault := date_fault(index, changes.old if changes else None, date):
        raise InputError("--date", fault, "give that date or a later one")
    stating = [path for path in STATED if (root / path).exists()]
    pages = {root / path: with_version(root / path, wanted, date) for path in stating}
    pages[root / CHANGELOG] = changelog(root / CHANGELOG, wanted, date, changes, note)
    write_together({path: page.encode("utf-8") for path, page in pages.items()})
    why = f"{changes.level or 'no'} changes since {changes.old}" if changes else "nothing is released before it"
    yield from (f"{path}: version {wanted} of {date} ({why})" for path in stating)
    yield f"{CHANGELOG}: entry {wanted}; " + ("read it" if note else "say there, above the list, what people should know")
    yield "next: `make`, and `make release`"


def date_fault(index: Index, previous: str | None, date: str) -> str | None:
    """What is wrong with the date of a release that follows another one, if anything."""
    known = index.find(previous) if previous else None
    return f"{date} is before {known.date}, the date of {known.version}" if known and date < known.date else None


def with_version(path: Path, version: str, date: str) -> str:
    """A YAML file with a version and its date put into it, all else as it was. Raises InputError where one of them is missing."""
    page = read_text(path)
    for key, value in (("version", version), ("date(?:-released)?", f'"{date}"')):
        page, count = re.subn(rf"(?m)^({key}:).*$", rf"\g<1> {value}", page)
        if count != 1:
            raise InputError(path, f"does not state its {key.partition('(')[0]} in one line", "restore it with git")
    return page


def iso_date(text: str) -> str:
    """The date itself. Raises InputError."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise InputError("--date", f"{text[:40]!r} is no date", "write it as 2026-12-31")


def changelog(path: Path, version: str, date: str, changes: Diff | None, note: str | None = None) -> str:
    """The changelog with the entry of a version brought up to date. Raises InputError."""
    page = read_text(path) if path.exists() else "# Changelog\n"
    try:
        return with_entry(page, version, date, changes, " ".join(note.split()) if note else None)
    except ValueError as error:
        raise InputError(path, str(error), "restore the entry with git") from error


def write_changelog(path: Path, version: str, date: str, changes: Diff | None) -> bool:
    """Bring the entry of a version in the changelog up to date; whether anything changed. Raises InputError."""
    new = changelog(path, version, date, changes).encode("utf-8")
    if path.exists() and read_bytes(path) == new:
        return False
    write_atomic(path, new)
    return True

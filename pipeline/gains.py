"""What the working tree reads better and worse than a commit: its rules and code against the commit's, on the same gold."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.accuracy import SETTLED, identities
from pipeline.built import read_measured
from pipeline.core.errors import InputError
from pipeline.core.paths import ROOT
from pipeline.evaluate import Fault, faults, read_gold

ROOMS = ("source", "outline", "extract")
RUN = """\
import pathlib, sys
from pipeline.stages import STAGES
for name in sys.argv[2:]:
    STAGES[name](pathlib.Path(sys.argv[1]), None)
"""
"""What a checkout's own code is asked to do: its stages, into a folder outside the checkout."""

Place = tuple[str, str, str, int, int, str, str]


class Change:
    """One fault that is on one side only, or said otherwise. was, now: the fault before and after, if any."""

    def __init__(self, was: Fault | None, now: Fault | None) -> None:
        self.was, self.now = was, now
        self.what = "lost" if was is None else "gained" if now is None else "changed"

    @property
    def fault(self) -> Fault:
        """The fault as it is now, else as it was."""
        found = self.now or self.was
        assert found is not None
        return found

    def __str__(self) -> str:
        fault = self.fault
        kind = f"{fault.what} {fault.field or ''}".strip()
        said = "" if self.was is None or self.now is None else f", was {self.was.found!r}"
        values = f": {fault.found!r}{said}, gold {fault.gold!r}" if fault.what == "value" else ""
        place = f"{fault.text_id} {fault.char_start}–{fault.char_end}"
        return f"{self.what:<8}{kind:<24}{place}  {fault.quote[:80]!r}{values}{' (doubted)' if fault.doubt else ''}"


def gain_lines(base: str) -> Iterator[str]:
    """Row by row, what was gained and lost since a commit. Raises InputError where it cannot be read or does not build."""
    names, commit, gold = identities(), _commit(base), read_gold(SETTLED)
    if not gold:
        raise InputError(SETTLED, "holds no gold to compare with", "annotate a text, see tests/gold/README.md")
    with tempfile.TemporaryDirectory(prefix="gains-") as folder:
        before, after = Path(folder) / "before", Path(folder) / "after"
        _unpack(commit, before)
        _read(before, before / "build")
        _read(ROOT, after)
        found = [faults(read_measured(build, gold), names) for build in (before / "build", after)]
    yield f"faults at {base} ({commit[:10]}): {len(found[0]):,}; in the working tree: {len(found[1]):,}"
    yield from change_lines(changes(*found))


def changes(before: Sequence[Fault], after: Sequence[Fault]) -> list[Change]:
    """The faults that are gone (gained), new (lost), or the same in another way (changed), by table, language and place."""
    was, now = ({_place(fault): fault for fault in each} for each in (before, after))
    found = [Change(was.get(place), now.get(place)) for place in sorted(was.keys() | now.keys())]
    return [change for change in found if change.was != change.now]


def change_lines(found: Sequence[Change]) -> Iterator[str]:
    """Changes for a person to read: counts for each table and language, then each row."""
    for (table, language), group in groupby(found, key=lambda change: (change.fault.table, change.fault.language)):
        members = list(group)
        counts = ((sum(each.what == what for each in members), what) for what in ("gained", "lost", "changed"))
        yield f"{table} {language}: " + ", ".join(f"{count} {what}" for count, what in counts)
        yield from (f"  {change}" for change in members)
    if not found:
        yield "no row is read otherwise"


def _place(fault: Fault) -> Place:
    return fault.table, fault.language, fault.text_id, fault.char_start, fault.char_end, fault.what, fault.field or ""


def _commit(base: str) -> str:
    done = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if done.returncode:
        raise InputError(base, "is no commit of this checkout", "name one that `git log` shows")
    return done.stdout.decode().strip()


def _unpack(commit: str, folder: Path) -> None:
    """The files of a commit in a folder of their own; nothing is written into the checkout."""
    done = _git("archive", "--format=tar", commit)
    if done.returncode:
        raise InputError(commit, done.stderr.decode("utf-8", "replace").strip(), "look whether the checkout is complete")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True)  # noqa: S603, S607
    except FileNotFoundError:
        raise InputError("git", "is not installed", "install git") from None


def _read(checkout: Path, build: Path) -> None:
    """Read all documents of a checkout with its own code."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-c", RUN, str(build), *ROOMS]
    done = subprocess.run(command, cwd=checkout, env=environment, check=False, capture_output=True, encoding="utf-8")  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        raise InputError(checkout, f"its documents cannot be read: {reason}", "name another commit, or correct the working tree")

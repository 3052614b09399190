"""A disk that fills up at any moment: exit code 4, one line, and what was there before is still there, whole."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.publish import release, write_package
from tests.publish.small import lights
from tests.test_build import PLAIN, copy_of, files_of

pytestmark = pytest.mark.xdist_group("build")

VERSION = load_schema().package.version
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
RUN = """\
mount -t tmpfs -o "size=$1" none "$2" && cp -a "$3/." "$2/" || exit 99
disk=$2 after=$4; shift 4
"$@"; code=$?
cp -a "$disk/." "$after/" && umount "$disk"; exit $code
"""
"""A small disk is mounted over a folder, for this one command alone, and what is on it at the end is copied elsewhere."""


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    done = subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return done.returncode == 0


needs_disk = pytest.mark.skipif(
    not can_mount(), reason="a small disk cannot be mounted here; the tests below with a limit stand for it"
)


def on_disk(
    folder: Path, room: str, checkout: Path, *arguments: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, bytes]]:
    """A command of the pipeline while `folder` is a disk of that size with what it held; what came of it, and what is on the disk."""
    before, after = folder.parent / "before", folder.parent / "after"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, before)
    after.mkdir()
    command = [
        *NAMESPACE,
        "sh",
        "-c",
        RUN,
        "sh",
        room,
        str(folder),
        str(before),
        str(after),
        sys.executable,
        "-m",
        "pipeline",
        *arguments,
    ]
    done = subprocess.run(command, cwd=checkout, capture_output=True, check=False, encoding="utf-8", env=PLAIN | {"LC_ALL": "C"})
    return done, files_of(after)


def told(done: subprocess.CompletedProcess[str], reason: str = ": No space left on device; free some space") -> None:
    assert done.returncode == 4, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert reason in [line for line in done.stderr.splitlines() if not line.startswith("ERROR: failed to reproduce")][-1]


def sizes(files: dict[str, bytes], shares: Sequence[float]) -> list[str]:
    """Disks that hold these files and a share of as much again."""
    pages = sum(-(-len(data) // 4096) for data in files.values()) * 4
    return [f"{int(pages * (1 + share)) + 64}k" for share in shares]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the code with one release and, in build/package, the one that is to follow it."""
    folder = tmp_path / "checkout"
    for part in ("pipeline", "schemas"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    write_package(lights("0.0.1"), folder / "build/package")
    release(folder / "build/package", folder / "dist", "0.0.1")
    shutil.rmtree(folder / "build/package")
    write_package(lights(VERSION), folder / "build/package")
    return folder


@needs_disk
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_release_is_there_whole_or_not_at_all(checkout: Path, share: float) -> None:
    from pipeline.publish import Edition

    package = lights(VERSION, previous=Edition.open(checkout / "dist/0.0.1"))
    write_package(package, checkout / "build/package")
    before = files_of(checkout / "dist")
    done, after = on_disk(checkout / "dist", sizes(before, [share])[0], checkout, "release")
    told(done)
    assert after == before


@needs_disk
def test_a_build_stops_at_the_stage_that_finds_no_room(tmp_path: Path) -> None:
    checkout = copy_of(ROOT, tmp_path / "checkout")
    done, after = on_disk(checkout / "build", "700k", checkout, "build")
    told(done)
    folders = {path.split("/")[0] for path in after}
    assert "source" in folders
    assert not folders & {"extract", "link", "tables", "package"}
    assert not [name for name in folders if name.endswith((".new", ".old")) or name.startswith(".staging")]


@needs_disk
@pytest.mark.parametrize("room", ["64k", "200k"])
def test_files_made_of_a_package_are_there_together_or_not_at_all(checkout: Path, tmp_path: Path, room: str) -> None:
    done, after = on_disk(tmp_path / "out", room, checkout, "archive", "--out", str(tmp_path / "out"))
    told(done)
    assert after == {}


# Where no disk can be mounted, a limit on the size of a file stands for a full one


def limited(checkout: Path, most: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments], cwd=checkout, capture_output=True, check=False, encoding="utf-8",
        env=PLAIN | {"LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "most"), [(("archive",), 100), (("archive",), 4000), (("diff", "0.0.1", "build"), 100)], ids=str
)
def test_a_file_that_cannot_be_written_whole_is_not_there(
    checkout: Path, tmp_path: Path, arguments: tuple[str, ...], most: int
) -> None:
    before = files_of(checkout)
    told(limited(checkout, most, *arguments, "--out", str(tmp_path / "out")), ": File too large; check ")
    assert files_of(tmp_path / "out") == {}
    assert files_of(checkout) == before

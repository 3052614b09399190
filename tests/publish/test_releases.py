from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core.errors import BusyError, EnvironmentFault, IntegrityError, ValidationError
from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.publish import compare, make_package, release, verify, write_package
from pipeline.publish.checksums import sums_bytes
from tests.publish.sample import FIGURES, sample

VERSION = load_schema().package.version


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def other_package() -> dict[str, bytes]:
    schema = load_schema()
    tables, decoded = sample(schema)
    tables["objectives"] = tables["objectives"].slice(0, 1)
    return make_package(tables, decoded, {}, schema, {}, FIGURES)


def test_a_release_is_the_package_and_is_in_the_index(shared_folder: Path, tmp_path: Path) -> None:
    done = release(shared_folder, tmp_path / "dist", VERSION)
    assert done.new
    assert snapshot(tmp_path / "dist" / VERSION) == snapshot(shared_folder)
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [VERSION, "index.json"]
    index = json.loads((tmp_path / "dist/index.json").read_bytes())
    assert index["latest"] == VERSION
    assert index["versions"][0]["content"] == verify(tmp_path / "dist" / VERSION).content


def test_releasing_the_same_again_changes_nothing(shared_folder: Path, tmp_path: Path) -> None:
    release(shared_folder, tmp_path / "dist", VERSION)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "dist").rglob("*")}
    assert not release(shared_folder, tmp_path / "dist", VERSION).new
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "dist").rglob("*")} == before


def test_a_released_version_is_never_overwritten(shared_folder: Path, tmp_path: Path) -> None:
    release(shared_folder, tmp_path / "dist", VERSION)
    write_package(other_package(), tmp_path / "other")
    with pytest.raises(IntegrityError, match="is released with other content; raise `version`"):
        release(tmp_path / "other", tmp_path / "dist", VERSION)
    assert snapshot(tmp_path / "dist" / VERSION) == snapshot(shared_folder)


def test_a_damaged_release_is_told(shared_folder: Path, tmp_path: Path) -> None:
    release(shared_folder, tmp_path / "dist", VERSION)
    (tmp_path / "dist" / VERSION / "csv/targets.csv").write_text("x", encoding="utf-8")
    with pytest.raises(IntegrityError, match=r"csv/targets\.csv: is not the file"):
        release(shared_folder, tmp_path / "dist", VERSION)


def test_a_package_of_another_version_or_in_disorder_is_refused(shared_folder: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"schemas/package.yaml says 9\.9\.9"):
        release(shared_folder, tmp_path / "dist", "9.9.9")
    with pytest.raises(ValidationError, match="is not a version"):
        release(shared_folder, tmp_path / "dist", "../x")
    (folder / "csv/targets.csv").unlink()
    with pytest.raises(IntegrityError, match=r"csv/targets\.csv: is missing"):
        release(folder, tmp_path / "dist", VERSION)
    assert not (tmp_path / "dist").exists()


def test_one_release_at_a_time(shared_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    handle = os.open(tmp_path / "dist", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(BusyError, match="another run is releasing"):
        release(shared_folder, tmp_path / "dist", VERSION)
    os.close(handle)
    assert release(shared_folder, tmp_path / "dist", VERSION).new


KILLER = """
import os, signal, sys
from pathlib import Path
import pipeline.publish.releases as room
count = 0
def dying(work, when):
    def call(*arguments):
        global count
        count += 1
        if count == when:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments)
    return call
package, dist, version, what, when = sys.argv[1:]
setattr(room, what, dying(getattr(room, what), int(when)))
room.release(Path(package), Path(dist), version)
"""


@pytest.mark.parametrize(
    ("what", "when"), [("write_atomic", 1), ("write_atomic", 30), ("verify", 1), ("sync_folder", 1), ("write_json", 1)]
)
def test_killed_at_any_moment_leaves_no_half_release(shared_folder: Path, tmp_path: Path, what: str, when: int) -> None:
    dist = tmp_path / "dist"
    command = [sys.executable, "-c", KILLER, str(shared_folder), str(dist), VERSION, what, str(when)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=120).returncode == -9
    assert not (dist / "index.json").exists()
    if (dist / VERSION).exists():
        verify(dist / VERSION)
    release(shared_folder, dist, VERSION)
    assert sorted(path.name for path in dist.iterdir()) == [VERSION, "index.json"]
    assert snapshot(dist / VERSION) == snapshot(shared_folder)


def test_modes_do_not_depend_on_the_umask(package: dict[str, bytes], tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        write_package(package, tmp_path / "package")
        release(tmp_path / "package", tmp_path / "dist", VERSION)
    finally:
        os.umask(old)
    for path in [tmp_path / "dist", *(tmp_path / "dist").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def test_writing_a_package_takes_away_what_stood_there(package: dict[str, bytes], tmp_path: Path) -> None:
    write_package({**package, "csv/old.csv": b"x"}, tmp_path / "package")
    write_package(package, tmp_path / "package")
    assert snapshot(tmp_path / "package") == package
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_compare_tells_rows_by_table(shared_folder: Path, tmp_path: Path) -> None:
    assert compare(shared_folder, tmp_path / "dist" / VERSION).lines() == [f"{VERSION} is not released yet"]
    release(shared_folder, tmp_path / "dist", VERSION)
    same = compare(shared_folder, tmp_path / "dist" / VERSION)
    assert same.identical
    assert same.lines() == [f"identical with dist/{VERSION}"]
    write_package(other_package(), tmp_path / "other")
    other = compare(tmp_path / "other", tmp_path / "dist" / VERSION)
    assert not other.identical
    assert other.added == other.removed == ()
    assert {"csv/objectives.csv", "parquet/objectives.parquet", "SHA256SUMS"} <= set(other.changed)
    assert other.lines()[1:] == ["  objectives: 1 removed"]
    back = compare(shared_folder, tmp_path / "other")
    assert back.lines()[1:] == ["  objectives: 1 added"]


def test_compare_with_a_damaged_release_is_told(shared_folder: Path, tmp_path: Path) -> None:
    release(shared_folder, tmp_path / "dist", VERSION)
    (tmp_path / "dist" / VERSION / "README.md").unlink()
    assert "is damaged: README.md: is missing" in compare(shared_folder, tmp_path / "dist" / VERSION).lines()[0]


def test_compare_of_a_damaged_package_is_an_error(folder: Path, tmp_path: Path) -> None:
    (folder / "README.md").unlink()
    with pytest.raises(IntegrityError, match=r"README\.md: is missing"):
        compare(folder, tmp_path / "dist" / VERSION)


def test_the_same_values_in_other_bytes_are_told_as_such(package: dict[str, bytes], tmp_path: Path) -> None:
    write_package(package, tmp_path / "package")
    release(tmp_path / "package", tmp_path / "dist", VERSION)
    other = {**package, "README.md": b"# Other words\n"}
    write_package({**other, "SHA256SUMS": sums_bytes(other)}, tmp_path / "package")
    with pytest.raises(IntegrityError, match="is released with the same values in other bytes"):
        release(tmp_path / "package", tmp_path / "dist", VERSION)


def test_a_package_that_does_not_hold_is_not_released(folder: Path, package: dict[str, bytes], tmp_path: Path) -> None:
    wrong = {**package, "text/xx-2012-lights/zh.txt": b"other"}
    write_package({**wrong, "SHA256SUMS": sums_bytes(wrong)}, folder)
    with pytest.raises(ValidationError):
        release(folder, tmp_path / "dist", VERSION)
    assert list((tmp_path / "dist").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_line(package: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        write_package(package, tmp_path / "file" / "package")
    assert "\n" not in str(caught.value)

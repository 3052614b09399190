from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core.errors import BusyError, EnvironmentFault, InputError, IntegrityError, ValidationError
from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.publish import (
    Edition,
    compare,
    make_package,
    package_folder,
    read_index,
    release,
    standing,
    verify,
    write_package,
    yank,
)
from pipeline.publish.checksums import sums_bytes
from tests.publish.sample import FIGURES, sample
from tests.publish.small import lights

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
    ("what", "when"), [("write_atomic", 1), ("write_atomic", 30), ("verify", 1), ("sync_folder", 1), ("write_index", 1)]
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


# The next version


def released(tmp_path: Path, *versions: str) -> Path:
    """A dist folder with these versions, each but the first without its last problem."""
    dist = tmp_path / "dist"
    for version in versions:
        before = read_index(dist).before(version)
        previous = Edition.open(dist / before) if before else None
        write_package(lights(version, {"problems": 1} if previous else None, previous, page=version), tmp_path / "package")
        release(tmp_path / "package", dist, version)
    return dist


def test_a_release_tells_its_changes_and_names_the_version_before(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0", "0.1.1")
    verify(dist / "0.1.1")
    assert "problems,pro-2" in (dist / "0.1.1/diff/0.1.0/changes.csv").read_text(encoding="utf-8")
    assert "`diff/0.1.0/`" in (dist / "0.1.1/README.md").read_text(encoding="utf-8")
    first, second = read_index(dist).versions[::-1]
    assert (first.previous, second.previous) == (None, "0.1.0")
    assert first.schema == second.schema is not None
    assert first.content != second.content


def test_a_version_too_small_for_its_changes_is_refused_with_the_rows_that_forbid_it(tmp_path: Path) -> None:
    write_package(lights("1.0.0", {"problems": 1}), tmp_path / "package")
    release(tmp_path / "package", tmp_path / "dist", "1.0.0")
    write_package(lights("1.0.1", None, Edition.open(tmp_path / "dist/1.0.0")), tmp_path / "package")
    said: list[str] = []
    with pytest.raises(
        ValidationError, match=r"version 1\.0\.1 is too small for minor changes since 1\.0\.0, which need 1\.1\.0"
    ) as caught:
        release(tmp_path / "package", tmp_path / "dist", "1.0.1", said.append)
    assert caught.value.exit_code == 3
    assert [line[:40] for line in said] == ['minor: problems pro-2: a new row ({"kind']
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["1.0.0", "index.json"]


@pytest.mark.parametrize("previous", [None, "0.0.9"])
def test_a_package_that_tells_other_changes_is_refused(tmp_path: Path, previous: str | None) -> None:
    dist = released(tmp_path, "0.1.0")
    stale = Edition.of(lights(previous)) if previous else None
    write_package(lights("0.1.1", {"problems": 1}, stale), tmp_path / "package")
    with pytest.raises(ValidationError, match="does not tell the changes since the release before; run `make` again"):
        release(tmp_path / "package", dist, "0.1.1")


def test_a_released_version_is_built_again_to_the_byte_after_later_ones_and_without_the_one_before(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0", "0.1.1", "0.1.2")
    yank(dist, "0.1.0", "wrong")
    before = read_index(dist).before("0.1.1")
    assert before == "0.1.0"
    assert lights("0.1.1", {"problems": 1}, Edition.open(dist / before), page="0.1.1") == snapshot(dist / "0.1.1")


def test_a_release_made_again_by_other_code_is_the_same_release(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0")
    files = lights("0.1.0", page="0.1.0")
    files["provenance.json"] = files["provenance.json"].replace(b"c" * 64, b"d" * 64)
    write_package({**files, "SHA256SUMS": sums_bytes(files)}, tmp_path / "package")
    assert compare(tmp_path / "package", dist / "0.1.0").same
    index = (dist / "index.json").read_bytes()
    assert not release(tmp_path / "package", dist, "0.1.0").new
    assert (dist / "index.json").read_bytes() == index


def test_a_version_that_is_taken_back_stays_and_is_never_the_latest(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0", "0.1.1")
    files = snapshot(dist / "0.1.1")
    assert yank(dist, "0.1.1", "  lost\n a problem ")
    assert not yank(dist, "0.1.1", "lost a problem")
    index = read_index(dist)
    assert index.latest == "0.1.0"
    assert [item.yanked for item in index.versions] == ["lost a problem", None]
    assert snapshot(dist / "0.1.1") == files
    assert verify(dist / "0.1.1").yanked == "lost a problem"
    assert verify(dist / "0.1.0").yanked is None
    assert not release(tmp_path / "package", dist, "0.1.1").new
    assert read_index(dist) == index
    write_package(lights("0.1.2", {"problems": 1}, Edition.open(dist / "0.1.0")), tmp_path / "package")
    assert release(tmp_path / "package", dist, "0.1.2").changes is not None
    assert read_index(dist).find("0.1.2").previous == "0.1.0"  # type: ignore[union-attr]


@pytest.mark.parametrize(("version", "reason"), [("0.1.0", ""), ("0.1.0", " \n"), ("9.9.9", "wrong"), ("../x", "wrong")])
def test_what_cannot_be_taken_back(tmp_path: Path, version: str, reason: str) -> None:
    dist = released(tmp_path, "0.1.0")
    with pytest.raises(InputError):
        yank(dist, version, reason)
    assert read_index(dist).latest == "0.1.0"


def test_a_package_stands_to_the_releases_as_it_is_told(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0", "0.1.1")
    package = tmp_path / "package"
    assert list(standing(package, dist, "0.1.1")) == ["identical with dist/0.1.1"]
    write_package(lights("0.1.1", page="0.1.1"), package)
    told = list(standing(package, dist, "0.1.1"))
    assert told[0].startswith("differs from dist/0.1.1 (files: ")
    assert told[1] == "  problems: 1 added"
    assert told[-1].startswith("  needs version 0.1.2 for minor changes since 0.1.1")
    write_package(lights("0.1.2"), package)
    assert list(standing(package, dist, "0.1.2"))[-1].startswith("  0.1.2 is enough for minor changes since 0.1.1")
    yank(dist, "0.1.1", "wrong")
    write_package(lights("0.1.1"), package)
    assert next(standing(package, dist, "0.1.1")).endswith("; it has been taken back: wrong")


def test_the_folder_that_is_meant(tmp_path: Path) -> None:
    dist = released(tmp_path, "0.1.0")
    package = tmp_path / "package"
    for name, folder in {None: dist / "0.1.0", "0.1.0": dist / "0.1.0", "build": package, str(package): package}.items():
        assert package_folder(name, package, dist) == folder
    for name in ("0.2.0", "nowhere", str(tmp_path)):
        with pytest.raises(InputError, match="is not a package"):
            package_folder(name, package, dist)
    with pytest.raises(InputError, match="knows no release"):
        package_folder(None, package, tmp_path)


def test_a_date_before_that_of_the_release_before_is_refused(tmp_path: Path) -> None:
    write_package(lights("0.1.0"), tmp_path / "package")
    release(tmp_path / "package", tmp_path / "dist", "0.1.0")
    index = json.loads((tmp_path / "dist/index.json").read_bytes())
    index["versions"][0]["date"] = "2099-01-01"
    (tmp_path / "dist/index.json").write_text(json.dumps(index), encoding="utf-8")
    write_package(lights("0.1.1", {"problems": 1}, Edition.open(tmp_path / "dist/0.1.0")), tmp_path / "package")
    with pytest.raises(ValidationError, match=r"is before 2099-01-01, the date of 0\.1\.0; run `python -m pipeline bump"):
        release(tmp_path / "package", tmp_path / "dist", "0.1.1")
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["0.1.0", "index.json"]

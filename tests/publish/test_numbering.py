from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from pipeline.core.errors import EnvironmentFault, InputError
from pipeline.core.paths import ROOT
from pipeline.publish import Diff, Edition, read_index, release, write_package, yank
from pipeline.publish.changes import change
from pipeline.publish.numbering import bump, iso_date, next_version, with_version, write_changelog
from pipeline.publish.versions import Index, Released, index_of
from tests.publish.small import lights

MINOR = Diff("1.0.0", "1.0.0", (change("row_added", "lamps", key="a"),))


def index(*versions: str, yanked: str | None = None) -> Index:
    return index_of(
        Released(version, "2026-01-01", "c", "s", yanked="wrong" if version == yanked else None) for version in versions
    )


@pytest.mark.parametrize(
    ("known", "own", "wanted"),
    [
        (index("1.0.0"), "1.0.0", "1.1.0"),
        (index("1.0.0"), "1.0.1", "1.1.0"),
        (index("1.0.0"), "1.1.0", "1.1.0"),
        (index("1.0.0"), "2.0.0", "2.0.0"),
        (index("1.0.0", "1.1.0", yanked="1.1.0"), "1.1.0", "1.1.1"),
    ],
)
def test_a_version_is_raised_only_where_it_is_taken_or_too_small(known: Index, own: str, wanted: str) -> None:
    assert next_version(known, MINOR, own) == wanted


def test_a_first_release_keeps_the_version_that_people_gave_it() -> None:
    assert next_version(Index(), None, "0.1.0") == "0.1.0"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one release and, in build/package, one that has a row fewer."""
    (tmp_path / "schemas").mkdir()
    for path in ("schemas/package.yaml", "CITATION.cff"):
        shutil.copyfile(ROOT / path, tmp_path / path)
        (tmp_path / path).write_text(with_version(tmp_path / path, "0.1.0", "2026-01-01"), encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 — 2026-01-01\n\nThe first.\n", encoding="utf-8")
    write_package(lights("0.1.0"), tmp_path / "build/package")
    release(tmp_path / "build/package", tmp_path / "dist", "0.1.0")
    write_package(lights("0.1.0", {"problems": 1}), tmp_path / "build/package")
    return tmp_path


def run(checkout: Path, version: str = "0.1.0", date: str = "2031-02-02", note: str | None = None) -> list[str]:
    return list(bump(checkout / "build/package", checkout / "dist", checkout, version, date, note))


def test_the_version_is_written_where_it_stands_and_nothing_else_changes(checkout: Path) -> None:
    paths = [checkout / "schemas/package.yaml", checkout / "CITATION.cff"]
    before = [path.read_text(encoding="utf-8") for path in paths]
    told = run(checkout, note=" One\n problem less. ")
    assert told[0] == "schemas/package.yaml: version 0.1.1 of 2031-02-02 (patch changes since 0.1.0)"
    for path, page in zip(paths, before, strict=True):
        assert path.read_text(encoding="utf-8") == page.replace("version: 0.1.0", "version: 0.1.1").replace(
            "2026-01-01", "2031-02-02"
        )
    page = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## 0.1.1 — 2031-02-02\n\nOne problem less.\n\n<!-- changes in 0.1.1 -->\n\n- In all: patch changes;" in page
    assert "- problems: 1 removed\n" in page
    assert page.endswith("## 0.1.0 — 2026-01-01\n\nThe first.\n")


def test_the_version_that_is_written_can_be_released(checkout: Path) -> None:
    run(checkout)
    previous = Edition.open(checkout / "dist/0.1.0")
    write_package(lights("0.1.1", {"problems": 1}, previous), checkout / "build/package")
    made = release(checkout / "build/package", checkout / "dist", "0.1.1")
    page = (checkout / "CHANGELOG.md").read_text(encoding="utf-8").replace("2031-02-02", made.date)
    write_changelog(checkout / "CHANGELOG.md", made.version, made.date, made.changes)
    assert (checkout / "CHANGELOG.md").read_text(encoding="utf-8") == page
    assert not write_changelog(checkout / "CHANGELOG.md", made.version, made.date, made.changes)


def test_a_second_time_changes_nothing_and_what_is_released_needs_nothing(checkout: Path) -> None:
    run(checkout)
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
    run(checkout, "0.1.1")
    assert {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()} == before
    write_package(lights("0.1.0"), checkout / "build/package")
    assert run(checkout) == ["0.1.0 is released, and build/package is the same: nothing to do"]


def test_after_a_version_is_taken_back_the_next_one_is_free(checkout: Path) -> None:
    write_package(lights("0.1.1", {"problems": 1}, Edition.open(checkout / "dist/0.1.0")), checkout / "build/package")
    release(checkout / "build/package", checkout / "dist", "0.1.1")
    yank(checkout / "dist", "0.1.1", "wrong")
    write_package(lights("0.1.1", {"problems": 2}), checkout / "build/package")
    assert run(checkout, "0.1.1")[0].startswith("schemas/package.yaml: version 0.1.2")
    assert read_index(checkout / "dist").before("0.1.2") == "0.1.0"


@pytest.mark.parametrize(
    "date", ["", "today", "2031-2-2", "2026-13-01", "2026-02-30", "20310202", "２０３１-02-02", "2031-02-02T00:00"]
)
def test_what_is_no_date_changes_nothing(checkout: Path, date: str) -> None:
    before = (checkout / "schemas/package.yaml").read_bytes()
    with pytest.raises(InputError, match="is no date; write it as 2026-12-31"):
        run(checkout, date=date)
    assert (checkout / "schemas/package.yaml").read_bytes() == before
    assert iso_date("2024-02-29") == "2024-02-29"


def test_a_file_that_states_no_version_and_a_build_that_is_not_there_are_one_line(checkout: Path) -> None:
    (checkout / "CITATION.cff").write_text("version: 1\nversion: 2\n")
    with pytest.raises(InputError, match="does not state its version in one line"):
        with_version(checkout / "CITATION.cff", "0.1.1", "2031-02-02")
    shutil.rmtree(checkout / "build")
    with pytest.raises(InputError, match="run `make` first"):
        run(checkout)


def all_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("CHANGELOG.md", b"# \xff\xfe\n"),
        ("CITATION.cff", b"version: 1\nt: \xe9\n"),
        ("CITATION.cff", b"title: no version\n"),
        ("CHANGELOG.md", b"# Changelog\n\n## 0.1.1 \xe2\x80\x94 x\n\n<!-- changes in 0.1.1 -->\n"),
        ("CHANGELOG.md", None),
    ],
)
def test_the_number_is_written_everywhere_or_nowhere(checkout: Path, file: str, content: bytes | None) -> None:
    if content is None:
        (checkout / file).unlink()
        (checkout / file).mkdir()
    else:
        (checkout / file).write_bytes(content)
    before = all_files(checkout)
    with pytest.raises(InputError):
        run(checkout)
    assert all_files(checkout) == before


def test_a_full_disk_leaves_every_file_as_it_was(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, sync, calls = all_files(checkout), os.fsync, []

    def fill(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(EnvironmentFault, match="No space left"):
        run(checkout)
    assert all_files(checkout) == before


def test_a_date_before_that_of_the_last_release_is_refused(checkout: Path) -> None:
    before, last = all_files(checkout), read_index(checkout / "dist").versions[0].date
    with pytest.raises(InputError, match=f"2020-01-01 is before {last}, the date of 0.1.0"):
        run(checkout, date="2020-01-01")
    assert all_files(checkout) == before
    assert run(checkout, date=last)

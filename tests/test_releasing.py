"""From a change to a release, by the commands that people run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.publish import Edition, release, write_package
from tests.publish.small import lights
from tests.test_build import copy_of, files_of, run

pytestmark = pytest.mark.xdist_group("build")

VERSION = load_schema().package.version
PAGES = ("CHANGELOG.md", "CITATION.cff")


def with_pages(checkout: Path) -> Path:
    for page in PAGES:
        shutil.copyfile(ROOT / page, checkout / page)
    return checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the code, whose releases and whose build are sample packages: the build has a row fewer than the last release."""
    folder = tmp_path / "a copy 抄本"
    for part in ("pipeline", "schemas"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    write_package(lights(VERSION), folder / "build/package")
    release(folder / "build/package", folder / "dist", VERSION)
    write_package(lights(VERSION, {"problems": 1}), folder / "build/package")
    return with_pages(folder)


def test_a_diff_is_told_and_written(checkout: Path, tmp_path: Path) -> None:
    done = run(checkout, "diff", "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"dist/{VERSION} → build/package\n")
    assert "  problems: 1 removed\n    problems pro-2: a row is gone" in done.stdout
    assert sorted(files_of(tmp_path / "out")) == ["changes.csv", "changes.parquet", "ids.csv", "summary.md"]
    for pair in (("build", VERSION), (VERSION, str(checkout / "build" / "package")), (VERSION, VERSION)):
        assert run(checkout, "diff", *pair).returncode == 0


def test_the_number_is_written_and_a_package_of_another_number_is_not_released(checkout: Path) -> None:
    done = run(checkout, "bump", "--date", "2031-01-02", "--note", "One problem less.")
    assert done.returncode == 0, done.stderr
    assert 'date: "2031-01-02"' in (checkout / "schemas/package.yaml").read_text(encoding="utf-8")
    assert "\n\nOne problem less.\n\n<!-- changes in " in (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    done = run(checkout, "release")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)


def test_other_content_under_a_released_number_is_refused(checkout: Path) -> None:
    before = files_of(checkout / "dist")
    done = run(checkout, "release")
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert "is released with other content" in done.stderr
    assert files_of(checkout / "dist") == before


@pytest.mark.parametrize("command", [("release",), ("bump", "--date", "2031-01-02")])
def test_a_changelog_that_is_not_utf8_is_one_line_and_nothing_is_done(checkout: Path, command: tuple[str, ...]) -> None:
    (checkout / "CHANGELOG.md").write_bytes("# Änderungen\n".encode("latin-1"))
    before = files_of(checkout / "dist"), files_of(checkout / "schemas")
    done = run(checkout, *command)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "CHANGELOG.md: is not UTF-8 from byte 2 on" in done.stderr
    assert (files_of(checkout / "dist"), files_of(checkout / "schemas")) == before


def test_a_version_is_taken_back_with_a_reason(checkout: Path) -> None:
    before = files_of(checkout / "dist" / VERSION)
    done = run(checkout, "yank", VERSION, "--reason", "wrong 错")
    assert done.returncode == 0, done.stderr
    index = json.loads((checkout / "dist/index.json").read_bytes())
    assert (index["latest"], index["versions"][0]["yanked"]) == (None, "wrong 错")
    assert files_of(checkout / "dist" / VERSION) == before
    done = run(checkout, "verify", f"dist/{VERSION}")
    assert done.returncode == 0
    assert "has been taken back: wrong 错" in done.stderr


@pytest.mark.parametrize("content", ["", "[]", '{"latest": null}', '{"latest": "9.9.9", "versions": []}'])
def test_an_index_that_cannot_be_used_is_one_line(checkout: Path, content: str) -> None:
    (checkout / "dist/index.json").write_text(content)
    for arguments in (("diff",), ("bump", "--date", "2031-01-02"), ("yank", VERSION, "--reason", "x"), ("publish",)):
        done = run(checkout, *arguments)
        assert done.returncode == 2, (arguments, done.stderr)
        assert done.stderr.count("\n") == 1


def test_a_change_becomes_a_release_that_builds_the_same_everywhere(tmp_path: Path) -> None:
    checkout = with_pages(copy_of(ROOT, tmp_path / "one"))
    path = checkout / "schemas/codelists/severities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Nothing to do", "No need to do anything"), encoding="utf-8")
    assert run(checkout, "build").returncode == 0
    assert run(checkout, "bump", "--date", "2031-01-02").returncode == 0
    assert run(checkout, "build").returncode == 0
    done = run(checkout, "release")
    assert done.returncode == 0, done.stderr
    version = json.loads((checkout / "dist/index.json").read_bytes())["latest"]
    released, lock = files_of(checkout / "dist" / version), (checkout / "dvc.lock").read_bytes()
    previous = json.loads((checkout / "dist/index.json").read_bytes())["versions"][0]["previous"]
    assert "codelist_severities" in (checkout / f"dist/{version}/diff/{previous}/changes.csv").read_text(encoding="utf-8")
    assert Edition.open(checkout / "build/package").same_as(Edition.open(checkout / "dist" / version))
    clone = copy_of(checkout, tmp_path / "two 两")
    assert run(clone, "build", TZ="Asia/Kathmandu", PYTHONHASHSEED="7").returncode == 0
    assert files_of(clone / "build/package") == released
    assert (clone / "dvc.lock").read_bytes() == lock

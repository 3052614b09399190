"""The whole build, in a copy of the checkout: what a user meets after `make`, and what may happen to it."""

from __future__ import annotations

import fcntl
import os
import posixpath
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.core.paths import ROOT
from pipeline.stages import STAGES
from tests.publish.site.sample_site import Read

pytestmark = pytest.mark.xdist_group("build")

PARTS = (
    "pipeline",
    "schemas",
    "raw",
    "dist",
    ".dvc/config",
    ".dvcignore",
    "dvc.yaml",
    "dvc.lock",
    "params.yaml",
    "requirements.txt",
    "tests/gold/settled",
)
PLAIN = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "PIPELINE"))}


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command, cwd=checkout, capture_output=True, check=False, encoding="utf-8", env=PLAIN | {"LC_ALL": "C"} | environment
    )


def copy_of(source: Path, target: Path) -> Path:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif (source / part).is_file():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / part, target / part)
    return target


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, in a folder with an odd name and outside git, after one build."""
    checkout = copy_of(ROOT, tmp_path_factory.mktemp("build") / "a copy 抄本")
    done = run(checkout, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return copy_of(ROOT, tmp_path / "checkout")


def test_a_build_ends_with_a_summary(built: Path) -> None:
    text = run(built, "summary").stdout
    for word in ("targets", "quantities", "problems", "Checks", "Accuracy", "build/package", "targets.parquet"):
        assert word in text


def test_a_second_build_runs_no_stage_and_changes_nothing(built: Path) -> None:
    before = files_of(built / "build" / "package"), (built / "dvc.lock").read_bytes()
    done = run(built, "build", LC_ALL="C.UTF-8", TZ="Asia/Shanghai", PYTHONHASHSEED="7")
    assert done.returncode == 0
    assert "Running stage" not in done.stdout
    assert (files_of(built / "build" / "package"), (built / "dvc.lock").read_bytes()) == before


@pytest.mark.parametrize("stage", ["source", "outline", "extract"])
def test_the_number_of_jobs_changes_nothing(built: Path, stage: str) -> None:
    before = files_of(built / "build" / stage)
    done = run(built, stage, "--jobs", "3", PYTHONHASHSEED="99")
    assert done.returncode == 0, done.stderr
    assert files_of(built / "build" / stage) == before


@pytest.mark.parametrize("stage", ["link", "tables", "evaluate", "publish"])
def test_a_stage_alone_gives_the_same_bytes(built: Path, stage: str) -> None:
    folder = built / "build" / {"publish": "package"}.get(stage, stage)
    before = files_of(folder)
    assert run(built, stage, PYTHONHASHSEED="5", TZ="UTC+12").returncode == 0
    assert files_of(folder) == before


def test_the_package_verifies_and_a_changed_byte_is_found(built: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(built / "build" / "package", package)
    assert run(built, "verify", str(package)).returncode == 0
    path = package / "csv" / "targets.csv"
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    done = run(built, "verify", str(package))
    assert done.returncode == 6
    assert "csv/targets.csv" in done.stderr


def test_the_site_is_small(built: Path) -> None:
    files = files_of(built / "build/package/site")
    scripts = [len(data) for path, data in files.items() if path.endswith(".js") and not path.startswith("assets/search/")]
    assert sum(map(len, files.values())) < 2_000_000
    assert sum(scripts) < 100_000


def test_every_link_of_the_site_leads_somewhere(built: Path) -> None:
    package = files_of(built / "build/package")
    pages = {path: Read(data) for path, data in package.items() if path.startswith("site/") and path.endswith(".html")}
    ids = {path: set(page.ids) for path, page in pages.items()}
    lost = []
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            anchor = "" if parts.fragment.startswith("q=") else unquote(parts.fragment)
            if not parts.scheme and (there not in package or (anchor and anchor not in ids[there])):
                lost.append((path, address))
    assert len(pages) > 20
    assert lost == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_second_run_is_told_that_the_first_is_at_work(built: Path, stage: str) -> None:
    with (built / "build" / ".lock").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = run(built, stage)
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1
    assert "another run" in done.stderr


@pytest.mark.parametrize("lock", [".lock", ".build.lock"])
def test_a_second_build_is_told_that_the_first_is_at_work(built: Path, lock: str) -> None:
    with (built / "build" / lock).open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = run(built, "build")
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)


# A document of one's own

CHINESE = """国务院关于加强城市河道治理的意见

国发〔2031〕5号

一、主要目标
到2035年，河道水质达标率达到95%以上，建成生态河道2000公里。

二、主要任务
（一）加强源头治理。由水利部牵头，财政部配合，制定《河道治理条例》。
（二）完善监测体系。建设监测站点300个。
"""
ENGLISH = """Clean Rivers Strategy 2031-2035

I. Objectives
By 2035, at least 95% of rivers are to meet the standard, and 2,000 km of banks are to be restored.

II. Tasks
1. Control at the source. The Ministry of Water is to lead, with the support of the Ministry of Finance.
2. Monitoring. Build 300 stations.
"""


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("name", ["plain.txt", "政策 文件.txt", "a\nb.txt", "-v.txt"])
def test_parse_reads_a_file_from_anywhere_or_refuses_it_in_one_line(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run(ROOT, "parse", str(tmp_path / name), "--out", str(tmp_path / "out 表"))
    assert done.returncode == 0 or (done.returncode == 2 and done.stderr.count("\n") == 1), done.stderr
    assert done.returncode == 0 or name != "plain.txt"
    if done.returncode == 0:
        rows = (tmp_path / "out 表" / "csv" / "quantities.csv").read_text(encoding="utf-8")
        assert "95" in rows
        assert "2035" in rows
        again = files_of(tmp_path / "out 表")
        assert run(ROOT, "parse", str(tmp_path / name), "--out", str(tmp_path / "out 表")).returncode == 0
        assert files_of(tmp_path / "out 表") == again


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"%PDF-1.7\n\xb5\xb5",
        b"\xd7\xff" * 50,
    ],
)
def test_parse_refuses_what_is_no_text_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    done = run(ROOT, "parse", str(tmp_path / "file"), "--out", str(tmp_path / "out"))
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    ["x", "。", "1.", "2035", "第一条", "|a|b|\n|-|-|\n", "#" * 500, "（" * 3000, "一、" * 3000, "\u3000" * 9 + "\n", "\u202e"],
)
def test_parse_reads_odd_texts_without_a_fault(tmp_path: Path, content: str) -> None:
    (tmp_path / "file.txt").write_text(content, encoding="utf-8")
    done = run(ROOT, "parse", str(tmp_path / "file.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode in (0, 2), done.stderr
    assert "Traceback" not in done.stderr


def test_a_document_that_is_added_is_built(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "rivers.txt").write_text(CHINESE, encoding="utf-8")
    before = set((fresh / "raw").iterdir())
    done = run(fresh, "add", str(tmp_path / "rivers.txt"), "--id", "cn-2031-rivers")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in set((fresh / "raw").iterdir()) - before} == {"cn-2031-rivers"}
    for stage in ("source", "outline", "extract", "link", "tables"):
        assert run(fresh, stage).returncode == 0
    assert "cn-2031-rivers" in (fresh / "build" / "link" / "documents.jsonl").read_text(encoding="utf-8")
    again = run(fresh, "add", str(tmp_path / "rivers.txt"), "--id", "cn-2031-rivers")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


# A raw folder that cannot be used


def first_text(checkout: Path) -> Path:
    return min((checkout / "raw").glob("*/*.txt"))


def damage_hash(checkout: Path) -> None:
    path = first_text(checkout)
    path.write_bytes(path.read_bytes() + b"\n")


def damage_missing(checkout: Path) -> None:
    first_text(checkout).unlink()


def damage_fifo(checkout: Path) -> None:
    path = first_text(checkout)
    path.unlink()
    os.mkfifo(path)


def damage_link(checkout: Path) -> None:
    path = first_text(checkout)
    path.rename(checkout / "elsewhere")
    path.symlink_to(checkout / "elsewhere")


def damage_key(checkout: Path) -> None:
    path = first_text(checkout).parent / "document.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nunknown_key: 1\n", encoding="utf-8")


def damage_yaml(checkout: Path) -> None:
    (first_text(checkout).parent / "document.yaml").write_text("a: [", encoding="utf-8")


def damage_limit(checkout: Path) -> None:
    (checkout / "params.yaml").write_text("largest_file: 10\n")


def damage_params(checkout: Path) -> None:
    (checkout / "params.yaml").write_text("largest_file: many\n")


def damage_pipe_in_schemas(checkout: Path) -> None:
    os.mkfifo(checkout / "schemas" / "pipe")


@pytest.mark.parametrize(
    "damage",
    [
        damage_hash, damage_missing, damage_fifo, damage_link, damage_key, damage_yaml, damage_limit, damage_params, damage_pipe_in_schemas,
    ],
)  # fmt: skip
def test_a_build_stops_in_one_line_before_anything_runs(fresh: Path, damage: object) -> None:
    damage(fresh)  # type: ignore[operator]
    done = run(fresh, "build")
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert not (fresh / "build" / "source").exists()


def test_a_failing_stage_gives_its_exit_code_to_the_build(fresh: Path) -> None:
    path = fresh / "pipeline" / "link" / "__init__.py"
    broken = "\n\ndef link(corpus: object) -> None:\n    from pipeline.core.errors import ValidationError\n    raise ValidationError('x', 'y', 'z')\n"
    path.write_text(path.read_text(encoding="utf-8") + broken, encoding="utf-8")
    done = run(fresh, "build")
    assert done.returncode == 3
    assert "x: y; z\n" in done.stderr
    assert not (fresh / "build" / "package").exists()

"""verify.py as people run it: from the release, by a Python that has nothing installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core.paths import DIST
from pipeline.publish import read_index, release, verify, write_package, yank
from pipeline.publish.checksums import sums_bytes
from tests.publish.small import lights, package, table

HOSTILE: list[list[str | None]] = [
    ["a", 'say "x"', "1"], ["b", "two\r\nlines, and a \r", None], ["c", "\u2028 \u0085 \u3000文", "0.5"], ["d", "=1+1", "-1e-07"],
    ["e", "x" * 200_000, None], ["f", None, None],
]  # fmt: skip


def run(*arguments: Path | str, script: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run verify.py without site packages, without the environment's settings, and in a plain locale."""
    where = script or Path(arguments[0]) / "verify.py"
    command = [sys.executable, "-I", "-S", str(where), *map(str, arguments)]
    plain = {"PATH": os.defpath, "LC_ALL": "C"} | environment
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=plain, cwd="/")


def rewrite(folder: Path) -> None:
    """Put SHA256SUMS right again, so that only the content is wrong."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "SHA256SUMS").write_bytes(sums_bytes(files))


def test_a_sound_release_is_told_with_the_hashes_that_the_pipeline_states(shared_folder: Path) -> None:
    done = run(shared_folder)
    assert (done.returncode, done.stderr) == (0, "")
    known = verify(shared_folder)
    assert (
        f"version {known.version}: {known.files} files and {sum(known.rows.values())} rows in {len(known.rows)} tables hold"
        in done.stdout
    )
    assert f"content {known.content}" in done.stdout


def test_it_finds_its_own_folder_and_leaves_nothing_there(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    command = [sys.executable, "-I", "-S", "verify.py"]
    assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0
    assert sorted(folder.rglob("*")) == before


def test_it_reads_every_release_of_this_project() -> None:
    script = Path(str(verify.__code__.co_filename)).with_name("verify_release.py")
    for item in read_index(DIST).versions:
        done = run(DIST / item.version, script=script)
        assert done.returncode == 0, done.stderr
        assert f"content {item.content}\n" in done.stdout
        assert f"SHA256SUMS {item.sha256sums}\n" in done.stdout


def test_its_hash_of_odd_cells_is_that_of_the_pipeline(tmp_path: Path) -> None:
    import pyarrow as pa

    from pipeline.publish.cells import columns_of
    from pipeline.publish.content import package_content, table_content

    schema = pa.schema([("id", pa.string()), ("words", pa.string()), ("value", pa.float64())])
    rows = [{"id": row[0], "words": row[1], "value": None if row[2] is None else float(row[2])} for row in HOSTILE]
    arrow = pa.Table.from_pylist(rows, schema=schema)
    files = package(t=table(["id", "words", {"name": "value", "type": "number"}], HOSTILE), one=table(["id"], [["a"], [None]]))
    one = pa.table({"id": ["a", None]})
    stated = package_content(
        {name: table_content(each.schema, columns_of(name, each)) for name, each in {"t": arrow, "one": one}.items()}, {}
    )
    tables = {name: {"rows": item.rows, "sha256": item.sha256} for name, item in stated.tables.items()}
    files["content.json"] = json.dumps({"sha256": stated.sha256, "tables": tables, "text": {}}).encode()
    write_package({**files, "SHA256SUMS": sums_bytes(files)}, tmp_path / "r")
    script = Path(str(verify.__code__.co_filename)).with_name("verify_release.py")
    done = run(tmp_path / "r", script=script)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "path",
    ["csv/targets.csv", "parquet/quantities.parquet", "text/xx-2012-lights/zh.txt", "datapackage.json", "README.md", "verify.py"],
)
def test_another_byte_anywhere_is_found(folder: Path, path: str) -> None:
    with (folder / path).open("ab") as file:
        file.write(b"\n")
    done = run(folder)
    assert done.returncode == 6
    assert f"{path}: is not the file that SHA256SUMS lists\n" in done.stderr


def test_missing_extra_and_linked_files_are_found(folder: Path) -> None:
    (folder / "csv/targets.csv").unlink()
    (folder / "odd 文").write_text("x")
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("LICENSE.md")
    (folder / "folder").symlink_to("csv")
    done = run(folder)
    assert done.returncode == 6
    for told in (
        "csv/targets.csv: is missing",
        "'odd 文': is not listed",
        "README.md: is not the file",
        "'folder': is not listed",
    ):
        assert told in done.stderr


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("csv/targets.csv", b"180000", b"180001", "tables/targets: its values are not those"),
        ("csv/targets.csv", b"tar-1", b"tar-9", "tables/targets: its values are not those"),
        ("datapackage.json", b'"type": "integer"', b'"type": "number"', "its values are not those"),
        ("text/xx-2012-lights/zh.txt", b"\r\n", b"\n", "text/xx-2012-lights/zh: its values are not those"),
        ("content.json", b'"sha256": "', b'"sha256": "0', "the hash of the whole is not that of its parts"),
    ],
)
def test_other_values_are_found_though_the_sums_fit(folder: Path, path: str, old: bytes, new: bytes, told: str) -> None:
    data = (folder / path).read_bytes()
    assert old in data
    (folder / path).write_bytes(data.replace(old, new, 1))
    rewrite(folder)
    done = run(folder)
    assert done.returncode == 3, done.stdout + done.stderr
    assert told in done.stderr


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("SHA256SUMS", b"\xff"), ("datapackage.json", b"["), ("datapackage.json", b"[]"), ("datapackage.json", b"[" * 200_000),
        ("content.json", b"{}"), ("csv/targets.csv", b"\xff\xfe"), ("csv/targets.csv", b"a,b\n1\n"), ("csv/targets.csv", b""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(folder: Path, path: str, data: bytes) -> None:
    (folder / path).write_bytes(data)
    if path != "SHA256SUMS":
        rewrite(folder)
    done = run(folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_folders_that_are_no_release_and_options_that_are_none(tmp_path: Path, shared_folder: Path) -> None:
    script = shared_folder / "verify.py"
    for folder in (tmp_path, tmp_path / "nowhere 文"):
        done = run(folder, script=script)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert run("--help", script=script).returncode == 0
    assert run("--odd", script=script).returncode == run("a", "b", script=script).returncode == 2


def test_hostile_paths_are_not_followed(folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(b'"path": "csv/targets.csv"', b'"path": "../../../../etc/passwd"'))
    rewrite(folder)
    done = run(folder)
    assert done.returncode == 2
    assert "there is no ../../../../etc/passwd" in done.stderr


def test_the_index_beside_a_release_is_heard(tmp_path: Path) -> None:
    write_package(lights("0.1.0"), tmp_path / "package")
    release(tmp_path / "package", tmp_path / "dist", "0.1.0")
    yank(tmp_path / "dist", "0.1.0", "wrong figures")
    done = run(tmp_path / "dist/0.1.0")
    assert done.returncode == 0
    assert "but it has been taken back: wrong figures" in done.stdout
    shutil.rmtree(tmp_path / "dist/0.1.0")
    write_package(lights("0.1.0", {"problems": 1}), tmp_path / "dist/0.1.0")
    done = run(tmp_path / "dist/0.1.0")
    assert done.returncode == 6
    assert "SHA256SUMS: is not the list that the index.json beside the release names" in done.stderr

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import IntegrityError
from pipeline.publish.checksums import list_files, parse_sums, path_fault, sha256, sums_bytes

GOOD = ["a", "csv/targets.csv", "text/xx-2012-lights/英 文.txt", "a.b/c-d_e"]
BAD = [
    "", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/", "~/x", "a\\b", "a\nb", "a\0b", "http://example.org/x", "file:x", "C:/x", "x" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_plain_paths_pass(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize("path", BAD)
def test_paths_that_leave_the_release_are_refused(path: str) -> None:
    assert path_fault(path)


def test_sums_read_back_sorted_and_without_themselves() -> None:
    files = {"b": b"2", "a/文.txt": b"1", "SHA256SUMS": b"old"}
    assert parse_sums(sums_bytes(files), Path("x")) == {"a/文.txt": sha256(b"1"), "b": sha256(b"2")}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"abc  x\n", b"\xff\n", f"{'0' * 64} x\n".encode(), f"{'0' * 64}  ../x\n".encode(), f"{'0' * 64}  /x\n".encode(),
        f"{'0' * 64}  x\n{'0' * 64}  x\n".encode(), f"{'0' * 64}  SHA256SUMS\n".encode(), f"{'A' * 64}  x\n".encode(),
    ],
)  # fmt: skip
def test_other_lists_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(IntegrityError) as caught:
        parse_sums(data, Path("SHA256SUMS"))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 6


def test_links_and_fifos_are_no_files(tmp_path: Path) -> None:
    import os

    (tmp_path / "a").write_text("a", encoding="utf-8")
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "fifo")
    files, faults = list_files(tmp_path)
    assert files == ["a"]
    assert [fault.split(":")[0] for fault in faults] == ["fifo", "folder", "link"]


def test_the_folder_itself_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(IntegrityError):
        list_files(tmp_path / "link")

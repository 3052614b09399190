"""Every write is whole or not there; every read is of a plain file and says what is wrong."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from pipeline.core.errors import EnvironmentFault, InputError
from pipeline.core.store import (
    read_bytes,
    read_json,
    read_lines,
    read_text,
    read_yaml,
    write_atomic,
    write_json,
    write_lines,
    write_together,
)


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    number: int


def test_write_atomic_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "路" / "file.txt"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [item.name for item in path.parent.iterdir()] == ["file.txt"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_write_atomic_gives_one_mode_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_atomic(tmp_path / "file", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_write_atomic_leaves_the_old_file_when_a_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(EnvironmentFault) as caught:
        write_atomic(path, b"new")
    assert str(caught.value) == f"{path}: No space left on device; free some space"
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def test_write_atomic_leaves_no_part_behind_when_it_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


def test_write_atomic_names_the_file_when_its_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="check the path and its permissions"):
        write_atomic(tmp_path / "file" / "below", b"x")


def test_read_bytes_returns_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\r\n\x00\xff")
    assert read_bytes(tmp_path / "file") == b"\r\n\x00\xff"


def test_read_bytes_refuses_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(InputError, match="not a regular file"):
        read_bytes(tmp_path / "link")


def test_read_bytes_refuses_a_fifo_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(InputError, match="not a regular file"):
        read_bytes(tmp_path / "fifo")


def test_read_bytes_refuses_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("s")
        with pytest.raises(InputError, match="not a regular file"):
            read_bytes(tmp_path / "s")


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "."])
def test_read_bytes_refuses_devices_and_folders(path: str) -> None:
    with pytest.raises(InputError, match="not a regular file"):
        read_bytes(Path(path))


def test_read_bytes_refuses_a_file_over_the_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_bytes(tmp_path / "file", limit=5) == b"12345"
    with pytest.raises(InputError) as caught:
        read_bytes(tmp_path / "file", limit=4)
    assert str(caught.value) == f"{tmp_path / 'file'}: has 5 bytes, more than the 4 allowed; split the file"


def test_read_bytes_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_bytes(tmp_path / "nothing")


def test_yaml_dates_stay_strings(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("day: 2020-02-30\n", encoding="utf-8")
    assert read_yaml(tmp_path / "a.yaml") == {"day": "2020-02-30"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"a: 1\na: 2\n", "line 2: key 'a' stands twice"),
        (b"a: [1\n", "line 2"),
        (b"a: \xff\n", "is not YAML"),
        (b"a: !!python/object/apply:os.getcwd []\n", "line 1: could not determine a constructor"),
    ],
)
def test_yaml_faults_name_the_line(tmp_path: Path, text: bytes, reason: str) -> None:
    (tmp_path / "a.yaml").write_bytes(text)
    with pytest.raises(InputError) as caught:
        read_yaml(tmp_path / "a.yaml")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@given(values=st.lists(st.builds(Pair, name=st.text(), number=st.integers(-(2**63), 2**63 - 1))))
def test_lines_read_back_as_written(tmp_path: Path, values: list[Pair]) -> None:
    write_lines(tmp_path / "a.jsonl", values)
    assert read_lines(tmp_path / "a.jsonl", Pair) == values


def test_incomplete_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"name":"x","number":1}\n{"name":"y"')
    with pytest.raises(InputError, match="run `make` again"):
        read_lines(tmp_path / "a.jsonl", Pair)


def test_json_is_sorted_indented_and_ends_with_a_line_feed(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": 1, "a": "中"})
    assert (tmp_path / "a.json").read_bytes() == '{\n  "a": "中",\n  "b": 1\n}\n'.encode()
    assert read_json(tmp_path / "a.json", dict) == {"a": "中", "b": 1}


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    write_together({tmp_path / name: name.encode() for name in ("a", "b/c")})
    assert [(tmp_path / name).read_bytes() for name in ("a", "b/c")] == [b"a", b"b/c"]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="file/d"):
        write_together({tmp_path / "a": b"new", tmp_path / "file" / "d": b"new"})
    assert (tmp_path / "a").read_bytes() == b"a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "file"]


def test_text_is_utf8_with_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes("路\r\n\n".encode())
    assert read_text(tmp_path / "good") == "路\r\n\n"
    (tmp_path / "bad").write_bytes(b"ab\xff")
    with pytest.raises(InputError, match="bad: is not UTF-8 from byte 2 on"):
        read_text(tmp_path / "bad")

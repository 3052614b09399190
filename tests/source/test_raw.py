from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.paths import RAW
from pipeline.source.raw import check_raw, read_folder
from tests.source.reading import content

DATA = b"A plan.\n\nIt has aims.\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "xx-doc"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(DATA)
    (folder / "document.yaml").write_text(yaml.safe_dump(content(DATA, "en")), "utf-8")
    return folder.parent


def test_the_raw_folder_of_the_project_holds() -> None:
    assert [folder.name for folder in check_raw(RAW)] == sorted(path.name for path in RAW.iterdir())


def test_a_described_folder_holds(raw: Path) -> None:
    assert check_raw(raw) == [raw / "xx-doc"]
    description, files = read_folder(raw / "xx-doc")
    assert (description.document_id, files) == ("xx-doc", {"a.txt": DATA})


def _replace(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be 100 bytes long at most
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def _rename(raw: Path) -> None:
    (raw / "xx-doc").rename(raw / "Xx Doc")


def _wrong_id(raw: Path) -> None:
    (raw / "xx-doc").rename(raw / "yy-doc")


def _link_folder(raw: Path) -> None:
    (raw / "xx-doc").rename(raw.parent / "elsewhere")
    (raw / "xx-doc").symlink_to(raw.parent / "elsewhere")


def _rewrite(raw: Path, text: str) -> None:
    (raw / "xx-doc" / "document.yaml").write_text(text, "utf-8")


def _describe(raw: Path, data: bytes) -> None:
    (raw / "xx-doc" / "a.txt").write_bytes(data)
    _rewrite(raw, yaml.safe_dump(content(data, "en")))


def _predecessor(raw: Path) -> None:
    curated = {"predecessor_id": {"value": "xx-older", "source": "its preamble"}}
    _rewrite(raw, yaml.safe_dump(content(DATA, "en", curated=curated)))


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no description": (lambda raw: (raw / "xx-doc" / "document.yaml").unlink(), "has no document.yaml"),
    "not yaml": (lambda raw: _rewrite(raw, "a: [1"), "document.yaml: line "),
    "key twice": (lambda raw: _rewrite(raw, "document_id: a\ndocument_id: b\n"), "stands twice"),
    "unknown key": (lambda raw: _rewrite(raw, yaml.safe_dump(content(DATA, "en", colour=1))), "colour"),
    "wrong hash": (lambda raw: (raw / "xx-doc" / "a.txt").write_bytes(b"other"), "sha256"),
    "missing file": (lambda raw: (raw / "xx-doc" / "a.txt").unlink(), "cannot be read"),
    "empty file": (lambda raw: (raw / "xx-doc" / "a.txt").write_bytes(b""), "empty"),
    "extra file": (lambda raw: (raw / "xx-doc" / "b.txt").write_bytes(b"x"), "not described"),
    "extra folder": (lambda raw: (raw / "xx-doc" / "more").mkdir(), "not described"),
    "file beside folders": (lambda raw: (raw / "notes.txt").write_bytes(b"x"), "not a plain folder"),
    "linked file": (
        lambda raw: _replace(raw / "xx-doc" / "a.txt", lambda path: path.symlink_to("/etc/hostname")),
        "regular file",
    ),
    "linked description": (
        lambda raw: _replace(raw / "xx-doc" / "document.yaml", lambda path: path.symlink_to("/etc/hostname")),
        "regular file",
    ),
    "linked folder": (_link_folder, "not a plain folder"),
    "FIFO": (lambda raw: _replace(raw / "xx-doc" / "a.txt", os.mkfifo), "regular file"),
    "FIFO for a description": (lambda raw: _replace(raw / "xx-doc" / "document.yaml", os.mkfifo), "regular file"),
    "socket": (lambda raw: _replace(raw / "xx-doc" / "a.txt", _socket), "regular file"),
    "device": (lambda raw: _replace(raw / "xx-doc" / "a.txt", lambda path: path.symlink_to("/dev/zero")), "regular file"),
    "folder for a file": (lambda raw: _replace(raw / "xx-doc" / "a.txt", Path.mkdir), "regular file"),
    "bad name": (_rename, "document_id"),
    "other name": (_wrong_id, "yy-doc"),
    "bytes in no encoding": (lambda raw: _describe(raw, b"caf\xe9 \xff\xfe!"), "cannot be decoded"),
    "NUL": (lambda raw: _describe(raw, b"a\0b"), "NUL"),
    "unknown predecessor": (_predecessor, "xx-older"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_one_line(raw: Path, name: str) -> None:
    make, reason = FAULTS[name]
    make(raw)
    with pytest.raises(InputError) as caught:
        check_raw(raw)
    assert reason in str(caught.value)
    assert str(raw) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_file_over_the_limit_is_refused_unread(raw: Path) -> None:
    with (raw / "xx-doc" / "a.txt").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(InputError, match="more than the"):
        check_raw(raw)
    with pytest.raises(InputError, match="more than the 10 allowed"):
        read_folder(raw / "xx-doc", limit=10)


def test_no_document_at_all_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(InputError, match="pipeline add FILE"):
            check_raw(folder)

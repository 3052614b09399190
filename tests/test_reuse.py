"""A stage reads again what is new or changed, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.store import write_atomic
from pipeline.reuse import AFRESH, LEDGER
from pipeline.stages import _each_document

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Two documents that `source` left behind, and a stage that copies them; tells which it was called for."""
    for document_id in ("a", "b"):
        write_atomic(tmp_path / "source" / document_id / "texts.jsonl", document_id.encode())

    def once(*document_ids: str) -> list[str]:
        called: list[str] = []

        def work(out: Path, document_id: str) -> None:
            called.append(document_id)
            write_atomic(out / "copy", (tmp_path / "source" / document_id / "texts.jsonl").read_bytes())

        _each_document("outline", work, document_ids, tmp_path, 1)
        return called

    return once


def test_nothing_is_read_twice_and_a_new_document_alone_is_read(run: Run, tmp_path: Path) -> None:
    assert run("a") == ["a"]
    assert run("a", "b") == ["b"]
    assert run("a", "b") == []
    assert (tmp_path / "outline" / "a" / "copy").read_bytes() == b"a"


def test_what_changed_is_read_again_and_what_went_goes(run: Run, tmp_path: Path) -> None:
    run("a", "b")
    write_atomic(tmp_path / "source" / "a" / "texts.jsonl", b"other")
    assert run("a", "b") == ["a"]
    assert (tmp_path / "outline" / "a" / "copy").read_bytes() == b"other"
    assert run("b") == []
    assert not (tmp_path / "outline" / "a").exists()
    assert list(json.loads((tmp_path / "outline" / LEDGER).read_bytes())) == ["b"]


@pytest.mark.parametrize("damage", ["flip", "drop", "add", "ledger", "unreadable"])
def test_what_was_damaged_is_not_believed(run: Run, tmp_path: Path, damage: str) -> None:
    run("a", "b")
    whole = (tmp_path / "outline" / LEDGER).read_bytes()
    folder = tmp_path / "outline" / "a"
    if damage == "flip":
        (folder / "copy").write_bytes(b"c")
    elif damage == "drop":
        (folder / "copy").unlink()
    elif damage == "add":
        (folder / "more").write_bytes(b"")
    else:
        (tmp_path / "outline" / LEDGER).write_bytes(b"{}" if damage == "ledger" else b"{")
    assert "a" in run("a", "b")
    assert (folder / "copy").read_bytes() == b"a"
    assert not (folder / "more").exists()
    assert (tmp_path / "outline" / LEDGER).read_bytes() == whole


def test_all_is_read_again_where_that_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("a", "b")
    monkeypatch.setenv(AFRESH, "1")
    assert run("a", "b") == ["a", "b"]


def test_other_code_reads_all_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("a", "b")
    monkeypatch.setattr("pipeline.reuse._hash", lambda path: f"other {path}")
    assert run("a", "b") == ["a", "b"]


def test_what_changes_while_it_is_read_is_read_again(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "source" / "a" / "texts.jsonl"

    def work(out: Path, document_id: str) -> None:
        write_atomic(out / "copy", place.read_bytes())
        write_atomic(place, b"later")

    _each_document("outline", work, ["a"], tmp_path, 1)
    assert run("a") == ["a"]
    assert (tmp_path / "outline" / "a" / "copy").read_bytes() == b"later"


def test_a_file_system_without_links_is_no_error(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "not permitted")

    run("a")
    monkeypatch.setattr("os.link", refuse)
    assert run("a") == []
    assert (tmp_path / "outline" / "a" / "copy").read_bytes() == b"a"

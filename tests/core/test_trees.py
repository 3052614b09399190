from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.core.trees import tree_hash


def make_tree(folder: Path) -> Path:
    for path, words in {"b/c.txt": "文", "a.py": "x", "b/d.yaml": ""}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def test_the_method_can_be_followed_by_hand(tmp_path: Path) -> None:
    lines = [
        f"{sha256(words.encode()).hexdigest()}  {path}\n" for path, words in (("a.py", "x"), ("b/c.txt", "文"), ("b/d.yaml", ""))
    ]
    assert tree_hash(make_tree(tmp_path)) == sha256("".join(lines).encode()).hexdigest()


def test_what_python_and_editors_leave_times_and_modes_do_not_count(tmp_path: Path) -> None:
    before = tree_hash(make_tree(tmp_path))
    for path in ("__pycache__/a.pyc", ".hidden", ".cache/x", "a.py~", "b/.d.yaml.swp", "b/x.pyc", "empty/.keep"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "a.py").chmod(0o755)
    os.utime(tmp_path / "a.py", (0, 0))
    assert tree_hash(tmp_path) == before


@pytest.mark.parametrize("path", ["a.py", "b/d.yaml", "new"])
def test_every_byte_and_name_counts(tmp_path: Path, path: str) -> None:
    before = tree_hash(make_tree(tmp_path))
    (tmp_path / path).write_text("y", encoding="utf-8")
    assert tree_hash(tmp_path) != before

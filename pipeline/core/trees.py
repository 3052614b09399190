"""Folders as content: one hash for all that is in them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from pipeline.core.store import read_bytes

COMPILED = "__pycache__"
LEFT_BEHIND = (".pyc", ".swp", "~")
LARGEST_FILE = 1 << 36
"""Bytes: what a folder holds has been admitted already."""


def tree_hash(folder: Path) -> str:
    """The content of a folder as one SHA-256, over the lines '<SHA-256 of the file>  <path below the folder>', sorted by path.

    Hidden files, editors' copies and what Python compiles are no content. Raises InputError where a file is none or cannot be read.
    """
    lines = {path: sha256(read_bytes(folder / path, LARGEST_FILE)).hexdigest() for path in tree_files(folder)}
    return sha256("".join(f"{digest}  {path}\n" for path, digest in sorted(lines.items())).encode("utf-8")).hexdigest()


def tree_files(folder: Path) -> list[str]:
    """The files of a folder that are its content, as relative paths."""
    files = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if _is_content(name)]
        files += [(Path(root) / name).relative_to(folder).as_posix() for name in names if _is_content(name)]
    return sorted(files)


def _is_content(name: str) -> bool:
    return not (name.startswith(".") or name == COMPILED or name.endswith(LEFT_BEHIND))

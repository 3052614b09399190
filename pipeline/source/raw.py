"""The raw folder, and the only place of this room that touches the disk."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.store import LARGEST_FILE, read_bytes
from pipeline.source.decode import decode
from pipeline.source.description import IDENTIFIER, NAME, Description, load_description


def check_raw(raw: Path, limit: int = LARGEST_FILE) -> list[Path]:
    """The document folders of raw/, sorted, once all that they hold is what their descriptions say. Raises InputError.

    limit: the size that no file may exceed, in bytes.
    """
    if not raw.is_dir():
        raise InputError(raw, "is not a folder", "add a document with `python -m pipeline add FILE`")
    folders = sorted(raw.iterdir())
    if not folders:
        raise InputError(raw, "holds no document", "add one with `python -m pipeline add FILE`")
    descriptions = [check_folder(folder, limit) for folder in folders]
    _check_predecessors(raw, descriptions)
    return folders


def check_folder(folder: Path, limit: int = LARGEST_FILE) -> Description:
    """The description of a document folder whose files are as described. Raises InputError."""
    description, files = read_folder(folder, limit)
    for name, data in files.items():
        decode(data, folder / name)
    return description


def read_folder(folder: Path, limit: int = LARGEST_FILE) -> tuple[Description, dict[str, bytes]]:
    """A document's description and its files' bytes by name, hashes checked. Raises InputError."""
    _check_is_folder(folder)
    names = sorted(path.name for path in folder.iterdir())
    if NAME not in names:
        raise InputError(folder, f"has no {NAME}", "make one with `python -m pipeline add FILE`")
    description = load_description(folder / NAME)
    if description.document_id != folder.name:
        reason = f"document_id is {description.document_id!r}, but the folder is {folder.name!r}"
        raise InputError(folder / NAME, reason, "give both one name")
    described = {file.name for file in description.files}
    for name in names:
        if name != NAME and name not in described:
            raise InputError(folder / name, f"is not described in {NAME}", "describe it there or take it away")
    return description, {file.name: _read(folder / file.name, file.sha256, limit) for file in description.files}


def _check_is_folder(folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise InputError(folder, "is not a plain folder", "keep one folder per document in raw/, without links, and nothing else")
    if not IDENTIFIER.fullmatch(folder.name):
        raise InputError(folder, "is no document_id", "name it with lower-case letters, digits and inner hyphens")


def _read(path: Path, sha256: str, limit: int) -> bytes:
    data = read_bytes(path, limit)
    if not data:
        raise InputError(path, "is empty", "put the document's text there")
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        reason = f"its sha256 is {found}, not the {sha256} of {NAME}"
        raise InputError(path, reason, f"restore the file, or enter the new hash in {NAME}")
    return data


def _check_predecessors(raw: Path, descriptions: Sequence[Description]) -> None:
    known = {description.document_id for description in descriptions}
    for description in descriptions:
        predecessor = description.document.predecessor_id
        if predecessor is not None and predecessor not in known:
            where = raw / description.document_id / NAME
            raise InputError(where, f"predecessor_id {predecessor!r} is no document here", "add that document or use null")

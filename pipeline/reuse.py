"""Documents that need no second reading: nothing that their stage reads has changed, and what it wrote is still there, whole."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.core.errors import PipelineError
from pipeline.core.paths import RAW, ROOT
from pipeline.core.store import faults_named, read_bytes, read_yaml, write_json
from pipeline.core.trees import tree_hash

LEDGER = "made.json"
"""Beside a stage's folders: document_id → hash of what was read and of what was written."""
AFRESH = "PIPELINE_AFRESH"
"""Set in the environment where every document is to be read again."""


class Ledger:
    """What a stage made of which input. Opened before the stage runs, saved into its new folder."""

    def __init__(self, stage: str, build: Path) -> None:
        """Raises InputError where dvc.yaml or what the stage reads cannot be read."""
        self._before, self._build = build / stage, build
        deps = [PurePosixPath(dep) for dep in (read_yaml(ROOT / "dvc.yaml") or {})["stages"][stage]["deps"]]
        self._per_document = [dep for dep in deps if dep.parts[0] == "build" or dep == PurePosixPath(RAW.name)]
        shared = [dep for dep in deps if dep not in self._per_document]
        self._shared = _digest([*(f"{dep} {_hash(ROOT / dep)}" for dep in shared), _hash(ROOT / "params.yaml")])
        self._known = {} if os.environ.get(AFRESH) else _read(self._before / LEDGER)
        self._made: dict[str, tuple[str, str]] = {}
        self._inputs: dict[str, str] = {}

    def reuse(self, document_id: str, out: Path) -> bool:
        """Put what was made of a document before into `out`, if it was made of the same input and is as it was left."""
        known, folder = self._known.get(document_id), self._before / document_id
        self._inputs[document_id] = self._input(document_id)
        if known is None or known != (self._inputs[document_id], tree_hash(folder)):
            return False
        with faults_named(out):
            shutil.copytree(folder, out, copy_function=_link)
        self._made[document_id] = known
        return True

    def note(self, document_id: str, out: Path) -> None:
        """Remember what was made of a document just now: of its input as it was before, since it may have changed meanwhile."""
        self._made[document_id] = (self._inputs[document_id], tree_hash(out))

    def save(self, out: Path) -> None:
        """Write the ledger beside the folders that it tells of."""
        write_json(out / LEDGER, dict(sorted(self._made.items())))

    def _input(self, document_id: str) -> str:
        read = [self._build.joinpath(*dep.parts[1:]) if dep.parts[0] == "build" else RAW for dep in self._per_document]
        return _digest([self._shared, *(_hash(folder / document_id) for folder in read)])


def _link(source: str, target: str) -> None:
    """A link, or a copy where the file system has none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _read(path: Path) -> dict[str, tuple[str, str]]:
    try:
        return msgspec.json.decode(read_bytes(path), type=dict[str, tuple[str, str]])
    except (PipelineError, msgspec.MsgspecError):
        return {}


def _hash(path: Path) -> str:
    return tree_hash(path) if path.is_dir() else sha256(read_bytes(path)).hexdigest()


def _digest(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()

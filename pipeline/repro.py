"""The whole build: look at what DVC will read, mend what a killed run left, run DVC."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.errors import BusyError, EnvironmentFault, InputError, PipelineError
from pipeline.core.paths import DIST, LANGUAGES, PACKAGE, RAW, ROOT, SCHEMAS
from pipeline.core.store import write_atomic
from pipeline.folders import only_run, refuse_special
from pipeline.reuse import AFRESH

LOCK = ".lock"
STATUS = "PIPELINE_STATUS"
"""Names the file in which a stage leaves its exit code: DVC has only one of its own."""


HINTS = (
    "To track the changes",
    "To enable auto staging",
    "\tgit add",
    "\tdvc config",
    "Use `dvc push`",
    "Generating lock",
    "Updating lock",
)


class StageError(PipelineError):
    """A stage has said what is wrong; nothing is left to say."""

    def __init__(self, exit_code: int) -> None:
        super().__init__("build", "a stage failed", "see the line above")
        self.exit_code = exit_code


def build_all(build: Path, force: bool = False) -> None:
    """Run all stages whose inputs changed. Raises BusyError, InputError, EnvironmentFault or StageError."""
    with only_run(build / ".build.lock") as lock:
        with only_run(build / LOCK):
            pass
        _look_at_inputs()
        _mend()
        status = build / ".status"
        status.unlink(missing_ok=True)
        if _run_dvc(["repro", *(["--force"] if force else [])], _environment(status, force), lock):
            raise StageError(_exit_code(status))


def _exit_code(status: Path) -> int:
    """What the stage left there; a fault of the machine where it could leave nothing."""
    told = status.read_text(encoding="ascii", errors="replace") if status.is_file() else ""
    return int(told) if told.isdecimal() else EnvironmentFault.exit_code


def _run_dvc(arguments: Sequence[str], environment: Mapping[str, str], lock: int) -> int:
    """Run DVC and pass on what it says, without its hints about git and remote storage. It holds the lock as long as it lives."""
    command = [sys.executable, "-m", "dvc", *arguments]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", pass_fds=[lock]
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() and not line.startswith(HINTS):
                print(line, end="", flush=True)
    return process.returncode


def _look_at_inputs() -> None:
    """raw/ and the index of releases are checked here, before DVC touches them: DVC waits for ever on a FIFO, and follows links."""
    from pipeline.publish import Index, read_index
    from pipeline.publish.versions import INDEX, write_index
    from pipeline.source import check_raw
    from pipeline.stages import largest_file

    for folder in (SCHEMAS, PACKAGE, LANGUAGES):
        refuse_special(folder)
    check_raw(RAW, largest_file())
    read_index(DIST)
    if not (DIST / INDEX).exists():
        write_index(DIST, Index())


def _environment(status: Path, afresh: bool) -> Mapping[str, str]:
    """DVC's state stays in the checkout, and `python` is this one, whoever runs it and wherever."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    return os.environ | {
        "PATH": path,
        "PYTHONUTF8": "1",
        "DVC_SITE_CACHE_DIR": str(ROOT / ".dvc" / "tmp" / "site"),
        "DVC_NO_ANALYTICS": "1",
        STATUS: str(status),
        **({AFRESH: "1"} if afresh else {}),
    }


def _mend() -> None:
    """Remove what a killed DVC left; DVC makes it again. Outside git, tell DVC so. Raises BusyError, InputError."""
    locks = ROOT / ".dvc" / "tmp" / "rwlock"
    holders = _holders(_read(locks, json.loads))
    if living := sorted(filter(_lives, holders)):
        raise BusyError(locks, f"another DVC (process {living[0]}) is at work", "wait for it to end, or end it")
    locks.unlink(missing_ok=True)
    _read(ROOT / "dvc.lock", yaml.safe_load)
    if not any((folder / ".git").exists() for folder in (ROOT, *ROOT.parents)):
        write_atomic(ROOT / ".dvc" / "config.local", b"[core]\n    no_scm = true\n")
    if not (ROOT / "dvc.yaml").is_file():
        raise InputError(ROOT / "dvc.yaml", "is missing", "restore it with `git checkout dvc.yaml`")


def _read(path: Path, parse: Callable[[str], Any]) -> dict[str, Any]:
    """The mapping in one of DVC's files; an unreadable file is removed, and that is told."""
    if not path.exists():
        return {}
    try:
        content = parse(path.read_text(encoding="utf-8"))
    except (ValueError, yaml.YAMLError):
        content = None
    if isinstance(content, dict):
        return content
    path.unlink()
    print(f"{path.relative_to(ROOT)}: was left unreadable by a run that was killed; it is made again", file=sys.stderr)
    return {}


def _holders(locks: Mapping[str, Any]) -> set[int]:
    """The processes that hold any of DVC's locks: {path: {"write": {"pid": …}, "read": [{"pid": …}]}}."""
    held = [entry for modes in locks.values() for entry in (modes.get("write"), *(modes.get("read") or ())) if entry]
    return {entry["pid"] for entry in held}


def _lives(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for does not."""
    import psutil

    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

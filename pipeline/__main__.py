"""The command line: `python -m pipeline --help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline.core.errors import EnvironmentFault, PipelineError
from pipeline.options import parser


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = _guarded(lambda: _run(arguments))
    return _guarded(partial(_flush, code))


def _run(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    result = options.run(options)
    return result if isinstance(result, int) else 0


def _guarded(run: Callable[[], int]) -> int:
    """Run, and turn whatever a user can cause into one line and an exit code."""
    try:
        return run()
    except SystemExit as end:
        return int(end.code or 0)
    except PipelineError as error:
        return _fail(error)
    except BrokenPipeError:
        _drop_output()
        return 141
    except KeyboardInterrupt:
        print("interrupted; nothing is half written, run it again when you like", file=sys.stderr)
        return 130
    except MemoryError:
        return _fail(EnvironmentFault("memory", "is used up", "close other programs or use fewer --jobs"))
    except OSError as error:
        where = error.filename if error.filename is not None else "system"
        return _fail(EnvironmentFault(where, error.strerror or str(error), "check disk, path and permissions"))


def _fail(error: PipelineError) -> int:
    from pipeline.repro import StageError

    if not isinstance(error, StageError):
        print(error, file=sys.stderr)
    if status := os.environ.get("PIPELINE_STATUS"):
        with suppress(OSError):  # the disk may be full, which is then the error that was told
            Path(status).write_text(str(error.exit_code), encoding="ascii")
    return error.exit_code


def _flush(code: int) -> int:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _drop_output()
            raise EnvironmentFault("standard output", error.strerror or str(error), "free some space") from error
    return code


def _drop_output() -> None:
    """Keep the interpreter from flushing to where nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    if sys.getfilesystemencoding() != "utf-8":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {"PYTHONUTF8": "1"})  # noqa: S606
    sys.exit(main(sys.argv[1:]))

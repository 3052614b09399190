"""Progress of long work: one changing line on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

BETWEEN = 0.2, 5.0
"""Seconds between two lines on a terminal and in a log."""


def track(values: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The values, with a line on stderr from time to time that says how many of `total` are done."""
    terminal = sys.stderr.isatty()
    between = BETWEEN[0] if terminal else BETWEEN[1]
    shown = time.monotonic()
    for done, value in enumerate(values):
        if (now := time.monotonic()) - shown >= between:
            shown = now
            _show(f"{what}: {done:,} of {total:,}", terminal)
        yield value
    if terminal:
        _show("", terminal)


def _show(line: str, terminal: bool) -> None:
    sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
    sys.stderr.flush()

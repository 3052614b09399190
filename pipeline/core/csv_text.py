"""The one way in which this project writes CSV: RFC 4180, UTF-8 without a byte order mark, lines ended by a line feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

QUOTED = re.compile('[",\r\n]')

Cells = Sequence[str | None]


def quoted(cell: str | None) -> str:
    """A cell as CSV writes it: quoted only where it must be, its characters untouched."""
    if cell is None:
        return ""
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def csv_bytes(names: Sequence[str], columns: Sequence[Cells]) -> bytes:
    """Columns of cells below a header; null is nothing between two commas."""
    return csv_table(names, zip(*columns, strict=True))


def csv_table(names: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Rows of cells below a header; null is nothing between two commas."""
    lines = [",".join(map(quoted, names)), *(",".join(map(quoted, row)) for row in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8")

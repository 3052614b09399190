"""What the CSV files of a package hold, read by Python's own csv: the others' readings are compared with it."""

from __future__ import annotations

import csv
import datetime
import json
import math
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "consumers"
Cells = list[list[str | None]]


def tables(package: Path) -> dict[str, dict[str, Any]]:
    """Table name → its CSV resource in datapackage.json."""
    resources = json.loads((package / "datapackage.json").read_bytes())["resources"]
    return {item["name"]: item for item in resources if item["format"] == "csv"}


def columns(table: dict[str, Any]) -> list[str]:
    return [field["name"] for field in table["schema"]["fields"]]


def cells(package: Path, name: str) -> Cells:
    """The rows of a table below its header; null where a cell is empty."""
    csv.field_size_limit(2**31 - 1)
    with (package / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [[cell or None for cell in row] for row in list(csv.reader(file, strict=True))[1:]]


def written(value: Any) -> str | None:
    """A value as the CSV writes it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def environment(**more: str) -> dict[str, str]:
    """For programs that are started: no proxy that might let them out, and what is said."""
    return {key: value for key, value in os.environ.items() if "proxy" not in key.lower()} | {"LC_ALL": "C.UTF-8"} | more

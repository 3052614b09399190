"""What is made from a release for people who download it whole: a zip, a spreadsheet and a database, each one file.

They stand beside the release, not in it: their bytes depend on the zlib and SQLite of the machine, which no lock pins.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.core.errors import ValidationError
from pipeline.publish.checksums import SUMS, sums_bytes
from pipeline.publish.database import database
from pipeline.publish.descriptor import DESCRIPTOR, parse_descriptor
from pipeline.publish.parquet import read_parquet
from pipeline.publish.spreadsheet import spreadsheet
from pipeline.publish.verification import read_release, verify

STORED = (".parquet",)
"""What is compressed already."""
EARLIEST = 1980
"""The first year that a zip can name."""


def archive(folder: Path) -> tuple[str, dict[str, bytes]]:
    """The version of a release on disk, and the files that are made from it. Raises IntegrityError or ValidationError where it does not hold."""
    version = verify(folder).version
    return version, archive_files(read_release(folder)[0])


def archive_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """<name>-<version>.zip, .xlsx and .sqlite, and SHA256SUMS over them. files: a release that holds, by path."""
    package, faults = parse_descriptor(files[DESCRIPTOR])
    if package is None:
        raise ValidationError(DESCRIPTOR, faults[0], "run `make` again")
    described = json.loads(files[DESCRIPTOR])
    stem, date = f"{package.name}-{package.version}", described["created"][:10]
    tables = {name: read_parquet(files[item.path]) for name, item in package.tables("parquet").items()}
    schemas = {name: item.schema for name, item in package.tables("csv").items() if item.schema is not None}
    made = {
        f"{stem}.sqlite": database(schemas, tables, _about(described)),
        f"{stem}.xlsx": spreadsheet(tables, _about(described), date),
        f"{stem}.zip": zip_bytes({f"{stem}/{path}": data for path, data in files.items()}, date),
    }
    return made | {SUMS: sums_bytes(made)}


def zip_bytes(files: Mapping[str, bytes], date: str) -> bytes:
    """A zip of fixed order, times and permissions. date: what every file in it is dated with."""
    year, month, day = map(int, date.split("-"))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as target:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, (year, month, day, 0, 0, 0) if year >= EARLIEST else (EARLIEST, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(STORED) else zipfile.ZIP_DEFLATED
            target.writestr(entry, data, compresslevel=9)
    return sink.getvalue()


def _about(described: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a file that travels alone should say of itself."""
    plain = [
        (key, described[key])
        for key in ("name", "title", "description", "version", "created", "homepage", "contentHash")
        if key in described
    ]
    plain += [(f"licence of the {item.get('covers', 'data')}", item["name"]) for item in described["licenses"]]
    plain += [
        (f"rights of {item.get('sourceId', number)}", item["rights"])
        for number, item in enumerate(described["sources"])
        if "rights" in item
    ]
    return plain + [(f"table {item['name']}", item["description"]) for item in described["resources"] if item["format"] == "csv"]

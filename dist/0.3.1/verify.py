#!/usr/bin/env python3
"""Check a release with nothing but Python 3.8 or later: python verify.py [FOLDER]

FOLDER is the release; by default the folder that this file is in. Every file must be the one that SHA256SUMS lists, and the values
in csv/ and text/ those that content.json states. What holds is told in one line, with the two hashes to compare with index.json;
what does not, in one line each. Exit code 0: everything holds; 6: other files; 3: other values; 2: this is no release.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f\\]+)")
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error)
MOST_FAULTS = 20


def main(arguments: list[str]) -> int:
    """Check one release and return the exit code."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    csv.field_size_limit(2**31 - 1)
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        code, lines = check(folder)
    except UNREADABLE as error:
        code, lines = 2, [f"cannot be read as a release: {type(error).__name__}: {error}"]
    more = [f"{len(lines)} faults in all"] if len(lines) > MOST_FAULTS else []
    for line in lines[:MOST_FAULTS] + more:
        print(f"{folder}: {' '.join(line.split())[:400]}", file=sys.stderr if code else sys.stdout)
    return code


def check(folder: Path) -> tuple[int, list[str]]:
    """Exit code and what to tell. The files come first: values are only read from files that are whole."""
    found = dict(file_hashes(folder))
    sums = hash_of(folder / SUMS)
    faults = list(file_faults(folder, found))
    entry = index_entry(folder, sums)
    if entry.get("sha256sums", sums) != sums:
        faults.append(f"{SUMS}: is not the list that the index.json beside the release names")
    if faults:
        return 6, faults
    content, package = (json.loads((folder / name).read_bytes()) for name in ("content.json", "datapackage.json"))
    rows, hashes = value_hashes(folder, found, package["resources"])
    faults = list(value_faults(content, hashes))
    if faults:
        return 3, faults
    files = f"{len(found) + 1} files and {rows} rows in {len(content['tables'])} tables hold"
    told = [f"version {package['version']}: {files}", f"content {content['sha256']}", f"{SUMS} {sums}"]
    return 0, told + ([f"but it has been taken back: {entry['yanked']}"] if entry.get("yanked") else [])


def file_hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """(path, SHA-256) of every file but SHA256SUMS; none of what is no plain file."""
    for root, folders, names in os.walk(str(folder)):
        paths = [Path(root, name) for name in names + folders]
        for path in sorted(path for path in paths if path.is_symlink() or not path.is_dir()):
            relative = path.relative_to(folder).as_posix()
            if relative != SUMS:
                yield relative, hash_of(path) if path.is_file() and not path.is_symlink() else "no plain file"


def hash_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def file_faults(folder: Path, found: dict[str, str]) -> Iterator[str]:
    """One line for each file that is missing, extra or another one."""
    listed: dict[str, str] = {}
    for number, line in enumerate((folder / SUMS).read_bytes().decode("utf-8")[:-1].split("\n"), start=1):
        match = LINE.fullmatch(line)
        if match is None or match.group(2) in listed:
            yield f"{SUMS}: line {number} is not a checksum, two spaces and a path of its own"
        else:
            listed[match.group(2)] = match.group(1)
    for path in sorted(found.keys() | listed.keys()):
        if path not in found:
            yield f"{path}: is missing"
        elif path not in listed:
            yield f"{path!r}: is not listed in {SUMS}"
        elif found[path] != listed[path]:
            yield f"{path}: is not the file that {SUMS} lists"


def index_entry(folder: Path, sums: str) -> dict[str, Any]:
    """What an index.json beside the release says of it, if there is one."""
    index = folder.resolve().parent / "index.json"
    if not index.is_file():
        return {}
    name = folder.resolve().name
    entries = json.loads(index.read_bytes())["versions"]
    return next((dict(entry) for entry in entries if entry["version"] == name or entry["sha256sums"] == sums), {})


def value_hashes(folder: Path, found: dict[str, str], resources: list[Any]) -> tuple[int, dict[str, str]]:
    """How many rows there are, and the hash of each table and decoded source."""
    rows = 0
    hashes = {
        f"text/{path[5:-4]}": digest for path, digest in found.items() if path.startswith("text/") and path.endswith(".txt")
    }
    for item in resources:
        if item.get("format") == "csv" and "schema" in item:
            if item["path"] not in found:
                raise ValueError(f"datapackage.json: there is no {item['path']}")
            lines = table_lines(folder / item["path"], item["schema"]["fields"])
            rows += len(lines) - 1
            hashes[f"tables/{item['name']}"] = hash_lines(lines)
    return rows, hashes


def table_lines(path: Path, fields: list[Any]) -> list[bytes]:
    """A JSON array of the [column, type] pairs, then each row as a JSON array of its cells, null where one is empty, sorted by bytes."""
    lines = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        if next(reader, None) != [field["name"] for field in fields]:
            raise ValueError(f"{path.name} has other columns than datapackage.json says")
        for row in reader:
            cells = [cell or None for cell in row or [""]]
            if len(cells) != len(fields):
                raise ValueError(
                    f"{path.name}: the row before line {reader.line_num + 1} has {len(cells)} cells, not {len(fields)}"
                )
            lines.append(canonical(cells))
    return [canonical([[field["name"], field["type"]] for field in fields]), *sorted(lines)]


def value_faults(content: dict[str, Any], hashes: dict[str, str]) -> Iterator[str]:
    """One line for each table or decoded source that is not as content.json states."""
    stated = {f"tables/{name}": table["sha256"] for name, table in content["tables"].items()}
    stated.update({f"text/{name}": digest for name, digest in content["text"].items()})
    for name in sorted(hashes.keys() | stated.keys()):
        if hashes.get(name) != stated.get(name):
            yield f"{name}: its values are not those that content.json states"
    if hash_lines(sorted(f"{digest}  {name}".encode() for name, digest in stated.items())) != content["sha256"]:
        yield "content.json: the hash of the whole is not that of its parts"


def canonical(value: Any) -> bytes:
    """JSON in its shortest form, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def hash_lines(lines: Iterable[bytes]) -> str:
    """SHA-256 over lines, each ended by a line feed."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line + b"\n")
    return digest.hexdigest()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))

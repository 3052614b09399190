"""The only disk access for stage data: every write is atomic, every read is bounded and explicit about its encoding."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from pipeline.core.errors import EnvironmentFault, InputError

T = TypeVar("T")

LARGEST_FILE = 256 * 1024 * 1024
NOT_REGULAR = (errno.ELOOP, errno.ENXIO, errno.EISDIR)  # a link, a socket or FIFO, a folder


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old or the new bytes, never a part. Raises EnvironmentFault."""
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files, each of them atomically, none before all of them are on the disk under another name. Raises EnvironmentFault."""
    ready: dict[Path, str] = {}
    try:
        for path, data in files.items():
            with faults_named(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, ready[path] = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.chmod(ready[path], 0o644)
        for path, name in ready.items():
            with faults_named(path):
                os.replace(name, path)
                sync_folder(path.parent)
    except BaseException:
        for name in ready.values():
            Path(name).unlink(missing_ok=True)
        raise


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn an OSError into one line that names the file."""
    try:
        yield
    except OSError as error:
        remedy = "free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "check the path and its permissions"
        raise EnvironmentFault(path, error.strerror or str(error), remedy) from error


def read_bytes(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of a regular file. Raises InputError for a link, device, FIFO, missing or too large file."""
    try:
        # opened without following a link or waiting for a FIFO, then looked at: nothing can take its place in between
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError(path, "is not a regular file", "put a plain copy of the file there")
            if status.st_size > limit:
                raise InputError(path, f"has {status.st_size:,} bytes, more than the {limit:,} allowed", "split the file")
            return file.read()
    except OSError as error:
        if error.errno in NOT_REGULAR:
            raise InputError(path, "is not a regular file", "put a plain copy of the file there") from error
        raise InputError(
            path, "cannot be read: " + (error.strerror or str(error)), "check the path and its permissions"
        ) from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line ends as they are. Raises InputError."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(path, f"is not UTF-8 from byte {error.start} on", "save it as UTF-8, or restore it with git") from error


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML without duplicate keys and without dates: a date stays the string that it is in the file."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    pairs = [(loader.construct_object(key, deep=True), loader.construct_object(value, deep=True)) for key, value in node.value]
    seen: set[Any] = set()
    for (key, _), (key_node, _) in zip(pairs, node.value, strict=True):
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark)
        seen.add(key)
    return dict(pairs)


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))  # type: ignore[arg-type]


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises InputError with the line at fault."""
    return parse_yaml(read_bytes(path), path)


def parse_yaml(data: bytes, path: Path) -> Any:
    """The content of YAML that is, or will be, in a file. Raises InputError with the line at fault."""
    try:
        return yaml.load(data.decode("utf-8"), Loader=_StrictLoader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise InputError(path, f"line {line}: {error.problem}", "correct the YAML") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(path, f"is not YAML: {error}", "correct the file") from error


def write_lines(path: Path, values: Iterable[Any]) -> None:
    """Write values as JSON lines."""
    encode = msgspec.json.Encoder().encode
    write_atomic(path, b"".join(encode(value) + b"\n" for value in values))


def read_lines(path: Path, kind: type[T]) -> list[T]:
    """Read values back from JSON lines."""
    decode = msgspec.json.Decoder(kind).decode
    try:
        return [decode(line) for line in read_bytes(path).splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(path, str(error), "run `make` again; a stage left this file incomplete") from error


def write_json(path: Path, value: Any) -> None:
    """Write one value as indented JSON with sorted keys and a final newline."""
    encoded = msgspec.json.encode(value, order="sorted")
    write_atomic(path, msgspec.json.format(encoded, indent=2) + b"\n")


def read_json(path: Path, kind: type[T]) -> T:
    """Read one value."""
    try:
        return msgspec.json.decode(read_bytes(path), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(path, str(error), "run `make` again, or restore the file") from error

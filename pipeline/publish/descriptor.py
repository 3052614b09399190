"""datapackage.json as an untrusted reader sees it: only what verification needs, every path held inside the release."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import field

from pipeline.core.model import Frozen
from pipeline.publish.checksums import path_fault

DESCRIPTOR = "datapackage.json"
PARQUET = "-parquet"
MOST_RESOURCES = 10_000
UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""What reading a stranger's JSON can raise."""


class Known(Frozen, forbid_unknown_fields=False):
    """The base of descriptors: properties that are not read here may stand in the file."""


class Constraints(Known):
    """What a column's values keep, nulls aside."""

    required: bool = False
    unique: bool = False
    enum: tuple[str | int | float | bool, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None


class Field(Known):
    """A column. type: string | integer | number | boolean | date; unit: what a number counts."""

    name: str
    type: str
    title: str | None = None
    description: str | None = None
    unit: str | None = None
    constraints: Constraints = field(default_factory=Constraints)


class Reference(Known):
    """Where a foreign key points; no resource means the table itself."""

    fields: tuple[str, ...] | str
    resource: str = ""


class ForeignKey(Known):
    """Columns whose values occur elsewhere."""

    fields: tuple[str, ...] | str
    reference: Reference


class TableSchema(Known, rename="camel"):
    """The columns and keys of a table."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] | str = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


class Resource(Known):
    """One file of the release. digest: `sha256:` and the hash; size: bytes."""

    name: str
    path: str
    type: str = ""
    format: str = ""
    schema: TableSchema | None = None
    digest: str | None = field(default=None, name="hash")
    size: int | None = field(default=None, name="bytes")


class Source(Known):
    """One source. left_out: whether the package does without its text, so that only offsets and short quotes refer to it."""

    source_id: str = field(default="", name="sourceId")
    left_out: bool = field(default=False, name="textLeftOut")


class Package(Known):
    """datapackage.json."""

    name: str
    version: str
    resources: tuple[Resource, ...]
    sources: tuple[Source, ...] = ()

    @property
    def left_out(self) -> set[str]:
        """source_id of the sources whose text is not there."""
        return {source.source_id for source in self.sources if source.left_out}

    def tables(self, kind: str) -> dict[str, Resource]:
        """Table name → its resource of one format: csv or parquet."""
        found = [item for item in self.resources if item.schema is not None and item.format == kind]
        return {item.name.removesuffix(PARQUET) if kind == "parquet" else item.name: item for item in found}


def names(value: tuple[str, ...] | str) -> list[str]:
    """Table Schema lets one name stand for a list of one."""
    return [value] if isinstance(value, str) else list(value)


def parse_descriptor(data: bytes) -> tuple[Package | None, list[str]]:
    """The package that datapackage.json describes, or None, and one line for each fault."""
    try:
        package = msgspec.json.decode(data, type=Package)
    except UNREADABLE as error:
        return None, [f"{DESCRIPTOR}: cannot be read: {' '.join(str(error).split())[:200]}"]
    faults = list(_faults(package))
    return (None, faults) if faults else (package, [])


def _faults(package: Package) -> Iterator[str]:
    if len(package.resources) > MOST_RESOURCES:
        yield f"{DESCRIPTOR}: has more than {MOST_RESOURCES:,} resources"
        return
    seen: set[str] = set()
    for item in package.resources:
        for what in (item.name, item.path):
            if what in seen:
                yield f"{DESCRIPTOR}: {what[:80]!r} stands twice among the resources"
            seen.add(what)
        if fault := path_fault(item.path):
            yield f"{DESCRIPTOR}: resource {item.name[:80]!r}: the path {item.path[:80]!r} {fault}"
        if item.schema is not None:
            yield from _schema_faults(item.name, item.schema)


def _schema_faults(resource: str, schema: TableSchema) -> Iterator[str]:
    columns = [item.name for item in schema.fields]
    if len(set(columns)) != len(columns):
        yield f"{DESCRIPTOR}: {resource[:80]!r} names a column twice"
    used = names(schema.primary_key) + [name for key in schema.foreign_keys for name in names(key.fields)]
    for name in sorted(set(used) - set(columns)):
        yield f"{DESCRIPTOR}: {resource[:80]!r} has a key over {name[:80]!r}, which is no column"
    for key in schema.foreign_keys:
        if len(names(key.fields)) != len(names(key.reference.fields)):
            yield f"{DESCRIPTOR}: {resource[:80]!r} has a foreign key of unequal widths"

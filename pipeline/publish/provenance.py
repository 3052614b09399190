"""provenance.json: what a package was made from and with, in terms of W3C PROV (PROV-O, as JSON-LD). It names contents, no times or places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pipeline.core.model import Row
from pipeline.core.schema import Package
from pipeline.publish.edition import Edition
from pipeline.publish.metadata import text_path

METHOD = (
    "SHA-256 over the lines '<SHA-256 of the file>  <path below the folder>', sorted by path, each ended by a line feed: "
    "all files but hidden ones, editors' copies and what Python compiles."
)
CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "name": "schema:name",
    "version": "schema:version",
    "description": "schema:description",
    "sha256": "schema:sha256",
    **{
        term: {"@id": f"prov:{term}", "@type": "@id"}
        for term in ("used", "wasAttributedTo", "wasDerivedFrom", "wasGeneratedBy", "wasRevisionOf")
    },
}


def provenance(
    package: Package, content: str, sources: Sequence[Row], made_with: Mapping[str, str], previous: Edition | None
) -> dict[str, Any]:
    """The graph as a JSON object.

    content: the content hash of the package; sources: rows of the table `sources`; made_with: name → SHA-256 of the lock and of the
    folders that the build reads; previous: the release that this one follows.
    """
    release: dict[str, Any] = {
        "@id": "#package",
        "@type": "prov:Entity",
        "name": package.name,
        "version": package.version,
        "description": "The data package; its sha256 is the content hash of content.json.",
        "sha256": content,
        "wasAttributedTo": [f"#author-{number}" for number, _ in enumerate(package.contributors, start=1)],
        "wasDerivedFrom": [_source_id(row) for row in sources],
        "wasGeneratedBy": "#build",
    }
    graph = [release, {"@id": "#build", "@type": "prov:Activity", "name": "python -m pipeline build"}]
    graph[1]["used"] = [*(_id(name) for name in sorted(made_with)), *(_source_id(row) for row in sources)]
    graph += [_made_with(name, digest) for name, digest in sorted(made_with.items())]
    for row in sources:
        graph.append({"@id": _source_id(row), "@type": "prov:Entity", "name": row["file"], "sha256": row["sha256"]})
        decoded = quote(text_path(row["source_id"]))
        graph.append({"@id": decoded, "@type": "prov:Entity", "wasDerivedFrom": _source_id(row), "wasGeneratedBy": "#build"})
    graph += [
        {"@id": f"#author-{number}", "@type": "prov:Agent", "name": item["title"]}
        for number, item in enumerate(package.contributors, start=1)
    ]
    if previous is not None:
        release["wasRevisionOf"] = "#previous"
        graph.append(_previous(package, previous))
    return {"@context": CONTEXT, "@graph": graph}


def _made_with(name: str, digest: str) -> dict[str, Any]:
    told = {"description": METHOD} if name.endswith("/") else {}
    return {"@id": _id(name), "@type": "prov:Entity", "name": name, **told, "sha256": digest}


def _previous(package: Package, previous: Edition) -> dict[str, Any]:
    return {
        "@id": "#previous",
        "@type": "prov:Entity",
        "name": package.name,
        "version": previous.version,
        "description": "The release before; its sha256 is that of its SHA256SUMS.",
        "sha256": previous.sums,
    }


def _id(name: str) -> str:
    return "#" + quote(name.rstrip("/"))


def _source_id(row: Row) -> str:
    return _id(f"raw/{row['file']}")

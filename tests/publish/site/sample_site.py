"""Sites of invented rows, and what a reader of their pages meets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

import msgspec

from pipeline.core.language import load_labels
from pipeline.core.model import Row
from pipeline.core.schema import load_schema
from pipeline.publish.site import Interface, Page, Site, site_files
from pipeline.publish.site.links import Links
from tests.publish.sample import FIGURES, sample

CHECKS: list[Row] = [
    {"id": "required", "table": "targets", "column": "value", "level": "error", "rows": 2, "passed": True, "message": None},
    {
        "id": "foreign_key:bodies",
        "table": "targets",
        "column": None,
        "level": "error",
        "rows": 2,
        "passed": True,
        "message": None,
    },
]
RELEASES: list[Row] = [{"version": "0.0.1", "date": "2020-01-31", "content": "d" * 64, "sha256sums": "e" * 64}]


@cache
def sample_site() -> Site:
    """The site of the sample package."""
    schema = load_schema()
    tables, texts = sample(schema)
    lines = [line.split(",") for line in FIGURES.decode().splitlines()]
    files = {f"{kind}/{name}.{kind}": 1234 for name in tables for kind in ("csv", "parquet")}
    return Site(
        tables={name: table.to_pylist() for name, table in tables.items()}, texts=texts, schema=schema,
        languages=schema.package.languages, labels=load_labels(schema.package.languages),
        accuracy=[dict(zip(lines[0], [cell or None for cell in line], strict=True)) for line in lines[1:]],
        checks=CHECKS, releases=RELEASES, files=files, content="f" * 64,
    )  # fmt: skip


def changed(tables: Mapping[str, Any] | None = None, **fields: Any) -> Site:
    """The sample site with other rows in some tables, or other fields."""
    site = sample_site()
    return msgspec.structs.replace(site, tables={**site.tables, **(tables or {})}, **fields)


def interface(language: str, site: Site | None = None) -> Interface:
    site = site or sample_site()
    return Interface(language, site.labels[language], site.languages, Links(site).of)


def context_of(page: Page) -> dict[str, Any]:
    """What the template of a page takes."""
    return page.context() if callable(page.context) else page.context


@cache
def sample_files() -> dict[str, bytes]:
    return site_files(sample_site())


class Read(HTMLParser):
    """The elements of a page with their attributes, the text of each kind of element, and the ids."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        """Every href and src."""
        return [str(attributes[name]) for _, attributes in self.elements for name in ("href", "src") if name in attributes]

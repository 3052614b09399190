"""Where a row of a table stands on the site. Addresses are made of ids, so that they stay valid from release to release."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial
from urllib.parse import quote

from pipeline.core.model import Row
from pipeline.publish.site.model import Address, Site

ON_DOCUMENT = ("sections", "sentences", "quantities", "body_mentions", "instrument_mentions")
MANY = 1000
"""Rows of targets or bodies above which their page is split, one page per document."""
SAFE = ":@-._~!$'()*+,;="
Span = tuple[str, int, int]
"""A text and two offsets into its source."""
PLAIN = re.compile("[A-Za-z0-9:._-]*")
"""An anchor that stands in an address as it is, as nearly all do."""
TABLE = re.compile("^([a-z]{2})[a-z]*-(?=[0-9a-f]{10})")
"""The name of a table at the head of an id that is a hash."""
WEB = ("http://", "https://")


class Links:
    """The addresses of a site's rows."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._keys: dict[str, dict[str, Row]] = {}

    def of(self, table: str, row: Row | str | None) -> Address | None:
        """The page and the anchor of a row, given as such or by its id; None where it stands on no page."""
        found, place = self._row(table, row), self._places.get(table)
        return None if found is None or place is None else place(found)

    @cached_property
    def _places(self) -> Mapping[str, Callable[[Row], Address | None]]:
        evidence = {table: partial(self._on_document, self._site.schema.tables[table].primary_key[0]) for table in ON_DOCUMENT}
        return evidence | {
            "statements": self._statement,
            "documents": lambda row: (f"documents/{row['document_id']}.html", None),
            "objectives": lambda row: (f"objectives/{row['document_id']}.html", anchor_of(row["objective_id"])),
            "discrepancies": self._discrepancy,
            "targets": lambda row: (self.page_of("targets", row["document_id"]), anchor_of(row["target_id"])),
            "indicators": lambda row: ("targets.html", anchor_of(row["indicator_id"])),
            "responsibilities": lambda row: (self.page_of("bodies", row["document_id"]), anchor_of(row["body_id"])),
            "bodies": lambda row: self._body(row["body_id"]),
            "instruments": lambda row: self._first_mention.get(row["instrument_id"]),
        }

    def split(self, table: str) -> bool:
        """Whether `targets` or `bodies` has a page per document besides its index."""
        return len(self._site.tables[table]) > MANY

    def page_of(self, table: str, document_id: str) -> str:
        """The page on which a document's rows of `targets` or `bodies` stand."""
        return f"{table}/{document_id}.html" if self.split(table) else f"{table}.html"

    def document_of(self, text_id: str) -> str:
        """The document of a text."""
        return str(self._texts[text_id]["document_id"])

    def _row(self, table: str, row: Row | str | None) -> Row | None:
        if row is None or isinstance(row, dict):
            return row
        if table not in self._keys:
            key = self._site.schema.tables[table].primary_key[0]
            self._keys[table] = {str(each[key]): each for each in self._site.tables[table]}
        return self._keys[table].get(row)

    def _on_document(self, key: str, row: Row) -> Address:
        document_id = self.document_of(row["text_id"])
        return f"documents/{document_id}.html", anchor_of(row[key], document_id)

    def _discrepancy(self, row: Row) -> Address:
        return f"discrepancies/{self.document_of(row['a_text_id'])}.html", anchor_of(row["discrepancy_id"])

    def _statement(self, row: Row) -> Address:
        """A statement that is a sentence as a whole has the sentence's anchor and none besides."""
        path, own = self._on_document("statement_id", row)
        return path, self._wholes.get(_span(row), own)

    def _body(self, body_id: str) -> Address:
        if not self.split("bodies"):
            return "bodies.html", anchor_of(body_id)
        document_id = self._first_document.get(body_id)
        return (f"bodies/{document_id}.html", anchor_of(body_id)) if document_id else ("bodies.html", None)

    @cached_property
    def _wholes(self) -> Mapping[Span, str]:
        """Span of a sentence → its anchor."""
        return {_span(row): anchor_of(row["sentence_id"]) for row in self._site.tables["sentences"]}

    @cached_property
    def _texts(self) -> Mapping[str, Row]:
        return {str(row["text_id"]): row for row in self._site.tables["texts"]}

    @cached_property
    def _first_mention(self) -> Mapping[str, Address]:
        found: dict[str, Address] = {}
        for row in self._site.tables["instrument_mentions"]:
            if row["instrument_id"]:
                found.setdefault(row["instrument_id"], self._on_document("instrument_mention_id", row))
        return found

    @cached_property
    def _first_document(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for row in self._site.tables["body_mentions"]:
            if row["body_id"]:
                found.setdefault(str(row["body_id"]), self.document_of(str(row["text_id"])))
        return found


def anchor_of(row_id: str, document_id: str = "") -> str:
    """An id as it stands on a page: two letters for the word that names its table, and without the document, where the page is of it.

    A script of every page (site.js) takes a reader who has the whole id there, too.
    """
    short = TABLE.sub(r"\1", row_id, count=1)
    return short.replace(f"{document_id}.", "", 1) if document_id else short


def side_anchor(discrepancy_id: str, side: str) -> str:
    """The anchor of one side of a discrepancy on its document's page, where it is marked in the text. side: 'a' or 'b'."""
    return f"{anchor_of(discrepancy_id)}.{side}"


def _span(row: Row) -> Span:
    return str(row["text_id"]), row["char_start"], row["char_end"]


def folder_of(language: str, languages: tuple[str, ...]) -> str:
    """The folder of a language's pages, '' for the first."""
    return "" if language == languages[0] else f"{language}/"


def relative(here: str, there: str, anchor: str | None = None) -> str:
    """The address of a file of the site from another, ready for an attribute. here, there: paths from the top."""
    path = "" if here == there and anchor else _path(posixpath.dirname(here), there)
    return f"{path}#{_plain(anchor)}" if anchor else path


@lru_cache(maxsize=1 << 12)
def _path(folder: str, there: str) -> str:
    return quote(posixpath.relpath(there, folder or "."), safe=f"/{SAFE}")


def _plain(anchor: str) -> str:
    return anchor if PLAIN.fullmatch(anchor) else quote(anchor, safe=f"/?{SAFE}")


def web_address(text: object) -> str | None:
    """An address on the web as a link may name it; None for anything else, such as javascript:."""
    words = str(text or "").strip()
    return words if words.lower().startswith(WEB) and not any(char <= " " for char in words) else None

"""search.html and what it searches: an index in parts, each a script that registers itself, so that it opens from disk, too."""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.core.model import Frozen, Row
from pipeline.publish.discrepancy_report import UNSHOWN
from pipeline.publish.site.amounts import compared
from pipeline.publish.site.links import Links
from pipeline.publish.site.model import Address, Interface, Page, Site

PART = 128_000
"""Bytes of a part of the sentences at most, unless one document needs more."""
AT_ONCE = 64
"""Parts that the page reads unasked; a reader may ask for the others."""
KINDS = ("documents", "sections", "targets", "indicators", "bodies", "instruments", "sentences")
"""What is found, in the order in which it is shown."""
EXAMPLES = 3
NAMED = {"documents": "title", "indicators": "name", "bodies": "name", "instruments": "name"}

SYSTEM, UNKNOWN = 9, b"\xff"
"""Where gzip names the system that it ran on, and what names none."""


class Entry(Frozen):
    """Something to be found. words: language → text."""

    kind: str
    address: Address
    words: dict[str, str]


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """search.html."""
    context = {"kinds": KINDS, "at_once": AT_ONCE, "examples": _examples(site, ui)}
    yield Page(path="search.html", template="search.html", title=ui.t("search.title"), current="search", context=context,
               styles=("search.css",), scripts=("vendor/minisearch.js", "search.js"))  # fmt: skip


def _examples(site: Site, ui: Interface) -> list[str]:
    """What a reader may look for: the names of the indicators with the most targets."""
    targets = Counter(row["indicator_id"] for row in site.tables["targets"])
    rows = sorted(site.tables["indicators"], key=lambda row: (-targets[row["indicator_id"]], row["indicator_id"]))
    return [name for name, language in (ui.name(row, "name") for row in rows) if name and language == ui.language][:EXAMPLES]


def files(site: Site) -> dict[str, bytes]:
    """The parts of the index, assets/search/<number>.js: what has a name, then the sentences."""
    links = Links(site)
    parts = [list(_first(site, links)), *_parts(site, links)]
    return {f"assets/search/{number}.js": _script(number, len(parts), entries) for number, entries in enumerate(parts)}


def _script(number: int, parts: int, entries: Sequence[Entry]) -> bytes:
    """A call that hands over, for each kind, page and language, pairs of anchor and words; words in several languages as an object.

    What all anchors of a group begin with, up to a hyphen, stands once, before them. The whole is JSON, packed by gzip, which is less than
    half of it: the library that packs it is one of the lock's, so that its bytes are the same everywhere."""
    groups: dict[tuple[int, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        language = next(iter(entry.words)) if len(entry.words) == 1 else ""
        groups[KINDS.index(entry.kind), entry.address[0], language].append(entry)
    lines = []
    for (kind, page, language), members in groups.items():
        anchors = [entry.address[1] or "" for entry in members]
        begin = "".join(anchors[0].rpartition("-")[:2])
        begin = begin if all(anchor.startswith(begin) for anchor in anchors) else ""
        pairs = [
            [anchor[len(begin) :], entry.words[language] if language else entry.words]
            for anchor, entry in zip(anchors, members, strict=True)
        ]
        lines.append(_json([kind, page, language, begin, pairs]))
    data = pa.compress(f"[{','.join(lines)}]".encode(), codec="gzip", asbytes=True)
    packed = base64.b64encode(data[:SYSTEM] + UNKNOWN + data[SYSTEM + 1 :]).decode("ascii")
    return f'policySearch({number},{parts},"{packed}");\n'.encode()


def _json(value: object) -> str:
    """What may not stand in a page, or turns the direction of text, is replaced."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return UNSHOWN.sub("\ufffd", plain).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _first(site: Site, links: Links) -> Iterator[Entry]:
    """What has a name: documents, headings, targets, indicators, bodies, instruments."""
    for table, stem in NAMED.items():
        for row in site.tables[table]:
            yield from _entry(
                table, links.of(table, row), {language: row.get(f"{stem}_{language}") for language in site.languages}
            )
    yield from _headings(site, links)
    shown = [Interface(language, site.labels[language], site.languages, links.of) for language in site.languages]
    indicators = {row["indicator_id"]: row for row in site.tables["indicators"]}
    for row in site.tables["targets"]:
        words = {ui.language: f"{_said(row, indicators, ui)}: {compared(ui, row)}" for ui in shown}
        yield from _entry("targets", links.of("targets", row), words)


def _said(row: Row, indicators: Mapping[str, Row], ui: Interface) -> str:
    """What a target measures, by the indicator's name and as printed where that is another."""
    indicator = indicators.get(row["indicator_id"])
    name = ui.name(indicator, "name")[0] if indicator else None
    printed = ui.name(row, "indicator_text")[0] or ui.name(row, "wording")[0]
    return f"{name} ({printed})" if name and name.casefold() != printed.casefold() else printed


def _headings(site: Site, links: Links) -> Iterator[Entry]:
    """One entry for a section of a document, whatever the language; it leads to the first text that has the heading."""
    languages = {row["text_id"]: row["language"].split("-")[0] for row in site.tables["texts"]}
    wordings: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    first: dict[tuple[str, str], Row] = {}
    for row in site.tables["sections"]:
        if row["heading"]:
            key = links.document_of(row["text_id"]), row["section_number"] or row["section_id"]
            first.setdefault(key, row)
            wordings[key].setdefault(languages[row["text_id"]], f"{row['label'] or ''} {row['heading']}".strip())
    for key, row in first.items():
        yield from _entry("sections", links.of("sections", row), wordings[key])


def _parts(site: Site, links: Links) -> Iterator[list[Entry]]:
    """The sentences, by document, as many documents together as a part holds."""
    languages = {row["text_id"]: row["language"].split("-")[0] for row in site.tables["texts"]}
    own: dict[str, list[Entry]] = defaultdict(list)
    for row in site.tables["sentences"]:
        words = {languages[row["text_id"]]: row["text"] or row["quote"]}
        if row["kind"] != "heading":
            own[links.document_of(row["text_id"])].extend(_entry("sentences", links.of("sentences", row), words))
    part: list[Entry] = []
    size = 0
    for entries in own.values():
        more = sum(len(_json(entry.words).encode()) for entry in entries)
        if part and size + more > PART:
            yield part
            part, size = [], 0
        part, size = part + entries, size + more
    if part:
        yield part


def _entry(kind: str, address: Address | None, words: Mapping[str, str | None]) -> list[Entry]:
    """The entry, or none where there are no words or no page to lead to."""
    said = {language: text for language, text in words.items() if text}
    return [Entry(kind, address, said)] if address and said else []

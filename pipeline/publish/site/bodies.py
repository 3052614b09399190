"""bodies.html: who is named where and in which role; with very many bodies, a page for each document besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.core.model import Frozen, Row
from pipeline.publish.sides import cut_after
from pipeline.publish.site.documents import titled
from pipeline.publish.site.finds import Shelf, first_places
from pipeline.publish.site.links import MANY
from pipeline.publish.site.model import Interface, Page, Site
from pipeline.publish.site.reading import columns, versions

MENTIONED = "mentioned"
SHOWN, DENSE = 100, 46
"""Characters of a duty that are shown at most, in Chinese the second number; the whole is one click away."""
WIDE = 12
"""Documents above which the table has no column for each."""
STYLES = ("document.css",)
Named = dict[str, dict[str, list[Row]]]
"""document_id → body_id → rows."""


class Duty(Frozen):
    """A responsibility. words: the duty, cut, and its language; there: the table and the row that it leads to."""

    role: str
    words: tuple[str, str]
    there: tuple[str, Row] | None


class Part(Frozen):
    """A body in one document. roles: with their counts; duties: those that say something; places: for each section that names it, in
    order, its number and the first mention there, in the reader's language if it can be."""

    document: Row
    roles: list[tuple[str, int]]
    duties: list[Duty]
    places: list[tuple[str, Row]]


class Entry(Frozen):
    """A body, what it is part of, and the documents that name it. parts: document_id → Part; roles: in all of them."""

    row: Row
    names: list[tuple[str, str]]
    whole: Row | None
    parts: Mapping[str, Part]
    roles: list[tuple[str, int]]


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """One page, or an index and a page for each document."""
    shelf, documents = Shelf(site), site.tables["documents"]
    mentions, duties = _mentions(site), _grouped(site.tables["responsibilities"])
    if len(site.tables["bodies"]) <= MANY:
        yield _page("bodies.html", documents, _entries(shelf, documents, mentions, duties, ui), ui.t("nav.bodies"), ui)
        return
    counts = {}
    for document in documents:
        entries = _entries(shelf, [document], mentions, duties, ui)
        counts[document["document_id"]] = len(entries)
        title = ui.t("bodies.of", title=titled(document, ui)[0])
        yield _page(f"bodies/{document['document_id']}.html", [document], entries, title, ui)
    context = {"groups": [], "documents": [(row, titled(row, ui)) for row in documents], "counts": counts}
    yield Page(
        path="bodies.html", template="bodies.html", title=ui.t("nav.bodies"), current="bodies", context=context, styles=STYLES
    )


def _mentions(site: Site) -> Named:
    document_of = {row["text_id"]: row["document_id"] for row in site.tables["texts"]}
    return _grouped(row | {"document_id": document_of[row["text_id"]]} for row in site.tables["body_mentions"])


def _grouped(rows: Iterable[Row]) -> Named:
    found: Named = {}
    for row in rows:
        if row["body_id"]:
            found.setdefault(row["document_id"], {}).setdefault(row["body_id"], []).append(row)
    return found


def _page(path: str, documents: Sequence[Row], entries: Sequence[Entry], title: str, ui: Interface) -> Page:
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.names[0][0].casefold(), each.row["body_id"])):
        code = entry.row["body_type"]
        groups.setdefault(ui.code("body_types", code) if code else ui.t("bodies.unknown"), []).append(entry)
    naming = {key for entry in entries for key in entry.parts}
    there = [row for row in documents if row["document_id"] in naming]
    context = {
        "groups": sorted(groups.items()),
        "documents": [(row, titled(row, ui)) for row in there],
        "short": _short(there, ui),
        "is_wide": len(there) > WIDE,
        "counts": {},
        "known": {entry.row["body_id"] for entry in entries},
    }
    return Page(path=path, template="bodies.html", title=title, current="bodies", context=context, styles=STYLES)


def _short(documents: Sequence[Row], ui: Interface) -> dict[str, tuple[str, str]]:
    """document_id → year and type, where no other document has the same; else the title."""
    labels = {}
    for row in documents:
        named = row["issued_on"] and row["document_type"]
        year, kind = str(row["issued_on"])[:4], row["document_type"]
        labels[row["document_id"]] = ui.t("targets.short", year=year, type=ui.code("document_types", kind)) if named else ""
    counts = Counter(labels.values())
    return {
        row["document_id"]: (label, ui.language) if label and counts[label] == 1 else titled(row, ui)
        for row in documents
        for label in [labels[row["document_id"]]]
    }


def _entries(shelf: Shelf, documents: Sequence[Row], mentions: Named, duties: Named, ui: Interface) -> list[Entry]:
    """The bodies that the documents name or charge."""
    parts: dict[str, dict[str, Part]] = {}
    for document in documents:
        key = document["document_id"]
        named, charged = mentions.get(key, {}), duties.get(key, {})
        for body_id in {**named, **charged}:
            part = _part(shelf, document, named.get(body_id, ()), charged.get(body_id, ()), ui)
            parts.setdefault(body_id, {})[key] = part
    rows = [(row, own) for body_id, own in parts.items() if (row := shelf.row("bodies", "body_id", body_id))]
    return [Entry(row, _names(row, ui), shelf.row("bodies", "body_id", row["parent_id"]), own, _total(own)) for row, own in rows]


def _total(parts: Mapping[str, Part]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for part in parts.values():
        counts.update(dict(part.roles))
    return _by_count(counts)


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _names(row: Row, ui: Interface) -> list[tuple[str, str]]:
    """The name in the language of the interface, then in the others; the id where there is none."""
    first = ui.name(row, "name")
    names = [first if first[0] else (row["body_id"], ui.language)]
    others = [(row[f"name_{language}"], language) for language in ui.languages if language != names[0][1]]
    return names + [(words, language) for words, language in others if words]


def _part(shelf: Shelf, document: Row, mentions: Sequence[Row], duties: Sequence[Row], ui: Interface) -> Part:
    counts = Counter(row["role"] for row in duties)
    if mentions and not counts:
        counts[MENTIONED] = max(Counter(mention["text_id"] for mention in mentions).values())
    first: dict[str, Row] = {}
    for mention in mentions:
        first.setdefault(mention["responsibility_id"], mention)
    said = [_duty(shelf, row, first.get(row["responsibility_id"]), ui) for row in duties]
    ordered = [row for text in columns(versions(shelf, document), ui) for row in mentions if row["text_id"] == text["text_id"]]
    return Part(document, _by_count(counts), [duty for duty in said if duty.words[0]], first_places(shelf, document, ordered))


def _duty(shelf: Shelf, row: Row, mention: Row | None, ui: Interface) -> Duty:
    """What a body is to do. It leads to the objective, else to where the body is named for it."""
    words, language = ui.name(row, "duty")
    objective = shelf.row("objectives", "objective_id", row["objective_id"])
    there = ("objectives", objective) if objective else ("body_mentions", mention) if mention else None
    return Duty(row["role"], (cut_after(words, DENSE if language == "zh" else SHOWN).rstrip(), language), there)

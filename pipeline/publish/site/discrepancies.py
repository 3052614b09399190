"""discrepancies.html and one page per document: both passages, with the words that differ marked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.core.model import Row
from pipeline.publish.sides import CUT, Texts, cut_after, cut_before, quoted_texts, side_of
from pipeline.publish.site.model import Interface, Page, Site

AROUND, DENSE = 48, 24
"""Characters that are shown before and after a passage at most, and in Chinese, which says as much in half; the whole is one click away."""
LONGEST = 240
"""Characters of a passage that are shown; of a longer one, its beginning and its end."""
STYLES, SCRIPTS = ("tables.css", "discrepancies.css"), ("tables.js",)


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """The index, and a page for each document that has discrepancies."""
    texts = quoted_texts(site.tables["texts"], site.tables["sentences"], site.texts)
    places = _Places(site)
    own: dict[str, list[Row]] = defaultdict(list)
    for row in site.tables["discrepancies"]:
        own[texts.versions[row["a_text_id"]]["document_id"]].append(row)
    documents = [row for row in site.tables["documents"] if row["document_id"] in own]
    context = {
        "documents": [_counted(row, own[row["document_id"]], ui) for row in documents],
        "kinds": _kinds(site.tables["discrepancies"]),
    }
    yield Page(path="discrepancies.html", template="discrepancies.html", title=ui.t("discrepancies.title"), current="discrepancies",
               context=context, styles=STYLES, scripts=SCRIPTS)  # fmt: skip
    for document in documents:
        yield _document(document, own[document["document_id"]], texts, places, ui)


class _Places:
    """The sentence that an offset of a text stands in or follows."""

    def __init__(self, site: Site) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(site.tables["sentences"], key=lambda row: (row["text_id"], row["char_start"], row["char_end"])):
            self._starts[row["text_id"]].append(row["char_start"])
            self._rows[row["text_id"]].append(row)

    def of(self, text_id: str, start: int) -> Row | None:
        if not self._rows[text_id]:
            return None
        return self._rows[text_id][max(bisect_right(self._starts[text_id], start) - 1, 0)]


def _kinds(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The kinds that occur, the most frequent first, with their counts."""
    return sorted(Counter(row["kind"] for row in rows).items(), key=lambda pair: (-pair[1], pair[0]))


def _counted(document: Row, rows: Sequence[Row], ui: Interface) -> dict[str, Any]:
    counts: Mapping[str, int] = Counter(row["severity"] for row in rows)
    return {"row": document, "name": ui.name(document, "title"), "major": counts["major"], "minor": counts["minor"],
            "kinds": Counter(row["kind"] for row in rows)}  # fmt: skip


def _document(document: Row, rows: Sequence[Row], texts: Texts, places: _Places, ui: Interface) -> Page:
    """Major ones first, then the surest; each pair of versions apart."""
    name = ui.name(document, "title")
    pairs = []
    for pair in sorted({(row["a_text_id"], row["b_text_id"]) for row in rows}):
        members = [row for row in rows if (row["a_text_id"], row["b_text_id"]) == pair]
        members.sort(
            key=lambda row: (
                row["severity"] != "major",
                -row["confidence"],
                row["a_char_start"],
                row["b_char_start"],
                row["kind"],
            )
        )
        versions = [texts.versions[text_id] for text_id in pair]
        pairs.append({"versions": versions, "rows": [_compared(row, texts, places) for row in members]})
    context = {"document": document, "name": name, "pairs": pairs, "kinds": _kinds(rows), "count": len(rows)}
    path = f"discrepancies/{document['document_id']}.html"
    title = f"{ui.t('discrepancies.title')}: {name[0]}"
    return Page(path=path, template="discrepancies_document.html", title=title, current="discrepancies", context=context,
                styles=STYLES, scripts=SCRIPTS)  # fmt: skip


def _compared(row: Row, texts: Texts, places: _Places) -> dict[str, Any]:
    sides = []
    for side in "ab":
        text_id = row[f"{side}_text_id"]
        version = texts.versions[text_id]
        shown = side_of(row, side, texts, DENSE if version["language"] == "zh" else AROUND)
        sides.append(
            {
                "shown": shown,
                "words": _middle_cut(shown.words),
                "version": version,
                "sentence": places.of(text_id, row[f"{side}_char_start"]),
            }
        )
    return {"row": row, "sides": sides, "sure": round(100 * row["confidence"])}


def _middle_cut(words: str | None) -> str | None:
    if words is None or len(words) <= LONGEST:
        return words
    return cut_after(words, LONGEST * 2 // 3) + cut_before(words, LONGEST // 3).removeprefix(CUT)

"""discrepancies.html and one page per document: both passages, with the words that differ marked, by severity and kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from pipeline.core.model import Row
from pipeline.publish.sides import CUT, Texts, cut_after, cut_before, quoted_texts, side_of
from pipeline.publish.site.documents import titled
from pipeline.publish.site.links import side_anchor
from pipeline.publish.site.model import Interface, Page, Site

AROUND, DENSE = 42, 20
"""Characters that are shown before and after a passage at most, and in Chinese, which says as much in half; the whole is one click away."""
LONGEST = 180
"""Characters of a passage that are shown; of a longer one, its beginning and its end."""
STYLES, SCRIPTS = ("tables.css", "discrepancies.css"), ("tables.js",)


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """The index, and a page for each document that has discrepancies."""
    texts = quoted_texts(site.tables["texts"], site.tables["sentences"], site.texts)
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
        yield _document(document, own[document["document_id"]], texts, ui)


def _kinds(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The kinds that occur, the most frequent first, with their counts."""
    return sorted(Counter(row["kind"] for row in rows).items(), key=lambda pair: (-pair[1], pair[0]))


def _counted(document: Row, rows: Sequence[Row], ui: Interface) -> dict[str, Any]:
    counts: Mapping[str, int] = Counter(row["severity"] for row in rows)
    return {"row": document, "name": titled(document, ui), "major": counts["major"], "minor": counts["minor"],
            "kinds": Counter(row["kind"] for row in rows)}  # fmt: skip


def _document(document: Row, rows: Sequence[Row], texts: Texts, ui: Interface) -> Page:
    name = titled(document, ui)
    return Page(path=f"discrepancies/{document['document_id']}.html", template="discrepancies_document.html", current="discrepancies",
                title=f"{ui.t('discrepancies.title')}: {name[0]}", context=partial(_context, document, rows, texts, ui),
                styles=STYLES, scripts=SCRIPTS)  # fmt: skip


def _context(document: Row, rows: Sequence[Row], texts: Texts, ui: Interface) -> dict[str, Any]:
    pairs = []
    for pair in sorted({(row["a_text_id"], row["b_text_id"]) for row in rows}):
        members = [row for row in rows if (row["a_text_id"], row["b_text_id"]) == pair]
        pairs.append({"versions": [texts.versions[text_id] for text_id in pair], "groups": list(_groups(members, texts))})
    return {"document": document, "name": titled(document, ui), "pairs": pairs, "kinds": _kinds(rows), "count": len(rows)}


def _groups(rows: Sequence[Row], texts: Texts) -> Iterator[dict[str, Any]]:
    """Rows of one severity and kind together: major ones first, then the kind with the surest; each group from the surest on."""
    surest: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        group = row["severity"], row["kind"]
        surest[group] = max(surest[group], row["confidence"])

    def order(row: Row) -> tuple[Any, ...]:
        group = row["severity"], row["kind"]
        place = row["a_char_start"], row["b_char_start"], row["discrepancy_id"]
        return row["severity"] != "major", -surest[group], row["kind"], -row["confidence"], *place

    for (severity, kind), own in groupby(sorted(rows, key=order), lambda row: (row["severity"], row["kind"])):
        yield {"severity": severity, "kind": kind, "rows": [_compared(row, texts) for row in own]}


def _compared(row: Row, texts: Texts) -> dict[str, Any]:
    sides = []
    for side in "ab":
        version = texts.versions[row[f"{side}_text_id"]]
        shown = side_of(row, side, texts, DENSE if version["language"].startswith("zh") else AROUND)
        anchor = side_anchor(row["discrepancy_id"], side)
        sides.append({"shown": shown, "words": _middle_cut(shown.words), "version": version, "anchor": anchor})
    return {"row": row, "sides": sides, "sure": round(100 * row["confidence"])}


def _middle_cut(words: str | None) -> str | None:
    if words is None or len(words) <= LONGEST:
        return words
    return cut_after(words, LONGEST * 2 // 3) + cut_before(words, LONGEST // 3).removeprefix(CUT)

"""A document's page: its head, its tree, its text with marks, and the instruments that it names."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pipeline.core.model import Row
from pipeline.publish.site import Page, Site, document, site_files
from pipeline.publish.site.document import tree
from pipeline.publish.site.links import anchor_of
from pipeline.publish.site.passages import Passage
from pipeline.publish.site.reading import Part, _line, columns, gap_after, versions
from tests.publish.site.sample_site import Read, changed, context_of, interface, sample_files, sample_site

DOCUMENT = "xx-2012-lights"
PAGE = f"site/documents/{DOCUMENT}.html"


@cache
def page(language: str = "en") -> Page:
    return next(iter(document.pages(sample_site(), interface(language))))


def read(site: Site | None = None, path: str = PAGE) -> Read:
    return Read((site_files(site) if site else sample_files())[path])


def rows(table: str) -> list[Row]:
    return sample_site().tables[table]


def words(found: Read) -> str:
    return "".join(word for own in found.words.values() for word in own)


def marks(found: Read) -> dict[str, dict[str, str | None]]:
    """Id → the element that has it."""
    return {str(attributes["id"]): {"tag": tag, **attributes} for tag, attributes in found.elements if "id" in attributes}


def test_every_row_that_stands_in_a_text_has_its_anchor() -> None:
    ids = set(read().ids)
    for table, key in (
        ("sections", "section_id"), ("sentences", "sentence_id"), ("quantities", "quantity_id"), ("body_mentions", "body_mention_id"),
        ("instrument_mentions", "instrument_mention_id"), ("statements", "statement_id"),
    ):  # fmt: skip
        assert {anchor_of(row[key], DOCUMENT) for row in rows(table)} <= ids, table
    assert {f"{row['discrepancy_id']}.{side}" for row in rows("discrepancies") for side in "ab"} <= ids


def test_each_mark_leads_to_its_row() -> None:
    found = marks(read())
    quantity, mention = rows("quantities")[0], rows("body_mentions")[0]
    assert found[quantity["quantity_id"]]["href"] == f"../targets.html#{quantity['target_id']}"
    mark = found[mention["body_mention_id"]]
    assert (mark["tag"], mark["class"], mark["href"]) == ("a", "b", f"../bodies.html#{mention['body_id']}")


def test_a_figure_without_a_target_is_marked_as_a_statistic_and_leads_nowhere() -> None:
    site = changed({"quantities": [row | {"target_id": None} for row in rows("quantities")]})
    for row in rows("quantities"):
        mark = marks(read(site))[row["quantity_id"]]
        assert (mark["tag"], mark["class"]) == ("u", "s")


def test_a_measure_that_is_a_sentence_has_the_anchor_of_the_sentence() -> None:
    sentence, objective = rows("sentences")[0], rows("objectives")[0]
    span = {key: sentence[key] for key in ("text_id", "section_id", "char_start", "char_end", "quote")}
    statement = rows("statements")[0] | span
    site = changed({"statements": [statement], "objectives": [objective | {"objective_type": "measure"}]})
    found = read(site)
    assert statement["statement_id"] not in found.ids
    assert "m" in str(marks(found)[sentence["sentence_id"]].get("class"))
    assert (
        read(site, f"site/objectives/{DOCUMENT}.html").addresses.count(f"../documents/{DOCUMENT}.html#{sentence['sentence_id']}")
        == 1
    )


@pytest.mark.parametrize(("en", "kind", "directs"), [(True, "sentence", True), (False, "sentence", False), (True, "row", False)])
def test_a_line_says_once_that_all_of_it_are_measures(en: bool, kind: str, directs: bool) -> None:
    """A row of a table says it itself, as rows are put together."""
    cells = ((0, 1),) if kind == "row" else ()
    row = {key: [Passage(key, "s", kind, "甲", directs=so, cells=cells)] for key, so in (("zh", True), ("en", en))}
    assert _line(row, ["zh", "en"], set()).directs is directs
    assert not _line({}, ["zh", "en"], set()).directs


def test_a_discrepancy_is_marked_on_both_sides_and_leads_to_its_row() -> None:
    found = marks(read(changed({"discrepancies": [discrepancy()]})))
    for side in "ab":
        assert "dis-1." + side in found
    assert f"../discrepancies/{DOCUMENT}.html#dis-1" in read(changed({"discrepancies": [discrepancy()]})).addresses


def test_a_passage_that_is_missing_has_a_sign_with_a_name() -> None:
    start = discrepancy()["b_char_start"]
    mark = marks(read(changed({"discrepancies": [discrepancy(b_char_end=start, b_quote=None)]})))["dis-1.b"]
    assert mark["aria-label"] == "passage missing here"
    assert mark["href"] == f"../discrepancies/{DOCUMENT}.html#dis-1"


def test_the_words_of_each_text_are_in_its_language() -> None:
    found = marks(read())
    for row in rows("sentences"):
        wanted = None if row["text_id"].endswith(".en") else "zh-Hans"
        assert found[row["sentence_id"]].get("lang") == wanted


def test_an_instrument_is_listed_with_the_places_where_it_is_named() -> None:
    mention = rows("instrument_mentions")[0]
    key = rows("instruments")[0]["instrument_id"]
    found = read(changed({"instrument_mentions": [mention | {"instrument_id": key}]}))
    assert key in found.ids
    assert f"#{mention['instrument_mention_id']}" in found.addresses
    assert marks(found)[mention["instrument_mention_id"]]["href"] == f"#{key}"


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    sources = [row | {"publisher": "a publisher", "address": "javascript:alert(1)"} for row in rows("sources")]
    found = read(changed({"sources": sources}))
    assert "a publisher" in words(found)
    assert not [address for address in found.addresses if address.startswith("javascript")]


def test_a_text_that_is_not_carried_shows_its_quotes() -> None:
    assert "short quotes only" in words(read(changed(texts={})))
    assert {row["body_mention_id"] for row in rows("body_mentions")} <= set(read(changed(texts={})).ids)


def test_the_legend_has_what_the_text_has() -> None:
    kinds = [kind for kind, _ in context_of(page())["legend"]]
    assert kinds == [kind for kind in document.LEGEND if kind in kinds]
    assert "b" in kinds
    none: dict[str, list[Row]] = {
        name: [] for name in ("quantities", "body_mentions", "instrument_mentions", "statements", "discrepancies")
    }
    site = changed(none)
    assert context_of(next(iter(document.pages(site, interface("en", site)))))["legend"] == []


def discrepancy(**more: Any) -> Row:
    """The words of one sentence against those of another."""
    zh, en = rows("sentences")[:2]
    sides = {
        f"{side}_{key}": row[key]
        for side, row in (("a", zh), ("b", en))
        for key in ("text_id", "char_start", "char_end", "quote")
    }
    return {"discrepancy_id": "dis-1", "kind": "number", "severity": "major", "confidence": 0.9, "message": "m", **sides, **more}


def text(text_id: str, language: str, status: str, completeness: str = "full") -> Row:
    return {"text_id": text_id, "language": language, "translation_status": status, "completeness": completeness}


def test_whole_texts_in_the_readers_language_stand_first_and_excerpts_last() -> None:
    texts = [
        text("d.zh", "zh", "original"),
        text("d.en", "en", "human_translation"),
        text("d.mt", "en", "machine_translation", "excerpt"),
    ]
    assert [row["text_id"] for row in columns(texts, interface("en"))] == ["d.en", "d.zh", "d.mt"]
    assert [row["text_id"] for row in columns(texts, interface("zh"))] == ["d.zh", "d.en", "d.mt"]


def test_the_text_that_others_are_compared_with_comes_first() -> None:
    class One:
        def rows(self, *_: Any) -> list[Row]:
            return [
                text("d.mt", "en", "machine_translation"),
                text("d.en", "en", "human_translation"),
                text("d.zh", "zh", "original"),
            ]

    for original, first in (("d.zh", "d.zh"), (None, "d.zh"), ("d.en", "d.en")):
        assert versions(One(), {"document_id": "d", "original_text_id": original})[0]["text_id"] == first  # type: ignore[arg-type]


def part(section_id: str, depth: int, heading: str | None, kind: str = "section") -> Part:
    named = ("", heading, "en") if heading else None
    return Part(section_id, section_id, kind, depth, named, (0,), ((),) if kind == "front" else (), ())  # type: ignore[arg-type]


def test_the_tree_has_the_sections_that_have_a_name() -> None:
    parts = [
        part("f", 0, None, "front"),
        part("1", 0, "A"),
        part("1.1", 1, "B"),
        part("1.1.1", 2, None),
        part("1.2", 1, "C"),
        part("2", 0, "D"),
    ]

    def names(nodes: list[dict[str, Any]]) -> list[Any]:
        return [(node["part"].section_id, names(node["parts"])) for node in nodes]

    assert names(tree(parts)) == [("f", []), ("1", [("1.1", []), ("1.2", [])]), ("2", [])]


@pytest.mark.parametrize(
    ("label", "gap"), [("一、", ""), ("（三）", ""), ("(3)", " "), ("第八条", " "), ("Article 3", " "), ("", "")]
)
def test_a_label_keeps_its_distance(label: str, gap: str) -> None:
    assert gap_after(label) == gap

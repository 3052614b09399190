"""The page about discrepancies: whole, without scripts, and hostile text stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

from pipeline.core.schema import arrow_schema, load_schema
from pipeline.publish.discrepancy_report import discrepancy_report

ZH = "港口安全。建设<script>alert(1)</script>三个港口，到2030年完成。\n保护海洋。"
EN = 'Safety of ports. Build 3 ports by 2031.\nProtect\u202e the &amp; "sea"\x07 <img src=x onerror=alert(1)>.\n'
TITLES = {"doc": "Ports & <b>Harbours</b>"}
VOID = {"meta", "br", "img", "link"}


class Page(HTMLParser):
    """The elements of a page; raises where they are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def inside(self, tag: str) -> list[str]:
        return [words for element, words in self.words if element == tag]


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = arrow_schema(load_schema().tables[name])
    return pa.Table.from_pylist([{field: row.get(field) for field in schema.names} for row in rows], schema=schema)


def row(number: int, kind: str, a: tuple[int, int], b: tuple[int, int], **values: Any) -> dict[str, Any]:
    sides = {"a_text_id": "doc.zh", "a_char_start": a[0], "a_char_end": a[1], "a_quote": ZH[slice(*a)] or None}
    sides |= {"b_text_id": "doc.en", "b_char_start": b[0], "b_char_end": b[1], "b_quote": EN[slice(*b)] or None}
    plain = {"discrepancy_id": f"d-{number}", "kind": kind, "severity": "major", "confidence": 0.95, "message": "What differs."}
    return {**plain, **sides, **values}


def tables(rows: list[dict[str, Any]]) -> dict[str, pa.Table]:
    texts = [
        {"text_id": "doc.zh", "document_id": "doc", "source_id": "doc/zh", "language": "zh", "translation_status": "original",
         "completeness": "full", "char_start": 0, "char_end": len(ZH)},
        {"text_id": "doc.en", "document_id": "doc", "source_id": "doc/en", "language": "en",
         "translation_status": "human_translation", "completeness": "full", "char_start": 0, "char_end": len(EN)},
    ]  # fmt: skip
    sentences = [
        {"sentence_id": f"s{n}", "text_id": text_id, "section_id": f"{text_id}:s1", "position": n, "kind": "sentence", "text": "x",
         "char_start": start, "char_end": end, "quote": "x"}
        for n, (text_id, start, end) in enumerate(
            [("doc.zh", 0, 5), ("doc.zh", 5, ZH.index("\n")), ("doc.zh", ZH.index("\n") + 1, len(ZH)),
             ("doc.en", 0, 16), ("doc.en", 17, EN.index("\n")), ("doc.en", EN.index("\n") + 1, len(EN) - 1)]
        )
    ]  # fmt: skip
    return {
        "discrepancies": table("discrepancies", rows),
        "texts": table("texts", texts),
        "sentences": table("sentences", sentences),
    }


def at(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


ROWS = [
    row(1, "year", at(ZH, "2030年"), at(EN, "2031"), message="The translation says “2031”, the original “2030年” <i>."),
    row(2, "missing", at(ZH, "保护海洋。"), (len(EN) - 1, len(EN) - 1), severity="minor", confidence=0.6),
    row(3, "term", at(ZH, "<script>alert(1)</script>"), at(EN, EN[EN.index("Protect") : -1]), confidence=0.7),
]


def test_a_page_is_whole_and_holds_no_script_and_nothing_from_outside() -> None:
    page = discrepancy_report(tables(ROWS), {"doc/zh": ZH, "doc/en": EN}, TITLES, "Data 1.0.0")
    seen = Page(page).seen
    assert page.startswith("<!DOCTYPE html>")
    assert not {tag for tag, _ in seen} & {"script", "img", "link", "iframe", "object", "form", "i", "b"}
    assert [value for _, attributes in seen for name, value in attributes.items() if name.startswith("on") or name == "src"] == []
    assert all(str(attributes["href"]).startswith("#") for tag, attributes in seen if tag == "a")
    assert "url(" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert re.search("[\x00-\x08\x0b-\x1f\u202e]", page) is None


def test_both_passages_stand_in_their_sentences_with_what_differs_marked() -> None:
    page = Page(discrepancy_report(tables(ROWS), {"doc/zh": ZH, "doc/en": EN}, TITLES, "Data 1.0.0"))
    marked = page.inside("mark")
    assert {"2030年", "2031", "保护海洋。", "<script>alert(1)</script>"} <= set(marked)
    assert "Build 3 ports by " in page.inside("blockquote")
    assert any("sea" in words for words in [*page.inside("span"), *marked])
    assert page.inside("h2") == ["Ports & <b>Harbours</b>"]
    assert "3 places, 2 of them major, in 1 pair of versions." in " ".join(page.inside("p"))


def test_rows_stand_by_severity_the_surest_first() -> None:
    page = Page(discrepancy_report(tables(ROWS), {"doc/zh": ZH, "doc/en": EN}, TITLES, "Data 1.0.0"))
    assert page.inside("h3") == ["Major: 2", "Minor: 1"]
    sure = [each for each in page.inside("span") if each.endswith("% sure")]
    assert [each.partition(",")[0] for each in sure] == ["year", "term", "missing"]


def test_of_a_source_that_is_not_carried_only_the_words_are_shown() -> None:
    page = Page(discrepancy_report(tables(ROWS[:1]), {"doc/en": EN}, TITLES, "Data 1.0.0"))
    assert page.inside("mark") == ["marked", "2030年", "2031"]
    assert not any("港口" in words for _, words in page.words)


@pytest.mark.parametrize(("own", "least"), [("港", 240), ("port ", 235)])
def test_of_a_long_sentence_the_words_around_are_shown_in_any_language(own: str, least: int) -> None:
    source = own * 300 + "错误" + own * 300
    start = source.index("错误")
    plain = {"sentence_id": "s", "section_id": "doc.zh:s1", "position": 0, "kind": "sentence", "text": "x", "quote": "x"}
    whole = table("sentences", [{**plain, "text_id": "doc.zh", "char_start": 0, "char_end": len(source)}])
    made = tables([row(1, "term", (start, start + 2), (0, 3), a_quote="错误")]) | {"sentences": whole}
    before, after = Page(discrepancy_report(made, {"doc/zh": source, "doc/en": EN}, TITLES, "D")).inside("blockquote")[:2]
    assert before.startswith("… " + own)
    assert after.endswith(own.strip() + "… ")
    assert all(least <= len(words) <= 244 for words in (before, after))


@pytest.mark.parametrize("scheme", ["prefers-color-scheme: dark", "min-width: 48rem"])
def test_it_suits_dark_and_narrow_screens(scheme: str) -> None:
    assert scheme in discrepancy_report(tables([]), {}, {}, "Data 1.0.0")


def test_a_page_without_rows_says_so() -> None:
    assert "No two versions" in discrepancy_report(tables([]), {}, {}, "Data 1.0.0")


def test_the_same_rows_make_the_same_page() -> None:
    once, again = (discrepancy_report(tables(rows), {"doc/zh": ZH, "doc/en": EN}, TITLES, "D") for rows in (ROWS, ROWS[::-1]))
    assert once == again

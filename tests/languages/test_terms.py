"""The glossary is whole: one row per term, distinct renderings, a source that can be named."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter

import pytest

from pipeline.core.paths import LANGUAGES

PATH = LANGUAGES / "terms.csv"
COLUMNS = ["term_id", "category", "zh", "zh_variants", "en", "not", "source"]
CATEGORIES = {
    "data", "economy", "government", "infrastructure", "law", "media",
    "military", "planning", "research", "security", "society", "software",
}  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")
GENERAL = "general usage"


def split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.fixture(scope="module")
def terms() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS
    return rows


def test_there_are_several_hundred_terms_of_every_category(terms: list[dict[str, str]]) -> None:
    assert len(terms) >= 400
    assert {term["category"] for term in terms} == CATEGORIES


def test_identifiers_are_distinct_slugs_in_order(terms: list[dict[str, str]]) -> None:
    ids = [term["term_id"] for term in terms]
    assert ids == sorted(set(ids))
    assert [each for each in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []


def test_a_chinese_term_stands_once(terms: list[dict[str, str]]) -> None:
    written = Counter(each for term in terms for each in [term["zh"], *split(term["zh_variants"])])
    assert [each for each, times in written.items() if times > 1] == []
    assert [each for each in written if not HAN.search(each) or "|" in each] == []


def test_renderings_are_english_and_distinct(terms: list[dict[str, str]]) -> None:
    for term in terms:
        accepted, refused = split(term["en"]), split(term["not"])
        folded = [each.casefold() for each in accepted + refused]
        assert accepted, term["term_id"]
        assert len(folded) == len(set(folded)), term["term_id"]
        assert [each for each in accepted + refused if not each or HAN.search(each)] == [], term["term_id"]


def test_a_refused_rendering_holds_no_accepted_one(terms: list[dict[str, str]]) -> None:
    """Else the sentence that has the false rendering would pass as accepted."""
    for term in terms:
        refused = [f" {each.casefold()} " for each in split(term["not"])]
        held = [(each, no) for each in split(term["en"]) for no in refused if f" {each.casefold()} " in no]
        assert held == [], term["term_id"]


def test_every_source_has_a_name(terms: list[dict[str, str]]) -> None:
    named = [term["source"] for term in terms if term["source"] != GENERAL]
    assert all(term["source"] for term in terms)
    assert len(named) > len(terms) / 2
    assert [each for each in named if not re.match(r"[A-Z][\w/&'-]+ [\w(]", each)] == []
    assert [each for each in named if GENERAL in each] == []


def test_a_rendering_said_to_be_seen_is_among_the_accepted(terms: list[dict[str, str]]) -> None:
    for term in terms:
        seen = re.search(r'\(as "([^"]+)"\)$', term["source"])
        assert seen is None or seen[1] in split(term["en"])[1:], term["term_id"]


def test_cells_are_clean_text(terms: list[dict[str, str]]) -> None:
    cells = [cell for term in terms for cell in term.values()]
    parts = [part for cell in cells for part in split(cell)]
    assert [each for each in parts if each != each.strip() or "  " in each or not each] == []
    assert [each for each in cells if each != unicodedata.normalize("NFC", each)] == []
    assert [each for each in cells if any(unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn"} for char in each)] == []
    assert [each for each in cells if re.search("\ufffd|锟斤拷|烫烫烫|Ã|â€|Â", each)] == []


def test_the_file_is_plain_utf8_with_unix_line_ends() -> None:
    raw = PATH.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")

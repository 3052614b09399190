"""What is found in the sources against what two readings of them side by side found, before there was any rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.language import load_language
from pipeline.core.model import Row
from pipeline.core.paths import RAW, ROOT
from pipeline.extract import extract_text
from pipeline.link import Corpus, link
from pipeline.outline import outline_document
from pipeline.source import check_raw, read_document, read_folder
from pipeline.stages import largest_file
from tests.link.discrepancies.scoring import SHOWN, by_kind, is_major, is_shown, same, score

GOLD = ROOT / "tests" / "gold" / "discrepancies"


def read(folder: Path) -> Corpus:
    """One document, read by the rooms before `link`."""
    reading = read_document(*read_folder(folder, largest_file()))
    languages = {text.language: load_language(text.language) for text in reading.texts}
    outlines, _ = outline_document(reading.texts, languages)
    extractions = tuple(
        extract_text(each, languages[each.text.language], reading.decoded[each.text.source_id], reading.document.issued_on)
        for each in outlines
    )
    return Corpus((reading.document,), reading.sources, outlines, extractions, (), reading.decoded, ("en", "zh"))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def corpora(gold: list[dict[str, Any]]) -> list[Corpus]:
    wanted = {row["original_text_id"].partition(".")[0] for row in gold}
    return [read(folder) for folder in check_raw(RAW, largest_file()) if folder.name in wanted]


@pytest.fixture(scope="module")
def rows(corpora: list[Corpus]) -> list[Row]:
    return [row for corpus in corpora for row in link(corpus)["discrepancies"]]


def test_quotes_are_the_words_at_their_offsets(corpora: list[Corpus], rows: list[Row]) -> None:
    source = {text.text_id: corpus.decoded[text.source_id] for corpus in corpora for text in corpus.texts.values()}
    for row in rows:
        for side in "ab":
            words = source[row[f"{side}_text_id"]][row[f"{side}_char_start"] : row[f"{side}_char_end"]]
            assert row[f"{side}_quote"] == (words or None)


def test_most_of_what_is_listed_is_right(rows: list[Row], gold: list[dict[str, Any]]) -> None:
    assert score(rows, gold).precision >= 0.80, by_kind(rows, gold)


def test_most_major_differences_are_found(rows: list[Row], gold: list[dict[str, Any]]) -> None:
    missed = [row["note"] for row in gold if is_major(row) and not any(same(each, row) for each in rows)]
    assert score(rows, gold, is_shown).recall >= 0.85, missed
    assert score(rows, gold, is_major).recall >= 0.64, missed


def test_doubted_rows_of_the_gold_left_out_more_of_it_is_found(rows: list[Row], gold: list[dict[str, Any]]) -> None:
    sure = [row for row in gold if not row["doubt"]]
    assert score(rows, sure, is_shown).recall >= 0.93
    assert score(rows, sure, is_major).recall >= 0.70


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        ("cn-2016-outline", "ordinal", "十八大"),
        ("cn-2016-outline", "missing", "生态环境修复能力"),
        ("cn-2012-opinions", "list", "嵌入式软件"),
    ],
)
def test_what_any_reader_would_see_is_found_and_major(rows: list[Row], document: str, kind: str, words: str) -> None:
    found = [row for row in rows if row["a_text_id"].startswith(document) and words in (row["a_quote"] or "")]
    assert (kind, "major") in {(row["kind"], row["severity"]) for row in found}


def test_a_row_is_right_where_its_words_are() -> None:
    texts = {"original_text_id": "d.zh", "translation_text_id": "d.en", "severity": "major", "shown_by": SHOWN[0]}
    one = {**texts, "original_start": 5, "original_end": 9, "translation_start": 20, "translation_end": 26}
    lost = {**texts, "original_start": 30, "original_end": 40, "translation_start": 50, "translation_end": 50}

    def row(a: tuple[int, int], b: tuple[int, int]) -> Row:
        ends = {"a_char_start": a[0], "a_char_end": a[1], "b_char_start": b[0], "b_char_end": b[1]}
        return {"a_text_id": "d.zh", "b_text_id": "d.en", "kind": "term", **ends}

    listed = [row((8, 12), (0, 5)), row((0, 2), (0, 90)), row((0, 2), (24, 30)), row((35, 35), (50, 50)), row((31, 32), (50, 50))]
    assert [any(same(each, gold) for gold in (one, lost)) for each in listed] == [True, False, True, False, True]
    assert score(listed, [one, lost], is_major) == (3, 5, 2, 2)
    assert by_kind(listed, [one, lost])["term"].precision == 0.6

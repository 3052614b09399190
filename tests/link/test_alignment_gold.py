"""The alignment of the held texts against tests/gold/alignment, which was made by reading both texts side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from pipeline.core.language import load_language
from pipeline.core.model import Sentence
from pipeline.core.paths import RAW, ROOT
from pipeline.extract import extract_text
from pipeline.link.alignment import Alignment, align_document
from pipeline.outline import outline_document
from pipeline.source import read_document, read_folder

GOLD = ROOT / "tests" / "gold" / "alignment"
PAIRS = {path.name.removesuffix(".sections.jsonl") for path in GOLD.glob("*.sections.jsonl")}
LEAST = 0.97

Links = set[tuple[str, str]]


@cache
def alignment_of(pair: str) -> Alignment:
    """'cn-2012-opinions.zh-en' → the alignment of those two texts."""
    document_id = pair.split(".")[0]
    reading = read_document(*read_folder(RAW / document_id))
    outlines, _ = outline_document(reading.texts)
    found = [
        extract_text(each, load_language(each.text.language), reading.decoded[each.text.source_id], reading.document.issued_on)
        for each in outlines
    ]
    (alignment,) = align_document(outlines, found)
    return alignment


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def within(sentences: Sequence[Sentence], spans: Sequence[Sequence[int]]) -> list[str]:
    """The sentences that share more than half of the shorter with a span."""
    return [
        sentence.sentence_id
        for sentence in sentences
        for start, end in spans
        if 2 * (min(sentence.char_end, end) - max(sentence.char_start, start))
        > min(sentence.char_end - sentence.char_start, end - start)
    ]


def gold_links(pair: str, alignment: Alignment) -> tuple[Links, set[str]]:
    """Sentences that the gold puts in one group, and all sentences that it has."""
    links: Links = set()
    seen: set[str] = set()
    for row in rows(pair):
        ours, theirs = within(alignment.a.sentences, row["a"]), within(alignment.b.sentences, row["b"])
        links |= {(one, other) for one in ours for other in theirs}
        seen |= {*ours, *theirs}
    return links, seen


@pytest.mark.parametrize("pair", sorted(PAIRS))
def test_sentences_are_aligned_as_read(pair: str) -> None:
    alignment = alignment_of(pair)
    gold, seen = gold_links(pair, alignment)
    found = {(one, other) for group in alignment.groups for one in group.a for other in group.b if {one, other} & seen}
    right = len(found & gold)
    assert 2 * right / (len(found) + len(gold)) >= LEAST


@pytest.mark.parametrize("pair", sorted(PAIRS))
def test_sentences_of_one_text_only_are_told(pair: str) -> None:
    alignment = alignment_of(pair)
    for row in rows(pair):
        for sentence_id in within(alignment.a.sentences, row["a"]) if not row["b"] else ():
            group = alignment.group_of(sentence_id)
            assert group is not None
            assert group.b == ()
            assert (group.method == "repeat") == (
                "repeats" in (row["doubt_reason"] or "") or "twice" in (row["doubt_reason"] or "")
            )


@pytest.mark.parametrize("pair", sorted(PAIRS))
def test_sections_are_aligned_as_read(pair: str) -> None:
    alignment = alignment_of(pair)
    numbers = {each.section_id: each.section_number for outline in (alignment.a, alignment.b) for each in outline.sections}
    excerpt = alignment.b.text.excerpt_of
    found = {
        (numbers[pair.a], excerpt if excerpt and numbers[pair.b] == "front" else numbers[pair.b])
        for pair in alignment.sections
        if pair.a is not None and pair.b is not None
    }
    around = {("front", "front"), ("closing", "closing")}
    assert found - around == {(row["a"], row["b"]) for row in rows(f"{pair}.sections")}

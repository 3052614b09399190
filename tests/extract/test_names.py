"""The automaton of names: leftmost-longest, whole words, offsets by sentence, linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.language import Name, language_codes, load_language
from pipeline.extract.names import NameIndex, find_names, names_by_sentence, spellings
from tests.builders import build_outline


def ids(text: str, language: str) -> list[tuple[str, str]]:
    return [(text[start:end], name.id) for start, end, name in find_names(text, load_language(language)) if name.kind == "body"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "财政部、商务部联合印发", [("财政部", "cn-mof"), ("商务部", "cn-mofcom")]),
        ("zh", "国务院办公厅", [("国务院办公厅", "cn-state-council-general-office")]),
        ("en", "UNESCO and UN work", [("UNESCO", "unesco"), ("UN", "un")]),
        ("en", "UNITED NATIONS", [("UNITED NATIONS", "un")]),
        ("en", "People’s Bank of China", [("People’s Bank of China", "cn-pboc")]),
        ("en", "the unwtoed and SUNNY", []),
        ("en", "State Councillor", []),
    ],
)
def test_names_are_found_whole(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(text, language) == expected


def test_classes_are_not_searched_by_name() -> None:
    language = load_language("en")
    assert any(name.id.startswith("class-") for name in language.names)
    assert not [name for _, _, name in find_names("government and enterprises", language) if name.id.startswith("class-")]


def test_a_wording_of_two_things_gives_both_rows() -> None:
    index = NameIndex(
        [Name(kind="body", id="a-x", name="Audit Office", form="official"), Name("body", "b-x", "Audit Office", "short")]
    )
    assert [[row.id for row in rows] for _, _, rows in index.find_all("the Audit Office")] == [["a-x", "b-x"]]


def test_no_names_find_nothing() -> None:
    assert NameIndex([]).find_all("anything") == []


def test_spellings_cover_both_apostrophes_and_capitals() -> None:
    assert spellings("People's Bank") == ("People's Bank", "People’s Bank", "PEOPLE'S BANK", "PEOPLE’S BANK")
    assert spellings("财政部") == ("财政部",)


def test_offsets_count_within_each_sentence() -> None:
    outline, _ = build_outline([("s1", "无"), ("s1", "请财政部办理"), ("s1", "报国务院"), ("s2", "财政部")], "zh")
    index = NameIndex(name for name in load_language("zh").names if name.kind == "body")
    found = names_by_sentence(outline.sentences, index)
    assert {number: [(start, end) for start, end, _ in matches] for number, matches in found.items()} == {
        1: [(1, 4)], 2: [(1, 4)], 3: [(0, 3)],
    }  # fmt: skip


@given(st.lists(st.text(alphabet="财政部国务院 \n，a", max_size=12), max_size=30))
def test_sentences_are_searched_as_if_alone(texts: list[str]) -> None:
    lines = [text.replace("\n", " ") or "空" for text in texts] or ["空"]
    outline, _ = build_outline([("s1", line) for line in lines], "zh")
    index = NameIndex(name for name in load_language("zh").names if name.kind == "body")
    alone = {number: index.find_all(sentence.text) for number, sentence in enumerate(outline.sentences)}
    assert names_by_sentence(outline.sentences, index) == {number: found for number, found in alone.items() if found}


@pytest.mark.parametrize("code", language_codes())
def test_every_name_finds_itself(code: str) -> None:
    language = load_language(code)
    bodies = [name for name in language.names if name.kind == "body" and not name.id.startswith("class-")]
    missed = [name.name for name in bodies if (0, len(name.name)) not in {hit[:2] for hit in find_names(name.name, language)}]
    assert missed == []


def test_names_run_fast_on_a_long_line() -> None:
    text = "按照国务院部署，财政部会同有关部门加强管理。" * 20_000
    find_names("", load_language("zh"))
    began = time.process_time()
    assert len(find_names(text, load_language("zh"))) >= 40_000
    assert time.process_time() - began < 2

"""Several language versions in one file."""

from __future__ import annotations

import pytest

from pipeline.core.errors import InputError
from pipeline.source.description import to_description
from pipeline.source.read import read_document
from tests.source.reading import content, read

ENGLISH = "".join(f"The Ministry extends the network of roads to town {number}.\n" for number in range(60))
CHINESE = "".join(f"交通运输部门推进道路建设，到2030年实现第{number}个镇通公路。\n" for number in range(60))


def test_versions_are_told_apart_by_script() -> None:
    reading = read(ENGLISH + "\xa0\n" + CHINESE, "en", "zh")
    by_language = {text.language: text for text in reading.texts}
    decoded = reading.decoded["xx-doc/a"]
    assert decoded[by_language["en"].char_start : by_language["en"].char_end] == ENGLISH.strip()
    assert decoded[by_language["zh"].char_start : by_language["zh"].char_end] == CHINESE.strip()


def test_the_order_of_the_file_counts() -> None:
    assert [len(text.paragraphs) for text in read(CHINESE + ENGLISH, "zh", "en").texts] == [60, 60]
    with pytest.raises(InputError, match="first_line"):
        read(CHINESE + ENGLISH, "en", "zh")


def test_a_few_foreign_lines_make_no_text() -> None:
    text = ENGLISH + "某某部\n" + ENGLISH.replace("town", "city") + "中共某某委员会\n某 某 部\n"
    (only,) = read(text, "en").texts
    assert (only.char_start, only.char_end) == (0, len(text) - 1)


def test_a_version_that_is_not_described_is_left_out_and_told() -> None:
    reading = read(ENGLISH + CHINESE, "en")
    (only,) = reading.texts
    assert only.char_end == len(ENGLISH) - 1
    assert [(row.kind, row.quote) for row in reading.problems if row.kind == "uncertain_boundary"] == [
        ("uncertain_boundary", CHINESE.splitlines()[0])
    ]


def test_a_short_version_that_is_not_described_is_read_along_and_told() -> None:
    short, own = "".join(CHINESE.splitlines(keepends=True)[:6]), "".join(ENGLISH.splitlines(keepends=True)[:12])
    reading = read(own + short, "en")
    (only,) = reading.texts
    assert only.char_end == len(own + short) - 1
    assert [row.quote for row in reading.problems if row.kind == "uncertain_boundary"] == [short.splitlines()[0]]
    assert [row for row in read(own + "交通运输部门推进道路建设。\n", "en").problems if row.kind == "uncertain_boundary"] == []


def test_a_text_in_another_script_than_described_is_refused() -> None:
    with pytest.raises(InputError, match="little of it"):
        read(CHINESE, "en")


def test_borders_may_be_named() -> None:
    text = "Preface\nFirst\na plan.\nSecond\nanother plan.\nEnd of plans\nAddress"
    whole = content(text.encode(), "en")
    whole["files"][0]["texts"] = [
        {"edition": "en", "language": "en", "first_line": "First"},
        {"edition": "en-2", "language": "en", "first_line": "Second", "last_line": "another plan."},
    ]
    reading = read_document(to_description(whole, "x"), {"a.txt": text.encode()})
    assert [[each.text for each in found.paragraphs] for found in reading.texts] == [
        ["First", "a plan."],
        ["Second", "another plan."],
    ]
    whole["files"][0]["texts"][1]["first_line"] = "Third"
    with pytest.raises(InputError, match="'Third'"):
        read_document(to_description(whole, "x"), {"a.txt": text.encode()})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Ministry extends the network of roads to all towns of the region.\n", "zh"),
        ("交通运输部门推进道路建设，到2030年实现每个镇通公路。\n", "en"),
    ],
)
def test_a_short_text_in_another_language_is_refused(text: str, language: str) -> None:
    with pytest.raises(InputError, match="little of it"):
        read(text, language)


def test_a_short_text_may_hold_foreign_words() -> None:
    assert len(read("推进5G、IPv6网络建设，落实National Roads Strategy，到2030年实现每个镇通公路。", "zh").texts) == 1

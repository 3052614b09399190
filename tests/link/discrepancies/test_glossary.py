"""The glossaries as they stand: each wording once, nothing both right and wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.core.language import read_table
from pipeline.link.discrepancies.glossary import TERMS, WORDS, glossary, likeness
from pipeline.link.discrepancies.words import light, stems_of


def listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def test_words_stand_once_and_in_order() -> None:
    rows = read_table(WORDS)
    wordings = [row["zh"] for row in rows]
    assert wordings == sorted(set(wordings))
    assert all(wording and wording == wording.strip() for wording in wordings)
    assert sum(bool(row["en"]) for row in rows) > 500


@pytest.mark.parametrize("path", [TERMS, WORDS], ids=lambda path: path.name)
def test_renderings_are_told_once_and_none_is_right_and_wrong(path: Path) -> None:
    for row in read_table(path):
        right, wrong = listed(row["en"]), listed(row.get("not", ""))
        assert all(each.strip() == each != "" for each in right + wrong), row
        assert [each for each, count in Counter(right).items() if count > 1] == [], row
        assert set(right).isdisjoint(wrong), row


def test_a_name_is_not_compared_but_for_a_term_in_it_that_is_mistaken() -> None:
    (name,) = glossary().uses("中华人民共和国海关总署")
    assert name.entry.renderings == ()
    (term,) = [use for use in glossary().uses("制定密码法") if use.entry.false]
    assert (term.start, term.end) == (2, 4)


def test_words_that_say_the_same_and_words_of_style_are_known() -> None:
    assert "crucial" not in light()
    assert likeness().alike[stems_of("vessel")[0]] >= set(stems_of("ship"))
    assert stems_of("strengthen")[0] in likeness().style

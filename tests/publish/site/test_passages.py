"""A text as passages: joined lines, labels, members of lists, rows of tables, and finds that stand between sentences."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import Row
from pipeline.publish.site.marks import Mark
from pipeline.publish.site.passages import Body, Find, Passage, in_cells, joined, passages

SOURCE = "一、 灯塔\n灯塔要亮，夜里\n也要亮。海面要静。\n- 修灯\n|名称|数量|\n"


def sentence(words: str, kind: str = "sentence", text: str | None = None, source: str = SOURCE) -> Row:
    start = source.index(words)
    span = {"char_start": start, "char_end": start + len(words), "quote": words}
    return {"sentence_id": f"s-{start}", "section_id": "t:s1", "kind": kind, "text": text or words, **span}


def find(words: str, kind: str = "b", source: str = SOURCE) -> Find:
    start = source.index(words)
    return Find(start, start + len(words), kind, f"f-{words}", f"#{words}", "sign", words)


def body(*finds: Find, source: str | None = SOURCE, directives: frozenset[tuple[int, int]] = frozenset()) -> Body:
    sentences = [
        sentence("灯塔", "heading"),
        sentence("灯塔要亮，夜里\n也要亮。", text="灯塔要亮，夜里也要亮。"),
        sentence("海面要静。"),
        sentence("修灯"),
        sentence("|名称|数量|", "row"),
    ]
    section = {
        "section_id": "t:s1",
        "label": "一、",
        "char_start": 0,
        "text": "灯塔要亮，夜里也要亮。海面要静。\n修灯\n|名称|数量|",
    }
    return Body([section], sentences, finds, directives, source)


def words_of(found: list[Passage], anchor: str) -> list[str]:
    """What is marked under an id, passage by passage."""
    return [each.words[mark.start : mark.end] for each in found for mark in each.marks if mark.anchor == anchor]


def test_a_text_is_its_label_its_heading_and_its_sentences_with_their_lines_joined() -> None:
    found = passages(body())
    assert [(each.kind, each.words) for each in found] == [
        ("label", "一、"), ("heading", "灯塔"), ("sentence", "灯塔要亮，夜里也要亮。"), ("sentence", "海面要静。"), ("sentence", "修灯"),
        ("row", "|名称|数量|"),
    ]  # fmt: skip
    assert [each.lead for each in found] == ["", "", "", "", "-", ""]


def test_a_paragraph_begins_where_the_section_has_a_new_line() -> None:
    assert [each.opens for each in passages(body())] == [False, False, True, False, True, True]


def test_a_find_over_a_line_break_keeps_its_words() -> None:
    assert words_of(passages(body(find("夜里\n也要"))), "f-夜里\n也要") == ["夜里也要"]


def test_a_find_over_two_sentences_is_marked_in_both_and_has_its_id_in_the_first() -> None:
    found = [each for each in passages(body(find("要亮。海面"))) if each.marks]
    assert [each.words[each.marks[0].start : each.marks[0].end] for each in found] == ["要亮。", "海面"]
    assert [each.marks[0].anchor for each in found] == ["f-要亮。海面", None]


def test_a_find_in_a_label_and_one_that_is_nowhere_are_not_lost() -> None:
    found = passages(body(find("一、", "d"), find("\n- ", "d")))
    assert words_of(found, "f-一、") == ["一、"]
    assert words_of(found, "f-\n- ") == [""]


def test_a_gap_stands_where_the_passage_would_be() -> None:
    at = SOURCE.index("海面") + 2
    found = passages(body(Find(at, at, "d", "gap", "#d")))
    assert [(each.words, mark.start, mark.end) for each in found for mark in each.marks] == [("海面要静。", 2, 2)]


def test_a_sentence_that_is_a_measure_as_a_whole_directs() -> None:
    start = SOURCE.index("海面")
    found = passages(body(directives=frozenset({(start, start + 5)})))
    assert [each.words for each in found if each.directs] == ["海面要静。"]


def test_without_the_source_there_are_the_quotes_alone() -> None:
    found = passages(body(find("海面"), source=None))
    assert [each.words for each in found][3] == "海面要静。 · 海面"
    assert words_of(found, "f-海面") == ["海面"]


def test_a_row_of_a_table_is_its_cells_and_a_mark_over_a_bar_has_its_id_once() -> None:
    row = passages(body(find("名称|数"), Find(SOURCE.index("数量"), SOURCE.index("数量"), "d", "gap", "#d")))[-1]
    cells = in_cells(row)
    assert [words for words, _ in cells] == ["名称", "数量"]
    assert [[(mark.anchor, words[mark.start : mark.end]) for mark in marks] for words, marks in cells] == [
        [("f-名称|数", "名称")], [(None, "数"), ("gap", "")],
    ]  # fmt: skip


def test_cells_are_parted_by_bars_or_tabs_or_wide_blanks() -> None:
    for words in ("a|b c|d", "a\tb c\td", "a   b c  d"):
        row = passages(Body([], [sentence(words, "row", source=words)], [], frozenset(), words))[0]
        assert [cell for cell, _ in in_cells(row)] == ["a", "b c", "d"]


def test_an_unbreakable_blank_is_a_blank() -> None:
    words = "a\N{NO-BREAK SPACE}b"
    assert passages(Body([], [sentence(words, source=words)], [], frozenset(), words))[0].words == "a b"


@given(st.lists(st.text("ab。 ", min_size=1, max_size=5), min_size=1, max_size=5), st.sampled_from(["\n", "\n\n", " \n "]))
def test_joined_words_have_a_place_for_every_offset_of_the_quote(lines: list[str], ending: str) -> None:
    quote, text = ending.join(lines), " ".join(lines)
    words, places = joined(quote, text)
    assert len(places) == len(quote) + 1
    assert places[0] == 0
    assert places[-1] == len(words)
    assert all(0 <= after - before <= 1 for before, after in pairwise(places))


def test_words_that_do_not_fit_the_quote_give_way_to_it() -> None:
    assert joined("a\nb", "other") == ("a b", range(4))


def test_marks_stay_within_the_words() -> None:
    given_: list[Any] = [Find(0, len(SOURCE), "d", "all", "#d")]
    for each in passages(body(*given_)):
        assert all(isinstance(mark, Mark) and 0 <= mark.start <= mark.end <= len(each.words) for mark in each.marks)

"""Words with marks: nothing is lost, nothing gets out, everything is well formed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.site.marks import KINDS, Mark, marked

PAYLOAD = """<script>alert(1)</script>"'&<b onclick=x>"""


class Read(HTMLParser):
    """The text of some markup, its elements in their order, and whether each was closed where it should be."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(str(markup))
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        assert tag in ("a", "u")
        assert given_.keys() <= {"class", "id", "href", "aria-label"}
        assert tag == "u" or "a" not in self.open, "a link within a link"
        self.open.append(tag)
        self.elements.append((tag, given_))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@st.composite
def words_and_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    words = draw(st.text(st.sampled_from("ab ,<>&\"'中文。\n"), max_size=20) | st.just(PAYLOAD))
    spans = draw(st.lists(st.tuples(st.integers(0, len(words)), st.integers(0, len(words))), max_size=6))
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=len(spans), max_size=len(spans)))
    linked = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    return words, [
        Mark(min(span), max(span), kind, f"m{n}", f"x.html#{n}" if link else None, "sign")
        for n, (span, kind, link) in enumerate(zip(spans, kinds, linked, strict=True))
    ]


@given(words_and_marks())
def test_the_words_stay_and_every_mark_is_there_once_and_leads_to_its_row(case: tuple[str, list[Mark]]) -> None:
    words, marks = case
    read = Read(marked(words, marks))
    assert read.text == words
    ids = [element["id"] for _, element in read.elements if "id" in element]
    assert sorted(map(str, ids)) == sorted(str(mark.anchor) for mark in marks)
    addresses = {element.get("href") for _, element in read.elements}
    assert {mark.href for mark in marks if mark.href} <= addresses
    for tag, element in read.elements:
        assert tag == "u" or "href" in element
        assert tag == "a" or "href" not in element


@given(words_and_marks())
def test_the_order_of_the_marks_does_not_matter(case: tuple[str, list[Mark]]) -> None:
    words, marks = case
    assert marked(words, marks) == marked(words, reversed(marks))


def test_a_mark_within_a_mark_takes_the_click_and_the_rest_leads_to_the_outer_one() -> None:
    got = marked("reach 6 trillion yuan", [Mark(0, 21, "g", "goal", "g.html"), Mark(6, 16, "q", "six", "t.html")])
    assert got == (
        '<u class="g" id="goal"><a href="g.html">reach </a><a class="q" id="six" href="t.html">6 trillion</a>'
        '<a href="g.html"> yuan</a></u>'
    )


def test_marks_that_cross_are_cut_and_only_the_first_piece_has_the_id() -> None:
    got = marked("abcd", [Mark(0, 3, "d", "left", "d.html"), Mark(2, 4, "b", "right", "b.html")])
    assert Read(got).text == "abcd"
    assert got.count('id="left"') == got.count('id="right"') == 1
    assert got.count('class="b"') + got.count('class="d"') == 3


def test_two_marks_of_the_same_words_both_lead_somewhere() -> None:
    got = marked("15%", [Mark(0, 3, "d", "d1", "d.html", "differs"), Mark(0, 3, "q", "q1", "t.html")])
    assert got == (
        '<u class="d" id="d1"><a class="q" id="q1" href="t.html">15%</a><a class="n" href="d.html" aria-label="differs"></a></u>'
    )


def test_a_missing_passage_is_a_link_without_words_that_has_a_name() -> None:
    assert marked("ab", [Mark(1, 1, "d", "gap", "d.html", "missing")]) == (
        'a<a class="d" id="gap" href="d.html" aria-label="missing"></a>b'
    )


def test_words_that_only_hold_something_somewhere_lead_nowhere_but_a_sign_after_them_does() -> None:
    got = marked("ab cd", [Mark(0, 5, "w", "d1", "d.html", "differs"), Mark(0, 2, "b", "b1", "b.html")])
    assert got == (
        '<u class="w" id="d1"><a class="b" id="b1" href="b.html">ab</a> cd<a class="n" href="d.html" aria-label="differs"></a></u>'
    )


def test_a_figure_that_has_no_row_is_marked_and_leads_to_what_it_stands_in() -> None:
    got = marked("in 2005", [Mark(0, 7, "g", "g1", "g.html"), Mark(3, 7, "s", "s1")])
    assert '<u class="s" id="s1"><a href="g.html">2005</a></u>' in got


def test_a_payload_stays_text_wherever_it_stands() -> None:
    got = marked(PAYLOAD, [Mark(0, 8, "b", PAYLOAD, PAYLOAD), Mark(3, 3, "d", "gap", "d.html", PAYLOAD)])
    read = Read(got)
    assert read.text == PAYLOAD
    assert "<script" not in got
    assert read.elements[0][1]["id"] == PAYLOAD


def test_a_mark_outside_the_words_is_refused() -> None:
    with pytest.raises(ValueError, match="2–9 of 3 characters"):
        marked("abc", [Mark(2, 9, "b")])


def test_words_without_marks_are_escaped() -> None:
    assert marked("a < b") == "a &lt; b"

"""Offsets of joined text lead back to the source."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import Paragraph, Pieces, Sentence, slice_pieces, source_offset, source_span

SOURCE = "  first line\n\n   second line  \nthird"
JOINED = "first line second line third"
PIECES: Pieces = ((0, 2), (10, 12), (11, 17), (22, 28), (23, 31))
"""A joining space stands for the line end; each run of text keeps its place."""


@st.composite
def joined_texts(draw: st.DrawFn) -> tuple[str, str, Pieces]:
    """A source, a text joined from some of its runs, and the pieces that say which."""
    runs = draw(
        st.lists(st.tuples(st.text("ab中 ", max_size=4), st.text("cd文", min_size=1, max_size=5)), min_size=1, max_size=6)
    )
    source, joined = "", ""
    pieces: list[tuple[int, int]] = []
    for gap, run in runs:
        source += gap
        pieces.append((len(joined), len(source)))
        source += run
        joined += run
    return source, joined, tuple(pieces)


def test_offset_in_a_single_piece() -> None:
    assert source_offset(((0, 7),), 5) == 12


def test_offsets_across_joined_lines() -> None:
    for word in ("first", "second", "third", "line"):
        start = JOINED.index(word)
        low, high = source_span(PIECES, start, start + len(word))
        assert SOURCE[low:high] == word


@given(joined_texts(), st.data())
def test_every_character_is_found_in_the_source(sample: tuple[str, str, Pieces], data: st.DataObject) -> None:
    source, joined, pieces = sample
    assert [source[source_offset(pieces, index)] for index in range(len(joined))] == list(joined)
    start = data.draw(st.integers(0, len(joined) - 1))
    end = data.draw(st.integers(start + 1, len(joined)))
    low, high = source_span(pieces, start, end)
    assert source[low] == joined[start]
    assert source[high - 1] == joined[end - 1]


@given(joined_texts(), st.data())
def test_a_slice_refers_to_the_same_characters(sample: tuple[str, str, Pieces], data: st.DataObject) -> None:
    source, joined, pieces = sample
    start = data.draw(st.integers(0, len(joined) - 1))
    end = data.draw(st.integers(start + 1, len(joined)))
    part = slice_pieces(pieces, start, end)
    assert part[0][0] == 0
    assert [source[source_offset(part, index)] for index in range(end - start)] == list(joined[start:end])


def test_paragraph_and_sentence_end_after_their_last_character() -> None:
    paragraph = Paragraph(JOINED, PIECES)
    assert (paragraph.char_start, paragraph.char_end) == (2, len(SOURCE))
    sentence = Sentence("s", "t", "t:s1", 1, "sentence", 0, JOINED, PIECES)
    assert (sentence.char_start, sentence.char_end) == (2, len(SOURCE))
    assert sentence.span(0, 5) == (2, 7)


def test_values_are_frozen_and_know_their_fields() -> None:
    paragraph = Paragraph("a", ((0, 0),))
    with pytest.raises(AttributeError):
        setattr(paragraph, "text", "b")  # noqa: B010 - the type checker knows that it cannot be set
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(b'{"text":"a","pieces":[[0,0]],"other":1}', type=Paragraph)

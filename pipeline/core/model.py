"""What the rooms hand to each other. Every value is frozen; every offset counts Unicode code points.

Source, Text and Document are manifestation, expression and work (FRBR). Section and Sentence are the outline of one
text. Statement, Quantity, BodyMention and InstrumentMention are Records: what was read, and where. A span is half open
and refers to the decoded source file: `source_text[char_start:char_end] == quote`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, dataclass_transform

from msgspec import Struct, field

Pieces = tuple[tuple[int, int], ...]
"""Where joined text stands in the source: ascending (offset in the joined text, offset in the source)."""

Row = dict[str, Any]
"""One row of a published table, by column name."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The base of all values."""


def source_offset(pieces: Pieces, offset: int) -> int:
    """The source offset of the character at `offset` of a joined text."""
    if len(pieces) == 1:
        return pieces[0][1] + offset - pieces[0][0]
    here, there = pieces[bisect_right(pieces, (offset, float("inf"))) - 1]
    return there + offset - here


def source_span(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """The source span of the non-empty slice [start, end) of a joined text."""
    if len(pieces) == 1:
        shift = pieces[0][1] - pieces[0][0]
        return start + shift, end + shift
    return source_offset(pieces, start), source_offset(pieces, end - 1) + 1


def slice_pieces(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces of the non-empty slice [start, end), counted from its own beginning."""
    inside = pieces[bisect_right(pieces, (start, float("inf"))) : bisect_left(pieces, (end,))]
    inner = tuple((here - start, there) for here, there in inside)
    return ((0, source_offset(pieces, start)), *inner)


class Document(Frozen):
    """A work. titles: language code → title. Dates are ISO 8601; periods are years."""

    document_id: str
    titles: dict[str, str]
    document_type: str | None = None
    document_number: str | None = None
    issued_on: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    jurisdiction: str | None = None
    predecessor_id: str | None = None
    original_text_id: str | None = None


class Source(Frozen):
    """A file as it came. file: path below raw/; sha256, bytes: of the untouched file."""

    source_id: str
    document_id: str
    file: str
    sha256: str
    bytes: int
    media_type: str
    encoding: str
    publisher: str | None = None
    address: str | None = None
    rights: str | None = None


class Paragraph(Frozen):
    """Running text, hard line breaks joined, without line ends and without furniture."""

    text: str
    pieces: Pieces

    @property
    def char_start(self) -> int:
        return self.pieces[0][1]

    @property
    def char_end(self) -> int:
        return source_offset(self.pieces, len(self.text) - 1) + 1


class Text(Frozen):
    """One language version of a document, in one source.

    excerpt_of: the address (section_number) of the provision that an excerpt renders, where it is known.
    """

    text_id: str
    document_id: str
    source_id: str
    language: str
    translation_status: str
    completeness: str
    char_start: int
    char_end: int
    paragraphs: tuple[Paragraph, ...]
    excerpt_of: str | None = None


class Correction(Frozen):
    """Characters of a text that are wrong, what is meant by them, and why: an editor's, not a reading."""

    text_id: str
    char_start: int
    char_end: int
    printed: str
    meant: str
    reason: str


class Section(Frozen):
    """A node of a text's section tree.

    label as printed, number as meant, section_number the language-neutral address; text: its own words without its
    children's, lines joined; char_start, char_end: the whole subtree; heading span: null where there are no heading words.
    """

    section_id: str
    text_id: str
    parent_id: str | None
    position: int
    level: int
    kind: str
    label: str | None
    number: str | None
    section_number: str
    heading: str | None
    run_in: bool
    text: str | None
    char_start: int
    char_end: int
    heading_start: int | None
    heading_end: int | None


class Sentence(Frozen):
    """A sentence, a heading, or a row of a table, in text order.

    kind: heading | sentence | row; paragraph: number of its paragraph in the text; text: lines joined.
    """

    sentence_id: str
    text_id: str
    section_id: str
    position: int
    kind: str
    paragraph: int
    text: str
    pieces: Pieces

    @property
    def char_start(self) -> int:
        return self.pieces[0][1]

    @property
    def char_end(self) -> int:
        return source_offset(self.pieces, len(self.text) - 1) + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        return source_span(self.pieces, start, end)


class Outline(Frozen):
    """One text with its section tree and its sentences, both in text order."""

    text: Text
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


class Record(Frozen, kw_only=True):
    """What was read, where it stands, and the rule that read it."""

    text_id: str
    section_id: str
    char_start: int
    char_end: int
    quote: str
    rule_id: str


class Statement(Record, kw_only=True):
    """A goal, principle, task or measure. parent: char_start of the task that a measure stands under.

    wording: the quote with its lines joined; horizon_basis: explicit | inherited | none.
    """

    objective_type: str
    wording: str
    parent: int | None
    horizon_year: int | None
    horizon_basis: str


class Quantity(Record, kw_only=True):
    """A value. kind: target | statistic; measure and comparator are codes; value is in unit, base_value in base_unit.

    wording: the sentence it stands in; nature: binding | expected | unstated; indicator_start/_end: span of the indicator phrase.
    """

    kind: str
    measure: str
    comparator: str | None
    value: float | None
    value_high: float | None
    unit: str | None
    base_value: float | None
    base_unit: str | None
    indicator_text: str | None
    indicator_start: int | None
    indicator_end: int | None
    deadline_year: int | None
    deadline_text: str | None
    deadline_basis: str
    baseline_value: float | None
    baseline_year: int | None
    nature: str
    wording: str


class BodyMention(Record, kw_only=True):
    """A body where it is named. body_id: null where names.csv does not know it; name: the full name where the text defines
    a short form, else as printed; body_type: code or null; role: a role code or 'mentioned'; duty: the words that lay the
    duty on it, lines joined."""

    body_id: str | None
    name: str
    body_type: str | None
    role: str
    duty: str | None


class InstrumentMention(Record, kw_only=True):
    """A law, plan, programme or other document where it is named.

    instrument_id: null where names.csv does not know it; status: existing | to_formulate | to_study | to_revise.
    """

    instrument_id: str | None
    name: str
    instrument_type: str
    status: str


class Problem(Frozen, kw_only=True):
    """Doubt as data: a defect of the source or a reading that is not sure. severity: info | warning | error."""

    kind: str
    severity: str
    message: str
    remedy: str
    source_id: str | None = None
    text_id: str | None = None
    section_id: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None


class Extraction(Frozen):
    """What the extractors found in one text."""

    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    body_mentions: tuple[BodyMention, ...] = ()
    instrument_mentions: tuple[InstrumentMention, ...] = ()
    problems: tuple[Problem, ...] = ()

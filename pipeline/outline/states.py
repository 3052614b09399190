"""What a reading of a text's labels knows at each point: open lists, and what each style did before."""

from __future__ import annotations

from msgspec import Struct

from pipeline.outline.labels import Candidate, Reading
from pipeline.outline.numerals import LETTERS


class Frame(Struct, frozen=True, gc=False):
    """An open list. number: of its latest member, as an address writes it; level: of its Markdown headings, else 0; key: its form,
    system and latest member, by which readings that have come to the same point are told."""

    form: str
    system: int
    last: int
    count: int
    prefix: tuple[str, ...]
    number: str
    rank: int | None
    level: int
    standalone: bool
    keyword: bool
    top: bool
    box: bool
    key: tuple[str, int, int]


class Memo(Struct, frozen=True, gc=False):
    """What a style did so far. parents: forms of the lists that it stood in, the latest first; total: of its members; last: number."""

    parents: tuple[str | None, ...]
    total: int
    last: int


class Decision(Struct, frozen=True, gc=False):
    """A candidate that is a label, its depth (0 is the top) and its reading (null: unnumbered)."""

    index: int
    depth: int
    reading: Reading | None


Frames = tuple[Frame, ...]
Memory = dict[tuple[str, int], Memo]
Chain = tuple["Chain | None", Decision] | None


class State(Struct, frozen=True, gc=False):
    """A reading of the text so far."""

    cost: float
    frames: Frames
    memory: Memory
    chain: Chain


class Move(Struct, frozen=True, gc=False):
    """A step from one State. depth: null where the candidate is no label; follows: it goes on with the list at that depth."""

    cost: float
    depth: int | None
    reading: Reading | None
    follows: bool = False


def open_frame(before: int, reading: Reading | None, candidate: Candidate) -> Frame:
    """The list that a candidate opens or continues. before: how many members it has."""
    if reading is None:
        form, system, value, prefix = title_form(candidate), 0, 0, tuple[str, ...]()
    else:
        form, system, value, prefix = reading.form, reading.system, reading.value, reading.prefix
    number = chr(96 + value) if system in LETTERS and 1 <= value <= 26 else str(value)
    return Frame(
        form, system, value, before + 1, prefix, number, candidate.rank, candidate.level, candidate.standalone, candidate.keyword,
        candidate.top, candidate.kind == "box", (form, system, value),
    )  # fmt: skip


def title_form(candidate: Candidate) -> str:
    """The form of a candidate without a number: an annex, or a title."""
    return "annex" if candidate.kind == "annex" else "TITLE" if candidate.rule_id.endswith("capitals") else "title"


def remember(memory: Memory, frame: Frame, kept: Frames) -> Memory:
    """What is known of all styles when a list has got one more member."""
    key = (frame.form, frame.system)
    known, parent = memory.get(key), kept[-1].form if kept else None
    if known is None:
        return memory | {key: Memo((parent,), 1, frame.last)}
    parents = known.parents if known.parents[0] == parent else (parent, *(other for other in known.parents if other != parent))
    return memory | {key: Memo(parents, known.total + 1, frame.last)}

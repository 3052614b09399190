"""What a reading of a text's labels knows at each point: open lists, and what each style did before."""

from __future__ import annotations

from msgspec import Struct

from pipeline.outline.labels import Reading


class Frame(Struct, frozen=True, gc=False):
    """An open list. number: of its latest member, as an address writes it; level: of its Markdown headings, else 0."""

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

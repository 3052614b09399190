"""Which candidates are labels, what they mean, and how deep they stand.

A small beam of readings goes through the candidates in text order. A reading is a stack of open lists; every candidate
either continues a list, opens one, or is no label at all, and each of these has a cost: nothing for the number that is
expected next (the next sibling, a restart at 1, a count that runs on through the text), something for a gap, a
misprint or a style in a new place. The cheapest reading of the whole text wins, so that a doubtful label is decided by
what follows it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.outline.labels import Candidate, Reading
from pipeline.outline.numerals import ARABIC, FORMAL, HANZI, LETTER_LOWER, LETTER_UPPER, LETTERS, ROMAN_LOWER, ROMAN_UPPER
from pipeline.outline.states import Decision, Frame, Frames, Memo, Move, State, open_frame, remember, title_form

BEAM = 6
SPREAD = 3.5
"""Readings that cost this much more than the cheapest are given up."""

DEEPEST = 10
"""Lists do not open below so many others."""

SURE = 2.5
"""A candidate of this strength that has the number expected next is not doubted."""

GAP, REPEATED, RESTARTED, BACKWARDS, RUNNING = 2.0, 3.0, 1.0, 5.0, 0.5
OTHER_SYSTEM, OTHER_SYSTEM_AFTER_WORD, OTHER_CASE, AWAITED = 1.2, 0.4, 3.0, 3.0
NEW_STYLE, OTHER_PLACE, LIFTED, LATE_START, RUN_ON, INSIDE_ITSELF, LONELY, LONELY_LETTER, UNRANKED = (
    0.3,
    1.2,
    1.5,
    2.5,
    0.3,
    4.0,
    1.0,
    2.9,
    1.0,
)
CASES = ({LETTER_LOWER, LETTER_UPPER}, {ROMAN_LOWER, ROMAN_UPPER})
"""Numerals in small letters and in capitals never count one list."""

NO_PARENT, KNOWN_PLACE, UNLIKE = 1.5, 0.2, 0.1

TITLES = frozenset({"title", "TITLE"})


def nest(candidates: Sequence[Candidate]) -> list[Decision]:
    """The labels among the candidates, in text order."""
    states = [State(0.0, (), {}, None)]
    ends: int | None = None
    for index, candidate in enumerate(candidates):
        if ends is not None and candidate.paragraph > ends:
            states, ends = [_outside_boxes(state) for state in states], None
        states = _step(states, index, candidate)
        ends = candidate.ends if candidate.kind == "box" else ends
    best = min(states, key=lambda state: state.cost + sum(_lonely(frame) for frame in state.frames))
    found: list[Decision] = []
    chain = best.chain
    while chain is not None:
        chain, decision = chain
        found.append(decision)
    return found[::-1]


def _outside_boxes(state: State) -> State:
    """The state with its open box closed."""
    depth = next((place for place, frame in enumerate(state.frames) if frame.box), None)
    if depth is None:
        return state
    cost = state.cost + sum(_lonely(frame) for frame in state.frames[depth:])
    return State(cost, state.frames[:depth], state.memory, state.chain)


def _step(states: Sequence[State], index: int, candidate: Candidate) -> list[State]:
    if len(states) == 1 and len(only := _moves(states[0], candidate)) == 1:
        return [_after(states[0], only[0], states[0].cost + only[0].cost, index, candidate)]
    cheapest: dict[tuple[tuple[str, int, int], ...], tuple[float, State, Move]] = {}
    for state in states:
        for move in _moves(state, candidate):
            cost = state.cost + move.cost
            key = _key(state.frames, move, candidate)
            if key not in cheapest or cost < cheapest[key][0]:
                cheapest[key] = (cost, state, move)
    ranked = sorted(cheapest.values(), key=lambda entry: entry[0])
    floor = ranked[0][0] + SPREAD
    return [_after(state, move, cost, index, candidate) for cost, state, move in ranked[:BEAM] if cost <= floor]


def _key(frames: Frames, move: Move, candidate: Candidate) -> tuple[tuple[str, int, int], ...]:
    if move.depth is None or candidate.leaf:
        return tuple([frame.key for frame in frames])
    reading = move.reading
    added = (reading.form, reading.system, reading.value) if reading else ("", candidate.level, 0)
    return (*[frame.key for frame in frames[: move.depth]], added)


def _after(state: State, move: Move, cost: float, index: int, candidate: Candidate) -> State:
    if move.depth is None:
        return State(cost, state.frames, state.memory, state.chain)
    chain = (state.chain, Decision(index, move.depth, move.reading))
    if candidate.leaf:
        return State(cost, state.frames, state.memory, chain)
    kept, old = state.frames[: move.depth], state.frames[move.depth : move.depth + 1]
    frame = open_frame(old[0].count if old and move.follows else 0, move.reading, candidate)
    memory = {} if candidate.kind == "annex" else state.memory if candidate.top else remember(state.memory, frame, kept)
    return State(cost, (*kept, frame), memory, chain)


def _lonely(frame: Frame) -> float:
    if frame.count > 1 or frame.keyword or frame.level or frame.prefix or frame.last == 0:
        return 0.0
    return LONELY_LETTER if frame.system in LETTERS else LONELY


def _moves(state: State, candidate: Candidate) -> Sequence[Move]:
    if candidate.level:
        return (_heading(state.frames, candidate),)
    if (move := _next_in_line(state.frames, candidate)) is not None:
        return (move,)
    if not candidate.readings and candidate.kind != "annex":
        return (Move(0.0, _title_depth(state, candidate), None),)
    rejected = Move(candidate.strength, None, None)
    if candidate.kind == "annex":
        return (rejected, *_annex(state.frames, candidate))
    if candidate.leaf:
        return (rejected, Move(0.0, len(state.frames), candidate.readings[0]))
    found = [move for reading in candidate.readings for move in _siblings(state, candidate, reading)]
    expected = [move for move in found if move.cost <= UNLIKE]
    if not expected:
        found += [move for reading in candidate.readings for move in _opened(state, candidate, reading)]
        expected = [move for move in found if move.cost <= UNLIKE]
    if not expected:
        return (rejected, *found)
    return expected if candidate.strength >= SURE else (rejected, *expected)


def _next_in_line(frames: Frames, candidate: Candidate) -> Move | None:
    """The only move where one list has the form of a label, and that label has its next number: most labels are read so."""
    if len(candidate.readings) != 1 or candidate.strength < SURE or candidate.kind == "annex" or candidate.leaf:
        return None
    reading, place = candidate.readings[0], -1
    for depth, frame in enumerate(frames):
        if frame.form == reading.form and frame.system == reading.system:
            if place >= 0:
                return None
            place = depth
    if place < 0 or reading.cost:
        return None
    frame = frames[place]
    if reading.value != frame.last + 1 or frame.prefix != reading.prefix:
        return None
    if (
        frame.standalone != candidate.standalone
        or any(inner.level or _lonely(inner) for inner in frames[place + 1 :])
        or frame.level
    ):
        return None
    return Move(0.0, place, reading, True)


def _heading(frames: Frames, candidate: Candidate) -> Move:
    """A Markdown heading stands where its level says."""
    depth = next((place for place, frame in enumerate(frames) if not frame.level or frame.level >= candidate.level), len(frames))
    before = frames[depth] if depth < len(frames) else None

    def doubt(reading: Reading) -> float:
        if before is not None and (before.form, before.prefix) == (reading.form, reading.prefix):
            return 0.0 if reading.value == before.last + 1 else 1.0
        return 0.5 if reading.value == 1 else 1.0

    chosen = min(candidate.readings, key=doubt, default=None)
    return Move(0.0, depth, chosen)


def _title_depth(state: State, candidate: Candidate) -> int:
    """An unlabelled heading stands where such stood before, else in the innermost list of headings that stand alone; capitals
    hold small letters."""
    if candidate.top:
        return 0
    frames, form = state.frames, title_form(candidate)
    if (memo := state.memory.get((form, 0))) is not None and not any(frame.form == "TITLE" for frame in frames):
        for depth in range(len(frames), -1, -1):
            if (frames[depth - 1].form if depth else None) == memo.parents[0]:
                return depth
    for depth in range(len(frames), 0, -1):
        frame = frames[depth - 1]
        above = frame.form == "TITLE" and form == "title"
        if above or (frame.standalone and frame.form not in ("title", "TITLE") and (frame.form != "annex" or depth == 1)):
            return depth
    return 0


def _annex(frames: Frames, candidate: Candidate) -> Iterator[Move]:
    before = frames[0] if frames and frames[0].rank == 0 else None
    if not candidate.readings:
        yield Move(0.0 if before is None else 1.0, 0, None)
    for reading in candidate.readings:
        expected = before.last + 1 if before is not None and before.form == reading.form else 1
        yield Move(0.0 if reading.value == expected else 1.0, 0, reading)


def _siblings(state: State, candidate: Candidate, reading: Reading) -> Iterator[Move]:
    """The candidate continues an open list; lists inside that one end."""
    ended = 0.0
    for depth in range(len(state.frames) - 1, -1, -1):
        frame = state.frames[depth]
        if frame.level:
            return
        if frame.form == reading.form and (
            frame.prefix == reading.prefix or (reading.prefix and not _parent(state.frames, reading))
        ):
            cost = _next(frame, reading, state.memory.get((reading.form, reading.system)), candidate)
            if cost is not None and frame.system != reading.system and _is_awaited(state.frames, reading):
                cost += AWAITED
            if cost is not None:
                yield Move(cost + ended + reading.cost, depth, reading, True)
        ended += _lonely(frame)


def _is_awaited(frames: Frames, reading: Reading) -> bool:
    """Whether an open list of a label's own style has its number next."""
    return any(_same_list(frame, reading) and frame.last + 1 == reading.value for frame in frames)


def _next(frame: Frame, reading: Reading, memo: Memo | None, candidate: Candidate) -> float | None:
    """What it costs that `reading` follows the latest member of a list; null where it cannot."""
    if frame.prefix != reading.prefix:
        return NO_PARENT if len(frame.prefix) == len(reading.prefix) else None
    step = reading.value - frame.last
    if frame.system != reading.system:
        if reading.prefix and frame.system == ARABIC and reading.system in LETTERS and reading.value == 1:
            return 0.2
        doubt = (
            OTHER_CASE
            if {frame.system, reading.system} in CASES
            else OTHER_SYSTEM_AFTER_WORD
            if candidate.keyword
            else OTHER_SYSTEM
        )
        return doubt + GAP * (step - 1) if 1 <= step <= 2 else None
    if step == 1:
        return 0.0 if frame.standalone == candidate.standalone else UNLIKE
    if memo is not None and reading.value == memo.total + 1:
        return RUNNING
    if step > 1:
        return GAP + 0.4 * min(step - 2, 5)
    if step == 0:
        return 0.0 if reading.suffix else REPEATED
    return (RESTARTED if reading.value == 1 else BACKWARDS) + (1.0 if frame.standalone != candidate.standalone else 0.0)


def _opened(state: State, candidate: Candidate, reading: Reading) -> Iterator[Move]:
    """The candidate opens a list."""
    memo = state.memory.get((reading.form, reading.system))
    if memo is not None and _runs_on(state.frames, candidate, reading, memo):
        yield Move(reading.cost, len(state.frames), reading)
        return
    start = _start(reading, memo, candidate)
    for depth, cost in _places(state.frames, candidate, reading, memo):
        if depth >= DEEPEST or (depth < len(state.frames) and _same_list(state.frames[depth], reading)):
            continue
        ended = sum(_lonely(frame) for frame in state.frames[depth:])
        yield Move(
            start + cost + ended + reading.cost + _inside_itself(state.frames[:depth], candidate, reading, memo), depth, reading
        )


def _runs_on(frames: Frames, candidate: Candidate, reading: Reading, memo: Memo) -> bool:
    """Whether a candidate is a numbered paragraph under a title whose number runs on from those under the title before."""
    below_title = bool(frames) and frames[-1].form in TITLES and not candidate.standalone
    return below_title and reading.value == memo.last + 1 and not reading.prefix and len(frames) < DEEPEST


def _same_list(frame: Frame, reading: Reading) -> bool:
    return frame.form == reading.form and frame.system == reading.system and frame.prefix == reading.prefix


def _start(reading: Reading, memo: Memo | None, candidate: Candidate) -> float:
    if reading.value == 1:
        return 0.0
    if reading.value == 0 or (memo is not None and reading.value in (memo.total + 1, memo.last + 1)):
        return RUN_ON
    return 1.0 + 0.1 * min(reading.value, 10) if candidate.keyword else LATE_START + 0.5 * min(reading.value - 2, 4)


def _parent(frames: Frames, reading: Reading) -> int:
    """The depth below the section that 3.2 of 3.2.1 names; 0 where it is not open."""
    for depth in range(len(frames), 0, -1):
        frame = frames[depth - 1]
        if frame.number == reading.prefix[-1] and (not frame.prefix or frame.prefix == reading.prefix[:-1]):
            return depth
    return 0


def _places(frames: Frames, candidate: Candidate, reading: Reading, memo: Memo | None) -> list[tuple[int, float]]:
    """Depths at which a list may open, with their costs."""
    top = len(frames)
    floor = next((depth for depth in range(top, 0, -1) if frames[depth - 1].level or frames[depth - 1].rank == 0), 0)
    if reading.prefix:
        depth = _parent(frames, reading)
        return [(depth, 0.0)] if depth else [(top, NO_PARENT + NEW_STYLE)]
    if candidate.rank:
        ranked = next(
            (
                place
                for place, frame in enumerate(frames)
                if place >= floor and (frame.rank is None or frame.rank >= candidate.rank)
            ),
            top,
        )
        return [
            (ranked, UNRANKED if any(frame.rank is None for frame in frames[ranked:]) and memo is None else 0.0),
            (top, UNRANKED),
        ]
    if memo is None and frames and frames[0].top and (candidate.standalone or reading.system in (HANZI, FORMAL)):
        return [(0, NEW_STYLE), (top, LIFTED)]
    if memo is None:
        return [(top, NEW_STYLE), *((depth, LIFTED + 0.2 * (top - depth)) for depth in range(top - 1, floor - 1, -1))]
    # what a colon or the word of a ranked section leads to stands right below it
    first = candidate.kind == "box" or (candidate.kind is None and reading.value == 1)
    near = candidate.led or (first and bool(frames) and frames[-1].rank is not None)
    found: dict[int, float] = {top: 0.0} if near else {}
    for depth in range(top - near, floor - 1, -1):
        parent = frames[depth - 1].form if depth else None
        if parent in memo.parents:
            cost = 0.0 if parent == memo.parents[0] else KNOWN_PLACE
            if cost not in found.values():
                found[depth] = cost
    found.setdefault(top, NEW_STYLE if frames and frames[-1].box else OTHER_PLACE)
    found.setdefault(floor, OTHER_PLACE + LIFTED)
    return list(found.items())


def _inside_itself(kept: Frames, candidate: Candidate, reading: Reading, memo: Memo | None) -> float:
    """A list of a style inside a list of that style is unlikely, unless it holds paragraphs under titles."""
    outer = [frame for frame in kept if _same_list(frame, reading)]
    if not outer or outer[0].level or kept[-1].box:
        return 0.0
    if len(outer) > 1:
        return INSIDE_ITSELF
    if memo is not None and reading.form in memo.parents:
        return 0.0
    return 1.5 if outer[0].standalone and not candidate.standalone else INSIDE_ITSELF

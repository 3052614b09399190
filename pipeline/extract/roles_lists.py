"""Responsible bodies that are listed: in a bracket after a measure, behind a label, in a column of a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from pipeline.extract.bodies_find import NAMES_RULE
from pipeline.extract.bodies_lists import LISTED_RULE
from pipeline.extract.bodies_vocabulary import Span, Vocabulary
from pipeline.extract.roles import LONGEST_CLAUSE, MARK, MENTIONED, Role, groups_of, template

CELL = re.compile(r"\s*\|\s*|\t+|\s{3,}|　{2,}")
SHORTEST_MEASURE = 6


class Listed:
    """Bodies with a role each, read from one list; spans that the list alone shows to be bodies are among them."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.roles: list[Role] = []

    def add(self, span: Span, role: Role) -> None:
        self.spans.append(span)
        self.roles.append(role)

    def add_asked(self, spans: Sequence[Span], roles: Sequence[Role]) -> None:
        """Adds bodies as running text names them; those that count only with a role, where they have one."""
        for span, role in zip(spans, roles, strict=True):
            if span.asked or role.role != MENTIONED:
                self.add(span, role)


def read_brackets(text: str, spans: Sequence[Span], words: Vocabulary, first_leads: bool, previous: str | None) -> Listed:
    """The bodies in brackets that say who is responsible. previous: the sentence before, where the bracket stands alone."""
    listed = Listed()
    starts = [span.start for span in spans]
    for match in words.patterns["bracket"].finditer(text):
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        inside = list(spans[first:last])
        if not inside or not _is_responsible(text, match, inside, spans[max(0, first - 1) : first], words, previous):
            continue
        measure = _measure(text[max(0, match.start() - LONGEST_CLAUSE) : match.start()], previous)
        _read_segments(text, match.start() + 1, match.end() - 1, inside, words, first_leads, measure, listed)
    return listed


def _is_responsible(
    text: str, match: re.Match[str], inside: Sequence[Span], others: Sequence[Span], words: Vocabulary, previous: str | None
) -> bool:
    begin, end = match.start() + 1, match.end() - 1
    if words.groups["brackets"].first(template(text[begin:end], _shifted(inside, begin))):
        return True
    if any(span.end <= match.start() and not text[span.end : match.start()].strip() for span in others):
        return False  # another name of the body before it
    if match.start() < SHORTEST_MEASURE and (previous is None or words.capitals):
        return False
    if words.patterns["filler"].sub("", text[match.end() : match.end() + 40]):
        return False
    members = with_unknown(text, begin, end, inside, words)
    rest = template(text[begin:end], _shifted(members, begin)).replace(MARK, "")
    only_bodies = not words.patterns["filler"].sub("", words.patterns["list_break"].sub("", rest))
    firm = all("-short-" not in span.rule_id and span.tier == 1 for span in members)
    return only_bodies and firm and any(span.named for span in members)


def _shifted(spans: Sequence[Span], by: int) -> list[Span]:
    return [Span(span.start - by, span.end - by, span.body_id, span.name, span.rule_id) for span in spans]


def with_unknown(text: str, start: int, end: int, spans: Sequence[Span], words: Vocabulary) -> list[Span]:
    """The bodies of a list, those that only look like bodies included, in text order."""
    unknown = unknown_items(text, start, end, spans, words)
    known = [span for span in spans if not any(other.start <= span.start and span.end <= other.end for other in unknown)]
    return sorted([*known, *unknown], key=lambda span: span.start)


def _measure(before: str, previous: str | None) -> str | None:
    own = re.split(r"[）)。]\s*|(?<=[a-z])\. ", before.strip())
    words = next((part for part in reversed(own) if len(part) >= SHORTEST_MEASURE), None)
    return words.strip() if words else previous


def _read_segments(
    text: str,
    start: int,
    end: int,
    inside: Sequence[Span],
    words: Vocabulary,
    first_leads: bool,
    measure: str | None,
    listed: Listed,
) -> None:
    borders = [start, *(match.end() for match in words.patterns["segment"].finditer(text, start, end)), end]
    for begin, stop in pairwise(borders):
        carried: Role | None = None
        spans = [span for span in inside if begin <= span.start and span.end <= stop]
        spans = with_unknown(text, begin, stop, spans, words)
        at = begin
        groups = list(groups_of(text, spans, words))
        for number, group in enumerate(groups):
            first, last = spans[group[0]], spans[group[-1]]
            limit = spans[groups[number + 1][0]].start if number + 1 < len(groups) else stop
            probe = text[at : first.start] + MARK + text[last.end : limit]
            found = words.groups["brackets"].first(probe)
            role = Role(str(found[0].values["role"]), found[0].rule_id, measure) if found else None
            role = role or carried or Role("implementer", LISTED_RULE, measure)
            carried = role
            _share(group, spans, role, first_leads, listed)
            at = last.end


def _share(group: list[int], spans: Sequence[Span], role: Role, first_leads: bool, listed: Listed) -> None:
    for position, number in enumerate(group):
        own = role
        if first_leads and role.role == "implementer" and len(group) > 1 and position == 0:
            own = Role("lead", role.rule_id, role.duty)
        listed.add(spans[number], own)


def unknown_items(text: str, start: int, end: int, spans: Sequence[Span], words: Vocabulary) -> list[Span]:
    """The members of a list that have the form of a body's name and that no name or rule knows."""
    found, at = [], start
    for border in [*words.patterns["item"].finditer(text, start, end), None]:
        stop = border.start() if border else end
        item = words.patterns["item_body"].match(text[at:stop].strip()) if stop > at else None
        if item:
            begin = text.index(item["body"], at)
            until = begin + len(item["body"])
            taken = any(span.start < until and begin < span.end and not _is_start_of(span, begin, until) for span in spans)
            if not taken and not words.patterns["not_item"].match(item["body"]):
                found.append(Span(begin, begin + len(item["body"]), None, item["body"], LISTED_RULE, named=True))
        elif words.capitals and (actor := words.actor_pattern.fullmatch(text[at:stop].strip(" .*_"))):
            begin = text.index(actor[0], at)
            if not any(span.start < stop and begin < span.end for span in spans) and (body_id := words.actor(actor[0])):
                found.append(Span(begin, begin + len(actor[0]), body_id, actor[0], LISTED_RULE, tier=3))
        at = border.end() if border else end
    return found


def _is_start_of(span: Span, start: int, end: int) -> bool:
    """Whether a name is only the beginning of a longer name that fills the item."""
    return span.rule_id == NAMES_RULE and span.start == start and span.end < end


def is_label_line(text: str, words: Vocabulary) -> bool:
    """Whether a line only says who is responsible, such as 牵头单位：… or Lead: …"""
    if ":" not in text and "：" not in text:
        return False
    match = words.patterns["label_value"].match(text)
    return match is not None and words.groups["labels"].first(match["label"].strip(" *_")) is not None


def read_label(text: str, spans: Sequence[Span], words: Vocabulary, first_leads: bool, previous: str | None) -> Listed:
    """The bodies of a line such as 牵头单位：… or Lead: …"""
    listed = Listed()
    match = words.patterns["label_value"].match(text)
    found = words.groups["labels"].first(match["label"].strip(" *_")) if match else None
    if match is None or found is None:
        return listed
    begin, end = match.span("value")
    stops = [*(part.end() for part in words.patterns["label_break"].finditer(text, begin, end)), end]
    for stop in stops:
        own = words.patterns["label_value"].match(text[begin:stop])
        if own and (again := words.groups["labels"].first(own["label"].strip(" *_"))):
            found, begin = again, begin + own.start("value")
        values = [span for span in spans if begin <= span.start < stop]
        values = sorted(values + unknown_items(text, begin, stop, values, words), key=lambda span: span.start)
        role = Role(str(found[0].values["role"]), found[0].rule_id, previous)
        for group in groups_of(text, values, words):
            _share(group, values, role, first_leads, listed)
        begin = stop
    return listed


def listed_acronyms(text: str, row: bool, words: Vocabulary) -> Iterator[str]:
    """The acronyms that stand behind a label of responsible bodies, in a line or in a row of two cells."""
    if row:
        cells = [text[start:end] for start, end in cells_of(text) if text[start:end].strip()]
        label, value = cells if len(cells) == 2 else ("", "")
    else:
        match = words.patterns["label_value"].match(text)
        label, value = match.group("label", "value") if match else ("", "")
    if not label or words.groups["labels"].first(label.strip(" *_")) is None:
        return
    for item in words.patterns["item"].split(value):
        acronym = item.strip(" .*_")
        if words.patterns["acronym"].match(acronym) and not words.patterns["not_item"].search(acronym):
            yield acronym


def cells_of(text: str) -> list[tuple[int, int]]:
    """The cells of a row as it is printed: between bars, tabs or wide gaps."""
    cells, at = [], 0
    for match in CELL.finditer(text):
        cells.append((at, match.start()))
        at = match.end()
    cells.append((at, len(text)))
    return cells[1:] if text.lstrip().startswith("|") else cells


def header_roles(text: str, words: Vocabulary) -> dict[int, Role]:
    """Column number → role, for the columns of a header row that hold responsible bodies."""
    roles = {}
    for column, (start, end) in enumerate(cells_of(text)):
        label = text[start:end].strip(" *_|：:")
        if 1 < len(label) < 40 and (found := words.groups["labels"].first(label)):
            roles[column] = Role(str(found[0].values["role"]), found[0].rule_id)
    return roles


def row_width(text: str) -> int:
    """How many cells of a row hold something."""
    return sum(bool(text[start:end].strip()) for start, end in cells_of(text))


def outside(text: str, spans: Sequence[Span], columns: Container[int]) -> bool:
    """Whether a body stands in a cell of another column than these."""
    others = [cell for column, cell in enumerate(cells_of(text)) if column not in columns]
    return any(start <= span.start < end for start, end in others for span in spans)


def read_row(text: str, spans: Sequence[Span], header: dict[int, Role], words: Vocabulary, first_leads: bool) -> Listed:
    """The bodies in the columns that the header gives a role; the duty is the longest of the other cells."""
    listed = Listed()
    cells = cells_of(text)
    others = [text[start:end].strip() for column, (start, end) in enumerate(cells) if column not in header]
    duty = max(others, key=len, default="") or None
    for column, (start, end) in enumerate(cells):
        if column not in header:
            continue
        inside = [span for span in spans if start <= span.start and span.end <= end]
        inside = sorted(inside + unknown_items(text, start, end, inside, words), key=lambda span: span.start)
        role = Role(header[column].role, header[column].rule_id, duty)
        for group in groups_of(text, inside, words):
            _share(group, inside, role, first_leads, listed)
    for span in spans:
        if not any(span is known for known in listed.spans):
            listed.add(span, Role(MENTIONED))
    return listed


def read_front(text: str, spans: list[Span], words: Vocabulary, listed: Listed) -> list[Span]:
    """Takes the issuers and addressees off the beginning of a line of front matter or a signature; returns the other spans."""
    at = 0
    while spans:
        rest = template(text[at:], [Span(s.start - at, s.end - at, s.body_id, s.name, s.rule_id) for s in spans])
        found = words.groups["front"].first(rest)
        match = found[0].pattern.search(rest) if found else None
        if found is None or match is None:
            break
        count = max(match[0].count(MARK), 1)
        for span in spans[:count]:
            listed.add(span, Role(str(found[0].values["role"]), found[0].rule_id))
        at, spans = spans[count - 1].end, spans[count:]
    return spans

"""What a sentence asks of a body: its role, and the words that lay the duty on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.extract.bodies_vocabulary import Span, Vocabulary, body_types

MARK = "◆"
BEFORE, AFTER = 90, 150
LONGEST_CLAUSE, LONGEST_JOINER = 600, 40
MENTIONED = "mentioned"


class Role(Struct):
    """role: a role code or 'mentioned'; duty: the words that lay it on the body, null for a mention."""

    role: str
    rule_id: str | None = None
    duty: str | None = None


def groups_of(text: str, spans: Sequence[Span], words: Vocabulary) -> Iterator[list[int]]:
    """The numbers of spans that one list joins: A, B and C."""
    joined = _joined([text[left.end : right.start] for left, right in pairwise(spans)], words)
    group: list[int] = []
    for number, span in enumerate(spans):
        if group and not joined[number - 1] and "-short-" not in span.rule_id:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _joined(gaps: Sequence[str], words: Vocabulary) -> list[bool]:
    """Whether each gap joins the names on its two sides into one list.

    'A and B, C shall' closes the list before C; 'With A, the B shall' is none; 'A, the B, the C' and 'A, the B and the C' are.
    """
    joiners, weak_joiners, last = (words.patterns[key] for key in ("joiners", "weak_joiners", "last_joiner"))
    weak = [len(gap) <= LONGEST_JOINER and bool(weak_joiners.match(gap)) for gap in gaps]
    joined = [len(gap) <= LONGEST_JOINER and bool(joiners.match(gap)) for gap in gaps]
    for number, gap in enumerate(gaps):
        after = number + 1 < len(gaps) and (joined[number + 1] or weak[number + 1])
        if weak[number] and (after or (number > 0 and weak[number - 1])):
            joined[number] = True
        elif number > 0 and words.patterns["comma"].match(gap) and last.search(gaps[number - 1]):
            joined[number] = False
    return joined


def read_roles(text: str, spans: Sequence[Span], words: Vocabulary, background: bool) -> list[Role]:
    """The role of each body in a sentence of running text. background: it tells what was, so nothing is asked."""
    roles = [Role(MENTIONED) for _ in spans]
    for group in groups_of(text, spans, words):
        start, end = spans[group[0]].start, spans[group[-1]].end
        before = text[max(0, start - BEFORE) : start].replace("*", "").replace(MARK, "")
        after = text[end : end + AFTER].replace("*", "").replace(MARK, "").lstrip(")）”\"'’")
        if after.startswith((",", " (", " which")):
            after = words.patterns["aside"].sub("", after, count=1)
        international = any(body_types().get(spans[number].body_id or "") == "international" for number in group)
        kind = "international" if international else "role"
        if all(spans[number].tier == 3 for number in group):
            kind = "independent"
        found = _role(before, after, words, kind, background)
        for number in group:
            if found is not None and found.role != MENTIONED:
                roles[number] = Role(found.role, found.rule_id, clause_of(text, start, end, words))
            elif spans[number].tier == 3:
                rule_id = spans[number].rule_id
                roles[number] = Role(words.laid.get(rule_id, "implementer"), rule_id, clause_of(text, start, end, words))
    return roles


def _role(before: str, after: str, words: Vocabulary, kind: str, background: bool) -> Role | None:
    """kind: the value of a rule that tells the role: 'international' or 'independent' for such bodies, else 'role'."""
    probe = before + MARK + after
    for rule in words.groups["roles"].candidates(probe):
        if rule.values.get("needs", kind) != kind:
            continue
        if not rule.pattern.search(probe):
            continue
        told = background and not words.patterns["promised"].match(after)
        past = told or words.patterns["backgrounds"].search(before[-20:] + MARK + after[:12])
        if (past and rule.values.get("directive")) or (told and rule.values.get("done")):
            return Role(MENTIONED)
        return Role(str(rule.values.get(kind, rule.values["role"])), rule.rule_id)
    return None


def clause_of(text: str, start: int, end: int, words: Vocabulary) -> str:
    """The part of a sentence, between semicolons, that holds [start, end)."""
    first, last = max(0, start - LONGEST_CLAUSE), min(len(text), end + LONGEST_CLAUSE)
    for match in words.patterns["break"].finditer(text, first, last):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    return text[first:last].strip()


def template(text: str, spans: Sequence[Span]) -> str:
    """The sentence with a mark in place of each body."""
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start] + MARK)
        at = span.end
    return "".join(parts) + text[at:]

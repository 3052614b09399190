"""Short forms of bodies: those that a text defines, and a bare 'the Commission' after the full name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pipeline.core.language import Name
from pipeline.core.model import Sentence
from pipeline.extract.bodies_lists import is_body_use, without_overlaps
from pipeline.extract.bodies_vocabulary import Span, Vocabulary
from pipeline.extract.names import NameIndex, names_by_sentence

SHORT_RULE = "short-form"
LONGEST_OVERLAP, LONGEST_WORD = 8, 24
REMEMBERED = 40
OPENING = "(（[〔,"
EXPLAINED = re.compile(r"\b([A-Z][A-Za-z]{0,4}[A-Z][a-z]?) \((?:the )?$")
DEFINED = re.compile(r"\w[)”\"]? \(([A-Z][A-Za-z-]{1,9})s?\)")


class ShortForm(Struct, frozen=True):
    """A short form and the body that it stands for. acting: nothing defines it, but it acts as a body does; asked: as of a Span."""

    short: str
    body_id: str | None
    name: str
    rule_id: str
    acting: bool = False
    asked: bool = True


def definitions(text: str, spans: list[Span], words: Vocabulary) -> list[ShortForm]:
    """The short forms that a sentence defines right after a full name; each becomes a span of the sentence, too."""
    found = []
    for span in tuple(spans):
        if text[span.end : span.end + 1] == ")" and (explained := _explained(text, span, spans)):
            found.append(explained)
            continue
        rest = text[span.end : span.end + 90]
        if span.anaphor or not (span.named or span.body_id) or not rest.lstrip() or rest.lstrip()[0] not in OPENING:
            continue
        if (match := words.groups["short_forms"].first(rest)) is None:
            continue
        rule, hit = match
        start, end = (span.end + offset for offset in hit.span("short"))
        short = text[start:end].strip()
        if short == span.name or short.isdigit():
            continue
        if span.body_id is None and (rows := words.names.by_name.get(short)):
            span.body_id = rows[0].id  # the abbreviation tells whose ministry it is
        found.append(ShortForm(short, span.body_id, span.name, rule.rule_id, asked=span.asked))
        spans[:] = [other for other in spans if other is span or other.end <= start or end <= other.start]
        spans.append(Span(start, end, span.body_id, span.name, rule.rule_id, named=True, asked=span.asked))
    spans.sort(key=lambda span: span.start)
    return found


def _explained(text: str, span: Span, spans: list[Span]) -> ShortForm | None:
    """The abbreviation that a full name in a bracket explains, as in 'the WEPa (the Water Protection Authority)'."""
    begin = max(0, span.start - LONGEST_WORD)
    match = EXPLAINED.search(text[begin : span.start])
    if match is None or not span.named or span.anaphor or " " not in span.name:
        return None
    start, end = (begin + offset for offset in match.span(1))
    spans[:] = [other for other in spans if other is span or other.end <= start or end <= other.start]
    spans.append(Span(start, end, span.body_id, span.name, SHORT_RULE, named=True, asked=span.asked))
    spans.sort(key=lambda each: each.start)
    return ShortForm(match[1], span.body_id, span.name, SHORT_RULE, asked=span.asked)


def acting_acronyms(
    sentences: Sequence[Sentence], spans: dict[int, list[Span]], listed: Iterable[str], words: Vocabulary
) -> list[ShortForm]:
    """The acronyms that act as bodies somewhere in a text, or are listed as such; none that a bracket makes short for another thing."""
    found = {span.name: span.rule_id for inside in spans.values() for span in inside if span.rule_id in words.acronyms}
    found |= {acronym.removesuffix("s"): SHORT_RULE for acronym in listed}
    for sentence in sentences if found else ():
        if " (" in sentence.text:
            for match in DEFINED.finditer(sentence.text):
                found.pop(match[1], None)
    return [
        ShortForm(acronym + plural, None, acronym, rule_id, acting=True)
        for acronym, rule_id in sorted(found.items())
        for plural in ("", "s")
    ]


def add_short_forms(
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    spans: dict[int, list[Span]],
    shorts: Iterable[ShortForm],
    words: Vocabulary,
) -> None:
    """Adds the mentions of short forms to the spans by sentence. What the text defines stands before what only acts."""
    firm = sorted((short for short in shorts if len(short.short) > 1), key=lambda short: not short.acting)
    known = {short.short: short for short in firm}
    if not known:
        return
    index = NameIndex(Name(kind="body", id=short, name=short, form="short") for short in known)
    for number, matches in names_by_sentence(sentences, index).items():
        text = texts[number]
        found = spans.setdefault(number, [])
        first = 0
        added: list[Span] = []
        for start, end, rows in matches:
            short = known[rows[0].id]
            while first < len(found) and found[first].end <= start:
                first += 1
            overlapping = [span for span in found[first : first + LONGEST_OVERLAP] if span.start < end]
            if not _stands(text, start, end, short, overlapping, words):
                continue
            for span in overlapping:
                span.end = span.start  # emptied here, left out below
            added.append(Span(start, end, short.body_id, short.name, SHORT_RULE, named=True, asked=short.asked))
        found[:] = without_overlaps([span for span in found if span.end > span.start] + added, text, words)


def _stands(text: str, start: int, end: int, short: ShortForm, overlapping: Sequence[Span], words: Vocabulary) -> bool:
    """Whether a short form is a body here, and says more than what has been found in its place."""
    if any(span.end - span.start > end - start for span in overlapping) or not is_body_use(text, start, end, words):
        return False
    if short.acting and not words.patterns["acting"].match(text[end : end + LONGEST_WORD]):
        return False
    longer = all(start <= span.start and span.end <= end and span.end - span.start < end - start for span in overlapping)
    return longer or all(span.anaphor or (span.body_id is None and span.name != short.name) for span in overlapping)


class Antecedents:
    """The full names that a text has used so far, by their head; before any, what a head means in texts of these countries."""

    def __init__(self, words: Vocabulary, countries: frozenset[str] = frozenset(), edges: Iterable[Span] = ()) -> None:
        """edges: the bodies at the beginning and the end of the text, its issuers among them."""
        self._latin, self._offices, self._own = words.capitals, words.offices, words.own
        self._edges = [span for span in edges if span.named and not span.anaphor] if words.own else []
        self._meant = {
            head: Span(0, 0, rows[0].id, name, SHORT_RULE, named=True)
            for country in sorted(countries)
            for head, name in words.meant.get(country, {}).items()
            if (rows := words.names.by_name.get(name))
        }
        for head, body_id in words.unresolved.items():
            self._meant.setdefault(head, Span(0, 0, body_id, head, SHORT_RULE, named=True))
        self._seen: dict[str, Span] = {}

    def resolve(self, spans: list[Span]) -> list[Span]:
        """The spans of the next sentence, each bare head replaced by what it stands for, or left out where nothing fits."""
        resolved = []
        for span in spans:
            if not span.anaphor:
                resolved.append(span)
                if span.named:
                    self._remember(span)
            elif (full := self._find(span.name)) is not None:
                resolved.append(Span(span.start, span.end, full.body_id, full.name, span.rule_id, named=True))
        return resolved

    def _remember(self, span: Span) -> None:
        self._seen.pop(span.name, None)
        self._seen[span.name] = span
        if len(self._seen) > REMEMBERED + 1:
            del self._seen[next(iter(self._seen))]

    def _find(self, head: str) -> Span | None:
        if self._own and head.startswith(self._own):
            return next((span for span in self._edges if span.name.endswith(head[len(self._own) :])), None)
        for span in reversed(self._seen.values()):
            if span.name != head and (_has_word(span.name, head) if self._latin else span.name.endswith(head)):
                return span
        for office in self._offices:
            if head.endswith(office) and (owner := self._find(head.removesuffix(office))) is not None:
                return Span(0, 0, None, owner.name + office, SHORT_RULE, named=True)
        return self._meant.get(head)


def _has_word(name: str, head: str) -> bool:
    return f" {head} " in f" {name} "

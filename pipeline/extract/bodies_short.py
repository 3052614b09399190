"""Short forms of bodies: those that a text defines, and a bare 'the Commission' after the full name."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from pipeline.core.language import Name
from pipeline.core.model import Sentence
from pipeline.extract.bodies_find import is_body_use, without_overlaps
from pipeline.extract.bodies_vocabulary import Span, Vocabulary
from pipeline.extract.names import NameIndex, names_by_sentence

SHORT_RULE = "short-form"
LONGEST_OVERLAP = 8
REMEMBERED = 40
OPENING = "(（[〔,"


class ShortForm(Struct, frozen=True):
    """A short form and the body that it stands for."""

    short: str
    body_id: str | None
    name: str
    rule_id: str


def definitions(text: str, spans: list[Span], words: Vocabulary) -> list[ShortForm]:
    """The short forms that a sentence defines right after a full name; each becomes a span of the sentence, too."""
    found = []
    for span in tuple(spans):
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
        found.append(ShortForm(short, span.body_id, span.name, rule.rule_id))
        spans[:] = [other for other in spans if other is span or other.end <= start or end <= other.start]
        spans.append(Span(start, end, span.body_id, span.name, rule.rule_id, named=True))
    spans.sort(key=lambda span: span.start)
    return found


def add_short_forms(
    sentences: tuple[Sentence, ...], spans: dict[int, list[Span]], shorts: Iterable[ShortForm], words: Vocabulary
) -> None:
    """Adds the mentions of defined short forms to the spans by sentence."""
    known = {short.short: short for short in shorts if len(short.short) > 1}
    if not known:
        return
    index = NameIndex(Name(kind="body", id=short, name=short, form="short") for short in known)
    for number, matches in names_by_sentence(sentences, index).items():
        text = words.plain(sentences[number].text)
        found = spans.setdefault(number, [])
        first = 0
        added: list[Span] = []
        for start, end, rows in matches:
            short = known[rows[0].id]
            while first < len(found) and found[first].end <= start:
                first += 1
            overlapping = [span for span in found[first : first + LONGEST_OVERLAP] if span.start < end]
            if any(span.end - span.start > end - start for span in overlapping) or not is_body_use(text, start, end, words):
                continue
            if not all(span.anaphor or (span.body_id is None and span.name != short.name) for span in overlapping):
                continue
            for span in overlapping:
                span.end = span.start  # emptied here, left out below
            added.append(Span(start, end, short.body_id, short.name, SHORT_RULE, named=True))
        found[:] = without_overlaps([span for span in found if span.end > span.start] + added, text, words)


class Antecedents:
    """The full names that a text has used so far, by their head; before any, what a head means in texts of these countries."""

    def __init__(self, words: Vocabulary, countries: frozenset[str] = frozenset()) -> None:
        self._latin = words.capitals
        self._meant = {
            head: Span(0, 0, rows[0].id, name, SHORT_RULE, named=True)
            for country in sorted(countries)
            for head, name in words.meant.get(country, {}).items()
            if (rows := words.names.by_name.get(name))
        }
        self._seen: list[Span] = []

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
        self._seen = [*[seen for seen in self._seen if seen.name != span.name][-REMEMBERED:], span]

    def _find(self, head: str) -> Span | None:
        for span in reversed(self._seen):
            if span.name != head and (_has_word(span.name, head) if self._latin else span.name.endswith(head)):
                return span
        return self._meant.get(head)


def _has_word(name: str, head: str) -> bool:
    return f" {head} " in f" {name} "

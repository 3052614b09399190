"""Responsible bodies of one text: which bodies each sentence names, in what role, and with which duty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, takewhile

from pipeline.core.language import Name
from pipeline.core.model import BodyMention, Outline, Problem, Sentence
from pipeline.core.problems import problem
from pipeline.extract.bodies_find import find_spans
from pipeline.extract.bodies_short import Antecedents, ShortForm, acting_acronyms, add_short_forms, definitions
from pipeline.extract.bodies_vocabulary import Span, Vocabulary, body_types, vocabulary
from pipeline.extract.context import Context
from pipeline.extract.roles import MENTIONED, Role, read_roles
from pipeline.extract.roles_lists import (
    Listed,
    header_roles,
    listed_acronyms,
    outside,
    read_brackets,
    read_front,
    read_label,
    read_row,
    row_width,
)

FRONT = ("front", "closing")
FIRST_SENTENCES, LAST_SENTENCES = 25, 8
EVIDENCE_CHARACTERS = 1 << 20
SPACED_LINE = 60
SPACED = re.compile(r"\s*(?:[\u4e00-\u9fff]\s+){2,}[\u4e00-\u9fff]\s*$")


def extract_bodies(context: Context) -> tuple[list[BodyMention], list[Problem]]:
    """All mentions of bodies, in text order, and one problem per name that names.csv does not know."""
    words = vocabulary(context.language)
    sentences = context.outline.sentences
    countries = countries_of(context.outline, words)
    texts = plain_texts(sentences, words)
    spans = _spans_by_sentence(context, texts, words, countries)
    last = len(sentences) - LAST_SENTENCES
    edges = [span for number in sorted(spans) if number < FIRST_SENTENCES or number >= last for span in spans[number]]
    reader = _Reader(context, texts, words, spans, Antecedents(words, countries, edges))
    mentions = [mention for number in sorted(reader.numbers) for mention in reader.read(number)]
    return mentions, _problems(mentions, sentences)


def countries_of(outline: Outline, words: Vocabulary) -> frozenset[str]:
    """The countries that a text is about, as prefixes of body codes."""
    if not words.evidence.rules:
        return frozenset()
    ends = accumulate(len(paragraph.text) for paragraph in outline.text.paragraphs)
    read = zip(outline.text.paragraphs, chain((0,), ends), strict=False)
    texts = takewhile(lambda item: item[1] <= EVIDENCE_CHARACTERS, read)
    found = words.evidence.candidates_in([paragraph.text.encode() for paragraph, _ in texts])
    counts = Counter(rule.rule_id for rules in found.values() for rule in rules)
    return frozenset(country for country, count in counts.items() if count * 5 >= max(counts.values()))


def plain_texts(sentences: Sequence[Sentence], words: Vocabulary) -> list[str]:
    """The sentences as the rules read them: their marks are made alike in all of them at once."""
    printed = "\n".join([sentence.text for sentence in sentences])
    whole = words.plain(printed)
    if whole == printed:
        return [sentence.text for sentence in sentences]
    texts, at = [], 0
    for sentence in sentences:
        texts.append(whole[at : at + len(sentence.text)])
        at += len(sentence.text) + 1
    return texts


def _spans_by_sentence(
    context: Context, texts: Sequence[str], words: Vocabulary, countries: frozenset[str]
) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = {}
    shorts: list[ShortForm] = []
    sentences = context.outline.sentences
    encoded = [
        data if text == sentence.text else text.encode()
        for data, text, sentence in zip(context.encoded, texts, sentences, strict=True)
    ]
    found_by = words.groups["find"].candidates_in(encoded)
    told = "sentence_case" if words.capitals else "segment"
    for number, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
        names = context.named.get(number) or spaced_names(text, words)
        rules = found_by.get(number, ())
        if not names and not rules:
            continue
        title = sentence.kind == "heading" and not words.patterns[told].search(text)
        found = find_spans(text, names, rules, words, countries, title)
        if found:
            shorts.extend(definitions(text, found, words))
            spans[number] = found
    if words.acronyms:
        marked = (each for each in sentences if each.kind == "row" or ":" in each.text)
        listed = (acronym for each in marked for acronym in listed_acronyms(each.text, each.kind == "row", words))
        shorts.extend(acting_acronyms(sentences, spans, listed, words))
    add_short_forms(sentences, texts, spans, shorts, words)
    return spans


def spaced_names(text: str, words: Vocabulary) -> list[tuple[int, int, tuple[Name, ...]]]:
    """The names in a short line that sets its characters apart, as signatures do."""
    if len(text) > SPACED_LINE or not (text[:1].isspace() or text[1:2].isspace()) or not SPACED.match(text):
        return []
    places = [place for place, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[place] for place in places)
    return [(places[start], places[end - 1] + 1, rows) for start, end, rows in words.names.find_all(squeezed)]


class _Reader:
    """Reads the roles of the bodies sentence by sentence, with what a sentence inherits from those before it."""

    def __init__(
        self, context: Context, texts: Sequence[str], words: Vocabulary, spans: dict[int, list[Span]], antecedents: Antecedents
    ) -> None:
        self.context, self.texts, self.words, self.spans = context, texts, words, spans
        self.sentences = context.outline.sentences
        rules = words.groups["first_leads"]
        self.first_leads = rules.first("\n".join(sentence.text for sentence in self.sentences)) is not None
        rows = {number for number, sentence in enumerate(self.sentences) if sentence.kind == "row"}
        labelled = {number for number, sentence in enumerate(self.sentences) if "：" in sentence.text or ":" in sentence.text}
        self.numbers = rows | set(spans) | labelled
        self.antecedents = antecedents
        self.header: dict[int, Role] = {}
        self.label_lines: set[int] = set()

    def read(self, number: int) -> list[BodyMention]:
        """The mentions of one sentence."""
        sentence = self.sentences[number]
        text = self.texts[number]
        spans = self.antecedents.resolve(self.spans.get(number, []))
        if sentence.kind == "row":
            return _mentions(sentence, self._row(text, spans, number))
        self.header = {}
        previous = self._previous(number)
        listed = read_label(text, spans, self.words, self.first_leads, previous)
        if listed.spans:
            self.label_lines.add(number)
            return _mentions(sentence, listed)
        if not spans:
            return []
        return _mentions(sentence, self._running(number, sentence, text, spans, previous))

    def _previous(self, number: int) -> str | None:
        """The sentence before in the same section; lines that only name bodies are passed over."""
        section_id = self.sentences[number].section_id
        while number and self.sentences[number - 1].section_id == section_id:
            number -= 1
            if number not in self.label_lines:
                return self.sentences[number].text
        return None

    def _row(self, text: str, spans: list[Span], number: int) -> Listed:
        if number == 0 or self.sentences[number - 1].kind != "row":
            self.header = {}
        labels = header_roles(text, self.words)
        if 0 in labels and 1 not in labels and row_width(text) == 2:
            record = read_row(text, spans, {1: labels[0]}, self.words, self.first_leads)
            if any(role.role != MENTIONED for role in record.roles):
                return record
        if labels and not outside(text, spans, labels):
            self.header = labels
            return Listed()
        if self.header:
            return read_row(text, spans, self.header, self.words, self.first_leads)
        listed = Listed()
        listed.add_asked(spans, read_roles(text, spans, self.words, background=False))
        return listed

    def _running(self, number: int, sentence: Sentence, text: str, spans: list[Span], previous: str | None) -> Listed:
        topic = self.context.topics.get(sentence.section_id, "tasks")
        listed = Listed()
        if topic in FRONT or self._at_edge(number):
            spans = read_front(text, spans, self.words, listed)
        if not spans:
            return listed
        bracketed = read_brackets(text, spans, self.words, self.first_leads, previous)
        listed.spans.extend(bracketed.spans)
        listed.roles.extend(bracketed.roles)
        taken = {(span.start, span.end) for span in listed.spans}
        rest = [span for span in spans if (span.start, span.end) not in taken]
        listed.add_asked(rest, read_roles(text, rest, self.words, topic == "background"))
        return listed

    def _at_edge(self, number: int) -> bool:
        return number < FIRST_SENTENCES or number >= len(self.sentences) - LAST_SENTENCES


def _mentions(sentence: Sentence, listed: Listed) -> list[BodyMention]:
    found = []
    for span, role in sorted(zip(listed.spans, listed.roles, strict=True), key=lambda pair: pair[0].start):
        start, end = sentence.span(span.start, span.end)
        found.append(
            BodyMention(
                text_id=sentence.text_id, section_id=sentence.section_id, char_start=start, char_end=end,
                quote=sentence.text[span.start : span.end], rule_id=role.rule_id or span.rule_id, body_id=span.body_id,
                name=span.name, body_type=body_types().get(span.body_id) if span.body_id else None, role=role.role,
                duty=role.duty if role.role != MENTIONED else None,
            )
        )  # fmt: skip
    return found


def _problems(mentions: Sequence[BodyMention], sentences: Sequence[Sentence]) -> list[Problem]:
    problems, seen = [], set()
    for mention in mentions:
        if mention.body_id is not None or mention.name in seen:
            continue
        seen.add(mention.name)
        problems.append(
            problem(
                "unknown_body", f"{mention.name!r} is not in names.csv", text_id=mention.text_id, section_id=mention.section_id,
                char_start=mention.char_start, char_end=mention.char_end, quote=mention.quote,
            )
        )  # fmt: skip
    return problems

"""The document graph: how documents stand to the instruments that they name, and who is to make those that are to be made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.core.ids import content_id
from pipeline.core.language import load_language
from pipeline.core.model import Row, Sentence
from pipeline.core.rules import RuleSet
from pipeline.link.corpus import Corpus
from pipeline.link.duties import Duties
from pipeline.link.instruments import Instruments
from pipeline.link.makers import Makers, joined_offset
from pipeline.link.objectives import Objectives

NAME = "⟦⟧"
"""Stands for an instrument's name in the rules."""
QUOTES = "“”\"'‘’「」『』《》〈〉「」"
DOCUMENTS = frozenset({"law", "policy", "plan", "strategy", "standard", "agreement", "report"})
"""Types of instruments that are documents. A programme is one where more is said of it than its name."""
PROGRAMME = "programme"
EXISTING, CITES, NONE = "existing", "cites", "none"
TO_BE_MADE = ("to_formulate", "to_revise", "to_study")
"""The statuses that are relations, the one that says most first."""
REPLACING = frozenset({"supersedes", "adjusts"})
LONGEST, REACH = 800, 240
"""Characters of a sentence that is quoted whole, and characters around a name that can tell a relation."""


class DocumentGraph:
    """The rows of document_relations."""

    def __init__(self, corpus: Corpus, objectives: Objectives, duties: Duties, instruments: Instruments) -> None:
        self._corpus, self._objectives = corpus, objectives
        self._instruments = {row["instrument_id"]: row for row in instruments.rows}
        self._makers = Makers(corpus, duties, objectives)
        found: dict[tuple[str, str, str], Row] = {}
        first: dict[tuple[str, str], str] = {}
        for mention in instruments.mention_rows:
            # the original, which is read first, tells how things are; a translation what only it names
            place = (self._corpus.texts[mention["text_id"]].document_id, mention["instrument_id"])
            if first.setdefault(place, mention["text_id"]) != mention["text_id"]:
                continue
            for row in self._relations(mention):
                found.setdefault((row["document_id"], row["instrument_id"], row["relation"]), row)
        self.rows = list(_without_lesser(found))

    def replaced(self) -> dict[str, set[str]]:
        """Document → the documents that it says it replaces or adjusts, or that are known as its predecessor."""
        ids = {document.document_id for document in self._corpus.documents}
        found = {d.document_id: {d.predecessor_id} for d in self._corpus.documents if d.predecessor_id in ids - {d.document_id}}
        for row in self.rows:
            if row["relation"] in REPLACING and row["to_document_id"]:
                found.setdefault(row["document_id"], set()).add(row["to_document_id"])
        return {document_id: {other for other in others if other} for document_id, others in found.items()}

    def _relations(self, mention: Row) -> Iterator[Row]:
        """The relation that one mention tells, if it is of an instrument that is a document and not the document itself."""
        instrument = self._instruments[mention["instrument_id"]]
        document_id, _ = self._corpus.address(mention["section_id"])
        sentence = self._corpus.sentence_at(mention["text_id"], mention["char_start"])
        if sentence is None or instrument["document_id"] == document_id:
            return
        language = self._corpus.texts[mention["text_id"]].language
        relation, rule_id = _relation(mention, sentence, language)
        if relation == NONE:
            return
        if instrument["instrument_type"] not in DOCUMENTS and (instrument["instrument_type"] != PROGRAMME or relation == CITES):
            return
        start, end = sentence.char_start, sentence.char_end
        if len(sentence.text) > LONGEST:
            start, end = mention["char_start"], mention["char_end"]
        source = self._corpus.decoded[self._corpus.texts[mention["text_id"]].source_id]
        objective_id = self._objectives.containing(mention["text_id"], mention["char_start"], mention["char_end"])
        yield {
            "document_relation_id": content_id("relation", document_id, mention["instrument_id"], relation),
            "document_id": document_id,
            "section_number": self._corpus.address(sentence.section_id)[1],
            "relation": relation,
            "instrument_id": mention["instrument_id"],
            "to_document_id": instrument["document_id"],
            "body_id": self._makers.of(mention, sentence, objective_id) if relation in TO_BE_MADE else None,
            "objective_id": objective_id,
            "text_id": mention["text_id"],
            "section_id": sentence.section_id,
            "char_start": start,
            "char_end": end,
            "quote": source[start:end],
            "rule_id": rule_id,
        }


def _relation(mention: Row, sentence: Sentence, language: str) -> tuple[str, str]:
    """(relation, rule that tells it) of a mention in its sentence."""
    start, end = joined_offset(sentence, mention["char_start"]), joined_offset(sentence, mention["char_end"] - 1) + 1
    while start and end < len(sentence.text) and sentence.text[start - 1] in QUOTES and sentence.text[end] in QUOTES:
        start, end = start - 1, end + 1
    found = _rules(language).first(sentence.text[max(0, start - REACH) : start] + NAME + sentence.text[end : end + REACH])
    told = (str(found[0].values["relation"]), found[0].rule_id) if found else (CITES, str(mention["rule_id"]))
    if mention["status"] == EXISTING or told[0] in REPLACING:
        return told
    return str(mention["status"]), str(mention["rule_id"])


@cache
def _rules(language: str) -> RuleSet:
    return load_language(language).group("instruments", "relations")


def _without_lesser(found: dict[tuple[str, str, str], Row]) -> Iterator[Row]:
    """Each relation once: a bare name tells nothing beside another relation, and of what is to be made the most counts."""
    beside: dict[tuple[str, str], set[str]] = {}
    for document_id, instrument_id, relation in found:
        beside.setdefault((document_id, instrument_id), set()).add(relation)
    for (document_id, instrument_id, relation), row in sorted(found.items()):
        others = beside[document_id, instrument_id] - {relation}
        weaker_than = TO_BE_MADE[: TO_BE_MADE.index(relation)] if relation in TO_BE_MADE else ()
        if others.isdisjoint(weaker_than) and not (relation == CITES and others):
            yield row

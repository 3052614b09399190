"""Instruments: what names.csv or a document's own title knows is one thing, and so are names that the texts of a document put in
each other's place; any other name stands for itself."""

from __future__ import annotations

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import InstrumentMention, Row
from pipeline.link.codes import codelist, name_key, names_of
from pipeline.link.corpus import Corpus
from pipeline.link.counterparts import Named, counterparts
from pipeline.link.evidence import passage
from pipeline.link.titles import DocumentNames


class Instruments:
    """The instruments of a corpus and where they are named."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._documents = {document.document_id for document in corpus.documents}
        self._names = DocumentNames(corpus)
        self._rows: dict[str, Row] = {}
        self._counted = Counted()
        mentions = [mention for _, extraction in corpus.readings for mention in extraction.instrument_mentions]
        self._same = counterparts(corpus, map(self._named, mentions))
        for mention in sorted(mentions, key=lambda each: self._identity(each) in self._same):
            self._add(mention)
        self.mention_rows = [self._mention(mention) for mention in mentions]

    @property
    def rows(self) -> list[Row]:
        """One row per instrument."""
        return [self._rows[instrument_id] for instrument_id in sorted(self._rows)]

    def _identity(self, mention: InstrumentMention) -> str:
        """What the name alone tells."""
        return mention.instrument_id or content_id("instrument", self._names.of(mention) or name_key(mention.name))

    def _instrument_id(self, mention: InstrumentMention) -> str:
        identity = self._identity(mention)
        return self._same.get(identity, identity)

    def _named(self, mention: InstrumentMention) -> Named:
        known = mention.instrument_id is not None
        signs = (mention.instrument_type, mention.status)
        return Named(mention.text_id, mention.char_start, self._identity(mention), known, mention.name, signs)

    def _mention(self, mention: InstrumentMention) -> Row:
        instrument_id = self._instrument_id(mention)
        identity = content_id("mention", mention.text_id, mention.section_id, instrument_id, mention.quote)
        return {
            "instrument_mention_id": self._counted(identity),
            "instrument_id": instrument_id,
            "name": mention.name,
            "status": mention.status,
            **passage(mention),
        }

    def _add(self, mention: InstrumentMention) -> None:
        """The row of an instrument, as far as a mention tells it."""
        instrument_id = self._instrument_id(mention)
        entry = codelist("instruments").get(instrument_id)
        if instrument_id not in self._rows and entry is not None:
            self._rows[instrument_id] = self._known(instrument_id, entry, mention)
        row = self._rows.setdefault(
            instrument_id,
            {
                "instrument_id": instrument_id,
                **dict.fromkeys(f"name_{language}" for language in self._corpus.languages),
                "instrument_type": mention.instrument_type,
                "document_id": self._names.of(mention),
            },
        )
        column = f"name_{self._corpus.texts[mention.text_id].language}"
        row[column] = row.get(column) or mention.name

    def _known(self, code: str, entry: dict[str, str], mention: InstrumentMention) -> Row:
        return {
            "instrument_id": code,
            **names_of("instrument", code, self._corpus.languages),
            "instrument_type": entry["instrument_type"],
            "document_id": entry["document_id"] if entry["document_id"] in self._documents else self._names.of(mention),
            "definition": entry["definition"] or None,
        }

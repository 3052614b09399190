"""Instruments: what names.csv or a document's own title knows is one thing; any other name stands for itself."""

from __future__ import annotations

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import InstrumentMention, Row
from pipeline.link.codes import codelist, names_of, plain
from pipeline.link.corpus import Corpus
from pipeline.link.evidence import passage


class Instruments:
    """The instruments of a corpus and where they are named."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._documents = {document.document_id for document in corpus.documents}
        self._titles = {plain(title): d.document_id for d in corpus.documents for title in d.titles.values() if title}
        self._rows: dict[str, Row] = {}
        self._counted = Counted()
        self.mention_rows = [self._mention(m) for _, extraction in corpus.readings for m in extraction.instrument_mentions]

    @property
    def rows(self) -> list[Row]:
        """One row per instrument."""
        return [self._rows[instrument_id] for instrument_id in sorted(self._rows)]

    def _mention(self, mention: InstrumentMention) -> Row:
        instrument_id = self._known(mention) if mention.instrument_id else self._other(mention)
        identity = content_id("mention", mention.text_id, mention.section_id, instrument_id, mention.quote)
        return {
            "instrument_mention_id": self._counted(identity),
            "instrument_id": instrument_id,
            "name": mention.name,
            "status": mention.status,
            **passage(mention),
        }

    def _known(self, mention: InstrumentMention) -> str:
        code = str(mention.instrument_id)
        entry = codelist("instruments")[code]
        self._rows.setdefault(
            code,
            {
                "instrument_id": code,
                **names_of("instrument", code, self._corpus.languages),
                "instrument_type": entry["instrument_type"],
                "document_id": entry["document_id"] if entry["document_id"] in self._documents else None,
                "definition": entry["definition"] or None,
            },
        )
        return code

    def _other(self, mention: InstrumentMention) -> str:
        document_id = self._titles.get(plain(mention.name))
        instrument_id = content_id("instrument", document_id or plain(mention.name))
        row = self._rows.setdefault(
            instrument_id,
            {
                "instrument_id": instrument_id,
                **dict.fromkeys(f"name_{language}" for language in self._corpus.languages),
                "instrument_type": mention.instrument_type,
                "document_id": document_id,
            },
        )
        column = f"name_{self._corpus.texts[mention.text_id].language}"
        row[column] = row.get(column) or mention.name
        return instrument_id

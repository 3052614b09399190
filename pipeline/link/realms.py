"""Documents whose targets can be compared: those that bind the same country or organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.link.corpus import Corpus

ISSUER = "issuer"


class Realms:
    """Groups documents by jurisdiction; one whose jurisdiction is not known joins one that it replaces, or that the same body issued.

    replaced: document → the documents whose place it takes.
    """

    def __init__(self, corpus: Corpus, replaced: Mapping[str, Iterable[str]]) -> None:
        self._realm = {document.document_id: document.document_id for document in corpus.documents}
        self._jurisdiction = {document.document_id: document.jurisdiction for document in corpus.documents}
        issuers = _issuers(corpus)
        first: dict[str, str] = {}
        for document in corpus.documents:
            if document.jurisdiction:
                self._join(document.document_id, first.setdefault(f"jurisdiction {document.jurisdiction}", document.document_id))
        for document in corpus.documents:
            for other in sorted(replaced.get(document.document_id, ())):
                self._join(document.document_id, other)
            for body_id in sorted(issuers[document.document_id]):
                self._join(document.document_id, first.setdefault(body_id, document.document_id))
        self._members = Counter(self.of(document_id) for document_id in self._realm)

    def of(self, document_id: str) -> str:
        """The realm of a document: the document_id of one of its members."""
        while (realm := self._realm[document_id]) != document_id:
            document_id = realm
        return document_id

    def is_known(self, document_id: str) -> bool:
        """Whether anything tells which other documents bind the same country."""
        realm = self.of(document_id)
        return self._jurisdiction[realm] is not None or self._members[realm] > 1

    def _join(self, one: str, other: str) -> None:
        """Make two realms one, unless they bind different countries. A realm is told by a member whose jurisdiction is known."""
        roots = sorted({self.of(one), self.of(other)}, key=lambda root: (self._jurisdiction[root] is None, root))
        stated = {self._jurisdiction[root] for root in roots} - {None}
        if len(roots) == 2 and len(stated) < 2:
            self._realm[roots[1]] = roots[0]


def _issuers(corpus: Corpus) -> dict[str, set[str]]:
    """document_id → the bodies that issued it, where names.csv knows them."""
    found: dict[str, set[str]] = {document.document_id: set() for document in corpus.documents}
    for outline, extraction in corpus.readings:
        ids = {mention.body_id for mention in extraction.body_mentions if mention.role == ISSUER and mention.body_id}
        found[outline.text.document_id] |= ids
    return found

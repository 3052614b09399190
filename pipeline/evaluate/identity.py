"""Whether two names are the name of one thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pipeline.core.language import Name


class Identities:
    """The ids that a vocabulary knows for a name.

    An annotation names a body in words, a record by an id where the vocabulary knows it. So a gold name is looked up in the vocabulary
    that the record's id is from, in all its languages and forms; where it is not there, the words themselves are compared.
    """

    def __init__(self, names: Iterable[Name], articles: Iterable[str] = ()) -> None:
        self._articles = tuple(f"{word.casefold()} " for word in articles)
        self._ids: dict[tuple[str, str], set[str]] = {}
        for name in names:
            self._ids.setdefault((name.kind, self.key(name.name)), set()).add(name.id)

    def key(self, name: str) -> str:
        """The letters and digits of a name, without the article before it; case, width, spaces and marks do not count."""
        plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        for article in self._articles:
            plain = plain.removeprefix(article)
        return "".join(filter(str.isalnum, plain))

    def same(self, kind: str, gold: str, identity: str | None, name: str) -> bool:
        """Whether a row with this id (or none) and name is what an annotation names. kind: body | instrument."""
        ids = {identity} if identity else self._known(kind, name)
        return not ids.isdisjoint(self._known(kind, gold)) or self.key(gold) == self.key(name)

    def _known(self, kind: str, name: str) -> set[str]:
        return self._ids.get((kind, self.key(name)), set())

"""Titles as keys: what issuers, years and typography do to a title does not make it another one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.core.language import load_language
from pipeline.core.model import InstrumentMention
from pipeline.link.corpus import Corpus

NUMBER = re.compile(r"[》”’\"'」]?\s{0,2}[（(](?P<number>[^（）()]{0,12}[〔\[【（(]\d{4}[〕\]】）)][^（）()]{1,12}?)[)）]")
"""A number in brackets behind a name: （国发〔2012〕23号）."""
OTHER = re.compile(r"[\W_]+")

Key = tuple[str, tuple[str, ...]]
"""The words of a title and its years, wherever they stand in it."""


def title_key(title: str, language: str) -> Key:
    """A title without its issuer, articles, punctuation, width and case."""
    text = unicodedata.normalize("NFKC", title).casefold()
    pack = load_language(language)
    written = _years(str(pack.settings.get("year_sign", "")))
    years = tuple(sorted(written.findall(text)))
    articles = set(pack.settings.get("articles", ()))
    words = [word for word in OTHER.split(written.sub(" ", text)) if word and word not in articles]
    if pack.settings.get("spaced", True):
        return " ".join(words), years
    key = "".join(words)
    while length := next((n for n, names in _issuers(language) if key[:n] in names and len(key) > n), 0):
        key = key[length:]
    return key, years


class DocumentNames:
    """Tells which document of a corpus an instrument is, by the number printed behind its name, else by its title."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._numbers = {_number_key(d.document_number): d.document_id for d in corpus.documents if d.document_number}
        self._numbered = frozenset(self._numbers.values())
        found: dict[Key, set[str]] = {}
        for document in corpus.documents:
            for language, title in document.titles.items():
                if title and language.split("-")[0].lower() in corpus.languages:
                    found.setdefault(title_key(title, language), set()).add(document.document_id)
        self._titles = {key: min(ids) for key, ids in found.items() if len(ids) == 1}

    def of(self, mention: InstrumentMention) -> str | None:
        """The document_id; null where it is none of them, or where the number is that of another document."""
        text = self._corpus.texts[mention.text_id]
        behind = NUMBER.match(self._corpus.decoded[text.source_id], mention.char_end)
        number = _number_key(behind["number"]) if behind else ""
        if number in self._numbers:
            return self._numbers[number]
        document_id = self._titles.get(title_key(mention.name, text.language))
        return document_id if not number or document_id not in self._numbered else None


@cache
def _years(sign: str) -> re.Pattern[str]:
    """Years, with the sign that a language may put behind them."""
    return re.compile(rf"((?:19|20)\d{{2}})(?:\s?{re.escape(sign)})?" if sign else r"((?:19|20)\d{2})")


def _number_key(number: str) -> str:
    """A document number, whatever its brackets: 国发〔2012〕23号 is 国发[2012]23号."""
    return OTHER.sub(" ", unicodedata.normalize("NFKC", number).casefold()).strip()


@cache
def _issuers(language: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """The names of bodies as they begin a title, by their length, the longest first."""
    bodies = (name.name for name in load_language(language).names if name.kind == "body")
    names = {OTHER.sub("", unicodedata.normalize("NFKC", name).casefold()) for name in bodies}
    lengths = sorted({len(name) for name in names}, reverse=True)
    return tuple((length, frozenset(name for name in names if len(name) == length)) for length in lengths)

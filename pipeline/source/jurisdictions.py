"""Whose document it is, as far as its issuers tell: those that names.csv knows as bodies of one country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pipeline.core.language import load_language, read_table
from pipeline.core.paths import SCHEMAS

CODE = re.compile(r"(?P<country>[a-z]{2})-")
ISO = {"uk": "GB"}
"""Beginnings of body codes that are no codes of ISO 3166 in small letters."""

NO_COUNTRY = frozenset({"un"})
LIST = {True: re.compile(r"\s*(?:[,;|/]|\band\b|&)\s*"), False: re.compile(r"[\s、，,;；/]+")}
"""Between several issuers in one line, by whether the language writes spaces."""


def jurisdiction_of(issuers: Mapping[str, Iterable[str]]) -> tuple[str, str] | None:
    """(ISO 3166 code, issuer that tells it) of issuers by language; null where none tells it or they differ."""
    told = {
        country: name
        for language, lines in issuers.items()
        for line in lines
        for name in _names(line, language)
        if (country := _countries(language).get(name.casefold()))
    }
    return next(iter(told.items())) if len(told) == 1 else None


def _names(line: str, language: str) -> Iterator[str]:
    """The line as one name and as a list of several, without the article before each."""
    pack = load_language(language)
    articles = re.compile(rf"(?i)^(?:{'|'.join(pack.settings.get('articles', ())) or '(?!)'})\s+")
    for name in (line, *LIST[bool(pack.settings.get("spaced", True))].split(line)):
        yield articles.sub("", name.strip())


@cache
def _countries(language: str) -> dict[str, str]:
    """Name of a body → its country, without the names that several countries use."""
    pack = load_language(language)
    shared = re.compile(str(pack.setting("duties", "shared", "(?!)")))
    types = {row["code"]: row["body_type"] for row in read_table(SCHEMAS / "codelists" / "bodies.csv")}
    found: dict[str, set[str | None]] = {}
    for name in pack.names:
        if name.kind == "body" and not shared.match(name.name):
            match = CODE.match(name.id)
            known = match is not None and name.id in types and match["country"] not in NO_COUNTRY
            country = match["country"] if match and known else None
            found.setdefault(name.name.casefold(), set()).add(country and ISO.get(country, country.upper()))
    return {name: country for name, codes in found.items() if len(codes) == 1 and (country := next(iter(codes)))}

"""What the codelists and the language packs say of bodies, instruments and indicators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pipeline.core.language import load_language, read_table
from pipeline.core.paths import SCHEMAS

MARKS = re.compile(r"[\"'“”‘’«»「」『』《》〈〉\u2010-\u2015\u2212-]+")
"""Quotation marks and hyphens."""
FORMS = {"official": 0, "short": 1, "variant": 2}


@cache
def codelist(name: str) -> dict[str, dict[str, str]]:
    """Code → its row in schemas/codelists/<name>.csv."""
    return {row["code"]: row for row in read_table(SCHEMAS / "codelists" / f"{name}.csv")}


@cache
def official_names(language: str) -> dict[tuple[str, str], str]:
    """(kind, id) → the official name in a language, else its first other name."""
    names = sorted(load_language(language).names, key=lambda name: FORMS.get(name.form, len(FORMS)), reverse=True)
    ranked = {(name.kind, name.id): name.name for name in names}
    first = {(name.kind, name.id): name.name for name in reversed(load_language(language).names) if name.form == "official"}
    return ranked | first


def names_of(kind: str, code: str, languages: Iterable[str]) -> dict[str, str | None]:
    """`name_en`, `name_zh` … of a body, instrument or indicator that names.csv knows."""
    return {f"name_{language}": official_names(language).get((kind, code)) for language in languages}


def plain(text: str) -> str:
    """A wording without case, hyphens and double blanks, for comparison by name."""
    return " ".join(text.casefold().replace("-", " ").split())


def name_key(name: str) -> str:
    """A name without case, width, quotation marks, hyphens and double blanks: what tells it from another one."""
    return " ".join(MARKS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).split())


def holds(phrase: str, name: str) -> bool:
    """Whether a plain phrase holds a plain name; one that ends in a Latin letter only as whole words."""
    start = phrase.find(name)
    while start >= 0:
        before, after = phrase[start - 1 : start], phrase[start + len(name) : start + len(name) + 1]
        if not (_latin(name[0]) and _latin(before)) and not (_latin(name[-1]) and _latin(after)):
            return True
        start = phrase.find(name, start + 1)
    return False


def _latin(character: str) -> bool:
    return character.isalpha() and character < "\u0370"

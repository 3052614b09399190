"""The wording of an indicator as a key: what only places it, counts it or stands before a number is no part of its name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.core.alternation import compiled
from pipeline.core.language import Language, load_language
from pipeline.core.quantity import base_of, load_units
from pipeline.core.rules import fill
from pipeline.link.codes import holds

QUOTES = re.compile("[“”\"'‘’「」『』《》]")
HYPHENS = re.compile(r"[\s\u2010-\u2015_-]+")
BEFORE_LATIN = "(?<![0-9a-z])"
NOTHING = "(?!)"
STEPS = 8
GAP = "…"
"""In a name: any words of the same clause, '3G…coverage'."""
CHANGES = frozenset({"increase", "decrease"})


@cache
def words(language: str, key: str) -> re.Pattern[str]:
    """A pattern of `series` in a language's targets.yaml; one that matches nothing where it has none."""
    pack = load_language(language)
    settings: dict[str, Any] = pack.setting("targets", "series", {})
    return compiled(fill(str(settings.get(key, NOTHING)), pack.slots("objectives")))


def normal(text: str, language: str) -> str:
    """A wording as a key: width, case, quotes, hyphens, and the words around a name that are no part of it do not count."""
    key = even(text, language)
    for _ in range(STEPS):
        shorter = words(language, "after").sub("", words(language, "before").sub("", key)).strip()
        if shorter == key or not shorter:
            break
        key = shorter
    return key


def even(text: str, language: str) -> str:
    """A wording in one width and case, without quotes and hyphens; without blanks where the language has none."""
    plain = QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return HYPHENS.sub(" " if spaced(language) else "", plain).strip()


@cache
def spaced(language: str) -> bool:
    """Whether the language puts blanks between words."""
    return bool(load_language(language).settings.get("spaced", True))


def is_generic(key: str, language: str) -> bool:
    """Whether a key is too general to tell one indicator from another, and no name of one: 'number', 'total cost'."""
    return key not in named_indicators(language) and words(language, "generic").fullmatch(key) is not None


@cache
def named_indicators(language: str) -> dict[str, tuple[str, ...]]:
    """Key → the codes of the indicators that names.csv calls so; names with a gap left out."""
    found: dict[str, list[str]] = {}
    for name in _indicator_names(load_language(language)):
        if GAP not in name[0]:
            codes = found.setdefault(normal(name[0], language), [])
            codes += [name[1]] * (name[1] not in codes)
    return {key: tuple(codes) for key, codes in found.items()}


def gapped_in(text: str, language: str) -> list[str]:
    """The indicators of which a clause holds a name with a gap, its parts one after the other."""
    return [code for parts, code in _gapped(language) if _hold_in_order(text, parts)]


@cache
def _gapped(language: str) -> tuple[tuple[tuple[re.Pattern[str], ...], str], ...]:
    names = [(name, code) for name, code in _indicator_names(load_language(language)) if GAP in name]
    return tuple((tuple(_bounded(even(part, language)) for part in name.split(GAP)), code) for name, code in names)


def _hold_in_order(text: str, parts: tuple[re.Pattern[str], ...]) -> bool:
    end = 0
    for part in parts:
        found = part.search(text, end)
        if found is None:
            return False
        end = found.end()
    return True


def longest_name_in(key: str, language: str) -> str | None:
    """The longest name of an indicator that a key holds besides other words, as whole words."""
    automaton, names = _automaton(language)
    found = {names[index] for index, _, _ in automaton.find_matches_as_indexes(key, overlapping=True)} - {key}
    return max((name for name in found if holds(key, name)), key=lambda name: (len(name), name), default=None)


@cache
def _automaton(language: str) -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(named_indicators(language)))
    return AhoCorasick(names), names


@cache
def names_in(language: str, code: str) -> tuple[str, ...]:
    """The keys that name an indicator in a language."""
    return tuple(sorted(key for key, codes in named_indicators(language).items() if code in codes))


def _indicator_names(pack: Language) -> list[tuple[str, str]]:
    return sorted({(name.name, name.id) for name in pack.names if name.kind == "indicator"})


def _bounded(part: str) -> re.Pattern[str]:
    """A word that does not go on before its first letter; it may be inflected behind."""
    return re.compile((BEFORE_LATIN if part[:1].isascii() else "") + re.escape(part))


def dimension(measure: str, unit: str | None, base_unit: str | None) -> str | None:
    """What kind of quantity an indicator is, from the unit that a value of it has; None where the value does not tell.

    A change in per cent, a multiple and a rank can be of anything; a change in percentage points is of a ratio, and so is a number
    per thousand.
    """
    if measure in ("multiple", "rank") or unit is None or (measure in CHANGES and base_unit in ("%", "times")):
        return None
    if base_unit == "percentage point" or (base_unit or "").startswith("per "):
        return "ratio"
    known = load_units().get(base_unit or "")
    return known.dimension if known else even(base_unit or unit, "en")


def fits(unit: str, dimension_: str | None) -> bool:
    """Whether an indicator that is usually stated in `unit` can be of a dimension."""
    return not unit or dimension_ is None or dimension("level", unit, base_unit_of(unit)) == dimension_


@cache
def base_unit_of(unit: str) -> str:
    """The base unit of a unit of the codelist, or of a composite of one; the unit itself where it is not known."""
    return base_of(None, unit)[1] or unit

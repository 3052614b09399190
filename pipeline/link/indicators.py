"""Which indicator a target measures: one that names.csv names, else one that is known by its own wording.

Two wordings are one indicator where they are equal as keys (see wordings.py) and their values are of one dimension, or where
the versions of a document show them as wordings of one target. A wording that only holds a name, or that could mean several
indicators, is told as a problem and not merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.core.ids import content_id
from pipeline.core.model import Frozen, Problem, Quantity, Row
from pipeline.core.problems import problem
from pipeline.link.codes import codelist, names_of
from pipeline.link.wordings import fits, is_generic, longest_name_in, named_indicators, normal

Key = tuple[str, str]
"""A language and a wording in it, see wordings.normal."""


class Measured(Frozen):
    """What a target says of its indicator. words: (language, wording) of each version, the first text's first; lead: its quantity.

    dimension: null where the value does not tell; dated: whether a year is set, without which wordings make no indicator.
    """

    words: tuple[Key, ...]
    dimension: str | None
    dated: bool
    lead: Quantity

    @property
    def keys(self) -> tuple[Key, ...]:
        """The wordings that can tell an indicator, as keys."""
        keys = ((language, normal(text, language)) for language, text in self.words)
        return tuple((language, key) for language, key in keys if not is_generic(key, language))


class Indicators:
    """The indicators of a corpus. ids: that of each target that was given, in their order, or null."""

    def __init__(self, measured: Sequence[Measured], languages: Sequence[str]) -> None:
        self.problems: list[Problem] = []
        self._languages = languages
        self._rows: dict[str, Row] = {}
        self._told: set[tuple[str, Key]] = set()
        self._meanings = _Meanings()
        self.ids = self._identify(measured)
        self._describe(measured)

    @property
    def rows(self) -> list[Row]:
        """One row per indicator that a target measures or a series is of."""
        return [self._rows[indicator_id] for indicator_id in sorted(self._rows)]

    def use(self, code: str) -> str:
        """The indicator of a code or of a wording; that of a code has a row from now on."""
        entry = codelist("indicators").get(code)
        if entry and code not in self._rows:
            told = {name: entry[name] or None for name in ("unit", "definition", "source")}
            self._rows[code] = {"indicator_id": code, **names_of("indicator", code, self._languages), **told}
        return code

    def use_wording(self, language: str, key: str, text: str) -> str:
        """The indicator that goals without a number are about, known by their common subject."""
        indicator_id = content_id("indicator", key, None)
        row = self._rows.setdefault(indicator_id, {"indicator_id": indicator_id, "unit": None})
        row.setdefault(f"name_{language}", text)
        return indicator_id

    def by_wording(self, language: str) -> Iterator[tuple[str, str]]:
        """(wording as a key, indicator) of each wording in a language that means one indicator alone."""
        for (code, key), found in self._meanings.all_of_keys():
            if code == language and len(found) == 1:
                yield key, min(found)

    def _identify(self, measured: Sequence[Measured]) -> list[str | None]:
        keys = [each.keys for each in measured]
        first: list[str | None] = []
        for each, own in zip(measured, keys, strict=True):
            by_words = each.dated and each.dimension is not None and bool(own)
            found = named(own, each.dimension) or (content_id("indicator", own[0][1], each.dimension) if by_words else None)
            first.append(found)
            if found:
                self._meanings.add(own, each.dimension, found)
        self._meanings.settle()
        return [self._settled(*each) for each in zip(measured, keys, first, strict=True)]

    def _settled(self, each: Measured, keys: tuple[Key, ...], first: str | None) -> str | None:
        """The indicator, and what is not sure about it."""
        if first in codelist("indicators"):
            return self.use(str(first))
        if not keys:
            if each.words:
                self._doubt("unknown_indicator", each, each.words[0], "does not tell an indicator by itself")
            return None
        found = {self._meanings.root(first)} if first else self._meanings.of(keys[0], each.dimension)
        if len(found) > 1 or self._meanings.is_doubted(keys[0], each.dimension):
            self._doubt("uncertain_indicator", each, keys[0], "can mean more than one indicator")
        elif not found & codelist("indicators").keys():
            self._unnamed(each, keys[0])
        if len(found) == 1:
            return self.use(min(found))
        return content_id("indicator", keys[0][1], each.dimension) if each.dated and not found else None

    def _unnamed(self, each: Measured, key: Key) -> None:
        name = longest_name_in(key[1], key[0])
        if name and any(fits(codelist("indicators")[code]["unit"], each.dimension) for code in named_indicators(key[0])[name]):
            self._doubt("uncertain_indicator", each, key, f"says more than “{name}” does, and is kept apart from it")
        else:
            self._doubt("unknown_indicator", each, key, "is no indicator of names.csv")

    def _doubt(self, kind: str, each: Measured, key: Key, reason: str) -> None:
        """A problem for the first target of each text that words its indicator so."""
        lead = each.lead
        if (lead.text_id, key) in self._told:
            return
        self._told.add((lead.text_id, key))
        self.problems.append(
            problem(
                kind, f"“{lead.indicator_text or each.words[0][1]}” {reason}", text_id=lead.text_id, section_id=lead.section_id,
                char_start=lead.char_start, char_end=lead.char_end, quote=lead.quote,
            )
        )  # fmt: skip

    def _describe(self, measured: Sequence[Measured]) -> None:
        """The rows of indicators that are known by wording: their names and unit are those of the first target that has them."""
        for each, indicator_id in zip(measured, self.ids, strict=True):
            if indicator_id is None or indicator_id in codelist("indicators"):
                continue
            row = self._rows.setdefault(indicator_id, {"indicator_id": indicator_id, "unit": None})
            row["unit"] = row["unit"] or (each.lead.unit if each.dimension is not None else None)
            for language, text in each.words:
                if language in self._languages:
                    row.setdefault(f"name_{language}", text)


class _Meanings:
    """What each wording is seen to mean, by dimension; indicators that one wording means become one."""

    def __init__(self) -> None:
        self._seen: dict[Key, dict[str | None, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
        self._parent: dict[str, str] = {}
        self._doubted: set[tuple[Key, str | None]] = set()

    def add(self, keys: Sequence[Key], dimension: str | None, indicator_id: str) -> None:
        """Record an indicator for the wordings of a target; the first is its own, the others are translations."""
        for key in keys:
            meanings = self._seen[key][dimension]
            meanings[indicator_id] = meanings.get(indicator_id, False) or key == keys[0]

    def settle(self) -> None:
        """Join the indicator that a wording makes by itself with the one that it translates, where that is only one."""
        for key, by_dimension in sorted(self._seen.items(), key=lambda item: item[0]):
            for dimension, meanings in sorted(by_dimension.items(), key=lambda item: item[0] or ""):
                own = [meaning for meaning, is_own in meanings.items() if is_own and meaning not in codelist("indicators")]
                others = sorted({self.root(meaning) for meaning in meanings if meaning not in own} - {self.root(o) for o in own})
                if own and len(others) == 1:
                    self._join(own[0], others[0])
                elif own and others:
                    self._doubted.add((key, dimension))

    def root(self, indicator_id: str) -> str:
        """The indicator that one has become."""
        while (parent := self._parent.get(indicator_id, indicator_id)) != indicator_id:
            indicator_id = parent
        return indicator_id

    def of(self, key: Key, dimension: str | None) -> set[str]:
        """What a wording means; in any dimension where none is given."""
        by_dimension = self._seen.get(key, {})
        chosen = by_dimension.values() if dimension is None else [by_dimension.get(dimension, {})]
        return {self.root(meaning) for meanings in chosen for meaning in meanings}

    def is_doubted(self, key: Key, dimension: str | None) -> bool:
        """Whether a wording makes an indicator of its own and translates several."""
        return (key, dimension) in self._doubted

    def all_of_keys(self) -> Iterator[tuple[Key, set[str]]]:
        """Every wording and what it means."""
        return ((key, self.of(key, None)) for key in self._seen)

    def _join(self, one: str, other: str) -> None:
        roots = sorted((self.root(one), self.root(other)), key=lambda root: (root not in codelist("indicators"), root))
        if roots[1] not in codelist("indicators"):
            self._parent[roots[1]] = roots[0]


def named(keys: Sequence[Key], dimension: str | None) -> str | None:
    """The code of the one indicator that the first telling wording names, if values of this dimension can be of it."""
    for language, key in keys:
        codes = named_indicators(language).get(key, ())
        fitting = [code for code in codes if fits(codelist("indicators")[code]["unit"], dimension)]
        if dimension is None and len(fitting) > 1:  # growth in per cent is of an amount: that of a share is told in points
            fitting = [code for code in fitting if codelist("indicators")[code]["unit"] != "%"]
        if len(fitting) == 1:
            return fitting[0]
    return None

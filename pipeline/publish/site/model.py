"""What the pages of a site are made from, what a page is, and one language of the interface."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from pipeline.core.errors import InputError
from pipeline.core.model import Frozen, Row
from pipeline.core.schema import Schema
from pipeline.publish.changes import Diff

Labels = Mapping[str, str]
Address = tuple[str, str | None]
"""A page's path without the folder of its language, and the anchor on it."""
PLAIN = "1"
"""The unit of a number that counts nothing."""
LinkOf = Callable[[str, Row | str | None], Address | None]
"""The address of a row of a table, given as such or by its id; None where it stands on no page."""


class Site(Frozen, kw_only=True):
    """What the pages are made from.

    tables: name → rows as published, in their order; texts: source_id → decoded source, of those that are carried; languages:
    of the interface, the first at the top; labels: language → key → label; accuracy: the figures; checks: what was checked and
    whether it holds; releases: those before this one, newest first; changes: since the release before; files: path → size of
    the other files of the release; content: hash of what the release says.
    """

    tables: Mapping[str, list[Row]]
    texts: Mapping[str, str]
    schema: Schema
    languages: tuple[str, ...]
    labels: Mapping[str, Labels]
    accuracy: Sequence[Row] = ()
    checks: Sequence[Row] = ()
    releases: Sequence[Row] = ()
    changes: Diff | None = None
    files: Mapping[str, int] = {}
    content: str = ""


class Page(Frozen, kw_only=True):
    """One page in one language. path: without the language's folder, such as 'targets.html'; current: the entry of the navigation
    that it belongs to; context: what its template takes, or a function that makes it when the page is rendered, so that those of many
    documents are not all in memory; styles, scripts: names in assets/, besides those that every page has."""

    path: str
    template: str
    title: str
    current: str
    context: dict[str, Any] | Callable[[], dict[str, Any]]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, Any]:
        """What the template takes."""
        return self.context() if callable(self.context) else self.context


class Interface:
    """One language of the interface: its words, and how it writes names, numbers and dates."""

    def __init__(self, language: str, labels: Labels, languages: tuple[str, ...], link_of: LinkOf) -> None:
        self.language, self.labels, self.languages, self.link_of = language, labels, languages, link_of
        self._scales = [pair.split("=", 1) for pair in self.t("number.scales").split("|")]

    @property
    def tag(self) -> str:
        """The language as the `lang` of a page says it."""
        return self.t("language.tag")

    def t(self, key: str, /, **values: Any) -> str:
        """The label of a key, '{name}' filled in; whole numbers with their thousands parted. Markup among the values makes markup.

        A label 'one|more' has a form for a `count` of one and a form for any other. Raises InputError where there is no such label.
        """
        if key not in self.labels:
            where = f"pipeline/languages/{self.language}/labels.csv"
            raise InputError(where, f"there is no label {key!r}", "add it, in every language of the interface")
        label = self.labels[key]
        if "count" in values and "|" in label:
            label = label.split("|")[0 if values["count"] == 1 else 1]
        if not values:
            return label
        shown = {name: f"{value:,}" if type(value) is int else value for name, value in values.items()}
        if any(isinstance(value, Markup) for value in values.values()):
            return escape(label).format(**shown)
        return label.format(**shown)

    def name(self, row: Row, stem: str) -> tuple[str, str]:
        """The wording in this language, else in the first other that has one, and the language that it is in; ('', …) for none."""
        for language in (self.language, *self.languages):
            if words := row.get(f"{stem}_{language}"):
                return words, language
        return "", self.language

    def code(self, codelist: str, code: str) -> str:
        """The label of a code, else the code: one may be added before its label. codelist: as in schemas/codelists/, such as 'roles'."""
        return self.labels.get(f"{codelist}.{code}", code)

    def unit(self, code: str) -> str:
        """The label of a unit of measurement, else its code, which is international."""
        return self.labels.get(f"units.{code}", code)

    def language_name(self, code: str) -> str:
        """What a language is called, else its code."""
        return self.labels.get(f"languages.{code.split('-')[0]}", code)

    def check(self, kind: str) -> str:
        """What a kind of check holds, else its id: checks are added without the site's knowledge."""
        return self.labels.get(f"checks.{kind}", kind)

    def number(self, value: float) -> str:
        """A number as this language writes it: '38 trillion', '38万亿' where that is short and exact, else grouped digits."""
        for power, word in self._scales:
            scaled = value / 10 ** int(power)
            if abs(scaled) >= 1 and round(scaled, 2) == round(scaled, 9):
                return f"{scaled:,.2f}".rstrip("0").rstrip(".") + word
        return (
            f"{int(value):,}"
            if value == int(value)
            else f"{value:,.6f}".rstrip("0").rstrip(".")
            if abs(value) >= 1e-6
            else f"{value:g}"
        )

    def amount(self, value: float, unit: str | None) -> str:
        """A number with its unit: '38 trillion yuan', '38万亿元', '9%'."""
        if unit is None or unit == PLAIN:
            return self.number(value)
        word = self.unit(unit)
        apart = word[0].isalnum() and word.isascii()
        return self.t("number.amount" if apart else "number.tight", number=self.number(value), unit=word)

    def date(self, value: datetime.date | str) -> str:
        """A day as this language writes it."""
        day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
        month = self.t("date.months").split("|")[day.month - 1]
        return self.t("date.form", day=str(day.day), month=month, year=str(day.year))

    def size(self, count: int) -> str:
        """A number of bytes, in kB or MB."""
        return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3)):,} kB"

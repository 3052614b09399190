"""A language is a folder of data: settings, rules and names. Loading one needs no code of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.model import Frozen
from pipeline.core.paths import LANGUAGES
from pipeline.core.rules import RuleSet, alternatives, compile_rules
from pipeline.core.store import read_bytes, read_yaml

RULE_FILES = ("outline", "objectives", "targets", "duties", "instruments", "discrepancies", "source")


class Name(Frozen):
    """A wording of something that a codelist identifies.

    kind: body | instrument | indicator; id: its code; form: official | short | variant.
    """

    kind: str
    id: str
    name: str
    form: str


class Language:
    """One language pack.

    code: BCP 47; settings: language.yaml; files: the rules files by name, see RULE_FILES; names: names.csv.
    """

    def __init__(self, code: str, settings: Mapping[str, Any], files: Mapping[str, Any], names: tuple[Name, ...]) -> None:
        self.code, self.settings, self.files, self.names = code, settings, files, names
        self._groups: dict[tuple[str, str], RuleSet] = {}

    def __repr__(self) -> str:
        return f"Language({self.code})"

    def slots(self, file: str) -> dict[str, str]:
        """The slots that a file's rules may use: those of language.yaml, then its own. A table stands for any of its words."""
        slots = {**self.settings.get("slots", {}), **self.files[file].get("slots", {})}
        return {name: alternatives(slot) if isinstance(slot, Mapping) else slot for name, slot in slots.items()}

    def group(self, file: str, group: str, **slots: str) -> RuleSet:
        """The rules under `group` in a rules file, compiled once; `slots` adds parts made from codelists."""
        key = (file, group)
        if key not in self._groups:
            where = f"pipeline/languages/{self.code}/{file}.yaml"
            self._groups[key] = compile_rules(self.files[file].get(group, ()), self.slots(file) | slots, where)
        return self._groups[key]

    def setting(self, file: str, key: str, default: Any = None) -> Any:
        """A plain value of a rules file."""
        return self.files[file].get(key, default)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header. Raises InputError for a row of another width, or other bytes."""
    try:
        reader = csv.DictReader(io.StringIO(read_bytes(path).decode("utf-8-sig")), restkey="", strict=True)
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8", "save it as UTF-8") from error
    rows = []
    try:
        for row in reader:
            if "" in row or None in row.values():
                raise InputError(path, f"line {reader.line_num} has another number of cells than the header", "correct the line")
            rows.append(row)
    except csv.Error as error:
        raise InputError(path, f"line {reader.line_num}: {error}", "correct the line") from error
    return rows


def load_labels(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Language → key → label: the words of an interface, of those languages that have labels.csv. Raises InputError."""
    tables = {code: LANGUAGES / code / "labels.csv" for code in codes}
    return {code: {row["key"]: row["label"] for row in read_table(path)} for code, path in tables.items() if path.exists()}


def language_codes() -> tuple[str, ...]:
    """The language packs that there are."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/language.yaml")))


@cache
def load_language(code: str) -> Language:
    """The language pack for a BCP 47 code (its primary subtag decides). Raises InputError where there is none."""
    folder = LANGUAGES / code.split("-")[0].lower()
    if not (folder / "language.yaml").is_file():
        raise InputError(
            folder, f"there is no language pack for {code!r}", f"use one of {', '.join(language_codes())} or add a folder"
        )
    files = {name: read_yaml(folder / f"{name}.yaml") or {} for name in RULE_FILES}
    names = tuple(Name(**row) for row in read_table(folder / "names.csv"))
    return Language(folder.name, read_yaml(folder / "language.yaml"), files, names)

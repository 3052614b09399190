"""document.yaml: what a document's files say of themselves, and what others add, each with its source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.core.errors import InputError
from pipeline.core.language import language_codes, read_table
from pipeline.core.model import Document, Frozen
from pipeline.core.paths import SCHEMAS
from pipeline.core.store import read_yaml

Status = Literal["original", "human_translation", "machine_translation"]
Completeness = Literal["full", "excerpt"]

NAME = "document.yaml"
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]*")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[A-Za-z0-9]+")
SHA256 = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class CuratedText(Frozen, kw_only=True):
    """A value that no text says of itself, and where it is known from."""

    value: str
    source: str


class CuratedYear(Frozen, kw_only=True):
    """A year that no text says of itself, and where it is known from."""

    value: int
    source: str


class CuratedStatus(Frozen, kw_only=True):
    """What a text is to the other texts of its document, and where that is known from."""

    value: Status
    source: str


class CuratedCompleteness(Frozen, kw_only=True):
    """Whether a text is the whole document, and where that is known from."""

    value: Completeness
    source: str


class CuratedDocument(Frozen, kw_only=True):
    """What is known of a document besides what its texts print."""

    document_number: CuratedText | None = None
    document_type: CuratedText | None = None
    jurisdiction: CuratedText | None = None
    issued_on: CuratedText | None = None
    period_start: CuratedYear | None = None
    period_end: CuratedYear | None = None
    predecessor_id: CuratedText | None = None


class CuratedEdition(Frozen, kw_only=True):
    """What is known of a text besides what it prints. Without a status a text is the original; without completeness, full."""

    translation_status: CuratedStatus | None = None
    completeness: CuratedCompleteness | None = None
    excerpt_of: CuratedText | None = None


class CorrectionEntry(Frozen, kw_only=True):
    """An editorial correction: words as printed, which stand once in the text, what is meant instead, and why."""

    printed: str
    meant: str
    reason: str


class TextDescription(Frozen, kw_only=True):
    """One language version in a file. first_line, last_line: its borders, word for word, where they cannot be found."""

    edition: str
    language: str
    first_line: str | None = None
    last_line: str | None = None
    corrections: tuple[CorrectionEntry, ...] = ()
    curated: CuratedEdition = CuratedEdition()

    @property
    def translation_status(self) -> Status:
        given = self.curated.translation_status
        return given.value if given else "original"

    @property
    def completeness(self) -> Completeness:
        given = self.curated.completeness
        return given.value if given else "full"

    @property
    def excerpt_of(self) -> str | None:
        return self.curated.excerpt_of.value if self.curated.excerpt_of else None


class FileDescription(Frozen, kw_only=True):
    """A file and the texts in it, in the order in which they stand there."""

    name: str
    sha256: str
    texts: tuple[TextDescription, ...]
    media_type: str = "text/plain"
    publisher: str | None = None
    address: str | None = None
    rights: str | None = None

    @property
    def stem(self) -> str:
        return self.name.rsplit(".", 1)[0]


class Description(Frozen, kw_only=True):
    """A document. titles, issuers, numbers: as printed, by language; original: the edition that the issuer adopted."""

    document_id: str
    titles: dict[str, str]
    files: tuple[FileDescription, ...]
    issuers: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, str] = {}
    issued_on: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    original: str | None = None
    curated: CuratedDocument = CuratedDocument()

    @property
    def document(self) -> Document:
        """The row of the documents table. A curated value goes before a printed one."""
        curated = self.curated
        return Document(
            document_id=self.document_id,
            titles=dict(sorted(self.titles.items())),
            document_type=_value(curated.document_type),
            document_number=_value(curated.document_number) or self._printed_number(),
            issued_on=_value(curated.issued_on) or self.issued_on,
            period_start=curated.period_start.value if curated.period_start else self.period_start,
            period_end=curated.period_end.value if curated.period_end else self.period_end,
            jurisdiction=_value(curated.jurisdiction),
            predecessor_id=_value(curated.predecessor_id),
            original_text_id=self.original and f"{self.document_id}.{self.original}",
        )

    def _printed_number(self) -> str | None:
        language = next((text.language for _, text in self.texts() if text.edition == self.original), None)
        return self.numbers.get(language or "") or next(iter(self.numbers.values()), None)

    def texts(self) -> Iterator[tuple[FileDescription, TextDescription]]:
        """All texts of all files, in the order of the description."""
        return ((file, text) for file in self.files for text in file.texts)


def _value(curated: CuratedText | None) -> str | None:
    return curated.value if curated else None


def load_description(path: Path) -> Description:
    """The description in a document.yaml (or in the folder that holds one). Raises InputError with what is wrong."""
    path = path / NAME if path.is_dir() else path
    return to_description(read_yaml(path), path)


def to_description(content: Mapping[str, Any], where: Path | str) -> Description:
    """The content of a document.yaml as a Description. Raises InputError."""
    try:
        description = msgspec.convert(content, Description)
    except msgspec.ValidationError as error:
        raise InputError(where, str(error).replace("`", "'"), "correct the entry (docs/adding-a-document.md)") from error
    for reason in _faults(description):
        raise InputError(where, reason, "correct the entry (docs/adding-a-document.md)")
    return description


def _faults(description: Description) -> Iterator[str]:
    yield from _document_faults(description)
    editions = [text.edition for _, text in description.texts()]
    yield from (f"edition {edition!r} is described twice" for edition in _repeated(editions))
    yield from (f"file name {name!r} is used twice" for name in _repeated([file.stem.lower() for file in description.files]))
    if description.original is not None and description.original not in editions:
        yield f"'original' is {description.original!r}, which is none of the editions"
    for file, text in description.texts():
        if text.edition == description.original and text.translation_status != "original":
            yield f"'original' is {text.edition!r}, but in {file.name} that text is a {text.translation_status}"
    for file in description.files:
        yield from _file_faults(file)


def _document_faults(description: Description) -> Iterator[str]:
    document = description.document
    if not IDENTIFIER.fullmatch(description.document_id):
        yield f"document_id {description.document_id!r} may hold lower-case letters, digits and inner hyphens only"
    if document.issued_on is not None and not _is_date(document.issued_on):
        yield f"issued_on {document.issued_on!r} is not a date like 2016-07-27"
    if document.period_start and document.period_end and document.period_start > document.period_end:
        yield "period_start lies after period_end"
    if document.document_type not in (None, *_document_types()):
        known = ", ".join(_document_types())
        yield f"document_type {document.document_type!r} is no code of schemas/codelists/document_types.csv: {known}"
    if not description.titles:
        yield "'titles' is empty"
    if not description.files:
        yield "'files' is empty"
    for language in (*description.titles, *description.issuers, *description.numbers):
        if not LANGUAGE.fullmatch(language):
            yield f"{language!r} is not a language code"


@cache
def _document_types() -> tuple[str, ...]:
    return tuple(row["code"] for row in read_table(SCHEMAS / "codelists" / "document_types.csv"))


def _file_faults(file: FileDescription) -> Iterator[str]:
    if not FILE_NAME.fullmatch(file.name):
        yield f"file name {file.name!r} may hold ASCII letters, digits, '-' and '_' and needs one ending"
    if not SHA256.fullmatch(file.sha256):
        yield f"sha256 of {file.name} is not 64 lower-case hexadecimal digits"
    if not file.texts:
        yield f"{file.name} has no texts"
    for text in file.texts:
        if not IDENTIFIER.fullmatch(text.edition):
            yield f"edition {text.edition!r} may hold lower-case letters, digits and inner hyphens only"
        if not LANGUAGE.fullmatch(text.language) or text.language.split("-")[0] not in language_codes():
            yield f"there is no language pack for {text.language!r} (there is {', '.join(language_codes())})"
        for each in text.corrections:
            if not all(word.strip() for word in (each.printed, each.meant, each.reason)) or each.printed == each.meant:
                yield f"a correction of {text.edition!r} says not what is printed, what else is meant, and why"


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

"""A document.yaml for a file, filled in as far as the file itself tells."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.errors import InputError
from pipeline.core.paths import RAW
from pipeline.core.store import read_bytes, write_atomic
from pipeline.source.decode import decode
from pipeline.source.description import IDENTIFIER, NAME, Description, to_description
from pipeline.source.facts import Facts, find_facts, normal_number
from pipeline.source.furniture import find_furniture
from pipeline.source.jurisdictions import jurisdiction_of
from pipeline.source.layout import find_layout
from pipeline.source.lines import split_lines
from pipeline.source.paragraphs import build_paragraphs
from pipeline.source.segment import find_versions, script_runs, scripts
from pipeline.source.words import Words, all_words, words

HEAD = "# What the file itself tells. Correct it and add what is known; null means not known (docs/adding-a-document.md).\n"
ASSUMED = "assumed by `add`; check it"
SLUG_WORDS = 5
MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown"}


def add_file(file: Path, document_id: str | None = None, raw: Path = RAW) -> Path:
    """Make raw/<document_id>/ with a copy of the file and its document.yaml; the folder. Raises InputError."""
    data = read_bytes(file)
    text = describe_file(data, file.name, document_id)
    description = to_description(yaml.safe_load(text), file)
    folder = raw / description.document_id
    if folder.exists() or folder.is_symlink():
        raise InputError(
            folder, "exists already", f"name another --id, or add the file to that document: --to {description.document_id}"
        )
    write_atomic(folder / description.files[0].name, data)
    write_atomic(folder / NAME, text.encode())
    return folder


def description_for(data: bytes, name: str) -> Description:
    """The description of a file that has none. Raises InputError where it cannot be read."""
    return to_description(describe(data, name), name)


def describe_file(data: bytes, name: str, document_id: str | None = None) -> str:
    """The text of a document.yaml for a file: what its first and last lines tell, null for the rest. Raises InputError."""
    content = describe(data, name, document_id)
    to_description(content, name)
    return HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def describe(data: bytes, name: str, document_id: str | None = None) -> dict[str, Any]:
    """The content of a document.yaml for a file. Raises InputError."""
    if document_id is not None and not IDENTIFIER.fullmatch(document_id):
        raise InputError(name, f"document_id {document_id!r} cannot be used", "use lower-case letters, digits and inner hyphens")
    decoded, _ = decode(data, name)
    facts = _facts(decoded, name)
    by_language = {habits.code: found for habits, found in facts}
    titles = {code: found.title for code, found in by_language.items() if found.title}
    numbers = {code: found.number for code, found in by_language.items() if found.number}
    issuers = {code: list(found.issuers) for code, found in by_language.items() if found.issuers}
    issued_on = next((found.issued_on for found in by_language.values() if found.issued_on), None)
    period = next((found.period for found in by_language.values() if found.period), None)
    original = _original([habits.code for habits, _ in facts])
    digest = hashlib.sha256(data).hexdigest()
    stem, ending = _file_name(name)
    return {
        "document_id": document_id or _propose_id(titles, stem, issued_on, digest),
        "titles": titles or {facts[0][0].code: stem},
        "issuers": issuers,
        "numbers": {code: normal_number(number) for code, number in numbers.items()},
        "issued_on": issued_on,
        "period_start": period[0] if period else None,
        "period_end": period[1] if period else None,
        "original": original,
        "curated": dict.fromkeys(("document_number", "document_type", "jurisdiction", "predecessor_id")) | _jurisdiction(issuers),
        "files": [
            {
                "name": f"{stem}{ending}",
                "sha256": digest,
                "media_type": MEDIA_TYPES.get(ending, "text/plain"),
                "publisher": None,
                "address": None,
                "rights": None,
                "texts": [_text(habits.code, original) for habits, _ in facts],
            }
        ],
    }


def _jurisdiction(issuers: dict[str, list[str]]) -> dict[str, Any]:
    """The country of the issuers, where their names tell it."""
    found = jurisdiction_of(issuers)
    return {"jurisdiction": {"value": found[0], "source": f"names.csv knows its issuer, {found[1]}; {ASSUMED}"}} if found else {}


def _text(code: str, original: str) -> dict[str, Any]:
    status = "original" if code == original else "human_translation"
    return {"edition": code, "language": code, "curated": {"translation_status": {"value": status, "source": ASSUMED}}}


def _facts(decoded: str, name: str) -> list[tuple[Words, Facts]]:
    """For each language version in the file, in order, what it says of itself."""
    lines, known = split_lines(decoded), scripts()
    found: dict[str, tuple[Words, Facts]] = {}
    for version in find_versions(script_runs(lines)):
        habits = known[version.script]
        if habits.code in found:
            continue
        part = lines.slice(version.first, version.after)
        left_out = find_furniture(part, habits)
        kept = [index for index in range(len(part)) if index not in left_out]
        paragraphs, _ = build_paragraphs(part, kept, habits, find_layout(part, kept, habits)) if kept else ((), [])
        found[habits.code] = (habits, find_facts(paragraphs))
    if not found:
        scripts_read = ", ".join(habits.code for habits in all_words())
        raise InputError(name, "holds no text in a script that is read", f"add a language pack (there is {scripts_read})")
    return list(found.values())


def _original(languages: Sequence[str]) -> str:
    """The language of the version that is taken for the original: beside another, one that much is translated into is not."""
    return next((code for code in languages if not words(code).often_translation), languages[0])


def _file_name(name: str) -> tuple[str, str]:
    stem, _, ending = name.rpartition(".")
    stem, ending = (stem, f".{ending.lower()}") if stem and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending) else (name, ".txt")
    return _slug(stem) or "document", ending


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _propose_id(titles: dict[str, str], stem: str, issued_on: str | None, digest: str) -> str:
    """Words of a title in Latin letters, else the file's name, and the year of issue."""
    small = frozenset().union(*(habits.open_ends | habits.links for habits in all_words()))
    slugs = [[word for word in _slug(title).split("-") if word and word not in small] for title in titles.values()]
    best = max(slugs, key=len, default=[])
    named = "-".join(best[:SLUG_WORDS]) if len([word for word in best if not word.isdigit()]) >= 2 else stem
    if not re.search("[a-z]{2}", named):
        named = f"document-{digest[:8]}"
    year = issued_on[:4] if issued_on else ""
    return f"{named}-{year}" if year and year not in named.split("-") else named

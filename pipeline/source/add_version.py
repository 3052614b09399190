"""One more language version, or another file, for a document that raw/ has already. What its document.yaml says stays, comments included."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipeline.core.errors import InputError
from pipeline.core.paths import RAW
from pipeline.core.store import parse_yaml, read_bytes, write_together
from pipeline.source.add import describe
from pipeline.source.description import IDENTIFIER, NAME, to_description
from pipeline.source.raw import check_folder

BY_LANGUAGE = ("titles", "issuers", "numbers")
WIDTH = 1 << 16
"""Characters: no line that a person wrote is broken."""
INDENTED = re.compile(r"^files:.*\n(?:\s*#.*\n)*\s+-", re.MULTILINE)
"""A list that stands further in than its key."""


def add_version(file: Path, document_id: str, raw: Path = RAW) -> Path:
    """Copy the file into raw/<document_id>/ and describe it there, as a translation where the document has an original; the folder.

    Its title, issuers and number are added in a language that has none yet. Raises InputError.
    """
    folder = raw / document_id
    if not IDENTIFIER.fullmatch(document_id) or not folder.is_dir():
        raise InputError(folder, "is no document of raw/", "name the folder of a document; `add` without --to makes one")
    check_folder(folder)
    data, path = read_bytes(file), folder / NAME
    text = read_bytes(path).decode("utf-8-sig")
    yaml = _yaml_like(text)
    held = yaml.load(text)
    found = describe(data, file.name, document_id)
    entry = found["files"][0]
    if any(each["sha256"] == entry["sha256"] for each in held["files"]):
        raise InputError(file, f"is in {folder} already", "name another file")
    entry["name"] = _free_name(entry, [str(each["name"]) for each in held["files"]])
    _join(held, found)
    out = io.BytesIO()
    yaml.dump(held, out)
    to_description(parse_yaml(out.getvalue(), path), path)
    write_together({folder / entry["name"]: data, path: out.getvalue()})
    return folder


def _yaml_like(text: str) -> YAML:
    """A writer that keeps comments, quotes, and how lists are indented."""
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = WIDTH, True
    if INDENTED.search(text):
        yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), lambda writer, _: writer.represent_scalar("tag:yaml.org,2002:null", "null"))
    return yaml


def _free_name(entry: dict[str, Any], taken: Sequence[str]) -> str:
    """The name of the file, or its editions where another file is called so."""
    stems = {name.rpartition(".")[0].lower() for name in taken}
    stem, _, ending = entry["name"].rpartition(".")
    editions = "-".join(text["edition"] for text in entry["texts"])
    names = (stem, editions, *(f"{editions}-{number}" for number in range(2, len(taken) + 3)))
    return f"{next(name for name in names if name.lower() not in stems)}.{ending}"


def _join(held: Any, found: dict[str, Any]) -> None:
    """What a file says is added to what a document.yaml holds, which goes before."""
    for key in BY_LANGUAGE:
        if missing := {code: value for code, value in found[key].items() if code not in held.get(key, {})}:
            held.setdefault(key, {}).update(missing)
    taken = {str(text["edition"]) for file in held["files"] for text in file["texts"]}
    for text in found["files"][0]["texts"]:
        text["edition"] = _free_edition(text["language"], taken)
        taken.add(text["edition"])
        if held.get("original") is not None:
            text["curated"]["translation_status"]["value"] = "human_translation"
    held["files"].append(found["files"][0])


def _free_edition(language: str, taken: set[str]) -> str:
    return next(name for name in (language, *(f"{language}-{number}" for number in range(2, 99))) if name not in taken)

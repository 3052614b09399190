"""Texts to measure with: the real ones, repeated with other numbers, other names and another order of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

from pipeline.core.language import Language
from pipeline.core.paths import RAW
from pipeline.source import read_document, read_folder
from pipeline.source.description import Description, FileDescription, TextDescription

INNER_NUMBER = re.compile(r"(?<=[^\s\d.,(（]{2})(\s?)(\d+)(?![\d)）.、])")
LONGEST_NAMES = 400


def real_texts(language: str, raw: Path = RAW) -> list[str]:
    """Every text of a language in raw/, as it stands in its decoded source."""
    texts = []
    for folder in sorted(raw.iterdir()):
        reading = read_document(*read_folder(folder))
        found = [text for text in reading.texts if text.language == language]
        texts += [reading.decoded[text.source_id][text.char_start : text.char_end] for text in found]
    return texts


def perturbed(text: str, language: Language, random: Random) -> str:
    """A text like this one. Labels, line ends and lengths stay as they are, so that the work stays of the same kind."""
    names = _swapped_names(text, language, random)
    lines = text.split("\n")
    plain = [place for place, line in enumerate(lines) if line and line[0].isalpha() and len(line) > 80]
    moved = random.sample(plain, len(plain))
    order = dict(zip(plain, moved, strict=True))
    shuffled = "\n".join(lines[order.get(place, place)] for place in range(len(lines)))
    other = INNER_NUMBER.sub(lambda match: match[1] + _other_number(match[2], random), shuffled)
    if names:
        anyone = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
        other = anyone.sub(lambda match: names[match[0]], other)
    return other


def _other_number(digits: str, random: Random) -> str:
    """Years stay years, and a number keeps its length."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return str(random.randint(2001, 2049))
    return str(random.randint(1, 9)) + "".join(str(random.randint(0, 9)) for _ in digits[1:])


def _swapped_names(text: str, language: Language, random: Random) -> dict[str, str]:
    """Names of the text → other names of the same kind and form."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for name in language.names:
        kinds.setdefault((name.kind, name.form), []).append(name.name)
    present = [name for name in language.names if len(name.name) > 3 and name.name in text][:LONGEST_NAMES]
    return {name.name: random.choice(kinds[name.kind, name.form]) for name in present}


def documents(
    texts: Sequence[str], language: Language, size: int, seed: int = 0
) -> Iterator[tuple[Description, dict[str, bytes]]]:
    """Documents of one text each, at least `size` bytes in all."""
    made = number = 0
    while made < size:
        text = perturbed(texts[number % len(texts)], language, Random(f"{seed}/{number}"))
        data = text.encode("utf-8")
        yield description(f"bench-{number:05}", language.code, data), {"text.txt": data}
        made += len(data)
        number += 1


def one_document(texts: Sequence[str], language: Language, size: int) -> tuple[Description, dict[str, bytes]]:
    """One document of at least `size` bytes."""
    parts = [files["text.txt"] for _, files in documents(texts, language, size)]
    data = b"\n\n".join(parts)
    return description("bench-whole", language.code, data), {"text.txt": data}


def description(document_id: str, language: str, data: bytes) -> Description:
    """What document.yaml would say of a file with one text."""
    text = TextDescription(edition=language, language=language)
    file = FileDescription(name="text.txt", sha256=sha256(data).hexdigest(), texts=(text,))
    return Description(document_id=document_id, titles={}, files=(file,), original=language)

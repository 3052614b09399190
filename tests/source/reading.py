"""Descriptions and readings of texts that a test writes itself."""

from __future__ import annotations

import hashlib
from typing import Any

from pipeline.core.model import Problem, Text
from pipeline.source.description import Description, to_description
from pipeline.source.read import Reading, read_document


def content(data: bytes, *languages: str, **more: Any) -> dict[str, Any]:
    """A document.yaml for one file with a text in each language."""
    texts = [{"edition": language, "language": language} for language in languages]
    file = {"name": "a.txt", "sha256": hashlib.sha256(data).hexdigest(), "texts": texts}
    return {"document_id": "xx-doc", "titles": {languages[0]: "A title"}, "files": [file], **more}


def describe(data: bytes, *languages: str, **more: Any) -> Description:
    return to_description(content(data, *languages, **more), "document.yaml")


def read(text: str, *languages: str) -> Reading:
    data = text.encode()
    return read_document(describe(data, *(languages or ("en",))), {"a.txt": data})


def paragraphs(text: str, language: str = "en") -> list[str]:
    return [each.text for each in read(text, language).texts[0].paragraphs]


def problems(text: str, kind: str, language: str = "en") -> list[Problem]:
    return [each for each in read(text, language).problems if each.kind == kind]


def misplaced(text: Text, decoded: str) -> list[str]:
    """The faults of a text's offsets: characters that are not where its pieces say."""
    faults, before = [], text.char_start - 1
    for paragraph in text.paragraphs:
        ends = [here for here, _ in paragraph.pieces[1:]] + [len(paragraph.text)]
        for (here, there), end in zip(paragraph.pieces, ends, strict=True):
            printed, found = paragraph.text[here:end], decoded[there : there + end - here]
            for one, other in zip(printed, found, strict=True):
                if one != other and not (one == " " and other.isspace()):
                    faults.append(f"{one!r} is {other!r} in the source")
            if there <= before:
                faults.append(f"{printed!r} stands before what precedes it")
            before = there + end - here - 1
    if text.paragraphs and (text.char_start, text.char_end) != (text.paragraphs[0].char_start, text.paragraphs[-1].char_end):
        faults.append("the text's span is not that of its paragraphs")
    return faults

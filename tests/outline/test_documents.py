"""Whole documents as they come, read from their bytes: habits of the kind in own words, and what a copy does to them.

A copy may lose or add blank lines, break lines at a width, put page numbers and running titles between them, indent
paragraphs or write labels in other widths: the tree stays the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pipeline.core.model import Section
from pipeline.outline import outline_document
from pipeline.source import description_for, read_document

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
HABITS = sorted(path.name.removesuffix(".txt") for path in GOLDEN.glob("*.txt"))
TEXTS = {
    path.name.removesuffix(".txt"): path
    for folder in ("documents", "outline", "whole")
    for path in (GOLDEN.parent / folder).glob("*.txt")
}
WIDTH = 76
PAGE = 300
TITLE = {"en": "A Plan in Other Words", "zh": "另行印制的文本"}
AS_SET = re.compile(r"\s*(?:[|#>]|---|```|=|<|&|[^\w\s（“(]{3,}\s*$)|.*(?:\t|\S {3,}\S|\|.*\|)|.*[^\w\s]{5}")
"""Lines of tables, rules, marked headings and the like: nobody breaks or indents them."""
UNBROKEN = re.compile(r"unbroken|contents|wrapped|html|emphasis|markdown|records|rst|setext|underlined|flat|lost|columns")
"""Documents that have a layout of their own, which some changes would make another one."""


def sections(text: str) -> tuple[Section, ...]:
    data = text.encode()
    description = description_for(data, "document.txt")
    reading = read_document(description, {description.files[0].name: data})
    outlines, _ = outline_document(reading.texts)
    assert len(outlines) == 1
    for section in outlines[0].sections:
        if section.heading is not None:
            printed = text.lstrip("\ufeff")[section.heading_start : section.heading_end]
            assert "".join(printed.split()).startswith(section.heading.split()[0])
    return outlines[0].sections


def plain(words: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", words or "").split())


def tree(text: str) -> list[str]:
    """One line for each section: section_number|label|heading, without spaces and widths."""
    found = (section for section in sections(text) if section.kind not in ("front", "closing"))
    return [f"{section.section_number}|{plain(section.label)}|{plain(section.heading)}" for section in found]


@cache
def document(name: str) -> str:
    return TEXTS[name].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HABITS)
def test_tree_is_the_one_that_a_reader_sees(name: str) -> None:
    expected = (GOLDEN / f"{name}.tree").read_text(encoding="utf-8").splitlines()
    found = [f"{each.section_number}|{each.label or ''}|{each.heading or ''}" for each in sections(document(name))]
    assert found == expected


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def broken(line: str) -> list[str]:
    """A line as a page of WIDTH columns breaks it: between words, or before any Chinese character but a mark."""
    parts = re.findall(r"[一-鿿“《（(].?[，。；：、！？）》”]*|[^一-鿿“《（(\s]+\s*|\s+", line)
    lines = [""]
    for part in parts:
        if lines[-1] and columns(lines[-1] + part.rstrip()) > WIDTH:
            lines.append("")
        lines[-1] += part
    return [each.rstrip() for each in lines]


def each_line(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(change(line) if line.strip() and not AS_SET.match(line) else line for line in text.split("\n"))


def wrapped(text: str) -> str:
    return "\n".join(
        "\n".join(broken(line)) if line.strip() and not AS_SET.match(line) else line for line in spaced(text).split("\n")
    )


def spaced(text: str) -> str:
    """A blank line behind each line, but for those of a table, a list of records or an underlined title."""
    lines = text.split("\n")
    apart = [
        line if AS_SET.match(line) or AS_SET.match(after) else f"{line}\n"
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return "\n".join(apart)


def paged(text: str, furniture: Callable[[int], str]) -> str:
    """The text with what stands between its pages."""
    parts, size, page = [], 0, 1
    for line in spaced(text).split("\n"):
        parts.append(line)
        size += columns(line)
        if size > PAGE and not line.strip():
            parts.append(furniture(page))
            size, page = 0, page + 1
    return "\n".join(parts)


def wide(text: str) -> str:
    """Labels in full-width digits and marks."""
    widths = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789().,"}
    return re.sub(r"(?m)^(?:\([0-9]{1,3}\)|[0-9]{1,3}\.)(?=[一-鿿])", lambda label: label[0].translate(widths), text)


def narrow(text: str) -> str:
    """Brackets of labels in half width."""
    return re.sub(r"(?m)^（([一二三四五六七八九十0-9]{1,3})）", r"(\1)", text)


COPIES: dict[str, Callable[[str], str]] = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "spaces at line ends": lambda text: each_line(text, lambda line: f"{line} "),
    "blank lines doubled": lambda text: text.replace("\n\n", "\n\n\n"),
    "indented": lambda text: each_line(text, lambda line: f"\u3000\u3000{line}" if columns(line) > len(line) else f"    {line}"),
    "indented by no-break spaces": lambda text: each_line(text, lambda line: f"\u00a0\u00a0{line}"),
    "broken at a width": wrapped,
    "page numbers": lambda text: paged(text, lambda page: f"\n- {page} -\n"),
    "pages of pages": lambda text: paged(text, lambda page: f"\nPage {page} of 30\n"),
    "page comments": lambda text: paged(text, lambda page: f"\n<!-- PAGE {page} -->\n"),
    "page breaks": lambda text: paged(text, lambda page: "\f"),
    "wide labels": wide,
    "narrow labels": narrow,
    "tabs behind labels": lambda text: re.sub(
        r"(?m)^(\([a-z0-9]{1,3}\)|[IVX0-9]{1,4}\.|第[一-十]{1,3}[章节条])[ \u3000]+(?=\S)", r"\1" + "\t", text
    ),
    "no-break spaces behind labels": lambda text: re.sub(r"(?m)^(\([a-z0-9]{1,3}\)|[IVX0-9]{1,4}\.) (?=\S)", "\\1\u00a0", text),
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_copy_has_the_same_tree(name: str, copy: str) -> None:
    text = document(name)
    changed = COPIES[copy](text)
    if changed == text or (UNBROKEN.search(name) and not copy.startswith(("line", "a byte"))):
        return
    assert tree(changed) == tree(text)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_running_title_is_no_section(name: str) -> None:
    text, title = document(name), TITLE[name.rpartition(".")[2]]
    changed = paged(text, lambda page: f"\n{page}\n\f{title}\n")
    if UNBROKEN.search(name) or changed.count(title) < 2:
        return
    assert tree(changed) == tree(text)

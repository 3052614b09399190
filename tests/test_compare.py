"""`compare`: two versions side by side at any width, with colour or without, and what differs marked and said."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace
from rich.cells import cell_len
from rich.console import Console

from pipeline import commands
from pipeline.__main__ import main
from pipeline.built import RECORDS
from pipeline.compare import _page, compare
from pipeline.core.model import Document, Outline
from pipeline.core.store import write_json, write_lines
from pipeline.link.alignment import align_document
from pipeline.link.discrepancies.labels import labels
from pipeline.link.discrepancies.model import Sides
from tests.link.discrepancies.bilingual import EN, ZH, Line, changed, read, without

WRONG: list[Line] = changed(without(EN, "offshore wind"), "By 2030", "By 2031")


def built(folder: Path, *versions: tuple[list[Line], str, str]) -> Path:
    """A build folder with one document. versions: lines, language, status."""
    readings = [read(lines, language, status, f"doc.{language}") for lines, language, status in versions]
    write_json(folder / "source" / "doc" / "document.json", Document("doc", {}))
    outlines: list[Outline] = [outline for outline, _, _ in readings]
    write_lines(folder / "source" / "doc" / "texts.jsonl", (outline.text for outline in outlines))
    write_lines(folder / "outline" / "doc" / "sections.jsonl", (each for outline in outlines for each in outline.sections))
    write_lines(folder / "outline" / "doc" / "sentences.jsonl", (each for outline in outlines for each in outline.sentences))
    for name in RECORDS:
        records = [record for _, found, _ in readings for record in getattr(found, name)]
        write_lines(folder / "extract" / "doc" / f"{name}.jsonl", (asdict(record) for record in records))
    return folder


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("build"), (ZH, "zh", "original"), (WRONG, "en", "human_translation"))


def shown(build: Path, width: int, colour: bool = False) -> str:
    stream = io.StringIO()
    compare(
        build, "doc", None, Console(file=stream, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    )
    return stream.getvalue()


def test_both_versions_stand_beside_each_other_with_what_differs(build: Path) -> None:
    page = shown(build, 120)
    assert page.startswith("2 discrepancies, 2 major\n")
    (line,) = [line for line in page.splitlines() if "到⟦1:2030年⟧" in line]
    assert "By ⟦1:2031⟧, the" in line
    assert "  1. major, year, 95%: The translation says “2031”, the original “2030年”." in page
    assert "⟦2:发展海上风电，推广节能船舶，减少温室气体排放。⟧" in page
    assert "  2. major, missing, 90%: The translation lacks a sentence of the original:" in page
    assert page.index("1. major") < page.index("⟦2:")


def labelled(lines: list[Line], language: str, labels: list[str]) -> tuple[Outline, str]:
    """An outline whose headings have printed labels, which stand before the words of the heading."""
    numbers = iter(labels)
    printed = [(number, f"# {next(numbers)} {words[2:]}" if words.startswith("# ") else words) for number, words in lines]
    outline, _, source = read(printed, language, "original", f"doc.{language}")
    sections = tuple(replace(each, label=label) for each, label in zip(outline.sections, labels, strict=True))
    sentences = tuple(
        replace(each, text=each.text[3:], pieces=((0, each.char_start + 3),)) if each.kind == "heading" else each
        for each in outline.sentences
    )
    return Outline(outline.text, sections, sentences), source


def test_a_label_stands_before_its_heading_and_what_it_differs_in_below_it() -> None:
    zh, en = labelled(ZH, "zh", ["1.", "2.", "3.", "4."])[0], labelled(EN, "en", ["1.", "2.", "1.", "2."])[0]
    (alignment,) = align_document([zh, en])
    findings = list(labels(alignment, Sides("the original", "the translation")))
    stream = io.StringIO()
    for line in _page(alignment, findings, ["zh", "en"], 120):
        Console(file=stream, width=120).print(line, highlight=False)
    page = stream.getvalue()
    assert "1. 总体要求" in page
    (number,) = [index for index, line in enumerate(page.splitlines()) if "⟦1:3.⟧ 重点任务" in line]
    assert "⟦1:1.⟧ Key tasks" in page.splitlines()[number]
    assert "restarts its list at “1.” where the original goes on with “3.”" in page.splitlines()[number + 1]


@pytest.mark.parametrize("width", [12, 20, 40, 63, 64, 80, 200])
def test_nothing_is_lost_at_any_width(build: Path, width: int) -> None:
    page = shown(build, width)
    assert max(cell_len(line) for line in page.splitlines()) <= width
    letters = [char for char in page if char.isalnum()]
    for lines in (ZH, WRONG):
        for _, words in lines:
            assert set(words) - set(" #，。、“”") <= {*letters, *page}
    assert (
        "…" not in "".join(line for line in page.splitlines() if "sentence of" not in line and "发展" not in line) or width < 40
    )


def test_every_passage_stands_whole_and_in_order_where_the_versions_stand_below_each_other(build: Path) -> None:
    page = re.sub(r"⟦\d+:|⟧|\s", "", shown(build, 30))
    for lines in (ZH, WRONG):
        for _, words in lines:
            assert re.sub(r"[#\s]", "", words) in page


def test_colour_is_for_terminals_only(build: Path) -> None:
    assert "\x1b[" not in shown(build, 100)
    assert "\x1b[" in shown(build, 100, colour=True)


def test_a_text_cannot_drive_the_terminal(tmp_path: Path) -> None:
    zh, en = (
        changed(ZH, "港口吞吐量", "港口\x1b[31m[b]吞吐量\x07"),
        changed(EN, "ports and railways", "ports and \u202erailways:smile:"),
    )
    page = shown(built(tmp_path, (zh, "zh", "original"), (en, "en", "human_translation")), 400)
    assert not {"\x1b", "\x07", "\u202e"} & set(page)
    assert "[b]" in page
    assert ":smile:" in page


def run(build: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(commands, "BUILD", build)
    return main(["compare", *arguments])


def test_the_command_prints_the_page(build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(build, monkeypatch, "doc", "--text", "en") == 0
    assert "2 discrepancies, 2 major" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["other"], "other: is no document of the last build; use one of doc\n"),
        (["doc", "--text", "fr"], "fr: is no text that doc can be compared with; use one of en\n"),
        (["doc", "--text", "zh"], "zh: is no text that doc can be compared with; use one of en\n"),
        ([], "DOCUMENT"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_code_2(
    build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], error: str
) -> None:
    assert run(build, monkeypatch, *arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert error in said.err
    assert said.err.count("\n") == 1


def test_a_document_of_one_text_and_an_empty_build_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, monkeypatch, "doc") == 2
    assert "run `make`" in capsys.readouterr().err
    assert run(built(tmp_path, (ZH, "zh", "original")), monkeypatch, "doc") == 2
    assert "doc: has one text only" in capsys.readouterr().err

"""The committed figures are those of the committed code, and the stage measures what it should."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from pipeline import accuracy
from pipeline.built import AS_PRINTED, read_measured
from pipeline.core.errors import InputError
from pipeline.core.figures import AGREEMENT_SHOWN, ALL, SHOWN, between_markers, languages, markdown_table, pick
from pipeline.core.model import Document, Text
from pipeline.core.store import read_bytes, write_atomic, write_json, write_lines
from pipeline.evaluate import Gold
from pipeline.stages import STAGES
from tests.builders import build_outline
from tests.evaluate.tables import body, quantity


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the documents in raw/, up to the figures."""
    folder = tmp_path_factory.mktemp("build")
    for name in ("source", "outline", "extract", "evaluate"):
        STAGES[name](folder, 1)
    return folder


def test_the_readme_shows_the_figures_of_this_code(build: Path) -> None:
    figures = accuracy.read_figures(build / "evaluate" / "accuracy.csv")
    page = read_bytes(accuracy.PAGES["accuracy"]).decode()
    assert between_markers(page, "accuracy", markdown_table(figures)) == page, "run `make figures`"


def test_the_agreement_is_that_of_the_annotations() -> None:
    figures = accuracy.agreement()
    page = read_bytes(accuracy.PAGES["agreement"]).decode()
    assert read_bytes(accuracy.AGREEMENT) == accuracy.accuracy_csv(figures), "run `make figures`"
    assert between_markers(page, "agreement", markdown_table(figures, AGREEMENT_SHOWN)) == page, "run `make figures`"


def test_every_line_that_is_shown_is_measured(build: Path) -> None:
    figures = accuracy.read_figures(build / "evaluate" / "accuracy.csv")
    assert languages(figures) == ["en", "zh"]
    assert [shown.name for shown in SHOWN if set(pick(figures, shown, with_doubt=True)) != {"en", "zh"}] == []


def test_the_metrics_are_the_figures(build: Path) -> None:
    metrics = json.loads(read_bytes(build / "evaluate" / "metrics.json"))
    figures = accuracy.read_figures(build / "evaluate" / "accuracy.csv")
    texts = {figure.text_id for figure in figures} - {ALL}
    assert metrics["texts"] == len(texts) == 6
    for shown in (each for each in SHOWN if each.metric):
        assert metrics[shown.name] == pytest.approx({code: each.value for code, each in pick(figures, shown).items()}, abs=1e-3)


def test_the_stage_gives_the_same_bytes_again(build: Path, tmp_path: Path) -> None:
    from pipeline.evaluate import read_gold

    again = accuracy.evaluation_files(read_measured(build, read_gold(accuracy.SETTLED)), 0)
    assert again == {path.name: path.read_bytes() for path in (build / "evaluate").iterdir()}


# One small document


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A build of one document of which a quantity was read, and no body."""
    outline, source = build_outline(
        [("s1", "# Lights"), ("s1", "By 2030, 9% of ships carry lights, says the Harbour Board.")], "en"
    )
    build = tmp_path / "build"
    where, found = build / "source" / "doc", build / "extract" / "doc"
    write_json(where / "document.json", Document("doc", {"en": "Lights"}))
    write_lines(where / "texts.jsonl", [outline.text, msgspec.structs.replace(outline.text, text_id="doc.fr")])
    write_atomic(where / "text" / "en.txt", source.encode())
    write_lines(build / "outline" / "doc" / "sections.jsonl", outline.sections)
    start = source.index("9%")
    read = {**quantity(start, start + 2, quote="9%"), "text_id": "doc.en", "column_of_another_version": 1}
    for name in ("statements", "quantities", "body_mentions", "instrument_mentions", "problems"):
        write_lines(found / f"{name}.jsonl", [read] if name == "quantities" else [])
    assert isinstance(outline.text, Text)
    return build


def test_a_small_document_is_measured(small: Path) -> None:
    texts = read_measured(
        small, {"doc.en": {"quantities": [quantity(16, 18, quote="9%")], "bodies": [body(51, 64, "Harbour Board")]}}
    )
    files = accuracy.evaluation_files(texts, 3)
    assert json.loads(files["metrics.json"]) == {
        "sections": {}, "quantities": {"en": 1.0}, "goals": {}, "bodies": {"en": 0.0}, "bodies_tier_1": {}, "instruments": {},
        "texts": 1, "editorial_corrections": 3,
    }  # fmt: skip
    assert files["errors.csv"].decode().splitlines() == [
        "text_id,language,table,what,field,char_start,char_end,quote,found,gold,doubt",
        "doc.en,en,bodies,missed,,51,64,Harbour Board,,Harbour Board,false",
    ]
    assert "bodies,en,all,all,recall,,overlap,false,1,0.0000,0.0000,0.7935" in files["accuracy.csv"].decode().splitlines()


def test_what_is_measured_is_read_without_editorial_corrections(small: Path) -> None:
    """The rows as printed, where a document has corrections, and not what is published."""
    gold: Gold = {"doc.en": {"quantities": [quantity(16, 18, quote="9%")]}}
    before = read_measured(small, gold)
    found = small / "extract" / "doc"
    for path in sorted(found.glob("*.jsonl")):
        write_atomic(found / AS_PRINTED / path.name, path.read_bytes())
        write_atomic(path, path.read_bytes().replace(b'"value":9', b'"value":90'))
    assert read_measured(small, gold) == before


def test_a_text_without_gold_is_not_measured(small: Path) -> None:
    files = accuracy.evaluation_files(read_measured(small, {}), 0)
    assert files["accuracy.csv"].count(b"\n") == files["errors.csv"].count(b"\n") == 1
    assert json.loads(files["metrics.json"])["texts"] == 0


def test_gold_of_other_words_is_refused(small: Path) -> None:
    with pytest.raises(InputError, match="quantities: 16–18 is '9%', annotated as '8%'"):
        read_measured(small, {"doc.en": {"quantities": [quantity(16, 18, quote="8%")]}})


def test_a_table_of_figures_that_is_none_is_refused(tmp_path: Path) -> None:
    write_atomic(tmp_path / "accuracy.csv", b"table,n\nbodies,many\n")
    with pytest.raises(InputError, match=r"accuracy\.csv"):
        accuracy.read_figures(tmp_path / "accuracy.csv")

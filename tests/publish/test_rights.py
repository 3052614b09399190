from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import InputError, ValidationError
from pipeline.core.language import load_labels
from pipeline.core.schema import load_schema
from pipeline.publish import Edition, make_package, verify, write_package
from pipeline.publish.checksums import sha256, sums_bytes
from pipeline.publish.parquet import read_parquet
from pipeline.publish.rights import is_short_for, unstated, with_short_quotes
from pipeline.publish.silence import LONGEST, LONGEST_IN_FILE, Silence, shortened
from pipeline.stages import rights_not_stated
from tests.publish.sample import EN, FIGURES, ZH, passage, sample, to_arrow

BLOG = "xx-2012-lights/en-blog"
SILENCE = Silence([EN], [ZH])
LONG = EN[EN.index("Opinions") : EN.index("exceeds")]


def long_tables() -> tuple[dict[str, pa.Table], dict[str, str]]:
    """The sample with a long passage of the source whose rights are not stated wherever one can stand."""
    schema = load_schema()
    tables, decoded = sample(schema)
    text, section = "xx-2012-lights.en", "xx-2012-lights.en:s1"

    def changed(table: str, **columns: Any) -> None:
        rows = tables[table].to_pylist()
        key = schema.tables[table].primary_key[0]
        rows = [row | (columns if row.get("text_id", text) == text else {}) for row in rows]
        tables[table] = to_arrow(schema.tables[table], sorted(rows, key=lambda row: str(row[key])))

    changed("sentences", **(passage(text, section, LONG) | {"text": LONG}))
    changed("sections", text=LONG, heading=LONG)
    changed("instrument_mentions", **(passage(text, section, LONG) | {"name": LONG}))
    changed(
        "problems", message=f"“{LONG}” is in no list, and that is told at some length", quote=None, char_start=None, char_end=None
    )
    for name, column in (
        ("objectives", "statement"),
        ("targets", "wording"),
        ("responsibilities", "duty"),
        ("provisions", "heading"),
    ):
        rows = [row | {f"{column}_en": LONG, f"{column}_zh": "二" * 60} for row in tables[name].to_pylist()]
        tables[name] = to_arrow(schema.tables[name], rows)
    return tables, decoded


@pytest.fixture(scope="module")
def quotes() -> dict[str, bytes]:
    tables, decoded = long_tables()
    return make_package(tables, decoded, {}, load_schema(), {}, FIGURES, left_out=unstated(tables))


def test_only_sources_without_stated_rights_are_meant() -> None:
    assert unstated(sample()[0]) == {BLOG}


def test_the_running_text_is_nowhere_in_the_package(quotes: dict[str, bytes]) -> None:
    assert f"text/{BLOG}.txt" not in quotes
    assert "text/xx-2012-lights/zh.txt" in quotes
    beginning = LONG[: LONGEST + 1].encode()
    for path, data in quotes.items():
        assert beginning not in data, path
        if path.endswith(".parquet"):
            table = read_parquet(data)
            cells = [cell for column in table.columns if pa.types.is_string(column.type) for cell in column.to_pylist()]
            assert not any(cell and LONG[: LONGEST + 1] in cell for cell in cells), path


def test_offsets_keys_and_the_other_sources_stay(quotes: dict[str, bytes]) -> None:
    schema = load_schema()
    tables = long_tables()[0]
    short = with_short_quotes(tables, schema, {BLOG}, SILENCE)
    for name, table in tables.items():
        assert short[name].schema == table.schema
        for field in schema.tables[name].fields:
            same = short[name].column(field.name).equals(table.column(field.name))
            assert same or (field.type == "string" and not field.pattern and field.name not in schema.tables[name].primary_key)
    assert short["objectives"].column("statement_zh").equals(tables["objectives"].column("statement_zh"))
    assert {shortened(LONG)} == set(short["objectives"].column("statement_en").to_pylist())
    message = short["problems"].column("message").to_pylist()[0]
    assert message == f"“{shortened(LONG)}” is in no list, and that is told at some length"


def test_hashes_of_what_is_left_out_stay(quotes: dict[str, bytes]) -> None:
    sources = {item["sourceId"]: item for item in json.loads(quotes["datapackage.json"])["sources"]}
    assert sources[BLOG]["textLeftOut"] is True
    assert sources[BLOG]["textHash"] == f"sha256:{sha256(EN.encode())}"
    assert sources[BLOG]["sha256"] == "b" * 64
    assert "textLeftOut" not in sources["xx-2012-lights/zh"]
    assert list(json.loads(quotes["content.json"])["text"]) == ["xx-2012-lights/zh"]
    assert f"`{BLOG}` (its text is left out)" in quotes["README.md"].decode()
    assert "assert text[" not in quotes["README.md"].decode()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_it_holds_for_verify_the_script_and_frictionless(quotes: dict[str, bytes], tmp_path: Path) -> None:
    import frictionless

    write_package(quotes, tmp_path / "package")
    assert verify(tmp_path / "package").spans > 5
    subprocess.run([sys.executable, "verify.py"], cwd=tmp_path / "package", check=True, capture_output=True)
    assert frictionless.validate(str(tmp_path / "package" / "datapackage.json")).valid


@pytest.mark.parametrize("damage", ["claimed", "long"])
def test_verify_sees_what_does_not_fit(quotes: dict[str, bytes], tmp_path: Path, damage: str) -> None:
    if damage == "claimed":
        files = dict(quotes)
        files["datapackage.json"] = files["datapackage.json"].replace(b'"textLeftOut": true', b'"textLeftOut": false')
    else:  # a passage that was not cut, in a package that says it does without the text
        tables, decoded = long_tables()
        whole = make_package(tables, decoded, {}, load_schema(), {}, FIGURES)
        described = json.loads(whole["datapackage.json"])
        described["sources"] = json.loads(quotes["datapackage.json"])["sources"]
        described["resources"] = [item for item in described["resources"] if item["path"] != f"text/{BLOG}.txt"]
        files = whole | {"datapackage.json": json.dumps(described).encode()}
        del files[f"text/{BLOG}.txt"]
    files["SHA256SUMS"] = sums_bytes({path: data for path, data in files.items() if path != "SHA256SUMS"})
    write_package(files, tmp_path / "package")
    with pytest.raises(ValidationError):
        verify(tmp_path / "package")


def test_changes_may_not_tell_what_is_left_out(package: dict[str, bytes]) -> None:
    tables, decoded = sample()
    with pytest.raises(ValidationError, match=r"holds the text of xx-2012-lights/en-blog.*yank"):
        make_package(tables, decoded, {}, load_schema(), {}, previous=Edition.of(package), left_out={BLOG})


def test_nothing_is_left_out_unless_asked(package: dict[str, bytes]) -> None:
    assert f"text/{BLOG}.txt" in package
    assert "textLeftOut" not in package["datapackage.json"].decode()
    assert rights_not_stated() == "text"


@pytest.mark.parametrize("words", ["rights_not_stated: none", "largest_file: 1", "rights_not_stated: [text]", ""])
def test_an_option_that_is_none_is_an_error(words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_text(words, encoding="utf-8")
    monkeypatch.setattr("pipeline.stages.ROOT", tmp_path)
    with pytest.raises(InputError, match="rights_not_stated"):
        rights_not_stated()


@pytest.mark.parametrize("length", [1, LONGEST - 1, LONGEST, LONGEST + 1, 500])
def test_a_quote_that_was_cut_may_stand_for_its_passage(length: int) -> None:
    quote = shortened("x" * length)
    assert len(quote) == min(length, LONGEST)
    assert is_short_for(quote, length)
    assert not is_short_for("x" * length, length + 1)
    assert re.fullmatch("x+…?", quote)


# No run of more than LONGEST characters of a text that is left out stands anywhere


def runs_of(text: str, longest: int) -> set[str]:
    return {text[start : start + longest + 1] for start in range(len(text) - longest)}


def hidden(longest: int) -> set[str]:
    return runs_of(EN, longest) | runs_of(" ".join(EN.split()), longest)


def pieces(text: str) -> st.SearchStrategy[str]:
    """Parts of a text, whole or with their white space joined, with other words between them."""
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    parts = spans.map(lambda span: text[span[0] : span[1]]) | spans.map(lambda span: " ".join(text[span[0] : span[1]].split()))
    return st.lists(parts | st.text("a …”“", max_size=5), max_size=6).map("".join)


@given(pieces(EN))
def test_words_keep_no_long_run_of_a_text_that_is_left_out(words: str) -> None:
    kept = SILENCE.kept(words)
    told = hidden(LONGEST) & runs_of(words, LONGEST)
    assert not hidden(LONGEST) & runs_of(kept, LONGEST)
    assert len(kept) < len(words) if told else kept == words
    assert (SILENCE.first(words) is not None) == bool(told)


@given(pieces(EN))
def test_a_run_is_found_where_it_stands(words: str) -> None:
    place = SILENCE.first(words, LONGEST_IN_FILE)
    assert place is not None or not hidden(LONGEST_IN_FILE) & runs_of(words, LONGEST_IN_FILE)
    assert place is None or runs_of(words[slice(*place)], LONGEST) <= hidden(LONGEST)


def test_what_a_carried_text_says_too_may_be_said() -> None:
    assert Silence([EN], [EN]).kept(EN) == EN
    assert Silence([EN], [f"x {' '.join(EN.split())} y"]).kept(" ".join(EN.split())) == " ".join(EN.split())


@settings(max_examples=12)
@given(pieces(EN), pieces(EN), pieces(EN))
def test_no_file_of_the_package_holds_a_long_run(message: str, name: str, title: str) -> None:
    schema = load_schema()
    tables, decoded = sample(schema)
    for table, column, words in (
        ("problems", "message", message),
        ("problems", "remedy", message),
        ("bodies", "name_en", name),
        ("instruments", "name_en", name),
        ("documents", "title_en", title),
        ("sources", "publisher", title),
    ):
        place, cells = tables[table].column_names.index(column), [words or "x"] * tables[table].num_rows
        tables[table] = tables[table].set_column(place, tables[table].schema.field(place), pa.array(cells, pa.string()))
    files = make_package(tables, decoded, {}, schema, {}, FIGURES, left_out={BLOG}, labels=load_labels(schema.package.languages))
    assert any(path.startswith("site/") for path in files)
    for path, data in files.items():
        if path.endswith(".parquet"):
            columns = [column for column in read_parquet(data).columns if pa.types.is_string(column.type)]
            told = [cell for column in columns for cell in column.to_pylist() if cell]
        else:
            told = [data.decode("utf-8")]
        assert not any(hidden(40) & runs_of(words, 40) for words in told), path


def test_a_file_that_would_tell_it_is_an_error() -> None:
    with pytest.raises(ValidationError, match=r"checks\.json: holds 'Opinions on Lighthouses"):
        tables, decoded = sample()
        make_package(tables, decoded, {"seen": [" ".join(EN.split())]}, load_schema(), {}, FIGURES, left_out={BLOG})


def test_lines_that_are_joined_without_a_blank_are_found() -> None:
    passage = "各有关部门要按照职责分工抓紧制定本行业本领域的实施方案，\n明确时间表和路线图，确保各项任务按期完成并取得实效。"
    silence = Silence([passage], [])
    assert silence.first(passage.replace("\n", "")) is not None


def test_the_index_of_the_search_and_marked_pages_are_searched() -> None:
    silence = Silence(["The harbours & quays of the northern provinces' towns are to be dredged every year by the ministry."], [])
    words = "harbours & quays of the northern provinces' towns are to be dredged"
    packed = base64.b64encode(gzip.compress(f'[["{words}"]]'.encode())).decode()
    marked = words.replace("&", "&amp;").replace("'", "&#39;").replace("northern", "<u>northern</u>")
    for path, said in (("site/assets/search/1.js", f'policySearch(0,1,"{packed}");'), ("site/a.html", f"<p>{marked}</p>")):
        with pytest.raises(ValidationError, match="left out"):
            silence.hold({path: said.encode()})

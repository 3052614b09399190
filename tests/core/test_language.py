"""Language packs are data that load without code of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.language import Language, language_codes, load_labels, load_language, read_table


def test_the_packs_are_found_in_order() -> None:
    assert {"en", "zh"} <= set(language_codes())
    assert list(language_codes()) == sorted(language_codes())


@pytest.mark.parametrize(("tag", "code"), [("en", "en"), ("EN-gb", "en"), ("zh-Hans-CN", "zh")])
def test_the_primary_subtag_decides(tag: str, code: str) -> None:
    assert load_language(tag).code == code


@pytest.mark.parametrize("tag", ["xx", "", "../en"])
def test_an_unknown_language_is_one_line(tag: str) -> None:
    with pytest.raises(InputError, match="there is no language pack"):
        load_language(tag)


@pytest.mark.parametrize("code", language_codes())
def test_names_are_whole_and_distinct(code: str) -> None:
    names = load_language(code).names
    assert {name.kind for name in names} <= {"body", "instrument", "indicator"}
    assert {name.form for name in names} <= {"official", "short", "variant"}
    assert [name for name in names if not name.name.strip() or name.name != name.name.strip() or not name.id] == []
    pairs = [(name.kind, name.id, name.name) for name in names]  # countries share abbreviations
    assert sorted({pair for pair in pairs if pairs.count(pair) > 1}) == []


@pytest.mark.parametrize("code", language_codes())
def test_each_thing_has_one_official_name(code: str) -> None:
    things = [(name.kind, name.id) for name in load_language(code).names if name.form == "official"]
    assert sorted({thing for thing in things if things.count(thing) > 1}) == []


def test_groups_are_compiled_once_with_the_slots_of_their_file() -> None:
    files = {"outline": {"slots": {"digit": "[0-9]"}, "labels": [{"id": "x-a", "pattern": "{digit}+{mark}", "finds": ["1."]}]}}
    language = Language("x", {"slots": {"mark": r"\.", "digit": "never"}}, files, ())
    rules = language.group("outline", "labels")
    assert rules is language.group("outline", "labels")
    assert [rule.rule_id for rule, _ in rules.matches("12. 3")] == ["x-a"]
    assert language.group("outline", "nothing").rules == ()
    assert language.setting("outline", "nothing", 7) == 7


@pytest.mark.parametrize("line", ["a", "a,b,c", 'a,"b'])
def test_a_row_of_another_width_is_one_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "t.csv").write_text(f"code,label\nx,y\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_table(tmp_path / "t.csv")


def test_a_table_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("\ufeffcode,label\r\nx,中\r\n".encode())
    assert read_table(tmp_path / "t.csv") == [{"code": "x", "label": "中"}]


def test_a_table_in_the_slots_stands_for_any_of_its_words() -> None:
    rules = [{"id": "x-field", "pattern": "^{field} office$", "finds": ["tax office"]}]
    files = {"duties": {"slots": {"field": {"tax": "a", "taxation": "a", "S&T": "b"}}, "find": rules}}
    pattern = Language("x", {}, files, ()).group("duties", "find").rules[0].pattern
    assert [line for line in ("tax office", "Taxation office", "S&T office", "taxa office", "s&t office") if pattern.search(line)] == [
        "tax office", "Taxation office", "S&T office",
    ]  # fmt: skip


def test_labels_are_those_of_the_languages_that_have_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.core.language.LANGUAGES", tmp_path)
    (tmp_path / "de").mkdir()
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "labels.csv").write_text('key,label\nhome.title,"Accueil, ici"\n', encoding="utf-8")
    assert load_labels(["de", "fr"]) == {"fr": {"home.title": "Accueil, ici"}}

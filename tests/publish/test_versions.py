from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from pipeline.core.errors import InputError
from pipeline.core.paths import DIST
from pipeline.publish.edition import Edition
from pipeline.publish.fields import fingerprint
from pipeline.publish.versions import INDEX_SCHEMA, VERSION, Index, Released, index_of, read_index, version_key, write_index
from tests.publish.small import edition, field, table

ORDER = ["0.1.0-alpha", "0.1.0-alpha.1", "0.1.0-rc.2", "0.1.0-rc.10", "0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0"]
SHA = "a" * 64


def released(version: str, **more: Any) -> Released:
    return Released(version, "2026-01-01", SHA, SHA, **more)


@pytest.mark.parametrize(("lower", "higher"), list(itertools.pairwise(ORDER)))
def test_versions_are_ordered_by_meaning(lower: str, higher: str) -> None:
    assert version_key(lower) < version_key(higher)


@pytest.mark.parametrize("version", ["", "1", "1.0", "01.0.0", "1.0.0/..", "../1.0.0", "v1.0.0", "1.0.0-", "1.0.0+x"])
def test_other_strings_are_no_versions(version: str) -> None:
    assert not VERSION.fullmatch(version)
    with pytest.raises(ValueError, match="is not a version"):
        version_key(version)


def test_the_index_knows_the_latest_and_replaces_namesakes() -> None:
    index = Index()
    for version in ["0.2.0", "0.10.0", "1.0.0-rc.1", "0.1.0", "0.2.0"]:
        index = index.with_version(released(version))
    assert [item.version for item in index.versions] == ["1.0.0-rc.1", "0.10.0", "0.2.0", "0.1.0"]
    assert index.latest == "0.10.0"
    assert index.find("0.2.0") is not None
    assert index.find("9.9.9") is None


def test_what_was_taken_back_is_neither_the_latest_nor_the_one_before() -> None:
    index = index_of([released("0.1.0"), released("0.2.0", yanked="wrong"), released("0.3.0-rc.1")])
    assert index.latest == "0.1.0"
    assert [index.before(version) for version in (None, "0.3.0", "0.2.0", "0.1.5", "0.1.0", "0.0.1")] == [
        "0.1.0", "0.1.0", None, "0.1.0", None, None,
    ]  # fmt: skip
    assert index_of([released("0.1.0", yanked="wrong")]).latest is None
    assert index_of([released("0.1.0", yanked="wrong"), released("0.2.0-rc.1")]).latest == "0.2.0-rc.1"


def test_a_released_version_keeps_the_version_before_it_whatever_happens_to_that() -> None:
    index = index_of([released("0.1.0", yanked="wrong"), released("0.1.5"), released("0.2.0", previous="0.1.0")])
    assert index.before("0.2.0") == "0.1.0"


# The file


def test_the_history_of_a_version_stays_what_it_is() -> None:
    first, second, third = released("0.1.0"), released("0.2.0", previous="0.1.0"), released("0.3.0", previous="0.2.0")
    index = index_of([first, second])
    assert [item.version for item in index.history("0.3.0")] == ["0.2.0", "0.1.0"]
    later = index_of([first, released("0.2.0", previous="0.1.0", yanked="wrong"), third, released("0.2.1", previous="0.2.0")])
    assert [item.version for item in later.history("0.3.0")] == ["0.2.0", "0.1.0"]
    assert index_of([]).history("0.1.0") == ()


def test_the_index_of_this_project_keeps_its_schema() -> None:
    schema = json.loads(INDEX_SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    index = json.loads((DIST / "index.json").read_bytes())
    assert list(Draft202012Validator(schema).iter_errors(index)) == []
    assert read_index(DIST).find("0.1.0") is not None


def test_the_schema_knows_every_property_and_no_other() -> None:
    schema = json.loads(INDEX_SCHEMA.read_bytes())
    assert set(schema["properties"]) == {item.name for item in msgspec.structs.fields(Index)}
    assert set(schema["$defs"]["released"]["properties"]) == {item.name for item in msgspec.structs.fields(Released)}


def test_an_index_reads_back_and_there_need_not_be_one(tmp_path: Path) -> None:
    assert read_index(tmp_path) == Index()
    index = index_of([released("0.1.0", yanked="wrong"), released("0.2.0", previous="0.1.0", schema=SHA)])
    write_index(tmp_path, index)
    assert read_index(tmp_path) == index
    assert json.loads((tmp_path / "index.json").read_bytes())["versions"][0] == {
        "version": "0.2.0", "date": "2026-01-01", "content": SHA, "sha256sums": SHA, "schema": SHA, "previous": "0.1.0", "yanked": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "v1"}, {"date": "2026-1-1"}, {"content": "c"}, {"sha256sums": SHA.upper()}, {"schema": "x"}, {"previous": "../x"},
        {"yanked": ""}, {"yanked": "two\nlines"}, {"yanked": " x"},
    ],
)  # fmt: skip
def test_nothing_else_is_read_or_written(tmp_path: Path, wrong: dict[str, str]) -> None:
    entry = msgspec.structs.replace(released("0.1.0"), **wrong)
    if "version" not in wrong:
        with pytest.raises(InputError):
            write_index(tmp_path, index_of([entry]))
    content = {"latest": "0.1.0", "versions": [msgspec.to_builtins(entry)]}
    (tmp_path / "index.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_index(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{}", '{"latest": null}', '{"latest": null, "versions": [], "more": 1}', '{"latest": "0.1.0", "versions": []}',
        json.dumps({"latest": None, "versions": [msgspec.to_builtins(released("0.1.0"))]}),
        json.dumps({"latest": "0.1.0", "versions": [msgspec.to_builtins(released("0.1.0"))] * 2}),
        json.dumps({"latest": "0.1.0", "versions": [msgspec.to_builtins(released("0.1.0", yanked=why)) for why in (None, "x")]}),
    ],
)  # fmt: skip
def test_an_index_that_contradicts_itself_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_index(tmp_path)


def test_what_an_older_entry_lacks_is_taken_from_its_folder_where_that_is_whole(tmp_path: Path) -> None:
    from pipeline.publish import write_package
    from tests.publish.small import package

    for version in ("0.1.0", "0.2.0"):
        write_package(package(version, lamps=table(["id"], [["a"]])), tmp_path / version)
    known = Edition.open(tmp_path / "0.1.0")
    entries = [Released("0.1.0", "2026-01-01", SHA, known.sums or ""), released("0.2.0"), released("0.3.0")]
    write_index(tmp_path, index_of(entries))
    assert [item.schema for item in read_index(tmp_path).versions] == [None, None, fingerprint(known.schemas)]


# The fingerprint of a schema

PLAIN: list[str | dict[str, Any]] = ["id", "name"]


def test_titles_and_rows_do_not_count_for_the_fingerprint_and_all_else_does() -> None:
    def of(fields: list[str | dict[str, Any]], rows: Any = (), **more: Any) -> str:
        return fingerprint(edition(t=table(fields, rows, **more)).schemas)

    base = of(PLAIN)
    assert of(["id", field("name", title="A name", description="words")], [["a", "b"]]) == base
    codes = [of(["id", field("name", constraints={"enum": list(order)})]) for order in ("ab", "ba")]
    assert codes[0] == codes[1]
    others = [
        base, codes[0], of(["id"]), of(["name", "id"]), of(["id", "title"]), of(["id", field("name", "number")]), of(["id", field("name", unit="m")]),
        of(["id", field("name", constraints={"required": True})]), of(["id", field("name", "number", constraints={"minimum": 0})]),
        of(PLAIN, key=["name"]), of(PLAIN, foreignKeys=[{"fields": ["name"], "reference": {"fields": ["id"]}}]),
        fingerprint(edition(u=table(PLAIN, [])).schemas),
    ]  # fmt: skip
    assert len(set(others)) == len(others)

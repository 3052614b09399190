"""A second language version for a document that raw/ has."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.source import add_file, add_version, check_raw, read_document, read_folder

ENGLISH = (
    "National Roads Strategy 2030\n\nMinistry of Transport\n\n3 May 2019\n\nI. Goals\n\nBy 2030, 500 bridges are open to all.\n"
)
CHINESE = "国家道路战略\n\n交通运输部\n\n2019年5月3日\n\n一、目标\n\n到2030年，全国开放500座桥梁，方便所有人出行。\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def editions(folder: Path) -> dict[str, str]:
    held = yaml.safe_load((folder / "document.yaml").read_text("utf-8"))
    texts = [text for file in held["files"] for text in file["texts"]]
    return {text["edition"]: text["curated"]["translation_status"]["value"] for text in texts}


def test_the_two_versions_are_one_document(raw: Path, tmp_path: Path) -> None:
    folder = add_file(written(tmp_path, "plan.txt", ENGLISH), "xx-roads", raw)
    assert editions(folder) == {"en": "original"}
    assert add_version(written(tmp_path, "plan-zh.txt", CHINESE), "xx-roads", raw) == folder
    assert check_raw(raw) == [folder]
    description, files = read_folder(folder)
    assert sorted(files) == ["plan-zh.txt", "plan.txt"]
    assert description.titles == {"en": "National Roads Strategy 2030", "zh": "国家道路战略"}
    assert description.original == "en"
    assert editions(folder) == {"en": "original", "zh": "human_translation"}
    assert {text.text_id for text in read_document(description, files).texts} == {"xx-roads.en", "xx-roads.zh"}


def test_what_a_person_wrote_stays(raw: Path, tmp_path: Path) -> None:
    folder = add_file(written(tmp_path, "plan.txt", ENGLISH), "xx-roads", raw)
    path = folder / "document.yaml"
    mine = (
        path.read_text("utf-8")
        .replace("titles:\n", "# from its cover\ntitles:\n")
        .replace("assumed by `add`; check it", "its cover")
    )
    mine = mine.replace("publisher: null", "publisher: null  # not known")
    path.write_text(mine, "utf-8")
    add_version(written(tmp_path, "zh.txt", CHINESE), "xx-roads", raw)
    now = path.read_text("utf-8")
    before, after = mine.splitlines(), now.splitlines()
    assert [line for line in before if line not in after and not line.endswith(": null")] == []
    assert after.index("titles:") == after.index("# from its cover") + 1
    assert editions(folder) == {"en": "original", "zh": "human_translation"}


def test_lists_stay_indented_as_they_were(raw: Path, tmp_path: Path) -> None:
    folder = add_file(written(tmp_path, "plan.txt", ENGLISH), "xx-roads", raw)
    path = folder / "document.yaml"
    held = yaml.safe_load(path.read_text("utf-8"))
    files = held.pop("files")
    text = files[0]["texts"][0]
    path.write_text(
        yaml.safe_dump(held, allow_unicode=True, sort_keys=False)
        + f"files:\n  - name: plan.txt\n    sha256: {files[0]['sha256']}\n    texts:\n      - edition: {text['edition']}\n        language: en\n",
        "utf-8",
    )
    add_version(written(tmp_path, "zh.txt", CHINESE), "xx-roads", raw)
    assert "\n  - name: plan.txt\n" in path.read_text("utf-8")
    assert "\n  - name: zh.txt\n" in path.read_text("utf-8")
    assert check_raw(raw) == [folder]


def test_names_and_editions_that_are_taken_are_told_apart(raw: Path, tmp_path: Path) -> None:
    folder = add_file(written(tmp_path, "plan.txt", ENGLISH), "xx-roads", raw)
    other = tmp_path / "other"
    other.mkdir()
    add_version(written(other, "plan.txt", CHINESE), "xx-roads", raw)
    add_version(written(other, "plan.txt", ENGLISH.replace("500", "600")), "xx-roads", raw)
    assert sorted(path.name for path in folder.glob("*.txt")) == ["en.txt", "plan.txt", "zh.txt"]
    assert editions(folder) == {"en": "original", "zh": "human_translation", "en-2": "human_translation"}
    assert check_raw(raw) == [folder]


@pytest.mark.parametrize(
    ("document_id", "text"), [("xx-none", CHINESE), ("../raw", CHINESE), ("xx-roads", ENGLISH), ("xx-roads", "123")]
)
def test_what_cannot_be_added_changes_nothing(document_id: str, text: str, raw: Path, tmp_path: Path) -> None:
    folder = add_file(written(tmp_path, "plan.txt", ENGLISH), "xx-roads", raw)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError):
        add_version(written(tmp_path, "more.txt", text), document_id, raw)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

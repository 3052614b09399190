"""What a file says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.paths import RAW
from pipeline.source.add import add_file, describe_file, description_for
from pipeline.source.facts import normal_number, read_date
from pipeline.source.jurisdictions import jurisdiction_of
from pipeline.source.raw import check_raw, read_folder
from pipeline.source.read import read_document

DATES = [
    ("2019年5月3日", "2019-05-03"),
    ("二〇一九年十二月三十一日", "2019-12-31"),
    ("二○二○年十月十日", "2020-10-10"),
    ("3 May 2019", "2019-05-03"),
    ("May 3, 2019", "2019-05-03"),
    ("21st September 2020", "2020-09-21"),
    ("2019-05-03", "2019-05-03"),
    ("成文日期：2019年05月03日", "2019-05-03"),
    ("Brussels, 3.5.2019", "2019-05-03"),
    ("May 2019", None),
    ("2019年2月30日", None),
    ("二〇一九年", None),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_dates(text: str, date: str | None) -> None:
    assert read_date(text) == date


CHINESE = """某某市人民政府关于印发道路发展规划
的通知
某政发[2019]12号
各区人民政府：
按照《交通强国规划》（国发〔2015〕99号）要求，现印发你们。特此通知
某某市人民政府
2019年5月3日
"""
ENGLISH = """National Roads Strategy 2030
Ministry of Transport
RF No. (2019)12
3 May 2019
The Ministry extends the network. Act No. 7 of 2001 applies.
"""
FILES = [
    (CHINESE, "某某市人民政府关于印发道路发展规划的通知", "某政发〔2019〕12号", "2019-05-03", ["某某市人民政府"], "zh"),
    (ENGLISH, "National Roads Strategy 2030", "RF No. (2019)12", "2019-05-03", ["Ministry of Transport"], "en"),
    (
        "Title: Roads Plan\nIssuer: Cabinet Office\nDate: May 3, 2019\nNumber: CP 12\n\nRoads are built.",
        "Roads Plan",
        "CP 12",
        "2019-05-03",
        ["Cabinet Office"],
        "en",
    ),
    ("We build roads. They are long.", None, None, None, [], "en"),
]


@pytest.mark.parametrize(("text", "title", "number", "date", "issuers", "language"), FILES)
def test_what_a_text_tells(
    text: str, title: str | None, number: str | None, date: str | None, issuers: list[str], language: str
) -> None:
    description = description_for(text.encode(), "some file.txt")
    if title:
        assert description.titles == {language: title}
    assert description.numbers.get(language) == number
    assert description.issued_on == date
    assert list(description.issuers.get(language, ())) == issuers
    assert description.document.document_type is None


def test_two_languages_are_two_texts() -> None:
    text = (
        "National Roads Strategy\n"
        + "The Ministry builds roads in all towns.\n" * 60
        + "某某道路战略\n"
        + "交通部门建设道路。\n" * 90
    )
    description = description_for(text.encode(), "roads.txt")
    assert description.titles == {"en": "National Roads Strategy", "zh": "某某道路战略"}
    assert [(each.edition, each.translation_status) for _, each in description.texts()] == [
        ("en", "human_translation"),
        ("zh", "original"),
    ]
    assert {each.language for each in read_document(description, {"roads.txt": text.encode()}).texts} == {"en", "zh"}


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Roads Plan (final).TXT", "roads-plan-final.txt"),
        ("道路.txt", "document.txt"),
        ("notes", "notes.txt"),
        ("a.b.md", "a-b.md"),
    ],
)
def test_file_names_become_plain(name: str, file: str) -> None:
    assert description_for(ENGLISH.encode(), name).files[0].name == file


def test_numbers_take_the_brackets_of_the_standard() -> None:
    assert normal_number("某办发 [2016] 5号") == "某办发〔2016〕5号"
    assert normal_number("A/RES/70/1") == "A/RES/70/1"


def test_an_added_file_can_be_read_at_once(tmp_path: Path) -> None:
    file, raw = tmp_path / "plan.txt", tmp_path / "raw"
    file.write_bytes(ENGLISH.encode())
    folder = add_file(file, None, raw)
    assert folder.name == "national-roads-strategy-2030-2019"
    assert check_raw(raw) == [folder]
    description, files = read_folder(folder)
    assert len(read_document(description, files).texts[0].paragraphs) == 5
    assert yaml.safe_load((folder / "document.yaml").read_text("utf-8"))["period_start"] is None
    with pytest.raises(InputError, match="exists already"):
        add_file(file, None, raw)
    assert add_file(file, "xx-other", raw).name == "xx-other"
    with pytest.raises(InputError, match="document_id"):
        add_file(file, "../x", raw)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe\x00", "Привет, мир".encode(), b"123 456"])
def test_what_cannot_be_described_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        describe_file(data, "a.txt")


def test_the_documents_of_the_project_are_described_as_their_folders_say() -> None:
    for folder in check_raw(RAW):
        description, files = read_folder(folder)
        for file in description.files:
            found = description_for(files[file.name], file.name)
            assert [each.language for _, each in found.texts()] == [each.language for each in file.texts]
            if all(each.completeness == "full" for each in file.texts):
                assert found.issued_on == description.issued_on
                assert {
                    language: " ".join(title.split()) for language, title in found.titles.items()
                }.items() <= description.titles.items()
                assert found.numbers.items() <= description.numbers.items()


NOTICE = """某某省人民政府办公厅关于印发道路规划（2021—2025年）的通知
某政办发〔2021〕12号
各市人民政府：
《道路规划》已经同意，现印发给你们。
某某省人民政府办公厅
2021年4月2日
道路规划
一、目标
路更宽。牵头单位：交通厅
"""
ENGLISH_NOTICE = """Notice of the General Office of the Council on Issuing the Road Plan

The Road Plan has been approved and is hereby issued to all counties of the province.

General Office of the Council

2 April 2031

Road Plan

Roads are wide.
"""
RECORDS = """---
title: Road plan
layout: plan
---
Issued by: Ministry of Roads
Lead: Ministry of Bridges
Roads are wide.
"""


@pytest.mark.parametrize(
    ("text", "title", "number", "issuers", "period"),
    [
        (
            NOTICE,
            "某某省人民政府办公厅关于印发道路规划（2021—2025年）的通知",
            "某政办发〔2021〕12号",
            ("某某省人民政府办公厅",),
            (2021, 2025),
        ),
        (
            "国务院关于加强道路养护的决定国发〔2005〕39号各省、自治区、直辖市人民政府：" + "道路是重要的基础设施。" * 30,
            "国务院关于加强道路养护的决定",
            "国发〔2005〕39号",
            ("国务院",),
            (None, None),
        ),
        (
            "国务院办公厅关于修路的意见国办发〔2020〕4号\n\n各省人民政府：\n修路。",
            "国务院办公厅关于修路的意见",
            "国办发〔2020〕4号",
            ("国务院办公厅",),
            (None, None),
        ),
        (RECORDS, "Road plan", None, ("Ministry of Roads",), (None, None)),
        ("<h1>Road plan 2021-2030</h1>\n<p>Roads are wide.</p>", "Road plan 2021-2030", None, (), (2021, 2030)),
        ("Table of Contents\n\n.. note:: x\n\nRoad Strategy\n\nRoads are wide.", "Road Strategy", None, (), (None, None)),
        (
            ENGLISH_NOTICE,
            "Notice of the General Office of the Council on Issuing the Road Plan",
            None,
            ("General Office of the Council",),
            (None, None),
        ),
    ],
)
def test_what_notices_and_records_tell(
    text: str, title: str, number: str | None, issuers: tuple[str, ...], period: tuple[int | None, int | None]
) -> None:
    description = description_for(text.encode(), "some file.txt")
    (language,) = description.titles
    assert description.titles[language] == title
    assert description.numbers.get(language) == number
    assert description.issuers.get(language, ()) == issuers
    assert (description.period_start, description.period_end) == period


JURISDICTIONS = [
    ({"zh": ["中共中央　国务院"]}, "CN"),
    ({"en": ["The AI Security Institute"]}, "GB"),
    ({"zh": ["国务院"], "en": ["State Council"]}, "CN"),
    ({"en": ["Ministry of Transport"]}, None),
    ({"en": ["AI Security Institute", "Council on Environmental Quality"]}, None),
    ({"zh": ["某某市人民政府"]}, None),
    ({}, None),
]


@pytest.mark.parametrize(("issuers", "code"), JURISDICTIONS)
def test_the_country_of_a_known_issuer(issuers: dict[str, list[str]], code: str | None) -> None:
    found = jurisdiction_of(issuers)
    assert (found and found[0]) == code


def test_a_description_tells_the_country_of_the_issuer() -> None:
    text = "关于道路安全的意见\n国发〔2019〕12号\n各部门要加强道路安全工作。\n国务院\n2019年5月3日\n"
    assert description_for(text.encode(), "a.txt").document.jurisdiction == "CN"
    assert description_for(CHINESE.encode(), "a.txt").document.jurisdiction is None

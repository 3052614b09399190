"""Where boxes, tables and notes end."""

from __future__ import annotations

import pytest

from tests.outline.texts import outline, tree


def own_text(raw: str, language: str = "zh") -> dict[str, str | None]:
    return {section.section_number: section.text for section in outline(raw, language)[0].sections}


def test_a_box_whose_contents_stand_in_one_paragraph_ends_with_it() -> None:
    found = own_text(
        "第一章　道路\n修路。\n专栏1　工程（一）东路。长十公里。（二）西路。长五公里。\n加强养护。定期检查。\n第二章　桥梁\n架桥。"
    )
    assert (found["s1"], found["s1.b1.2"]) == ("修路。\n加强养护。定期检查。", "长五公里。")


def test_a_box_with_its_own_lines_goes_on() -> None:
    found = own_text("第一章　道路\n修路。\n专栏1　工程\n1.东路。长十公里。\n2.西路。长五公里。\n第二章　桥梁\n架桥。")
    assert [number for number in found if number.startswith("s1.b1")] == ["s1.b1", "s1.b1.1", "s1.b1.2"]


def test_numbered_notes_are_text_of_the_box() -> None:
    found = own_text(
        "第一章　目标\n如下。\n专栏1　指标里程2020年5注：1.里程为总数。\n2.不含村道。\n3.初步数。\n第二章　措施\n落实。"
    )
    assert list(found) == ["s1", "s1.b1", "s2"]
    assert str(found["s1.b1"]).endswith("3.初步数。")


def test_a_number_in_a_cell_is_no_section() -> None:
    assert tree(outline("第一章　目标\n如下。\n专栏1　指标项目1.里程五百公里2.桥梁六座\n第二章　措施\n落实。", "zh")[0]) == [
        "s1|第一章|目标", "s1.b1|专栏1|指标项目1.里程五百公里2.桥梁六座", "s2|第二章|措施",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("一、路\n宽。\n附件：1.任务表\n2.名单", "zh"),
        ("1. Roads\nWide.\nNotes: 1. Metres.\n2. Miles.", "en"),
    ],
)
def test_numbers_of_notes_and_attachments_are_no_labels(raw: str, language: str) -> None:
    assert [section.kind for section in outline(raw, language)[0].sections if section.label] == ["chapter"]


def test_footnotes_at_the_end_are_no_part_of_the_last_section() -> None:
    found = own_text("1. Roads\nWide.[^1]\n2. Rails\nLong.\n[^1]: See the act.\nIt is old.\n[^2]: See the map.", "en")
    assert (found["s2"], found["closing"]) == ("Long.", "[^1]: See the act.\nIt is old.\n[^2]: See the map.")

"""What single habits give: spans, own text, sentences, kinds and problems."""

from __future__ import annotations

import pytest

from pipeline.outline import outline_document
from tests.outline.texts import make_text, outline, tree


def test_own_text_and_subtree_end() -> None:
    raw = "一、目标\n路更宽。\n（一）近期。先修大路。\n再修小路。\n二、措施\n各区落实。\n"
    found, problems = outline(raw, "zh")
    first, second, third = found.sections
    assert (first.text, second.text, third.text) == ("路更宽。", "先修大路。\n再修小路。", "各区落实。")
    assert raw[first.char_start : first.char_end] == "一、目标\n路更宽。\n（一）近期。先修大路。\n再修小路。"
    assert raw[second.char_start : second.char_end].endswith("再修小路。")
    assert (first.run_in, second.run_in) == (False, True)
    assert problems == ()


def test_sentences_stand_in_their_sections() -> None:
    found, _ = outline("1. Aims\nRoads grow. Rails grow.\n2. Means. Money is found.", "en")
    seen = [
        (sentence.section_id.partition(":")[2], sentence.kind, sentence.text, sentence.paragraph) for sentence in found.sentences
    ]
    assert seen == [
        ("s1", "heading", "Aims", 0),
        ("s1", "sentence", "Roads grow.", 1),
        ("s1", "sentence", "Rails grow.", 1),
        ("s2", "heading", "Means", 2),
        ("s2", "sentence", "Money is found.", 2),
    ]


def test_rows_of_tables() -> None:
    found, _ = outline(
        "The plan.\n\n## Costs\n\n| Year | Cost |\n|---|---|\n| 2020 | 5 |\n\nCosts fall.\n\n## Gains\n\nNone.", "en"
    )
    assert [(sentence.kind, sentence.text) for sentence in found.sentences] == [
        ("sentence", "The plan."), ("heading", "Costs"), ("row", "| Year | Cost |"), ("row", "| 2020 | 5 |"), ("sentence", "Costs fall."),
        ("heading", "Gains"), ("sentence", "None."),
    ]  # fmt: skip


def test_text_behind_a_table_belongs_to_the_section_around_it() -> None:
    found, _ = outline(
        "一、指标\n指标如下。\n表1 主要指标\n指标\t2020年\t2025年\n道路\t5\t9\n注：初步数。\n由统计局监测。\n二、措施\n落实。",
        "zh",
    )
    numbers = {section.section_number: section for section in found.sections}
    assert numbers["s1.t1"].kind == "table"
    assert numbers["s1.t1"].text == "指标\t2020年\t2025年\n道路\t5\t9\n注：初步数。"
    assert numbers["s1"].text == "指标如下。\n由统计局监测。"
    assert [sentence.kind for sentence in found.sentences if sentence.section_id.endswith("s1.t1")] == [
        "heading",
        "row",
        "row",
        "sentence",
    ]


@pytest.mark.parametrize(
    ("raw", "language", "kind"),
    [
        ("路很宽，桥很长，大家都满意，事情就这样定了。", "zh", "no_sections"),
        ("", "en", "no_sections"),
        ("(1) Roads\nThey grow.\nFast.\n(3) Rails\nThey grow.", "en", "missing_heading"),
        ("I. Roads\n(a) Wide. So be it.\n(b) Long. So be it.\nIII. Rails\nThey grow.", "en", "numbering_gap"),
        ("(1) Roads\nWide.\n(2) Rails\nLong.\n93) Ferries\nOld.\n(4) Boats\nNew.", "en", "misnumbered"),
        ("(1) Roads\nWide.\n(2) Rails\nLong.\n(2) Ferries\nOld.", "en", "duplicate_number"),
        ("（一）路\n好。\n(二) 桥\n好。\n（三）渠\n好。", "zh", "mixed_brackets"),
        ("Contents\n1. Roads 3\n2. Rails 4\n1. Roads\nA road.\n2. Rails\nA rail.", "en", "table_of_contents"),
        ("一、路\n好。\n二、桥\n好。\n十七、渠。好。", "zh", "numbering_gap"),
    ],
)
def test_problems(raw: str, language: str, kind: str) -> None:
    found, problems = outline(raw, language)
    assert kind in [problem.kind for problem in problems]
    for problem in problems:
        if problem.quote is not None and problem.char_start is not None:
            assert raw[problem.char_start : problem.char_end] == problem.quote
        assert problem.section_id is None or problem.section_id in {section.section_id for section in found.sections}


def test_letters_that_go_on_in_numbers_are_numbers() -> None:
    found, _ = outline("(A) to build\nX y.\n(B) to repair\nX y.\n(3) Close\nX y.\n(four) Open\nX y.", "en")
    assert [section.number for section in found.sections] == ["1", "2", "3", "4"]


def test_numbers_of_the_original() -> None:
    chinese = "一、甲\n1.修路。好。\n2.架桥。好。\n二、乙\n3.挖渠。好。\n4.种树。好。"
    english = "I. First\n1. Roads. Good.\n2. Bridges. Good.\nII. Second\n1. Ditches. Good.\n2. Trees. Good."
    texts = [make_text(chinese, "zh", text_id="doc.zh"), make_text(english, "en", "human_translation", text_id="doc.en")]
    (first, second), problems = outline_document(texts)
    assert [section.section_number for section in first.sections] == [section.section_number for section in second.sections]
    assert [(problem.kind, problem.section_id, problem.quote) for problem in problems] == [("renumbered", "doc.en:s2.3", "1.")]


def test_numbers_stay_where_the_trees_differ() -> None:
    chinese = "一、甲\n1.修路。好。\n2.架桥。好。\n二、乙\n3.挖渠。好。\n4.种树。好。"
    english = "I. First\n1. Roads. Good.\n2. Bridges. Good.\nII. Second\n1. Ditches. Good.\n2. Trees. Good.\n3. Birds. Good."
    texts = [make_text(chinese, "zh", text_id="doc.zh"), make_text(english, "en", "human_translation", text_id="doc.en")]
    (_, second), problems = outline_document(texts)
    assert [section.section_number for section in second.sections][-3:] == ["s2.1", "s2.2", "s2.3"]
    assert problems == ()


def test_a_document_without_anything_is_one_front() -> None:
    found, _ = outline("Goal: clean water\nTarget: 40 towns", "en")
    assert tree(found) == ["front||"]
    assert found.sections[0].text == "Goal: clean water\nTarget: 40 towns"


@pytest.mark.parametrize(
    ("label", "raw", "language"),
    [
        ("No. 7", "No. 7\nRoads\nThey are wide.\nNo. 8\nRails\nThey are long.", "en"),
        ("§ 5", "§ 5 Roads\nThey are wide.\n§ 6 Rails\nThey are long.", "en"),
        ("##01", "##01 Roads\nThey are wide.\n##02 Rails\nThey are long.", "en"),
        ("01", "## 01 Roads\nThey are wide.\n## 02 Rails\nThey are long.", "en"),
        ("Pillar II –", "Pillar II – Roads\nThey are wide.\nPillar III – Rails\nThey are long.", "en"),
        ("1.1.", "1.1. Roads\nThey are wide.\n1.2. Rails\nThey are long.", "en"),
        ("一．", "一．修路\n好。\n二．架桥\n好。", "zh"),
        ("１．", "１．修路\n好。\n２．架桥\n好。", "zh"),
        ("1）", "1）修路\n好。\n2）架桥\n好。", "zh"),
        ("任务一：", "任务一：修路\n好。\n任务二：架桥\n好。", "zh"),
        ("工程三：", "工程三：修路\n好。\n工程四：架桥\n好。", "zh"),
        ("Priority 1:", "**Priority 1: Roads**\nThey are wide.\n**Priority 2: Rails**\nThey are long.", "en"),
    ],
)
def test_label_as_printed(label: str, raw: str, language: str) -> None:
    found, _ = outline(raw, language)
    assert found.sections[0].label == label
    assert found.sections[0].heading in ("Roads", "修路")


def test_first_sentences_that_are_prose_are_no_headings() -> None:
    prose = "（一）道路建设取得长足进展。里程翻番。\n（二）群众出行已经方便。班次增加。\n"
    found, _ = outline(f"一、形势\n{prose}二、任务\n（一）修路架桥。年内开工。\n（二）增加班次。早晚都有。", "zh")
    seen = {section.section_number: (section.heading, section.run_in, section.text) for section in found.sections}
    assert seen["s1.1"] == (None, False, "道路建设取得长足进展。里程翻番。")
    assert seen["s2.1"] == ("修路架桥", True, "年内开工。")


def test_a_bare_list_of_long_sentences_has_no_headings() -> None:
    long = "By 2030, see to it that every village of the country is reached by a road, a bus and a bridge, "
    long += "whatever the weather, the season or the hour of the day"
    found, _ = outline(f"Goal 1. Roads\n1.1 {long}\n1.2 Mend all bridges\n1.3 {long}, and more", "en")
    assert [section.heading for section in found.sections] == ["Roads", None, None, None]


def test_the_final_stop_of_a_heading_is_in_the_subtree() -> None:
    raw = "一、修路。\n二、架桥。"
    found, _ = outline(raw, "zh")
    assert [raw[section.char_start : section.char_end] for section in found.sections] == ["一、修路。", "二、架桥。"]


def test_a_list_behind_a_colon_stands_below_what_leads_to_it() -> None:
    raw = (
        "Article 1\nIn this Act:\n(a) road;\n(b) rail.\nArticle 2\n1. Ferries sail.\n2. The office shall:\n(a) pay;\n(b) report."
    )
    found, _ = outline(raw, "en")
    assert [section.section_number for section in found.sections][-2:] == ["s2.2.a", "s2.2.b"]


def test_hashes_before_a_number_are_marks_beside_other_markdown_headings() -> None:
    found, _ = outline("##03 Roads\n\nThey grow.\n\n### Bridges\n\nThey too.\n\n####Action 01: Mend them\n\nSoon.", "en")
    assert tree(found) == ["s3|03|Roads", "s3.u1||Bridges", "s3.u1.1|Action 01:|Mend them"]


def test_titles_over_short_texts_are_sections() -> None:
    raw = "A plan\n\nIt covers ten years.\n\nGoals\n\nAll towns have clean water by 2030.\n\nMeasures\n\nThe state builds dams and pipes."
    found, _ = outline(raw, "en")
    assert tree(found) == ["front||", "su1||Goals", "su2||Measures"]


def test_articles_that_were_put_in_later_keep_their_suffix() -> None:
    found, problems = outline("第五条　车辆靠右。\n第五条之一　行人靠左。\n第六条　桥上停车。", "zh")
    assert [(section.number, section.section_number) for section in found.sections] == [("5", "s5"), ("5-1", "s5-1"), ("6", "s6")]
    assert problems == ()
    found, _ = outline("12. Roads\nRoads are wide.\n12A. Bridges\nBridges hold.\n13. Ferries\nFerries sail.", "en")
    assert [section.number for section in found.sections] == ["12", "12a", "13"]


def test_roman_numbers_in_title_case() -> None:
    found, _ = outline("## Pillar I: Roads\n\nWide.\n\n# Pillar Ii: Rails\n\nLong.\n\n## Pillar Iii: Ferries\n\nOld.", "en")
    assert tree(found) == ["s1|Pillar I:|Roads", "s2|Pillar Ii:|Rails", "s3|Pillar Iii:|Ferries"]


def test_points_in_tables_by_themselves_are_sections() -> None:
    rows = "".join(
        f"|  |  |\n| --- | --- |\n| ({mark}) | the roads of the {name} region are widened; |\n"
        for mark, name in (("a", "east"), ("b", "west"))
    )
    found, _ = outline(f"Article 1\n\nRoads\n\nThe states see to it that:\n{rows}", "en")
    assert tree(found) == ["s1|Article 1|Roads", "s1.a|(a)|", "s1.b|(b)|"]
    found, _ = outline(
        "1. Roads\n| Region | Roads that are wide enough |\n| --- | --- |\n| (a) | twelve roads in the region |\n", "en"
    )
    assert tree(found) == ["s1|1.|Roads"]


def test_numbers_of_a_notice_and_of_its_plan_are_two_lists() -> None:
    notice = "1. Report by June.\n2. Enter the cost.\nOffice of the Council\n2 April 2031\nPlan\nI. Aims\nWide roads.\nII. Means\nMoney.\n"
    _, problems = outline(notice, "en")
    assert [each.kind for each in problems] == []


def test_a_title_follows_the_level_of_the_titles_before() -> None:
    found, _ = outline(
        "Declaration\nOur aims\n1. We build:\n(a) roads;\n(b) bridges:\n(i) of wood; and\n(ii) of stone.\nOur means\n2. We pay for it.\n",
        "en",
    )
    assert [line.partition("|")[0] for line in tree(found)][-2:] == ["su2", "su2.2"]


def test_a_line_with_the_mark_of_a_footnote_is_a_title_only_in_capitals() -> None:
    text = "The ports of this coast stay open to all boats."
    raw = f"PLAN\n\nScope of the Plan\n\n{text}\n\n{{line}}\n\n{text}\n\nLast Words\n\n{text}"

    def headings(line: str) -> list[str | None]:
        return [section.heading for section in outline(raw.format(line=line), "en")[0].sections]

    for line in ("A remark on ports[^1]", "Remarks about open ports [2]", "We Say It.[3]"):
        assert headings(line) == [None, "Scope of the Plan", "Last Words"]
    assert headings("Remarks About Ports [2]") == [None, "Scope of the Plan", "Remarks About Ports", "Last Words"]


FLAT = "# Port Plan\n{0}Open ports\n\nPorts are open.\n{0}Clean water\n\nWater is clean.\n{1}Safety\n\nPorts are safe.\n"


@pytest.mark.parametrize(("first", "second"), [("GUIDING PRINCIPLES", "AIMS"), ("Guiding principles", "Aims")])
def test_headings_of_one_level_that_hold_others(first: str, second: str) -> None:
    raw = FLAT.format("## ", "## ").replace("## Open", f"## {first}\n## Open").replace("## Safety", f"## {second}\n## Safety")
    assert tree(outline(raw, "en")[0])[1:] == [
        f"su1||{first}", "su1.u1||Open ports", "su1.u2||Clean water", f"su2||{second}", "su2.u1||Safety",
    ]  # fmt: skip


def test_headings_of_one_level_with_their_own_text_stay_side_by_side() -> None:
    raw = FLAT.format("## ", "## ").replace("## Safety", "## FEES\n\nFees are low.\n## Safety")
    assert tree(outline(raw, "en")[0])[1:] == ["su1||Open ports", "su2||Clean water", "su3||FEES", "su4||Safety"]


def test_numbered_paragraphs_run_on_below_the_titles_of_a_chapter() -> None:
    raw = (
        "## I. AIMS\n1. The Assembly decides on roads and bridges.\n2. It decides on rails.\n## II. VALUES\n3. Values count.\n"
        "## II.1 SAFETY\n## Safe roads\n4. Roads are safe.\n5. So are bridges.\n## Safe rails\n6. Rails are safe.\n"
    )
    assert tree(outline(raw, "en")[0]) == [
        "s1|I.|AIMS", "s1.1|1.|", "s1.2|2.|", "s2|II.|VALUES", "s2.3|3.|", "s2.1|II.1|SAFETY", "s2.1.u1||Safe roads",
        "s2.1.u1.4|4.|", "s2.1.u1.5|5.|", "s2.1.u2||Safe rails", "s2.1.u2.6|6.|",
    ]  # fmt: skip


def test_numbers_that_a_converter_put_before_labels_are_none() -> None:
    raw = "8. The aims are:\n2. (a) to build roads in all towns;\n3. (b) to build rails;\n4. (c) to build bridges.\n9. Towns report.\n"
    found, _ = outline(raw, "en")
    assert [section.label for section in found.sections] == ["8.", "(a)", "(b)", "(c)", "9."]
    assert raw[found.sections[1].char_start :].startswith("(a) to build")


def test_what_a_dash_leads_to_stands_below_it() -> None:
    raw = (
        "1. In this Act—\n(a) road means a way;\n(b) rail means a track.\n"
        "2. (1) No person shall—\n(a) block a road; or\n(b) block a rail.\n(2) The Minister makes rules.\n"
    )
    numbers = [section.section_number for section in outline(raw, "en")[0].sections]
    assert numbers == ["s1", "s1.a", "s1.b", "s2", "s2.1", "s2.1.a", "s2.1.b", "s2.2"]


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ("First Objective: Safer roads", "Second Objective: Wider roads", ["s1|First Objective:|Safer roads", "s2|Second Objective:|Wider roads"]),
        ("ENABLER 1\nSafer roads", "ENABLER 2\nWider roads", ["s1|ENABLER 1|Safer roads", "s2|ENABLER 2|Wider roads"]),
        ("1ROADS", "2RAILS", ["s1|1|ROADS", "s2|2|RAILS"]),
        ("§ 1001. Roads", "§ 1002. Rails", ["s1001|§ 1001.|Roads", "s1002|§ 1002.|Rails"]),
    ],
)  # fmt: skip
def test_labels_of_other_houses(first: str, second: str, seen: list[str]) -> None:
    text = "The Ministry keeps them in all seasons of the year."
    assert tree(outline(f"{first}\n{text}\n{second}\n{text}\n", "en")[0]) == seen


def test_lines_that_broke_off_from_prose_are_no_titles_beside_titles_in_capitals() -> None:
    text = "The Ministry keeps the roads in all seasons of the year, and reports on them.\n"
    titles = [
        "Building Safe Roads in Towns",
        "Keeping Wide Bridges in Order",
        "Running Old Ferries on Time",
        "Opening New Rails to All",
    ]
    raw = "A plan.\n" + "".join(f"{title}\n{text}" for title in titles) + f"Ferries that came late in the past winter\n{text}"
    assert [section.heading for section in outline(raw, "en")[0].sections if section.heading] == titles

"""Printed lines and the paragraphs that they make up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.model import source_span
from tests.source.reading import misplaced, paragraphs, problems, read

UNWRAPPED = {
    "each line is a paragraph": (
        "A heading\nA sentence of its own.\nAnother one.",
        ["A heading", "A sentence of its own.", "Another one."],
    ),
    "a heading stays alone": ("二、工作目标\n到2030年，建成网络。", ["二、工作目标", "到2030年，建成网络。"]),
    "a sentence goes on after an empty line": (
        "（一）改善道路。推进道路等基础性\n\n工作，力争三年完成。\n\n二、保障",
        ["（一）改善道路。推进道路等基础性工作，力争三年完成。", "二、保障"],
    ),
    "a long heading with a comma stays alone": (
        "（一）深入落实道路总体规划，推动城乡路网协同发展提质增效\n坚持先急后缓。",
        ["（一）深入落实道路总体规划，推动城乡路网协同发展提质增效", "坚持先急后缓。"],
    ),
    "a point sets off a label": ("1. 改善道路\n各区每年修路。", ["1. 改善道路", "各区每年修路。"]),
    "a bracket by itself goes on": ("路更宽。\n（\n三）架桥\n每年架桥。", ["路更宽。", "（三）架桥", "每年架桥。"]),
    "clauses of a preamble stand apart": (
        "Recalling its resolution on the safety of roads and bridges in all towns,\n\nNoting the report,\n\n1. Decides to build.",
        [
            "Recalling its resolution on the safety of roads and bridges in all towns,",
            "Noting the report,",
            "1. Decides to build.",
        ],
    ),
    "a heading in capitals goes on": (
        "MAINTAINING ROADS AND\nBRIDGES\nRoads are kept.\n\nROADS\nThey grow.",
        ["MAINTAINING ROADS AND BRIDGES", "Roads are kept.", "ROADS", "They grow."],
    ),
    "a list stands behind words that lead to it": (
        "It is a land in which\n\n(a) roads are wide;\n\n(b) bridges hold.",
        ["It is a land in which", "(a) roads are wide;", "(b) bridges hold."],
    ),
    "a name that stands undivided elsewhere goes on": (
        "The Roads Office keeps all roads.\nThey are kept in order by the Roads\nOffice of each town.\nRoads\nOffice",
        ["The Roads Office keeps all roads.", "They are kept in order by the Roads Office of each town.", "Roads", "Office"],
    ),
    "tags begin paragraphs": ("<p>Roads</p>\n<p>are wide</p>", ["<p>Roads</p>", "<p>are wide</p>"]),
    "a line that ends with a comma goes on": ("推动各类道路建设，\n\n改善出行条件。", ["推动各类道路建设，改善出行条件。"]),
    "a title goes on with a particle": ("某市关于印发道路规划\n的通知", ["某市关于印发道路规划的通知"]),
    "a title goes on inside its brackets": (
        "某市关于印发《道路\n规划》的通知\n各区：",
        ["某市关于印发《道路规划》的通知", "各区："],
    ),
    "a label begins a paragraph": ("（一）改善道路。推进工作\n（二）保障", ["（一）改善道路。推进工作", "（二）保障"]),
    "a closing formula does not take the signature": (
        "现印发你们。特此通知\n某市人民政府\n2019年5月3日",
        ["现印发你们。特此通知", "某市人民政府", "2019年5月3日"],
    ),
    "an English sentence goes on in lower case": (
        "The ministry and the regional offices build the roads that the\n\npeople of the region need.",
        ["The ministry and the regional offices build the roads that the people of the region need."],
    ),
    "short lower-case lines are items": ("growth\njobs\nroads", ["growth", "jobs", "roads"]),
    "a Markdown item hangs": ("- build roads\n- train teachers\n  and pupils", ["- build roads", "- train teachers and pupils"]),
    "Markdown rows stay apart": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n# Aims\nmore of",
        ["| a | b |", "|---|---|", "| 1 | 2 |", "# Aims", "more of"],
    ),
    "indents go, the rest stays": ("\u3000\u3000道路\u3000\u3000建设。\xa0\n\xa0\xa0 Ｒoad", ["道路\u3000\u3000建设。", "Ｒoad"]),
    "line ends of all kinds": (
        "a one.\r\nb two.\rc three.\x85d four.\u2028e five.\x0cf six.",
        ["a one.", "b two.", "c three.", "d four.", "e five.", "f six."],
    ),
}


@pytest.mark.parametrize("name", UNWRAPPED)
def test_lines_that_are_not_broken_at_a_width(name: str) -> None:
    text, expected = UNWRAPPED[name]
    language = "zh" if any("㐀" <= character <= "鿿" for character in text) else "en"
    assert paragraphs(text, language) == expected


ENGLISH = """NATIONAL ROADS STRATEGY

1. Aims of the strategy

1.1 The Government extends the network of roads in order to reach
every village by 2030, in accordance with Article
12 of the Roads Act and with the long-
term plan of the regions. The Ministry of Transport reports on the
progress every year.

(a) the regions of the Republic build, taken together, at least
30 bridges each year; and
(b) the State bears the cost that the regions cannot bear by means
of their own, as
paragraph (2) says.

Every road is inspected once in five years by the Office for Roads
and

its branches in the regions, which publish what they have found in
the course of the year.
"""

CHINESE = """某某市人民政府关于印发道路发展规划
的通知

　　一、总体要求
　　坚持政府引导、市场主导，充分发挥企业的
主体作用，由交通运输部门牵头，按照本市规划
第十二条规定组织实施，每年发布进展报告。
　　（一）加强统筹协调，推进道路基础设施的
建设和管理
　　到2030年，全市道路总里程达到规定目标，
公共交通出行的比例明显提高。
　　1.完善标准。制定道路建设的技术标准，加
强监督检查，确保工程质量达到要求。
"""


def test_english_lines_broken_at_a_width() -> None:
    assert paragraphs(ENGLISH) == [
        "NATIONAL ROADS STRATEGY",
        "1. Aims of the strategy",
        (
            "1.1 The Government extends the network of roads in order to reach every village by 2030, in accordance with Article 12 of the"
            " Roads Act and with the long-term plan of the regions. The Ministry of Transport reports on the progress every year."
        ),
        "(a) the regions of the Republic build, taken together, at least 30 bridges each year; and",
        "(b) the State bears the cost that the regions cannot bear by means of their own, as paragraph (2) says.",
        (
            "Every road is inspected once in five years by the Office for Roads and its branches in the regions, which publish what they"
            " have found in the course of the year."
        ),
    ]


def test_chinese_lines_broken_at_a_width() -> None:
    assert paragraphs(CHINESE, "zh") == [
        "某某市人民政府关于印发道路发展规划的通知",
        "一、总体要求",
        "坚持政府引导、市场主导，充分发挥企业的主体作用，由交通运输部门牵头，按照本市规划第十二条规定组织实施，每年发布进展报告。",
        "（一）加强统筹协调，推进道路基础设施的建设和管理",
        "到2030年，全市道路总里程达到规定目标，公共交通出行的比例明显提高。",
        "1.完善标准。制定道路建设的技术标准，加强监督检查，确保工程质量达到要求。",
    ]


def test_double_spaced_lines_are_joined() -> None:
    text = "\n\n".join(
        [
            *ENGLISH.split("\n\n")[2].splitlines(),
            "2. Bridges are built by the regions and are paid for by all of",
            "them in equal parts.",
        ]
    )
    assert paragraphs(text)[-1] == "2. Bridges are built by the regions and are paid for by all of them in equal parts."
    assert len(paragraphs(text)) == 2


def test_joined_breaks_are_told_once_where_they_are_usual() -> None:
    rows = problems(ENGLISH, "joined_line_break")
    assert len(rows) == 2
    assert "line breaks inside paragraphs were joined" in rows[0].message
    assert rows[1].quote == "or Roads\nand\n\nits branches"


LINES = st.lists(
    st.one_of(
        st.text(alphabet=" \u3000\xa0\tabcXYZ,.;-–()（）一二、。，的道路1290|#*>“”\r\x0c", max_size=40),
        st.sampled_from(
            [
                "",
                "Chapter 1",
                "（一）目标",
                "— 3 —",
                "Page 3 of 9",
                "the end of the",
                "Leave a Reply",
                "12",
                "\u2028",
                "第三条 道路",
            ]
        ),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["en", "zh"]), st.sampled_from(["\n", "\r\n", "\n\n", "\x0c"]))
def test_every_character_is_where_its_piece_says(lines: list[str], language: str, end: str) -> None:
    text = "A road.\n道路。\n" + end.join(lines)
    reading = read(text, language)
    assert [misplaced(each, text) for each in reading.texts] == [[]]
    for row in reading.problems:
        assert row.char_start is not None
        assert text[row.char_start : row.char_end] == row.quote


def test_blanks_that_stretch_a_line_to_the_margin_are_one() -> None:
    text = "The  ports  of  the  coast  hold  80  boats  and\nkeep  them  in  good  repair. The harbours of the\nlake hold ten."
    (found,) = read(text).texts[0].paragraphs
    assert found.text == "The ports of the coast hold 80 boats and keep them in good repair. The harbours of the lake hold ten."
    start = found.text.index("coast hold 80")
    assert text[slice(*source_span(found.pieces, start, start + 13))] == "coast  hold  80"
    assert misplaced(read(text).texts[0], text) == []


def test_a_long_line_of_prose_is_stretched_where_its_blanks_are_doubled() -> None:
    line = (
        "The  ports  of  the  coast  hold  80  boats,  and  the  harbours  of  the  lake  hold  ten;  " * 2
        + "crews  rest  at  night."
    )
    (found,) = read(f"{line}\n").texts[0].paragraphs
    assert "  " not in found.text
    assert misplaced(read(f"{line}\n").texts[0], f"{line}\n") == []
    row = "Port  80  boats  12  cranes"
    assert read(f"{row}\n").texts[0].paragraphs[0].text == row

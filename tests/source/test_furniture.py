"""What is left out, and what must not be."""

from __future__ import annotations

import pytest

from tests.source.reading import paragraphs, problems

BODY = "The Ministry extends the network of roads so that every village can be reached in all seasons of the year."
WRAPPED = [
    "The Ministry extends the network of roads so that every village",
    "can be reached in all seasons of the year, and reports on it to",
]


def page(number: int) -> list[str]:
    """Lines of prose that differ from page to page."""
    return [f"of village {number}.{line} the roads are built by the region and inspected by" for line in range(20)]


def book(header: str, footer: str, feed: str = "") -> str:
    """Twelve pages with a header and a footer, which may count."""
    pages = [[header.format(number), *page(number), footer.format(number)] for number in range(1, 13)]
    return feed.join("\n".join(filter(None, lines)) + "\n" for lines in pages)


@pytest.mark.parametrize(
    ("header", "footer", "feed"),
    [
        ("", "- {} -", ""),
        ("", "Page {} of 12", ""),
        ("", "{}", ""),
        ("OFFICIAL", "{}", ""),
        ("National Roads Strategy", "", ""),
        ("", "National Roads Strategy of the Republic {}", ""),
        ("Roads Strategy", "{}", "\x0c"),
        ("第 {} 页 共 12 页", "", ""),
    ],
)
def test_page_headers_and_footers_are_left_out_within_a_sentence(header: str, footer: str, feed: str) -> None:
    text = book(header, footer, feed)
    kept = " ".join(paragraphs(text))
    assert kept == " ".join(line for number in range(1, 13) for line in page(number))
    rows = problems(text, "page_furniture")
    assert sum((row.quote or "").count("\n") + 1 for row in rows) >= 12


KEPT = {
    "a heading of every chapter": "\n".join(
        f"{n}. Chapter {n}\nAims\n{BODY}\nMeasures\n{BODY.replace('village', f'town {n}')}" for n in range(9)
    ),
    "labels that count": "\n".join(f"Article {n}\n{BODY.replace('village', f'town {n}')}" for n in range(9)),
    "a column of numbers": "\n".join(["Roads", "12", "13", "14", "15", "Bridges", "3", "4"] * 3),
    "a document that is repeated": "\n".join([*WRAPPED, "the council of the region without delay.", "", "Aims of the plan"] * 6),
    "records that recur": "\n".join(
        f"{n}. Task {n}: build the bridge of town {n} and keep it\nLead: Ministry of Roads\nTerm: 2030" for n in range(9)
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_recurs_in_the_text_itself_is_kept(name: str) -> None:
    text = KEPT[name]
    assert problems(text, "page_furniture") == []
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())


ENGLISH_SITE = f"""Home > Policies
Skip to content
National Roads Strategy
Posted on 3 May 2019 by admin
Print
RF No. (2019)12
To all regions:
{BODY}
I, Aims
{BODY}
The Cabinet
3 May 2019
Share this:
2 thoughts on “National Roads Strategy”
A. Reader said:
{BODY}
Leave a Reply
Connecting to %s
"""

CHINESE_SITE = """首页 > 政策
索引号：0001/2019-1
【字体：大 中 小】 打印
来源：某某网
某某市道路发展规划
某政发〔2019〕12号
各区人民政府：
　　道路是基础。现将规划印发你们。
　　一、目标
　　到2030年，实现村村通。
某某市人民政府
2019年5月3日
（此件公开发布）
责任编辑：甲
分享到：微信 微博
相关链接
一图读懂道路规划
版权所有：某某市人民政府
"""


def test_site_furniture_goes_and_front_and_closing_stay() -> None:
    assert paragraphs(ENGLISH_SITE) == [
        "National Roads Strategy", "RF No. (2019)12", "To all regions:", BODY, "I, Aims", BODY, "The Cabinet", "3 May 2019",
    ]  # fmt: skip
    assert paragraphs(CHINESE_SITE, "zh") == [
        "索引号：0001/2019-1", "某某市道路发展规划", "某政发〔2019〕12号", "各区人民政府：", "道路是基础。现将规划印发你们。", "一、目标",
        "到2030年，实现村村通。", "某某市人民政府", "2019年5月3日", "（此件公开发布）",
    ]  # fmt: skip


def test_furniture_rows_cover_what_is_left_out() -> None:
    rows = problems(ENGLISH_SITE, "boilerplate")
    assert [(row.quote or "").splitlines()[0] for row in rows] == [
        "Home > Policies",
        "Posted on 3 May 2019 by admin",
        "Share this:",
    ]
    assert (rows[-1].quote or "").endswith("Connecting to %s")


def test_a_comment_link_above_the_text_does_not_end_it() -> None:
    assert paragraphs(f"A plan\nLeave a comment\n{BODY}\n{BODY}x\n{BODY}y")[1:] == [
        "Leave a comment",
        BODY,
        f"{BODY}x",
        f"{BODY}y",
    ]


def test_furniture_words_within_a_long_text_are_kept() -> None:
    lines = [f"{BODY} {number}." for number in range(200)]
    lines[100] = "Print"
    assert "Print" in paragraphs("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        "<!-- PAGE 13 -->",
        "<!-- image -->",
        "{7}------------------------",
        "![](_page_0_Picture_2.jpeg)",
        '<a id="top"></a>',
        "</div>",
    ],
)
def test_marks_of_conversion_are_left_out(line: str) -> None:
    assert paragraphs(f"Roads are wide.\n\n{line}\n\nBridges hold.") == ["Roads are wide.", "Bridges hold."]


def test_a_running_title_in_small_capitals_is_known_by_its_heading() -> None:
    text = f"II. Wide Roads\n{BODY}\n\n\nI I . W I d E R O A d S\n\n{BODY}\n\nII. WIde rOadS\n{BODY}"
    assert paragraphs(text) == ["II. Wide Roads", BODY, BODY, BODY]
    assert paragraphs(f"IoT Roads\n{BODY}") == ["IoT Roads", BODY]


def test_a_word_around_page_numbers_is_no_paragraph() -> None:
    body = "\n".join([BODY] * 9)
    pages = [f"{body}\n{number}\nCOM({number}) final.\n\nEN\n\n{number}\n\n  EN\n" for number in range(1, 9)]
    assert "EN" not in paragraphs("\n".join(pages))


def test_a_line_that_recurs_behind_page_breaks_is_left_out() -> None:
    assert paragraphs(f"{BODY}\n\fRoad Plan\n{BODY}\n\fRoad Plan\n{BODY}") == [BODY, BODY, BODY]
    assert paragraphs(f"{BODY}\n\fRoad Plan\n{BODY}") == [BODY, "Road Plan", BODY]


def test_the_title_stays_where_it_runs_on_from_page_to_page() -> None:
    text = f"Road Plan\n\n{BODY}" + "".join(f"\n\fRoad Plan\n\n{BODY}" for _ in range(4))
    assert paragraphs(text) == ["Road Plan", *[BODY] * 5]


def test_an_open_quotation_in_what_is_left_out_has_its_row() -> None:
    text = f"{BODY}\n{BODY}\n\nOne thought on “Road Plan\n\nReader says:\nGood."
    assert [each.quote for each in problems(text, "unbalanced_bracket")] == ["“"]


def test_titles_with_a_bar_and_a_page_number_are_left_out() -> None:
    heads = ("ROADS | {}", "# {} | RAILS")
    long = f"{BODY} " * 5 + BODY
    text = "".join(f"{heads[number % 2].format(number)}\n\n{long}\n\n" for number in range(3, 9))
    assert paragraphs(text) == [long] * 6


@pytest.mark.parametrize(
    "rows",
    [
        [
            "Indicator | Target 2030",
            "--- | ---",
            "Bridges built (number) | 12",
            "Roads widened (km) | 40",
            "Ferries bought (number) | 200",
        ],
        ["桥梁（座）| 12", "渡口（个）| 40", "道路（公里）| 200", "车站（座）| 300"],
        ["Ferries (number) | 12", "Ferries (number) | 40", "Ferries (number) | 200", "Ferries (number) | 300"],
        ["1 | Roads and bridges", BODY * 6, "2 | Railways", BODY * 7, "3 | Ferries", BODY * 8],
        ["Total | 3", f"{BODY} One.", "Total | 5", f"{BODY} Two.", "Total | 9"],
    ],
)
def test_rows_and_headings_with_a_bar_stay(rows: list[str]) -> None:
    found = paragraphs("\n".join([BODY, "", *(row for row in rows), "", f"{BODY} End."]))
    assert [row for row in rows if not any(row in paragraph for paragraph in found)] in ([], ["--- | ---"])


@pytest.mark.parametrize(
    "line",
    ["[Image of a wide road]", "## [Chart Data]", "**[Diagram: roads by town]**", "==Start of OCR for page 1==", "# Page 4"],
)
def test_marks_of_a_converter_are_left_out(line: str) -> None:
    assert paragraphs(f"{BODY}\n\n{line}\n\n{BODY} Again.") == [BODY, f"{BODY} Again."]


def test_the_name_of_the_converted_file_is_left_out() -> None:
    assert paragraphs(f"# Source: Roads Plan.pdf\n\n**Type:** pdf\n\n# Roads Plan\n\n{BODY}") == ["# Roads Plan", BODY]

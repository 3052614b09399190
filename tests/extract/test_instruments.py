"""Laws, plans, programmes and other documents that a text names."""

from __future__ import annotations

import time

import pytest

from pipeline.core.language import load_language
from pipeline.extract.context import context_of
from pipeline.extract.instruments import extract_instruments
from tests.builders import build_outline

FOUND = {
    "zh": [
        ("严格执行《湿地保护条例》。", [("湿地保护条例", "law", "existing")]),
        ("研究制定海岛保护法、渔港管理条例。", [("海岛保护法", "law", "to_study"), ("渔港管理条例", "law", "to_study")]),
        ("加快出台休渔补贴管理办法。", [("休渔补贴管理办法", "law", "to_formulate")]),
        ("制定海岸保护条例（自然资源部牵头）。", [("海岸保护条例", "law", "to_formulate")]),
        ("修订渔港管理办法(农业农村部负责)。", [("渔港管理办法", "law", "to_revise")]),
        ("《渔港管理条例》由交通运输部负责起草。", [("渔港管理条例", "law", "to_formulate")]),
        ("修订远洋渔船登记办法。", [("远洋渔船登记办法", "law", "to_revise")]),
        ("实施“蓝色粮仓”工程。", [("“蓝色粮仓”工程", "project", "existing")]),
        ("实施近海渔业资源恢复工程，推进渔港建设。", [("近海渔业资源恢复工程", "project", "existing")]),
        ("打造中国-东盟渔业信息平台。", [("中国-东盟渔业信息平台", "project", "to_formulate")]),
        ("制定完善渔港收费标准。", [("渔港收费标准", "standard", "to_formulate")]),
        ("落实渔船分级检验制度，加强监管。", [("渔船分级检验制度", "mechanism", "existing")]),
        ("实施近岸生态和海洋污染监测工程。", [("近岸生态和海洋污染监测工程", "project", "existing")]),
        (
            "实施渔港环境整治、近海渔业资源恢复行动计划。",
            [("渔港环境整治行动计划", "plan", "existing"), ("近海渔业资源恢复行动计划", "plan", "existing")],
        ),
        ("启动渔港整治、推进渔业资源恢复工程。", [("渔业资源恢复工程", "project", "existing")]),
        ("在制定渔港管理条例等文件时，听取各方建议。", [("渔港管理条例", "law", "existing")]),
        (
            "召开全国渔业资源保护大会，打赢蓝天保卫战。",
            [("全国渔业资源保护大会", "conference", "existing"), ("蓝天保卫战", "programme", "existing")],
        ),
        ("先后修订了《渔港管理办法》。", [("渔港管理办法", "law", "existing")]),
        ("依据农业农村部批准的远洋渔船划分标准确定。", [("远洋渔船划分标准", "standard", "existing")]),
        ("完善行政执法、监管方法。", []),
        ("发挥“渔家书屋”等项目的作用。", [("“渔家书屋”等项目", "project", "existing")]),
        (
            "贯彻党的十七大和十七届三中、四中全会精神。",
            [
                ("党的十七大", "conference", "existing"),
                ("十七届三中全会", "conference", "existing"),
                ("十七届四中全会", "conference", "existing"),
            ],
        ),
    ],
    "en": [
        ("It is based on the Constitution of Norway.", [("Constitution of Norway", "law", "existing")]),
        ("Loans come from the Harbour Renewal Fund.", [("Harbour Renewal Fund", "programme", "existing")]),
        ("See the Fisheries strategy 2031-2035.", [("Fisheries strategy 2031-2035", "strategy", "existing")]),
        ("It joined the EuroBoat initiative.", [("EuroBoat initiative", "programme", "existing")]),
        (
            "This follows Cabinet Decision No. (12) and Directive 95/46/EC.",
            [("Cabinet Decision No. (12)", "law", "existing"), ("Directive 95/46/EC", "law", "existing")],
        ),
        ("It serves Freedonia Vision 2040.", [("Freedonia Vision 2040", "strategy", "existing")]),
        ("An update based on the Ports Agenda 2040.", [("Ports Agenda 2040", "agreement", "existing")]),
        ("Work with partners on a new Clean Quay Standard.", [("Clean Quay Standard", "standard", "to_formulate")]),
        ("Boats speak the Internet Protocol and the International Monetary Fund pays.", []),
        ("The Office of Harbour Policy keeps a series of initiatives.", []),
        ("Implement the Wetland Protection Act.", [("Wetland Protection Act", "law", "existing")]),
        ("Research the formulation of an island protection law.", [("island protection law", "law", "to_study")]),
        ("Formulate fishing harbour management rules.", [("fishing harbour management rules", "law", "to_formulate")]),
        ("Implement the “Blue Granary” project.", [("“Blue Granary” project", "project", "existing")]),
        (
            "The Golden Net, the Golden Hook and other such projects have progressed.",
            [("Golden Net", "project", "existing"), ("Golden Hook", "project", "existing")],
        ),
        ("Perfect harbour safety plans for small ports.", [("harbour safety plans for small ports", "plan", "to_revise")]),
        ("Research and formulate harbour safety rules.", [("harbour safety rules", "law", "to_study")]),
        (
            "the 3rd and 4th Plenums of the 17th Party Congress",
            [
                ("3rd Plenum of the 17th Party Congress", "conference", "existing"),
                ("4th Plenum of the 17th Party Congress", "conference", "existing"),
            ],
        ),
        ("Formulate a fish and seaweed stocks plan.", [("fish and seaweed stocks plan", "plan", "to_formulate")]),
        (
            "Formulate safety standards for harbours, fish markets and cold stores.",
            [("safety standards for harbours, fish markets and cold stores", "standard", "to_formulate")],
        ),
        (
            "Formulate safety standards for harbours, strengthen control and train crews.",
            [("safety standards for harbours", "standard", "to_formulate")],
        ),
        (
            "an important basis for the formulation of harbour safety rules",
            [("harbour safety rules", "law", "existing")],
        ),
        ("Use the new port in drafting harbour safety rules.", [("harbour safety rules", "law", "existing")]),
        ("Accelerate the formulation of harbour safety rules.", [("harbour safety rules", "law", "to_formulate")]),
        ("The Fish Stocks Act will be drafted by the ministry.", [("Fish Stocks Act", "law", "to_formulate")]),
        ("A National Harbour Strategy shall be prepared.", [("National Harbour Strategy", "strategy", "to_formulate")]),
        ("The Fish Stocks Act is to be amended.", [("Fish Stocks Act", "law", "to_revise")]),
        ("The Fish Stocks Act was drafted in 2010.", [("Fish Stocks Act", "law", "existing")]),
        ("Build the China – ASEAN Fishery Port.", [("China – ASEAN Fishery Port", "project", "to_formulate")]),
        ("as Memorandum M-16-19 requires", [("Memorandum M-16-19", "policy", "existing")]),
        (
            "the Clean Harbour Act of 2010, the Fish Stocks Act",
            [("Clean Harbour Act of 2010", "law", "existing"), ("Fish Stocks Act", "law", "existing")],
        ),
        (
            "as set out in the Convention on Wetlands of International Importance",
            [("Convention on Wetlands of International Importance", "agreement", "existing")],
        ),
    ],
}
NOTHING = {
    "zh": [
        "完善相关法律法规。",
        "落实制度。",
        "贯彻蓝色国土发展战略思想。",
        "制定如下方案。",
        "制定政策措施。",
        "推进重大项目建设。",
        "弘扬“三牛”精神。",
        "加强规划引导。",
    ],
    "en": [
        "Improve laws and regulations.",
        "We have a plan.",
        "The Council on Harbour Policy met the Harbour Plan Committee.",
        "Take the “Three Firsts” thought as guidance.",
        "Strengthen planning.",
    ],
}


def read(text: str, language: str, front: str = "Title") -> list[tuple[str, str, str]]:
    outline, source = build_outline([("front", front), ("s1", text)], language)
    mentions, _ = extract_instruments(context_of(outline, load_language(language)))
    assert all(source[m.char_start : m.char_end] == m.quote for m in mentions)
    return [(m.name, m.instrument_type, m.status) for m in mentions]


@pytest.mark.parametrize(("language", "text", "expected"), [(code, *case) for code, cases in FOUND.items() for case in cases])
def test_named_instruments(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in NOTHING.items() for text in texts])
def test_words_that_name_nothing(language: str, text: str) -> None:
    assert read(text, language) == []


def test_the_document_itself_is_no_instrument() -> None:
    assert read("印发《渔业发展规划》。", "zh", front="渔业发展规划") == []


def test_what_a_notice_issues_is_the_document_itself() -> None:
    notice = "现将《渔业发展规划》（以下简称《规划》）印发给你们。"
    assert read(notice, "zh", front="省政府文件") == []
    lines = [("front", "文件"), ("s1", notice), ("s1", "切实落实《规划》和《湿地保护条例》。")]
    mentions, _ = extract_instruments(context_of(build_outline(lines, "zh")[0], load_language("zh")))
    assert [mention.name for mention in mentions] == ["湿地保护条例"]


@pytest.mark.parametrize(
    ("language", "lines", "names"),
    [
        ("en", ["under the Harbour Safety Act (HSA).", "The HSA applies."], ["Harbour Safety Act", "Harbour Safety Act"]),
        (
            "en",
            ["under the Executive Order on Artificial Intelligence (AI).", "AI grows."],
            ["Executive Order on Artificial Intelligence"],
        ),
        (
            "zh",
            ["落实《渔港安全管理条例》（以下简称《条例》）。", "按照《条例》执行。"],
            ["渔港安全管理条例", "渔港安全管理条例"],
        ),
    ],
)
def test_a_short_form_has_the_full_name(language: str, lines: list[str], names: list[str]) -> None:
    outline, _ = build_outline([("s1", line) for line in lines], language)
    mentions, _ = extract_instruments(context_of(outline, load_language(language)))
    assert [mention.name for mention in mentions] == names


def test_a_member_of_a_list_has_its_full_name_and_its_own_place() -> None:
    outline, _ = build_outline([("s1", "the 3rd and 4th Plenary Sessions of the 17th Central Committee")], "en")
    mentions, _ = extract_instruments(context_of(outline, load_language("en")))
    assert [(mention.name, mention.quote) for mention in mentions] == [
        ("3rd Plenary Session of the 17th Central Committee", "3rd"),
        ("4th Plenary Session of the 17th Central Committee", "4th Plenary Sessions of the 17th Central Committee"),
    ]


def test_an_unknown_name_is_a_problem_once() -> None:
    outline, _ = build_outline([("s1", "执行《湿地保护条例》。"), ("s1", "修订《湿地保护条例》。")], "zh")
    mentions, problems = extract_instruments(context_of(outline, load_language("zh")))
    assert len(mentions) == 2
    assert [(p.kind, p.quote) for p in problems] == [("unknown_instrument", "《湿地保护条例》")]


@pytest.mark.parametrize(
    ("language", "unit"), [("zh", "《条例》、"), ("zh", "实施工程、"), ("en", "the Water Act, "), ("en", "A ")]
)
def test_time_grows_with_length_alone(language: str, unit: str) -> None:
    def seconds(repeats: int) -> float:
        outline, _ = build_outline([("s1", unit * repeats)], language)
        context = context_of(outline, load_language(language))
        began = time.process_time()
        extract_instruments(context)
        return time.process_time() - began

    seconds(10)
    assert seconds(6000) < 0.5 + 10 * seconds(1500)

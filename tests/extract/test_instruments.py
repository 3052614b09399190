"""Laws, plans, programmes and other documents that a text names."""

from __future__ import annotations

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
        ("修订远洋渔船登记办法。", [("远洋渔船登记办法", "law", "to_revise")]),
        ("实施“蓝色粮仓”工程。", [("“蓝色粮仓”工程", "project", "existing")]),
        ("实施近海渔业资源恢复工程，推进渔港建设。", [("近海渔业资源恢复工程", "project", "existing")]),
        (
            "贯彻党的十七大和十七届三中、四中全会精神。",
            [("党的十七大", "conference", "existing"), ("十七届三中、四中全会", "conference", "existing")],
        ),
    ],
    "en": [
        ("Implement the Wetland Protection Act.", [("Wetland Protection Act", "law", "existing")]),
        ("Research the formulation of an island protection law.", [("island protection law", "law", "to_study")]),
        ("Formulate fishing harbour management rules.", [("fishing harbour management rules", "law", "to_formulate")]),
        ("Implement the “Blue Granary” project.", [("“Blue Granary” project", "project", "existing")]),
        (
            "as set out in the Convention on Wetlands of International Importance",
            [("Convention on Wetlands of International Importance", "agreement", "existing")],
        ),
    ],
}
NOTHING = {
    "zh": ["完善相关法律法规。", "制定政策措施。", "推进重大项目建设。", "弘扬“三牛”精神。", "加强规划引导。"],
    "en": [
        "Improve laws and regulations.",
        "We have a plan.",
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


def test_an_unknown_name_is_a_problem_once() -> None:
    outline, _ = build_outline([("s1", "执行《湿地保护条例》。"), ("s1", "修订《湿地保护条例》。")], "zh")
    mentions, problems = extract_instruments(context_of(outline, load_language("zh")))
    assert len(mentions) == 2
    assert [(p.kind, p.quote) for p in problems] == [("unknown_instrument", "《湿地保护条例》")]

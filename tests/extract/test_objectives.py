"""Goals, principles, tasks and measures, as docs/annotation.md defines them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from pipeline.core.language import load_language
from pipeline.extract.context import context_of
from pipeline.extract.objective_clauses import goal_clauses
from pipeline.extract.objectives import extract_objectives
from pipeline.outline import outline_document
from pipeline.source import description_for, read_document
from tests.builders import build_outline

GOLDEN = Path(__file__).parent.parent / "golden" / "objectives"

GOALS = {
    "zh": [
        (
            "到2030年，公共图书馆覆盖全部县区，人均藏书达到2册，阅读习惯普遍形成。",
            ["到2030年，公共图书馆覆盖全部县区", "人均藏书达到2册", "阅读习惯普遍形成"],
        ),
        ("渔业资源明显恢复。近海污染得到控制。", ["渔业资源明显恢复", "近海污染得到控制"]),
        ("建成十个渔港，水产品质量显著提高；加强渔政队伍建设。", ["建成十个渔港", "水产品质量显著提高"]),
        ("大力发展远洋渔业，推进渔港建设。", []),
        ("超标的渔船必须提高装备水平，事故明显减少。", ["事故明显减少"]),
    ],
    "en": [
        (
            "By 2030, public libraries are to cover all counties, two books per head are to be held, and reading is to become a habit.",
            [
                "By 2030, public libraries are to cover all counties",
                "two books per head are to be held",
                "reading is to become a habit",
            ],
        ),
        ("Fish stocks will have recovered.", ["Fish stocks will have recovered"]),
        ("Vigorously develop fisheries, promote the building of harbours.", []),
        ("By 2035, end overfishing in all waters.", ["By 2035, end overfishing in all waters"]),
        (
            "The goals are: a clear rise in catches, the full recovery of stocks, safe harbours for all.",
            ["a clear rise in catches", "the full recovery of stocks", "safe harbours for all"],
        ),
    ],
}


@pytest.mark.parametrize(("language", "text", "expected"), [(code, *case) for code, cases in GOALS.items() for case in cases])
def test_goal_clauses(language: str, text: str, expected: list[str]) -> None:
    assert [text[c.start : c.end] for c in goal_clauses(text, load_language(language))] == expected


def found(lines: list[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    outline, source = build_outline(lines, language)
    statements, _ = extract_objectives(context_of(outline, load_language(language)))
    assert all(source[s.char_start : s.char_end] == s.quote for s in statements)
    return [(s.objective_type, s.wording) for s in statements]


def test_principles_are_named() -> None:
    lines = [
        ("s1", "# 基本原则"),
        ("s1", "——以人为本。把群众利益放在首位，让成果惠及全民。"),
        ("s1", "——改革创新。破除体制障碍。"),
    ]
    assert found(lines, "zh") == [("principle", "以人为本"), ("principle", "改革创新")]


def test_tasks_are_the_lowest_headings() -> None:
    lines = [
        ("s2", "# 主要任务"),
        ("s2.1", "# 建设渔港"),
        ("s2.1", "加快改造老旧渔港。渔港是渔业的基础。"),
        ("s2.2", "# 保护资源"),
        ("s2.2", "各地要严格执行休渔制度。"),
    ]
    assert found(lines, "zh") == [
        ("task", "建设渔港"),
        ("measure", "加快改造老旧渔港。渔港是渔业的基础。"),
        ("task", "保护资源"),
        ("measure", "各地要严格执行休渔制度。"),
    ]


def test_measures_stand_under_their_task() -> None:
    outline, _ = build_outline([("s1", "# Harbours"), ("s1", "Rebuild old harbours."), ("s1", "Harbours matter.")], "en")
    task, measure = extract_objectives(context_of(outline, load_language("en")))[0]
    assert (task.objective_type, measure.objective_type, measure.parent) == ("task", "measure", task.char_start)


def test_background_holds_no_objectives() -> None:
    lines = [("s1", "# 发展现状"), ("s1", "到2010年，渔船达到十万艘。加快改造老旧渔港。")]
    assert found(lines, "zh") == []


def test_goals_stand_in_other_sections_where_a_deadline_leads() -> None:
    lines = [("s1", "# 建设渔港"), ("s1", "到2030年，渔港全部达到国家标准。")]
    assert found(lines, "zh") == [("task", "建设渔港"), ("goal", "到2030年，渔港全部达到国家标准")]


def test_horizons_are_explicit_or_inherited() -> None:
    outline, _ = build_outline([("s1", "# 发展目标"), ("s1", "到2030年，渔船达到十万艘，渔港达到百个。")], "zh")
    first, second = extract_objectives(context_of(outline, load_language("zh")))[0]
    assert (first.horizon_year, first.horizon_basis) == (2030, "explicit")
    assert (second.horizon_year, second.horizon_basis) == (2030, "inherited")


def test_the_horizon_is_the_time_by_which_a_goal_is_due() -> None:
    text = "The plan sets a target to reduce losses by 11.7% by 2030 against the outlook of the 2020 survey."
    outline, _ = build_outline([("s1", "# Nets"), ("s1", text)], "en")
    goals = [one for one in extract_objectives(context_of(outline, load_language("en")))[0] if one.objective_type == "goal"]
    assert [(one.wording[:22], one.horizon_year) for one in goals] == [("to reduce losses by 11", 2030)]


def test_outside_the_goals_a_year_holds_no_farther_than_the_next_paragraph() -> None:
    lines = [("s1", "# Harbours"), ("s1", "By 2032, every port will have ice."), *[("s1", "Nets are mended.")] * 8]
    outline, _ = build_outline([*lines, ("s1", "Our aim is to serve all crews.")], "en")
    goals = [one for one in extract_objectives(context_of(outline, load_language("en")))[0] if one.objective_type == "goal"]
    assert [(one.wording, one.horizon_year) for one in goals] == [
        ("By 2032, every port will have ice", 2032),
        ("to serve all crews", None),
    ]


def test_points_of_a_list_of_goals_are_goals() -> None:
    lines = [
        ("s1", "# Strategic objectives"),
        ("s1", "- Provide safe harbours in all regions."),
        ("s1", "Provide safe harbours."),
    ]
    assert found(lines, "en") == [("goal", "Provide safe harbours in all regions")]


def test_principles_in_one_paragraph_are_named_each() -> None:
    lines = [("s1", "# 基本原则"), ("s1", "坚持陆海统筹。渔业发展与保护并重。"), ("s1", "坚持人民至上、服务为本。")]
    assert found(lines, "zh") == [("principle", "坚持陆海统筹"), ("principle", "坚持人民至上、服务为本")]


@pytest.mark.parametrize(("language", "line"), [("zh", "牵头单位：农业农村部"), ("en", "Lead: Ministry of Fisheries")])
def test_a_line_that_names_who_is_responsible_is_no_measure(language: str, line: str) -> None:
    assert [kind for kind, _ in found([("s1", "# 渔港" if language == "zh" else "# Harbours"), ("s1", line)], language)] == [
        "task"
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("保护渔业资源、发展远洋渔业是渔业工作的重要内容。", False),
        ("海洋是推动贸易、连接世界的重要通道。", False),
        ("海洋牧场，是指通过投放设施、增殖资源形成的渔场。", False),
        ("实施本办法，是各级政府的责任，也是全社会的义务。", False),
        ("贯彻海洋是蓝色家园的理念。", True),
        ("渔港是重要设施，要加快推进建设。", True),
        ("渔业是基础产业，推进渔港建设。", True),
        ("重点是推进渔港建设、改善港区环境。", True),
        ("Building ports is the best way to serve trade, expand fisheries, and protect the coast.", False),
        ("Ports are the basis of trade, and the ministry must build them to serve all, expand trade.", True),
        ("Make sure that trade is a way to serve all, expand fisheries, and protect the coast.", True),
    ],
)
def test_a_statement_of_fact_is_no_measure(text: str, measure: bool) -> None:
    language = "en" if text.isascii() else "zh"
    heading = "# Harbours" if language == "en" else "# 加强渔港建设"
    assert [kind for kind, _ in found([("s1", heading), ("s1", text)], language)][1:] == ["measure"] * measure


def read_golden(name: str) -> list[list[object]]:
    data = (GOLDEN / f"{name}.txt").read_bytes()
    description = description_for(data, f"{name.partition('.')[0]}.txt")
    reading = read_document(description, {each.name: data for each in description.files})
    languages = {text.language: load_language(text.language) for text in reading.texts}
    outline = outline_document(reading.texts, languages)[0][0]
    statements, _ = extract_objectives(context_of(outline, languages[outline.text.language]))
    stated = (one for one in statements if one.objective_type in ("goal", "principle"))
    return [[one.objective_type, one.wording, one.horizon_year] for one in stated]


@pytest.mark.parametrize("name", sorted(path.name.removesuffix(".yaml") for path in GOLDEN.glob("*.yaml")))
def test_goals_and_principles_of_a_document(name: str) -> None:
    assert read_golden(name) == yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quays are to be built, linking farms, mines, villages, etc., the supply of ice, salt and fuel is to grow.",
            ["Quays are to be built, linking farms, mines, villages, etc.", "the supply of ice, salt and fuel is to grow"],
        ),
        (
            "The fleet is to serve a rich, open, just and proud nation, the coast is to be clean.",
            ["The fleet is to serve a rich, open, just and proud nation", "the coast is to be clean"],
        ),
        (
            "End overfishing in all waters and ensure fair prices for landings.",
            ["End overfishing in all waters", "ensure fair prices for landings"],
        ),
        ("Ensure that crews can rest and that harbours are lit.", ["Ensure that crews can rest and that harbours are lit"]),
    ],
)
def test_enumerations_stay_in_their_clause(text: str, expected: list[str]) -> None:
    assert [text[c.start : c.end] for c in goal_clauses(text, load_language("en"))] == expected


def test_goals_in_tasks_are_dated_end_states() -> None:
    lines = [
        ("s1", "# 主要任务"),
        ("s1", "推进渔港改造，到2030年，渔港全部达到标准，开展渔民培训。"),
        ("s1", "2026年底前制定渔港管理办法。"),
        ("s2", "# 主要目标"),
    ]
    assert [row for row in found(lines, "zh") if row[0] == "goal"] == [("goal", "到2030年，渔港全部达到标准")]


def test_a_horizon_is_the_time_that_its_clause_opens_with() -> None:
    outline, _ = build_outline([("s1", "# 发展目标"), ("s1", "到2030年，基本淘汰2010年以前建造的渔船。")], "zh")
    assert [s.horizon_year for s in extract_objectives(context_of(outline, load_language("zh")))[0]] == [2030]


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "end hunger and ensure access, "), ("en", "and, "), ("en", "“"), ("zh", "，实现"), ("zh", "到2025年，")],
)
def test_time_is_linear_in_the_text(code: str, text: str) -> None:
    def seconds(size: int) -> float:
        outline, _ = build_outline(
            [("s1", "# Objectives" if code == "en" else "# 目标"), ("s1", text * (size // len(text)) + ".")], code
        )
        context = context_of(outline, load_language(code))
        taken = []
        for _ in range(2):
            start = time.process_time()
            extract_objectives(context)
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(80_000) < 10 * max(seconds(20_000), 0.05)

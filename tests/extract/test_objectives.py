"""Goals, principles, tasks and measures, as docs/annotation.md defines them."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.extract.context import context_of
from pipeline.extract.objectives import extract_objectives, goal_clauses
from tests.builders import build_outline

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
                "and reading is to become a habit",
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

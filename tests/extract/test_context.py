"""What a section is about, from its heading or from the one above it."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.extract.context import context_of, find_topics
from tests.builders import build_outline

TOPICS = {
    "zh": {
        "发展现状": "background",
        "面临的形势": "background",
        "“十一五”规划完成情况": "background",
        "优化渔业发展环境": "tasks",
        "指导思想": "guidance",
        "基本原则": "principles",
        "主要目标": "goals",
        "到2030年发展目标": "goals",
        "主要任务": "tasks",
        "加强目标考核": "tasks",
        "保障措施": "tasks",
    },
    "en": {
        "The current situation": "background",
        "Challenges and opportunities": "background",
        "Solve the main problems": "tasks",
        "Vision": "goals",
        "Guiding principles": "principles",
        "Strategic objectives for 2030": "goals",
        "Goal 3 Healthy rivers": "goals",
        "Second Objective: safe harbours": "goals",
        "State of play": "background",
        "Strengths and assets": "background",
        "Strengthen the fleet": "tasks",
        "What great looks like for crews": "goals",
        "Implementation of the goals": "tasks",
        "Actions": "tasks",
    },
}


@pytest.mark.parametrize(
    ("language", "heading", "topic"), [(code, *case) for code, cases in TOPICS.items() for case in cases.items()]
)
def test_headings_tell_the_topic(language: str, heading: str, topic: str) -> None:
    outline, _ = build_outline([("s1", f"# {heading}")], language)
    assert find_topics(outline, load_language(language))[f"doc.{language}:s1"] == topic


def test_a_heading_without_a_topic_takes_the_one_above() -> None:
    outline, _ = build_outline([("s1", "# 发展现状"), ("s1.1", "# 渔港"), ("s1.2", "# 主要目标")], "zh")
    topics = find_topics(outline, load_language("zh"))
    assert topics == {"doc.zh:s1": "background", "doc.zh:s1.1": "background", "doc.zh:s1.2": "goals"}


def test_a_divided_chapter_that_names_several_topics_is_about_none_of_them() -> None:
    outline, _ = build_outline([("s1", "# 指导思想和主要目标"), ("s1.1", "# 指导思想"), ("s1.2", "# 主要目标")], "zh")
    topics = find_topics(outline, load_language("zh"))
    assert topics == {"doc.zh:s1": "guidance", "doc.zh:s1.1": "guidance", "doc.zh:s1.2": "goals"}
    whole, _ = build_outline([("s1", "# 指导思想和主要目标")], "zh")
    assert find_topics(whole, load_language("zh")) == {"doc.zh:s1": "goals"}


def test_a_chapter_that_bears_the_name_of_a_goal_says_how_to_reach_it() -> None:
    lines = [("s1", "# Objective 1: Ports"), *(("s1", f"Ports are {word}.") for word in ("old", "small", "few"))]
    lines += [("s1.1", "# Pilots"), ("s1.1", "Train pilots."), ("s2", "# Objective 2: Boats"), ("s2", "Boats are safe.")]
    lines += [("s3", "# Our goals"), ("s3.1", "# Goal 1: Ice"), ("s3.u1", "# Plants"), ("s3.u1", "Plants are old.")]
    topics = find_topics(build_outline(lines, "en")[0], load_language("en"))
    assert topics == {"doc.en:s1": "guidance", "doc.en:s1.1": "tasks", "doc.en:s2": "goals"} | {
        "doc.en:s3": "goals",
        "doc.en:s3.1": "goals",
        "doc.en:s3.u1": "tasks",
    }


def test_front_and_closing_are_topics() -> None:
    outline, _ = build_outline([("front", "渔业发展规划"), ("s1", "# 总则"), ("closing", "渔业部")], "zh")
    assert set(find_topics(outline, load_language("zh")).values()) == {"front", "guidance", "closing"}


def test_the_year_of_issue_may_come_from_elsewhere() -> None:
    outline, _ = build_outline([("s1", "三年内完成。")], "zh")
    language = load_language("zh")
    assert context_of(outline, language).deadlines.issued is None
    assert context_of(outline, language, 2016).deadlines.issued == 2016

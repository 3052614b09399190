"""Whose body a like-named body is."""

from __future__ import annotations

import pytest

from pipeline.core.model import Row
from pipeline.link.bodies import country_of
from tests.link.corpora import Reading, document, tables


def bodies(jurisdiction: str | None, language: str, name: str, body_id: str) -> tuple[list[str], list[Row]]:
    """The codes of a body that is named in a document of a jurisdiction, and the problems with bodies."""
    reading = Reading("doc", language, [name]).body(name, "implementer", body_id)
    found = tables([document("doc", jurisdiction=jurisdiction)], reading)
    return [row["body_id"] for row in found["body_mentions"]], [row for row in found["problems"] if row["kind"] == "unknown_body"]


@pytest.mark.parametrize(
    ("jurisdiction", "language", "name", "body_id"),
    [
        ("CN", "zh", "教育部", "cn-moe"),
        (None, "zh", "教育部", "cn-moe"),
        ("JP", "zh", "中国商务部", "cn-mofcom"),
        ("JP", "zh", "中华人民共和国教育部", "cn-moe"),
        ("CN-GD", "zh", "国家发展改革委", "cn-ndrc"),
        ("CN-GD", "zh", "教育部", "cn-moe"),
        ("GB", "en", "NIST", "us-nist"),
        ("FR", "en", "European Commission", "eu-commission"),
        ("KE", "en", "World Bank", "world-bank"),
        ("CN", "zh", "有关部门", "class-relevant-departments"),
    ],
)
def test_body_keeps_its_code(jurisdiction: str | None, language: str, name: str, body_id: str) -> None:
    assert bodies(jurisdiction, language, name, body_id) == ([body_id], [])


@pytest.mark.parametrize(
    ("jurisdiction", "language", "name", "body_id"),
    [
        ("KZ", "zh", "教育部", "cn-moe"),
        ("US", "zh", "国务院", "cn-state-council"),
        ("CN-GD", "zh", "发展改革委", "cn-ndrc"),
        ("CN-GD", "zh", "统计局", "cn-nbs"),
        ("KE", "en", "Ministry of Education", "cn-moe"),
    ],
)
def test_like_named_body_of_another_country_has_no_code(jurisdiction: str, language: str, name: str, body_id: str) -> None:
    codes, problems = bodies(jurisdiction, language, name, body_id)
    assert body_id not in codes
    assert [(row["quote"], jurisdiction in row["message"]) for row in problems] == [(name, True)]


@pytest.mark.parametrize(
    ("body_id", "country"),
    [("cn-moe", "CN"), ("uk-hm-treasury", "GB"), ("un-dpi", None), ("class-departments", None), ("xx-nothing", None)],
)
def test_country_of_a_body(body_id: str, country: str | None) -> None:
    assert country_of(body_id) == country

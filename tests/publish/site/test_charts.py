"""A target is drawn as what was promised, and nothing in a chart is coloured, styled or laid out by what stands outside it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest

from pipeline.core.model import Row
from pipeline.core.paths import ROOT
from pipeline.publish.site import Site, charts
from pipeline.publish.site.charts import indicator_svg, series_of, story
from tests.publish.site.sample_site import changed, interface, sample_site

HOSTILE = "<script>hit()</script>\" onload='hit()'"


def target(number: int, value: float, year: int | None, **more: Any) -> Row:
    row = sample_site().tables["targets"][0]
    plain = {
        "target_id": f"tar-{number}",
        "value": value,
        "base_value": value,
        "unit": "item",
        "base_unit": "1",
        "comparator": "eq",
    }
    return row | plain | {"value_high": None, "baseline_value": None, "baseline_year": None, "deadline_year": year} | more


def site_of(*targets: Row, **more: Any) -> Site:
    return changed({"targets": list(targets), **more})


def shapes(svg: object) -> dict[str, int]:
    names = re.findall(r'<(?:path|line|text) class="(\w+)"', str(svg))
    return {name: names.count(name) for name in sorted(set(names))}


def test_a_target_is_an_open_mark_at_the_end_of_a_line_from_its_issue() -> None:
    site = site_of(target(1, 10, 2015), target(2, 30, 2020))
    svg = indicator_svg(site, interface("en", site), "ind-1")
    drawn = shapes(svg)
    assert {name: drawn[name] for name in ("issued", "label", "open", "span")} == {"issued": 2, "label": 2, "open": 2, "span": 2}
    assert "issued 2012" in str(svg)
    lines = re.findall(r'<line class="span"[^>]*transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>', str(svg))
    assert len({height for _, height in lines}) == 2
    assert not re.search(r'<line class="span"[^>]* y2=', str(svg)), "a line that rises would tell of growth that nobody measured"


@pytest.mark.parametrize(
    ("comparator", "sign", "arrows"), [("eq", "", 0), ("gt", ">", 2), ("ge", "≥", 2), ("lt", "<", 2), ("le", "≤", 2)]
)
def test_an_arrow_says_that_more_or_less_was_promised(comparator: str, sign: str, arrows: int) -> None:
    site = site_of(target(1, 10, 2015, comparator=comparator), target(2, 30, 2020))
    svg = indicator_svg(site, interface("en", site), "ind-1")
    assert shapes(svg).get("more", 0) == arrows
    assert ("&gt;\u202f10" in str(svg), "&lt;\u202f10" in str(svg)) == (sign == ">", sign == "<")
    assert not sign or sign in str(svg).replace("&gt;", ">").replace("&lt;", "<")


def test_a_range_is_a_bracket_and_what_was_measured_a_filled_mark() -> None:
    ranged = target(1, 10, 2015, comparator="between", value_high=20.0)
    site = site_of(ranged, target(2, 30, 2020, baseline_value=5.0, baseline_year=2010))
    drawn = shapes(indicator_svg(site, interface("en", site), "ind-1"))
    assert (drawn["open"], drawn["more"], drawn["measured"]) == (3, 1, 1)


def test_one_axis_has_one_unit() -> None:
    wide = {"base_unit": "bit/s"}
    site = site_of(
        target(1, 6500, 2015, unit="Gbit/s", base_value=6.5e12, **wide),
        target(2, 20, 2020, unit="Tbit/s", base_value=2e13, **wide),
    )
    found = series_of(site, "ind-1")
    assert found is not None
    assert found.unit == "Tbit/s"
    words = re.findall(r"<text[^>]*>([^<]*)", str(indicator_svg(site, interface("en", site), "ind-1")))
    assert "6.5 Tbit/s" in words
    assert not [each for each in words if "Gbit" in each]


@pytest.mark.parametrize(
    "targets",
    [
        [target(1, 10, 2015)],
        [target(1, 10, 2015), target(2, 30, None)],
        [target(1, 10, 2015), target(2, 30, 2020, measure="increase")],
        [target(1, 10, 2015), target(2, 30, 2020, base_unit="CNY")],
        [],
    ],
    ids=["one", "no deadline", "a change", "another unit", "none"],
)
def test_what_cannot_be_compared_has_no_chart(targets: list[Row]) -> None:
    assert indicator_svg(site_of(*targets), interface("en"), "ind-1") is None


def test_the_chart_is_told_in_words() -> None:
    site = site_of(target(1, 180_000_000, 2015, comparator="gt"), target(2, 300_000_000, 2020))
    told = {language: str(indicator_svg(site, interface(language, site), "ind-1")) for language in ("en", "zh")}
    assert (
        'role="img" aria-label="Targets for lighthouses. by 2015: &gt;\u202f180 million items; by 2020: 300 million items."'
        in told["en"]
    )
    assert "灯塔" in told["zh"]
    assert "1.8亿" in told["zh"]


def test_many_targets_are_told_by_the_table_alone() -> None:
    site = site_of(*[target(number, number, 2010 + number) for number in range(1, 12)])
    drawn = shapes(indicator_svg(site, interface("en", site), "ind-1"))
    assert drawn["open"] == 11
    assert "label" not in drawn


def test_the_story_is_the_indicator_with_most_documents() -> None:
    second = sample_site().tables["indicators"][0] | {"indicator_id": "ind-0"}
    site = site_of(
        target(1, 1, 2015), target(2, 2, 2020), indicators=[*sample_site().tables["indicators"], second],
    )  # fmt: skip
    assert story(site) == "ind-1"
    assert story(site_of()) is None


def test_a_chart_of_very_many_targets_is_not_drawn_and_one_that_can_be_labelled_is_told_first() -> None:
    first, second = (sample_site().tables["indicators"][0] | {"indicator_id": key} for key in ("ind-1", "ind-2"))
    many = [target(n, 100.0 + n, 2000 + n) for n in range(charts.LABELLED + 1)]
    few = [target(90 + n, 100.0, 2010 + n, indicator_id="ind-2") for n in range(2)]
    assert story(site_of(*many, *few, indicators=[first, second])) == "ind-2"
    very_many = site_of(*(target(n, 100.0 + n, 2000 + n) for n in range(charts.DRAWN + 1)))
    assert story(very_many) is None
    assert indicator_svg(very_many, interface("en"), "ind-1") is None


def test_a_chart_carries_classes_only_and_text_stays_text() -> None:
    indicators = [sample_site().tables["indicators"][0] | {"name_en": HOSTILE}]
    site = site_of(target(1, 10, 2015, unit=HOSTILE), target(2, 30, 2020, unit=HOSTILE), indicators=indicators)
    svg = str(indicator_svg(site, interface("en", site), "ind-1"))
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    names = {name for tag in re.findall(r"<[^>]*>", svg) for name in re.findall(r' ([\w-]+)="', tag)}
    assert names <= {"class", "viewBox", "role", "aria-label", "d", "x2", "y2", "transform", "text-anchor"}


def test_the_fonts_of_a_machine_change_nothing() -> None:
    code = (
        "from tests.publish.site.test_charts import *; site = site_of(target(1, 10, 2015), target(2, 30, 2020));"
        "print(ascii(str(indicator_svg(site, interface('zh', site), 'ind-1'))))"
    )
    bare = {
        "FONTCONFIG_FILE": os.devnull,
        "FONTCONFIG_PATH": os.devnull,
        "XDG_DATA_HOME": os.devnull,
        "HOME": os.devnull,
        "LC_ALL": "C",
    }
    made = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **more}, check=True, capture_output=True
        ).stdout
        for more in ({}, bare)
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 1000

"""targets.html: figures as printed, in both languages, with the way to the passages; pages per document where there are many."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.publish.site import site_files, targets
from pipeline.publish.site.amounts import compared, figure, signed
from tests.publish.site.sample_site import Read, changed, interface, sample_files, sample_site


def row(**values: Any) -> dict[str, Any]:
    return {"measure": "level", "comparator": "eq", "value": 38e12, "value_high": None, "unit": "CNY", **values}


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ({}, "38 trillion yuan", "38万亿元"),
        ({"comparator": "gt"}, "more than 38 trillion yuan", "超过38万亿元"),
        ({"comparator": "approx", "value": 9, "unit": "%"}, "about 9%", "约9%"),
        ({"value": 20, "unit": "Tbit/s"}, "20 Tbit/s", "20 Tbit/s"),
        ({"comparator": "between", "value": 5, "value_high": 7.5, "unit": "%"}, "5 to 7.5%", "5至7.5%"),
        ({"measure": "increase", "value": 5, "unit": "percentage point"}, "up by 5 percentage points", "提高5个百分点"),
        ({"measure": "decrease", "comparator": "ge", "value": 18, "unit": "%"}, "down by at least 18%", "下降不低于18%"),
        ({"measure": "multiple", "value": 2, "unit": "times"}, "2 times", "2倍"),
        ({"measure": "rank", "value": 1, "unit": "rank"}, "place 1", "第1位"),
        ({"measure": "all", "comparator": "eq", "value": None, "unit": None}, "all", "全部"),
    ],
)
def test_a_figure_in_words(values: dict[str, Any], en: str, zh: str) -> None:
    assert compared(interface("en"), row(**values)) == en
    assert compared(interface("zh"), row(**values)) == zh


def test_a_sign_stands_for_the_comparing_word() -> None:
    ui = interface("en")
    assert signed(ui, row(comparator="le")) == "≤\u202f38 trillion yuan"
    assert signed(ui, row()) == figure(ui, row()) == "38 trillion yuan"
    assert signed(ui, row(comparator=None, measure="none", value=None, unit=None)) == "none"


@pytest.mark.parametrize("path", ["site/targets.html", "site/zh/targets.html"])
def test_every_target_and_indicator_has_its_row(path: str) -> None:
    page = Read(sample_files()[path])
    assert {"tar-1", "tar-2", "ind-1"} <= set(page.ids)
    (table,) = [each for each in page.all("table") if each.get("id") == "targets"]
    assert table["class"] == "rows"
    captions, tables = page.all("caption"), page.all("table")
    assert len(captions) == len(tables)
    assert all("scope" in each for each in page.all("th"))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, (False, False)),
        ({"disagreeing_columns": "comparator unit"}, (True, False)),
        ({"disagreeing_columns": "deadline_year"}, (False, True)),
        ({"value_discrepancy_id": "dis-1", "deadline_discrepancy_id": "dis-2"}, (True, True)),
    ],
)
def test_versions_that_differ_are_said_to_beside_what_they_differ_in(values: dict[str, Any], shown: tuple[bool, bool]) -> None:
    site = changed({"targets": [sample_site().tables["targets"][0] | values]})
    (page,) = targets.pages(site, interface("en"))
    (found,) = page.given["rows"]
    assert (found["value_disagrees"], found["deadline_disagrees"]) == shown
    assert site_files(site)["site/targets.html"].count(b"versions differ") == sum(shown)


def test_the_wording_is_cut_around_the_figure() -> None:
    wording = f"{'甲' * 200}灯塔数量超过18万座{'乙' * 200}。"
    tables = {"targets": [sample_site().tables["targets"][0] | {"wording_zh": wording, "wording_en": None}]}
    (page,) = targets.pages(changed(tables), interface("zh"))
    (found,) = page.given["rows"]
    before, words, after = found["excerpt"]
    assert words == "超过18万座"
    assert before.endswith("甲灯塔数量")
    assert len(before) < 80 > len(after)
    assert found["wording"] == (wording, "zh")


def test_a_filter_offers_what_is_there() -> None:
    (page,) = targets.pages(sample_site(), interface("en"))
    offered = dict(page.given["filters"])
    assert offered["deadline"] == [("2015", "2015")]
    assert {code for code, _ in offered["indicator"]} == {"", "ind-1"}


def test_many_targets_are_split_by_document(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sample_site().tables["targets"]
    many = [plain[0] | {"target_id": f"tar-{number}"} for number in range(1, 1101)]
    site = changed({"targets": many})
    files = site_files(site)
    assert "tar-1100" in Read(files["site/targets/xx-2012-lights.html"]).ids
    index = Read(files["site/targets.html"])
    assert "targets/xx-2012-lights.html" in index.addresses
    assert "ind-1" in index.ids
    assert "tar-7" not in index.ids
    assert len(files["site/targets.html"]) < 30_000, "an indicator shows its latest targets, and says how many there are besides"
    assert "and 1,050 earlier ones" in index.words["p"]

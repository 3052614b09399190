"""An interface in one language: words, numbers, dates."""

from __future__ import annotations

import datetime

import pytest
from markupsafe import Markup

from pipeline.core.errors import InputError
from pipeline.publish.site import Interface
from tests.publish.site.sample_site import interface

EN, ZH = interface("en"), interface("zh")


def small(**labels: str) -> Interface:
    return Interface(
        "en", {"number.scales": "6= million"} | {f"x.{key}": label for key, label in labels.items()}, ("en",), lambda *_: None
    )


def test_a_label_takes_values_and_chooses_its_form() -> None:
    ui = small(rows="{count} row|{count} rows", said="{what} in {year}", bar="a|b")
    assert [ui.t("x.rows", count=count) for count in (0, 1, 2, 1234)] == ["0 rows", "1 row", "2 rows", "1,234 rows"]
    assert ui.t("x.said", what="steel", year="2015") == "steel in 2015"
    assert ui.t("x.bar") == "a|b"


def test_markup_in_a_label_stays_and_nothing_else_becomes_any() -> None:
    ui = small(said="<i>{name}</i> {other}")
    said = ui.t("x.said", name=Markup("<b>n</b>"), other="<u>")
    assert isinstance(said, Markup)
    assert said == "&lt;i&gt;<b>n</b>&lt;/i&gt; &lt;u&gt;"
    assert not isinstance(ui.t("x.said", name="<b>", other=""), Markup)


def test_a_label_that_is_missing_is_one_line_that_names_the_file() -> None:
    with pytest.raises(InputError, match=r"pipeline/languages/en/labels.csv: there is no label 'x.none'"):
        small().t("x.none")


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (38e12, "38 trillion", "38万亿"),
        (2.5e8, "250 million", "2.5亿"),
        (6500.0, "6,500", "6,500"),
        (180000.0, "180,000", "18万"),
        (1234567.0, "1,234,567", "1,234,567"),
        (0.1, "0.1", "0.1"),
        (-5.0, "-5", "-5"),
        (0.0, "0", "0"),
        (1 / 3, "0.333333", "0.333333"),
    ],
)
def test_numbers_are_short_where_that_is_exact(value: float, en: str, zh: str) -> None:
    assert (EN.number(value), ZH.number(value)) == (en, zh)


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (38e12, "CNY", "38 trillion yuan", "38万亿元"),
        (9.0, "%", "9%", "9%"),
        (20.0, "Tbit/s", "20 Tbit/s", "20 Tbit/s"),
        (4.0, "item", "4 items", "4个"),
        (5.0, "1", "5", "5"),
        (5.0, None, "5", "5"),
    ],
)
def test_amounts_have_their_unit(value: float, unit: str | None, en: str, zh: str) -> None:
    assert (EN.amount(value, unit), ZH.amount(value, unit)) == (en, zh)


def test_days_and_sizes() -> None:
    assert EN.date("2016-07-27") == "27 July 2016"
    assert ZH.date(datetime.date(2016, 7, 27)) == "2016年7月27日"
    assert [EN.size(count) for count in (1, 12345, 1234567)] == ["1 kB", "12 kB", "1.2 MB"]


def test_a_name_is_in_this_language_or_says_in_which() -> None:
    assert ZH.name({"title_en": "Lights", "title_zh": "灯塔"}, "title") == ("灯塔", "zh")
    assert ZH.name({"title_en": "Lights", "title_zh": None}, "title") == ("Lights", "en")
    assert ZH.name({"title_en": None, "title_zh": None}, "title") == ("", "zh")


def test_what_has_no_label_shows_its_code() -> None:
    assert EN.code("roles", "lead") == "lead"
    assert ZH.code("roles", "lead") == "牵头"
    assert EN.code("roles", "brand_new") == "brand_new"
    assert EN.unit("furlong") == "furlong"
    assert EN.check("brand_new") == "brand_new"
    assert ZH.language_name("en-GB") == "英文"
    assert ZH.language_name("fr") == "fr"

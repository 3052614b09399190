"""Units, base units, and the wordings of the language packs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.core.language import language_codes, load_language
from pipeline.core.quantity import base_of, joined_unit, load_units
from pipeline.extract.deadlines import period_years

SPECIAL_DENOMINATORS = {"time", "s"}


@pytest.mark.parametrize(
    ("value", "unit", "base", "base_unit"),
    [
        ("20", "Tbit/s", "2e13", "bit/s"), ("6500", "Gbit/s", "6.5e12", "bit/s"), ("9", "%", "9", "%"), ("0.5", "fraction", "50", "%"),
        ("5", "GW", "5e9", "W"), ("3", "km", "3000", "m"), ("70", "per 100,000 live births", "70", "per 100,000 live births"),
        ("12", "CNY/person/year", "12", "CNY/person/year"), ("2.5", "person per 1,000 persons", "2.5", "1 per 1,000 persons"),
        ("50", "basis point", "0.5", "percentage point"),
    ],
)  # fmt: skip
def test_base(value: str, unit: str, base: str, base_unit: str) -> None:
    found, found_unit = base_of(Decimal(value), unit)
    assert (found, found_unit) == (Decimal(base), base_unit)


@pytest.mark.parametrize("unit", ["furlong", "furlong/s", "", None])
def test_unknown_unit_has_no_base(unit: str | None) -> None:
    assert base_of(Decimal(1), unit) == (None, None)


def test_joined_units() -> None:
    assert joined_unit("Gbit", ["s"]) == "Gbit/s"
    assert joined_unit("", ["per 1,000 live births"]) == "per 1,000 live births"
    assert joined_unit("CNY", ["person", "year"]) == "CNY/person/year"


def test_codelist_bases_are_their_own_bases() -> None:
    units = load_units()
    for unit in units.values():
        if unit.base_unit in units:
            base = units[unit.base_unit]
            assert base.base_unit == base.code
            assert base.factor == 1


@pytest.mark.parametrize("code", language_codes())
def test_every_wording_stands_for_a_known_unit(code: str) -> None:
    pack, units = load_language(code), load_units()
    for group in ("units", "counted", "denominators"):
        for unit in pack.setting("targets", group):
            known = unit in units or base_of(Decimal(1), unit)[1] is not None or unit in SPECIAL_DENOMINATORS
            assert known, f"{code} {group}: {unit}"
    for setting in ("count_units", "time_units"):
        assert set(pack.setting("targets", setting)) <= units.keys()
    assert set(pack.setting("targets", "currencies").values()) <= units.keys()


@pytest.mark.parametrize("code", language_codes())
@pytest.mark.parametrize("group", ["units", "counted", "denominators"])
def test_no_wording_stands_for_two_units(code: str, group: str) -> None:
    words = [word for words in load_language(code).setting("targets", group).values() for word in words]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("code", language_codes())
def test_every_period_wording_is_in_the_codelist(code: str) -> None:
    pack = load_language(code)
    for setting in ("periods", "period_names"):
        assert set(pack.setting("targets", setting).values()) <= period_years().keys()


def test_five_year_plans_follow_each_other() -> None:
    years = period_years()
    assert years["cn-fyp-12"] == (2011, 2015)
    for number in range(6, 15):
        assert years[f"cn-fyp-{number + 1}"][0] == years[f"cn-fyp-{number}"][1] + 1

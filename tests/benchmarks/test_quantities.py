from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from benchmarks import other_tools, quantities
from benchmarks.quantities import Given, Read, other_readings, scores
from tests.evaluate.tables import quantity

TEXT = "By 2030, 9% of ships.\nBy 2035, 12% of ships."
GIVEN = Given("doc.en", "en", TEXT, 100)


def row(words: str, value: float) -> dict[str, object]:
    start = 100 + TEXT.index(words)
    return {"char_start": start, "char_end": start + len(words), "value": value, "value_high": None}


def test_tools_are_measured_with_the_matcher_of_the_pipeline() -> None:
    gold = {"doc.en": {"quantities": [quantity(109, 111, quote="9%"), quantity(131, 134, 12, quote="12%")]}}
    read = {"doc.en": Read([row("9%", 9), row("12", 21), row("2030", 2030)], 0.5)}
    found = scores([GIVEN], read, gold)
    overlap, valued, speed = found["en"]
    assert [overlap.value, valued.value] == pytest.approx([4 / 5, 2 / 5])
    assert speed == pytest.approx(len(TEXT) / 1e6 / 0.5)


def test_a_text_that_a_tool_cannot_read_is_left_out() -> None:
    gold = {"doc.en": {"quantities": [quantity(109, 111, quote="9%")]}}
    assert scores([GIVEN], {}, gold) == {}


def test_missing_tools_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantities, "PYTHON", tmp_path / "no" / "python")
    [(tools, reason)] = other_readings([GIVEN])
    assert "quantulum3" in tools
    assert "not installed" in str(reason)


def test_a_tool_that_fails_is_told_and_the_others_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = {
        "one": "ImportError: gone",
        "two": {"doc.en": {"seconds": 1, "rows": [{"char_start": 9, "char_end": 11, "value": 9, "sized": True}]}},
    }
    (tmp_path / "tools.py").write_text(f"import sys; sys.stdin.read(); print({json.dumps(result)!r})", encoding="utf-8")
    monkeypatch.setattr(quantities, "PYTHON", sys.executable)
    monkeypatch.setattr(quantities, "TOOLS", tmp_path / "tools.py")
    found = dict(other_readings([GIVEN]))
    assert found["one"] == "ImportError: gone"
    assert found["two"] == found["two, sized only"] == {"doc.en": Read([row("9%", 9)], 1)}


def test_offsets_are_counted_in_the_text() -> None:
    def read(line: str) -> list[tuple[int, int, float, bool]]:
        return [(line.index("%") - 1, line.index("%") + 1, 9.0, True)] if "%" in line else []

    _, rows = other_tools.read_text(lambda line: iter(read(line)), "\nno\n" + TEXT)
    assert [("\nno\n" + TEXT)[each["char_start"] : each["char_end"]] for each in rows] == ["9%", "2%"]


def test_of_readings_that_overlap_the_longest_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def model(start: int, end: int, value: str, unit: str | None = None) -> object:
        found = SimpleNamespace(start=start, end=end, resolution={"value": value, "unit": unit})
        return lambda line, culture: [found]

    number, unit = ModuleType("recognizers_number"), ModuleType("recognizers_number_with_unit")
    vars(number).update(recognize_percentage=model(9, 10, "9%"), recognize_number=model(9, 9, "9"))
    vars(unit).update(recognize_currency=model(20, 20, "x"), recognize_dimension=model(3, 6, "2030", "Gram"))
    monkeypatch.setitem(sys.modules, "recognizers_number", number)
    monkeypatch.setitem(sys.modules, "recognizers_number_with_unit", unit)
    reader = other_tools.recognizers("en")
    assert reader is not None
    assert list(reader(TEXT)) == [(3, 7, 2030.0, False), (9, 11, 9.0, True)]
    assert other_tools.recognizers("fr") is other_tools.quantulum("zh") is None

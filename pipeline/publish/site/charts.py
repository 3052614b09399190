"""Charts of targets as SVG that stands in a page.

A target is a promise: a thin line runs from the year in which it was issued to its deadline, at the height of what was promised, and ends in
an open mark; an arrow says that more, or less, than this was promised. Nothing joins one target to the next, as nothing in between was
measured. What was measured is a filled mark. Colours and fonts are the style sheet's: an element carries a class and nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import altair as alt
import vl_convert as vlc
from markupsafe import Markup

from pipeline.core.model import Frozen, Row
from pipeline.publish.site.amounts import figure, signed
from pipeline.publish.site.model import Interface, Site

WIDTH, HEIGHT = 480, 290
LEFT, RIGHT, TOP, BOTTOM = 96, 462, 34, 248
DRAWN = 50
"""Targets of one chart at most: of more, lines over lines say nothing."""
LABELLED = 8
"""Targets of one chart whose figures stand beside their marks; of more, the table tells."""
NAMES = ("grid", "scale", "between", "axis", "year", "span", "issued", "more", "open", "measured", "label")
INKS = {name: f"#{number:06x}" for number, name in enumerate(NAMES, start=1)}
"""Class → the colour that stands for it until the SVG is cleaned."""
CLASSES = {colour: name for name, colour in INKS.items()}
SVG = "{http://www.w3.org/2000/svg}"
KEPT = ("d", "x2", "y2", "transform", "text-anchor")


class Series(Frozen):
    """The targets of an indicator that can stand on one axis. unit: of the axis; factor: of a base value to it; targets: by deadline and
    issue, with `issued`, the year of the document."""

    indicator: Row
    unit: str
    factor: float
    targets: list[Row]


def series_of(site: Site, indicator_id: str) -> Series | None:
    """The targets that say which level is to be reached, by when; None where there are fewer than two to compare."""
    indicator = next(row for row in site.tables["indicators"] if row["indicator_id"] == indicator_id)
    issued = {row["document_id"]: _year(row["issued_on"]) or row["period_start"] for row in site.tables["documents"]}
    own = [
        row | {"issued": issued.get(row["document_id"])}
        for row in site.tables["targets"]
        if row["indicator_id"] == indicator_id and _level(row)
    ]
    units = sorted({row["base_unit"] for row in own}, key=lambda unit: (-sum(row["base_unit"] == unit for row in own), unit))
    own = [row for row in own if row["base_unit"] == units[0]]
    if len(own) < 2:
        return None
    widest = max(own, key=lambda row: (abs(row["base_value"]), row["target_id"]))
    factor = widest["value"] / widest["base_value"] if widest["base_value"] else 1.0
    own.sort(key=lambda row: (row["deadline_year"], row["issued"] or 0, row["base_value"], row["target_id"]))
    return Series(indicator, widest["unit"], factor, own)


def story(site: Site) -> str | None:
    """The indicator that tells most: one whose targets can all be labelled, with targets in most documents, then with most targets."""
    drawn = [
        found
        for row in site.tables["indicators"]
        if (found := series_of(site, row["indicator_id"])) and len(found.targets) <= DRAWN
    ]

    def order(found: Series) -> tuple[bool, int, int, str]:
        documents = {row["document_id"] for row in found.targets}
        return len(found.targets) > LABELLED, -len(documents), -len(found.targets), str(found.indicator["indicator_id"])

    return str(min(drawn, key=order).indicator["indicator_id"]) if drawn else None


def indicator_svg(site: Site, ui: Interface, indicator_id: str) -> Markup | None:
    """The chart of an indicator's targets, or None where there are fewer than two to compare, or too many."""
    found = series_of(site, indicator_id)
    return None if found is None or len(found.targets) > DRAWN else _cleaned(_chart(found, ui), _told(found, ui))


def _level(row: Row) -> bool:
    return row["measure"] == "level" and None not in (
        row["base_value"],
        row["base_unit"],
        row["value"],
        row["unit"],
        row["deadline_year"],
    )


def _year(day: object) -> int | None:
    return int(str(day)[:4]) if day else None


def _told(found: Series, ui: Interface) -> str:
    """The chart in a sentence."""
    name = ui.name(found.indicator, "name")[0]
    points = ui.t("chart.join").join(
        ui.t("chart.point", year=str(row["deadline_year"]), amount=signed(ui, row)) for row in found.targets
    )
    return ui.t("chart.alt", name=name, points=points)


class Plane:
    """Where a year and a value stand."""

    def __init__(self, years: tuple[float, float], values: tuple[float, float]) -> None:
        self._x = alt.Scale(domain=list(years), range=[LEFT, RIGHT], nice=False, zero=False)
        self._y = alt.Scale(domain=list(values), range=[BOTTOM, TOP], nice=False, zero=False)

    def x(self, field: str = "x") -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=self._x)

    def y(self) -> alt.Y:
        return alt.Y("y:Q", axis=None, scale=self._y)


def _chart(found: Series, ui: Interface) -> alt.LayerChart:
    marks = list(_marks(found, ui))
    values = [value for mark in marks for value in (mark["y"], mark.get("y2", 0.0))]
    years = [year for mark in marks for year in (mark["x"], mark.get("x1", mark["x"]))]
    ticks = _ticks(min(0.0, *values), max(values), 4)
    steps = [year for year in _ticks(min(years), max(years), 4, whole=True) if min(years) <= year <= max(years)] or [min(years)]
    plane = Plane((min(years) - 0.5, max(years) + 0.5), (ticks[0], ticks[-1]))
    layers = [*_frame(ticks, steps, found, ui, plane), *_layers(marks, plane)]
    chart: alt.LayerChart = alt.layer(*layers).configure(aria=False, background="transparent").configure_view(stroke=None)
    return chart.properties(width=WIDTH, height=HEIGHT, padding=0, autosize=alt.AutoSizeParams(type="none"))


def _marks(found: Series, ui: Interface) -> Iterator[dict[str, Any]]:
    """What is drawn of each target: where it ends, what it is, and what stands beside it."""
    for row in found.targets:
        mark = {"x": row["deadline_year"], "y": _scaled(row["base_value"], found)}
        mark |= {"kind": row["comparator"] or "eq", "label": signed(ui, _on_axis(row, found)), "issued": ""}
        if row["issued"] and row["issued"] < row["deadline_year"]:
            mark["issued"] = ui.t("chart.issued", year=str(row["issued"]))
            mark["x1"] = row["issued"]
        if row["value_high"] is not None:
            mark["y2"] = _scaled(row["base_value"] * row["value_high"] / row["value"], found) if row["value"] else mark["y"]
        yield mark
        if row["baseline_value"] is not None and row["baseline_year"] is not None and row["value"]:
            base = _scaled(row["base_value"] * row["baseline_value"] / row["value"], found)
            said = _on_axis(row | {"value": row["baseline_value"], "base_value": base / found.factor, "value_high": None}, found)
            yield {"x": row["baseline_year"], "y": base, "kind": "measured", "label": figure(ui, said), "issued": ""}


def _on_axis(row: Row, found: Series) -> Row:
    """The row with its figures in the unit of the axis."""
    high = (
        _scaled(row["base_value"] * row["value_high"] / row["value"], found)
        if row["value_high"] is not None and row["value"]
        else None
    )
    return row | {"value": _scaled(row["base_value"], found), "value_high": high, "unit": found.unit}


def _scaled(base: float, found: Series) -> float:
    return float(f"{base * found.factor:.12g}")


def _ticks(low: float, high: float, wanted: int, *, whole: bool = False) -> list[float]:
    """Round numbers from below the lowest to above the highest."""
    span = (high - low) or abs(high) or 1.0
    power = 10 ** math.floor(math.log10(span / wanted))
    sizes = (1, 2, 5, 10) if whole else (1, 2, 2.5, 5, 10)
    step = next(size * power for size in sizes if size * power >= span / wanted * 0.999)
    step = max(step, 1) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{step * count:.12g}") for count in range(first, max(last, first + 1) + 1)]


def _rows(rows: Iterable[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _frame(ticks: list[float], steps: list[float], found: Series, ui: Interface, plane: Plane) -> Iterator[alt.Chart]:
    """The hairlines with their numbers above them, the topmost with the unit, and the years below."""
    numbers = [{"y": tick, "t": ui.number(tick)} for tick in ticks]
    numbers[-1]["t"] = figure(ui, {"value": ticks[-1], "value_high": None, "unit": found.unit, "measure": "level"})
    yield _rows(numbers).mark_rule(stroke=INKS["grid"]).encode(y=plane.y(), x=alt.value(0), x2=alt.value(WIDTH))
    for ink, own in (("scale", [numbers[0], numbers[-1]]), ("between", numbers[1:-1])):
        yield _rows(own).mark_text(fill=INKS[ink], align="left", dy=-5).encode(y=plane.y(), x=alt.value(0), text="t:N")
    years = [{"x": step, "t": str(int(step))} for step in steps]
    yield _rows(years).mark_rule(stroke=INKS["axis"]).encode(x=plane.x(), y=alt.value(BOTTOM), y2=alt.value(BOTTOM + 6))
    yield _rows(years).mark_text(fill=INKS["year"], align="center").encode(x=plane.x(), y=alt.value(HEIGHT - 14), text="t:N")


def _layers(marks: list[dict[str, Any]], plane: Plane) -> Iterator[alt.Chart]:
    spans, ranges = [mark for mark in marks if "x1" in mark], [mark for mark in marks if "y2" in mark]
    yield _rows(spans).mark_rule(stroke=INKS["span"]).encode(x=plane.x(), x2="x1:Q", y=plane.y())
    yield _rows(spans).mark_rule(stroke=INKS["issued"], yOffset=-5, y2Offset=5).encode(x=plane.x("x1"), y=plane.y(), y2="y:Q")
    yield _rows(ranges).mark_rule(stroke=INKS["more"]).encode(x=plane.x(), y=plane.y(), y2="y2:Q")
    for kinds, shape, away in ((("gt", "ge"), "triangle-up", -1), (("lt", "le"), "triangle-down", 1)):
        own = [mark for mark in marks if mark["kind"] in kinds]
        yield (
            _rows(own)
            .mark_rule(stroke=INKS["more"], yOffset=6 * away, y2Offset=18 * away)
            .encode(x=plane.x(), y=plane.y(), y2="y:Q")
        )
        yield _rows(own).mark_point(shape=shape, size=60, fill=INKS["more"], yOffset=19 * away).encode(x=plane.x(), y=plane.y())
    ends = [mark for mark in marks if mark["kind"] != "measured"] + [mark | {"y": mark["y2"]} for mark in ranges]
    measured = [mark for mark in marks if mark["kind"] == "measured"]
    yield _rows(ends).mark_point(shape="circle", size=90, fill=INKS["open"]).encode(x=plane.x(), y=plane.y())
    yield _rows(measured).mark_point(shape="square", size=80, fill=INKS["measured"]).encode(x=plane.x(), y=plane.y())
    if len(marks) <= LABELLED:
        yield (
            _rows(marks)
            .mark_text(fill=INKS["label"], align="right", dx=-10, dy=-9)
            .encode(x=plane.x(), y=plane.y(), text="label:N")
        )
        issued = _rows(_first(spans)).mark_text(fill=INKS["scale"], align="left", dx=5, dy=15)
        yield issued.encode(x=plane.x("x1"), y=plane.y(), text="issued:N")


def _first(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lowest span of each year of issue, which says it for those above."""
    ordered = sorted(spans, key=lambda mark: (mark["x1"], mark["y"]))
    return ordered[:1] + [after for before, after in pairwise(ordered) if before["x1"] != after["x1"]]


def _cleaned(chart: alt.LayerChart, told: str) -> Markup:
    """The marks alone, with classes for colours, and the words that say what they show. The renderer wrote the XML that is read here."""
    root = ElementTree.fromstring(vlc.vegalite_to_svg(chart.to_json()))  # noqa: S314
    drawn = [element for element in root.iter() if element.get("fill") in CLASSES or element.get("stroke") in CLASSES]
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, HEIGHT, told)
    return Markup("").join([head, *map(_shape, drawn), Markup("</svg>")])


def _shape(element: ElementTree.Element) -> Markup:
    name = CLASSES[next(colour for colour in (element.get("fill"), element.get("stroke")) if colour in CLASSES)]
    kept = [(key, _short(value)) for key in KEPT if (value := element.get(key)) not in (None, "0")]
    attributes = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in [("class", name), *kept])
    return Markup("<{0}{1}>{2}</{0}>").format(element.tag.removeprefix(SVG), attributes, element.text or "")


def _short(numbers: str) -> str:
    """Numbers with two decimals at most: finer than a screen shows."""
    return re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)

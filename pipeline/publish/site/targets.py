"""targets.html: every target, the indicators that they measure with their series, and the figures of the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.core.model import Row
from pipeline.publish.sides import cut_after, cut_before, joined
from pipeline.publish.site.amounts import compared, signed
from pipeline.publish.site.charts import indicator_svg
from pipeline.publish.site.documents import titled
from pipeline.publish.site.links import MANY
from pipeline.publish.site.model import Interface, Page, Site

AROUND = 60
"""Characters of the wording that are shown before and after the figure; the whole is a click away."""
SERIES = 50
"""Targets of one indicator that are listed with it, the latest: the table has all."""
DEADLINE = "deadline_year"
STYLES, SCRIPTS = ("tables.css", "charts.css"), ("tables.js",)


class Tables:
    """Rows of a site by what they belong to, in one language of the interface."""

    def __init__(self, site: Site, ui: Interface) -> None:
        self.ui, self.rows = ui, site.tables
        self.languages = {row["text_id"]: row["language"].split("-")[0] for row in site.tables["texts"]}
        self.document_ids = {row["text_id"]: row["document_id"] for row in site.tables["texts"]}
        self.documents = {row["document_id"]: _document(ui, row) for row in site.tables["documents"]}
        self.objectives = {row["objective_id"]: row for row in site.tables["objectives"]}
        self.read = _by("target_id", site.tables["quantities"])
        self.targets = _by("indicator_id", site.tables["targets"])
        self.lineage = _by("indicator_id", site.tables["target_lineage"])


def _by(key: str, rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[key]:
            found[row[key]].append(row)
    return found


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """targets.html, and one page per document where the targets are too many for one."""
    tables = Tables(site, ui)
    rows = _described(tables)
    split = len(rows) > MANY
    title = ui.t("targets.title")
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        own[row["document_id"]].append(row)
    context = {
        "rows": [] if split else rows,
        "parts": [(tables.documents[key], len(found)) for key, found in sorted(own.items())] if split else [],
        "filters": _filters(rows),
        "indicators": sorted(
            (_indicator(tables, row, indicator_svg(site, ui, row["indicator_id"])) for row in site.tables["indicators"]),
            key=lambda each: (each["chart"] is None, not each["series"]),
        ),
        "statistics": [_statistic(tables, row) for row in site.tables["quantities"] if row["kind"] == "statistic"],
    }
    yield _page("targets.html", title, context)
    for key, found in sorted(own.items()) if split else []:
        context = {"rows": found, "parts": [], "filters": _filters(found), "indicators": [], "statistics": []}
        yield _page(f"targets/{key}.html", f"{title}: {tables.documents[key]['name'][0]}", context)


def _page(path: str, title: str, context: dict[str, Any]) -> Page:
    return Page(
        path=path, template="targets.html", title=title, current="targets", context=context, styles=STYLES, scripts=SCRIPTS
    )


def _described(tables: Tables) -> list[dict[str, Any]]:
    """What the table shows of each target, in the order of indicator and deadline."""
    ui, languages = tables.ui, tables.languages
    names = {row["indicator_id"]: ui.name(row, "name") for row in tables.rows["indicators"]}
    rows = []
    for target in tables.rows["targets"]:
        evidence = sorted(
            tables.read[target["target_id"]], key=lambda row: (languages[row["text_id"]], row["text_id"], row["char_start"])
        )
        wording = ui.name(target, "wording")
        differing = set((target["disagreeing_columns"] or "").split())
        rows.append(
            {
                "row": target,
                "document_id": target["document_id"],
                "document": tables.documents[target["document_id"]],
                "indicator": names.get(target["indicator_id"]),
                "as_said": ui.name(target, "indicator_text"),
                "wording": wording,
                "excerpt": _excerpt(wording[0], [row for row in evidence if languages[row["text_id"]] == wording[1]]),
                "signed": signed(ui, target),
                "compared": compared(ui, target),
                "unit": ui.unit(target["unit"]) if target["unit"] else "",
                "value_disagrees": bool(differing - {DEADLINE} or target["value_discrepancy_id"]),
                "deadline_disagrees": bool(DEADLINE in differing or target["deadline_discrepancy_id"]),
                "evidence": [(row, languages[row["text_id"]]) for row in evidence],
            }
        )
    rows.sort(key=lambda row: (row["indicator"] is None, row["indicator"] or row["as_said"], *_when(row["row"])))
    return rows


def _when(row: Row) -> tuple[int, float, str]:
    return row["deadline_year"] or 0, row["base_value"] or 0.0, str(row["target_id"])


def _document(ui: Interface, row: Row) -> dict[str, Any]:
    """A document's row, title, and short name: its year and type, the title where either is unknown."""
    name, short = titled(row, ui), None
    if row["issued_on"] and row["document_type"] not in (None, "other"):
        short = ui.t("targets.short", year=str(row["issued_on"])[:4], type=ui.code("document_types", row["document_type"]))
    return {"row": row, "name": name, "short": (short, ui.language) if short else name}


def _excerpt(wording: str, evidence: Sequence[Row]) -> tuple[str, str, str]:
    """The words around the figure, as before, figure and after; the whole wording as `before` where it does not hold the figure."""
    for row in evidence:
        quote = joined(row["quote"])
        start = wording.find(quote)
        if start < 0:
            continue
        named = wording.rfind(row["indicator_text"] or quote, 0, start)
        low, end = (named if named >= 0 else start), start + len(quote)
        return cut_before(wording[:low], AROUND) + wording[low:start], wording[start:end], cut_after(wording[end:], AROUND)
    return wording, "", ""


def _filters(rows: Sequence[dict[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What each filter offers: its name → (code, words) by words."""
    offered: dict[str, set[tuple[str, str]]] = {
        name: set() for name in ("indicator", "document", "unit", "deadline", "comparator")
    }
    for row in rows:
        target = row["row"]
        offered["indicator"].add((target["indicator_id"] or "", row["indicator"][0] if row["indicator"] else ""))
        offered["document"].add((row["document_id"], row["document"]["name"][0]))
        offered["unit"].add((target["unit"] or "", row["unit"]))
        offered["deadline"].add((str(target["deadline_year"] or ""), str(target["deadline_year"] or "")))
        offered["comparator"].add((target["comparator"] or "", ""))
    return [(name, sorted(found, key=lambda pair: (pair[1], pair[0]))) for name, found in offered.items()]


def _indicator(tables: Tables, indicator: Row, chart: Markup | None) -> dict[str, Any]:
    """An indicator with its series, by deadline and date of issue, and what is said of it in words. left: how many of the series are
    not shown."""
    ui, key = tables.ui, indicator["indicator_id"]
    lineage = tables.lineage[key]
    changes = _by("to_target_id", lineage)
    series = sorted(tables.targets[key], key=_when)
    said = {row[name] for row in lineage for name in ("from_objective_id", "to_objective_id") if row[name] in tables.objectives}
    return {
        "row": indicator,
        "name": ui.name(indicator, "name"),
        "unit": "/".join(ui.unit(part) for part in indicator["unit"].split("/")) if indicator["unit"] else "",
        "chart": chart,
        "series": [
            {
                "row": row,
                "document": tables.documents[row["document_id"]],
                "compared": compared(ui, row),
                "changes": changes[row["target_id"]],
            }
            for row in series[-SERIES:]
        ],
        "left": len(series[:-SERIES]),
        "in_words": [
            {"row": tables.objectives[name], "statement": ui.name(tables.objectives[name], "statement")}
            for name in sorted(said)[:SERIES]
        ],
    }


def _statistic(tables: Tables, row: Row) -> dict[str, Any]:
    language = tables.languages[row["text_id"]]
    return {
        "row": row,
        "figure": compared(tables.ui, row),
        "language": language,
        "document": tables.documents[tables.document_ids[row["text_id"]]],
        "year": row["deadline_year"] or row["baseline_year"],
        "said": (row["indicator_text"] or row["quote"], language),
    }

"""The first page: what this is, the figures that matter, one chart that tells the story, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.model import Row
from pipeline.publish.site.amounts import compared
from pipeline.publish.site.charts import indicator_svg, series_of, story
from pipeline.publish.site.documents import listed
from pipeline.publish.site.model import Interface, Page, Site

SHOWN = 6
"""Documents that the first page names; of more, the latest."""
FIGURES = ("documents", "texts", "objectives", "targets", "bodies", "discrepancies")
WAYS = ("documents", "targets", "objectives", "bodies", "discrepancies", "search", "quality", "data")


def pages(site: Site, ui: Interface) -> Iterator[Page]:
    """index.html."""
    documents = listed(site, ui)
    context = {
        "figures": [(table, len(site.tables[table]), "documents" if table == "texts" else table) for table in FIGURES],
        "documents": documents[-SHOWN:],
        "left": max(0, len(documents) - SHOWN),
        "story": _story(site, ui),
        "ways": WAYS,
    }
    yield Page(
        path="index.html", template="home.html", title=ui.t("nav.home"), current="home", context=context,
        styles=("home.css", "charts.css"),
    )  # fmt: skip


def _story(site: Site, ui: Interface) -> Row | None:
    """The indicator that tells most, in words and drawn; None where no indicator has a series."""
    indicator_id = story(site)
    found = series_of(site, indicator_id) if indicator_id else None
    if found is None or indicator_id is None:
        return None
    first, last = found.targets[0], found.targets[-1]
    return {
        "indicator": found.indicator,
        "name": ui.name(found.indicator, "name"),
        "first": (compared(ui, first), str(first["deadline_year"])),
        "last": (compared(ui, last), str(last["deadline_year"])),
        "documents": len({row["document_id"] for row in found.targets}),
        "svg": indicator_svg(site, ui, indicator_id),
    }

"""Every page, from disk and from a server, in both themes, at every width, with and without scripts."""

from __future__ import annotations

import os
import statistics
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.conftest import Tab
from tests.browser.site import AXE, BUILT, HOSTILE, WIDTHS, kinds, paths

WIDE = """() => ({
  page: document.documentElement.scrollWidth - innerWidth,
  beyond: [...document.querySelectorAll("main *, header *, footer *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, pre, svg, .visually-hidden, .skip"))
    .map((each) => each.outerHTML.slice(0, 120))
    .slice(0, 3),
})"""
SIZE, SCRIPTS = 1_950_000, 100_000
"""Bytes of the site of the documents as they are, and of its scripts without what is searched."""
FIRST_VIEW = 1000
"""Milliseconds until a page from disk is shown."""


@pytest.mark.parametrize("origin", ["file", "http"])
def test_every_page_opens_without_an_error_and_asks_for_nothing_outside(tab: Tab, addresses: dict[str, str], origin: str) -> None:
    watched = tab(addresses[origin])
    for path in paths(BUILT):
        page = watched.open(path)
        assert page.locator("h1").count() == 1, path
        assert page.title(), path


@pytest.mark.parametrize("site", [BUILT, HOSTILE], ids=["built", "hostile"])
def test_no_page_scrolls_sideways(tab: Tab, site: Path) -> None:
    watched = tab(site)
    for path in paths(site):
        page = watched.open(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(WIDE)
            assert found["page"] <= 0, (path, width, found["beyond"])


@pytest.mark.skipif(not AXE.exists(), reason="axe-core could not be installed")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("site", [BUILT, HOSTILE], ids=["built", "hostile"])
def test_axe_finds_nothing(tab: Tab, site: Path, theme: str) -> None:
    watched = tab(site, AXE, color_scheme=theme)
    faults = []
    for path in kinds(site):
        page = watched.open(path)
        found = page.evaluate("() => axe.run({ resultTypes: ['violations'], preload: false }).then((found) => found.violations)")
        faults += [
            (path, fault["id"], node["html"][:200], node["failureSummary"][:300])
            for fault in found
            for node in fault["nodes"][:2]
        ]
    assert faults == []


def test_pages_work_without_scripts(tab: Tab) -> None:
    watched = tab(BUILT, java_script_enabled=False)
    for path in kinds(BUILT):
        page = watched.open(path)
        assert page.locator("main").inner_text().strip(), path
        assert not any(form.is_visible() for form in page.locator("form").all()), path
        assert not any(button.is_visible() for button in page.locator("button").all()), path
    page = watched.open("search.html")
    assert page.locator("main a[href='targets.html']").is_visible()
    page = watched.open("targets.html")
    assert page.locator("#targets tbody tr").count() == page.locator("#targets tbody tr:visible").count() > 0


class Places(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids, self.addresses = set[str](), set[str]()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids |= {str(value) for name, value in attrs if name == "id"}
        self.addresses |= {str(value) for name, value in attrs if name in ("href", "src")}


def test_every_link_leads_to_a_page_and_a_place() -> None:
    """Read as text: a browser says nothing where there is no such place."""
    found = {BUILT / path: Places(BUILT / path) for path in paths(BUILT)}
    lost = []
    for path, places in found.items():
        for address in places.addresses:
            parts = urlsplit(address)
            there = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
            inside = (
                there not in found
                or not parts.fragment
                or parts.fragment.startswith("q=")
                or unquote(parts.fragment) in found[there].ids
            )
            if not parts.scheme and not (there.exists() and inside):
                lost.append((path.name, address))
    assert lost[:5] == []


def test_the_site_is_small() -> None:
    sizes = {path: path.stat().st_size for path in BUILT.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < SIZE
    assert sum(size for path, size in sizes.items() if path.suffix == ".js" and path.parent.name != "search") < SCRIPTS


def test_the_first_view_is_there_within_a_second(tab: Tab) -> None:
    """The middle of five openings, as a machine has other work, too."""
    watched = tab(BUILT)
    largest = max(paths(BUILT), key=lambda path: (BUILT / path).stat().st_size)
    for path in ("index.html", "targets.html", "search.html", largest):
        times = []
        for _ in range(5):
            page = watched.open(path)
            page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
            times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        assert statistics.median(times) < FIRST_VIEW, (path, times)

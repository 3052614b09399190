"""From a Site to the bytes of its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from pipeline.core.model import Row
from pipeline.core.store import read_bytes
from pipeline.publish.discrepancy_report import UNSHOWN
from pipeline.publish.site import bodies, data, discrepancies, document, documents, home, objectives, quality, search, targets
from pipeline.publish.site.links import Links, anchor_of, folder_of, relative, web_address
from pipeline.publish.site.model import Interface, Page, Site

SITE = "site/"
HERE = Path(__file__).parent
TEMPLATES, ASSETS = HERE / "templates", HERE / "assets"
CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
NAVIGATION = ("home", "documents", "targets", "objectives", "bodies", "discrepancies", "quality", "data", "search")
"""The entries of the navigation, in their order; each is the page of that name, home is index.html."""

TAG = re.compile(r"<[a-z][^<>]*>")
QUOTED = re.compile(r"""="([^\s"'`=<>]+)(?<!/)"(?=[ >])""")
"""A value that needs no quotes where it stands."""

IMPLIED = re.compile("</(?:li|td|th|tr|dt|dd)>")
"""End tags that are implied by whatever may follow them."""

Pages = Callable[[Site, Interface], Iterable[Page]]
PAGES: Sequence[Pages] = (
    home.pages,
    documents.pages,
    document.pages,
    targets.pages,
    objectives.pages,
    bodies.pages,
    discrepancies.pages,
    quality.pages,
    data.pages,
    search.pages,
)
"""What makes the pages of one language."""
FILES: Sequence[Callable[[Site], Mapping[str, bytes]]] = (search.files,)
"""What makes files that are no pages, such as an index for searching: path below site/ → bytes."""


def site_files(site: Site) -> dict[str, bytes]:
    """All files of a site: path → bytes, sorted by path; each path begins with 'site/'."""
    environment, links = _environment(), Links(site)
    files = {f"assets/{path.relative_to(ASSETS).as_posix()}": read_bytes(path) for path in _assets()}
    for make in FILES:
        files.update(make(site))
    for language in site.languages:
        ui = Interface(language, site.labels[language], site.languages, links.of)
        pages = [page for make in PAGES for page in make(site, ui)]
        known = {page.path for page in pages}
        for page in pages:
            path = folder_of(language, site.languages) + page.path
            files[path] = _rendered(environment, site, ui, page, known).encode("utf-8")
    return {f"{SITE}{path}": data for path, data in sorted(files.items())}


def _assets() -> Iterator[Path]:
    return (path for path in sorted(ASSETS.rglob("*")) if path.is_file() and path.suffix in (".css", ".js", ".svg", ".txt"))


def _environment() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(lambda name: (read_bytes(TEMPLATES / name).decode("utf-8"), name, None))
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
    )
    environment.globals.update(csp=CSP, web_address=web_address)
    environment.filters["anchor"] = anchor_of
    return environment


def _rendered(environment: jinja2.Environment, site: Site, ui: Interface, page: Page, known: set[str]) -> str:
    here = folder_of(ui.language, site.languages) + page.path

    def href(path: str, anchor: str | None = None) -> str:
        return relative(here, folder_of(ui.language, site.languages) + path, anchor)

    def link_to(table: str, row: Row | str | None) -> str | None:
        """The address of a row from the page at hand; None where it stands on no page."""
        address = ui.link_of(table, row)
        return None if address is None or address[0] not in known else href(*address)

    given: dict[str, Any] = {
        "site": site, "ui": ui, "page": page, "paths": known, "href": href, "link_to": link_to,
        "first": lambda path, anchor: relative(here, path, anchor),
        "asset": lambda name: relative(here, f"assets/{name}"),
        "tag": lambda language: site.labels[language]["language.tag"] if language in site.labels else language,
        "download": lambda path: relative(f"{SITE}{here}", path),
        "switch": _switch(site, ui, page, here),
        "navigation": [(name, "index.html" if name == "home" else f"{name}.html") for name in NAVIGATION if _there(name, known)],
    }  # fmt: skip
    template = environment.get_template(page.template, globals=given)
    return _lean(UNSHOWN.sub("\ufffd", template.render(page.given)))


def _lean(page: str) -> str:
    """The page without the quotes and end tags that HTML does not need: it has thousands of links, and words hold no bare `<`."""
    return TAG.sub(lambda tag: QUOTED.sub(r"=\1", tag[0]), IMPLIED.sub("", page))


def _there(name: str, known: set[str]) -> bool:
    return name == "home" or f"{name}.html" in known


def _switch(site: Site, ui: Interface, page: Page, here: str) -> list[dict[str, str]]:
    """The same page in the other languages."""
    return [
        {
            "language": language,
            "tag": site.labels[language]["language.tag"],
            "name": site.labels[language]["language.name"],
            "href": relative(here, folder_of(language, site.languages) + page.path),
        }
        for language in site.languages
        if language != ui.language
    ]

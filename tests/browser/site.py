"""Sites on disk and on this machine's own server, and a browser that notes whatever goes wrong on their pages."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "browser"
BUILT = Path(os.environ.get("SITE") or ROOT / "build" / "package" / "site")
HOSTILE = WORK / "hostile" / "site"
AXE = WORK / "node" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 360, 768, 1440)


def paths(site: Path) -> list[str]:
    """Every page, from the top of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def kinds(site: Path) -> list[str]:
    """One page of each kind in each language: the first of a folder stands for the others."""
    found: dict[tuple[str, str], str] = {}
    for path in paths(site):
        folder, _, name = path.rpartition("/")
        found.setdefault(
            (folder, "" if folder.rpartition("/")[2] in ("documents", "objectives", "discrepancies") else name), path
        )
    return sorted(found.values())


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing is said of a request."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Watched:
    """A tab of a context, and what goes wrong in it: errors, what the policy forbids, requests that leave the folder or fail."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base, self.faults = base, list[str]()
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._note(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._note(f"{error}"))
        self.page.on("dialog", lambda dialog: self._note(f"a dialog: {dialog.message}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", lambda answer: self._note(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)

    def _note(self, words: str) -> None:
        self.faults.append(f"{self.page.url.removeprefix(self.base)}: {words}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before it had come
            self._note(f"{request.url}: {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self._note(f"asks for {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

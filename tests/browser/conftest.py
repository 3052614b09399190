from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import BUILT, Watched, served

Tab = Callable[..., Watched]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def addresses() -> Iterator[dict[str, str]]:
    """The site from disk and from a server."""
    with served(BUILT) as address:
        yield {"file": f"{BUILT.as_uri()}/", "http": address}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Makes tabs of contexts of their own; what went wrong in any of them fails the test."""
    with ExitStack() as stack:
        made: list[Watched] = []

        def make(base: str | Path, axe: Path | None = None, **options: Any) -> Watched:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
            stack.callback(context.close)
            context.set_default_timeout(10_000)
            if axe:
                context.add_init_script(path=axe)
            made.append(Watched(context, f"{base.as_uri()}/" if isinstance(base, Path) else base))
            return made[-1]

        yield make
        assert [fault for watched in made for fault in watched.faults] == []

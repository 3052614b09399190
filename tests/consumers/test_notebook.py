"""The notebook in docs/notebook: what is committed is what it gives now, and its page needs nothing from outside."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import nbformat

from tests.consumers.notebook import NOTEBOOK, UNTOLD, drawn, executed, page, written
from tests.consumers.reading import ROOT

FETCHED = {"src", "srcset", "href", "data", "action", "poster", "background", "xlink:href", "formaction", "cite"}
PAGE = NOTEBOOK.with_suffix(".html")


@cache
def again() -> Any:
    return executed()


def test_what_is_committed_is_what_the_newest_release_gives() -> None:
    assert NOTEBOOK.read_text(encoding="utf-8") == written(again()), "run `make notebook`"
    assert PAGE.read_text(encoding="utf-8") == page(again()), "run `make notebook`"


def test_the_notebook_is_valid_and_every_cell_was_run_in_order() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(output.output_type == "display_data" for cell in code for output in cell.outputs)


def test_it_answers_three_questions_in_words_whose_numbers_are_computed() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    answers = [
        output.data["text/markdown"] for output in outputs if "**Answer.**" in output.get("data", {}).get("text/markdown", "")
    ]
    assert (
        len(answers) == len([cell for cell in notebook.cells if re.match(r"## \d\.", cell.source)]) == len(drawn(notebook)) == 3
    )
    prose = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown" and cell.id != "title")
    assert {number for number in re.findall(r"\d+", prose) if len(number) > 1} <= {"2015", "2016"}


def test_nothing_tells_when_where_or_with_what_it_was_run() -> None:
    for path in (NOTEBOOK, PAGE):
        words = path.read_text(encoding="utf-8")
        assert str(ROOT) not in words
        assert not re.search(r"/(?:home|root|tmp)/|0x[0-9a-f]{8,}|iopub|\d{4}-\d\d-\d\dT\d\d", words), path
    assert json.loads(NOTEBOOK.read_bytes())["metadata"]["language_info"] == {"name": "python"}


class Requests(HTMLParser):
    """What a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "base"):
            self.found.append((tag, None))
        self.found += [
            (name, value) for name, value in attrs if name in FETCHED and not (value or "").startswith(("#", "data:image/"))
        ]
        self.found += [(name, value) for name, value in attrs if name.startswith("on") or "url(" in (value or "")]


def test_the_page_asks_for_nothing_from_outside() -> None:
    words = PAGE.read_text(encoding="utf-8")
    requests = Requests()
    requests.feed(words)
    assert requests.found == []
    assert "@import" not in words
    assert "default-src 'none'" in words
    assert UNTOLD not in words

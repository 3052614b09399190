"""CHANGELOG.md: one entry a version, with a list made from the diff between its markers, and room for words of people around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.figures import between_markers
from pipeline.publish.changes import Diff
from pipeline.publish.diff_files import count_lines, verdict
from pipeline.publish.versions import VERSION, version_key

HEADING = re.compile(rf"^## (?P<version>{VERSION.pattern}) — .*$", re.MULTILINE)


def with_entry(page: str, version: str, date: str, diff: Diff | None, note: str | None = None) -> str:
    """The changelog with an entry for a version; of one that is there, only its date and what stands between its markers change.

    diff: the changes since the release before, if there is one; note: words of people, put above the list where they are not there
    yet. Raises ValueError where the markers of an entry are damaged.
    """
    start, end = _find(page, version)
    text = page[start:end].strip().partition("\n\n")[2]
    if diff is not None:
        if f"<!-- {_name(version)} -->" not in text:
            text = f"{text}\n\n<!-- {_name(version)} -->\n\n\n\n<!-- /{_name(version)} -->".strip()
        text = between_markers(text, _name(version), "\n".join(change_lines(diff)))
    if note and note not in text:
        text = f"{note}\n\n{text}"
    parts = (page[:start], f"## {version} — {date}", text, page[end:])
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def change_lines(diff: Diff) -> Iterator[str]:
    """The changes since the release before, as a list."""
    yield f"- In all: {verdict(diff)}."
    yield from (f"- {line}" for line in count_lines(diff))


def _name(version: str) -> str:
    return f"changes in {version}"


def _find(page: str, version: str) -> tuple[int, int]:
    """Where the entry of a version starts and ends; of a new one, both are where it goes: before the first lower one, else at the end."""
    headings = list(HEADING.finditer(page))
    for place, match in enumerate(headings):
        if match["version"] == version:
            return match.start(), headings[place + 1].start() if place + 1 < len(headings) else len(page)
    lower = (match.start() for match in headings if version_key(match["version"]) < version_key(version))
    start = next(lower, len(page))
    return start, start

from __future__ import annotations

import pytest

from pipeline.core.paths import ROOT
from pipeline.publish import Diff
from pipeline.publish.changelog import with_entry
from pipeline.publish.changes import change

PAGE = """\
# Changelog

Words at the top.

## 0.1.0 — 2026-01-01

The first one,
in two lines.
"""
FOUND = Diff(
    "0.1.0", "0.2.0", (change("field_added", "lamps", column="lit", new="boolean"), change("row_added", "lamps", key="a"))
)
LIST = """\
<!-- changes in 0.2.0 -->

- In all: major changes; the smallest version that they allow after 0.1.0 is 0.2.0.
- a new column: `lamps.lit`
- lamps: 1 added

<!-- /changes in 0.2.0 -->
"""


def test_a_new_version_stands_above_the_older_ones() -> None:
    assert with_entry(PAGE, "0.2.0", "2026-02-02", FOUND) == PAGE.replace(
        "## 0.1.0", f"## 0.2.0 — 2026-02-02\n\n{LIST}\n## 0.1.0"
    )


def test_words_of_people_stay_where_they_are() -> None:
    page = with_entry(PAGE, "0.2.0", "2026-02-02", Diff("0.1.0", "0.2.0", ()), "A line of ours.")
    page = page.replace("-->\n\n## 0.1.0", "-->\n\nAnd one below.\n\n## 0.1.0")
    page = with_entry(page, "0.2.0", "2026-02-03", FOUND, "A line of ours.")
    entry = f"## 0.2.0 — 2026-02-03\n\nA line of ours.\n\n{LIST}\nAnd one below.\n"
    assert page == PAGE.replace("## 0.1.0", f"{entry}\n## 0.1.0")
    assert with_entry(page, "0.2.0", "2026-02-03", FOUND) == page


def test_an_entry_that_people_wrote_gets_its_list_below() -> None:
    page = PAGE.replace("## 0.1.0", "## 0.2.0 — 2026-02-02\n\nWritten by hand.\n\n## 0.1.0")
    assert with_entry(page, "0.2.0", "2026-02-02", FOUND) == page.replace("hand.\n", f"hand.\n\n{LIST}")


def test_a_first_version_and_one_between_two() -> None:
    first = with_entry("# Changelog\n", "0.1.0", "2026-01-01", None, "Hello.")
    assert first == "# Changelog\n\n## 0.1.0 — 2026-01-01\n\nHello.\n"
    page = with_entry(with_entry(PAGE, "0.10.0", "2026-03-03", FOUND), "0.2.0", "2026-02-02", FOUND)
    assert [line.split()[1] for line in page.splitlines() if line.startswith("## ")] == ["0.10.0", "0.2.0", "0.1.0"]
    assert with_entry(PAGE, "0.0.9", "2025-01-01", None, "Older.").endswith("lines.\n\n## 0.0.9 — 2025-01-01\n\nOlder.\n")


def test_damaged_markers_are_told() -> None:
    page = with_entry(PAGE, "0.2.0", "2026-02-02", FOUND).replace("<!-- /changes", "<!-- changes")
    with pytest.raises(ValueError, match="markers"):
        with_entry(page, "0.2.0", "2026-02-02", FOUND)


def test_the_changelog_of_this_project_keeps_its_words() -> None:
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert with_entry(page, "0.1.0", "2026-11-21", None) == page

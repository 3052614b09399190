from __future__ import annotations

import csv
import io

import pytest

from pipeline.core.figures import ALL, COLUMNS, Figure, Shown, between_markers, cells, from_rows, markdown_table, pick


def figure(language: str = "en", value: float = 0.5, **more: object) -> Figure:
    plain = {
        "table": "bodies",
        "text_id": ALL,
        "subset": ALL,
        "measure": "f1",
        "field": None,
        "matching": "overlap",
        "with_doubt": False,
    }
    return Figure(language=language, n=7, value=value, low=0.25, high=0.75, **(plain | more))  # type: ignore[arg-type]


def test_figures_come_back_from_their_cells() -> None:
    made = [figure(), figure("zh", 1.0, measure="accuracy", field="role", with_doubt=True)]
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(COLUMNS)
    writer.writerows(cells(each) for each in made)
    page.seek(0)
    assert from_rows(csv.DictReader(page)) == made


def test_values_are_rounded_alike_everywhere() -> None:
    assert cells(figure(value=2 / 3))[-3:] == ["0.6667", "0.2500", "0.7500"]


def test_one_figure_is_picked_for_each_language() -> None:
    made = [
        figure(),
        figure("zh"),
        figure(with_doubt=True),
        figure(text_id="a.en"),
        figure(subset="tier_1"),
        figure(matching="exact"),
    ]
    assert pick(made, Shown("bodies", "bodies", "bodies", ALL, "f1")) == {"en": made[0], "zh": made[1]}


def test_the_table_has_a_line_for_what_was_measured_and_a_dash_for_what_was_not() -> None:
    shown = [Shown("bodies", "bodies", "bodies", ALL, "f1", head=True), Shown("role", "role", "bodies", ALL, "accuracy", "role")]
    made = [figure(), figure(with_doubt=True, value=0.4), figure("zh", with_doubt=True)]
    assert markdown_table(made, shown).splitlines() == [
        "| | en: n | en | en, doubted rows too | zh: n | zh | zh, doubted rows too |",
        "|---|--:|--:|--:|--:|--:|--:|",
        "| **bodies** | 7 | 0.50 (0.25–0.75) | 0.40 (0.25–0.75) | 0 | – | 0.50 (0.25–0.75) |",
    ]


def test_a_page_is_changed_between_its_markers_only() -> None:
    page = "a\n<!-- x -->\n\nold\n\n<!-- /x -->\nb\n"
    changed = between_markers(page, "x", "new\nlines")
    assert changed == "a\n<!-- x -->\n\nnew\nlines\n\n<!-- /x -->\nb\n"
    assert between_markers(changed, "x", "new\nlines") == changed


@pytest.mark.parametrize("page", ["", "<!-- x -->\n\n", "\n\n<!-- /x -->\n<!-- x -->\n\n"])
def test_a_page_without_markers_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="are missing"):
        between_markers(page, "x", "new")

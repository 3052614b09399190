"""What a reader does: search, filter, sort, follow a mark to its row and back, change language and theme, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab
from tests.browser.site import BUILT, HOSTILE, paths

ANCHOR = "() => decodeURIComponent(location.hash.slice(1))"
SEEN = """(id) => {
  const box = document.getElementById(id).getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 0;
}"""


@pytest.mark.parametrize("origin", ["file", "http"])
@pytest.mark.parametrize(("page", "words"), [("search.html", "信息消费总额"), ("zh/search.html", "information consumption")])
def test_search_finds_a_phrase_in_either_language(
    tab: Tab, addresses: dict[str, str], origin: str, page: str, words: str
) -> None:
    found = tab(addresses[origin]).open(page)
    found.locator("#words").type(words)
    results = found.locator("#results section:not([hidden]) li")
    expect(results.filter(has=found.locator(".where")).first).to_be_visible()
    expect(found.locator(".search .status")).not_to_be_empty()
    found.wait_for_function("() => !/\\d+.*\\d+.*(部分|Part)/.test(document.querySelector('.search .status').textContent)")
    texts = [text.lower() for text in results.locator(".words").all_inner_texts()]
    assert texts
    assert any(words in text for text in texts)
    assert results.locator("mark").count() >= len(texts)


def test_search_forgives_a_letter_and_goes_where_it_points(tab: Tab) -> None:
    page = tab(BUILT).open("search.html")
    page.keyboard.type("informatisation")  # the field has the focus
    first = page.locator("#results section:not([hidden]) li a").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#words")).to_be_focused()
    there = str(first.get_attribute("href")).split("#", maxsplit=1)[0]
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: there in url)
    page.go_back()
    expect(page.locator("#words")).to_have_value("informatisation")
    expect(first).to_be_visible()


def test_a_sentence_that_is_found_is_the_one_that_opens(tab: Tab) -> None:
    page = tab(BUILT).open("search.html")
    page.locator("#words").fill("到2025年")
    link = page.locator("#results section:last-child li a").first
    expect(link).to_be_visible()
    link.click()
    anchor = page.evaluate(ANCHOR)
    assert anchor
    assert "2025" in page.locator(f"[id='{anchor}']").inner_text()
    page.wait_for_function(SEEN, arg=anchor)


def test_a_slash_leads_to_the_search(tab: Tab) -> None:
    page = tab(BUILT).open("zh/targets.html")
    page.keyboard.press("/")
    page.wait_for_url("**/zh/search.html")
    expect(page.locator("#words")).to_be_focused()


def test_what_is_not_there_is_not_found(tab: Tab) -> None:
    page = tab(BUILT).open("search.html")
    page.locator("#words").fill("qqqqzzzzqqqq")
    expect(page.locator(".search .status")).not_to_be_empty()
    expect(page.locator("#results li")).to_have_count(0)


def test_a_filter_narrows(tab: Tab) -> None:
    page = tab(BUILT).open("targets.html")
    rows = page.locator("#targets tbody tr:visible")
    every = rows.count()
    count = page.locator(".filter .count")
    expect(count).to_contain_text(str(every))
    select = page.locator(".filter select[name=deadline]")
    year = str(select.locator("option").last.get_attribute("value"))
    select.select_option(year)
    assert 0 < rows.count() < every
    assert set(rows.evaluate_all("(rows) => rows.map((row) => row.dataset.deadline)")) == {year}
    expect(count).to_contain_text(str(rows.count()))
    page.locator(".filter input").fill("qqqq")
    expect(page.locator(".nothing")).to_be_visible()
    assert rows.count() == 0


def test_discrepancies_are_filtered_by_kind_and_severity(tab: Tab) -> None:
    path = next(path for path in paths(BUILT) if path.startswith("discrepancies/"))
    page = tab(BUILT).open(path)
    shown = page.locator(".differences > li:visible")
    every = shown.count()
    page.locator(".filter select[name=severity]").select_option("minor")
    minor = shown.count()
    assert 0 < minor < every
    page.locator(".filter select[name=kind]").select_option(index=1)
    assert 0 < shown.count() < every
    assert set(shown.evaluate_all("(all) => all.map((each) => each.closest('[data-severity]').dataset.severity)")) <= {"minor"}


def test_sort_sorts(tab: Tab) -> None:
    page = tab(BUILT).open("targets.html")
    button = page.locator("#targets thead th button").nth(2)
    values = "(rows) => rows.map((row) => Number(row.cells[2].dataset.value))"
    rows = page.locator("#targets tbody tr")
    first = rows.evaluate_all(values)
    for order in ("ascending", "descending"):
        button.click()
        expect(button.locator("xpath=..")).to_have_attribute("aria-sort", order)
        assert rows.evaluate_all(values) == sorted(first, reverse=order == "descending")
    button.click()
    expect(page.locator("#targets [aria-sort]")).to_have_count(0)
    assert rows.evaluate_all(values) == first


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_a_mark_leads_to_its_row_and_back(tab: Tab, folder: str) -> None:
    page = tab(BUILT).open(f"{folder}targets.html")
    row = page.locator("#targets tbody tr").first
    target = str(row.get_attribute("id"))
    row.locator(".places a").first.click()
    quantity = page.evaluate(ANCHOR)
    assert "/documents/" in page.url
    mark = page.locator(f"[id='{quantity}']")
    expect(mark).to_be_in_viewport()
    link = mark if mark.evaluate("(each) => each.tagName") == "A" else mark.locator(f"a[href*='#{target}']").first
    link.click()
    assert page.url.endswith(f"{folder}targets.html#{target}")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_the_switch_of_language_keeps_the_place(tab: Tab) -> None:
    path = next(path for path in paths(BUILT) if path.startswith("documents/"))
    watched = tab(BUILT)
    page = watched.open(path)
    section = page.locator("main [id*=':s']").last.get_attribute("id")
    page.goto(f"{watched.base}{path}#{section}")
    expect(page.locator(f"[id='{section}']")).to_be_in_viewport()
    page.locator("a.language").click()
    assert page.url.startswith(f"{watched.base}zh/{path}")
    assert page.evaluate(ANCHOR)
    assert page.evaluate("() => document.documentElement.lang") == "zh-Hans"
    page.wait_for_function("() => scrollY > innerHeight")
    page.locator("a.language").click()
    assert page.url.startswith(f"{watched.base}{path}")
    page = watched.open("search.html#q=2025")
    page.locator("a.language").click()
    expect(page.locator("#words")).to_have_value("2025")


def test_the_theme_is_switched_and_kept(tab: Tab, addresses: dict[str, str]) -> None:
    page = tab(addresses["http"], color_scheme="light").open("index.html")
    colour = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    button = page.locator("button.theme")
    while page.evaluate("() => document.documentElement.dataset.theme") != "dark":
        button.click()
    dark = page.evaluate(colour)
    assert dark != light
    page.goto(page.url.replace("index.html", "targets.html"))
    assert page.evaluate(colour) == dark


def outlined(page: Page) -> bool:
    """Whether what has the focus shows it."""
    style = "getComputedStyle(document.activeElement)"
    return bool(page.evaluate(f"() => {style}.outlineStyle !== 'none' && parseFloat({style}.outlineWidth) >= 2"))


@pytest.mark.parametrize("path", ["index.html", "targets.html", "zh/discrepancies.html"])
def test_the_keyboard_is_enough(tab: Tab, path: str) -> None:
    page = tab(BUILT).open(path)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert outlined(page)
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break  # past the end
        assert outlined(page), page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")
        reached.add(page.evaluate("() => document.activeElement.name || document.activeElement.tagName"))
    if path == "targets.html":
        assert {"text", "indicator", "deadline", "BUTTON", "A"} <= reached


def test_what_would_do_harm_stays_text(tab: Tab) -> None:
    watched = tab(HOSTILE)
    watched.page.add_init_script("window.hit = () => { throw new Error('a text was taken for code'); }")
    for path in paths(HOSTILE):
        page = watched.open(path)
        wrong = "script:not([src]), img, main style, [onerror], [onload], [onmouseover], a[href^='javascript:'], main iframe"
        assert page.locator(wrong).count() == 0, path
        text = page.locator("body").text_content() or ""
        assert "{{7*7}}" in text or "<script>" not in text, path
        assert not set(text) & set("\u202e\u2066"), path
    assert "<script>hit()</script>" in (watched.open("targets.html").locator("main").text_content() or "")
    page = watched.open("search.html")
    for words in ("hit onmouseover", "ministry"):  # the harm before, in and after what is found
        page.locator("#words").fill(words)
        expect(page.locator("#results mark").first).to_have_text(re.compile(words.split()[0], re.IGNORECASE))
        expect(page.locator("#results .words").filter(has_text="<script>").first).to_be_visible()
        assert page.locator("#results :is(script, img, svg)").count() == 0


def test_a_heading_and_a_passage_have_a_permanent_link(tab: Tab) -> None:
    path = next(path for path in paths(BUILT) if path.startswith("documents/"))
    page = tab(BUILT).open(path)
    heading = page.locator(".text h2").first
    heading.hover()
    section = heading.evaluate("(each) => each.closest('section').id")
    assert heading.locator("a.p").first.get_attribute("href") == f"#{section}".replace(":", "%3A")
    heading.locator("a.p").first.focus()
    page.keyboard.press("ArrowDown")
    link = page.locator(".text a.p").first
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    anchor = page.evaluate(ANCHOR)
    assert anchor != section
    assert page.locator(f"[id='{anchor}'] a.p").count() >= 1


def test_objectives_are_filtered_by_body_and_by_words(tab: Tab) -> None:
    path = next(path for path in paths(BUILT) if path.startswith("objectives/"))
    page = tab(BUILT).open(path)
    count = page.locator(".filter .count")
    every = count.inner_text()
    chosen = page.locator(".filter select[name=body] option").nth(1)
    page.locator(".filter select[name=body]").select_option(index=1)
    assert count.inner_text() != every
    fitting = page.locator("div.goals li:visible:not(.way)")
    assert fitting.count() > 0
    names = fitting.evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll(':scope > .who a')].map((each) => each.textContent))"
    )
    assert all(chosen.inner_text() in own for own in names)
    page.locator(".filter input").fill("qqqq")
    assert fitting.count() == 0

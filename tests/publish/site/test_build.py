"""The site as a whole: where its pages stand, that its links lead somewhere, and that rows stay text."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.core.model import Row
from pipeline.core.paths import LANGUAGES, PACKAGE
from pipeline.publish.site import CSP, Site, site_files
from pipeline.publish.site.build import NAVIGATION
from tests.publish.site.sample_site import Read, changed, sample_files, sample_site

SOURCES = PACKAGE / "publish" / "site"
PAYLOAD = """</script><script>alert(1)</script><img src=x onerror=alert(2)>"' {{ 7 * 7 }} javascript:alert(3) &amp; \u202e\x07"""
NAMED = ("bodies", "indicators", "instruments", "periods")
"""Codelists whose names are in the tables, not among the labels."""
QUERY = "q="
"""What the search page takes after the #; no anchor."""
PAGES = sorted(path for path in sample_files() if path.endswith(".html"))


@cache
def read(path: str) -> Read:
    return Read(sample_files()[path])


def test_each_language_has_the_same_pages() -> None:
    first = {path.removeprefix("site/") for path in PAGES if not path.startswith("site/zh/")}
    assert first == {path.removeprefix("site/zh/") for path in PAGES if path.startswith("site/zh/")}
    assert {"index.html", *(f"{name}.html" for name in NAVIGATION if name != "home")} <= first
    assert "documents/xx-2012-lights.html" in first


def test_the_same_rows_make_the_same_bytes() -> None:
    assert list(sample_files()) == sorted(sample_files())
    assert site_files(sample_site()) == sample_files()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is(path: str) -> None:
    page = read(path)
    assert page.elements[0][1] == {"lang": "zh-Hans" if path.startswith("site/zh/") else "en"}
    assert [each["content"] for each in page.all("meta") if "http-equiv" in each] == [CSP]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert len(page.ids) == len(set(page.ids)), sorted(each for each in page.ids if page.ids.count(each) > 1)
    current = [each for each in page.all("a") if "aria-current" in each]
    assert len(current) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_style_no_script_and_no_handler(path: str) -> None:
    page = read(path)
    assert not page.all("style")
    assert all(each.keys() <= {"src", "defer"} for each in page.all("script"))
    assert not "".join(page.words.get("script", [])).strip()
    assert not [name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_to_a_file_and_an_anchor_that_are_there(path: str) -> None:
    files, outside = sample_files(), {*sample_site().files, "SHA256SUMS", "verify.py", "accuracy.csv"}
    for address in read(path).addresses:
        parts = urlsplit(address)
        if parts.scheme:
            assert parts.scheme in ("http", "https")
            continue
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
        assert there in files or there in outside, address
        if parts.fragment and there.endswith(".html") and not parts.fragment.startswith(QUERY):
            assert unquote(parts.fragment) in read(there).ids, address


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_leads_to_the_same_page(path: str) -> None:
    (switch,) = [each for each in read(path).all("a") if each.get("class") == "language"]
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(switch["href"])))
    assert there == (
        "site/" + path.removeprefix("site/zh/") if path.startswith("site/zh/") else path.replace("site/", "site/zh/")
    )


def test_nothing_is_loaded_from_elsewhere() -> None:
    loading = {"link", "script", "img", "iframe", "source", "use", "image"}
    for path in PAGES:
        for tag, attributes in read(path).elements:
            if tag in loading:
                assert not urlsplit(str(attributes.get("href") or attributes.get("src"))).scheme
    for path, data in sample_files().items():
        if path.endswith(".css"):
            assert b"url(" not in data
            assert b"@import" not in data


def hostile() -> Site:
    """The sample with a payload at the head of every free wording, and as addresses."""
    schema, tables = sample_site().schema, {}
    for name, rows in sample_site().tables.items():
        keys = {key for link in schema.tables[name].foreign_keys for key in link.fields} | set(schema.tables[name].primary_key)
        free = [
            field.name
            for field in schema.tables[name].fields
            if field.type == "string" and not (field.pattern or field.enum or field.name in keys) and field.name != "language"
        ]
        tables[name] = [row | {key: PAYLOAD + (row[key] or "") for key in free} for row in rows]
    texts = {key: PAYLOAD + text[len(PAYLOAD) :].ljust(len(PAYLOAD)) for key, text in sample_site().texts.items()}
    return changed(tables, texts=texts)


def test_a_script_in_any_cell_stays_text() -> None:
    files, plain = site_files(hostile()), sample_files()
    shown = 0
    for path in (path for path in files if path.endswith(".html")):
        page = Read(files[path])
        shown += "<script>alert(1)</script>" in "".join(word for words in page.words.values() for word in words)
        assert not page.all("img")
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert not "".join(page.words.get("script", [])).strip()
        assert all(urlsplit(address).scheme in ("", "http", "https") for address in page.addresses)
        assert {each["src"] for each in page.all("script")} == {each["src"] for each in Read(plain[path]).all("script")}
        text = files[path].decode("utf-8")
        assert "49 javascript:alert(3)" not in text
        assert "\u202e" not in text
        assert "\x07" not in text
    assert shown > len(PAGES) / 2
    for path, data in files.items():
        assert path.endswith((".html", ".css", ".svg")) or b"</script" not in data.lower(), path


def test_no_rows_make_a_site_as_well() -> None:
    codes = {name: rows for name, rows in sample_site().tables.items() if name.startswith("codelist_")}
    empty: dict[str, list[Row]] = {name: [] for name in sample_site().tables} | codes
    files = site_files(changed(empty, texts={}, accuracy=[], checks=[], releases=[], files={}))
    assert {"site/index.html", "site/zh/index.html", "site/targets.html"} <= files.keys()
    assert not [path for path in files if "/documents/" in path]


# labels


def test_languages_have_the_same_labels_and_none_is_empty() -> None:
    labels = sample_site().labels
    assert labels["en"].keys() == labels["zh"].keys()
    assert not [key for own in labels.values() for key, label in own.items() if not label.strip()]
    for code in labels:
        lines = (LANGUAGES / code / "labels.csv").read_text(encoding="utf-8").splitlines()
        keys = [line.split(",", 1)[0] for line in lines[1:]]
        assert keys == sorted(keys)
        assert len(keys) == len(set(keys))


def test_both_languages_fill_in_the_same_values() -> None:
    slot = re.compile(r"\{(\w+)\}")
    for key, label in sample_site().labels["en"].items():
        # a language that has one form for one and many may leave out a count that the other only chooses by
        assert set(slot.findall(label)) ^ set(slot.findall(sample_site().labels["zh"][key])) <= {"count"}, key


def test_every_label_is_used() -> None:
    folders = [SOURCES, SOURCES / "templates", SOURCES / "assets"]
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix in (".py", ".html", ".js")
    )
    exact = set(re.findall(r"""["']([a-z]\w*(?:\.\w+)+)["']""", text))
    begun = tuple(set(re.findall(r"""["']([a-z]\w*\.(?:\w+\.)*\w*)(?:\{|["'] ~|["'] \+)""", text)))
    lists = tuple(f"{name}." for name in sample_site().schema.codelists if name not in NAMED)
    unused = [key for key in sample_site().labels["en"] if key not in exact and not key.startswith((*begun, *lists))]
    assert unused == []


def test_a_list_of_codes_is_labelled_whole_or_not_at_all() -> None:
    labels, schema = sample_site().labels["en"], sample_site().schema
    for name, codelist in schema.codelists.items():
        if name in NAMED:
            continue
        known = {key.removeprefix(f"{name}.") for key in labels if key.startswith(f"{name}.")}
        assert known <= set(codelist.codes), name
        assert known in (set(), set(codelist.codes)) or name == "units", set(codelist.codes) - known

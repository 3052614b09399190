"""The index: parts that are scripts, all that can be found in them once, and the vendored engine as it was recorded."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish.site import Site, build, search
from tests.publish.site.sample_site import changed, sample_files, sample_site

HERE = Path(build.__file__).parent
SCRIPTS = 100_000
"""Bytes of all scripts of a site that are not data."""


def lists(data: bytes) -> list[Any]:
    """What a part hands over."""
    call = re.fullmatch(r'policySearch\((\d+),(\d+),"([A-Za-z0-9+/=]+)"\);\n', data.decode("ascii"))
    assert call
    found: list[Any] = json.loads(gzip.decompress(base64.b64decode(call[3])))
    return found


def entries(site: Site) -> list[tuple[str, str, str, Any]]:
    """kind, page, anchor, words."""
    return [
        (search.KINDS[kind], page, begin + anchor, {language: words} if language else words)
        for data in search.files(site).values()
        for kind, page, language, begin, pairs in lists(data)
        for anchor, words in pairs
    ]


def test_everything_is_found_once_in_both_languages() -> None:
    found = entries(sample_site())
    assert ("documents", "documents/xx-2012-lights.html", "", {"en": "Opinions on Lighthouses", "zh": "意见"}) in found
    assert ("bodies", "bodies.html", "bod-1", {"en": 'Ministry, of "Light"', "zh": "灯塔部"}) in found
    assert ("indicators", "targets.html", "ind-1", {"en": "lighthouses", "zh": "灯塔"}) in found
    assert ("sections", "documents/xx-2012-lights.html", "zh:s1", {"en": "I. Goals", "zh": "一、 目标"}) in found
    assert ("sentences", "documents/xx-2012-lights.html", "sen-2", {"en": "=1+1"}) in found
    assert {kind for kind, *_ in found} >= {"targets"}
    places = [(kind, page, anchor) for kind, page, anchor, _ in found]
    assert len(places) == len(set(places))


def test_what_has_a_name_is_in_the_first_part_and_sentences_in_the_others() -> None:
    parts = [lists(data) for data in search.files(sample_site()).values()]
    sentences = search.KINDS.index("sentences")
    assert all(kind != sentences for kind, *_ in parts[0])
    assert all(kind == sentences for part in parts[1:] for kind, *_ in part)


def test_many_sentences_are_parted_by_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PART", 2000)
    plain = sample_site()
    texts = [plain.tables["texts"][0] | {"text_id": f"t{number}", "document_id": f"d{number}"} for number in range(40)]
    sentence = plain.tables["sentences"][0]
    sentences = [
        sentence | {"sentence_id": f"s-{row['text_id']}-{place}", "text_id": row["text_id"]}
        for row in texts
        for place in range(20)
    ]
    found = search.files(changed({"texts": [*plain.tables["texts"], *texts], "sentences": sentences, "sections": []}))
    assert len(found) > 10
    assert all(data.startswith(f"policySearch({number},{len(found)},".encode()) for number, data in enumerate(found.values()))
    pages = [page for data in list(found.values())[1:] for _, page, *_ in lists(data)]
    assert len(pages) == len(set(pages)) == 40, "a document is in one part"


def test_a_text_cannot_end_the_script_or_turn_the_page() -> None:
    bodies = [sample_site().tables["bodies"][0] | {"name_en": "</script><!-- \u2028 \u202e \ud800"[:-1]}]
    data = search.files(changed({"bodies": bodies}))["assets/search/0.js"].decode("utf-8")
    assert not set(data) & set("<\u2028\u202e")
    assert any(
        words == {"en": "</script><!-- \u2028 \ufffd ", "zh": "灯塔部"} for *_, words in entries(changed({"bodies": bodies}))
    )


def test_a_sentence_without_its_text_is_left_out() -> None:
    silent = [row | {"text": None, "quote": None} for row in sample_site().tables["sentences"]]
    assert not [each for each in entries(changed({"sentences": silent})) if each[0] == "sentences"]


def test_the_vendored_script_is_what_was_recorded() -> None:
    recorded = json.loads((HERE / "vendor" / "vendored.json").read_bytes())
    assert [each["file"] for each in recorded] == [path.name for path in sorted((HERE / "assets" / "vendor").glob("*.js"))]
    packages = json.loads((HERE / "vendor" / "package-lock.json").read_bytes())["packages"]
    for each in recorded:
        data = (HERE / "assets" / "vendor" / each["file"]).read_bytes()
        assert each["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
        package = packages[f"node_modules/{each['name'].lower()}"]
        assert (each["version"], each["package"], each["licence"]) == (
            package["version"],
            package["integrity"],
            package["license"],
        )
        assert b"Permission is hereby granted" in data, "its licence goes with it"
        assert (
            f"{each['name']} {each['version']}, {each['licence']}\n{each['integrity']}"
            in sample_files()["site/assets/vendor/LICENSES.txt"].decode()
        )
        assert f"/*! {each['name']} {each['version']}".encode() in data


def test_all_scripts_are_small() -> None:
    scripts = {path: data for path, data in sample_files().items() if path.endswith(".js") and "/search/" not in path}
    assert {"site/assets/search.js", "site/assets/tables.js", "site/assets/vendor/minisearch.js"} <= scripts.keys()
    assert sum(map(len, scripts.values())) < SCRIPTS

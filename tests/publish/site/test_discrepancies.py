"""Both passages with the differing words marked, the gravest first, and a way to either place."""

from __future__ import annotations

import re
from typing import Any

from pipeline.core.model import Row
from pipeline.publish.site import discrepancies, site_files
from tests.publish.sample import EN, ZH
from tests.publish.site.sample_site import Read, changed, interface, sample_site


def row(number: int, zh: str | None, en: str | None, **values: Any) -> Row:
    plain = {
        "discrepancy_id": f"dis-{number}",
        "kind": "number",
        "severity": "minor",
        "confidence": 0.9,
        "message": "What <b>differs</b>.",
    }
    for side, text_id, source, words in (("a", "xx-2012-lights.zh", ZH, zh), ("b", "xx-2012-lights.en", EN, en)):
        start = source.index(words or "\n")
        plain |= {
            f"{side}_text_id": text_id,
            f"{side}_char_start": start,
            f"{side}_char_end": start + len(words or ""),
            f"{side}_quote": words,
        }
    return plain | values


ROWS = [
    row(1, "18万", "180,000"),
    row(2, "灯塔部", None, kind="body", severity="major", confidence=0.6),
    row(3, "0.1%", "=1+1", kind="term"),
]
PATH = "site/discrepancies/xx-2012-lights.html"


def page(path: str = PATH, rows: list[Row] = ROWS, **fields: Any) -> str:
    return site_files(changed({"discrepancies": rows}, **fields))[path].decode("utf-8")


def test_both_passages_stand_with_their_words_marked() -> None:
    read = Read(page().encode())
    assert set(re.findall("<mark>([^<]*)</mark>", page())) == {"0.1%", "18万", "180,000", "=1+1", "灯塔部"}
    assert next(each["id"] for each in read.all("li") if "id" in each) == "dis-2", "major ones first"
    assert {f"dis-{n}.{side}" for n in (1, 2, 3) for side in "ab"} <= {address.rpartition("#")[2] for address in read.addresses}
    assert [each["aria-label"] for each in read.all("span") if each.get("class") == "void"] == ["nothing here"]


def test_those_of_one_severity_and_kind_stand_together_from_the_surest_on() -> None:
    rows = [row(1, "18万", "180,000"), row(2, "0.1%", "=1+1", kind="term"), row(3, "灯塔部", None, kind="term", confidence=0.95)]
    *_, own = discrepancies.pages(
        changed({"discrepancies": [*rows, row(4, "18万", None, severity="major", confidence=0.1)]}), interface("en")
    )
    groups = [
        (each["severity"], each["kind"], [found["row"]["discrepancy_id"] for found in each["rows"]])
        for each in own.given["pairs"][0]["groups"]
    ]
    assert groups == [("major", "number", ["dis-4"]), ("minor", "term", ["dis-3", "dis-2"]), ("minor", "number", ["dis-1"])]


def test_what_a_row_says_stays_text() -> None:
    assert "What &lt;b&gt;differs&lt;/b&gt;." in page()


def test_a_message_stands_in_its_own_language_only() -> None:
    assert "differs" not in page("site/zh/discrepancies/xx-2012-lights.html")


def test_without_the_text_the_words_alone_are_shown() -> None:
    context = next(iter(list(discrepancies.pages(changed({"discrepancies": ROWS}, texts={}), interface("en")))[1:])).given
    shown = [side["shown"] for group in context["pairs"][0]["groups"] for found in group["rows"] for side in found["sides"]]
    assert {(side.before, side.after) for side in shown} == {("", "")}
    assert [side.words for side in shown] == ["灯塔部", None, "18万", "180,000", "0.1%", "=1+1"]


def test_the_index_counts() -> None:
    read = Read(page("site/discrepancies.html").encode())
    assert "discrepancies/xx-2012-lights.html" in read.addresses
    (first, _) = discrepancies.pages(changed({"discrepancies": ROWS}), interface("en"))
    (counted,) = first.given["documents"]
    assert (counted["major"], counted["minor"]) == (1, 2)
    assert first.given["kinds"] == [("body", 1), ("number", 1), ("term", 1)]


def test_no_discrepancy_is_said_to_be_none() -> None:
    assert [each.path for each in discrepancies.pages(sample_site(), interface("en"))] == ["discrepancies.html"]
    assert "No two versions" in page("site/discrepancies.html", [])

"""How a package is cited, for programs that manage references."""

from __future__ import annotations

import json
import re

import msgspec

from pipeline.core.schema import load_schema
from pipeline.publish.citation import bibtex, csl_json

PACKAGE = msgspec.structs.replace(
    load_schema().package, name="some-data", title="Data & {more}", version="1.2.3", date="2020-01-09", homepage=None,
    contributors=({"title": "An_na", "role": "author"}, {"title": "Ministry of B", "role": "author"}, {"title": "C", "role": "wrangler"}),
)  # fmt: skip


def test_bibtex_names_authors_whole_and_holds_no_markup() -> None:
    assert bibtex(PACKAGE) == (
        "@misc{some_data_1_2_3,\n  author = {{An\\_na} and {Ministry of B}},\n  title = {{Data \\& more}},\n  version = {1.2.3},\n"
        "  year = {2020},\n  month = {1},\n  note = {Data set}\n}"
    )
    linked = bibtex(msgspec.structs.replace(PACKAGE, homepage="https://example.org"))
    assert linked.endswith("  url = {https://example.org}\n}")
    bare = re.sub(r"\\.", "", linked)
    assert bare.count("{") == bare.count("}")


def test_csl_is_one_dataset_with_its_day() -> None:
    text = csl_json(msgspec.structs.replace(PACKAGE, homepage="https://example.org"))
    assert json.loads(text) == [
        {
            "id": "some-data-1.2.3", "type": "dataset", "title": "Data & {more}", "version": "1.2.3", "URL": "https://example.org",
            "author": [{"literal": "An_na"}, {"literal": "Ministry of B"}], "issued": {"date-parts": [[2020, 1, 9]]},
        }
    ]  # fmt: skip
    assert '"date-parts": [[2020, 1, 9]]' in text

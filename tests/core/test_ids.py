"""Ids say what a row is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import ids
from pipeline.core.ids import COMMON, Counted, Distinct, _plain, content_id


def test_width_case_and_spacing_do_not_count() -> None:
    assert content_id("x", "Ａ b", 1) == content_id("x", "ab", 1) == content_id("x", "A\u3000B", "１")


@given(st.text(st.sampled_from([*"a Ａ１é ﬁ文\u3000\u0301", *(mark for mark, _ in COMMON)])) | st.text())
def test_the_plain_form_is_nfkc_without_case_and_spacing(part: str) -> None:
    assert _plain(part) == "".join(unicodedata.normalize("NFKC", part).casefold().split())


def test_parts_do_not_run_together() -> None:
    assert len({content_id("x", "ab", "c"), content_id("x", "a", "bc"), content_id("x", "abc"), content_id("y", "abc")}) == 4


def test_null_is_like_nothing_but_keeps_its_place() -> None:
    assert content_id("x", None, "a") == content_id("x", "", "a") != content_id("x", "a", None)


def test_an_id_stays_what_it_was() -> None:
    assert content_id("q", "cn", "s1", 5.0) == "q-31382cae4d"


@given(st.text(), st.text())
def test_ids_have_one_form(prefix: str, part: str) -> None:
    assert re.fullmatch(r"-[0-9a-f]{10}", content_id(prefix, part).removeprefix(prefix))


def test_equal_ids_are_counted_in_order() -> None:
    counted = Counted()
    assert [counted(name) for name in ("a", "b", "a", "a", "b")] == ["a", "b", "a-2", "a-3", "b-2"]


def test_other_things_never_share_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    identify = Distinct()
    plain = [identify("x", "a"), identify("x", "b"), identify("x", "a")]
    assert plain == [content_id("x", "a"), content_id("x", "b"), content_id("x", "a")]
    monkeypatch.setattr(ids, "content_id", lambda prefix, *parts: f"{prefix}-0")
    identify = Distinct()
    assert [identify("x", part) for part in ("a", "b", "a", "c")] == ["x-0", "x-0-2", "x-0", "x-0-3"]

"""Problems take severity and remedy from the codelist."""

from __future__ import annotations

import pytest

from pipeline.core.problems import kinds, problem


def test_a_problem_has_the_words_of_its_kind() -> None:
    found = problem("misnumbered", "printed 94, meant 4", text_id="d.en", char_start=3, char_end=5, quote="94")
    row = kinds()["misnumbered"]
    assert (found.severity, found.remedy) == (row["severity"], row["remedy"])
    assert (found.text_id, found.char_start, found.char_end, found.quote, found.source_id) == ("d.en", 3, 5, "94", None)


def test_another_kind_is_a_defect_of_the_code() -> None:
    with pytest.raises(KeyError):
        problem("no such kind", "message")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_is_fully_described(kind: str) -> None:
    row = kinds()[kind]
    assert row["severity"] in {"info", "warning", "error"}
    assert row["scope"] in {"source", "reading"}
    assert row["definition"].strip()
    assert row["remedy"].strip()

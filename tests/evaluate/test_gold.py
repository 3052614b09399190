from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.evaluate import hold_quotes, read_gold
from pipeline.evaluate.rows import found_rows
from tests.evaluate.tables import body


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_gold_is_read_by_text_and_table(tmp_path: Path) -> None:
    write(tmp_path / "cn-2030-fogs.en-mt.bodies.jsonl", [body(0, 4)])
    write(tmp_path / "cn-2030-fogs.en-mt.goals.jsonl", [])
    write(tmp_path / "cn-2030-fogs.en-mt.measures.jsonl", [{"other": 1}])
    gold = read_gold(tmp_path)
    assert set(gold) == {"cn-2030-fogs.en-mt"}
    assert {table: len(rows) for table, rows in gold["cn-2030-fogs.en-mt"].items()} == {"bodies": 1, "goals": 0}


def test_there_may_be_no_gold(tmp_path: Path) -> None:
    assert read_gold(tmp_path) == {}


@pytest.mark.parametrize("line", ["{", '{"char_start": 1}', "[]"])
def test_a_row_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "doc.en.bodies.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"doc\.en\.bodies\.jsonl"):
        read_gold(tmp_path)


def test_gold_of_another_text_is_refused() -> None:
    hold_quotes("doc.en", {"bodies": [body(2, 5, "Sea")]}, "a Sea")
    with pytest.raises(InputError, match="2–5"):
        hold_quotes("doc.en", {"bodies": [body(2, 5, "Sea")]}, "the Sea")


def test_only_what_is_annotated_is_compared() -> None:
    kinds = ("front", "preamble", "section", "closing")
    types = ("goal", "principle", "task", "measure")
    found = found_rows(
        {
            "sections": [{"kind": kind} for kind in kinds],
            "statements": [{"objective_type": each} for each in types],
            "quantities": [], "body_mentions": [body(0, 4)], "instrument_mentions": [],
        }
    )  # fmt: skip
    assert {table: len(rows) for table, rows in found.items()} == {
        "sections": 1, "goals": 2, "quantities": 0, "bodies": 1, "instruments": 0,
    }  # fmt: skip

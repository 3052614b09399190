from __future__ import annotations

from pipeline.evaluate import FAULT_COLUMNS, fault_cells, faults
from tests.evaluate.tables import IDENTITIES, body, quantity, text


def test_every_fault_is_a_row() -> None:
    gold = [quantity(0, 5), quantity(10, 15, 3), quantity(20, 25, 4, doubt=True)]
    found = [quantity(0, 4, 8), quantity(10, 15, 3), quantity(30, 35, 7)]
    rows = [
        (fault.what, fault.field, fault.char_start, fault.found, fault.gold, fault.doubt)
        for fault in faults([text("quantities", gold, found)], IDENTITIES)
    ]
    assert rows == [
        ("value", "span", 0, "0–4", "0–5", False),
        ("value", "value", 0, "8", "9", False),
        ("missed", None, 20, None, "4; %; eq", True),
        ("extra", None, 30, "7; %; eq", None, False),
    ]


def test_a_range_is_written_with_both_ends() -> None:
    one = text("quantities", [quantity(0, 5, 3, value_high=5)], [quantity(0, 5, 1.8e13)])
    assert [(fault.found, fault.gold) for fault in faults([one], IDENTITIES)] == [("18000000000000", "3–5")]


def test_what_is_right_is_no_fault() -> None:
    assert (
        faults([text("bodies", [body(0, 4, "the Harbour Board")], [body(0, 4, "HB", body_id="harbour-board")])], IDENTITIES) == []
    )


def test_cells_are_text_and_null_is_none() -> None:
    [fault] = faults([text("bodies", [body(3, 9, "Board  of\nFogs", doubt=True)], [])], IDENTITIES)
    cells = dict(zip(FAULT_COLUMNS, fault_cells(fault), strict=True))
    assert cells == {
        "text_id": "doc.en", "language": "en", "table": "bodies", "what": "missed", "field": None, "char_start": "3", "char_end": "9",
        "quote": "Board of Fogs", "found": None, "gold": "Board of Fogs", "doubt": "true",
    }  # fmt: skip

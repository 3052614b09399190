from __future__ import annotations

import pytest

from tests.evaluate.tables import IDENTITIES


@pytest.mark.parametrize(
    ("gold", "identity", "name"),
    [
        ("Harbour Board", "harbour-board", "the board"),
        ("the harbour  board", "harbour-board", "board"),
        ("港 务 局", "harbour-board", "Harbour Board"),
        ("Office of Lights", "light-office", "OL"),
        ("Office of Lights", "other-light-office", "OL"),
        ("Board of Fogs", None, "the Board of Fogs"),
        ("“Board of Fogs”", "fogs", "Board of fogs"),
        ("ＦＯＧ", None, "FOG"),
    ],
)
def test_one_body_under_two_names(gold: str, identity: str | None, name: str) -> None:
    assert IDENTITIES.same("body", gold, identity, name)


@pytest.mark.parametrize(
    ("kind", "gold", "identity", "name"),
    [
        ("body", "Harbour Board", "light-office", "Office of Lights"),
        ("body", "Board of Fogs", "harbour-board", "Harbour Board"),
        ("body", "Board of Fogs", None, "Board"),
        ("instrument", "Harbour Board", "harbour-board", "the board"),
    ],
)
def test_two_bodies(kind: str, gold: str, identity: str | None, name: str) -> None:
    assert not IDENTITIES.same(kind, gold, identity, name)


def test_two_annotations_name_one_body_in_two_languages() -> None:
    assert IDENTITIES.same("body", "Harbour Board", None, "港务局")
    assert not IDENTITIES.same("body", "Harbour Board", None, "Office of Lights")

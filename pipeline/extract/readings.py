"""A value with all that its context says, before it becomes a record."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pipeline.core.model import Sentence
from pipeline.extract.amount import Amount
from pipeline.extract.deadlines import Mention


class Reading(Struct):
    """A value of a sentence. indicator: span in the sentence, or in `owner`; mention and basis: the time that governs it.

    start_of: the value that this one is where it starts from.
    """

    amount: Amount
    indicator: tuple[int, int] | None = None
    mention: Mention | None = None
    basis: str = "none"
    kind: str | None = None
    baseline_value: Decimal | None = None
    baseline_year: int | None = None
    nature: str | None = None
    owner: Sentence | None = None
    start_of: Reading | None = None

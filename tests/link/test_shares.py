"""What a statement that several objectives share says of each of them."""

from __future__ import annotations

from tests.link.test_joined import Reading, tables, worded


def shared(second_zh: str, second_en: str) -> list[tuple[str | None, str | None]]:
    """Two statements of the original, one of the translation."""
    ours, theirs = ["建成 Kelp 渔港35座", second_zh], "build 35 harbours of Kelp, " + second_en
    zh, en = [("s1", "，".join(ours) + "。")], [("s1", theirs + ".")]
    found = tables(Reading(zh, "zh", "original").states(*ours), Reading(en, "en", "human_translation").states(theirs))[
        "objectives"
    ]
    return worded(found, "statement")


def test_clauses_go_to_the_statements_that_they_answer() -> None:
    assert shared("培训 Reef 船员48人", "train 48 crews for Reef") == [
        ("建成 Kelp 渔港35座", "build 35 harbours of Kelp"), ("培训 Reef 船员48人", "train 48 crews for Reef"),
    ]  # fmt: skip


def test_what_cannot_be_cut_goes_to_the_statement_that_it_fits_best() -> None:
    assert shared("培训 Reef 船员48人", "with Reef, Kelp and 35 of 48 crews in 35 places") == [
        ("建成 Kelp 渔港35座", "build 35 harbours of Kelp, with Reef, Kelp and 35 of 48 crews in 35 places"),
        ("培训 Reef 船员48人", None),
    ]

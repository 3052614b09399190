from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.bump import allows, core, forbidding, needed
from pipeline.publish.changes import LEVELS, Diff, change
from pipeline.publish.versions import version_key


@pytest.mark.parametrize(
    ("previous", "level", "version"),
    [
        ("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "patch", "1.2.4"), ("1.2.3", None, "1.2.4"),
        ("0.1.0", "major", "0.2.0"), ("0.1.3", "minor", "0.1.4"), ("0.1.3", "patch", "0.1.4"), ("0.1.3", None, "0.1.4"),
        ("0.9.9", "major", "0.10.0"), ("9.9.9", "major", "10.0.0"),
    ],
)  # fmt: skip
def test_the_smallest_version_for_a_level(previous: str, level: str | None, version: str) -> None:
    assert needed(previous, level) == version


@pytest.mark.parametrize(
    ("version", "previous", "level", "enough"),
    [
        ("0.1.1", "0.1.0", "major", False), ("0.2.0", "0.1.0", "major", True), ("0.2.0-rc.1", "0.1.0", "major", True),
        ("0.1.1", "0.1.0", "minor", True), ("1.0.1", "1.0.0", "minor", False), ("1.1.0", "1.0.0", "minor", True),
        ("1.1.0", "1.0.0", "major", False), ("3.0.0", "1.0.0", "patch", True), ("1.0.0", "0.9.0", "patch", True),
    ],
)  # fmt: skip
def test_a_version_may_be_larger_than_it_must_be_and_never_smaller(version: str, previous: str, level: str, enough: bool) -> None:
    assert allows(version, previous, level) == enough


PARTS = st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))


@given(PARTS, st.sampled_from([None, *LEVELS]))
def test_the_version_that_is_needed_is_higher_and_enough_for_every_lesser_change(
    parts: tuple[int, int, int], level: str | None
) -> None:
    previous = ".".join(map(str, parts))
    version = needed(previous, level)
    assert version_key(version) > version_key(previous)
    assert allows(version, previous, level)
    for less in LEVELS[: LEVELS.index(level) if level else 0]:
        assert allows(version, previous, less)
        assert core(needed(previous, less)) <= core(version)


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a version"):
        core("1.0")


def test_the_changes_that_forbid_a_version_are_named_and_bounded() -> None:
    changes = tuple(change("field_added", "lamps", column=f"c{number}", new="string") for number in range(50))
    found = Diff("1.0.0", "1.1.0", (*changes, change("row_added", "lamps", key="a")))
    lines = list(forbidding(found, "1.1.0"))
    assert lines[0] == "major: lamps.c0: a new column (string)"
    assert lines[20:] == ["and 30 more such changes"]
    assert list(forbidding(found, "2.0.0")) == []
    assert "minor: lamps a: a new row" in list(forbidding(found, "1.0.1", most=99))

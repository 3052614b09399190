from __future__ import annotations

import itertools

import pytest

from pipeline.publish.versions import VERSION, Index, Released, version_key

ORDER = ["0.1.0-alpha", "0.1.0-alpha.1", "0.1.0-rc.2", "0.1.0-rc.10", "0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0"]


@pytest.mark.parametrize(("lower", "higher"), list(itertools.pairwise(ORDER)))
def test_versions_are_ordered_by_meaning(lower: str, higher: str) -> None:
    assert version_key(lower) < version_key(higher)


@pytest.mark.parametrize("version", ["", "1", "1.0", "01.0.0", "1.0.0/..", "../1.0.0", "v1.0.0", "1.0.0-", "1.0.0+x"])
def test_other_strings_are_no_versions(version: str) -> None:
    assert not VERSION.fullmatch(version)
    with pytest.raises(ValueError, match="is not a version"):
        version_key(version)


def test_the_index_knows_the_latest_and_replaces_namesakes() -> None:
    index = Index()
    for version in ["0.2.0", "0.10.0", "1.0.0-rc.1", "0.1.0", "0.2.0"]:
        index = index.with_version(Released(version, "2026-01-01", "c", "s"))
    assert [item.version for item in index.versions] == ["1.0.0-rc.1", "0.10.0", "0.2.0", "0.1.0"]
    assert index.latest == "0.10.0"
    assert index.find("0.2.0") is not None
    assert index.find("9.9.9") is None

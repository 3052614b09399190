"""Whole documents of the kind, in own words: everything that a careful reader finds in them, and nothing else."""

from __future__ import annotations

import pytest

from tests.extract.whole_helpers import names, wrong


def test_there_are_documents_of_many_kinds() -> None:
    assert len(names()) >= 8


@pytest.mark.parametrize("name", names())
def test_document_is_read_as_a_reader_reads_it(name: str) -> None:
    assert list(wrong(name)) == []

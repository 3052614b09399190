from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed import written
from benchmarks.texts import description
from pipeline.source.description import Description


def test_all_documents_are_made_before_the_first_is_read(tmp_path: Path) -> None:
    made: list[str] = []

    def making() -> Iterator[tuple[Description, dict[str, bytes]]]:
        for name in ("one", "two"):
            made.append(name)
            yield description(name, "en", name.encode()), {"text.txt": name.encode()}

    documents = written(making(), tmp_path)
    described, data = next(documents)
    assert (made, described.document_id, data) == (["one", "two"], "one", b"one")
    assert [data for _, data in documents] == [b"two"]

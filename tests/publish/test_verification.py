from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipeline.core.csv_text import csv_bytes
from pipeline.core.errors import IntegrityError, ValidationError
from pipeline.publish import verify
from pipeline.publish.cells import columns_of
from pipeline.publish.checksums import sums_bytes
from pipeline.publish.parquet import parquet_bytes, read_parquet

Descriptor = dict[str, Any]


def rewrite(folder: Path, **changed: bytes) -> None:
    """Put SHA256SUMS right again, so that only the content is wrong."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "SHA256SUMS").write_bytes(sums_bytes(files))


def describe(folder: Path, change: Callable[[Descriptor], object]) -> None:
    """Change datapackage.json."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    rewrite(folder)


def resource(content: Descriptor, name: str) -> Descriptor:
    return next(item for item in content["resources"] if item["name"] == name)


def set_cell(folder: Path, name: str, column: str, value: object, csv_too: bool = True) -> None:
    """Change the first cell of a column in Parquet, and in CSV with its hash."""
    path = folder / f"parquet/{name}.parquet"
    table = read_parquet(path.read_bytes())
    cells = [value, *table.column(column).to_pylist()[1:]]
    field = table.schema.field(column).with_nullable(True)
    table = table.set_column(table.column_names.index(column), field, pa.array(cells, field.type))
    path.write_bytes(parquet_bytes(table))
    if csv_too:
        import hashlib

        data = csv_bytes(table.column_names, columns_of(name, table))
        (folder / f"csv/{name}.csv").write_bytes(data)
        right = {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        describe(folder, lambda content: resource(content, name).update(right))
    rewrite(folder)


def fault_of(folder: Path, kind: type[Exception]) -> str:
    said: list[str] = []
    with pytest.raises(kind) as caught:
        verify(folder, said.append)
    assert "\n" not in str(caught.value)
    assert all("\n" not in line for line in said)
    assert len(said) <= 20
    return "\n".join([*said, str(caught.value)])


def test_a_sound_package_is_verified(shared_folder: Path, package: dict[str, bytes]) -> None:
    verified = verify(shared_folder)
    assert verified.rows["targets"] == 2
    assert verified.spans >= 9
    assert verified.files == len(package)
    assert verified.content == json.loads(package["content.json"])["sha256"]


@pytest.mark.parametrize(
    "path", ["csv/targets.csv", "parquet/quantities.parquet", "text/xx-2012-lights/zh.txt", "datapackage.json", "README.md"]
)
def test_a_flipped_bit_anywhere_is_an_integrity_fault(folder: Path, path: str) -> None:
    data = bytearray((folder / path).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / path).write_bytes(data)
    assert f"{path}: is not the file that SHA256SUMS lists" in fault_of(folder, IntegrityError)


def test_missing_extra_and_linked_files_are_told_one_by_one(folder: Path) -> None:
    (folder / "csv/targets.csv").unlink()
    (folder / "csv/odd.csv").write_text("x", encoding="utf-8")
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("LICENSE.md")
    said = fault_of(folder, IntegrityError)
    assert "csv/targets.csv: is missing" in said
    assert "'csv/odd.csv': is not listed" in said
    assert "README.md: is a link" in said


def test_many_faults_are_bounded(folder: Path) -> None:
    for number in range(50):
        (folder / f"odd-{number}").write_text("x", encoding="utf-8")
    said = fault_of(folder, IntegrityError)
    assert "has 50 faults, 20 of them shown" in said


def test_a_folder_without_sums_is_no_release(tmp_path: Path) -> None:
    assert "SHA256SUMS" in fault_of(tmp_path, IntegrityError)
    assert "is not a folder" in fault_of(tmp_path / "nowhere", IntegrityError)


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "/etc/passwd", "https://example.org/x.csv", "file:///etc/passwd", "csv/../README.md"]
)
def test_hostile_paths_are_refused_in_one_line(folder: Path, path: str) -> None:
    describe(folder, lambda content: resource(content, "targets").update(path=path))
    assert "the path" in fault_of(folder, ValidationError)


@pytest.mark.parametrize(
    "hostile",
    [
        b"", b"{", b"[]", b"[" * 200_000, b'{"name": 1}', b'{"name":"x","version":"1","resources":[{"name":"t","path":["a","b"]}]}',
        b'{"name":"x","version":"1","resources":[{"name":"t","path":"README.md","schema":"http://example.org/s.json"}]}',
        b"\xff\xfe", b'{"name":"\xff"}',
    ],
)  # fmt: skip
def test_hostile_descriptors_are_refused_in_one_line(folder: Path, hostile: bytes) -> None:
    (folder / "datapackage.json").write_bytes(hostile)
    rewrite(folder)
    assert "datapackage.json" in fault_of(folder, ValidationError)


def test_a_hostile_pattern_and_enum_are_no_traceback(folder: Path) -> None:
    def spoil(content: Descriptor) -> None:
        for name in ("sources", "sources-parquet"):
            fields = {field["name"]: field for field in resource(content, name)["schema"]["fields"]}
            fields["sha256"]["constraints"] = {"pattern": "(?<!a)(b)\\1("}
            fields["bytes"]["constraints"] = {"enum": ["many"]}

    describe(folder, spoil)
    said = fault_of(folder, ValidationError)
    assert "sources.sha256: its constraints cannot be read" in said
    assert "sources.bytes: its constraints cannot be read" in said


def test_files_that_nothing_describes(folder: Path) -> None:
    describe(folder, lambda content: content["resources"].remove(resource(content, "text-xx-2012-lights.zh")))
    assert "no resource describes text/xx-2012-lights/zh.txt" in fault_of(folder, ValidationError)


def test_one_format_only(folder: Path) -> None:
    describe(folder, lambda content: resource(content, "targets").update(format="tsv"))
    assert "targets: is there in one of CSV and Parquet only" in fault_of(folder, ValidationError)


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("targets", "value", 1.5, "content.json: tables/targets"),
        ("targets", "target_id", None, "targets.target_id: is null in 1 rows"),
        ("targets", "target_id", "tar-2", "targets: its primary key target_id is ('tar-2',) in two rows"),
        ("targets", "indicator_id", "ind-9", "targets.indicator_id: 1 rows refer to a row of indicators that is not there"),
        ("targets", "measure", "much", "targets.measure: 'much' is not one of its codes, 1 rows in all"),
        ("sources", "sha256", "A" * 64, "sources.sha256: 'AAAA"),
        ("quantities", "char_start", -1, "quantities.char_start: -1 is less than 0"),
        ("quantities", "char_start", 0, "quantities: 1 quotes are not the text between their offsets"),
        ("quantities", "quote", "超过19万座", "quantities: 1 quotes are not"),
        ("quantities", "char_end", 10**9, "quantities: 1 quotes are not"),
        ("sources", "source_id", "xx-2012-lights/other", "texts.source_id: 1 rows refer"),
    ],
)
def test_wrong_content_is_told_by_table_and_column(folder: Path, table: str, column: str, value: object, told: str) -> None:
    set_cell(folder, table, column, value)
    assert told in fault_of(folder, ValidationError)


def test_csv_and_parquet_must_agree(folder: Path) -> None:
    set_cell(folder, "targets", "value", 7.0, csv_too=False)
    assert "csv/targets.csv: row 1: value is not what Parquet holds" in fault_of(folder, ValidationError)


def test_a_type_must_be_as_described(folder: Path) -> None:
    path = folder / "parquet/targets.parquet"
    table = read_parquet(path.read_bytes())
    place = table.column_names.index("value")
    path.write_bytes(parquet_bytes(table.set_column(place, "value", pc.cast(table.column("value"), pa.string()))))
    rewrite(folder)
    assert "targets.value: is string, described as number" in fault_of(folder, ValidationError)


def test_parquet_that_is_none(folder: Path) -> None:
    (folder / "parquet/targets.parquet").write_bytes(b"PAR1 no, it is not PAR1")
    rewrite(folder)
    assert "parquet/targets.parquet: cannot be read" in fault_of(folder, ValidationError)


def test_a_release_is_held_to_the_index_beside_it(folder: Path) -> None:
    index = {
        "latest": "package",
        "versions": [{"version": "package", "date": "2026-01-01", "content": "c", "sha256sums": "0" * 64}],
    }
    (folder.parent / "index.json").write_text(json.dumps(index), encoding="utf-8")
    assert "is not the list that index.json names" in fault_of(folder, IntegrityError)

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.core.errors import ValidationError
from pipeline.core.language import load_labels
from pipeline.core.paths import ROOT
from pipeline.core.schema import load_schema
from pipeline.publish import make_package, table_files, verify, write_package
from pipeline.publish.silence import Silence
from tests.publish.sample import EN, FIGURES, ZH, sample

WAYS = [
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "zh_CN.GB18030", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "4711", "OMP_NUM_THREADS": "7"},
]


def described(package: dict[str, bytes]) -> dict[str, Any]:
    return dict(json.loads(package["datapackage.json"]))


def test_files_are_where_the_contract_says(package: dict[str, bytes]) -> None:
    names = load_schema().tables
    wanted = {f"csv/{name}.csv" for name in names} | {f"parquet/{name}.parquet" for name in names}
    wanted |= {"text/xx-2012-lights/zh.txt", "text/xx-2012-lights/en-blog.txt", "datapackage.json", "README.md", "LICENSE.md"}
    wanted |= {
        "DATA_DICTIONARY.md",
        "DATASHEET.md",
        "discrepancies.html",
        "CITATION.cff",
        "croissant.json",
        "schema.org.json",
        "dcat.ttl",
        "SHA256SUMS",
        "checks.json",
        "content.json",
        "accuracy.csv",
        "provenance.json",
        "verify.py",
    }
    assert set(package) == wanted
    assert list(package) == sorted(package)


def test_sources_keep_every_character(package: dict[str, bytes]) -> None:
    assert package["text/xx-2012-lights/zh.txt"].decode("utf-8") == ZH
    assert package["text/xx-2012-lights/en-blog.txt"].decode("utf-8") == EN


def test_the_descriptor_tells_what_each_file_is(package: dict[str, bytes]) -> None:
    whole = described(package)
    assert whole["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert whole["created"].endswith("T00:00:00Z")
    assert whole["provenance"] == "provenance.json"
    resources = {item["name"]: item for item in whole["resources"]}
    assert len(resources) == len(whole["resources"])
    assert {"bytes", "hash", "schema", "dialect"} <= resources["targets"].keys()
    assert not {"bytes", "hash"} & resources["targets-parquet"].keys()
    assert resources["targets-parquet"]["type"] == "table"
    links = [key["reference"].get("resource", "") for key in resources["quantities-parquet"]["schema"]["foreignKeys"]]
    assert links
    assert all(link.endswith("-parquet") for link in links)
    assert all(
        field["description"] and field["title"]
        for item in resources.values()
        for field in item.get("schema", {}).get("fields", ())
    )


def test_the_figures_are_shown_and_go_along(package: dict[str, bytes]) -> None:
    assert package["accuracy.csv"] == FIGURES
    page = package["README.md"].decode("utf-8")
    assert "Against annotations of the 1 texts" in page
    assert "| **bodies** | 10 | 1.00 (0.72–1.00) | – |" in page
    assert "| `accuracy.csv` |" in page


def test_a_package_of_which_nothing_was_measured_shows_no_figures() -> None:
    schema = load_schema()
    files = make_package(*sample(schema), {}, schema, {})
    assert "accuracy.csv" not in files
    assert "ccuracy" not in files["README.md"].decode("utf-8")


def test_rights_are_told_for_each_source(package: dict[str, bytes]) -> None:
    stated = {item["sourceId"]: item for item in described(package)["sources"]}
    assert stated["xx-2012-lights/zh"]["rights"] == "Official text."
    assert stated["xx-2012-lights/zh"]["path"] == "text/xx-2012-lights/zh.txt"
    assert stated["xx-2012-lights/en-blog"]["rights"].startswith("The source states no rights")
    assert stated["xx-2012-lights/en-blog"]["path"] == "https://example.org/lights"
    for page in ("README.md", "LICENSE.md"):
        assert "The source states no rights" in package[page].decode("utf-8")


def test_text_resources_get_names_of_their_own() -> None:
    schema = load_schema()
    tables, decoded = sample(schema)
    other = tables["sources"].to_pylist()[1] | {"source_id": "xx-2012-lights/俄 文", "file": "other.txt"}
    more = pa.Table.from_pylist([*tables["sources"].to_pylist(), other], schema=tables["sources"].schema)
    files = make_package({**tables, "sources": more}, {**decoded, "xx-2012-lights/俄 文": "т"}, {}, schema, {})
    names = [item["name"] for item in described(files)["resources"]]
    assert len(set(names)) == len(names)


def test_the_readme_counts_rows_and_problems(package: dict[str, bytes]) -> None:
    page = package["README.md"].decode("utf-8")
    assert "| `targets` | 2 |" in page
    assert "| info | `boilerplate` | 2 |" in page
    assert "1 text cells" in page or "2 text cells" in page
    assert "A blog \\| with a bar" in page


def test_a_second_build_elsewhere_is_the_same_in_every_byte(package: dict[str, bytes], tmp_path: Path) -> None:
    for number, way in enumerate(WAYS):
        folder = tmp_path / str(number) / "deep" / "package"
        folder.parent.mkdir(parents=True)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))} | way
        command = [sys.executable, "-m", "tests.publish.sample", str(folder)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
        built = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        assert built.keys() == package.keys()
        assert [path for path in built if built[path] != package[path]] == []


@pytest.mark.parametrize("damage", ["missing", "extra", "column", "type", "order"])
def test_tables_of_another_shape_are_refused(damage: str) -> None:
    schema = load_schema()
    tables, decoded = sample(schema)
    targets = tables["targets"]
    if damage == "missing":
        del tables["targets"]
    elif damage == "extra":
        tables["odd"] = targets
    elif damage == "column":
        tables["targets"] = targets.drop_columns(["value"])
    elif damage == "type":
        place = targets.column_names.index("deadline_year")
        tables["targets"] = targets.set_column(place, "deadline_year", targets.column("deadline_year").cast(pa.float64()))
    else:
        tables["targets"] = targets.select(targets.column_names[::-1])
    with pytest.raises(ValidationError, match=r"^table (targets|odd): is "):
        make_package(tables, decoded, {}, schema, {})


def test_sources_without_text_and_odd_names_are_refused() -> None:
    schema = load_schema()
    tables, decoded = sample(schema)
    with pytest.raises(ValidationError, match="xx-2012-lights/zh"):
        make_package(tables, {key: text for key, text in decoded.items() if not key.endswith("zh")}, {}, schema, {})
    with pytest.raises(ValidationError, match="leaves the release"):
        make_package(tables, decoded | {"../../x": "y"}, {}, schema, {})


def test_tables_alone() -> None:
    tables, _ = sample()
    assert set(table_files({"targets": tables["targets"]})) == {"csv/targets.csv", "parquet/targets.parquet"}


def test_a_package_with_labels_has_a_site_under_its_checksums(tmp_path: Path) -> None:
    schema = load_schema()
    labels = load_labels(schema.package.languages)
    with_site = make_package(*sample(schema), {"checks": []}, schema, {}, FIGURES, labels=labels)
    without = make_package(*sample(schema), {"checks": []}, schema, {}, FIGURES)
    site = {path for path in with_site if path.startswith("site/")}
    assert {"site/index.html", "site/zh/index.html", "site/assets/site.css"} <= site
    assert {path for path in with_site if with_site[path] != without.get(path)} - site == {"README.md", "SHA256SUMS"}
    listed = {line.split("  ", 1)[1] for line in with_site["SHA256SUMS"].decode("utf-8").splitlines()}
    assert site <= listed
    write_package(with_site, tmp_path / "package")
    assert verify(tmp_path / "package").files == len(with_site)
    run = subprocess.run([sys.executable, tmp_path / "package" / "verify.py"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert b"`site/`" in with_site["README.md"]
    assert b"`site/`" not in without["README.md"]


def test_a_text_that_is_left_out_is_not_on_the_site() -> None:
    schema = load_schema()
    labels = load_labels(schema.package.languages)
    files = make_package(*sample(schema), {"checks": []}, schema, {}, left_out={"xx-2012-lights/en-blog"}, labels=labels)
    silence = Silence([EN], [ZH])
    assert [path for path in files if path.startswith("site/assets/search/")]
    silence.hold({path: data for path, data in files.items() if path.startswith("site/")})

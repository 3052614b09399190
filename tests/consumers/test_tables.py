"""The tables of a package, read by programs that each have a reader of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import datasets
import pytest

from tests.consumers.reading import WORK, cells, columns, environment, tables, written

JOIN = """
read <- function(name) read.csv(file.path("csv", paste0(name, ".csv")), fileEncoding = "UTF-8", na.strings = "", check.names = FALSE)
for (file in sort(list.files("csv"))) {
  table <- read(sub(".csv", "", file, fixed = TRUE))
  cat(file, nrow(table), paste(names(table), collapse = " "), "\\n", sep = "\\t")
}
joined <- merge(merge(read("quantities"), read("texts"), by = "text_id"), read("documents"), by = "document_id")
for (id in sort(joined$quantity_id, method = "radix")) {
  row <- joined[joined$quantity_id == id, ]
  cat("joined", id, enc2utf8(row$title_zh), enc2utf8(row$quote), "\\n", sep = "\\t")
}
"""


def test_hugging_face_loads_each_table_as_its_card_says(package: Path) -> None:
    filled = {name: table for name, table in tables(package).items() if table["rowCount"]}
    assert set(datasets.get_dataset_config_names(str(package))) == set(filled)
    assert datasets.get_dataset_default_config_name(str(package)) == "targets"
    for name, table in filled.items():
        data = datasets.load_dataset(str(package), name, split="train")
        assert data.column_names == columns(table)
        assert [[written(value) for value in row.values()] for row in data] == cells(package, name), name


def test_hyparquet_reads_what_the_csv_holds(package: Path) -> None:
    modules = WORK / "node" / "node_modules" / "hyparquet"
    if not (shutil.which("node") and modules.is_dir()):
        pytest.skip("node or hyparquet is not installed")
    script = WORK / "node" / "read.mjs"
    script.write_text((Path(__file__).parent / "node" / "read.mjs").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run(["node", script, *tables(package)], cwd=package, env=environment(), check=True, capture_output=True)
    read = json.loads(done.stdout)
    for name, table in tables(package).items():
        assert [list(row) for row in read[name]] == [columns(table)] * len(read[name]), name
        assert [[written(value) for value in row.values()] for row in read[name]] == cells(package, name), name


def test_r_reads_and_joins_the_csv_files(package: Path) -> None:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    done = subprocess.run(["Rscript", "--vanilla", "-e", JOIN], cwd=package, env=environment(), check=True, capture_output=True)
    lines = [line.rstrip("\t").split("\t") for line in done.stdout.decode("utf-8").split("\t\n") if line]
    read = {line[0].removesuffix(".csv"): line[1:] for line in lines if line[0] != "joined"}
    assert read == {name: [str(len(cells(package, name))), " ".join(columns(table))] for name, table in tables(package).items()}
    quantities = [dict(zip(columns(tables(package)["quantities"]), row, strict=True)) for row in cells(package, "quantities")]
    document = {row[columns(tables(package)["texts"]).index("text_id")]: row for row in cells(package, "texts")}
    assert len([line for line in lines if line[0] == "joined"]) == len(quantities)
    assert {row["text_id"] for row in quantities} <= set(document)
    quotes = {line[1]: line[3] for line in lines if line[0] == "joined"}
    assert quotes == {str(row["quantity_id"]): str(row["quote"]).rstrip("\t") for row in quantities}

"""What the README of a package tells people to type, typed as written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.consumers.reading import ROOT, WORK, cells, environment

LIGHT = ("pandas", "polars", "duckdb", "pd.")
"""These are run by the tests that need no more than the project does."""


def blocks(package: Path, language: str) -> list[str]:
    page = (package / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_python(package: Path) -> None:
    found = [block for block in blocks(package, "python") if not any(word in block for word in LIGHT)]
    assert len(found) == 2
    for block in found:
        code = f"{block}\nprint(len(targets))"
        done = subprocess.run([sys.executable, "-c", code], cwd=package, env=environment(), check=True, capture_output=True)
        assert int(done.stdout.split()[-1]) == len(cells(package, "targets"))


def test_r(package: Path) -> None:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    for folder in (package, ROOT):
        found = blocks(folder, "r")
        assert len(found) == 1
        code = f"{found[0]}\ncat(nrow(targets))"
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", code], cwd=folder, env=environment(), check=True, capture_output=True
        )
        assert folder == ROOT or int(done.stdout) == len(cells(package, "targets"))


def test_javascript(package: Path) -> None:
    if not (shutil.which("node") and (WORK / "node" / "node_modules" / "hyparquet").is_dir()):
        pytest.skip("node or hyparquet is not installed")
    found = blocks(package, "js")
    assert len(found) == 1
    script = WORK / "node" / "page.mjs"
    script.write_text(f"{found[0]}\nconsole.log(targets.length)", encoding="utf-8")
    done = subprocess.run(["node", script], cwd=package, env=environment(), check=True, capture_output=True)
    assert int(done.stdout) == len(cells(package, "targets"))

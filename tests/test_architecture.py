"""The house: which room may import which, what DVC watches, and what the tree may not hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import grimp
import pytest
import yaml

from pipeline.core.paths import ROOT
from pipeline.stages import STAGES

DVC = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
LANGUAGE_READERS = {"source", "outline", "extract", "link", "evaluate"}


def _outs(stage: dict[str, Any]) -> list[dict[str, Any]]:
    return [*stage["outs"], *stage.get("metrics", ())]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("pipeline", cache_dir=None)


def test_rooms_keep_to_the_import_contract() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_dvc_has_one_stage_per_room_in_order() -> None:
    assert list(DVC) == list(STAGES)
    assert [stage["cmd"] for stage in DVC.values()] == [f"python -m pipeline {name}" for name in STAGES]


@pytest.mark.parametrize("name", STAGES)
def test_dvc_watches_every_module_that_a_stage_imports(name: str, graph: grimp.ImportGraph) -> None:
    deps = [dep.removesuffix(".py").replace("/", ".") for dep in DVC[name]["deps"] if dep.startswith("pipeline/")]
    room = f"pipeline.{name}"
    needed = {room, *graph.find_descendants(room), *graph.find_upstream_modules(room, as_package=True)}
    watched = {module for module in needed if any(f"{module}.".startswith(f"{dep}.") for dep in deps)}
    assert sorted(needed - watched - {"pipeline"}) == []


@pytest.mark.parametrize("name", STAGES)
def test_dvc_watches_the_lock_and_caches_nothing(name: str) -> None:
    stage = DVC[name]
    assert {"requirements.txt", "pipeline/core", "pipeline/stages.py", "pipeline/built.py"} <= set(stage["deps"])
    wanted = {"cache": False} | ({"persist": True} if name in {"source", "outline", "extract"} else {})
    assert [options for out in _outs(stage) for options in out.values()] == [wanted] * len(_outs(stage))
    assert ("pipeline/languages" in stage["deps"]) == (name in LANGUAGE_READERS)


def test_a_stage_that_watches_an_output_comes_after_the_stage_that_makes_it() -> None:
    made: set[str] = set()
    for stage in DVC.values():
        assert {dep for dep in stage["deps"] if dep.startswith("build/")} <= made
        made |= {path for out in _outs(stage) for path in out}


def test_only_the_check_stage_imports_great_expectations() -> None:
    outside = grimp.build_graph("pipeline", include_external_packages=True, cache_dir=None)
    importers = outside.find_modules_that_directly_import("great_expectations")
    assert importers
    assert {module.split(".")[1] for module in importers} == {"check"}


@pytest.mark.parametrize("heavy", ["pyarrow", "pandas", "great_expectations", "dvc", "frictionless"])
def test_the_rooms_that_read_documents_start_light(heavy: str) -> None:
    code = f"import sys, pipeline.stages, pipeline.source, pipeline.outline, pipeline.extract; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    "folder",
    [ROOT, ROOT / "benchmarks", ROOT / "tests" / "consumers", ROOT / "tests" / "browser"],
    ids=lambda folder: folder.name,
)
def test_the_lock_pins_and_hashes_everything_and_names_no_address(folder: Path) -> None:
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if not line.startswith(" ")]
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
    assert [line for line in lines if line.startswith(" ") and not line.startswith("    --hash=sha256:")] == []
    wanted = [line for line in (folder / "requirements.in").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert {line.split("<")[0] for line in wanted} <= {line.split("==")[0] for line in packages}


@pytest.mark.parametrize("folder", ["tests/consumers/node", "tests/browser/node", "pipeline/publish/site/vendor"])
def test_the_lock_of_the_javascript_hashes_everything_and_names_no_address(folder: str) -> None:
    wanted = json.loads((ROOT / folder / "package.json").read_bytes())["dependencies"]
    packages = json.loads((ROOT / folder / "package-lock.json").read_bytes())["packages"]
    assert packages.pop("")["dependencies"] == wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert all(package.keys() >= {"version", "integrity"} and "resolved" not in package for package in packages.values())


@pytest.mark.parametrize("path", sorted((ROOT / "pipeline").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small_and_future_proof(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    assert path.name == "__init__.py" or "from __future__ import annotations" in text

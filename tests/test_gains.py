from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.evaluate import Fault
from pipeline.gains import change_lines, changes
from tests.test_build import copy_of, run

pytestmark = pytest.mark.xdist_group("build")


def fault(start: int, what: str = "missed", found: str | None = None, table: str = "bodies", language: str = "en") -> Fault:
    return Fault(
        text_id=f"doc.{language}", language=language, table=table, what=what, field="role" if what == "value" else None, char_start=start,
        char_end=start + 4, quote="Board", found=found, gold="lead" if what == "value" else None, doubt=start > 50,
    )  # fmt: skip


def test_what_is_gone_is_gained_and_what_is_new_is_lost() -> None:
    before = [fault(0), fault(10), fault(20, "value", "participant"), fault(30, "value", "implementer")]
    after = [fault(10), fault(20, "value", "participant"), fault(30, "value", "approver"), fault(40, "extra", "Fog")]
    assert [(change.what, change.fault.char_start) for change in changes(before, after)] == [
        ("gained", 0), ("changed", 30), ("lost", 40),
    ]  # fmt: skip


def test_the_same_faults_are_no_change() -> None:
    assert list(change_lines(changes([fault(0)], [fault(0)]))) == ["no row is read otherwise"]


def test_changes_are_counted_by_table_and_language_and_shown_row_by_row() -> None:
    before = [fault(0), fault(60, language="zh"), fault(30, "value", "implementer")]
    after = [fault(30, "value", "approver"), fault(7, "extra", table="goals")]
    assert [" ".join(line.split()) for line in change_lines(changes(before, after))] == [
        "bodies en: 1 gained, 0 lost, 1 changed",
        "gained missed doc.en 0–4 'Board'",
        "changed value role doc.en 30–34 'Board': 'approver', was 'implementer', gold 'lead'",
        "bodies zh: 1 gained, 0 lost, 0 changed",
        "gained missed doc.zh 60–64 'Board' (doubted)",
        "goals en: 0 gained, 1 lost, 0 changed",
        "lost extra doc.en 7–11 'Board'",
    ]


def git(checkout: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=checkout, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_changed_rule_shows_what_it_loses(tmp_path: Path) -> None:
    checkout = copy_of(Path(__file__).resolve().parent.parent, tmp_path / "checkout")
    (checkout / ".gitignore").write_text("/build/\n__pycache__/\n/.dvc/tmp/\n", encoding="utf-8")
    git(checkout, "init", "--quiet")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "before")
    path = checkout / "pipeline" / "extract" / "__init__.py"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"quantities": extract_quantities', '"quantities": lambda _: ((), ())')
    )
    status, folders = git(checkout, "status", "--porcelain"), sorted(each.name for each in tmp_path.iterdir())
    done = run(checkout, "gains", TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "quantities zh: " in done.stdout
    assert "lost    missed" in done.stdout
    assert "bodies" not in done.stdout
    assert git(checkout, "status", "--porcelain") == status
    assert sorted(each.name for each in tmp_path.iterdir()) == folders
    assert not (checkout / "build").exists()
    wrong = run(checkout, "gains", "--base", "no-such-commit")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)

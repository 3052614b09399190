"""The command line as a user meets it: every fault is one line and has its exit code."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import __main__ as cli
from pipeline import commands, repro
from pipeline.accuracy import accuracy_csv
from pipeline.built import read_outlines
from pipeline.core.errors import BusyError, EnvironmentFault, InputError, IntegrityError, PipelineError, ValidationError
from pipeline.core.model import Section, Text
from pipeline.core.paths import ROOT
from pipeline.core.store import write_lines
from pipeline.folders import only_run, refuse_special, whole_folder
from pipeline.options import parser
from pipeline.parse import MANIFEST, refuse_foreign
from pipeline.progress import track
from pipeline.stages import STAGES

PLAIN = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}


def run(*arguments: str, locale: str = "C") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=PLAIN | {"LC_ALL": locale})


def one_line(output: bytes) -> str:
    text = output.decode("utf-8")
    assert text.endswith("\n")
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


def test_help_tells_the_whole_story() -> None:
    done = run("--help")
    assert done.returncode == 0
    text = done.stdout.decode("utf-8")
    for name in (
        *STAGES,
        "build",
        "summary",
        "accuracy",
        "gains",
        "rules",
        "add",
        "parse",
        "diff",
        "bump",
        "release",
        "serve",
        "yank",
        "verify",
        "exit codes",
        "141",
    ):
        assert name in text


@pytest.mark.parametrize(
    "name",
    [*STAGES, "build", "summary", "accuracy", "gains", "rules", "add", "parse", "diff", "bump", "release", "yank", "verify"],
)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args([name, "--help"])
    assert caught.value.code == 0
    assert name in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["sum\nmary"],
        ["source", "--jobs", "0"],
        ["source", "--jobs", "-1"],
        ["source", "--jobs", "two"],
        ["source", "--jobs", "９"],
        ["source", "extra"],
        ["link", "--jobs", "2"],
        ["parse", "file"],
        ["parse", "", "--out", "x"],
        ["parse", "no/such/file.txt", "--out", "no/such/folder"],
        ["add"],
        ["add", "no/such/file.txt"],
        ["add", "README.md\n"],
        ["verify", "no/such/folder"],
        ["verify", "Makefile"],
        ["diff", "no/such/folder"],
        ["diff", "9.9.9", "0.1.0"],
        ["diff", "0.1.0", "0.1.0", "--most", "0"],
        ["bump"],
        ["bump", "--date", "tomorrow"],
        ["yank", "9.9.9", "--reason", "wrong"],
        ["yank", "0.1.0"],
    ],
)
def test_input_that_cannot_be_used_is_one_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    one_line(done.stderr)


def test_a_name_that_is_not_utf8_is_one_line() -> None:
    command = [os.fsencode(sys.executable), b"-m", b"pipeline", b"verify", b"\xff\xfe"]
    done = subprocess.run(command, cwd=ROOT, env=PLAIN, capture_output=True, check=False)
    assert done.returncode == 2
    assert "is not a UTF-8 name" in one_line(done.stderr)


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "no_SUCH.locale"])
def test_names_in_any_script_are_told_in_any_locale(locale: str, tmp_path: Path) -> None:
    done = run("verify", str(tmp_path / "政策 a"), locale=locale)
    assert done.returncode == 2
    assert "政策 a: is not a folder" in one_line(done.stderr)


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "pipeline", "--help"]
        done = subprocess.run(command, cwd=ROOT, env=PLAIN, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4
    assert "No space left" in one_line(done.stderr)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("a", "b", "c"), 2),
        (ValidationError("a", "b", "c"), 3),
        (EnvironmentFault("a", "b", "c"), 4),
        (BusyError("a", "b", "c"), 5),
        (IntegrityError("a", "b", "c"), 6),
        (MemoryError(), 4),
        (OSError(errno.EACCES, "Permission denied", "some\nfile"), 4),
        (OSError("odd"), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_what_a_user_can_cause_has_its_exit_code(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise error

    assert cli._guarded(fail) == code
    one_line(capsys.readouterr().err.encode())


def test_a_stage_leaves_its_exit_code_for_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(repro.STATUS, str(tmp_path / "status"))
    assert cli._fail(ValidationError("a", "b", "c")) == 3
    assert (tmp_path / "status").read_text() == "3"


# The lock


def test_only_one_run_at_a_time(tmp_path: Path) -> None:
    with only_run(tmp_path / "build" / ".lock"):
        with pytest.raises(BusyError, match=f"process {os.getpid()}"):
            with only_run(tmp_path / "build" / ".lock"):
                pass
    with only_run(tmp_path / "build" / ".lock"):
        pass


def test_a_run_that_was_killed_holds_no_lock(tmp_path: Path) -> None:
    code = "import os, pathlib, sys; from pipeline.folders import only_run; only_run(pathlib.Path(sys.argv[1])).__enter__(); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "l")], cwd=ROOT, check=False).returncode == 9
    with only_run(tmp_path / "l"):
        pass


def test_a_lock_without_a_process_number_is_still_a_lock(tmp_path: Path) -> None:
    with (tmp_path / "l").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="unknown"):
            with only_run(tmp_path / "l"):
                pass


# Folders


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    for content in ("one", "two"):
        with whole_folder(tmp_path / "out") as folder:
            (folder / content).write_text(content)
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "two"]


def test_a_folder_stays_as_it_was_when_its_making_fails(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out") as folder:
        (folder / "old").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        with whole_folder(tmp_path / "out") as folder:
            (folder / "half").write_text("ha")
            raise KeyboardInterrupt
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "old"]


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    for name in (".out.new", ".out.old"):
        (tmp_path / name / "deep").mkdir(parents=True)
    with whole_folder(tmp_path / "out") as folder:
        (folder / "new").write_text("new")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "out"]


def test_special_files_are_refused_before_anything_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link").symlink_to("nowhere")
    refuse_special(tmp_path)
    os.mkfifo(tmp_path / "a" / "fifo")
    with pytest.raises(InputError, match="fifo: is not a regular file"):
        refuse_special(tmp_path)


# What a killed DVC leaves


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".dvc" / "tmp").mkdir(parents=True)
    (tmp_path / "dvc.yaml").write_text("stages: {}\n")
    monkeypatch.setattr(repro, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [".dvc/tmp/rwlock", "dvc.lock"])
@pytest.mark.parametrize("content", [b"", b"\x00\x00\x00", b'{"a": ', b"\xff"])
def test_a_file_that_dvc_left_unreadable_is_removed_and_told(
    checkout: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / name).write_bytes(content)
    repro._mend()
    assert not (checkout / name).exists()
    assert one_line(capsys.readouterr().err.encode()).startswith(f"{name}: ")


def test_a_readable_lock_file_is_left_alone(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "dvc.lock").write_text("schema: '2.0'\n")
    repro._mend()
    assert (checkout / "dvc.lock").exists()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "held", ['{{"a": {{"write": {{"pid": {0}, "cmd": "x"}}}}}}', '{{"a": {{"read": [{{"pid": {0}, "cmd": "x"}}]}}}}']
)
def test_locks_of_a_dead_dvc_are_removed_and_those_of_a_living_one_kept(checkout: Path, held: str) -> None:
    path = checkout / ".dvc/tmp/rwlock"
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    path.write_text(held.format(ended.pid))
    repro._mend()
    assert not path.exists()
    path.write_text(held.format(os.getpid()))
    with pytest.raises(BusyError, match=f"process {os.getpid()}"):
        repro._mend()
    assert path.exists()


def test_locks_of_a_process_that_nobody_waited_for_are_removed(checkout: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read()
    (checkout / ".dvc/tmp/rwlock").write_text(f'{{"a": {{"write": {{"pid": {process.pid}, "cmd": "x"}}}}}}')
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    repro._mend()
    assert not (checkout / ".dvc/tmp/rwlock").exists()
    process.communicate()


# parse: the folder that it may write over


def test_parse_takes_a_new_or_an_empty_folder(tmp_path: Path) -> None:
    refuse_foreign(tmp_path)
    refuse_foreign(tmp_path / "new")


@pytest.mark.parametrize("name", ["notes.txt", "a/b/notes.txt", MANIFEST])
def test_parse_refuses_a_folder_that_holds_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match="not what `parse` wrote before"):
        refuse_foreign(tmp_path)


def test_parse_refuses_a_file_and_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(InputError, match="is not a folder"):
            refuse_foreign(tmp_path / name)


# Progress


def test_progress_passes_everything_on_and_is_quiet_when_quick(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(iter("abc"), 3, "things")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_progress_is_plain_lines_in_a_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("pipeline.progress.BETWEEN", (0.0, 0.0))
    list(track(range(2), 1200, "things"))
    assert capsys.readouterr().err == "things: 0 of 1,200\nthings: 1 of 1,200\n"


# Where nothing is built, or nothing is annotated


def one_error(run: Callable[[], object], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line of a command that can do nothing."""
    assert cli._guarded(lambda: (run() and 0) or 0) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return one_line(captured.err.encode())


@pytest.mark.parametrize("stage", [name for name in STAGES if name != "source"])
def test_a_stage_without_what_comes_before_it_says_so(stage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = one_error(lambda: STAGES[stage](tmp_path / "build", None), capsys)
    assert str(tmp_path) in line
    assert not (tmp_path / "build" / stage).exists()


def test_accuracy_without_figures_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "BUILD", tmp_path)
    options = parser().parse_args(["accuracy"])
    assert "is not there; run `make`" in one_error(lambda: options.run(options), capsys)
    (tmp_path / "evaluate").mkdir()
    (tmp_path / "evaluate" / "accuracy.csv").write_bytes(accuracy_csv([]))
    assert "holds no figures, since no text has gold" in one_error(lambda: options.run(options), capsys)


def test_gains_without_gold_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("pipeline.gains._commit", lambda base: "a" * 40)
    monkeypatch.setattr("pipeline.gains.SETTLED", tmp_path)
    options = parser().parse_args(["gains"])
    assert "holds no gold to compare with" in one_error(lambda: options.run(options), capsys)


def test_a_reading_of_a_text_that_is_gone_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = Text(
        text_id="doc.en", document_id="doc", source_id="doc/en", language="en", translation_status="original", completeness="full",
        char_start=0, char_end=5, paragraphs=(),
    )  # fmt: skip
    section = Section(
        section_id="doc.old:s1", text_id="doc.old", parent_id=None, position=0, level=1, kind="section", label=None, number=None,
        section_number="s1", heading=None, run_in=False, text="x", char_start=0, char_end=1, heading_start=None, heading_end=None,
    )  # fmt: skip
    write_lines(tmp_path / "source/doc/texts.jsonl", [text])
    write_lines(tmp_path / "outline/doc/sections.jsonl", [section])
    write_lines(tmp_path / "outline/doc/sentences.jsonl", [])
    assert "outline/doc: tells of doc.old, which is no text" in one_error(lambda: read_outlines(tmp_path, "doc"), capsys)


def test_a_status_that_could_not_be_written_is_a_fault_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(repro.STATUS, str(tmp_path / "no" / "folder"))
    assert cli._fail(ValidationError("a", "b", "c")) == 3
    (tmp_path / "status").write_bytes(b"")
    assert [repro._exit_code(tmp_path / name) for name in ("status", "none")] == [4, 4]


def test_pipeline_errors_are_all_known_to_the_command_line() -> None:
    assert {kind.exit_code for kind in PipelineError.__subclasses__()} >= {2, 3, 4, 5, 6}

"""The command line: `python -m pipeline --help`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from pipeline.core.errors import EnvironmentFault, InputError, PipelineError
from pipeline.core.paths import BUILD, DIST, ROOT

STORY = """\
National policy documents in, validated data packages out.

The main job is `make`: it installs what is needed, runs `build` and shows `summary`. Documents are in raw/, one folder each; to add
one, run `add`, look at the document.yaml that it makes, and run `make` again. To try a document without adding it, run `parse`.
"""
EXIT_CODES = """\
exit codes: 0 done, 2 input that cannot be used, 3 data that break their rules, 4 disk, memory or permission, 5 another run is at
work, 6 bytes that are not what their checksum says, 130 interrupted. Each error is one line: where, why, and what to do.
"""
STAGE_HELP = {
    "source": "raw/ to build/source: decode the files, find the texts in them",
    "outline": "build/source to build/outline: sections and sentences",
    "extract": "build/outline to build/extract: objectives, quantities, bodies, instruments",
    "link": "build/extract to build/link: one record for all language versions of a thing",
    "tables": "build/link to build/tables: typed tables",
    "check": "build/tables to build/check: keys, spans, codes and expectations; exit code 3 where one fails",
    "evaluate": "build/outline and build/extract against tests/gold/settled to build/evaluate: how right the rows are",
    "publish": "build/tables to build/package: what a release would be",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the options in one line."""

    def error(self, message: str) -> NoReturn:
        raise InputError(self.prog, message, f"see `{self.prog} --help`")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = _guarded(lambda: _run(arguments))
    return _guarded(partial(_flush, code))


def _run(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    result = options.run(options)
    return result if isinstance(result, int) else 0


def _guarded(run: Callable[[], int]) -> int:
    """Run, and turn whatever a user can cause into one line and an exit code."""
    try:
        return run()
    except SystemExit as end:
        return int(end.code or 0)
    except PipelineError as error:
        return _fail(error)
    except BrokenPipeError:
        _drop_output()
        return 141
    except KeyboardInterrupt:
        print("interrupted; nothing is half written, run it again when you like", file=sys.stderr)
        return 130
    except MemoryError:
        return _fail(EnvironmentFault("memory", "is used up", "close other programs or use fewer --jobs"))
    except OSError as error:
        where = error.filename if error.filename is not None else "system"
        return _fail(EnvironmentFault(where, error.strerror or str(error), "check disk, path and permissions"))


def _fail(error: PipelineError) -> int:
    from pipeline.repro import StageError

    if not isinstance(error, StageError):
        print(error, file=sys.stderr)
    if status := os.environ.get("PIPELINE_STATUS"):
        Path(status).write_text(str(error.exit_code), encoding="ascii")
    return error.exit_code


def _flush(code: int) -> int:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _drop_output()
            raise EnvironmentFault("standard output", error.strerror or str(error), "free some space") from error
    return code


def _drop_output() -> None:
    """Keep the interpreter from flushing to where nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = Parser(
        prog="python -m pipeline", description=STORY, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    build = command("build", _build, "run every stage whose input changed, then show the summary")
    build.add_argument("--force", action="store_true", help="run every stage")
    command("summary", _summary, "what build/ holds, and how it differs from the released version")
    accuracy = command("accuracy", _accuracy, "how right the rows of the last build are, by table, field and language")
    accuracy.add_argument("--write", action="store_true", help="put the figures into README.md and tests/gold/README.md, too")
    gains = command("gains", _gains, "what the working tree reads better and worse than a commit, row by row, on the same gold")
    gains.add_argument("--base", metavar="REV", default="HEAD", help="the commit to compare with (default: the last)")
    rules = command("rules", _rules, "which rule fires how often on which document of raw/ and on more files")
    rules.add_argument("files", type=_path, metavar="FILE", nargs="*", help="plain text, as for parse")
    for name, text in STAGE_HELP.items():
        stage = command(name, partial(_stage, name), text)
        if name in ("source", "outline", "extract"):
            stage.add_argument("--jobs", type=_count, help="processes side by side (default: by number of documents)")
    add = command("add", _add, "make a raw/ folder for a document, with a document.yaml filled in as far as the text tells")
    add.add_argument("file", type=_path, metavar="FILE", help="plain text: UTF-8, UTF-16 or GB18030")
    add.add_argument("--id", metavar="ID", help="name of the new folder, such as cn-2016-outline (default: from the text)")
    parse = command("parse", _parse, "read one document from anywhere into tables, as CSV and Parquet")
    parse.add_argument("file", type=_path, metavar="FILE", help="plain text: UTF-8, UTF-16 or GB18030")
    parse.add_argument(
        "--out", type=_path, metavar="DIR", required=True, help="a new or empty folder, or what `parse` wrote before"
    )
    diff = command("diff", _diff, "what differs between two packages: columns, rows by key, old and new values")
    diff.add_argument("old", metavar="OLD", nargs="?", help="a version, a folder, or `build` (default: the latest release)")
    diff.add_argument("new", metavar="NEW", nargs="?", default="build", help="the same (default: build/package)")
    diff.add_argument("--most", type=_count, default=5, metavar="N", help="changes to show of each table (default: 5)")
    diff.add_argument("--out", type=_path, metavar="DIR", help="write all of them there, as CSV and Parquet, with a summary")
    bump = command("bump", _bump, "give build/package the smallest version that its changes allow, and CHANGELOG.md an entry")
    bump.add_argument("--date", metavar="YYYY-MM-DD", required=True, help="the date that the release will carry")
    bump.add_argument("--note", metavar="TEXT", help="a line for CHANGELOG.md that says what people should know")
    compare = command("compare", _compare, "two versions of a document side by side, with what differs; run `make` first")
    compare.add_argument("document", metavar="DOCUMENT", help="such as cn-2016-outline")
    compare.add_argument(
        "--text", metavar="EDITION", help="the version to compare the first with, such as en-mt (default: the second)"
    )
    command("release", _release, "verify build/package and put it into dist/ as a new version")
    archive = command("archive", _archive, "make a zip, a spreadsheet and a database of a package, one file each")
    archive.add_argument(
        "package", metavar="PACKAGE", nargs="?", default="build", help="a version, a folder, or `build` (default)"
    )
    archive.add_argument("--out", type=_path, metavar="DIR", help="where they go (default: build/archive/<version>)")
    yank = command("yank", _yank, "mark a released version as one that should not be used; its files stay")
    yank.add_argument("version", metavar="VERSION", help="such as 0.1.0")
    yank.add_argument("--reason", metavar="TEXT", required=True, help="what is wrong with it, in a line")
    verify = command("verify", _verify, "check a release against its checksums, its schema and its texts")
    verify.add_argument("folder", type=_path, metavar="DIR", help="such as dist/0.1.0")
    return top


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1024")
    return int(text)


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty path")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a UTF-8 name")
    return Path(text)


def _build(options: argparse.Namespace) -> None:
    from pipeline.repro import build_all

    build_all(BUILD, force=options.force)
    _summary(options)


def _summary(options: argparse.Namespace) -> None:
    from pipeline.summary import summary_lines

    for line in summary_lines(BUILD, DIST):
        print(line)


def _accuracy(options: argparse.Namespace) -> None:
    from pipeline.accuracy import accuracy_lines, read_figures, write_pages
    from pipeline.summary import shown

    figures = read_figures(BUILD / "evaluate" / "accuracy.csv")
    for line in accuracy_lines(figures):
        print(line)
    for path in write_pages(figures) if options.write else ():
        print(f"{shown(path)}: brought up to date")


def _gains(options: argparse.Namespace) -> None:
    from pipeline.gains import gain_lines

    for line in gain_lines(options.base):
        print(line)


def _rules(options: argparse.Namespace) -> None:
    from pipeline.core.store import write_atomic
    from pipeline.firing import known_rules, read_all, report_csv, report_lines, rows
    from pipeline.summary import shown

    rules = known_rules()
    table = rows(read_all(options.files), rules)
    for line in report_lines(table, rules):
        print(line)
    write_atomic(BUILD / "rules.csv", report_csv(table))
    print(f"{shown(BUILD / 'rules.csv')}: every rule and document")


def _stage(name: str, options: argparse.Namespace) -> None:
    from pipeline.folders import only_run
    from pipeline.stages import STAGES

    with only_run(BUILD / ".lock"):
        STAGES[name](BUILD, getattr(options, "jobs", None))


def _add(options: argparse.Namespace) -> None:
    from pipeline.source import add_file
    from pipeline.summary import shown

    folder = add_file(options.file, options.id)
    print(f"{shown(folder)}: made; read {shown(folder / 'document.yaml')}, correct it, and run `make`")


def _parse(options: argparse.Namespace) -> None:
    from pipeline.parse import parse_file

    for line in parse_file(options.file, options.out):
        print(line)


def _diff(options: argparse.Namespace) -> None:
    from pipeline.core.store import write_atomic
    from pipeline.publish import Edition, diff, diff_files, diff_lines, package_folder
    from pipeline.summary import shown

    old, new = (package_folder(name, BUILD / "package", DIST) for name in (options.old, options.new))
    found = diff(Edition.open(old), Edition.open(new))
    print(f"{shown(old)} → {shown(new)}")
    for line in diff_lines(found, options.most):
        print(line)
    for path, data in diff_files(found).items() if options.out else ():
        write_atomic(options.out / Path(path).name, data)
        print(f"{shown(options.out / Path(path).name)}: written")


def _bump(options: argparse.Namespace) -> None:
    from pipeline.core.schema import load_schema
    from pipeline.folders import only_run
    from pipeline.publish.numbering import bump

    with only_run(BUILD / ".build.lock"):
        for line in bump(BUILD / "package", DIST, ROOT, load_schema().package.version, options.date, options.note):
            print(line)


def _compare(options: argparse.Namespace) -> None:
    from pipeline.compare import Screen, compare

    compare(BUILD, options.document, options.text, Screen())


def _release(options: argparse.Namespace) -> None:
    from pipeline.core.schema import load_schema
    from pipeline.folders import only_run
    from pipeline.publish import release
    from pipeline.publish.numbering import CHANGELOG, write_changelog
    from pipeline.repro import build_all

    with only_run(BUILD / ".build.lock"):
        made = release(BUILD / "package", DIST, load_schema().package.version, say=lambda line: print(line, file=sys.stderr))
        print(f"{made.folder}: {'released' if made.new else 'was released before, with the same content'}")
        if write_changelog(ROOT / CHANGELOG, made.version, made.date, made.changes):
            print(f"{CHANGELOG}: entry {made.version} brought up to date")
    build_all(BUILD)  # dvc.lock names the index of releases, which has changed


def _archive(options: argparse.Namespace) -> None:
    from pipeline.core.store import write_atomic
    from pipeline.publish import package_folder
    from pipeline.publish.archive import archive
    from pipeline.summary import shown

    version, files = archive(package_folder(options.package, BUILD / "package", DIST))
    out = options.out or BUILD / "archive" / version
    for name, data in files.items():
        write_atomic(out / name, data)
        print(f"{shown(out / name)}: {len(data):,} bytes")


def _yank(options: argparse.Namespace) -> None:
    from pipeline.publish import yank

    new = yank(DIST, options.version, options.reason)
    print(f"{DIST / 'index.json'}: {options.version} {'is' if new else 'was'} marked as taken back; run `make`, for dvc.lock")


def _verify(options: argparse.Namespace) -> None:
    from pipeline.publish import verify

    if not options.folder.is_dir():
        raise InputError(options.folder, "is not a folder", "name the folder of a release, such as dist/0.1.0")
    found = verify(options.folder, say=lambda line: print(line, file=sys.stderr))
    rows = sum(found.rows.values())
    print(f"{options.folder}: version {found.version}, {found.files} files, {rows:,} rows and {found.spans:,} passages hold")
    if found.yanked:
        print(f"but version {found.version} has been taken back: {found.yanked}", file=sys.stderr)


if __name__ == "__main__":
    if sys.getfilesystemencoding() != "utf-8":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {"PYTHONUTF8": "1"})  # noqa: S606
    sys.exit(main(sys.argv[1:]))

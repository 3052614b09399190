"""The commands and their options: what `python -m pipeline --help` tells."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from pipeline import commands as run
from pipeline.core.errors import InputError

STORY = """\
National policy documents in, validated data packages out.

The main job is `make`: it installs what is needed, runs `build` and shows `summary`. Documents are in raw/, one folder each; to add
one, run `add`, look at the document.yaml that it makes, and run `make` again. To try a document without adding it, run `parse`.
"""
EXIT_CODES = """\
exit codes: 0 done, 2 input that cannot be used, 3 data that break their rules, 4 disk, memory or permission, 5 another run is at
work, 6 bytes that are not what their checksum says, 130 interrupted, 141 whoever read the output has stopped reading. Each error is
one line: where, why, and what to do.
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
BY_DOCUMENT = ("source", "outline", "extract")
PLAIN_TEXT = "plain text: UTF-8, UTF-16 or GB18030"

Run = Callable[[argparse.Namespace], int | None]


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the options in one line."""

    def error(self, message: str) -> NoReturn:
        raise InputError(self.prog, message, f"see `{self.prog} --help`")


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = Parser(
        prog="python -m pipeline", description=STORY, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)

    def command(name: str, run: Run, text: str, more: str = "") -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=f"{text}. {more}".strip() if more else text)
        added.set_defaults(run=run)
        return added

    _building(command)
    _measuring(command)
    _reading(command)
    _releasing(command)
    return top


def _building(command: Callable[..., argparse.ArgumentParser]) -> None:
    build = command("build", run.run_build, "run every stage whose input changed, then show the summary")
    build.add_argument("--force", action="store_true", help="run every stage")
    command("summary", run.run_summary, "what build/ holds, and how it differs from the released version")
    for name, text in STAGE_HELP.items():
        stage = command(name, partial(run.run_stage, name), text)
        if name in BY_DOCUMENT:
            stage.add_argument("--jobs", type=_count, help="processes side by side (default: by number of documents)")


def _measuring(command: Callable[..., argparse.ArgumentParser]) -> None:
    accuracy = command("accuracy", run.run_accuracy, "how right the rows of the last build are, by table, field and language")
    accuracy.add_argument(
        "--write", action="store_true",
        help="put the figures into README.md, and the agreement of the two annotators into tests/gold/README.md and tests/gold/agreement.csv",
    )  # fmt: skip
    gains = command(
        "gains", run.run_gains, "what the working tree reads better and worse than a commit, row by row, on the same gold"
    )
    gains.add_argument("--base", metavar="REV", default="HEAD", help="the commit to compare with (default: the last)")
    rules = command(
        "rules", run.run_rules, "which rule fires how often on which document of raw/ and on more files",
        "All of raw/ is read anew; the table with every rule and document is written to build/rules.csv.",
    )  # fmt: skip
    rules.add_argument("files", type=_path, metavar="FILE", nargs="*", help=f"more documents, {PLAIN_TEXT}")


def _reading(command: Callable[..., argparse.ArgumentParser]) -> None:
    add = command(
        "add",
        run.run_add,
        "make a raw/ folder for a document, with a document.yaml filled in as far as the text tells, or add to one",
    )
    add.add_argument("file", type=_path, metavar="FILE", help=PLAIN_TEXT)
    where = add.add_mutually_exclusive_group()
    where.add_argument("--id", metavar="ID", help="name of the new folder, such as cn-2016-outline (default: from the text)")
    where.add_argument("--to", metavar="ID", help="add the file to this document of raw/, as another language version of it")
    parse = command("parse", run.run_parse, "read one document from anywhere into tables, as CSV and Parquet")
    parse.add_argument("file", type=_path, metavar="FILE", help=PLAIN_TEXT)
    parse.add_argument(
        "--out", type=_path, metavar="DIR", required=True, help="a new or empty folder, or what `parse` wrote before"
    )
    compare = command("compare", run.run_compare, "two versions of a document side by side, with what differs; run `make` first")
    compare.add_argument("document", metavar="DOCUMENT", help="such as cn-2016-outline")
    compare.add_argument(
        "--text", metavar="EDITION", help="the version to compare the first with, such as en-mt (default: the second)"
    )


def _releasing(command: Callable[..., argparse.ArgumentParser]) -> None:
    diff = command("diff", run.run_diff, "what differs between two packages: columns, rows by key, old and new values")
    diff.add_argument("old", metavar="OLD", nargs="?", help="a version, a folder, or `build` (default: the latest release)")
    diff.add_argument("new", metavar="NEW", nargs="?", default="build", help="the same (default: build/package)")
    diff.add_argument("--most", type=_count, default=5, metavar="N", help="changes to show of each table (default: 5)")
    diff.add_argument("--out", type=_path, metavar="DIR", help="write all of them there, as CSV and Parquet, with a summary")
    bump = command(
        "bump", run.run_bump, "give build/package the smallest version that its changes since the last release allow",
        "Writes the version and its date into schemas/package.yaml and CITATION.cff, and an entry into CHANGELOG.md: all three, or none "
        "where one cannot be written. A larger version that schemas/package.yaml names already is kept. Run `make` before and after.",
    )  # fmt: skip
    bump.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        required=True,
        help="the date that the release will carry, not before that of the last one",
    )
    bump.add_argument("--note", metavar="TEXT", help="a line for CHANGELOG.md that says what people should know")
    command("release", run.run_release, "verify build/package and put it into dist/ as a new version")
    archive = command("archive", run.run_archive, "make a zip, a spreadsheet and a database of a package, one file each")
    archive.add_argument(
        "package", metavar="PACKAGE", nargs="?", default="build", help="a version, a folder, or `build` (default)"
    )
    archive.add_argument("--out", type=_path, metavar="DIR", help="where they go (default: build/archive/<version>)")
    serve = command(
        "serve", run.run_serve, "show the site of a package in a browser on this machine",
        "Exit codes: 0 ended by Ctrl-C, 2 there is no site, 4 the port cannot be had.",
    )  # fmt: skip
    serve.add_argument("package", metavar="PACKAGE", nargs="?", default="build", help="a version, a folder, or `build` (default)")
    serve.add_argument("--port", type=_port, default=8000, help="on 127.0.0.1 (default: 8000); 0 takes any that is free")
    yank = command("yank", run.run_yank, "mark a released version as one that should not be used; its files stay")
    yank.add_argument("version", metavar="VERSION", help="such as 0.1.0")
    yank.add_argument("--reason", metavar="TEXT", required=True, help="what is wrong with it, in a line")
    verify = command("verify", run.run_verify, "check a release against its checksums, its schema and its texts")
    verify.add_argument("folder", type=_path, metavar="DIR", help="such as dist/0.1.0")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1024")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty path")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a UTF-8 name")
    return Path(text)

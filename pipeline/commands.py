"""What each command does: look at its options, call what does the work, print what came of it.

The work is imported where it is called, so that a command pays only for what it needs.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.paths import BUILD, DIST, ROOT


def run_build(options: argparse.Namespace) -> None:
    """`build`: every stage whose input changed, then the summary."""
    from pipeline.repro import build_all

    build_all(BUILD, force=options.force)
    run_summary(options)


def run_summary(options: argparse.Namespace) -> None:
    """`summary`: what the build holds."""
    from pipeline.summary import summary_lines

    for line in summary_lines(BUILD, DIST):
        print(line)


def run_accuracy(options: argparse.Namespace) -> None:
    """`accuracy`: the figures of the last build. Raises InputError where no text has gold."""
    from pipeline.accuracy import SETTLED, accuracy_lines, read_figures, write_pages
    from pipeline.summary import shown

    path = BUILD / "evaluate" / "accuracy.csv"
    figures = read_figures(path)
    if not figures:
        raise InputError(path, "holds no figures, since no text has gold", f"annotate one in {shown(SETTLED)}/, then run `make`")
    for line in accuracy_lines(figures):
        print(line)
    for page in write_pages(figures) if options.write else ():
        print(f"{shown(page)}: brought up to date")


def run_gains(options: argparse.Namespace) -> None:
    """`gains`: what the working tree reads better and worse than a commit."""
    from pipeline.gains import gain_lines

    for line in gain_lines(options.base):
        print(line)


def run_rules(options: argparse.Namespace) -> None:
    """`rules`: which rule fires how often."""
    from pipeline.core.store import write_atomic
    from pipeline.firing import known_rules, read_all, report_csv, report_lines, rows
    from pipeline.summary import shown

    rules = known_rules()
    table = rows(read_all(options.files), rules)
    for line in report_lines(table, rules):
        print(line)
    write_atomic(BUILD / "rules.csv", report_csv(table))
    print(f"{shown(BUILD / 'rules.csv')}: every rule and document")


def run_stage(name: str, options: argparse.Namespace) -> None:
    """One stage alone, which no other run may disturb."""
    from pipeline.folders import only_run
    from pipeline.stages import STAGES

    with only_run(BUILD / ".lock"):
        STAGES[name](BUILD, getattr(options, "jobs", None))


def run_add(options: argparse.Namespace) -> None:
    """`add`: a folder of raw/ for a document, or one more file in it."""
    from pipeline.source import add_file, add_version
    from pipeline.summary import shown

    folder = add_version(options.file, options.to) if options.to else add_file(options.file, options.id)
    done = "added to, as a translation of what is there" if options.to else "made"
    print(f"{shown(folder)}: {done}; read {shown(folder / 'document.yaml')}, correct it, and run `make`")


def run_parse(options: argparse.Namespace) -> None:
    """`parse`: one document from anywhere."""
    from pipeline.parse import parse_file

    for line in parse_file(options.file, options.out):
        print(line)


def run_diff(options: argparse.Namespace) -> None:
    """`diff`: what differs between two packages."""
    from pipeline.core.store import write_together
    from pipeline.publish import Edition, diff, diff_files, diff_lines, package_folder
    from pipeline.summary import shown

    old, new = (package_folder(name, BUILD / "package", DIST) for name in (options.old, options.new))
    found = diff(Edition.open(old), Edition.open(new))
    print(f"{shown(old)} → {shown(new)}")
    for line in diff_lines(found, options.most):
        print(line)
    files = {options.out / Path(path).name: data for path, data in diff_files(found).items()} if options.out else {}
    write_together(files)
    for path in files:
        print(f"{shown(path)}: written")


def run_bump(options: argparse.Namespace) -> None:
    """`bump`: the next version, written where it stands."""
    from pipeline.core.schema import load_schema
    from pipeline.folders import only_run
    from pipeline.publish.numbering import bump

    with only_run(BUILD / ".build.lock"):
        for line in bump(BUILD / "package", DIST, ROOT, load_schema().package.version, options.date, options.note):
            print(line)


def run_compare(options: argparse.Namespace) -> None:
    """`compare`: two versions of a document side by side."""
    from pipeline.compare import Screen, compare

    compare(BUILD, options.document, options.text, Screen())


def run_release(options: argparse.Namespace) -> None:
    """`release`: build/package becomes a version in dist/."""
    from pipeline.core.schema import load_schema
    from pipeline.core.store import read_text
    from pipeline.folders import only_run
    from pipeline.publish import release
    from pipeline.publish.numbering import CHANGELOG, write_changelog
    from pipeline.repro import build_all

    with only_run(BUILD / ".build.lock"):
        if (ROOT / CHANGELOG).exists():
            read_text(ROOT / CHANGELOG)  # nothing is released that cannot be told there
        made = release(BUILD / "package", DIST, load_schema().package.version, say=lambda line: print(line, file=sys.stderr))
        print(f"{made.folder}: {'released' if made.new else 'was released before, with the same content'}")
        if write_changelog(ROOT / CHANGELOG, made.version, made.date, made.changes):
            print(f"{CHANGELOG}: entry {made.version} brought up to date")
    build_all(BUILD)  # dvc.lock names the index of releases, which has changed


def run_archive(options: argparse.Namespace) -> None:
    """`archive`: a package as one file each for people who download it whole."""
    from pipeline.core.store import write_together
    from pipeline.publish import package_folder
    from pipeline.publish.archive import archive
    from pipeline.summary import shown

    version, files = archive(package_folder(options.package, BUILD / "package", DIST))
    out = options.out or BUILD / "archive" / version
    write_together({out / name: data for name, data in files.items()})
    for name, data in files.items():
        print(f"{shown(out / name)}: {len(data):,} bytes")


def run_serve(options: argparse.Namespace) -> None:
    """`serve`: the site of a package in a browser on this machine, until it is interrupted."""
    from pipeline.publish import package_folder
    from pipeline.serve import open_server

    with open_server(package_folder(options.package, BUILD / "package", DIST), options.port) as server:
        print(f"{server.address} (Ctrl-C ends it)", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def run_yank(options: argparse.Namespace) -> None:
    """`yank`: a version is marked as one that should not be used."""
    from pipeline.publish import yank

    new = yank(DIST, options.version, options.reason)
    print(f"{DIST / 'index.json'}: {options.version} {'is' if new else 'was'} marked as taken back; run `make`, for dvc.lock")


def run_verify(options: argparse.Namespace) -> None:
    """`verify`: a release against its checksums, its schema and its texts."""
    from pipeline.publish import verify

    if not options.folder.is_dir():
        raise InputError(options.folder, "is not a folder", "name the folder of a release, such as dist/0.1.0")
    found = verify(options.folder, say=lambda line: print(line, file=sys.stderr))
    rows = sum(found.rows.values())
    print(f"{options.folder}: version {found.version}, {found.files} files, {rows:,} rows and {found.spans:,} passages hold")
    if found.yanked:
        print(f"but version {found.version} has been taken back: {found.yanked}", file=sys.stderr)

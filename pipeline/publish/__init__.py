"""Publish: tables in, a data package out, and from there a release.

make_package and diff are pure; write_package, release, yank, compare and verify work on folders.
"""

from __future__ import annotations

from pipeline.publish.changes import Diff
from pipeline.publish.comparison import Comparison, compare, standing
from pipeline.publish.diff import diff
from pipeline.publish.diff_files import diff_files, diff_lines
from pipeline.publish.edition import Edition
from pipeline.publish.package import make_package, table_files
from pipeline.publish.releases import Release, package_folder, release, write_package, yank
from pipeline.publish.verification import Verified, verify
from pipeline.publish.versions import Index, Released, read_index

__all__ = [
    "Comparison", "Diff", "Edition", "Index", "Release", "Released", "Verified",
    "compare", "diff", "diff_files", "diff_lines", "make_package", "package_folder", "read_index", "release", "standing", "table_files",
    "verify", "write_package", "yank",
]  # fmt: skip

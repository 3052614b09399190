"""Publish: tables in, a data package out, and from there a release.

make_package is pure; write_package, release, compare and verify work on folders.
"""

from __future__ import annotations

from pipeline.publish.comparison import Comparison, RowChanges, compare
from pipeline.publish.package import make_package, table_files
from pipeline.publish.releases import Release, release, write_package
from pipeline.publish.verification import Verified, verify
from pipeline.publish.versions import Index, Released

__all__ = [
    "Comparison", "Index", "Release", "Released", "RowChanges", "Verified",
    "compare", "make_package", "release", "table_files", "verify", "write_package",
]  # fmt: skip

"""Tables → report: whether they are what schemas/ says. Nothing is changed, nothing is left unsaid.

structure: columns, types, nulls, codes, patterns, limits; keys: primary and foreign; spans: every quote against its source;
suite: Great Expectations, generated from schemas/.
"""

from __future__ import annotations

from pipeline.check.gate import check_tables, require_passed
from pipeline.check.report import Check, Report

__all__ = ["Check", "Report", "check_tables", "require_passed"]

"""Rows → Arrow tables that have exactly the published schema."""

from __future__ import annotations

from pipeline.tables.build import build_table, build_tables, codelist_rows

__all__ = ["build_table", "build_tables", "codelist_rows"]

"""Where things stand in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
LANGUAGES = PACKAGE / "languages"
SCHEMAS = ROOT / "schemas"
RAW = ROOT / "raw"
BUILD = ROOT / "build"
DIST = ROOT / "dist"

"""The published tables, as schemas/ declares them once. Everything that describes a table derives from the one loaded Schema.

load reads and validates schemas/; arrow, tableschema, expectations and dictionary each turn it into what one reader needs.
"""

from __future__ import annotations

from pipeline.core.schema.arrow import arrow_schema
from pipeline.core.schema.dictionary import data_dictionary
from pipeline.core.schema.expectations import expectations
from pipeline.core.schema.load import load_schema
from pipeline.core.schema.model import GROUPS, Codelist, Field, ForeignKey, Package, Schema, Table
from pipeline.core.schema.tableschema import table_schema

__all__ = [
    "GROUPS", "Codelist", "Field", "ForeignKey", "Package", "Schema", "Table",
    "arrow_schema", "data_dictionary", "expectations", "load_schema", "table_schema",
]  # fmt: skip

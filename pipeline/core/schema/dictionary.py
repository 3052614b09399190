"""DATA_DICTIONARY.md: every table and column in words, for those who use the data."""

from __future__ import annotations

from pipeline.core.schema.model import GROUPS, Field, Schema, Table

HEAD = """\
# Data dictionary

{package.title}, version {package.version} ({package.date}). {package.description}

A dash under "null" means that a column is never null; no cell is an empty string. Columns that end in a language code
({languages}) stand once for each language. Offsets are half-open and count Unicode code points in the decoded source
file, `text/<source_id>.txt`. Foreign keys are written `→ table`.
"""


def data_dictionary(schema: Schema) -> str:
    """The data dictionary as Markdown, ended by a line feed."""
    package = schema.package
    parts = [HEAD.format(package=package, languages=", ".join(package.languages))]
    for group, heading in GROUPS.items():
        tables = [table for table in schema.tables.values() if table.group == group]
        if tables:
            parts += [f"## {heading}\n", *(_table(schema, table) for table in tables)]
    return "\n".join(parts)


def _table(schema: Schema, table: Table) -> str:
    lines = [f"### {table.name}\n", f"{table.title}. {table.description}\n", f"Primary key: {_columns(table.primary_key)}."]
    wide = [link for link in table.foreign_keys if len(link.fields) > 1]
    lines += [f"Foreign key: {_columns(link.fields)} → {link.table} ({_columns(link.reference)})." for link in wide]
    lines += ["", "| column | type | null | description |", "|---|---|---|---|"]
    lines += [_column(table, field) for field in table.fields]
    if table.codelist:
        lines += ["", "| code | definition |", "|---|---|"]
        rows = schema.codelists[table.codelist].rows
        lines += [f"| `{row['code']}` | {_cell(row.get('definition') or '')} |" for row in rows]
    return "\n".join(lines) + "\n"


def _column(table: Table, field: Field) -> str:
    said = [field.description]
    if field.unit:
        said.append(f"Unit: {field.unit}.")
    if field.enum:
        said.append("One of " + ", ".join(f"`{code}`" for code in field.enum) + ".")
    said += [f"→ {link.table}" for link in table.foreign_keys if link.fields == (field.name,)]
    return f"| `{field.name}` | {field.type} | {'–' if field.required else 'yes'} | {_cell(' '.join(said))} |"


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    """Text that cannot end a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")

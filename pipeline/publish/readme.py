"""The pages of a release: README.md and LICENSE.md, generated from what the package holds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.core.figures import ALL, from_rows, markdown_table
from pipeline.core.model import Row
from pipeline.core.schema import GROUPS, Package, Schema
from pipeline.publish.metadata import UNSTATED, source_title

README = """\
# {title} {version}

{description}

Version {version} of {date}. Content hash (of the values, whatever the format): `{content}`.

## Load it

Parquet knows its types; a reader of the CSV files guesses them, or takes them from `datapackage.json`.

```python
import pandas as pd

targets = pd.read_parquet("parquet/targets.parquet")
targets = pd.read_csv("csv/targets.csv", dtype_backend="numpy_nullable", keep_default_na=False, na_values=[""])
```

```python
import polars as pl

targets = pl.read_parquet("parquet/targets.parquet")
```

```python
import duckdb

targets = duckdb.sql("FROM 'parquet/targets.parquet'")
```

```r
targets <- arrow::read_parquet("parquet/targets.parquet")
```

A passage in its source:

```python
from pathlib import Path

quantity = pd.read_parquet("parquet/quantities.parquet").iloc[0]
source_id = pd.read_parquet("parquet/texts.parquet").set_index("text_id").source_id[quantity.text_id]
text = Path(f"text/{{source_id}}.txt").read_bytes().decode("utf-8")
assert text[quantity.char_start:quantity.char_end] == quantity.quote
```

## What is in it

| path | what it is |
|---|---|
| `datapackage.json` | Data Package v2: every column, key and source; `frictionless validate datapackage.json` |
| `csv/`, `parquet/` | every table in both formats, the same values: UTF-8, an empty cell is null |
| `text/` | the decoded sources that `char_start` and `char_end` refer to, in Unicode code points, half open |
| `DATA_DICTIONARY.md` | every table and column in words |
| `checks.json`, `content.json` | the checks that this package has passed; a hash of each table's values |
{measured}| `SHA256SUMS` | `sha256sum -c SHA256SUMS` |

{tables}
{formulas}
## What is doubtful

Defects of the sources and readings that were not sure are rows of the table `problems`, with their place and what to do.

{problems}

{accuracy}## Sources and rights

{sources}

See LICENSE.md.

## How to cite

> {citation}
"""

ACCURACY = "accuracy.csv"
MEASURED = f"| `{ACCURACY}` | how right the rows are, by table, language, text and field |\n"
FIGURES = """\
## Accuracy

Against annotations of the {texts} texts made by reading, with 95% intervals. Rows: F1, spans matched by overlap; below, the share of matched rows
that are right. n: rows that a value is a share of. A doubted row is one that another careful reader might leave out or value otherwise. The rules
were written with these texts at hand: expect less of other documents. Nothing was corrected by hand. `accuracy.csv` has all figures.

{table}

"""

LICENCE = """\
# Rights

{licences}

The sources keep their own status. What is known of it:

{sources}
"""

FORMULAS = """
A spreadsheet may run a cell that starts with `=`, `+`, `-` or `@` as a formula; {count:,} text cells of this package do. They are
kept as they are: import the CSV files with all columns as text.
"""


def citation(package: Package) -> str:
    """One line that names who, what, which and when."""
    authors = "; ".join(item["title"] for item in package.contributors if item.get("title"))
    where = f" {package.homepage}" if package.homepage else ""
    return f"{authors} ({package.date[:4]}). {package.title} (version {package.version}) [data set].{where}"


def readme(
    schema: Schema,
    rows: Mapping[str, int],
    problems: Sequence[Row],
    sources: Sequence[Row],
    titles: Mapping[str, str],
    content: str,
    formulas: int,
    accuracy: bytes | None = None,
) -> str:
    """README.md. rows: table → row count; problems, sources: rows of these tables; formulas: cells that look like one; accuracy: the
    CSV of figures, if any."""
    package = schema.package
    return README.format(
        title=package.title,
        version=package.version,
        description=" ".join(package.description.split()),
        date=package.date,
        content=content,
        tables=_tables(schema, rows),
        problems=_problems(problems),
        sources=_sources(sources, titles),
        citation=citation(package),
        formulas=FORMULAS.format(count=formulas) if formulas else "",
        measured=MEASURED if accuracy else "",
        accuracy=_accuracy(accuracy) if accuracy else "",
    )


def _accuracy(data: bytes) -> str:
    """The section on accuracy."""
    figures = from_rows(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    texts = len({figure.text_id for figure in figures} - {ALL})
    return FIGURES.format(texts=texts, table=markdown_table(figures))


def licence(package: Package, sources: Sequence[Row], titles: Mapping[str, str]) -> str:
    """LICENSE.md: the licences of what is added here, and what is known of each source's rights."""
    lines = []
    for item in package.licences:
        name = item.get("title") or item.get("name")
        lines.append(
            f"- {item.get('covers') or 'everything'}: " + (f"[{name}]({item['path']})" if item.get("path") else f"{name}")
        )
    return LICENCE.format(licences="\n".join(lines), sources=_sources(sources, titles))


def _tables(schema: Schema, rows: Mapping[str, int]) -> str:
    lines: list[str] = []
    for group, title in GROUPS.items():
        members = [table for table in schema.tables.values() if table.group == group]
        if members:
            lines += [f"### {title}", "", "| table | rows | what a row is |", "|---|--:|---|"]
            lines += [f"| `{table.name}` | {rows[table.name]:,} | {_cell(table.description)} |" for table in members]
            lines.append("")
    return "\n".join(lines)


def _problems(problems: Sequence[Row]) -> str:
    counts = Counter((str(row["severity"]), str(row["kind"])) for row in problems)
    if not counts:
        return "There are none."
    lines = ["| severity | kind | rows |", "|---|---|--:|"]
    return "\n".join(lines + [f"| {severity} | `{kind}` | {count:,} |" for (severity, kind), count in sorted(counts.items())])


def _sources(sources: Sequence[Row], titles: Mapping[str, str]) -> str:
    lines = []
    for row in sources:
        where = ", ".join(str(row[key]) for key in ("publisher", "address") if row[key]) or "publisher not known"
        title, rights = source_title(row, titles), row["rights"] or UNSTATED
        lines.append(f"- `text/{row['source_id']}.txt`: {_cell(title)}; {_cell(where)}. {_cell(rights)}")
    return "\n".join(lines) or "There are none."


def _cell(text: str) -> str:
    """Text that can end neither a cell nor a line, and cannot be read as markup."""
    plain = " ".join(text.split()).replace("\\", "\\\\")
    return plain.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("`", "'")

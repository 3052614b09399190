"""The pages of a release: README.md and LICENSE.md, generated from what the package holds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pipeline.core.figures import ALL, from_rows, markdown_table
from pipeline.core.model import Row
from pipeline.core.schema import GROUPS, Package, Schema
from pipeline.publish.cells import markdown_cell
from pipeline.publish.citation import citation
from pipeline.publish.dataset_card import card
from pipeline.publish.metadata import UNSTATED, source_title
from pipeline.publish.silence import LONGEST

README = """\
{card}

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
targets <- read.csv("csv/targets.csv", fileEncoding = "UTF-8", na.strings = "")
```

Hugging Face datasets, Croissant, and JavaScript (hyparquet):

```python
from os import getcwd
from datasets import load_dataset

targets = load_dataset(getcwd(), "targets", split="train")
```

```python
import mlcroissant

targets = list(mlcroissant.Dataset("croissant.json").records("targets"))
```

```js
import {{ asyncBufferFromFile, parquetReadObjects }} from 'hyparquet'
import {{ compressors }} from 'hyparquet-compressors'

const file = await asyncBufferFromFile('parquet/targets.parquet')
const targets = await parquetReadObjects({{ file, compressors }})
```

{passage}## What is in it

| path | what it is |
|---|---|
| `datapackage.json` | Data Package v2: every column, key and source; `frictionless validate datapackage.json` |
| `csv/`, `parquet/` | every table in both formats, the same values: UTF-8, an empty cell is null |
| `text/` | the decoded sources that `char_start` and `char_end` refer to, in Unicode code points, half open |
| `DATA_DICTIONARY.md`, `DATASHEET.md` | every table and column in words; how the data came about, and what they are good for |
{site}| `discrepancies.html` | where the versions of a document disagree, both passages side by side, for a person to read |
| `croissant.json`, `schema.org.json`, `dcat.ttl` | the same for catalogues: Croissant 1.0, schema.org Dataset, DCAT-AP 3 |
| `checks.json`, `content.json` | the checks that this package has passed; a hash of each table's values |
{measured}{changes}| `provenance.json` | what the package was made from and with: hashes of sources, code, schemas and libraries (W3C PROV) |
| `SHA256SUMS`, `verify.py` | every file's hash; `python verify.py` checks files and values, and needs Python alone |

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

`CITATION.cff` has the fields.
"""

PASSAGE = """\
A passage in its source:

```python
from pathlib import Path

quantity = pd.read_parquet("parquet/quantities.parquet").iloc[0]
source_id = pd.read_parquet("parquet/texts.parquet").set_index("text_id").source_id[quantity.text_id]
text = Path(f"text/{source_id}.txt").read_bytes().decode("utf-8")
assert text[quantity.char_start:quantity.char_end] == quantity.quote
```

"""
LEFT_OUT = f"""\
The sources whose rights are not stated are not in `text/`, and their passages are quoted up to {LONGEST} characters. Offsets refer to the decoded
file: `datapackage.json` has the SHA-256 of it (`textHash`) and of the file as it came (`sha256`), so that your own copy can be held to them.

"""

ACCURACY = "accuracy.csv"
CHANGES = "| `diff/{previous}/` | what has changed since version {previous}: `summary.md`, every change, and ids that are new |\n"
MEASURED = f"| `{ACCURACY}` | how right the rows are, by table, language, text and field |\n"
FIGURES = """\
## Accuracy

Against annotations of the {texts} texts made by reading, with 95% intervals. Rows: F1, spans matched by overlap; below, the share of matched rows
that are right. n: rows that a value is a share of. A doubted row is one that another careful reader might leave out or value otherwise. The rules
were written with these texts at hand: expect less of other documents. Nothing was corrected by hand. `accuracy.csv` has all figures.

{table}

"""

SITE = """\
| `site/` | the data to look at, in every language of theirs: open `site/index.html` in a browser; it loads nothing from elsewhere |
"""

LICENCE = """\
# Rights

{licences}

The sources keep their own status. What is known of it:

{sources}
"""

FORMULAS = """
A spreadsheet may run a cell that starts with `=`, `+`, `-` or `@` as a formula; {count:,} text cells of this package do. They are
kept as they are: import the CSV files with all columns as text, or use the `.xlsx` file that is made beside a release.
"""


def readme(
    schema: Schema,
    rows: Mapping[str, int],
    problems: Sequence[Row],
    sources: Sequence[Row],
    titles: Mapping[str, str],
    content: str,
    formulas: int,
    accuracy: bytes | None = None,
    previous: str | None = None,
    left_out: Collection[str] = (),
    site: bool = False,
) -> str:
    """README.md. rows: table → row count; problems, sources: rows of these tables; formulas: cells that look like one; accuracy: the
    CSV of figures, if any; previous: the version that the changes are told from, if there is one; site: whether there is one."""
    package = schema.package
    return README.format(
        card=card(schema, rows),
        passage=LEFT_OUT if left_out else PASSAGE,
        title=package.title,
        version=package.version,
        description=" ".join(package.description.split()),
        date=package.date,
        content=content,
        tables=_tables(schema, rows),
        problems=_problems(problems),
        sources=sources_list(sources, titles, left_out),
        citation=citation(package),
        formulas=FORMULAS.format(count=formulas) if formulas else "",
        measured=MEASURED if accuracy else "",
        site=SITE if site else "",
        changes=CHANGES.format(previous=previous) if previous else "",
        accuracy=_accuracy(accuracy) if accuracy else "",
    )


def _accuracy(data: bytes) -> str:
    """The section on accuracy."""
    figures = from_rows(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    texts = len({figure.text_id for figure in figures} - {ALL})
    return FIGURES.format(texts=texts, table=markdown_table(figures))


def licence(package: Package, sources: str) -> str:
    """LICENSE.md: the licences of what is added here, and what is known of each source's rights, as sources_list tells it."""
    lines = []
    for item in package.licences:
        name = item.get("title") or item.get("name")
        linked = f"[{name}]({item['path']})" if item.get("path") else name
        lines.append(f"- {item.get('covers') or 'everything'}: {linked} (SPDX: `{item['name']}`)")
    return LICENCE.format(licences="\n".join(lines), sources=sources)


def _tables(schema: Schema, rows: Mapping[str, int]) -> str:
    lines: list[str] = []
    for group, title in GROUPS.items():
        members = [table for table in schema.tables.values() if table.group == group]
        if members:
            lines += [f"### {title}", "", "| table | rows | what a row is |", "|---|--:|---|"]
            lines += [f"| `{table.name}` | {rows[table.name]:,} | {markdown_cell(table.description)} |" for table in members]
            lines.append("")
    return "\n".join(lines)


def _problems(problems: Sequence[Row]) -> str:
    counts = Counter((str(row["severity"]), str(row["kind"])) for row in problems)
    if not counts:
        return "There are none."
    lines = ["| severity | kind | rows |", "|---|---|--:|"]
    return "\n".join(lines + [f"| {severity} | `{kind}` | {count:,} |" for (severity, kind), count in sorted(counts.items())])


def sources_list(sources: Sequence[Row], titles: Mapping[str, str], left_out: Collection[str]) -> str:
    """What is known of each source and its rights, as a list in Markdown. left_out: source_id of those whose text is not there."""
    lines = []
    for row in sources:
        where = ", ".join(str(row[key]) for key in ("publisher", "address") if row[key]) or "publisher not known"
        title, rights = source_title(row, titles), row["rights"] or UNSTATED
        name = (
            f"`{row['source_id']}` (its text is left out)" if row["source_id"] in left_out else f"`text/{row['source_id']}.txt`"
        )
        lines.append(f"- {name}: {markdown_cell(title)}; {markdown_cell(where)}. {markdown_cell(rights)}")
    return "\n".join(lines) or "There are none."

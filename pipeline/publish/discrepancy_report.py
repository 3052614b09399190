"""discrepancies.html: the table `discrepancies` as a page that a person reads. One file, no script, nothing from outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

import pyarrow as pa

from pipeline.core.model import Row
from pipeline.publish.sides import Texts, quoted_texts, side_of

REPORT = "discrepancies.html"
STATUSES = {"original": "original", "human_translation": "human translation", "machine_translation": "machine translation"}
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Characters that a page may not hold, or that turn the direction of what follows."""
SPAN = ("text_id", "char_start", "char_end")
AROUND = 240
"""Characters that are shown before and after a passage at most."""
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #5c5c5c; --line: #c8c8c8; --card: #f6f6f4; --mark: #ffe08a;
  --mark-ink: #1b1b1b; --major: #a3281b; --link: #0b4f9c; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e8e6e3; --paper: #16181a; --soft: #a9a6a1; --line: #45484c; --card: #202326;
  --mark: #6b5300; --mark-ink: #fff3cf; --major: #ff9a8c; --link: #8ec1ff; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 1rem; max-width: 78rem; background: var(--paper); color: var(--ink); line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; }}
h2 {{ font-size: 1.3rem; margin-top: 3rem; border-bottom: 2px solid var(--line); }}
h3 {{ font-size: 1.1rem; margin-top: 2rem; }}
a {{ color: var(--link); }}
p, dl {{ max-width: 48rem; }}
article {{ margin: .75rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--line); }}
article.major {{ border-left-color: var(--major); }}
article p {{ margin: 0 0 .5rem; overflow-wrap: anywhere; }}
.what {{ font-weight: 600; }}
.sure, figcaption {{ color: var(--soft); font-size: .875rem; font-weight: 400; }}
.sides {{ display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; }}
@media (min-width: 48rem) {{ .sides {{ grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }} }}
figure, blockquote {{ margin: 0; }}
blockquote {{ overflow-wrap: anywhere; white-space: pre-line; }}
mark {{ background: var(--mark); color: var(--mark-ink); padding: 0 .1em; }}
.somewhere {{ text-decoration: underline dotted; text-underline-offset: .2em; }}
.gap {{ border-bottom: 2px solid var(--major); color: var(--major); }}
table {{ border-collapse: collapse; }}
td, th {{ padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; }}
td:last-child, th:last-child {{ padding-right: 0; }}
td a {{ overflow-wrap: anywhere; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
@media print {{ article {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{summary} A row is a reason to read both passages, not a verdict: what is shown was found by rules, major differences come first, and of each
severity the surest.
The words that differ are <mark>marked</mark>; <span class="gap">▲</span> stands where a version has nothing,
and <span class="somewhere">dots</span> below words within which it must be.
The table <code>discrepancies</code> has the same rows with their offsets.</p>
{body}</main>
</body>
</html>
"""


def discrepancy_report(
    tables: Mapping[str, pa.Table], decoded: Mapping[str, str], titles: Mapping[str, str], version: str
) -> str:
    """The page. tables: as published; decoded: source_id → text of the sources that are carried; titles: document_id → title;
    version: of the data, such as 'National policy data 1.0.0'."""
    rows = tables["discrepancies"].to_pylist()
    texts = quoted_texts(tables["texts"].to_pylist(), tables["sentences"].select(list(SPAN)).to_pylist(), decoded)
    title = f"Where the versions disagree: {version}"
    return PAGE.format(title=_plain(title), summary=_summary(rows), body="".join(_body(rows, texts, titles)))


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return "No two versions of a document were found to disagree."
    documents = len({(row["a_text_id"], row["b_text_id"]) for row in rows})
    major = sum(row["severity"] == "major" for row in rows)
    return f"{len(rows):,} places, {major:,} of them major, in {documents:,} pair{'s' if documents > 1 else ''} of versions."


def _body(rows: Sequence[Row], texts: Texts, titles: Mapping[str, str]) -> Iterator[str]:
    """The rows by document and severity, the surest first."""
    pairs = sorted({(row["a_text_id"], row["b_text_id"]) for row in rows})
    yield from _contents(rows, pairs, texts, titles)
    for number, pair in enumerate(pairs, start=1):
        own = [row for row in rows if (row["a_text_id"], row["b_text_id"]) == pair]
        yield f'<section>\n<h2 id="p{number}">{_plain(_title(pair, texts, titles))}</h2>\n'
        yield f"<p>{_plain(_named(pair[0], texts))} against {_plain(_named(pair[1], texts))}.</p>\n"
        own.sort(
            key=lambda row: (
                row["severity"] != "major",
                -row["confidence"],
                row["a_char_start"],
                row["b_char_start"],
                row["kind"],
            )
        )
        for severity, group in groupby(own, key=lambda row: str(row["severity"])):
            members = list(group)
            yield f"<h3>{_plain(severity.capitalize())}: {len(members):,}</h3>\n"
            yield from (_article(row, texts) for row in members)
        yield "</section>\n"


def _contents(rows: Iterable[Row], pairs: Sequence[tuple[str, str]], texts: Texts, titles: Mapping[str, str]) -> Iterator[str]:
    if not pairs:
        return
    counts = Counter((row["a_text_id"], row["b_text_id"], row["severity"]) for row in rows)
    yield '<table>\n<tr><th>document</th><th>versions</th><th class="number">major</th><th class="number">minor</th></tr>\n'
    for number, pair in enumerate(pairs, start=1):
        languages = " – ".join(str(texts.versions[text_id]["language"]) for text_id in pair)
        yield f'<tr><td><a href="#p{number}">{_plain(_title(pair, texts, titles))}</a></td><td>{_plain(languages)}</td>'
        yield f'<td class="number">{counts[(*pair, "major")]:,}</td><td class="number">{counts[(*pair, "minor")]:,}</td></tr>\n'
    yield "</table>\n"


def _title(pair: tuple[str, str], texts: Texts, titles: Mapping[str, str]) -> str:
    document_id = str(texts.versions[pair[0]]["document_id"])
    return titles.get(document_id, document_id)


def _named(text_id: str, texts: Texts) -> str:
    row = texts.versions[text_id]
    return f"{text_id} ({row['language']}, {STATUSES.get(row['translation_status'], row['translation_status'])})"


def _article(row: Row, texts: Texts) -> str:
    sides = "".join(_figure(row, side, texts) for side in "ab")
    sure = f"{row['kind']}, {round(100 * row['confidence'])}% sure"
    return (
        f'<article class="{_plain(row["severity"])}" id="{_plain(row["discrepancy_id"])}">\n'
        f'<p class="what">{_plain(row["message"])} <span class="sure">{_plain(sure)}</span></p>\n<div class="sides">\n{sides}</div>\n</article>\n'
    )


def _figure(row: Row, side: str, texts: Texts) -> str:
    version = texts.versions[row[f"{side}_text_id"]]
    status = STATUSES.get(version["translation_status"], version["translation_status"])
    return (
        f"<figure>\n<figcaption>{_plain(status)}, {_plain(version['language'])}</figcaption>\n"
        f'<blockquote lang="{_plain(version["language"])}" dir="auto">{_passage(row, side, texts)}</blockquote>\n</figure>\n'
    )


def _passage(row: Row, side: str, texts: Texts) -> str:
    """The words in their sentences, marked; where they are many for those of the other version, they only say in which sentence."""
    found = side_of(row, side, texts, AROUND)
    if found.words is None:
        words = _gap()
    elif found.somewhere:
        words = f'<span class="somewhere">{_plain(found.words)}</span>'
    else:
        words = f"<mark>{_plain(found.words)}</mark>"
    return f"{_plain(found.before)}{words}{_plain(found.after)}"


def _gap() -> str:
    return '<span class="gap" role="img" aria-label="nothing here">▲</span>'


def _plain(words: object) -> str:
    """Text that stays text, whatever it holds."""
    return escape(UNSHOWN.sub("\ufffd", str(words)), quote=True)

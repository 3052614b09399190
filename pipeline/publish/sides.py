"""The two sides of a discrepancy, each within its sentences, as pages quote them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.core.model import Frozen, Row

MANY = 6
"""Times the characters of the other version: more than a translation needs."""
MORE = 60
"""Characters that a passage may have besides."""
CUT = "… "


class Texts(Frozen):
    """The versions that are quoted. versions: text_id → its row; sources: source_id → decoded source; sentences: text_id → spans of its
    sentences, in order."""

    versions: dict[str, Row]
    sources: dict[str, str]
    sentences: dict[str, list[tuple[int, int]]]


class Side(Frozen):
    """A passage and what stands around it. words: None where the version has nothing; somewhere: whether the difference is only known to
    be within the words."""

    before: str
    words: str | None
    after: str
    somewhere: bool = False


def quoted_texts(texts: Iterable[Row], sentences: Iterable[Row], decoded: Mapping[str, str]) -> Texts:
    """texts, sentences: rows of these tables; decoded: source_id → text of the sources that are carried."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in sentences:
        spans[row["text_id"]].append((row["char_start"], row["char_end"]))
    return Texts({row["text_id"]: row for row in texts}, dict(decoded), {text_id: sorted(own) for text_id, own in spans.items()})


def side_of(row: Row, side: str, texts: Texts, around: int) -> Side:
    """One side ('a' or 'b') of a row of `discrepancies`, with `around` characters before and after at most, and no more than the sentences
    that it stands in; only its words where the source is not carried."""
    start, end, quote = (row[f"{side}_{name}"] for name in ("char_start", "char_end", "quote"))
    version = texts.versions[row[f"{side}_text_id"]]
    source = texts.sources.get(version["source_id"])
    if source is None:
        return Side("", quote or None, "")
    low, high = _sentences(texts.sentences.get(row[f"{side}_text_id"], []), start, end, version)
    before, after = cut_before(joined(source[low:start]), around), cut_after(joined(source[end:high]), around)
    words = joined(source[start:end]) if start < end else None
    other = row["b_quote" if side == "a" else "a_quote"]
    return Side(before, words, after, words is not None and other is not None and len(words) > MANY * len(other) + MORE)


def _sentences(sentences: Sequence[tuple[int, int]], start: int, end: int, version: Row) -> tuple[int, int]:
    """From where the sentence begins that a span begins in, or follows, to where the one ends that it ends in."""
    first = bisect_right(sentences, (start, float("inf"))) - 1
    last = bisect_left(sentences, (max(end, start + 1), 0)) - 1
    low = sentences[first][0] if first >= 0 else start
    high = sentences[last][1] if last >= 0 else end
    return max(low, version["char_start"]), max(high, end)


def joined(words: str) -> str:
    """Line breaks of the source as blanks: where a line ends says nothing here."""
    return re.sub(r"\s*\n\s*", " ", words)


def cut_before(words: str, around: int) -> str:
    """The last characters, from the beginning of a word."""
    return words if len(words) <= around else CUT + re.sub("^[!-~]+ ", "", words[-around:])


def cut_after(words: str, around: int) -> str:
    """The first characters, up to the end of a word."""
    return words if len(words) <= around else re.sub(" [!-~]+$", " ", words[:around]).rstrip() + CUT

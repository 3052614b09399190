"""Quotes against the decoded sources that a release carries: `text[char_start:char_end] == quote`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pyarrow as pa

from pipeline.publish.rights import is_short_for

SIDES = ("", "a_", "b_")


def span_faults(
    tables: Mapping[str, pa.Table], texts: Mapping[str, str], left_out: Collection[str] = ()
) -> tuple[list[str], int]:
    """One line for each table whose quotes are not in their source, and how many passages were compared.

    texts: source_id → decoded source. A passage names its source by source_id, or by text_id through the table `texts`.
    A null quote with an empty span marks where something is missing; a row without a place has neither. left_out: source_id of
    those whose text is not there: their quotes must be short.
    """
    source_of: dict[object, object] = {}
    if "texts" in tables and {"text_id", "source_id"} <= set(tables["texts"].column_names):
        ids = (tables["texts"].column(name).to_pylist() for name in ("text_id", "source_id"))
        source_of = dict(zip(*ids, strict=True))
    faults: list[str] = list(_source_faults(tables, texts, left_out))
    count = 0
    for name, table in sorted(tables.items()):
        for side in SIDES:
            if {f"{side}char_start", f"{side}char_end", f"{side}quote"} <= set(table.column_names):
                wrong = 0
                first = ""
                for row, (source, start, end, quote) in enumerate(_passages(table, side, source_of), start=1):
                    count += 1
                    text = texts.get(str(source))
                    if not (_stands_for(start, end, quote) if source in left_out else _holds(text, start, end, quote)):
                        wrong += 1
                        first = first or f"row {row}: {str(source)!r} {start}–{end} {str(quote)[:40]!r}"
                if wrong:
                    faults.append(f"{name}: {wrong} {side}quotes are not the text between their offsets, such as {first}")
    return faults, count


def _source_faults(tables: Mapping[str, pa.Table], texts: Mapping[str, str], left_out: Collection[str]) -> Iterator[str]:
    if "sources" in tables and "source_id" in tables["sources"].column_names:
        listed = {str(source_id) for source_id in tables["sources"].column("source_id").to_pylist()}
        yield from (f"sources: there is no text/{source_id}.txt" for source_id in sorted(listed - texts.keys() - set(left_out)))
        yield from (f"sources: no row for text/{source_id}.txt" for source_id in sorted(texts.keys() - listed))


def _passages(table: pa.Table, side: str, source_of: Mapping[object, object]) -> Iterator[tuple[object, object, object, object]]:
    """(source_id, char_start, char_end, quote) of each row."""
    size = table.num_rows
    own = table.column("source_id").to_pylist() if "source_id" in table.column_names else [None] * size
    text = table.column(f"{side}text_id").to_pylist() if f"{side}text_id" in table.column_names else [None] * size
    columns = (table.column(f"{side}{name}").to_pylist() for name in ("char_start", "char_end", "quote"))
    for mine, text_id, start, end, quote in zip(own, text, *columns, strict=True):
        yield (mine if mine is not None else source_of.get(text_id)), start, end, quote


def _holds(text: str | None, start: object, end: object, quote: object) -> bool:
    if start is None and end is None and quote is None:
        return True
    if text is None or not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= len(text):
        return False
    return text[start:end] == quote if quote is not None else start == end


def _stands_for(start: object, end: object, quote: object) -> bool:
    """Whether a quote may stand for a passage that nobody can look up: it is short, or there is none."""
    if start is None and end is None and quote is None:
        return True
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return False
    return start == end if quote is None else is_short_for(str(quote), end - start)

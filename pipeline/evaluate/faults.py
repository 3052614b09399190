"""Every row that was missed, found too much, or read otherwise than the gold says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.core.model import Frozen
from pipeline.evaluate.fields import FIELDS, Said, compared
from pipeline.evaluate.identity import Identities
from pipeline.evaluate.rows import Item, Measured
from pipeline.evaluate.scores import paired


class Fault(Frozen, kw_only=True):
    """what: missed | extra | value; field: which value; the span and the quote are the gold row's, or those of a row found too much.

    doubt: whether the gold row is doubted.
    """

    text_id: str
    language: str
    table: str
    what: str
    field: str | None = None
    char_start: int
    char_end: int
    quote: str
    found: str | None = None
    gold: str | None = None
    doubt: bool


COLUMNS = Fault.__struct_fields__


def faults(texts: Iterable[Measured], identities: Identities) -> list[Fault]:
    """All faults, in the order of texts, tables and places."""
    found = [fault for text in texts for table in text.gold for fault in _faults(text, table, identities)]
    return sorted(found, key=lambda each: (each.text_id, each.table, each.char_start, each.char_end, each.what, each.field or ""))


def cells(fault: Fault) -> list[str | None]:
    """The cells of one row of errors.csv, null as None."""
    return [_cell(getattr(fault, name)) for name in COLUMNS]


def _cell(value: Said) -> str | None:
    return str(value).lower() if isinstance(value, bool) else None if value is None else str(value)


def _faults(text: Measured, table: str, identities: Identities) -> Iterator[Fault]:
    gold, found, pairs = text.gold[table], text.found[table], paired(text, table)
    for i in pairs.missed:
        yield _fault(text, table, "missed", gold[i], gold=_said(table, gold[i]))
    for j in pairs.extra:
        yield _fault(text, table, "extra", found[j], found=_said(table, found[j]))
    for i, j in pairs.pairs:
        one, other = gold[i], found[j]
        if one.span != other.span:
            yield _fault(text, table, "value", one, "span", "{}–{}".format(*other.span), "{}–{}".format(*one.span))
        for field in compared(table, one.values, other.values):
            if not field.agree(one.values, other.values, identities):
                said = (_cell(field.says(row, field.column)) for row in (other.values, one.values))
                yield _fault(text, table, "value", one, field.name, *said)


def _said(table: str, item: Item) -> str | None:
    """What the key fields of a row say."""
    said = [_cell(field.says(item.values, field.column)) for field in FIELDS[table] if field.key]
    return "; ".join(filter(None, said)) or None


def _fault(
    text: Measured, table: str, what: str, item: Item, field: str | None = None, found: str | None = None, gold: str | None = None
) -> Fault:
    return Fault(
        text_id=text.text_id, language=text.language, table=table, what=what, field=field, char_start=item.span[0],
        char_end=item.span[1], quote=item.quote, found=found, gold=gold, doubt=item.doubted,
    )  # fmt: skip

"""Precision, recall and F1 of rows, and of matched rows the share whose fields are right.

Rows are paired one to one (see `matching`). Without doubt, a doubted row on either side counts neither as missing nor, with its
partner, as right or false. In a subset, a row found counts as false only if it has no partner outside the subset.
A pair counts by overlap; exactly, only if the spans are the same; valued, only if the key fields are right. Otherwise
its rows are one missed and one too much.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.figures import ALL, Figure
from pipeline.evaluate.fields import compared
from pipeline.evaluate.identity import Identities
from pipeline.evaluate.intervals import Interval, f1, kappa, share
from pipeline.evaluate.matching import Pairs, Span, pair
from pipeline.evaluate.rows import TABLES, Item, Measured, memberships, objective_zones

RIGHT, MISSED, EXTRA = "right", "missed", "extra"
MATCHINGS = ("overlap", "exact", "valued")
WITHOUT_TIER = ("tier_2", "tier_3")
"""What is found does not say its tier, so that of these only recall is known."""

Scope = tuple[str, bool]
"""(subset, whether doubted rows count)"""


class Tally:
    """Counts of one table, which add up over texts."""

    def __init__(self) -> None:
        self.rows: Counter[tuple[Scope, str, str]] = Counter()
        self.fields: defaultdict[tuple[Scope, str], list[tuple[bool, str, str]]] = defaultdict(list)
        self.labels: set[str] = set()

    def add(self, other: Tally) -> None:
        """Count another text as well."""
        self.rows.update(other.rows)
        for key, pairs in other.fields.items():
            self.fields[key] += pairs
        self.labels |= other.labels


def figures(texts: Iterable[Measured], identities: Identities, labels: bool = False) -> list[Figure]:
    """Every measure of every table, language and text, sorted. labels: with kappa, for two annotations."""
    tallies: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
    for text in texts:
        for table in text.gold:
            counts = tally(text, table, identities)
            tallies[table, text.language, ALL].add(counts)
            tallies[table, text.language, text.text_id].add(counts)
    order = {table: position for position, table in enumerate(TABLES)}
    keys = sorted(tallies, key=lambda key: (order[key[0]], key[1], key[2] != ALL, key[2]))
    return [figure for key in keys for figure in _figures(key, tallies[key], labels)]


def paired(text: Measured, table: str) -> Pairs:
    """The rows of two readings, put together."""
    return pair(*([Span(*item.span) for item in side[table]] for side in (text.gold, text.found)))


def tally(text: Measured, table: str, identities: Identities) -> Tally:
    """What one text adds to the counts of one table."""
    counts, zones = Tally(), objective_zones(text)
    gold, found, pairs = text.gold[table], text.found[table], paired(text, table)
    for i, j in pairs.pairs:
        _count_pair(counts, table, gold[i], found[j], zones, identities)
    for index in pairs.missed:
        for scope in _scopes(gold[index], memberships(table, gold[index], zones), True):
            counts.rows.update((scope, matching, MISSED) for matching in MATCHINGS)
    for index in pairs.extra:
        for scope in _scopes(found[index], memberships(table, found[index], zones), None):
            counts.rows.update((scope, matching, EXTRA) for matching in MATCHINGS)
    return counts


def _count_pair(counts: Tally, table: str, gold: Item, found: Item, zones: Sequence[Span], identities: Identities) -> None:
    fields = compared(table, gold.values, found.values)
    agreed = {field.name: field.agree(gold.values, found.values, identities) for field in fields}
    right = {
        "overlap": True,
        "exact": gold.span == found.span,
        "valued": all(agreed[field.name] for field in fields if field.key),
    }
    either = {name: inside or memberships(table, found, zones)[name] for name, inside in memberships(table, gold, zones).items()}
    doubted = Item(gold.span, gold.doubted or found.doubted, gold.quote, gold.values)
    for scope in _scopes(doubted, either, True):
        for matching in MATCHINGS:
            counts.rows.update((scope, matching, result) for result in ([RIGHT] if right[matching] else [MISSED, EXTRA]))
        for field in fields:
            one, other = (str(field.says(row, field.column)) for row in (gold.values, found.values))
            counts.fields[scope, field.name].append((agreed[field.name], one, other))
    counts.labels.update(field.name for field in fields if field.label)


def _scopes(item: Item, inside: dict[str, bool | None], needed: bool | None) -> list[Scope]:
    """Where an item counts. needed: True where it must be known to be inside, None where it must not be known to be outside."""
    subsets = [name for name, known in inside.items() if known or (needed is None and known is None)]
    return [(subset, doubt) for subset in subsets for doubt in (False, True) if doubt or not item.doubted]


def _figures(key: tuple[str, str, str], counts: Tally, labels: bool) -> Iterator[Figure]:
    for subset, doubt in sorted({scope for scope, *_ in counts.rows}):
        for matching in MATCHINGS:
            right, missed, extra = (counts.rows[(subset, doubt), matching, result] for result in (RIGHT, MISSED, EXTRA))
            for measure, n, interval in _rows(right, missed, extra):
                if measure == "recall" or labels or subset not in WITHOUT_TIER:
                    yield _figure(key, subset, measure, None, matching, doubt, n, interval)
    for ((subset, doubt), field), said in sorted(counts.fields.items()):
        interval = share(sum(agreed for agreed, *_ in said), len(said))
        yield _figure(key, subset, "accuracy", field, "overlap", doubt, len(said), interval)
        agreement = kappa([(one, other) for _, one, other in said]) if labels and field in counts.labels else None
        if agreement is not None:
            yield _figure(key, subset, "kappa", field, "overlap", doubt, len(said), agreement)


def _rows(right: int, missed: int, extra: int) -> Iterator[tuple[str, int, Interval]]:
    """(measure, rows that it is a share of, value); what would be a share of nothing is left out."""
    if right + extra:
        yield "precision", right + extra, share(right, right + extra)
    if right + missed:
        yield "recall", right + missed, share(right, right + missed)
    if right + missed + extra:
        yield "f1", right + missed + extra, f1(right, missed, extra)


def _figure(
    key: tuple[str, str, str], subset: str, measure: str, field: str | None, matching: str, doubt: bool, n: int, found: Interval
) -> Figure:
    table, language, text_id = key
    return Figure(
        table=table, language=language, text_id=text_id, subset=subset, measure=measure, field=field, matching=matching,
        with_doubt=doubt, n=n, value=found.value, low=found.low, high=found.high,
    )  # fmt: skip

"""How the targets of one indicator follow each other, in one document and from document to document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.core.ids import content_id
from pipeline.core.model import Problem, Quantity, Row
from pipeline.core.problems import problem
from pipeline.link.codes import codelist
from pipeline.link.corpus import Corpus
from pipeline.link.goal_indicators import GoalIndicators
from pipeline.link.objectives import Objectives
from pipeline.link.realms import Realms
from pipeline.link.series import Entry, Kind, follows, goal_entry, ratios, relation, same, target_entry
from pipeline.link.targets import Targets
from pipeline.link.wordings import CHANGES, even, names_in, words

Place = tuple[str, str, int]
"""An indicator, a document and a year."""

BESIDE = 24
"""Characters before and behind a value that can say that it is one of each year."""


class Lineage:
    """The rows of target_lineage, and the series that are in doubt.

    replaced: document → the documents whose place it takes.
    """

    def __init__(self, corpus: Corpus, targets: Targets, objectives: Objectives, replaced: Mapping[str, Iterable[str]]) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self._corpus, self._targets, self._realms = corpus, targets, Realms(corpus, replaced)
        self._documents = {document.document_id: document for document in corpus.documents}
        self._plain: dict[str, list[tuple[str, str]]] = {}
        entries = list(self._of_targets())
        entries += self._of_goals(objectives, {(entry.indicator_id, *entry.cell) for entry in entries})
        self._tell_unplaced(entries)
        series: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            series[entry.indicator_id, self._realms.of(entry.document.document_id)].append(entry)
        for _, each in sorted(series.items()):
            self._follow(sorted(each, key=lambda entry: entry.place))
        for document_id, earlier in sorted(replaced.items()):
            self._drop(document_id, sorted(earlier), entries)

    def _of_targets(self) -> Iterator[Entry]:
        for row in self._targets.rows:
            if row["indicator_id"] and row["deadline_year"]:
                yearly = row["measure"] in CHANGES and self._is_yearly(self._targets.leads[row["target_id"]])
                yield target_entry(row, self._documents[row["document_id"]], yearly=yearly)

    def _is_yearly(self, quantity: Quantity) -> bool:
        text = self._corpus.texts[quantity.text_id]
        source, start, end = self._corpus.decoded[text.source_id], quantity.char_start, quantity.char_end
        before, after = source[max(text.char_start, start - BESIDE) : start], source[end : end + BESIDE]
        pattern = words(text.language, "yearly_before")
        return bool(pattern.search(before) or words(text.language, "yearly_after").search(quantity.quote + after))

    def _of_goals(self, objectives: Objectives, taken: set[Place]) -> Iterator[Entry]:
        """Goals with a horizon that set no target: those that name an indicator, and those that share what they are about.

        taken: where an indicator has a target or a goal already.
        """
        indicators, with_target = self._targets.indicators, {row["objective_id"] for row in self._targets.rows}
        named = GoalIndicators(indicators, self._corpus.languages)
        languages: dict[str, list[str]] = defaultdict(list)
        for outline, _ in self._corpus.readings:
            languages[outline.text.document_id].append(outline.text.language)
        alike: dict[tuple[str, str, str], list[tuple[Row, str]]] = defaultdict(list)
        found: list[tuple[str, Row]] = []
        for row in objectives.rows:
            if row["objective_type"] != "goal" or row["horizon_year"] is None or row["objective_id"] in with_target:
                continue
            spoken = languages[row["document_id"]]
            codes = named.of_goal(row, spoken)
            found += [(code, row) for code in codes]
            if not codes and (subject := named.subject(row, spoken)):
                alike[(*subject[:2], self._realms.of(row["document_id"]))].append((row, subject[2]))
        for (language, key, _), rows in alike.items():
            if len({(row["document_id"], row["horizon_year"]) for row, _ in rows}) > 1:
                found += [(indicators.use_wording(language, key, text), row) for row, text in rows]
        for indicator_id, row in found:
            place = (indicator_id, row["document_id"], row["horizon_year"])
            if place not in taken:
                taken.add(place)
                yield goal_entry(row, indicator_id, self._documents[row["document_id"]])

    def _follow(self, series: Sequence[Entry]) -> None:
        """Link each entry of a sorted series to the nearest one before it that is of its kind, else to the nearest of another cell."""
        parallel = self._parallel(series)
        entries = [entry for entry in series if (entry.cell, entry.kind) not in parallel]
        last: dict[Kind | None, Entry] = {}
        for index, entry in enumerate(entries):
            before = last.get(entry.kind) if entry.kind else None
            before = before or next((entries[i] for i in range(index - 1, -1, -1) if entries[i].cell != entry.cell), None)
            if before and follows(before, entry):
                self._link(before, entry)
            elif before:
                self._doubt(entry, "is for the same year as that of another document, and no dates tell which was issued later")
            last[entry.kind] = entry

    def _parallel(self, series: Iterable[Entry]) -> set[tuple[tuple[str, int], Kind | None]]:
        """Cells where one document states several numbers of one kind for one year: of several things, or a slip."""
        first: dict[tuple[tuple[str, int], Kind | None], Entry] = {}
        parallel = set()
        for entry in series:
            place = (entry.cell, entry.kind)
            if entry.kind and not same(first.setdefault(place, entry), entry) and place not in parallel:
                parallel.add(place)
                self._doubt(entry, "differs from another one of the same indicator and year; neither is part of a series")
        return parallel

    def _link(self, before: Entry, after: Entry) -> None:
        ratio, ratio_per_year = ratios(before, after)
        self._add(before, after, after.document.document_id, relation(before, after), ratio, ratio_per_year)

    def _add(self, before: Entry, after: Entry | None, document_id: str, code: str, *ratios_: float | None) -> None:
        ends = {"from": before, "to": after}
        ids = {f"{end}_{kind}_id": _id(entry, kind) for kind in ("target", "objective") for end, entry in ends.items()}
        self.rows.append(
            {
                "lineage_id": content_id("lineage", before.indicator_id, *ids.values(), document_id),
                "indicator_id": self._targets.indicators.use(before.indicator_id),
                **ids,
                "to_document_id": document_id,
                "relation": code,
                **dict(zip(("ratio", "ratio_per_year"), ratios_, strict=False)),
            }
        )

    def _drop(self, document_id: str, earlier: Iterable[str], entries: Sequence[Entry]) -> None:
        """The last targets of documents whose place another one takes that sets targets, but none for these indicators."""
        own = {entry.indicator_id for entry in entries if entry.document.document_id == document_id}
        if not any(row["document_id"] == document_id for row in self._targets.rows):
            return
        for other in earlier:
            numbered = (entry for entry in entries if entry.document.document_id == other and entry.kind)
            last = {entry.indicator_id: entry for entry in sorted(numbered, key=lambda entry: entry.place)}
            # an indicator that is known by its wording alone may go on in other words
            for indicator_id in sorted(last.keys() & codelist("indicators").keys() - own):
                if not self._names(document_id, indicator_id):
                    self._add(last[indicator_id], None, document_id, "dropped")

    def _names(self, document_id: str, indicator_id: str) -> bool:
        """Whether a text of a document holds a name of an indicator anywhere."""
        if document_id not in self._plain:
            outlines = [outline for outline, _ in self._corpus.of_document(document_id)]
            texts = [(o.text.language, "\n".join(sentence.text for sentence in o.sentences)) for o in outlines]
            self._plain[document_id] = [(language, even(text, language)) for language, text in texts]
        return any(name in text for language, text in self._plain[document_id] for name in names_in(language, indicator_id))

    def _tell_unplaced(self, entries: Iterable[Entry]) -> None:
        """One problem for each document that no other can be compared with, though they share indicators."""
        by_indicator: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            by_indicator[entry.indicator_id].add(entry.document.document_id)
        shared = Counter(document_id for found in by_indicator.values() if len(found) > 1 for document_id in found)
        for document_id in sorted(shared):
            if not self._realms.is_known(document_id):
                text = next(outline.text for outline, _ in self._corpus.of_document(document_id))
                message = f"other documents share {shared[document_id]} indicators, but the jurisdiction of this one is not known"
                self.problems.append(problem("unknown_jurisdiction", message, text_id=text.text_id))

    def _doubt(self, entry: Entry, reason: str) -> None:
        lead = self._targets.leads.get(entry.row.get("target_id", ""))
        if lead:
            self.problems.append(
                problem(
                    "uncertain_series", f"The target for “{lead.indicator_text or lead.quote}” {reason}", text_id=lead.text_id,
                    section_id=lead.section_id, char_start=lead.char_start, char_end=lead.char_end, quote=lead.quote,
                )
            )  # fmt: skip


def _id(entry: Entry | None, kind: str) -> str | None:
    """The id of the end of a row: a target's, or that of a goal without a number."""
    if entry is None or (entry.kind is None) != (kind == "objective"):
        return None
    return str(entry.row[f"{kind}_id"])

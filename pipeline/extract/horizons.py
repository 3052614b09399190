"""By when each goal is to be reached."""

from __future__ import annotations

from pipeline.extract.context import Context
from pipeline.extract.objective_clauses import Clause, words

LEAD, MOST = 8, 64
NO_HORIZON: tuple[int | None, str] = (None, "none")


class Horizons:
    """The year by which each goal is to be reached: as its deadline says, else as the last one of its section."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[str, tuple[int, int]] = {}

    def note(self, index: int) -> None:
        """A line that is no goal itself may date those below it: 'Targets for 2030'."""
        years = [mention.year for mention in self._context.deadlines.mentions(index)[:MOST] if mention.year and not mention.base]
        if years:
            self._keep(index, years[-1])

    def _keep(self, index: int, year: int) -> None:
        sentence = self._context.outline.sentences[index]
        self._last[sentence.section_id] = year, sentence.paragraph

    def of(self, index: int, clause: Clause, listed: bool = True) -> tuple[int | None, str]:
        """(year, explicit | inherited | none). Explicit: the words stand in the clause itself.

        listed: in a list of goals the year of one holds for those below it; elsewhere no farther than in the next paragraph.
        """
        sentence = self._context.outline.sentences[index]
        year, told, _ = self._context.deadlines.at(index, self._place(index, clause))
        if year is not None:
            self._keep(index, year)
            return year, "explicit" if told and told in sentence.text[clause.start : clause.end] else "inherited"
        carried = self._last.get(sentence.section_id)
        if carried is None or (not listed and sentence.paragraph > carried[1] + 1):
            return NO_HORIZON
        return carried[0], "inherited"

    def _place(self, index: int, clause: Clause) -> int:
        """Where the time of a clause is asked for: behind the time that it opens with, or at that by which it is due, or its end."""
        inside = [
            mention
            for mention in self._context.deadlines.mentions(index)[:MOST]
            if clause.start <= mention.start < clause.end and not mention.base and mention.year
        ]
        if not inside or inside[0].start <= clause.start + LEAD:
            return inside[0].end if inside else clause.end
        due = [mention.start for mention in inside if words(self._context.language, "due").match(mention.words)]
        return due[-1] if due else clause.end

"""By when each goal is to be reached."""

from __future__ import annotations

from pipeline.extract.context import Context
from pipeline.extract.objective_clauses import Clause

LEAD, MOST = 8, 64
NO_HORIZON: tuple[int | None, str] = (None, "none")


class Horizons:
    """The year by which each goal is to be reached: as its deadline says, else as the last one of its section."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[str, int] = {}

    def note(self, index: int) -> None:
        """A line that is no goal itself may date those below it: 'Targets for 2030'."""
        years = [mention.year for mention in self._context.deadlines.mentions(index)[:MOST] if mention.year and not mention.base]
        if years:
            self._last[self._context.outline.sentences[index].section_id] = years[-1]

    def of(self, index: int, clause: Clause) -> tuple[int | None, str]:
        """(year, explicit | inherited | none). Explicit: the words stand in the clause itself."""
        sentence = self._context.outline.sentences[index]
        year, words, _ = self._context.deadlines.at(index, self._place(index, clause))
        if year is not None:
            self._last[sentence.section_id] = year
            return year, "explicit" if words and words in sentence.text[clause.start : clause.end] else "inherited"
        carried = self._last.get(sentence.section_id)
        return (carried, "inherited") if carried is not None else NO_HORIZON

    def _place(self, index: int, clause: Clause) -> int:
        """Where the time of a clause is asked for: behind the time that it opens with, else at its end."""
        opening = (
            mention.end
            for mention in self._context.deadlines.mentions(index)[:MOST]
            if clause.start <= mention.start <= clause.start + LEAD and not mention.base and mention.year
        )
        return next(opening, clause.end)

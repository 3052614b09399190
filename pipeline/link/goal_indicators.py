"""Goals without a number: the indicators that they name, or what they are about where several say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.core.model import Row
from pipeline.link.indicators import Indicators
from pipeline.link.wordings import even, gapped_in, is_generic, named_indicators, normal, words

SHORTEST_WORDING = 4
"""Characters of a wording that can be found in a goal; a name of names.csv can be shorter."""


class GoalIndicators:
    """Finds the indicators of goals, by their names and by the wordings of targets."""

    def __init__(self, indicators: Indicators, languages: Iterable[str]) -> None:
        self._names = {language: _names(indicators, language) for language in languages}

    def of_goal(self, goal: Row, languages: Iterable[str]) -> tuple[str, ...]:
        """The indicators that a row of objectives names as what is to change, from the first of the languages that tells any."""
        for language in languages:
            if (statement := goal.get(f"statement_{language}")) and (found := sorted(set(self._find(statement, language)))):
                return tuple(found)
        return ()

    def subject(self, goal: Row, languages: Iterable[str]) -> tuple[str, str, str] | None:
        """(language, key, words) of what is to change in a goal, from the first of the languages that it is worded in."""
        for language in languages:
            if statement := goal.get(f"statement_{language}"):
                text = even(statement, language)
                lead = words(language, "goal_before").match(text)
                found = words(language, "goal_subject").match(text[lead.end() :] if lead else text)
                key = normal(found["subject"], language) if found else ""
                return (language, key, found["subject"]) if found and not is_generic(key, language) else None
        return None

    def _find(self, statement: str, language: str) -> Iterator[str]:
        """A name that is the clause's subject or object, before what is said of it; or a name with a gap anywhere."""
        text = even(statement, language)
        lead = words(language, "goal_before").match(text)
        rest = text[lead.end() :] if lead else text
        ends = (length for length in self._names[language] if rest[:length] in self._names[language][length])
        for length in sorted(ends, reverse=True):
            if words(language, "goal_after").match(rest[length:]):
                yield self._names[language][length][rest[:length]]
                break
        yield from gapped_in(text, language)


def _names(indicators: Indicators, language: str) -> dict[int, dict[str, str]]:
    """Length → name → indicator, of the names that mean one indicator alone."""
    names = {key: found for key, found in indicators.by_wording(language) if len(key) >= SHORTEST_WORDING}
    names |= {key: codes[0] for key, codes in named_indicators(language).items() if len(codes) == 1}
    by_length: dict[int, dict[str, str]] = {}
    for name, found in names.items():
        by_length.setdefault(len(name), {})[name] = found
    return by_length

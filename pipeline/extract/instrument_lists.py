"""Names of instruments in lists: where each ends, and what it shares with the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pipeline.core.alternation import compiled
from pipeline.core.language import Language
from pipeline.core.rules import fill

REACH = 160
"""How many characters before a name may tell its status, and behind it may belong to it."""
SHORTEST, LONGEST_MEMBER = 4, 20
"""Characters of a member of a list that lacks its last word."""


def list_items(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The members of a list; a list that shares its last words, 'A, B and other such rules', is one."""
    if pattern_of(language, "and_others").search(text, start, end):
        yield start, end
        return
    begin = start
    for match in pattern_of(language, "list_break").finditer(text, start, end):
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    if end > begin:
        yield begin, end


def named_members(text: str, items: Iterable[tuple[int, int]], language: Language) -> list[tuple[int, int]]:
    """The members of a list; words before 'and' that tell no type belong to the name that follows: 'the soil and water plan'."""
    found: list[tuple[int, int]] = []
    for start, end in items:
        before = found[-1] if found else None
        joint = pattern_of(language, "name_joint").fullmatch(text[before[1] : start]) if before else None
        if before and joint and not type_of_name(text[slice(*before)], language) and not _starts_anew(text[start:end], language):
            found[-1] = before[0], end
        else:
            found.append((start, end))
    return found


def gone_on(text: str, end: int, language: Language) -> int:
    """Where a name ends whose last words are a list of short nouns, 'standards for seed, soil and water'."""
    match = pattern_of(language, "goes_on").match(text[end : end + REACH])
    further = (match["all"] or match["some"]) if match else ""
    return end if any(pattern_of(language, "clause").match(part) for part in further.split(",")) else end + len(further)


def lacks_type(text: str, start: int, end: int, match: re.Match[str], language: Language) -> bool:
    """Whether a member of a list lacks but the last word of the list: neither it nor what follows there is a clause."""
    follows = pattern_of(language, "list_break").split(text[end : match.end("list")])[1:]
    return SHORTEST <= end - start <= LONGEST_MEMBER and not any(_starts_anew(each, language) for each in follows)


def last_words(printed: str, language: Language) -> str:
    """The last words of a list, which tell the type of its members."""
    found = pattern_of(language, "type_words").search(printed)
    return found[0] if found else ""


def completed(text: str, start: int, end: int, match: re.Match[str]) -> str:
    """The name of a member of a list with the words that all of its members share, which stand once before and once behind them."""
    own = text[max(start, match.end("head")) : min(end, match.start("kind"))]
    return match["head"] + own + match["kind"] + match["tail"]


@lru_cache(maxsize=4096)
def type_of_name(printed: str, language: Language) -> str | None:
    """The type that a name's own words tell."""
    found = language.group("instruments", "types").first(bare(printed))
    return str(found[0].values["instrument_type"]) if found else None


def bare(printed: str) -> str:
    """A name without the blanks and the quotation marks around it."""
    bare = printed.strip(" 　\u00a0")
    while (
        len(bare) > 2 and (bare[0], bare[-1]) in {("《", "》"), ("“", "”"), ('"', '"'), ("「", "」")} and bare[0] not in bare[1:]
    ):
        bare = bare[1:-1]
    return bare


@cache
def pattern_of(language: Language, key: str) -> re.Pattern[str]:
    """The pattern that a setting of the language's instruments gives."""
    return compiled(fill(str(language.setting("instruments", key)), language.slots("instruments")))


def _starts_anew(printed: str, language: Language) -> bool:
    """Whether a member of a list is a clause or a bare type, so that it takes no words from before it."""
    return any(pattern_of(language, key).search(printed) for key in ("leading_verb", "not_names"))

"""The noun phrase that a number counts."""

from __future__ import annotations

import re

from pipeline.extract.quantity_grammar import Grammar

BRIEF, LONGEST, WORDS = 16, 24, 7
COMPOUND = ("-", "‑")
JOINING = ("and", "or")
"""Between the adjectives of a noun: 40 public and private clinics."""
WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_](?:[\w’'&/.-]{0,40}[^\W_])?")
QUOTED = re.compile(r"“[^“”，。；]{1,10}”(?=[一-龥])")
GLOSS = re.compile(r"\s?[（(][A-Za-z/]{1,12}[）)]")


def counted_noun(text: str, position: int, grammar: Grammar, of_part: bool = False) -> tuple[int, int] | None:
    """The span of the noun phrase that starts at `position`, or None. of_part: a particle may stand between (一半以上的县)."""
    if not grammar.spaced:
        return _noun_unspaced(text, position, grammar, of_part)
    start = end = 0
    spot, joined = position, False
    if text[position : position + 1] in COMPOUND:
        return _compounded(text, position + 1, grammar)
    for _ in range(WORDS):
        while spot < len(text) and text[spot] in " \u00a0-*":
            spot += 1
        word = WORD.match(text, spot)
        if word and start and not end and word[0] in JOINING and not joined:
            spot, joined = word.end(), True
            continue
        if word and joined and word[0].endswith("ing"):
            break
        if not word or grammar.words["noun_stops"].match(word[0]):
            break
        start = start or word.start()
        spot = word.end()
        plural = (
            word[0].endswith("s")
            and (len(word[0]) > 3 or word[0][:-1].isupper())
            and word[0][-2] not in "'’"
            and not grammar.words["singular_ends"].search(word[0])
        )
        if plural or word[0] in grammar.counted:
            end = word.end()
        elif end:
            break
    return (start, end) if end else None


def _compounded(text: str, position: int, grammar: Grammar) -> tuple[int, int] | None:
    """The known noun of a compound: bed in 'a 200-bed clinic'; what else stands behind a hyphen is not counted."""
    word = WORD.match(text, position)
    return word.span() if word and grammar.counted.keys() & {word[0], f"{word[0]}s"} else None


def _noun_unspaced(text: str, position: int, grammar: Grammar, of_part: bool) -> tuple[int, int] | None:
    spot = position
    if gloss := GLOSS.match(text, spot):
        spot = gloss.end()
    after = grammar.cue("comparators_after", text[spot : spot + BRIEF], "comparator")
    if after:
        spot += after.end
    if of_part and text[spot : spot + 1] == grammar.particle:
        spot += 1
    limit = min(len(text), spot + LONGEST)
    stop = grammar.words["noun_end"].search(text, spot, limit)
    if stop and stop.start() > spot and (name := QUOTED.match(text, stop.start(), limit)):  # 专精特新“小巨人”企业
        stop = grammar.words["noun_end"].search(text, name.end(), limit)
    end = stop.start() if stop else limit
    particle = grammar.particle
    verb = grammar.words["noun_stops"].match(text, spot)
    if (
        text[spot : spot + 1] == particle
        or grammar.words["list_link"].match(text[spot : spot + 1])
        or (verb and len(verb[0]) > 1)
    ):
        return None
    for stop in grammar.words["noun_stops"].finditer(text, spot + 1, end):
        if stop[0] != particle:
            end = stop.start()
            break
    return (spot, end) if end > spot else None

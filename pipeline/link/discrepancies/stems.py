"""English words without their endings and national spellings, so that 'organisations' and 'organization' are one."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[’'][a-z]+)?")
LEAST = 4
"""Letters that a stem keeps."""
SPELLINGS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(?<=ss|sh|ch)es$|(?<=x)es$"), ""),
    (re.compile(r"(?<=[^su])s$"), ""),
    (re.compile(r"(?<=[a-z]{2})isation"), "ization"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ing|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|ed$|ing$|able|hood|ite|al)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"(?<=[a-z])bre$"), "ber"),
    (re.compile(r"gramme$"), "gram"),
    (re.compile(r"(?<=en)ce$"), "se"),
    (re.compile(r"lyz"), "lys"),
    (re.compile(r"ism$"), "ist"),
)
ENDINGS = (
    "ization", "ational", "ation", "ition", "ement", "ment", "ness", "ity", "ical", "ion", "ial", "ance", "ence", "ancy", "ency", "able", "ible",
    "ator", "ative", "ing", "ied", "ize", "ive", "ant", "ent", "ate", "ous", "ary", "ory", "ful", "ed", "er", "or", "ly", "al", "is",
    "ic", "iz", "at", "e", "y", "i",
)  # fmt: skip
"""Longest first among those that end alike."""
KEPT = ("ormat", "eat")
DOUBLED = frozenset("bdfgmnprtv")


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """'Networks', 'networking' → 'network'. Short words only lose their case and the s of the plural."""
    word = word.casefold().replace("’", "'").partition("'")[0]
    if len(word) < LEAST or not word.isalpha():
        return word
    for pattern, american in SPELLINGS:
        word = pattern.sub(american, word)
    while ending := next((each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= LEAST), None):
        if word.endswith(KEPT):
            break
        word = word[: -len(ending)]
        if word[-1] == word[-2] and word[-1] in DOUBLED and ending in ("ing", "ed", "er", "or"):
            word = word[:-1]
    return word

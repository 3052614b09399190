"""Whose body a name means: one that bodies of several countries bear means none of a country that the document does not bind."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from pipeline.core.language import load_language
from pipeline.core.model import BodyMention, Extraction, Problem
from pipeline.core.problems import problem
from pipeline.link.codes import codelist

COUNTRY = re.compile(r"[a-z]{2}(?=-)")
ISO = {"uk": "GB"}
"""Beginnings of body codes that are no codes of ISO 3166 in small letters."""

NOTHING = r"[^\s\S]"


def own_bodies(extraction: Extraction, jurisdiction: str | None, language: str) -> Extraction:
    """What was read in a text, its bodies those of the document's own country or part of it (ISO 3166; null: nobody says whose).

    A like-named body of another country has no code, and a problem tells it.
    """
    if jurisdiction is None:
        return extraction
    mentions = tuple(_own(mention, jurisdiction, language) for mention in extraction.body_mentions)
    pairs = zip(extraction.body_mentions, mentions, strict=True)
    lost = {was.name: was for was, now in reversed(list(pairs)) if now.body_id is None and was.body_id is not None}
    problems = [_problem(lost[name], jurisdiction) for name in sorted(lost, key=lambda name: (lost[name].char_start, name))]
    return replace(extraction, body_mentions=mentions, problems=(*extraction.problems, *problems))


@cache
def country_of(body_id: str) -> str | None:
    """The country of a body, by ISO 3166-1; null for a class, for an international body and for one that the codelist has not."""
    row, country = codelist("bodies").get(body_id), COUNTRY.match(body_id)
    if row is None or country is None or row["body_type"] == "international":
        return None
    return ISO.get(country[0], country[0].upper())


def _own(mention: BodyMention, jurisdiction: str, language: str) -> BodyMention:
    country = country_of(mention.body_id) if mention.body_id else None
    own, _, part = jurisdiction.partition("-")
    if country is None or (country == own and not part):
        return mention
    like_named, local = _patterns(language)
    if not (like_named if country != own else local).fullmatch(mention.name):
        return mention
    return replace(mention, body_id=None, body_type=None)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names that bodies of several countries bear, and those that a body of a part of the country may bear as well."""
    pack = load_language(language)
    shared = str(pack.setting("duties", "like_named", pack.setting("duties", "shared", NOTHING)))
    return re.compile(f"(?:{shared}).*"), re.compile(str(pack.setting("duties", "local_named", NOTHING)))


def _problem(mention: BodyMention, jurisdiction: str) -> Problem:
    return problem(
        "unknown_body", f"{mention.name!r} of {jurisdiction} is not in names.csv", text_id=mention.text_id, section_id=mention.section_id,
        char_start=mention.char_start, char_end=mention.char_end, quote=mention.quote,
    )  # fmt: skip

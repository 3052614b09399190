"""Names that the texts of one document give one thing, in several languages: told by the sentences that they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.link.align.keys import Keys
from pipeline.link.align.records import SINGLE, Match, Said, match, said
from pipeline.link.alignment import Alignment
from pipeline.link.corpus import Corpus

SIGN = "~sign:"
"""How keys begin that say what kind of thing is named."""
KNOWN = "@"
"""How keys begin that names.csv knows: names that hold other ones are of other things."""
FIGURE = "#"
"""How keys begin that are figures: one alone does not tell a thing, such as one of the sessions of a congress."""
MOST = 2 / 3
"""Share of the places where a name has a counterpart at which it must be the same one."""


class Named(NamedTuple):
    """A thing where it is named. identity: of the thing, as far as the name alone tells; known: names.csv knows the name;
    signs: codes that say what it is."""

    text_id: str
    char_start: int
    identity: str
    known: bool
    name: str
    signs: tuple[str, ...]


def counterparts(corpus: Corpus, named: Iterable[Named]) -> dict[str, str]:
    """Identity → the identity of the same thing by the name that the original gives it, or that names.csv knows."""
    by_text: dict[str, list[Named]] = {}
    for each in named:
        by_text.setdefault(each.text_id, []).append(each)
    votes: dict[str, Counter[str]] = {}
    for document in corpus.documents:
        for alignment in corpus.alignments(document.document_id):
            sides = [sorted(by_text.get(outline.text.text_id, ()), key=_start) for outline in (alignment.a, alignment.b)]
            for one, other in _same(corpus, alignment, *sides):
                if one.identity != other.identity and not (one.known and other.known):
                    name, better = (one, other) if other.known else (other, one)
                    votes.setdefault(name.identity, Counter())[better.identity] += 1
    return _settled(votes)


def _start(named: Named) -> int:
    return named.char_start


def _same(corpus: Corpus, alignment: Alignment, ours: Sequence[Named], theirs: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Things of one passage: those that share words, and the others where both texts name as many of a kind."""
    both = [
        _said(corpus, named, outline.text.language, lexicon)
        for named, outline, lexicon in zip((ours, theirs), (alignment.a, alignment.b), alignment.lexicon, strict=True)
    ]
    found = match(both[0], both[1], alignment.lengths, SINGLE)
    used = {(side, number) for each in found for side, numbers in enumerate((each.a, each.b)) for number in numbers}
    lone = {
        (one.place, named.signs[:1])
        for side, rows in enumerate((ours, theirs))
        for number, (named, one) in enumerate(zip(rows, both[side], strict=True))
        if (side, number) not in used
    }
    for each in found:
        one, other = ours[each.a[0]], theirs[each.b[0]]
        alike = one.signs[:1] == other.signs[:1] and (both[0][each.a[0]].place, one.signs[:1]) not in lone
        if (alike and not _contrary(each, both)) or _shared(each, both):
            yield one, other


def _said(corpus: Corpus, named: Sequence[Named], language: str, lexicon: dict[str, str]) -> list[Said]:
    places = [corpus.passage_at(each.text_id, each.char_start) for each in named]
    signs: list[Keys] = [frozenset(SIGN + sign for sign in each.signs) for each in named]
    return said(places, [each.name for each in named], language, lexicon, signs)


def _shared(found: Match, both: Sequence[Sequence[Said]]) -> bool:
    keys = both[0][found.a[0]].keys & both[1][found.b[0]].keys
    return any(not key.startswith((SIGN, FIGURE)) for key in keys)


def _contrary(found: Match, both: Sequence[Sequence[Said]]) -> bool:
    """Whether each name holds names that names.csv knows or figures, and the other none of them."""
    sides = (both[0][found.a[0]].keys, both[1][found.b[0]].keys)
    return any(
        all(told) and told[0].isdisjoint(told[1])
        for kind in (KNOWN, FIGURE)
        if (told := [frozenset(key for key in keys if key.startswith(kind)) for keys in sides])
    )


def _settled(votes: dict[str, Counter[str]]) -> dict[str, str]:
    best = {name: min(found.items(), key=lambda item: (-item[1], item[0])) for name, found in votes.items()}
    same = {name: better for name, (better, count) in best.items() if count >= MOST * votes[name].total()}
    settled = {}
    for name in same:
        seen = [name]
        while (better := same.get(seen[-1])) is not None and better not in seen:
            seen.append(better)
        settled[name] = seen[-1] if better is None else min(seen[seen.index(better) :])
    return settled

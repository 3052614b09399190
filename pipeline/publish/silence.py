"""Texts that a package does without: no long run of their characters may stand anywhere in it."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import groupby

from pipeline.core.errors import ValidationError

LONGEST = 36
"""Characters of a passage that are quoted at most."""
LONGEST_IN_FILE = 40
"""Characters in a row that a file may hold: a wording that was quoted, and marks beside it that happen to stand in the text, too."""
CUT = "…"
TAG = re.compile("<[^<>]*>")
INDEX = "site/assets/search/"
PACKED = re.compile(r'"([A-Za-z0-9+/=]+)"')
BINARY = (".parquet",)
"""Files whose cells are those of a CSV file."""


def shortened(words: str) -> str:
    """A wording, cut where it is longer than LONGEST characters; the mark of the cut is one of them."""
    return words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT


class Silence:
    """What may not be said: runs of more than LONGEST characters of the texts that are left out, but for those that a carried text has, too.

    A run counts as printed and with each white space as one blank, which is how joined lines are told. Memory: some 130 bytes a character.
    """

    def __init__(self, left_out: Iterable[str], carried: Iterable[str]) -> None:
        self._runs = {run for text in left_out for form in _forms(text) for run in _runs(form)}
        for text in carried:
            for form in _forms(text):
                self._runs.difference_update(_runs(form))

    def first(self, words: str, longest: int = LONGEST) -> tuple[int, int] | None:
        """Where the first run of more than `longest` characters starts and ends that may not be said, if there is one."""
        found = (place for place, run in enumerate(_runs(words)) if run in self._runs)
        for _, group in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0]):
            places = [place for _, place in group]
            start, end = places[0], places[-1] + LONGEST + 1
            if end - start > longest:
                return start, end
        return None

    def kept(self, words: str) -> str:
        """The words, each such run in them cut; its mark is one of the characters that are left."""
        while place := self.first(words):
            words = words[: place[0]] + shortened(words[slice(*place)]) + words[place[1] :]
        return words

    def hold(self, files: Mapping[str, bytes]) -> None:
        """Raise ValidationError where a file says what may not be said. files: those of a package, by path."""
        for path, data in sorted(files.items()):
            words = _plain(path, data)
            if not path.endswith(BINARY) and (place := self.first(words, LONGEST_IN_FILE)):
                reason = f"holds {words[slice(*place)][:LONGEST]!r} and more of a text that is to be left out"
                raise ValidationError(path, reason, "take the words out of what makes this file, or carry the text")


def _plain(path: str, data: bytes) -> str:
    """The words of a file: a page without its markup, the index of the search unpacked."""
    words = data.decode("utf-8", "replace")
    if path.endswith(".html"):
        return unescape(TAG.sub("", words))
    if path.startswith(INDEX) and (packed := PACKED.search(words)):
        return gzip.decompress(b64decode(packed[1])).decode("utf-8")
    return words


def _forms(text: str) -> tuple[str, str, str]:
    """A text as it is, and with its lines joined as words that stand apart are and as those that stand together are."""
    return text, " ".join(text.split()), "".join(text.split())


def _runs(text: str) -> Iterator[str]:
    return (text[start : start + LONGEST + 1] for start in range(len(text) - LONGEST))

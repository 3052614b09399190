"""Made-up documents in two languages: sentences of words that stand for each other, a few of them frequent, most of them rare."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from pipeline.core.model import Outline
from tests.builders import build_outline

SYLLABLES = ("ba", "do", "ke", "lim", "nor", "pa", "ru", "sen", "ti", "vo", "wal", "zu")


class Line(NamedTuple):
    """A sentence, or a heading, in both languages."""

    number: str
    zh: str
    en: str


def words(random: Random, size: int) -> list[tuple[str, str]]:
    """Words of two ideographs and of some letters, each only once."""
    zh = random.sample(range(0x4E00, 0x9000), 2 * size)
    en = random.sample([a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES], size)
    return [(chr(zh[2 * n]) + chr(zh[2 * n + 1]), word) for n, word in enumerate(en)]


def made_up(seed: int, sections: int = 6, sentences: int = 8, vocabulary: int = 400) -> list[Line]:
    """Sections s1, s2 … with a heading and as many sentences; word n comes about as often as 1/n."""
    random = Random(seed)
    lexicon = words(random, vocabulary)
    weights = [1 / (rank + 8) for rank in range(vocabulary)]
    lines = []
    for section in range(1, sections + 1):
        for sentence in range(sentences + 1):
            chosen = random.choices(lexicon, weights, k=4 if sentence == 0 else random.randint(5, 18))
            figure = random.choice(("", "", f"{random.randint(11, 99)}"))
            zh, en = "".join(zh for zh, _ in chosen), " ".join(en for _, en in chosen)
            if sentence == 0:
                lines.append(Line(f"s{section}", f"# {zh}", f"# {en}"))
            else:
                lines.append(Line(f"s{section}", f"{zh}{figure}。", f"{en} {figure}.".replace(" .", ".")))
    return lines


def zh_outline(lines: Sequence[Line]) -> Outline:
    """The original."""
    return build_outline([(line.number, line.zh) for line in lines], "zh")[0]


def en_outline(lines: Sequence[Line]) -> Outline:
    """Its translation."""
    return build_outline([(line.number, line.en) for line in lines], "en", status="human_translation")[0]

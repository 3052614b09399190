"""What a rendering lacks, and when its lack says nothing."""

from __future__ import annotations

import time

from pipeline.core.model import Sentence
from pipeline.link.discrepancies.concepts import Concept, Rarity, concepts
from pipeline.link.discrepancies.content import Rendered, content, freedom
from pipeline.link.discrepancies.detect import detect, known
from pipeline.link.discrepancies.glossary import Entry, Glossary, Use
from pipeline.link.discrepancies.model import Finding, Passage
from pipeline.link.discrepancies.words import Words
from tests.link.discrepancies.bilingual import EN, ZH, aligned

ENTRIES = [
    Entry("lamp", ("灯",), ("lamp", "light"), ("candle",), is_term=True),
    Entry("tower", ("灯塔", "塔楼"), ("lighthouse",), (), is_term=True),
    Entry("boat", ("船",), ("boat", "ship"), (), is_term=False),
    Entry("fish", ("鱼",), ("fish",), (), is_term=False),
    Entry("salt", ("盐",), ("salt",), (), is_term=False),
    Entry("crab", ("螃蟹",), ("king crab",), (), is_term=False),
    Entry("known", ("灯光",), (), (), is_term=False),
]
GLOSSARY = Glossary(ENTRIES)


def passage(text: str, language: str) -> Passage:
    return Passage(language, [Sentence("s", f"doc.{language}", f"doc.{language}:s1", 0, "sentence", 0, text, ((0, 0),))], 0)


def compare(zh: str, en: str, doubt: float = 0.0) -> list[Finding]:
    own, other = passage(zh, "zh"), passage(en, "en")
    words = Words(en)
    found = concepts(zh, words, GLOSSARY, Rarity([words]))
    return list(content(Rendered(own, other, "the original", "the translation", in_a=True, doubt=doubt), words, found))


def test_the_longest_entry_counts_and_what_is_only_known_is_not_compared() -> None:
    assert [use.entry.entry_id for use in GLOSSARY.uses("灯塔的灯光和灯")] == ["tower", "known", "lamp"]
    assert compare("灯塔的灯光和灯", "the lighthouse, its shine and a lamp") == []


def test_a_member_of_a_list_that_is_lost_between_others() -> None:
    (found,) = compare("船、鱼、盐", "ships and salt")
    assert (found.kind, found.severity, found.a) == ("list", "major", (2, 3))
    assert found.b[0] == found.b[1] == len("ships")


def test_another_word_between_those_around_it() -> None:
    (found,) = compare("船、鱼、盐", "ships, birds, salt".replace(",", " and"))
    assert (found.kind, found.message) == ("term", "The translation says “birds”, the original “鱼” (fish).")


def test_a_rendering_of_something_else() -> None:
    (found,) = compare("保护灯", "protect the candles")
    assert (found.kind, found.severity, found.confidence) == ("term", "major", 0.95)
    assert found.message == "The translation says “candles”, the original “灯” (lamp)."


def test_half_a_rendering_is_less_sure_than_none() -> None:
    half, none = (compare("保护螃蟹", en)[0].confidence for en in ("protect crabs", "protect them"))
    assert 0.5 <= half < none


def test_a_clause_that_is_lost_is_one_finding() -> None:
    (found,) = compare("保护灯塔，养鱼卖盐，造船修船", "Protect lighthouses, build ships and mend boats")
    assert (found.kind, found.severity, found.a) == ("missing", "major", (5, 9))


def test_a_use_too_many() -> None:
    (found,) = compare("旧船换新船，养鱼", "New ships for old, and fish")
    assert found.message == "The original has “船” (boat) twice, the translation renders it once."


def test_passages_that_do_not_answer_one_another_are_not_compared() -> None:
    assert compare("船、鱼、盐、灯", "something else altogether") == []


def test_a_free_translation_says_less_by_what_it_misses() -> None:
    def concept(missing: bool) -> Concept:
        return Concept(Use(0, 1, ENTRIES[0]), None if missing else (0, 0), missing, 0.0, None)

    literal, free = [[concept(False)] * 300], [[concept(False)] * 260 + [concept(True)] * 40]
    assert freedom(literal) == freedom([]) == 0.0
    assert freedom(free) > 0.2
    assert compare("保护灯塔", "protect it", doubt=0.5)[0].confidence < 0.5


def test_time_grows_with_the_length_of_a_sentence() -> None:
    """Of a document whose one sentence repeats everything again and again."""

    def seconds(times: int) -> float:
        zh = [("s1", "，".join([words.rstrip("。") for _, words in ZH[1:8]] * times) + "。")]
        en = [("s1", ", ".join([words.rstrip(".") for _, words in EN[1:8]] * times) + ".")]
        alignment, extractions, _ = aligned(zh, en)
        known()
        start = time.perf_counter()
        detect(alignment, extractions)
        return time.perf_counter() - start

    seconds(1)
    assert seconds(160) < 16 * max(seconds(20), 0.02)

"""What a rendering lacks, and when its lack says nothing."""

from __future__ import annotations

import time

import pytest

from pipeline.core.model import Sentence
from pipeline.link.discrepancies.concepts import Concept, Rarity, concepts
from pipeline.link.discrepancies.content import Rendered, content, freedom
from pipeline.link.discrepancies.detect import detect, known
from pipeline.link.discrepancies.glossary import Entry, Glossary, Use, likeness
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


def test_a_member_of_which_a_word_stands_in_its_place_is_not_lost() -> None:
    told = [compare("船、鱼、螃蟹", en) for en in ("ships, fish and kings of their kind", "ships, fish and birds of their kind")]
    assert [[(each.kind, each.severity) for each in found] for found in told] == [[("list", "minor")], [("list", "major")]]


def test_another_word_between_those_around_it() -> None:
    (found,) = compare("船、鱼、盐", "ships, birds, salt".replace(",", " and"))
    assert (found.kind, found.message) == ("term", "No known rendering of “鱼” (fish) stands in the translation.")
    assert "ships and birds and salt"[slice(*found.b)] == "birds"


def test_a_place_holds_whole_words_with_their_hyphens() -> None:
    en = "ships and e-birds and salt"
    (found,) = compare("船、鱼、盐", en)
    assert en[slice(*found.b)] == "e-birds"


@pytest.mark.parametrize(
    ("en", "severity", "words"),
    [("help small and mid-sized boats", "major", "small and mid-sized boats"), ("help big boats", "minor", None)],
)
def test_the_opposite_of_one_word_of_a_rendering_is_major(en: str, severity: str, words: str | None) -> None:
    entry = Entry("fleet", ("大中型船",), ("large and medium boat",), (), is_term=False)
    said = Words(en, {**likeness().alike})
    found = concepts("帮助大中型船", said, Glossary([entry]), Rarity([said]), likeness().opposites)
    rendered = Rendered(passage("帮助大中型船", "zh"), passage(en, "en"), "the original", "the translation", in_a=True)
    told = [each for each in content(rendered, said, found) if each.severity == severity]
    assert [en[slice(*each.b)] for each in told] == [words] if words else all(each.severity == "minor" for each in told)


def test_the_opposite_that_renders_another_word_is_none() -> None:
    entries = [
        Entry("large", ("大型船",), ("large boat",), (), is_term=False),
        Entry("small", ("小型船",), ("small boat",), (), is_term=False),
    ]
    said = Words("help small boats")
    found = concepts("帮助大型船和小型船", said, Glossary(entries), Rarity([said]), likeness().opposites)
    assert [each.opposite for each in found] == [None, None]


def test_a_literal_rendering_of_a_proper_name_is_minor() -> None:
    entry = Entry("star", ("北极星计划",), ("Polaris Programme",), ("North Star plan",), is_term=True)
    said = Words("start the North Star plan")
    found = concepts("启动北极星计划", said, Glossary([entry]), Rarity([said]))
    rendered = Rendered(passage("启动北极星计划", "zh"), passage(said.text, "en"), "the original", "the translation", in_a=True)
    (told,) = content(rendered, said, found)
    assert (told.severity, told.message) == (
        "minor",
        "The translation says “North Star plan”, the original “北极星计划” (Polaris Programme).",
    )


def test_members_that_are_lost_are_quoted_without_the_verb_before_and_the_rest_behind() -> None:
    (found,) = compare("保护灯塔和螃蟹，加快推动灯、船、盐等事业", "Protect lighthouses and king crabs")
    assert found.message == "The translation lacks the members “灯、船、盐” of the original."


def test_a_short_word_across_two_others_is_none() -> None:
    glossary = Glossary(
        [Entry("one", ("产权",), ("title",), (), is_term=False), Entry("two", ("权益",), ("right",), (), is_term=False)]
    )
    assert [use.entry.entry_id for use in glossary.uses("资产权益")] == []
    assert [use.entry.entry_id for use in glossary.uses("产权和权益")] == ["one", "two"]


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

"""What is lost or added in one of two texts shows up as that, and everything else stays side by side."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from msgspec.structs import replace

from pipeline.core.model import Outline
from pipeline.link.alignment import Alignment, align_document
from tests.builders import build_outline
from tests.link.bilingual import Line, en_outline, made_up, zh_outline

SEEDS = range(8)


def aligned(a: Sequence[Line], b: Sequence[Line]) -> Alignment:
    (alignment,) = align_document([zh_outline(a), en_outline(b)])
    return alignment


def wordings(alignment: Alignment) -> list[tuple[list[str], list[str]]]:
    """The words of each group, headings as the lines have them."""
    found = []
    for group in alignment.groups:
        sides = [[alignment.sentences[each] for each in ids] for ids in (group.a, group.b)]
        found.append(tuple([("# " if s.kind == "heading" else "") + s.text for s in side] for side in sides))
    return [(one, other) for one, other in found]


def pairs(lines: Sequence[Line]) -> list[tuple[list[str], list[str]]]:
    return [([line.zh], [line.en]) for line in lines]


def section_pairs(alignment: Alignment) -> list[tuple[str | None, str | None]]:
    return [(pair.a and pair.a.split(":")[1], pair.b and pair.b.split(":")[1]) for pair in alignment.sections]


def without(lines: Sequence[Line], number: str, renumbered: bool) -> list[Line]:
    """The lines without a section; where `renumbered`, those after it count on."""
    gone = int(number[1:])

    def own(line: Line) -> Line:
        count = int(line.number[1:])
        return line._replace(number=f"s{count - 1}") if renumbered and count > gone else line

    return [own(line) for line in lines if line.number != number]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_translation_that_lacks_nothing_stands_side_by_side(seed: int) -> None:
    lines = made_up(seed)
    alignment = aligned(lines, lines)
    assert wordings(alignment) == pairs(lines)
    assert all(pair.method == "address" for pair in alignment.sections)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lacking", ["zh", "en"])
def test_a_lost_sentence_is_only_in_the_other_text(seed: int, lacking: str) -> None:
    lines = made_up(seed)
    lost = Random(seed).choice([line for line in lines if not line.zh.startswith("#")])
    rest = [line for line in lines if line is not lost]
    alignment = aligned(rest, lines) if lacking == "zh" else aligned(lines, rest)
    found = wordings(alignment)
    assert [group for group in found if all(group)] == pairs(rest)
    assert [group for group in found if not all(group)] == [([], [lost.en]) if lacking == "zh" else ([lost.zh], [])]


@pytest.mark.parametrize("seed", SEEDS)
def test_several_lost_sentences_do_not_shift_the_rest(seed: int) -> None:
    lines = made_up(seed, sections=8)
    lost = Random(seed).sample([line for line in lines if not line.zh.startswith("#")], 6)
    rest = [line for line in lines if line not in lost]
    found = wordings(aligned(lines, rest))
    right = [group for group in found if group in pairs(rest)]
    assert len(right) >= 0.97 * len(rest)
    assert [([line.zh], []) in found for line in lost].count(True) >= len(lost) - 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("renumbered", [False, True])
def test_a_lost_section_shows_up_as_one(seed: int, renumbered: bool) -> None:
    lines = made_up(seed)
    number = f"s{Random(seed).randint(1, 6)}"
    rest = without(lines, number, renumbered)
    alignment = aligned(lines, rest)
    assert wordings(alignment) == [([line.zh], [] if line.number == number else [line.en]) for line in lines]
    assert [a for a, b in section_pairs(alignment) if b is None] == [number]
    methods = {pair.method for pair in alignment.sections}
    assert methods == {"address", "content", "unmatched"} if renumbered and number not in ("s1", "s6") else "unmatched" in methods


@pytest.mark.parametrize("seed", SEEDS)
def test_an_added_section_shows_up_as_one(seed: int) -> None:
    lines = made_up(seed)
    fewer = without(lines, "s3", renumbered=True)
    alignment = aligned(fewer, lines)
    assert section_pairs(alignment) == [("s1", "s1"), ("s2", "s2"), (None, "s3"), ("s3", "s4"), ("s4", "s5"), ("s5", "s6")]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_sentences_that_a_translation_puts_together_are_one_group(seed: int) -> None:
    lines = made_up(seed)
    at = Random(seed).choice([n for n in range(len(lines) - 1) if lines[n].number == lines[n + 1].number and n % 9])
    joined = Line(lines[at].number, "", lines[at].en.rstrip(".") + ", " + lines[at + 1].en)
    alignment = aligned(lines, [*lines[:at], joined, *lines[at + 2 :]])
    (group,) = [group for group in alignment.groups if group.relation != "1-1"]
    assert group.relation == "2-1"
    assert [alignment.sentences[each].text for each in group.a] == [lines[at].zh, lines[at + 1].zh]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_section_and_sentence_stands_once(seed: int) -> None:
    a, b = made_up(seed), made_up(seed + 100, sections=4)
    alignment = aligned(a, b)
    for outline, side in ((alignment.a, "a"), (alignment.b, "b")):
        assert sorted(each for group in alignment.groups for each in getattr(group, side)) == sorted(
            sentence.sentence_id for sentence in outline.sentences
        )
        assert sorted(filter(None, (getattr(pair, side) for pair in alignment.sections))) == sorted(
            section.section_id for section in outline.sections
        )
    assert all(0 <= score <= 1 for score in [*(g.score for g in alignment.groups), *(p.score for p in alignment.sections)])


def test_the_same_texts_align_the_same() -> None:
    lines = made_up(1)
    one, other = (aligned(lines, lines[2:]) for _ in range(2))
    assert (one.sections, one.groups) == (other.sections, other.groups)


def english(lines: Sequence[Line], edition: str, status: str) -> Outline:
    return build_outline([(line.number, line.en) for line in lines], "en", f"doc.{edition}", status)[0]


def test_a_passage_that_one_text_has_twice_repeats_the_other() -> None:
    lines = made_up(3)
    twice = [*lines[:14], *(line._replace(en=f"also {line.en}") for line in lines[12:14]), *lines[14:]]
    (alignment,) = align_document([english(twice, "en", "human_translation"), english(lines, "en-mt", "machine_translation")])
    alone = [group for group in alignment.groups if not group.b]
    assert [group.method for group in alone] == ["repeat", "repeat"]
    texts = {each: sentence.text for each, sentence in alignment.sentences.items()}
    assert [{texts[group.a[0]], *(texts[each] for each in group.repeats)} for group in alone] == [
        {line.en, f"also {line.en}"} for line in lines[12:14]
    ]


def nested(lines: Sequence[Line]) -> list[Line]:
    """Sections s1 and s2 in chapter s1, s3 and s4 in chapter s2 …"""
    counts = {line.number: int(line.number[1:]) for line in lines}
    return [line._replace(number=f"s{(counts[line.number] + 1) // 2}.{2 - counts[line.number] % 2}") for line in lines]


@pytest.mark.parametrize("told", [False, True])
def test_an_excerpt_is_aligned_with_its_chapter(told: bool) -> None:
    lines = nested(made_up(5))
    part = [line._replace(number=f"s{line.number[-1]}") for line in lines if line.number.startswith("s2.")]
    excerpt = en_outline(part)
    text = replace(excerpt.text, completeness="excerpt", excerpt_of="s2" if told else None)
    (alignment,) = align_document([zh_outline(lines), Outline(text, excerpt.sections, excerpt.sentences)])
    assert section_pairs(alignment) == [("s2.1", "s1"), ("s2.2", "s2")]
    assert wordings(alignment) == pairs([line for line in lines if line.number.startswith("s2.")])


def test_a_text_without_chapters_is_aligned_section_by_section() -> None:
    flat = made_up(6)
    deep = nested(flat)
    alignment = aligned(deep, flat)
    assert [pair for pair in section_pairs(alignment) if all(pair)] == [
        ("s1.1", "s1"), ("s1.2", "s2"), ("s2.1", "s3"), ("s2.2", "s4"), ("s3.1", "s5"), ("s3.2", "s6"),
    ]  # fmt: skip
    assert wordings(alignment) == pairs(flat)


def test_a_long_text_without_sections_is_aligned_near_the_diagonal() -> None:
    lines = [line._replace(number="s1") for line in made_up(7, sections=40, vocabulary=1500)]
    rest = [line for number, line in enumerate(lines) if number % 50 != 20]
    found = wordings(aligned(lines, rest))
    assert sum(group in found for group in pairs(rest)) >= 0.98 * len(rest)


def test_a_missing_sentence_has_a_place_in_the_other_text() -> None:
    lines = made_up(2)
    alignment = aligned(lines, lines[:3] + lines[4:])
    (alone,) = [group for group in alignment.groups if not group.b]
    before = next(sentence for sentence in alignment.b.sentences if sentence.text == lines[2].en)
    assert alignment.place(alone) == before.char_end


def test_one_text_alone_has_no_alignment() -> None:
    assert align_document([zh_outline(made_up(1))]) == ()


def test_a_text_without_sentences_has_everything_only_in_the_other() -> None:
    full, empty = zh_outline(made_up(1, sections=1)), en_outline(made_up(1, sections=1))
    (alignment,) = align_document([full, Outline(empty.text, empty.sections, ())])
    assert {group.relation for group in alignment.groups} == {"1-0"}

"""One record for what several texts of a document say, wherever each of them prints it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.core.model import BodyMention, Document, Extraction, InstrumentMention, Row, Statement
from pipeline.link import Corpus, link
from tests.builders import Line, build_outline
from tests.link.bilingual import made_up

ZH = [("s1", "# 总体要求"), ("s1", "青云局负责建设云岛平台。"), ("s2", "# 保障措施"), ("s2", "设立云岛基金，完善统计制度。")]
EN = [
    ("s1", "# General requirements"),
    ("s1", "The Blue Office is responsible for building the Cloud Isle platform."),
    ("s2", "# Measures"),
    ("s2", "Set up the Cloud Isle Fund, perfect the statistical system."),
]


class Reading:
    """A text, and what is read in it by its words."""

    def __init__(self, lines: list[Line], edition: str, status: str = "human_translation") -> None:
        self.text_id = f"doc.{edition}"
        self.outline, self.source = build_outline(lines, edition.split("-")[0], self.text_id, status)
        self.statements: list[Statement] = []
        self.bodies: list[BodyMention] = []
        self.instruments: list[InstrumentMention] = []

    def _place(self, quote: str) -> dict[str, Any]:
        start = self.source.index(quote)
        sentence = next(s for s in self.outline.sentences if s.char_start <= start < s.char_end)
        place = {"text_id": self.text_id, "section_id": sentence.section_id, "rule_id": "test-rule"}
        return place | {"char_start": start, "char_end": start + len(quote), "quote": quote}

    def states(self, *quotes: str, kind: str = "measure") -> Reading:
        """With objectives."""
        values: dict[str, Any] = {"objective_type": kind, "parent": None, "horizon_year": None, "horizon_basis": "none"}
        self.statements += [Statement(**self._place(quote), wording=quote, **values) for quote in quotes]
        return self

    def names(self, quote: str, role: str = "implementer", body_type: str = "ministry", body_id: str | None = None) -> Reading:
        """With a body."""
        values: dict[str, Any] = {"body_id": body_id, "name": quote, "body_type": body_type, "role": role, "duty": quote}
        self.bodies.append(BodyMention(**self._place(quote), **values))
        return self

    def cites(self, quote: str, kind: str = "project") -> Reading:
        """With an instrument."""
        values: dict[str, Any] = {"instrument_id": None, "name": quote, "instrument_type": kind, "status": "existing"}
        self.instruments.append(InstrumentMention(**self._place(quote), **values))
        return self

    @property
    def extraction(self) -> Extraction:
        return Extraction(tuple(self.statements), (), tuple(self.bodies), tuple(self.instruments))


def zh(lines: list[Line] = ZH) -> Reading:
    return Reading(lines, "zh", "original")


def en(lines: list[Line] = EN) -> Reading:
    return Reading(lines, "en")


def corpus(*readings: Reading) -> Corpus:
    outlines, found = tuple(r.outline for r in readings), tuple(r.extraction for r in readings)
    decoded = {r.outline.text.source_id: r.source for r in readings}
    return Corpus((Document("doc", {}),), (), outlines, found, (), decoded, ("en", "zh"))


def tables(*readings: Reading) -> dict[str, list[Row]]:
    return link(corpus(*readings))


def worded(rows: list[Row], column: str) -> list[tuple[str | None, str | None]]:
    return [(row[f"{column}_zh"], row[f"{column}_en"]) for row in rows]


def test_statements_of_one_passage_go_together_by_order() -> None:
    found = tables(
        zh().states("设立云岛基金", "完善统计制度"), en().states("Set up the Cloud Isle Fund", "perfect the statistical system")
    )
    assert worded(found["objectives"], "statement") == [
        ("设立云岛基金", "Set up the Cloud Isle Fund"), ("完善统计制度", "perfect the statistical system"),
    ]  # fmt: skip


def test_statements_of_other_types_or_passages_stay_apart() -> None:
    here, there = zh().states("设立云岛基金"), en().states("perfect the statistical system", kind="goal")
    assert len(tables(here, there)["objectives"]) == 2
    assert len(tables(zh().states("设立云岛基金"), en().states("building the Cloud Isle platform"))["objectives"]) == 2


def test_ids_are_those_of_the_original() -> None:
    alone = tables(zh().states("设立云岛基金"))["objectives"]
    both = tables(en().states("Set up the Cloud Isle Fund"), zh().states("设立云岛基金"))["objectives"]
    assert [row["objective_id"] for row in both] == [row["objective_id"] for row in alone]


def test_three_texts_are_one_record_with_all_passages() -> None:
    machine = Reading(EN, "en-mt", "machine_translation").states("Set up the Cloud Isle Fund")
    found = tables(machine, zh().states("设立云岛基金"), en().states("Set up the Cloud Isle Fund"))
    (objective,) = found["objectives"]
    assert {row["text_id"] for row in found["statements"]} == {"doc.zh", "doc.en", "doc.en-mt"}
    assert {row["objective_id"] for row in found["statements"]} == {objective["objective_id"]}
    groups = {row["group_id"] for row in found["sentence_alignments"]}
    assert len(groups) == len(ZH)
    assert len(found["sentence_alignments"]) == 2 * len(ZH)


def test_unknown_bodies_of_other_types_stay_apart() -> None:
    found = tables(zh().names("青云局"), en().names("Blue Office", role="lead", body_type="enterprise"))
    assert sorted(worded(found["bodies"], "name"), key=str) == [("青云局", None), (None, "Blue Office")]
    assert len(found["responsibilities"]) == 2


def test_where_roles_differ_the_original_holds() -> None:
    (row,) = tables(
        zh().names("青云局", role="lead", body_id="cn-mof"), en().names("Blue Office", role="supervisor", body_id="cn-mof")
    )["responsibilities"]
    assert (row["role"], row["duty_zh"], row["duty_en"]) == ("lead", "青云局", "Blue Office")


def test_an_issuer_is_one_wherever_it_is_printed() -> None:
    front, closing = [("front", "青云局"), *ZH], [*EN, ("closing", "Blue Office")]
    found = tables(
        zh(front).names("青云局", role="issuer", body_id="cn-mof"),
        en(closing).names("Blue Office", role="issuer", body_id="cn-mof"),
    )
    assert len(found["responsibilities"]) == 1


def test_an_issuer_that_signs_is_one_with_both_places_as_evidence() -> None:
    lines = [("front", "云岛省青云局"), *ZH, ("closing", "青云局印发")]
    reading = zh(lines)
    for quote in ("云岛省青云局", "青云局印发"):
        reading.names(quote, role="issuer", body_id="cn-mof")
    found = tables(reading)
    (row,) = found["responsibilities"]
    assert (row["section_number"], row["role"]) == ("front", "issuer")
    places = {(each["section_id"], each["responsibility_id"]) for each in found["body_mentions"]}
    assert places == {(f"doc.zh:{place}", row["responsibility_id"]) for place in ("front", "closing")}


def test_instruments_that_stand_in_each_others_place_are_one() -> None:
    found = tables(zh().cites("云岛基金"), en().cites("Cloud Isle Fund"))
    assert worded(found["instruments"], "name") == [("云岛基金", "Cloud Isle Fund")]
    assert found["instruments"][0]["instrument_id"] == tables(zh().cites("云岛基金"))["instruments"][0]["instrument_id"]
    assert {row["instrument_id"] for row in found["instrument_mentions"]} == {found["instruments"][0]["instrument_id"]}


def test_where_one_text_names_more_instruments_they_stay_apart() -> None:
    found = tables(zh().cites("云岛基金").cites("统计制度"), en().cites("Cloud Isle Fund"))
    assert len(found["instruments"]) == 3


def shifted() -> tuple[list[Line], list[Line]]:
    """A text, and a translation that lacks the first of its sections and numbers the others anew."""
    lines = made_up(1, sections=4)
    rest = [line._replace(number=f"s{int(line.number[1:]) - 1}") for line in lines if line.number != "s1"]
    return [(line.number, line.zh) for line in lines], [(line.number, line.en) for line in rest]


def test_records_stand_at_the_address_that_the_original_gives() -> None:
    ours, theirs = shifted()
    found = tables(zh(ours), en(theirs).states(theirs[3][1]))
    assert [(pair["a_section_id"], pair["b_section_id"]) for pair in found["section_alignments"]] == [
        ("doc.zh:s1", None), ("doc.zh:s2", "doc.en:s1"), ("doc.zh:s3", "doc.en:s2"), ("doc.zh:s4", "doc.en:s3"),
    ]  # fmt: skip
    assert [row["section_number"] for row in found["objectives"]] == ["s2"]
    assert [row["section_number"] for row in found["provisions"]] == ["s1", "s2", "s3", "s4"]
    theirs_at = {row["section_id"]: row["section_number"] for row in found["sections"] if row["text_id"] == "doc.en"}
    assert theirs_at == {"doc.en:s1": "s2", "doc.en:s2": "s3", "doc.en:s3": "s4"}


def test_a_section_that_only_the_translation_has_takes_no_number_of_the_original() -> None:
    longer, shorter = shifted()
    whole, part = Reading(longer, "zh", "machine_translation"), Reading(shorter, "en", "original")
    both = corpus(whole, part)
    assert {section_id: both.address(section_id)[1] for section_id in both.sections} == {
        "doc.en:s1": "s1", "doc.en:s2": "s2", "doc.en:s3": "s3",
        "doc.zh:s1": "s1-2", "doc.zh:s2": "s1", "doc.zh:s3": "s2", "doc.zh:s4": "s3",
    }  # fmt: skip


def test_offsets_in_sentences_that_answer_one_another_are_in_one_passage() -> None:
    ours, theirs = zh().states("设立云岛基金", "建设云岛平台"), en().states("perfect the statistical system")
    both = corpus(ours, theirs)
    fund, platform, system = (both.passage_at(s.text_id, s.char_start) for s in (*ours.statements, *theirs.statements))
    assert fund == system != platform
    assert both.sentence_at("doc.zh", len(ours.source) + 5) is None


@pytest.mark.parametrize("table", ["section_alignments", "sentence_alignments"])
def test_alignment_rows_are_told_apart(table: str) -> None:
    rows = tables(zh(), en(EN[:3]))[table]
    assert len({row["alignment_id"] for row in rows}) == len(rows)
    assert all(row["a_text_id"] == "doc.zh" and row["b_text_id"] == "doc.en" for row in rows)


@pytest.mark.parametrize("whole", [True, False])
def test_what_one_text_lacks_is_worded_by_the_sentence_that_answers_it(whole: bool) -> None:
    sentence = next(line for _, line in ZH if line.endswith("。"))
    reading = zh().states(sentence if whole else sentence[:2])
    (objective,) = tables(reading, en())["objectives"]
    other = corpus(reading, en()).alignments("doc")[0]
    ((answer,),) = [group.b for group in other.groups if other.sentences[group.a[0]].text == sentence]
    assert objective["statement_en"] == (other.sentences[answer].text if whole else None)
    assert len(tables(reading, en())["statements"]) == 1


def test_a_sentence_that_another_objective_claims_words_no_other() -> None:
    sentence = next(line for _, line in ZH if line.endswith("。"))
    both = corpus(zh().states(sentence), en())
    answer = next(
        g.b[0] for g in both.alignments("doc")[0].groups if both.alignments("doc")[0].sentences[g.a[0]].text == sentence
    )
    claimed = both.alignments("doc")[0].sentences[answer].text
    found = tables(zh().states(sentence), en().states(claimed, kind="goal"))["objectives"]
    assert sorted(worded(found, "statement"), key=str) == sorted([(sentence, None), (None, claimed)], key=str)


def test_names_that_differ_in_case_quotes_and_hyphens_are_one() -> None:
    lines = [("s1", "The “Cloud-Isle” Fund grows."), ("s1", "The cloud isle fund shrinks.")]
    found = tables(Reading(lines, "en", "original").cites("“Cloud-Isle” Fund").cites("cloud isle fund"))
    assert len(found["instruments"]) == 1


def test_names_of_other_figures_are_not_one_by_their_place_alone() -> None:
    ours, theirs = [("s1", "实施云岛17计划。")], [("s1", "Implement the programme of twelve, or 12.")]
    found = tables(zh(ours).cites("云岛17计划"), en(theirs).cites("programme of twelve, or 12"))
    assert len(found["instruments"]) == 2


def test_a_region_in_a_language_code_changes_no_column() -> None:
    readings = zh().states("完善统计制度"), en().states("perfect the statistical system")
    plain = tables(*readings)
    for reading in readings:
        text = reading.outline.text
        reading.outline = replace(reading.outline, text=replace(text, language=f"{text.language}-XX"))
    regional = tables(*readings)
    assert regional["objectives"] == plain["objectives"]
    assert {row["language"] for row in regional["texts"]} == {"zh-XX", "en-XX"}

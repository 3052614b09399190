"""One record per thing: what equal places, values and roles in two texts become."""

from __future__ import annotations

from typing import Any

from pipeline.core.model import BodyMention, Document, Extraction, InstrumentMention, Quantity, Row, Source, Statement
from pipeline.link import Corpus, link
from pipeline.link.codes import holds
from tests.builders import build_outline

ZH = [("s1", "# 发展目标"), ("s1", "到2030年，森林覆盖率达到25%。"), ("s1", "财政部负责落实。")]
EN = [
    ("s1", "# Objectives"),
    ("s1", "By 2030, forest coverage is to reach 25%."),
    ("s1", "The Ministry of Finance is responsible."),
]


def record(source: str, text_id: str, quote: str, **values: Any) -> dict[str, Any]:
    start = source.index(quote)
    place = {"text_id": text_id, "section_id": f"{text_id}:s1", "char_start": start, "char_end": start + len(quote)}
    return place | {"quote": quote, "rule_id": "test-rule"} | values


def quantity(source: str, text_id: str, quote: str, indicator: str, **values: Any) -> Quantity:
    plain: dict[str, Any] = dict.fromkeys(
        ("value_high", "indicator_start", "indicator_end", "deadline_text", "baseline_value", "baseline_year")
    )
    plain |= {
        "kind": "target",
        "measure": "level",
        "comparator": "eq",
        "value": 25.0,
        "unit": "%",
        "base_value": 25.0,
        "base_unit": "%",
    }
    plain |= {
        "deadline_year": 2030,
        "deadline_basis": "explicit",
        "nature": "unstated",
        "wording": quote,
        "indicator_text": indicator,
    }
    return Quantity(**record(source, text_id, quote, **(plain | values)))


def mention(source: str, text_id: str, quote: str, **values: Any) -> BodyMention:
    plain = {"body_id": None, "name": quote, "body_type": "ministry", "role": "implementer", "duty": quote}
    return BodyMention(**record(source, text_id, quote, **(plain | values)))


def goal(source: str, text_id: str, quote: str) -> Statement:
    values = {"objective_type": "goal", "wording": quote, "parent": None, "horizon_year": 2030, "horizon_basis": "explicit"}
    return Statement(**record(source, text_id, quote, **values))


def linked(**changes: Any) -> dict[str, list[Row]]:
    zh, zh_source = build_outline(ZH, "zh")
    en, en_source = build_outline(EN, "en", status="human_translation")
    found_zh = Extraction(
        statements=(goal(zh_source, "doc.zh", "到2030年，森林覆盖率达到25%"),),
        quantities=(quantity(zh_source, "doc.zh", "达到25%", "森林覆盖率"),),
        body_mentions=(mention(zh_source, "doc.zh", "财政部", body_id=None),),
    )
    found_en = Extraction(
        statements=(goal(en_source, "doc.en", "By 2030, forest coverage is to reach 25%"),),
        quantities=(quantity(en_source, "doc.en", "reach 25%", "forest coverage", **changes),),
        body_mentions=(mention(en_source, "doc.en", "Ministry of Finance"),),
        instrument_mentions=(
            InstrumentMention(
                **record(
                    en_source, "doc.en", "Objectives", instrument_id=None, name="Title", instrument_type="plan", status="existing"
                )
            ),
        ),
    )
    document = Document("doc", {"en": "Title", "zh": "标题"}, predecessor_id="absent")
    sources = tuple(Source(f"doc/{code}", "doc", f"doc/{code}.txt", "0" * 64, 1, "text/plain", "utf-8") for code in ("en", "zh"))
    decoded = {"doc/zh": zh_source, "doc/en": en_source}
    return link(Corpus((document,), sources, (en, zh), (found_en, found_zh), (), decoded, ("en", "zh")))


def test_equal_values_at_one_place_are_one_target() -> None:
    tables = linked()
    (target,) = tables["targets"]
    assert (target["indicator_text_en"], target["indicator_text_zh"]) == ("forest coverage", "森林覆盖率")
    assert {row["target_id"] for row in tables["quantities"]} == {target["target_id"]}
    assert target["indicator_id"] == "forest-coverage"
    assert target["objective_id"] == tables["objectives"][0]["objective_id"]
    assert [row["indicator_id"] for row in tables["indicators"]] == ["forest-coverage"]


def test_another_value_in_a_version_makes_no_other_target() -> None:
    for changes, column in (({"value": 26.0, "base_value": 26.0}, "value"), ({"deadline_year": 2031}, "deadline_year")):
        (target,) = linked(**changes)["targets"]
        assert (target["value"], target["deadline_year"]) == (25.0, 2030)
        assert (target["versions_agree"], target["disagreeing_columns"]) == (False, column)


def test_what_other_indicators_have_are_other_targets() -> None:
    assert len(linked(value=9.0, base_value=9.0, unit="day", base_unit="s")["targets"]) == 2


def test_statements_at_one_place_are_one_objective() -> None:
    (objective,) = (tables := linked())["objectives"]
    assert objective["statement_zh"] == "到2030年，森林覆盖率达到25%"
    assert objective["statement_en"] == "By 2030, forest coverage is to reach 25%"
    assert len(tables["statements"]) == 2


def test_goals_that_set_the_same_target_go_together_however_many_there_are() -> None:
    zh, zh_source = build_outline([("s1", "森林覆盖率达到25%，湿地明显恢复。")], "zh")
    en, en_source = build_outline([("s1", "Forest coverage is to reach 25%.")], "en", status="human_translation")
    found_zh = Extraction(
        statements=(goal(zh_source, "doc.zh", "森林覆盖率达到25%"), goal(zh_source, "doc.zh", "湿地明显恢复")),
        quantities=(quantity(zh_source, "doc.zh", "达到25%", "森林覆盖率"),),
    )
    found_en = Extraction(
        statements=(goal(en_source, "doc.en", "Forest coverage is to reach 25%"),),
        quantities=(quantity(en_source, "doc.en", "reach 25%", "Forest coverage"),),
    )
    decoded = {"doc/zh": zh_source, "doc/en": en_source}
    tables = link(Corpus((Document("doc", {}),), (), (zh, en), (found_zh, found_en), (), decoded, ("en", "zh")))
    assert sorted((o["statement_zh"], o["statement_en"]) for o in tables["objectives"] if o["statement_en"]) == [
        ("森林覆盖率达到25%", "Forest coverage is to reach 25%")
    ]
    assert len(tables["objectives"]) == 2


def test_one_body_has_one_responsibility_for_one_objective() -> None:
    zh, source = build_outline([("s1", "财政部负责落实，财政部做好保障。")], "zh")
    first = source.index("财政部")
    second = source.index("财政部", first + 1)
    mentions = tuple(
        BodyMention(
            text_id="doc.zh", section_id="doc.zh:s1", char_start=start, char_end=start + 3, quote="财政部", rule_id="test-rule",
            body_id=None, name="财政部", body_type="ministry", role="implementer", duty="落实",
        )
        for start in (first, second)
    )  # fmt: skip
    tables = link(
        Corpus((Document("doc", {}),), (), (zh,), (Extraction(body_mentions=mentions),), (), {"doc/zh": source}, ("en", "zh"))
    )
    assert len(tables["responsibilities"]) == 1
    assert {row["responsibility_id"] for row in tables["body_mentions"]} == {tables["responsibilities"][0]["responsibility_id"]}


def test_headings_of_both_languages_share_a_provision() -> None:
    (provision,) = linked()["provisions"]
    assert (provision["heading_en"], provision["heading_zh"]) == ("Objectives", "发展目标")


def test_unknown_bodies_in_sentences_that_answer_one_another_are_one() -> None:
    tables = linked()
    assert [(row["name_zh"], row["name_en"]) for row in tables["bodies"]] == [("财政部", "Ministry of Finance")]
    (row,) = tables["responsibilities"]
    assert (row["duty_zh"], row["duty_en"]) == ("财政部", "Ministry of Finance")


def test_equal_bodies_and_roles_at_one_place_are_one_responsibility() -> None:
    zh, zh_source = build_outline(ZH, "zh")
    en, en_source = build_outline(EN, "en", status="human_translation")
    found = [
        Extraction(body_mentions=(mention(source, text_id, quote, body_id="cn-mof"),))
        for source, text_id, quote in ((zh_source, "doc.zh", "财政部"), (en_source, "doc.en", "Ministry of Finance"))
    ]
    decoded = {"doc/zh": zh_source, "doc/en": en_source}
    tables = link(Corpus((Document("doc", {}),), (), (zh, en), tuple(found), (), decoded, ("en", "zh")))
    (row,) = tables["responsibilities"]
    assert (row["duty_zh"], row["duty_en"]) == ("财政部", "Ministry of Finance")


def test_an_instrument_with_the_title_of_a_document_is_that_document() -> None:
    assert [row["document_id"] for row in linked()["instruments"]] == ["doc"]


def test_a_predecessor_that_is_not_held_is_not_linked() -> None:
    assert linked()["documents"][0]["predecessor_id"] is None


def test_quotes_of_sentences_are_cut_from_the_source() -> None:
    assert all(row["quote"] == row["text"] for row in linked()["sentences"])


def test_ids_do_not_depend_on_what_stands_elsewhere() -> None:
    assert linked()["targets"][0]["target_id"] == linked(base_value=26.0)["targets"][0]["target_id"]


def test_names_are_found_as_whole_words() -> None:
    assert holds("the oda target", "oda")
    assert not holds("today", "oda")
    assert holds("全国森林覆盖率", "森林覆盖率")

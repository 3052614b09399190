"""Targets that versions state with other values are one: the original's values hold, and the discrepancy is named."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.core.model import Document, Row
from pipeline.link import Corpus, link
from tests.link.discrepancies.bilingual import EN, ZH, Line, changed, read, without

Tables = dict[str, list[Row]]


def tables(*versions: tuple[list[Line], str, str]) -> Tables:
    """What the rooms make of a document. versions: lines, edition, status."""
    outlines, extractions, decoded = [], [], {}
    for lines, edition, status in versions:
        outline, found, source = read(lines, edition[:2], status, f"doc.{edition}")
        source_id = f"doc/{edition}"
        outlines.append(replace(outline, text=replace(outline.text, source_id=source_id)))
        extractions.append(found)
        decoded[source_id] = source
    return link(Corpus((Document("doc", {}),), (), tuple(outlines), tuple(extractions), (), decoded, ("en", "zh")))


def both(en: list[Line], zh: list[Line] = ZH) -> Tables:
    return tables((zh, "zh", "original"), (en, "en", "human_translation"))


def differing(found: Tables) -> list[tuple[float, str, str, str]]:
    """(value, columns, kind and words of the discrepancy) of the targets that versions state otherwise."""
    listed = {row["discrepancy_id"]: row for row in found["discrepancies"]}
    rows = [row for row in found["targets"] if row["versions_agree"] is False]
    shown = [listed[row.get("value_discrepancy_id") or row["deadline_discrepancy_id"]] for row in rows]
    return [
        (row["value"], row["disagreeing_columns"], each["kind"], f"{each['a_quote']} | {each['b_quote']}")
        for row, each in zip(rows, shown, strict=True)
    ]


def test_versions_that_say_the_same_agree() -> None:
    found = both(EN)
    assert {row["versions_agree"] for row in found["targets"]} == {True}
    assert {row["disagreeing_columns"] for row in found["targets"]} == {None}
    assert found["discrepancies"] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3.5 million", "3.6 million", (3.5e6, "value", "number", "350万 | 3.6 million")),
        ("20 billion yuan", "20 billion dollars", (2e10, "unit", "unit", "200亿元 | 20 billion dollars")),
        ("7 percentage points", "7 percent", (7.0, "unit", "unit", "7个百分点 | 7 percent")),
        ("more than 95%", "less than 95%", (95.0, "comparator", "number", "95%以上 | less than 95%")),
        ("By 2035, 12", "By 2053, 12", (12.0, "deadline_year", "year", "2035年 | 2053")),
    ],
)
def test_the_values_of_the_original_hold_and_what_differs_is_named(old: str, new: str, told: tuple[float, str, str, str]) -> None:
    plain, found = both(EN), both(changed(EN, old, new))
    assert told in differing(found)
    ours, theirs = (
        [{**row, "indicator_text_en": None, "wording_en": None} for row in each["targets"]] for each in (plain, found)
    )
    same = ("target_id", "value", "unit", "comparator", "deadline_year")
    assert [[row[name] for name in same] for row in ours] == [[row[name] for name in same] for row in theirs]


def test_one_slip_in_a_year_is_one_discrepancy_of_all_targets_that_it_dates() -> None:
    found = both(changed(EN, "By 2030", "By 2031"))
    assert differing(found) == [
        (95.0, "deadline_year", "year", "2030年 | 2031"),
        (3.5e6, "deadline_year", "year", "2030年 | 2031"),
    ]
    assert len(found["discrepancies"]) == 1
    dated = [row for row in found["objectives"] if row["horizon_agrees"] is False]
    assert dated
    assert {row["horizon_year"] for row in dated} == {2030}
    assert {row["horizon_discrepancy_id"] for row in dated} == {found["discrepancies"][0]["discrepancy_id"]}


def test_a_year_that_governs_what_follows_is_one_discrepancy_of_all_that_it_dates() -> None:
    zh = [("s4", "到2032年，主要指标如下。"), ("s4", "森林覆盖率达到24.1%，海岛旅游收入达到300亿元。")]
    en = [
        ("s4", "By 2033, the main indicators are as follows."),
        ("s4", "Forest coverage will reach 24.1%, and the revenue of island tourism 30 billion yuan."),
    ]
    found = both([*EN, *en], [*ZH, *zh])
    assert differing(found) == [
        (24.1, "deadline_year", "year", "2032年 | 2033"),
        (3e10, "deadline_year", "year", "2032年 | 2033"),
    ]
    assert len(found["discrepancies"]) == 1


def test_each_passage_keeps_what_its_text_says() -> None:
    found = both(changed(EN, "3.5 million", "3.6 million"))
    (target,) = [row for row in found["targets"] if row["versions_agree"] is False]
    rows = [row for row in found["quantities"] if row["target_id"] == target["target_id"]]
    assert [(row["text_id"], row["value"]) for row in rows] == [("doc.zh", 3.5e6), ("doc.en", 3.6e6)]


def test_a_machine_translation_that_differs_is_told_and_never_holds() -> None:
    machine = (changed(EN, "3.5 million", "3.9 million"), "en-mt", "machine_translation")
    found = tables(machine, (EN, "en", "human_translation"), (ZH, "zh", "original"))
    assert differing(found) == [(3.5e6, "value", "number", "350万 | 3.9 million")]
    assert [row["b_text_id"] for row in found["discrepancies"]] == ["doc.en-mt"]
    pair = tables(machine, (EN, "en", "human_translation"))
    assert [row[0] for row in differing(pair)] == [3.5e6]


def test_a_target_that_two_translations_state_and_the_original_does_not_is_one() -> None:
    zh = changed(ZH, "海水淡化能力达到350万吨", "加快海水淡化")
    found = tables((zh, "zh", "original"), (EN, "en", "human_translation"), (EN, "en-mt", "machine_translation"))
    (row,) = [row for row in found["targets"] if row["value"] == 3.5e6]
    assert row["versions_agree"] is True
    assert {q["text_id"] for q in found["quantities"] if q["target_id"] == row["target_id"]} == {"doc.en", "doc.en-mt"}


def test_a_target_that_one_version_lacks_says_nothing_of_agreement() -> None:
    found = both(changed(EN, ", and seawater desalination capacity is to reach 3.5 million tons", ""))
    assert [row["value"] for row in found["targets"] if row["versions_agree"] is None] == [3.5e6]
    assert differing(found) == []
    alone = both(without(EN, "By 2030"))
    assert [row["value"] for row in alone["targets"] if row["versions_agree"] is None] == [95.0, 3.5e6]


def sentence(zh: str, *en: str) -> Tables:
    """The plan with a sentence of its own."""
    return both([*EN, *(("s4", words) for words in en)], [*ZH, ("s4", zh)])


def test_targets_in_another_order_are_told_by_their_indicators() -> None:
    found = sentence(
        "到2030年，森林覆盖率达到25%，湿地保护率达到55%。",
        "By 2030, the wetland protection rate is to reach 58% and forest coverage is to reach 25%.",
    )
    assert [row[:2] for row in differing(found)] == [(55.0, "value")]
    swapped = sentence(
        "到2030年，森林覆盖率达到25%，湿地保护率达到55%。",
        "By 2030, forest coverage is to reach 55% and the wetland protection rate is to reach 25%.",
    )
    assert [row[:2] for row in differing(swapped)] == [(25.0, "value"), (55.0, "value")]


def test_a_sentence_that_the_translation_splits_is_one_passage() -> None:
    found = sentence(
        "到2030年，森林覆盖率达到25%，湿地保护率达到55%，近岸海域水质优良比例达到79%。",
        "By 2030, forest coverage is to reach 25%, and the wetland protection rate 55%.",
        "By 2030, the share of coastal waters of excellent quality is to reach 78%.",
    )
    assert [row[:2] for row in differing(found)] == [(79.0, "value")]


def test_where_nothing_tells_which_is_which_targets_stay_apart() -> None:
    found = sentence("到2030年，甲岛税率达到21%，乙岛税率达到31%。", "By 2030, the rate of the isle is to reach 41%.")
    assert {row["versions_agree"] for row in found["targets"] if row["value"] in (21.0, 31.0, 41.0)} == {None}


def test_what_doubles_grows_by_a_hundred_per_cent() -> None:
    found = sentence("到2030年，海岛旅游收入翻一番。", "By 2030, the revenue of island tourism is to increase by 100%.")
    assert differing(found) == []
    assert found["discrepancies"] == []

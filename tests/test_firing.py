from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.language import load_language
from pipeline.core.rules import RuleSet, compile_rules
from pipeline.firing import Firings, known_rules, plain_text, read_watched, report_csv, report_lines, rows, watched
from pipeline.source import description_for

TEXT = """Lights Strategy 2031-2035

I. Objectives
By 2035, at least 95% of harbours are to be lit, and 2,000 km of coast are to be marked.

II. Tasks
1. Lamps. The Ministry of Finance shall provide the means.
"""


def made(*patterns: str) -> RuleSet:
    return compile_rules([{"id": f"r{n}", "pattern": each, "finds": []} for n, each in enumerate(patterns)], {}, "test")


def test_matches_are_counted_by_distinct_text() -> None:
    rules = made("fog", "lamp")
    with watched() as firings:
        for text in ("fog and fog", "fog and fog", "a lamp", "nothing", "fog lamp"):
            list(rules.matches(text))
    assert firings.matches == {
        "r0": {"fog and fog": {(0, 3), (8, 11)}, "fog lamp": {(0, 3)}},
        "r1": {"a lamp": {(2, 6)}, "fog lamp": {(4, 8)}},
    }
    assert firings.asked == {"r0", "r1"}


def test_of_rules_of_which_the_first_counts_only_that_fires() -> None:
    rules = made("fog", "lamp")
    with watched() as firings:
        found = rules.first("a lamp in the fog")
    assert found is not None
    assert (found[0].rule_id, found[1].group()) == ("r0", "fog")
    assert set(firings.matches) == {"r0"}


def test_a_rule_that_is_tried_without_its_set_is_watched() -> None:
    rule = made("^fog$").rules[0]
    with watched() as firings:
        assert [rule.pattern.search("fog"), rule.pattern.match("fog"), rule.pattern.fullmatch("fog")].count(None) == 0
        assert (rule.pattern.search("fogs"), rule.pattern.pattern) == (None, "^fog$")
    assert firings.matches == {"r0": {"fog": {(0, 3)}}}


def test_watching_changes_nothing_and_ends() -> None:
    rules = made("fog", "lamp")
    plain = (rules.candidates("lamp"), [match.span() for _, match in rules.matches("lamp fog lamp")], rules.first("none"))
    before = rules.rules[0].pattern
    with watched() as firings:
        assert (
            rules.candidates("lamp"),
            [match.span() for _, match in rules.matches("lamp fog lamp")],
            rules.first("none"),
        ) == plain
    assert rules.rules[0].pattern is before
    list(rules.matches("lamp fog"))
    assert "lamp fog" not in firings.matches["r1"]


def test_every_rule_is_known_where_it_is_written() -> None:
    rules = known_rules()
    values = load_language("zh").group("targets", "values").rules
    assert {rule.rule_id for rule in values} <= {
        rule_id for rule_id, known in rules.items() if known[:3] == ("zh", "targets", "values")
    }


@pytest.fixture(scope="module")
def firings() -> Firings:
    data = TEXT.encode()
    described = description_for(data, "lights.txt")
    return read_watched(described, {each.name: data for each in described.files})


def test_a_document_shows_what_fires_on_it(firings: Firings) -> None:
    assert sum(firings.records.values()) >= 4
    assert all(firings.matches.get(rule_id) for rule_id in firings.records if rule_id in firings.asked)
    table = rows({"lights": firings}, known_rules())
    assert {row[1] for row in table} <= {"en", "zh"}
    assert {"targets", "objectives", "outline"} <= {row[2] for row in table}
    assert all(int(row[6]) >= int(row[7]) for row in table)
    assert table == sorted(table)


def test_rules_without_a_set_are_searched_in_lines_and_sentences() -> None:
    rules = {rule_id: known for rule_id, known in known_rules().items() if known.language == "en" and known.group == "values"}
    silent = Firings()
    silent.lines = {example for known in rules.values() for example in known.rule.finds}
    found = {row[0]: row for row in rows({"doc": silent}, rules)}
    assert set(found) == set(rules)
    assert {row[4] for row in found.values()} == {"false"}


def test_rules_that_never_fire_or_once_are_named(firings: Firings, tmp_path: Path) -> None:
    rules = known_rules()
    table = rows({"lights": firings}, rules)
    lines = list(report_lines(table, rules))
    counts = [int(line.split()[0].replace(",", "")) for line in lines if not line.startswith("  ")]
    several = int(lines[0].split(", ")[1].split()[0])
    assert counts[0] == several + counts[1] + counts[2]
    (tmp_path / "rules.csv").write_bytes(report_csv(table))
    with (tmp_path / "rules.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(table)


def test_golden_documents_are_read_without_their_marks(tmp_path: Path) -> None:
    marked = tmp_path / "marked.en.txt"
    marked.write_text(
        "// Said of it.\nfront\tRules of the ⟦County Council||issuer⟧\ns1.2\tThe ⟦Council||lead⟧ acts.\n", encoding="utf-8"
    )
    assert plain_text(marked) == b"Rules of the County Council\nThe Council acts.\n"
    sentences = tmp_path / "sentences.yaml"
    sentences.write_text('- {text: "Build 5 boats."}\n- {text: "Sow grass.", expect: []}\n', encoding="utf-8")
    assert plain_text(sentences) == b"Build 5 boats.\n\nSow grass."
    plain = tmp_path / "plain.txt"
    plain.write_bytes("\ufeff\u82d7".encode("utf-16"))
    assert plain_text(plain) == plain.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.yaml", b"a: 1\n", "no list of golden sentences"),
        ("y.yaml", b"- wording: 1\n", "no list of golden sentences"),
        ("x.txt", "⟦".encode() + b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=reason):
        plain_text(tmp_path / name)


def test_what_links_documents_and_what_describes_them_is_watched() -> None:
    text = "XF (2031)12\n\nLights Plan\n\nThis plan is made to implement the National Harbour Strategy (2025-2035).\n\nI. Aims\n\nLamps shine.\n"
    found = read_watched(partial(description_for, text.encode(), "lights.txt"), {"lights.txt": text.encode()})
    groups = {known_rules()[rule_id].group for rule_id in found.asked}
    assert {"relations", "numbers", "titles"} <= groups


def test_labels_are_counted_for_the_document_that_has_them() -> None:
    one, other = (
        read_text(f"Plan\n\n{label} Lights\n\nLamps shine.\n\n{label} Boats\n\nBoats float.\n") for label in ("1.", "No. 2")
    )
    assert [("en-label-point" in each.matches, "en-label-number-word" in each.matches) for each in (one, other)] == [
        (True, False),
        (False, True),
    ]


def read_text(text: str) -> Firings:
    data = text.encode()
    described = description_for(data, "plan.txt")
    return read_watched(described, {each.name: data for each in described.files})

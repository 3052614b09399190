"""The prefilter may let too much through, but never loses a match that `re` finds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.core.rules import Opening, compile_rules, fill, for_prefilter, has_group

ATOMS = [r"\d", r"\s", r"\w", r"\b", r"\S", r"\.", ".", "a", "B", "中", "第", "１", r"\(", "[a-c]", "[^a]"]
ATOMS += [r"[\d中]", r"[^\s]", r"[\s，]", r"[^\w]", r"[^\d中]", "(?:ab|文)"]
CHARACTERS = "aABb 中第文１1٣.(，\u00a0\u3000\u2009\n\t－x²"


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns of the kind that rules are made of."""
    parts = draw(
        st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(["", "", "?", "*", "+", "{1,3}"])), min_size=1, max_size=6)
    )
    body = "".join(atom if atom == r"\b" else atom + times for atom, times in parts)
    return draw(st.sampled_from(["", "(?i)"])) + draw(st.sampled_from(["", "^"])) + body + draw(st.sampled_from(["", "$"]))


def rules(*given_patterns: str, **slots: str) -> Any:
    entries = [{"id": f"x-{n}", "pattern": pattern, "finds": []} for n, pattern in enumerate(given_patterns)]
    return compile_rules(entries, slots, "rules.yaml")


@given(st.lists(patterns(), min_size=1, max_size=4), st.text(CHARACTERS, max_size=30))
def test_the_prefilter_never_loses_a_match(given_patterns: list[str], text: str) -> None:
    compiled = rules(*given_patterns)
    kept = compiled.candidates(text)
    assert [rule.rule_id for rule in compiled.rules if rule.pattern.search(text) and rule not in kept] == []


@given(st.lists(patterns(), min_size=1, max_size=4), st.text(CHARACTERS, max_size=30))
def test_matches_are_those_of_re_in_the_order_of_the_file(given_patterns: list[str], text: str) -> None:
    found = [(rule.rule_id, match.span()) for rule, match in rules(*given_patterns).matches(text)]
    assert found == [(f"x-{n}", match.span()) for n, pattern in enumerate(given_patterns) for match in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    "space", [" ", "\u00a0", "\u3000", "\u2003", "\u2028", "\u202f", "\u205f", "\u1680", "\x85", "\x1c", "\n"]
)
def test_every_space_that_re_knows_passes(space: str) -> None:
    assert re.search(r"a\sb", f"a{space}b")
    assert rules(r"a\sb").candidates(f"a{space}b") != []
    assert rules(r"a[\s,]b").candidates(f"a{space}b") != []


@pytest.mark.parametrize("digit", ["7", "７", "٣", "३", "𝟗"])
def test_every_digit_that_re_knows_passes(digit: str) -> None:
    assert re.search(r"^\d$", digit)
    assert rules(r"^\d$").candidates(digit) != []


@pytest.mark.parametrize("letter", ["é", "中", "Ω", "７", "_"])
def test_every_letter_that_re_knows_passes(letter: str) -> None:
    assert re.search(r"^\w$", letter)
    assert rules(r"^\w$").candidates(letter) != []
    assert rules(r"^[\w-]$").candidates(letter) != []


@pytest.mark.parametrize("text", ["Ⅳ", "ſ", "\u212a"])
def test_case_folding_passes(text: str) -> None:
    for pattern in ("(?i)ⅳ", "(?i)s", "(?i)k", "(?i)i"):
        if re.search(pattern, text):
            assert rules(pattern).candidates(text) != []


def test_first_is_by_order_in_the_file_not_in_the_text() -> None:
    found = rules("late", "early").first("early and late")
    assert found is not None
    assert found[0].rule_id == "x-0"
    assert rules("never").first("early") is None


def test_a_set_without_rules_finds_nothing() -> None:
    assert rules().candidates("text") == []
    assert rules().first("text") is None


def test_slots_are_filled_within_slots() -> None:
    assert fill("{number}年", {"number": "{digit}+", "digit": "[0-9]"}) == "(?:(?:[0-9])+)年"
    assert fill("a{2}b{unknown}", {}) == "a{2}b{unknown}"


def test_slots_in_a_circle_are_refused() -> None:
    with pytest.raises(InputError, match="slots contain each other"):
        rules("{a}", a="x{b}", b="{a}")


@pytest.mark.parametrize("pattern", ["(", "a(?=b)", r"(a)\1", "(?<!a)b", "[", "a{2,1}", r"[^\S]"])
def test_a_pattern_that_cannot_run_in_linear_time_or_at_all_is_refused(pattern: str) -> None:
    with pytest.raises(InputError, match="does not compile"):
        rules(pattern)


@pytest.mark.parametrize("entry", [{"pattern": "a", "finds": []}, {"id": "x", "finds": []}, {"id": "x", "pattern": "a"}])
def test_an_entry_without_its_parts_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="has no"):
        compile_rules([entry], {}, "rules.yaml")


def test_other_keys_are_values() -> None:
    [rule] = compile_rules([{"id": "x", "pattern": "a", "finds": ["a"], "ignores": ["b"], "kind": "k"}], {}, "rules.yaml").rules
    assert (rule.finds, rule.ignores, dict(rule.values)) == (("a",), ("b",), {"kind": "k"})


def test_the_prefilter_pattern_keeps_classes_and_escapes() -> None:
    assert for_prefilter(r"\b第\.[\]a]$") == r"第\.[\]a]\n?\z"


@given(patterns(), st.text(CHARACTERS, min_size=5, max_size=40), st.integers(1, 60))
def test_where_re2_goes_ahead_the_matches_are_those_of_re(pattern: str, text: str, times: int) -> None:
    rule = rules(pattern).rules[0]
    long = text * times
    assert [match.span() for match in rule.matches(long)] == [match.span() for match in re.finditer(pattern, long)]


@given(patterns(), st.text(CHARACTERS, max_size=30))
def test_an_opening_is_what_re_matches_at_the_beginning(pattern: str, text: str) -> None:
    found, expected = Opening(pattern).match(text), re.match(pattern, text)
    assert (found and found.span()) == (expected and expected.span())


def test_a_group_counts_where_it_holds_something() -> None:
    match = re.match("(?P<a>x)?(?P<b>y*)(?P<c>z)", "z")
    assert match is not None
    assert [has_group(match, name) for name in "abcd"] == [False, False, True, False]

"""The words that a pattern is said to need stand in everything that it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.language import language_codes, load_language
from pipeline.core.literals import needed_words
from pipeline.core.rules import LARGEST_SET, compile_rules
from tests.core.test_rules import CHARACTERS, patterns


@given(patterns(), st.text(CHARACTERS, max_size=30))
def test_a_match_holds_a_word_of_every_set(pattern: str, text: str) -> None:
    for match in re.finditer(pattern, text):
        for words in needed_words(pattern):
            assert any(word in match[0].lower() for word in words), (words, match[0])


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:ministr(?:y|ies)|bureau)", [{"ministry", "ministries", "bureau"}]),
        ("[Tt]he ministry", [{"the ministry"}]),
        ("(?i)MINISTRY", [{"ministry"}]),
        ("第[一二]条", [{"第一条", "第二条"}]),
        (r"鼓励[^。]{0,20}企业", [{"企业"}, {"鼓励"}]),
        (r"\d+(?: per cent)?", []),
        (r"(?:ministry|\d+)", []),
        (r"\bministry\b.{0,9}", [{"ministry"}]),
    ],
)
def test_the_rarest_words_are_chosen(pattern: str, needed: list[set[str]]) -> None:
    assert sorted(map(sorted, needed_words(pattern))) == sorted(map(sorted, needed))


@given(st.lists(st.text(CHARACTERS, max_size=30), max_size=4))
def test_many_rules_are_found_by_their_words_and_many_texts_at_once(texts: list[str]) -> None:
    made = ["文", "(?i)AB", "a[^a]*中", r"b+\d", "第?１", r"^\s*b", "a$"]
    entries = [{"id": f"x-{n}", "pattern": made[n % len(made)], "finds": []} for n in range(LARGEST_SET + 1)]
    rules = compile_rules(entries, {}, "rules.yaml")
    together = rules.candidates_in([text.encode() for text in texts])
    for number, text in enumerate(texts):
        found = together.get(number, [])
        assert found == rules.candidates(text)
        assert [rule.rule_id for rule in rules.rules if rule.pattern.search(text) and rule not in found] == []


@pytest.mark.parametrize("code", language_codes())
def test_each_rule_that_finds_bodies_needs_some_word(code: str) -> None:
    """One that needs none is tried on every sentence."""
    rules = load_language(code).group("duties", "find").rules
    assert [rule.rule_id for rule in rules if not needed_words(rule.written)] == []

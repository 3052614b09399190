"""A factored pattern finds what the written one does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.alternation import compiled, factored
from pipeline.core.language import language_codes, load_language
from pipeline.core.rules import Rule, RuleSet, fill

WORDS = st.text("abAB中", min_size=0, max_size=4)
PARTS = st.sampled_from(
    ["a", "b?", "[Aa]b", "[ab]", "(?:a|b)", "a+", r"\bb", r"\(", "(?P<x>a)", "B{2}", "中", "", "[^a|b)]", r"\|"]
)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns with many alternatives, some plain, some not, some in brackets."""
    plain = st.lists(WORDS, min_size=1, max_size=8)
    mixed = st.lists(st.lists(PARTS, max_size=3).map("".join), min_size=1, max_size=6)
    alternatives = [word for words in draw(st.lists(st.one_of(plain, mixed), min_size=1, max_size=3)) for word in words]
    named = iter(range(99))
    body = re.sub(r"\(\?P<x>", lambda _: f"(?P<x{next(named)}>", "|".join(alternatives))
    return draw(st.sampled_from(["§", "(?i)§", "(?i:§)a", "^(?:§)", "a(?:§)*?b", r"\b(§)\b"])).replace("§", body)


@given(patterns(), st.text("abAB中(|) ", max_size=12))
def test_it_finds_the_same_with_the_same_groups(pattern: str, text: str) -> None:
    found = [(match.span(), match.groups()) for match in compiled(pattern).finditer(text)]
    assert found == [(match.span(), match.groups()) for match in re.finditer(pattern, text)]
    assert bool(compiled(pattern).match(text)) == bool(re.match(pattern, text))
    assert bool(compiled(pattern).fullmatch(text)) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize(
    ("pattern", "grouped"),
    [
        ("the|this|a|an", "t(?:he|his)|a(?:|n)"),
        ("the|this|that|those", "t(?:h(?:e|is|at|ose))"),
        ("one|two", "one|two"),
        (r"ab|\d|ac|ad|ae|af|x", r"ab|\d|a(?:c|d|e|f)|x"),
        ("[Tt]he|[Tt]his|[Aa]n|by", "[Tt](?:he|his)|[Aa]n|by"),
        ("[Tt]he|this|an|by", "[Tt]he|this|an|by"),
        ("(?i)The|this|an|by", "(?i)The|this|an|by"),
        ("ab?|a+|ac|ad|bc|bd", "ab?|a+|a(?:c|d)|b(?:c|d)"),
        ("x(?:ab|ac|b|ad)?y", "x(?:a(?:b|c|d)|b)?y"),
    ],
)
def test_only_what_begins_with_letters_is_grouped(pattern: str, grouped: str) -> None:
    assert factored(pattern) == grouped


def rules() -> Iterator[Rule]:
    for code in language_codes():
        language = load_language(code)
        for file, content in language.files.items():
            for group, entries in content.items():
                if isinstance(entries, list) and entries and isinstance(entries[0], dict) and "pattern" in entries[0]:
                    found: RuleSet = language.group(file, group)
                    yield from found.rules


def test_the_rules_find_the_same_in_their_examples() -> None:
    for rule in rules():
        written = re.compile(rule.written)
        assert written.groupindex == rule.pattern.groupindex
        for example in map(str, (*rule.finds, *rule.ignores)):
            found = [(match.span(), match.groupdict()) for match in rule.pattern.finditer(example)]
            assert found == [(match.span(), match.groupdict()) for match in written.finditer(example)], rule


def test_settings_keep_their_groups() -> None:
    for code in language_codes():
        language = load_language(code)
        for file, content in language.files.items():
            for key, written in content.items():
                if isinstance(written, str) and "(?P<" in written:
                    filled = fill(written, language.slots(file))
                    assert re.compile(filled).groupindex == compiled(filled).groupindex, key


def test_a_pattern_that_does_not_parse_stays_as_it_is() -> None:
    assert factored("a|b)|c") == "a|b)|c"
    with pytest.raises(re.error):
        compiled("a|b)|c")

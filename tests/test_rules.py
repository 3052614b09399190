"""Every rule of every language pack finds its own examples and ignores the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import re2

from pipeline.core.language import Language, language_codes, load_language
from pipeline.core.rules import Rule, for_prefilter
from pipeline.core.rules import _quiet as quiet


def groups(language: Language) -> Iterator[tuple[str, str]]:
    """The (file, group) of every list of rules."""
    for file, content in language.files.items():
        for group, entries in content.items():
            if isinstance(entries, list) and any(isinstance(entry, dict) and "pattern" in entry for entry in entries):
                yield file, group


def all_rules() -> list[Any]:
    return [
        pytest.param(code, file, group, rule, id=f"{code}-{file}-{group}-{rule.rule_id}")
        for code in language_codes()
        for file, group in groups(load_language(code))
        for rule in load_language(code).group(file, group).rules
    ]


RULES = all_rules()


@pytest.mark.parametrize(("code", "file", "group", "rule"), RULES)
def test_rule_keeps_its_own_examples(code: str, file: str, group: str, rule: Rule) -> None:
    assert rule.finds, "a rule needs an example that it finds"
    assert rule.ignores, "a rule needs an example that it ignores"
    assert [text for text in rule.finds if not rule.pattern.search(text)] == []
    assert [text for text in rule.ignores if rule.pattern.search(text)] == []


@pytest.mark.parametrize(("code", "file", "group", "rule"), RULES)
def test_rule_passes_its_own_prefilter(code: str, file: str, group: str, rule: Rule) -> None:
    rules = load_language(code).group(file, group)
    assert [text for text in rule.finds if rule not in rules.candidates(text)] == []


@pytest.mark.parametrize(("code", "file", "group", "rule"), RULES)
def test_rule_runs_in_linear_time_under_re2(code: str, file: str, group: str, rule: Rule) -> None:
    re2.compile(for_prefilter(rule.written), options=quiet())


@pytest.mark.parametrize("code", language_codes())
def test_rule_ids_are_unique_and_start_with_the_language(code: str) -> None:
    ids = [param.values[3].rule_id for param in RULES if param.values[0] == code]
    assert sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}) == []
    assert [rule_id for rule_id in ids if not rule_id.startswith(f"{code}-")] == []

"""The fast path reads what the reference reads: on every sentence of the sources, no rule that `re` matches is left out."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.core.language import RULE_FILES, language_codes, load_language
from pipeline.core.paths import RAW
from pipeline.core.rules import RuleSet
from pipeline.outline import outline_document
from pipeline.source import check_raw, read_document, read_folder


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Every sentence of the sources in a language."""
    readings = [read_document(*read_folder(folder)) for folder in check_raw(RAW)]
    outlines = [outline for reading in readings for outline in outline_document(reading.texts)[0]]
    return tuple(s.text for outline in outlines if outline.text.language == language for s in outline.sentences)


def groups(language: str) -> list[tuple[str, str]]:
    """(file, group) of every list of rules that stands without slots from elsewhere."""
    files = load_language(language).files
    return [
        (file, name)
        for file in RULE_FILES
        for name, entries in files[file].items()
        if isinstance(entries, list) and entries and isinstance(entries[0], dict) and "pattern" in entries[0]
    ]


@pytest.mark.parametrize(("language", "file", "name"), [(code, *each) for code in language_codes() for each in groups(code)])
def test_the_prefilter_loses_no_match(language: str, file: str, name: str) -> None:
    rules: RuleSet = load_language(language).group(file, name)
    for text in sentences(language):
        found = set(rules.candidates(text))
        assert not [rule.rule_id for rule in rules.rules if rule not in found and rule.pattern.search(text)]

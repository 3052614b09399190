"""Every extractor has a budget in every language, and what they cost is told one by one."""

from __future__ import annotations

from benchmarks.extractors import BUDGETS, CONTEXT, PLAIN, costs, plain_pass
from pipeline.core.language import language_codes, load_language
from pipeline.extract import EXTRACTORS
from tests.extract.quantity_helpers import outline_of


def test_each_language_has_a_budget_for_each_extractor() -> None:
    assert {code: set(budget) for code, budget in BUDGETS.items()} == {code: {CONTEXT, *EXTRACTORS} for code in language_codes()}


def test_each_cost_is_counted() -> None:
    outline, _ = outline_of("en", ["By 2030, 9% of ships."], 2016)
    assert list(costs([outline], load_language("en"))) == [PLAIN, CONTEXT, *EXTRACTORS]


def test_the_plain_pass_reads_every_word() -> None:
    outline, _ = outline_of("en", [], 2016)
    before = plain_pass(outline.sentences)
    outline, _ = outline_of("en", ["By 2030, 9% of ships."], 2016)
    assert plain_pass(outline.sentences) - before == len("By 2030, 9% of ships.") + 5

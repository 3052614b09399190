"""Words that come together."""

from __future__ import annotations

from pipeline.link.align.lexicon import learn, translated


def said(zh: str, en: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset('"' + word for word in zh.split()), frozenset('"' + word for word in en.split())


def test_words_that_come_together_often_enough_get_one_key() -> None:
    groups = [said(f"森林 词{n}", f"forests word{n}") for n in range(3)] + [said(f"别的{n}", f"other{n}") for n in range(20)]
    zh, en = learn(groups)
    assert zh == {"森林": "*forest"}
    assert en == {"forest": "*forest"}
    assert translated([frozenset({'"forestry'})], en) == [{'"forestry', "*forest"}]


def test_what_comes_together_twice_is_chance() -> None:
    assert learn([said("森林", "forest")] * 2 + [said("别的", "other")] * 1) == ({}, {})
    assert learn([]) == ({}, {})

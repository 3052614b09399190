"""What sentences of two languages have in common."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.link.align.keys import Phrases, text_keys


def keys(text: str, language: str, kinds: str = '#@~"') -> set[str]:
    return {key for key in text_keys([text], language)[0] if key[0] in kinds}


def figures(text: str, language: str) -> set[str]:
    return keys(text, language, "#")


def test_figures_are_plain_numbers() -> None:
    assert figures("1,250 of 3.50 in 007", "en") == {"#1250", "#3.5", "#7"}
    assert figures("第十八次会议，二〇二五年，2.50亿", "zh") == {"#18", "#2025", "#2.5"}


def test_words_of_one_script_are_the_same_in_all_languages() -> None:
    assert keys("推广TD-LTE技术", "zh", '"') & keys("Promote TD-LTE", "en", '"') == {'"td', '"lte'}


def test_names_have_the_same_key_in_all_languages() -> None:
    shared = keys("财政部负责", "zh", "@") & keys("The Ministry of Finance is responsible", "en", "@")
    assert shared == {"@body:cn-mof"}


def found(wordings: Iterable[tuple[str, str]], text: str) -> list[str]:
    return [key for _, key in Phrases(wordings).find(text)]


def test_phrases_are_whole_words_and_may_overlap() -> None:
    wordings = [("data centre", "~1"), ("centre", "~2"), ("数据", "~3"), (" ", "~4")]
    assert sorted(found(wordings, "data centres, centred, 大数据中心")) == ["~1", "~2", "~3"]
    assert found([], "data") == []


def test_texts_of_any_length_keep_their_own_keys() -> None:
    texts = ["财政部" + "。" * 100_000 for _ in range(5)]
    assert [set(each) & {"@body:cn-mof"} for each in text_keys(texts, "zh")] == [{"@body:cn-mof"}] * 5

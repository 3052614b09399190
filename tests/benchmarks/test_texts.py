from __future__ import annotations

from random import Random

from benchmarks.texts import description, documents, perturbed
from pipeline.core.language import load_language

ZH = "一、目标\n\n（一）到2015年，全国灯塔超过250万座，由财政部会同外交部负责维护，覆盖率达到37.5%。\n\n" + "\n\n".join(
    f"第{word}段说明灯塔建设的意义，内容足够长，可以与别的段落交换位置而不改变标题的顺序。" * 3 for word in "甲乙丙丁戊"
)


def test_a_perturbed_text_is_of_the_same_kind_and_not_the_same() -> None:
    language = load_language("zh")
    other = perturbed(ZH, language, Random("1"))
    assert other != ZH
    assert perturbed(ZH, language, Random("1")) == other
    assert perturbed(ZH, language, Random("2")) != other
    assert other.count("\n") == ZH.count("\n")
    assert other.startswith("一、目标\n\n（一）到20")
    assert "250万" not in other
    assert sorted(line[:3] for line in other.split("\n")[4:] if line) == sorted(line[:3] for line in ZH.split("\n")[4:] if line)


def test_documents_are_as_large_as_asked_and_described() -> None:
    made = list(documents([ZH], load_language("zh"), 5_000))
    sizes = [len(files["text.txt"]) for _, files in made]
    assert sum(sizes) >= 5_000 > sum(sizes[:-1])
    for described, files in made:
        assert described == description(described.document_id, "zh", files["text.txt"])

"""Where sentences end."""

from __future__ import annotations

import pytest

from pipeline.core.language import load_language
from pipeline.outline.grammar import grammar
from pipeline.outline.sentences import LONGEST, spans

ENGLISH = [
    ("Roads grow. Rails grow.", ["Roads grow.", "Rails grow."]),
    ("See No. 7 and Art. 3 of the Act. It holds.", ["See No. 7 and Art. 3 of the Act.", "It holds."]),
    ("The U.S. Government pays. So do others, e.g. France.", ["The U.S. Government pays.", "So do others, e.g. France."]),
    ("Dr. Roe of St. Ives spoke. J. Doe did not.", ["Dr. Roe of St. Ives spoke.", "J. Doe did not."]),
    ("It rose by 3.5 per cent. 20 towns gained.", ["It rose by 3.5 per cent.", "20 towns gained."]),
    ("Is it so? It is! “Yes.” He left.", ["Is it so?", "It is!", "“Yes.”", "He left."]),
    ("Open data; open minds; open doors.", ["Open data; open minds; open doors."]),
    ("Move to the services sector> Support the use.", ["Move to the services sector>", "Support the use."]),
    ("It grew in 2015. The rest fell.", ["It grew in 2015.", "The rest fell."]),
    ("Visit www.example.org today. Thanks.", ["Visit www.example.org today.", "Thanks."]),
    ("It ended.[3] Then it began.", ["It ended.[3]", "Then it began."]),
    ("no stop at all", ["no stop at all"]),
]
CHINESE = [
    ("修路。架桥。", ["修路。", "架桥。"]),
    ("修路；架桥；挖渠。", ["修路；架桥；挖渠。"]),
    ("他说：“修路。”然后走了。", ["他说：“修路。”", "然后走了。"]),
    ("真的吗？真的！", ["真的吗？", "真的！"]),
    ("增长3.5%，达到2.0版本。完成", ["增长3.5%，达到2.0版本。", "完成"]),
    ("（含小路。）另行规定。", ["（含小路。）", "另行规定。"]),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in spans(text, grammar(load_language("en")), 0, len(text))] == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in spans(text, grammar(load_language("zh")), 0, len(text))] == expected


@pytest.mark.parametrize("part", ["roads, rails and ", "路", "路；", "x"])
def test_long_sentences_are_divided(part: str) -> None:
    text = part * 2000
    found = list(spans(text, grammar(load_language("zh")), 0, len(text)))
    assert max(stop - start for start, stop in found) <= LONGEST
    assert "".join(text[start:stop] for start, stop in found).replace(" ", "") == text.replace(" ", "")

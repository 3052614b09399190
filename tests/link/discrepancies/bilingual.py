"""A short plan in Chinese and English that says the same, for tests that change one thing in it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.language import load_language
from pipeline.core.model import Extraction, Outline
from pipeline.extract import extract_text
from pipeline.link.alignment import Alignment, align_document
from pipeline.link.discrepancies import detect
from pipeline.link.discrepancies.model import Finding
from tests.builders import build_outline

Line = tuple[str, str]

ZH: list[Line] = [
    ("s1", "# 总体要求"),
    ("s1", "“十四五”时期，港口和铁路建设取得明显进展，全国港口吞吐量超过140亿吨。"),
    ("s1", "深入贯彻落实党的二十大精神，坚持保护海洋环境，促进渔业和旅游健康发展。"),
    ("s2", "# 主要目标"),
    ("s2", "到2030年，沿海地区污水处理率达到95%以上，海水淡化能力达到350万吨。"),
    ("s2", "到2035年，建成12个智慧港口，海洋灾害预警时间缩短到30分钟以内。"),
    ("s2", "科研投入年均增长7个百分点，中央财政安排200亿元支持海洋生物研究。"),
    ("s3", "# 重点任务"),
    ("s3", "加强石油、天然气、煤炭、铁矿石、粮食等重要物资的运输和储备。"),
    ("s3", "交通运输部会同自然资源部制定港口规划，每年开展两次安全检查。"),
    ("s3", "支持企业参与国际标准制定，保护知识产权，完善仲裁制度。"),
    ("s3", "第三批试点城市应当公开环境监测数据，接受公众监督。"),
    ("s3", "发展海上风电，推广节能船舶，减少温室气体排放。"),
    ("s4", "# 组织实施"),
    ("s4", "地方政府要落实责任，加强人才培训，及时报告重大事故。"),
    ("s4", "鼓励金融机构为渔民提供保险和贷款，建立灾后补偿机制。"),
]
EN: list[Line] = [
    ("s1", "# General requirements"),
    (
        "s1",
        (
            "During the 14th Five-Year Plan period, clear progress was made in building ports and railways, and the throughput of ports "
            "nationwide exceeded 14 billion tons."
        ),
    ),
    (
        "s1",
        (
            "Implement the spirit of the 20th Party Congress in depth, persist in protecting the marine environment, and promote the healthy "
            "development of fisheries and tourism."
        ),
    ),
    ("s2", "# Main objectives"),
    (
        "s2",
        (
            "By 2030, the sewage treatment rate of coastal areas is to reach more than 95%, and seawater desalination capacity is to reach "
            "3.5 million tons."
        ),
    ),
    (
        "s2",
        "By 2035, 12 smart ports are to be built, and the early warning time for marine disasters is to be cut to within 30 minutes.",
    ),
    (
        "s2",
        (
            "Investment in scientific research grows by 7 percentage points a year, and the central budget allocates 20 billion yuan to support "
            "research on marine biology."
        ),
    ),
    ("s3", "# Key tasks"),
    (
        "s3",
        "Strengthen the transport and reserves of petroleum, natural gas, coal, iron ore, grain and other important materials.",
    ),
    (
        "s3",
        (
            "The Ministry of Transport, together with the Ministry of Natural Resources, formulates port plans and carries out safety "
            "inspections twice a year."
        ),
    ),
    (
        "s3",
        (
            "Support enterprises in taking part in the formulation of international standards, protect intellectual property, and improve the "
            "arbitration system."
        ),
    ),
    (
        "s3",
        "The third batch of pilot cities shall publish environmental monitoring data and accept the supervision of the public.",
    ),
    ("s3", "Develop offshore wind power, popularize energy-saving ships, and reduce greenhouse gas emissions."),
    ("s4", "# Organization"),
    (
        "s4",
        "Local governments must fulfil their responsibilities, strengthen the training of talent, and report major accidents in time.",
    ),
    (
        "s4",
        (
            "Encourage financial institutions to provide fishermen with insurance and loans, and establish a compensation mechanism after "
            "disasters."
        ),
    ),
]


def read(lines: Sequence[Line], language: str, status: str, text_id: str | None = None) -> tuple[Outline, Extraction, str]:
    """An outline, what is read in it, and its source."""
    outline, source = build_outline(lines, language, text_id, status)
    return outline, extract_text(outline, load_language(language), source, "2026-01-01"), source


def aligned(zh: Sequence[Line], en: Sequence[Line]) -> tuple[Alignment, tuple[Extraction, Extraction], tuple[str, str]]:
    """The two versions side by side."""
    a, b = read(zh, "zh", "original"), read(en, "en", "human_translation")
    (alignment,) = align_document([a[0], b[0]], [a[1], b[1]])
    return alignment, (a[1], b[1]), (a[2], b[2])


def found(zh: Sequence[Line] = ZH, en: Sequence[Line] = EN) -> list[tuple[Finding, str, str]]:
    """Each finding with the words of both versions that it points at."""
    alignment, extractions, sources = aligned(zh, en)
    return [(finding, sources[0][slice(*finding.a)], sources[1][slice(*finding.b)]) for finding in detect(alignment, extractions)]


def changed(lines: Sequence[Line], old: str, new: str) -> list[Line]:
    """The lines with one passage replaced, which stands there once."""
    assert sum(words.count(old) for _, words in lines) == 1, old
    return [(number, words.replace(old, new)) for number, words in lines]


def without(lines: Sequence[Line], words: str) -> list[Line]:
    """The lines without the one that contains some words."""
    left = [line for line in lines if words not in line[1]]
    assert len(left) == len(lines) - 1
    return left

"""Which bodies a text names, in what role, with which duty."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.language import Language, language_codes, load_language, read_table
from pipeline.core.model import BodyMention
from pipeline.core.paths import RAW, ROOT, SCHEMAS
from pipeline.core.store import read_bytes
from pipeline.extract.bodies import extract_bodies
from pipeline.extract.bodies_vocabulary import Vocabulary, body_types, vocabulary
from pipeline.extract.context import context_of
from pipeline.outline import outline_document
from pipeline.source import load_description, read_document
from tests.extract.bodies_helpers import extract, found, read_marked, unmark

GOLDEN = sorted((ROOT / "tests" / "golden" / "bodies").glob("*.txt"))

LINES = {
    "zh": [
        "鼓励⟦技术社群|class-social-forces|participant⟧参与规则制定。",
        "近年来，⟦各国际标准化组织|class-international-organizations|mentioned⟧、⟦国际标准组织|class-international-organizations|mentioned⟧的文本增多。",
        "加入⟦国际标准化组织|iso|mentioned⟧。",
        "⟦各地区|class-all-localities|implementer⟧、⟦各部门|class-all-departments|implementer⟧要按照职责分工抓好落实。",
        "近年来，⟦各地区|class-all-localities|mentioned⟧、⟦各部门|class-all-departments|mentioned⟧认真落实渔业政策。",
        "由⟦民政部|cn-mca|lead⟧牵头，会同⟦有关部门|class-relevant-departments|participant⟧制定办法。",
        "重大事项须经⟦国家能源委员会|cn-national-energy-commission|approver⟧审定。",
        "重大情况及时向⟦国务院|cn-state-council|mentioned⟧报告。",
        "⟦国家能源局|cn-nea|coordinator⟧负责统筹协调港口供电工作。",
        "⟦审计署|cn-nao|supervisor⟧要加强对资金使用情况的监督检查。",
        "在⟦国家应对气候变化领导小组|cn-national-climate-change-leading-group|lead⟧统一领导下推进工作。",
        "深化与⟦世界银行|world-bank|partner⟧的务实合作。",
        "为⟦政府机关|class-government-organs|beneficiary⟧提供气象服务。",
        "⟦市、县级人民政府|class-local-governments|implementer⟧应当保障经费。",
        "⟦政府|class-government|implementer⟧及其⟦有关部门|class-relevant-departments|implementer⟧应当公开信息。",
        "⟦公安机关|class-public-security-authorities|mentioned⟧的信息系统",
        "⟦财政部|cn-mof|implementer⟧分别负责审核。",
        "鼓励⟦高校|class-universities|implementer⟧、⟦科研院所|class-research-institutes|implementer⟧开展攻关。",
        "支持⟦中小企业|class-smes|implementer⟧拓展市场。",
        "⟦企业|class-enterprises|implementer⟧应当建立台账。",
        "⟦商业银行|class-financial-institutions|implementer⟧等金融机构在展业中不得搭售。",
        "⟦企业事业单位|class-enterprises-institutions|implementer⟧和其他⟦生产经营者|class-relevant-units|implementer⟧应当公开排污信息。",
        "⟦地方人民政府|class-local-governments|implementer⟧和⟦有关部门|class-relevant-departments|implementer⟧立即启动预案。",
        "⟦当地人民政府|class-local-governments|implementer⟧及其⟦有关部门|class-relevant-departments|implementer⟧视情采取下列措施：",
        "发布预警的⟦地方人民政府|class-local-governments|implementer⟧，应当适时调整级别。",
        "由启动预案的⟦人民政府|class-local-governments|implementer⟧终止响应。",
        "由⟦有关省级人民政府|class-provincial-governments|implementer⟧提出请求。",
        "⟦水利部|cn-mwr|implementer⟧收到申请后，应当在官网公示。",
        "督促收费单位和⟦各地区|class-all-localities|implementer⟧清理收费。",
        "督促⟦有关地区|class-local-authorities|implementer⟧和⟦部门|class-departments|implementer⟧开展整改。",
        "⟦各级人民政府|class-all-level-governments|implementer⟧及⟦其部门|class-departments|implementer⟧应当公开清单。",
        "⟦城市管理|class-urban-management-authorities|implementer⟧、⟦公安等部门|class-public-security-authorities|implementer⟧按照职责做好工作。",
        "⟦市财政局||lead⟧会同⟦市统计局||participant⟧等部门对执行情况进行评估，报⟦市人民政府|class-local-governments|mentioned⟧。",
        "⟦各市、县（区）人民政府|class-local-governments|implementer⟧要落实责任。",
        "⟦省直有关部门|class-departments|participant⟧要密切配合。",
        "经⟦省政府|class-local-governments|approver⟧同意，现予印发。",
        "⟦教育部办公厅||implementer⟧负责解释。",
        "总结材料报⟦教育部财务司||mentioned⟧。",
        "（⟦省口岸办||lead⟧、⟦东港海关||lead⟧牵头）",
        "牵头单位：⟦省教育厅||lead⟧；配合单位：⟦省财政厅||participant⟧、⟦省审计厅||participant⟧",
        "⟦工会|class-peoples-organizations|implementer⟧、⟦妇联等群团组织|class-peoples-organizations|implementer⟧要发挥作用。",
        "⟦省、自治区人民政府交通运输主管部门|class-transport-authorities|implementer⟧负责本区域内的管理。",
        "⟦中国棋协||implementer⟧、⟦中国牌协||implementer⟧等单项协会负责办赛。",
        "⟦科技部|cn-most|implementer⟧于2020年12月底前出台细则。",
        "⟦科技部|cn-most|implementer⟧、⟦教育部|cn-moe|implementer⟧等部门成立工作机制。",
        "按照⟦中央|class-central-authorities|mentioned⟧与⟦地方|class-local-authorities|mentioned⟧财权划分的要求，调整支出。",
        "及时通报⟦同级公安机关|class-public-security-authorities|mentioned⟧。",
        "由⟦县级以上人民政府水行政主管部门|class-water-resources-authorities|supervisor⟧责令限期改正。",
        "由⟦林业主管部门|class-forestry-authorities|supervisor⟧或者⟦其派出机构|class-competent-authorities|supervisor⟧责令停止。",
        "未经⟦林业主管部门|class-forestry-authorities|approver⟧批准，⟦施工单位|class-relevant-units|implementer⟧不得开工。",
        "应当接受⟦审计机关|class-audit-authorities|supervisor⟧的监督。",
        "坚持⟦政府|class-government|lead⟧引导，⟦企业|class-enterprises|participant⟧、⟦社会组织|class-social-organizations|participant⟧共同参与。",
        "支持⟦龙头企业|class-enterprises|lead⟧发挥带动作用。",
        "清理⟦有关部门|class-relevant-departments|mentioned⟧和⟦地方|class-local-authorities|mentioned⟧在准入方面的限制。",
        "⟦部门|class-departments|mentioned⟧之间信息共享。",
        "将事项下放给⟦省级人民政府|class-provincial-governments|implementer⟧。",
        "加强与其他国家、⟦国际组织|class-international-organizations|partner⟧的合作。",
        "征求⟦海事|class-transport-authorities|participant⟧、⟦渔业主管部门|class-agriculture-authorities|participant⟧的意见。",
        "⟦国务院办公厅|cn-state-council-general-office|issuer⟧2018年3月1日",
        "⟦中华人民共和国国务院|cn-state-council|issuer⟧令第900号",
        "坚持⟦中国共产党|cn-ccp|lead⟧的领导。",
        "材料应当符合⟦水利部|cn-mwr|mentioned⟧要求。",
        # no bodies
        "部分地区的全部费用由内部解决，局面稳定。",
        "政府网站、政府采购、政府职能转变。",
        "财政部长出席会议，教育部属高校除外。",
        "支持企业发展，推动企业信息化。",
        "《国务院关于渔业的决定》已经失效。",
        "（国办发〔2020〕1号）",
        "中央行政区划，平台办理，多学科协同，集中办公。",
    ],
    "en": [
        "Responsible: ⟦Ministry of Ports||implementer⟧, ⟦Ministry of Lighthouses||implementer⟧",
        "Lead: ⟦Department of Fish and Boats||lead⟧, ⟦Department of Ports||lead⟧ and ⟦Ministry of Inland Water||lead⟧",
        "The ⟦Secretary of Fisheries||implementer⟧ and the ⟦Secretary of Ports||implementer⟧ shall prepare a plan.",
        "Direct the ⟦Minister for Lighthouses||implementer⟧ to prepare a plan.",
        "We thank the Minister for Lighthouses and heard the Secretary of Fisheries.",
        "# Encourage ⟦fishing enterprises|class-enterprises|implementer⟧ to invest in shelters",
        "# Strengthen the ties with the ⟦Coastal Rescue Agency||mentioned⟧",
        "# Protect the Harbour Board of Trade and Its Fish",
        "The ⟦Ministry of Finance|cn-mof|implementer⟧ shall allocate the funds, as China's plan says.",
        "In recent years, ⟦all departments|class-all-departments|mentioned⟧ have earnestly implemented the policy.",
        "Major plans must be approved by the ⟦National Energy Commission|cn-national-energy-commission|approver⟧ of China.",
        "Under the leadership of the ⟦European Commission|eu-commission|lead⟧, all sides will act.",
        "The work will be coordinated by the ⟦World Health Organization|who|coordinator⟧.",
        "The plan will be implemented by the ⟦Federal Fisheries Agency||implementer⟧.",
        "The ⟦Harbour Safety Authority||supervisor⟧ shall supervise all ports.",
        "The authority shall report every year to the ⟦European Parliament|eu-parliament|mentioned⟧.",
        "Cooperation with the ⟦African Union|african-union|partner⟧ will grow.",
        "Provide technical support for ⟦local governments|class-local-governments|beneficiary⟧.",
        "Urges ⟦Member States|class-member-states|implementer⟧ to ratify the convention.",
        "⟦Enterprises|class-enterprises|implementer⟧ shall keep records.",
        "Cooperation between ⟦agencies|class-departments|mentioned⟧ has grown, and ⟦each agency|class-all-departments|implementer⟧ must plan.",
        "It tells whether the ⟦agency|class-departments|mentioned⟧ has complied.",
        "⟦FAEL||implementer⟧ will publish the rules.",
        "Senior staff across ⟦all departments|class-all-departments|mentioned⟧ will be trained.",
        "The ⟦Ministry of Ports||implementer⟧ will work with ⟦regulators|class-competent-authorities|partner⟧.",
        "The ⟦Ministry of Ports||supervisor⟧ expects ⟦agencies|class-departments|implementer⟧ to keep records.",
        "The ⟦Ministry of Ports||mentioned⟧ will no longer collect the forms.",
        "However, ⟦agencies|class-departments|implementer⟧ are strongly encouraged to share data.",
        "Issue guidelines for ⟦local authorities|class-local-governments|beneficiary⟧.",
        "Support the ⟦Kenyan government|class-governments|mentioned⟧.",
        "To reach this, ⟦government|class-government|implementer⟧ should act, as ⟦government|class-government|implementer⟧ must see.",
        "The rules adopted by the ⟦European Commission|eu-commission|implementer⟧ on June 3 help the ⟦European Union|eu|beneficiary⟧ to act.",
        "Goods sold in the EU, EU industry and EU level rules grow.",
        "⟦Governments|class-governments|implementer⟧ and ⟦academia|class-universities|implementer⟧ must act.",
        "Work with ⟦industry|class-private-sector|partner⟧ to build quays.",
        "Ensure that ⟦all departments|class-all-departments|implementer⟧ keep records.",
        "The ⟦Ministry of Ports||implementer⟧ is preparing a law and funding ⟦regulators|class-competent-authorities|beneficiary⟧ to grow.",
        # no bodies
        "Digital government will grow, and the Information Society too.",
        "The Harbour Agency Modernisation Programme and the Data Centre Action Plan.",
        "The travel agencies and rating agencies of the region, the agency budget.",
        "The government website lists State Council documents.",
        "EU citizens, UN resolutions and the Minister of Finance.",
        "Support the development of enterprises and businesses.",
        "E-government and open government are goals.",
        "The 12th Party Congress set the course.",
        "See ISO 27001 and ISO/IEC 15408.",
        "WE ARE WHO WE ARE AND MOST PEOPLE KNOW",
    ],
}


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, lines in LINES.items() for line in lines])
def test_line(language: str, line: str) -> None:
    plain, expected = unmark(0, line)
    assert found(language, [("s1", plain)]) == expected


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_golden_document(path: Path) -> None:
    lines, expected = read_marked(path.read_text(encoding="utf-8"))
    assert found(path.name.split(".")[1], lines) == expected


def test_the_first_of_a_list_leads_where_the_document_says_so() -> None:
    rule, measure = "分工中列第一位者为牵头单位。", "修建码头。（交通运输部、财政部、水利部负责）"
    assert [role for *_, role in found("zh", [("s1", measure), ("s2", rule)])] == ["lead", "implementer", "implementer"]
    assert [role for *_, role in found("zh", [("s1", measure)])] == ["implementer"] * 3


def test_a_bracket_of_its_own_takes_the_sentence_before_as_duty() -> None:
    mentions, _, _ = extract("zh", [("s1", "修建三座深水码头。"), ("s1", "（交通运输部牵头，财政部参与）")])
    assert [(mention.role, mention.duty) for mention in mentions] == [
        ("lead", "修建三座深水码头。"), ("participant", "修建三座深水码头。"),
    ]  # fmt: skip


def test_a_mention_has_no_duty_and_a_duty_is_a_clause() -> None:
    mentions, _, _ = extract("zh", [("s1", "财政部要加大投入；落实国务院部署。")])
    assert [(mention.body_id, mention.role, mention.duty) for mention in mentions] == [
        ("cn-mof", "implementer", "财政部要加大投入"), ("cn-state-council", "mentioned", None),
    ]  # fmt: skip


def test_a_row_lays_its_longest_other_cell_on_its_bodies() -> None:
    mentions, _, _ = extract("zh", [("s1", "| 任务 | 责任部门 |"), ("s1", "| 建设渔港码头 | 水利部 |")])
    assert [(mention.body_id, mention.role, mention.duty) for mention in mentions] == [("cn-mwr", "implementer", "建设渔港码头")]


def test_one_problem_per_unknown_name() -> None:
    lines = [("s1", "The Harbour Safety Authority shall act."), ("s1", "The Harbour Safety Authority must report.")]
    mentions, problems, _ = extract("en", lines)
    assert [mention.body_id for mention in mentions] == [None, None]
    assert [(problem.kind, problem.quote) for problem in problems] == [("unknown_body", "Harbour Safety Authority")]


def test_a_shared_name_belongs_to_a_country_that_the_text_is_about() -> None:
    line = "The Ministry of Education shall report."
    assert [body_id for _, _, body_id, _ in found("en", [("s1", line)])] == [None]
    assert [body_id for _, _, body_id, _ in found("en", [("s1", "China has a plan."), ("s1", line)])] == ["cn-moe"]


def test_a_bare_head_needs_a_full_name_before_it() -> None:
    assert found("zh", [("s1", "须经领导小组审定。")]) == []
    lines = [("s1", "国家科技领导小组定期开会。"), ("s1", "须经领导小组审定。")]
    assert found("zh", lines)[-1] == (1, "领导小组", "cn-national-science-technology-leading-group", "approver")


def test_a_bare_ministry_stands_for_a_class_where_none_is_named() -> None:
    assert found("en", [("s1", "The Ministry shall act.")]) == [(0, "Ministry", "class-departments", "implementer")]
    assert found("en", [("s1", "The Committee shall act.")]) == []


def test_the_office_of_a_group_has_a_name_of_its_own() -> None:
    lines = [("s1", "省苗木领导小组（以下简称领导小组）定期开会。"), ("s1", "领导小组办公室负责日常工作。")]
    mentions, _, _ = extract("zh", lines)
    assert (mentions[-1].quote, mentions[-1].name) == ("领导小组办公室", "省苗木领导小组办公室")


def test_an_acronym_that_acts_is_a_body_wherever_it_stands() -> None:
    lines = [("s1", "We rely on WEPA."), ("s1", "WEPA will publish guidelines."), ("s1", "WEPA users are many.")]
    assert [line for line, *_ in found("en", lines)] == [0, 1]
    defined = ("s1", "the Water Exchange Protocol (WEPA)")
    assert [line for line, *_ in found("en", [defined, *lines])] == [2]


def test_a_signature_may_set_its_characters_apart() -> None:
    assert found("zh", [("s1", "正文。"), ("closing", "财 政 部")]) == [(1, "财 政 部", "cn-mof", "issuer")]


@pytest.mark.parametrize("code", language_codes())
def test_every_code_is_in_the_codelist(code: str) -> None:
    language, words = load_language(code), vocabulary(load_language(code))
    used = {name.id for name in language.names if name.kind == "body"} | set(words.domains.values())
    used |= {str(rule.values["body_id"]) for group in words.groups.values() for rule in group.rules if "body_id" in rule.values}
    told = [rule.values["classes"] for rule in words.groups["find"].rules if "classes" in rule.values] + [words.actors]
    used |= {body_id for classes in told for body_id in classes.values()}
    assert sorted(used - body_types().keys()) == []


@pytest.mark.parametrize("code", language_codes())
def test_words_that_tell_a_class_are_written_small(code: str) -> None:
    words = vocabulary(load_language(code))
    told = [rule.values["classes"] for rule in words.groups["find"].rules if "classes" in rule.values] + [words.actors]
    assert [word for classes in told for word in classes if word != word.casefold()] == []


@pytest.mark.parametrize(
    ("code", "actor", "body_id"),
    [
        ("en", "Small and medium-sized enterprises", "class-smes"),
        ("en", "higher education institutes", "class-universities"),
        ("en", "sector associations", "class-industry-associations"),
        ("en", "large enterprises", "class-enterprises"),
        ("en", "enterprise and undertaking work units", "class-enterprises-institutions"),
        ("en", "technology community", "class-social-forces"),
        ("en", "local communities", "class-communities"),
        ("en", "work units", "class-relevant-units"),
        ("zh", "大中型企业", "class-enterprises"),
        ("zh", "中小学校", "class-schools"),
        ("zh", "商业银行", "class-financial-institutions"),
        ("zh", "中央企业", "class-central-enterprises"),
    ],
)
def test_the_class_of_an_actor_is_told_by_its_words(code: str, actor: str, body_id: str) -> None:
    assert vocabulary(load_language(code)).actor(actor) == body_id


@pytest.mark.parametrize("code", language_codes())
def test_fields_of_work_are_slots_and_codes_alike(code: str) -> None:
    language: Language = load_language(code)
    words: Vocabulary = vocabulary(language)
    rules = [rule for rule in words.groups["find"].rules if "domain" in rule.pattern.groupindex]
    frames = ("{}部门", "the {} department", "{} departments", "departments in charge of {}")
    forms = [frame.format(field) for frame in frames for field in words.domains]
    matched = {words.domain(match["domain"]) for rule in rules for form in forms for match in rule.pattern.finditer(form)}
    assert sorted(set(words.domains.values()) - matched) == []


def test_codelists_are_whole() -> None:
    types = {row["code"] for row in read_table(SCHEMAS / "codelists" / "body_types.csv")}
    rows = {row["code"]: row for row in read_table(SCHEMAS / "codelists" / "bodies.csv")}
    assert {row["body_type"] for row in rows.values()} <= types
    assert [code for code, row in rows.items() if row["parent"] and row["parent"] not in rows] == []
    assert [code for code, row in rows.items() if not row["definition"]] == []


ALPHABET = "国务院财政部门各级人民政府、，。（）：《》牵头负责等以下简称“”局委 aTheMinistry of(),.:;|\t"


@given(st.sampled_from(["zh", "en"]), st.text(alphabet=ALPHABET, min_size=1, max_size=80))
def test_any_line_gives_true_spans_in_order(language: str, line: str) -> None:
    line = line.replace("\n", " ").strip() or "."
    mentions, _, source = extract(language, [("s1", line.removeprefix("# ") or ".")])
    spans = [(mention.char_start, mention.char_end) for mention in mentions]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
    assert all(source[mention.char_start : mention.char_end] == mention.quote for mention in mentions)


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("zh", "财政部、"), ("zh", "（财政部牵头）"), ("zh", "（"), ("zh", "各级人民政府及其"), ("zh", "国家"), ("zh", "教育、"),
        ("zh", "企业、"), ("en", "Ministry of "), ("en", "National "), ("en", "the Ministry of Finance, "), ("en", "(the "),
        ("en", "enterprises and "), ("en", "Agency (ABC) "), ("en", "A "),
    ],
)  # fmt: skip
def test_time_grows_with_length_alone(language: str, unit: str) -> None:
    def seconds(repeats: int) -> float:
        began = time.process_time()
        extract(language, [("s1", unit * repeats)])
        return time.process_time() - began

    seconds(10)
    repeats = 24_000 // len(unit)
    assert seconds(repeats * 4) < 0.5 + 10 * seconds(repeats)


SETTLED = sorted((ROOT / "tests" / "gold" / "settled").glob("*.bodies.jsonl"))
IDENTIFIED = sorted((ROOT / "tests" / "golden" / "bodies").glob("*.jsonl"))


@pytest.mark.parametrize("path", SETTLED, ids=lambda path: path.name.removesuffix(".bodies.jsonl"))
def test_bodies_of_an_annotated_text(path: Path) -> None:
    rows = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    mentions = mentions_of_text(path.name.removesuffix(".bodies.jsonl"))
    pairs = [(row, mention) for row in rows for mention in mentions if overlap(row, mention)]
    firm = [row for row in rows if row["tier"] == 1 and not row["doubt"]]
    hit = [row for row in firm if any(row is other for other, _ in pairs)]
    assert len(hit) >= 0.95 * len(firm)
    assert len({id(mention) for _, mention in pairs}) >= 0.95 * len(mentions)
    same = [mention.role == row["role"] for row, mention in pairs if row["tier"] == 1]
    assert sum(same) >= 0.85 * len(same)


@pytest.mark.parametrize("path", IDENTIFIED, ids=lambda path: path.stem)
def test_identity_of_bodies(path: Path) -> None:
    rows = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    pairs = [(row, mention) for row in rows for mention in mentions_of_text(path.stem) if row["quote"] == mention.quote]
    pairs = [(row, mention) for row, mention in pairs if overlap(row, mention)]
    assert pairs
    assert sum(mention.body_id == row["body_id"] for row, mention in pairs) >= 0.95 * len(pairs)


def overlap(row: dict[str, Any], mention: BodyMention) -> bool:
    return bool(mention.char_start < row["char_end"] and row["char_start"] < mention.char_end)


def mentions_of_text(text_id: str) -> list[BodyMention]:
    folder = RAW / text_id.partition(".")[0]
    description = load_description(folder / "document.yaml")
    reading = read_document(description, {each.name: read_bytes(folder / each.name) for each in description.files})
    outlines, _ = outline_document(reading.texts)
    outline = next(outline for outline in outlines if outline.text.text_id == text_id)
    return extract_bodies(context_of(outline, load_language(outline.text.language)))[0]

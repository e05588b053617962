"""What a sentence says plainly becomes a claim, and what it says of a part, another year or roughly does not."""

import time
from decimal import Decimal

import pytest

from ingest.prose import passages as prose
from ingest.prose.claims import find_claims
from ingest.prose.passages import Passage, plain_text, sentences
from ingest.prose.times import speaks_of_year


def claims(text: str, publisher: str = "", year: int | None = 2023) -> dict[str, int]:
    """The claims of a text by code, with `@subject` where they are not the report's own."""
    parts = (Passage(text, plain_text(text), "line 1"),)
    found, _ = find_claims(sentences(parts), year, publisher)
    return {
        claim.claim_code + ("" if claim.subject == "report" else f"@{claim.subject}"): int(claim.value)
        for claim in found
    }


DIFFERENCES = {
    "新收政府信息公开申请数量比上年增加15件。": {},
    "新收政府信息公开申请数量较上年减少5件，共30件。": {"new_requests": 30},
    "收到政府信息公开申请同比增加15件。": {},
    "收到政府信息公开申请50件，较上年增加20件，办结48件。": {"applications_received": 50, "closed_total": 48},
    "行政复议案件同比减少3件。": {},
}
REVIEWS = {
    "未发生因政府信息公开引起的行政复议、行政诉讼。": {"reconsideration": 0, "litigation": 0},
    "未发生因政府信息公开引起的行政复议被纠错和行政诉讼败诉情况。": {},
    "未收到行政复议机关的意见。": {},
    "无因政府信息公开引发的行政复议、行政诉讼。": {"reconsideration": 0, "litigation": 0},
    "本机关2023年度无行政复议和行政诉讼情况。": {"reconsideration": 0, "litigation": 0},
    "无行政复议被纠错情况。": {},
    "无正当理由提起行政诉讼的不予受理。": {},
    "行政复议维持2件、纠正1件。": {},
    "行政复议被纠错1件。": {},
    "行政诉讼败诉1件。": {},
    "行政诉讼撤诉2件。": {},
    "行政复议和行政诉讼3件。": {},
    "行政复议、行政诉讼共5件。": {},
    "行政复议后提起行政诉讼5件。": {"litigation_after_reconsideration": 5},
    "行政诉讼5件，其中未经复议直接起诉3件、复议后起诉2件。": {
        "litigation": 5,
        "litigation_direct": 3,
        "litigation_after_reconsideration": 2,
    },
    "全年办理各类行政复议案件120件、行政应诉案件30件。": {},
    "复议后起诉的案件维持2件。": {},
    "行政复议3件，其中维持2件、纠正1件；行政诉讼2件，均为复议后起诉。": {
        "reconsideration": 3,
        "litigation": 2,
        "litigation_after_reconsideration": 2,
    },
}
OF_ANOTHER_MATTER = {
    "行政复议3件（其中上年结转1件）。": {"reconsideration": 3},
    "新收申请9件，上年结转2件；行政诉讼5件，结转下年度1件。": {"new_requests": 9, "carried_in": 2, "litigation": 5},
    "行政复议0件，新收政府信息公开申请9件，结转下年度1件。": {
        "reconsideration": 0,
        "new_requests": 9,
        "carried_out": 1,
    },
    "办理行政复议30件，其中涉及政府信息公开行政复议3件。": {},
    "未发生行政复议3件以上的情形。": {},
    "除市公安局外，收到政府信息公开申请20件。": {},
    "除涉密信息外，均已公开，收到政府信息公开申请20件。": {"applications_received": 20},
    "不存在收到政府信息公开申请3件未答复的情形。": {},
}
CLOSED = {
    "对政府信息公开申请予以公开答复10件。": {},
    "政府信息公开申请按时答复28件，延期答复2件。": {},
    "受理行政审批申请475件，办结13件。": {},
    "口头答复申请3件，电话答复申请5件。": {},
    "收到政府信息公开申请30件，均未答复。": {"applications_received": 30},
    "收到政府信息公开申请30件，均已按时答复。": {"applications_received": 30, "closed_total": 30},
    "依法办结政府信息公开申请30件。": {"closed_total": 30},
}
RECEIVED = {
    "受理各类行政审批申请12345件。": {},
    "受理不动产登记申请2000件。": {},
    "全年收到行政复议申请234件。": {"reconsideration": 234},
    "新收集意见35条，新收录规范性文件30件。": {},
    "新收到信访件30件。": {},
    "新收人大建议20件。": {},
    "通过网络收到政府信息公开申请20件。": {},
    "收到政府信息公开申请30件，其中网上申请20件。": {"applications_received": 30},
    "收到公民、法人和其他组织提出的政府信息公开申请30件。": {"applications_received": 30},
    "未收到依申请公开的相关信息。": {"applications_received": 0},
    "未收到政府信息公开申请的单位有12个。": {},
    "全年未收到任何形式的政府信息公开申请。": {"applications_received": 0},
    "今年共受理依申请公开事项3件。": {"applications_received": 3},
    "乡镇（街道）收到政府信息公开申请12件。": {},
    "县直部门共收到政府信息公开申请12件。": {},
    "本年新收申请0件，上年结转0件。": {"new_requests": 0, "carried_in": 0},
    "办结上年结转申请3件，办结本年新收申请20件。": {},
    "本年度未收到政府信息公开申请的投诉。": {},
    "如收到同一申请人提出的政府信息公开申请3件，合并答复。": {},
    "收到政府信息公开申请3件的，合并答复。": {},
    "情况如下：收到政府信息公开申请3件。": {"applications_received": 3},
}
TIMES = {
    "与2022年收到公开申请30件相比，2023年收到公开申请50件。": {"applications_received": 50},
    "去年新收公开申请30件，今年50件。": {"new_requests": 50},
    "上年度收到公开申请25件。": {},
    "2022年收到公开申请25件，办结20件。": {},
    "十三五期间共收到政府信息公开申请500件。": {},
    "上半年收到政府信息公开申请5件。": {},
    "第一季度收到政府信息公开申请5件。": {},
    "截至2023年6月，共收到政府信息公开申请5件。": {},
    "累计主动公开政府信息30000条。": {},
    "2008年以来主动公开政府信息30000条。": {},
    "2021-2023年主动公开政府信息30000条。": {},
    "全年累计主动公开政府信息3000条。": {"published_items": 3000},
    "2023年1月1日至12月31日，共收到政府信息公开申请30件。": {"applications_received": 30},
}
SUBJECTS = {
    "区政府办公室未收到依申请公开。": {"applications_received@区政府办公室": 0},
    "县公安局新收政府信息公开申请12件。": {"new_requests@县公安局": 12},
    "县公安局、县民政局共收到政府信息公开申请12件。": {"applications_received@县公安局、县民政局": 12},
    "区政府办收到政府信息公开申请17件，全区共收到政府信息公开申请95件。": {
        "applications_received@区政府办": 17,
        "applications_received": 95,
    },
    "其中，区公安局收到政府信息公开申请12件。": {"applications_received@区公安局": 12},
    "其中，网上收到政府信息公开申请12件。": {},
    "我局收到政府信息公开申请3件。": {"applications_received": 3},
    "省政府收到政府信息公开申请120件。": {"applications_received@省政府": 120},
}
NUMBERS = {
    "主动公开政府信息一万二千条。": {"published_items": 12000},
    "行政复议一百零五件。": {"reconsideration": 105},
    "行政复议一百〇五件。": {"reconsideration": 105},
    "新收政府信息公开申请二千二百零二件。": {"new_requests": 2202},
    "主动公开政府信息12万条。": {"published_items": 120000},
    "主动公开政府信息1.2万条。": {"published_items": 12000},
    "主动公开政府信息1.2万余条。": {},
    "主动公开政府信息近1.2万条。": {},
    "全年主动公开政府信息1.2万条，共主动公开政府信息12034条。": {"published_items": 12034},
    "新收政府信息公开申请1 2件。": {},
    "新收政府信息公开申请 1 063 件。": {"new_requests": 1063},
    "1 2件结转下年度。": {},
    "新收政府信息公开申请两件。": {"new_requests": 2},
    "新收政府信息公开申请三十五件。": {"new_requests": 35},
    "主动公开政府信息数百条。": {},
    "主动公开政府信息近3000条。": {},
    "主动公开政府信息约3000条。": {},
    "主动公开政府信息超过3000条。": {},
    "主动公开政府信息3000条以上。": {},
    "主动公开政府信息3000余条。": {},
    "主动公开政府信息12,345条。": {"published_items": 12345},
    "主动公开政府信息12.5条。": {},
    "新收政府信息公开申请123456789012345678件。": {"new_requests": 123456789012345678},
    "新收政府信息公开申请1234567890123456789件。": {},
}
PARTS = {
    "通过网站主动公开政府信息500条，全年主动公开政府信息2000条。": {"published_items": 2000},
    "通过微信公众号主动公开政府信息120条。": {},
    "主动公开重点领域信息120条。": {},
    "其中，通过政府网站公开政府信息765条，通过政务微博公开政府信息24条，通过政务微信公开政府信息40条。": {
        "published_by_website": 765,
        "published_by_weibo": 24,
        "published_by_wechat": 40,
    },
    "政府公报公开政府信息4条，平均每月政府网站公开政府信息300条。": {"published_by_gazette": 4},
    "发布图文解读5篇，政策解读稿件10篇。": {},
    "发布政策解读稿件10篇，其中图文解读5篇。": {"interpretations": 10},
    "结转下年度3件（其中上年结转1件）。": {"carried_out": 3},
    "已答复申请222件（含上年结转申请1件），2件结转下年继续办理。": {
        "closed_total": 222,
        "carried_in": 1,
        "carried_out": 2,
    },
}
FEES = {
    "收取诉讼费100元。": {},
    "未收取检索、复制、邮寄成本费以外的费用。": {},
    "收取信息处理费100元，未收取其他费用。": {"fees_charged": 100},
    "退回信息处理费50元。": {},
    "退回收取的信息处理费50元。": {},
    "收取信息处理费每件100元。": {},
    "超过10件的，收取信息处理费100元。": {},
    "收取信息处理费一千二百六十九元。": {"fees_charged": 1269},
    "收取信息处理费1.2万元。": {},
    "依申请公开政府信息收费0元。": {"fees_charged": 0},
    "本机关政府信息公开收费总额为0元。": {"fees_charged": 0},
    "收取信息处理费0元。": {"fees_charged": 0},
    "政府信息公开信息处理费收取0元。": {"fees_charged": 0},
    "全年收取政府信息公开信息处理费1,200元。": {"fees_charged": 1200},
    "未收取任何费用。": {"fees_charged": 0},
    "依申请公开中未向申请人收取费用。": {"fees_charged": 0},
    "全年未收取政府信息公开信息处理费。": {"fees_charged": 0},
    "没有收取信息处理费。": {"fees_charged": 0},
    "本年度依申请公开无收费。": {"fees_charged": 0},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case
        for table in (DIFFERENCES, REVIEWS, OF_ANOTHER_MATTER, CLOSED, RECEIVED, TIMES, SUBJECTS, NUMBERS, PARTS, FEES)
        for case in table.items()
    ],
)
def test_a_sentence_claims_what_it_says_plainly(text: str, expected: dict[str, int]) -> None:
    assert claims(text) == expected


def test_a_number_broken_over_the_lines_of_a_page_is_no_claim() -> None:
    lines = ("新收政府信息公开申请1", "2件。")
    parts = tuple(Passage(line, plain_text(line), f"page 1, line {at}") for at, line in enumerate(lines, start=1))
    assert not find_claims(sentences(parts), 2023)[0]


def test_the_publisher_of_the_title_is_the_report_itself() -> None:
    text = "洪泽区公安局收到政府信息公开申请12件。"
    assert claims(text) == {"applications_received@洪泽区公安局": 12}
    assert claims(text, publisher="淮安市洪泽区公安局") == {"applications_received": 12}


def test_a_government_is_the_report_itself_where_the_title_names_its_place() -> None:
    text = "县政府收到政府信息公开申请12件。"
    assert claims(text) == {"applications_received@县政府": 12}
    assert claims(text, publisher="永登县") == claims(text, publisher="永登县人民政府") == {"applications_received": 12}


def test_sentences_that_contradict_each_other_leave_no_claim_and_an_issue() -> None:
    text = "主动公开政府信息500条。主动公开政府信息600条。"
    found, issues = find_claims(sentences((Passage(text, plain_text(text), "line 1"),)), 2023)
    assert not found
    assert [issue.code for issue in issues] == ["claim_contradicted"]


def test_a_number_in_ten_thousands_is_told_to_be_rounded() -> None:
    text = "主动公开政府信息1.2万条。"
    _, issues = find_claims(sentences((Passage(text, plain_text(text), "line 1"),)), 2023)
    assert [issue.code for issue in issues] == ["claim_rounded"]


def test_money_keeps_its_cents() -> None:
    text = "收取信息处理费50.50元。"
    found, _ = find_claims(sentences((Passage(text, plain_text(text), "line 1"),)), 2023)
    assert [claim.value for claim in found] == [Decimal("50.50")]


def test_the_words_of_taiwan_are_understood() -> None:
    assert claims("全市共主動公開政府資訊4959條。") == {"published_items": 4959}
    assert claims("全年共主動釋出政府資訊41條。") == {"published_items": 41}


def test_two_years_without_a_known_one_say_nothing() -> None:
    assert not speaks_of_year("2022年收到3件,2023年收到5件", 16, None)
    assert claims("2023年收到政府信息公开申请3件。", year=None) == {"applications_received": 3}
    said = "全年主动公开政府信息5条。2023年收到政府信息公开申请3件。2022年未收取费用。"
    assert claims(said, year=None) == {"published_items": 5}


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "收到",
        "收到申请",
        "新收",
        "解读1篇",
        "行政复议3件,",
        "收到依申请公开1件,",
        "未发生行政复议",
        "一",
        "年",
    ],
)
@pytest.mark.parametrize("sign", ["", ";"])
def test_long_runs_take_bounded_time(unit: str, sign: str) -> None:
    text = (unit * (1900 // len(unit)) + sign) * (prose.MAX_PROSE_CHARACTERS // 1900)
    begun = time.process_time()
    find_claims(sentences((Passage(text, text, "line 1"),)), 2023)
    assert time.process_time() - begun < 10

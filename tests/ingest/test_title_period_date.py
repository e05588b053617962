"""The title, year, period and day of publication are the report's own, or none."""

import time
from datetime import date

import pytest

from ingest.document import Document, Grid, Paragraph, Placement
from ingest.parse import parse
from ingest.prose.evidence import find_evidence
from ingest.prose.passages import passages, sentences
from ingest.prose.period import find_period, find_published_on
from ingest.prose.title import find_title, title_publisher, title_year
from ingest.report import Issue, ReportStatus

OWN = "洪泽区司法局2023年政府信息公开工作年度报告"
OTHER = "洪泽区司法局2021年政府信息公开工作年度报告"
BODY = ("一、总体情况", "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。")
UNDATED = ("一、总体情况", "2023年，我局认真贯彻条例。")


def document(*lines: str, **metadata: str) -> Document:
    blocks = tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1))
    return Document("text/html", "utf-8", blocks, tuple(metadata.items()))


def title(page: Document) -> str | None:
    found = find_title(page, passages(page))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (document("首页", OTHER, "公开指南", OWN, *BODY), OWN),
        (document(OWN, OTHER, *BODY), OWN),
        (document(OTHER, OWN, *UNDATED, title=f"{OWN}_洪泽区政府"), OWN),
        (document(OTHER, *UNDATED, ArticleTitle=OWN), OWN),
        (document(OTHER, OWN, *UNDATED), OWN),
        (document(OTHER, OWN), None),
        (document("洪泽区司法局", "2023年政府信息公开工作年度报告", *BODY), OWN),
        (document(OWN, *BODY, "相关链接", OTHER), OWN),
    ],
)
def test_the_title_is_the_reports_own(page: Document, expected: str | None) -> None:
    assert title(page) == expected


def test_an_undecidable_title_is_told() -> None:
    page = document(OTHER, OWN)
    issues: list[Issue] = []
    assert find_title(page, passages(page), issues) is None
    assert [issue.code for issue in issues] == ["title_undecided"]


@pytest.mark.parametrize(
    ("text", "year", "publisher"),
    [
        ("洪泽区司法局政府信息公开工作年度报告（2024年1月）", None, "洪泽区司法局"),
        ("洪泽区司法局2023年政府信息公开工作年度报告（2024年1月公布）", 2023, "洪泽区司法局"),
        ("洪泽区司法局政府信息公开工作年度报告（2023年度）", 2023, "洪泽区司法局"),
        ("关于洪泽区2023年政府信息公开工作年度报告", 2023, "洪泽区"),
        ("2023年洪泽区政府信息公开工作年度报告", 2023, "洪泽区"),
        ("2023年政府信息公开工作年度报告", 2023, ""),
    ],
)
def test_what_a_title_says(text: str, year: int | None, publisher: str) -> None:
    assert (title_year(text), title_publisher(text)) == (year, publisher)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("所列数据统计期限为2022年1月1日至2022年12月31日。", 2022),
        ("公示时间2023年3月1日至3月10日。", None),
        ("征求意见时间2022年12月1日至2023年12月1日。", None),
        ("培训时间2022年1月1日至12月31日。", None),
        ("统计数据与上年（2021年1月1日至12月31日）相比。", None),
        (
            "统计数据同去年（2021年1月1日至12月31日）相比有增长。所列数据的统计期限自2022年1月1日至12月31日止。",
            2022,
        ),
        (
            "所列数据的统计期限为2021年1月1日至12月31日。所列数据的统计期限为2022年1月1日至12月31日。",
            None,
        ),
        ("《报告》中所列数据的统计时间为202211日起至20221231日止。", 2022),
    ],
)
def test_the_period_is_that_of_the_data(text: str, expected: int | None) -> None:
    period = find_period(passages(document(text)))
    assert (period.start.year if period else None) == expected


def test_of_two_periods_that_of_the_title_counts() -> None:
    text = "所列数据的统计期限为2021年1月1日至12月31日。所列数据的统计期限为2022年1月1日至12月31日。"
    period = find_period(passages(document(text)), 2022)
    assert period
    assert (period.start, period.end) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("成文日期：2024-01-02 发布日期：2024-01-05",), "2024-01-05"),
        (("成文日期：2024-01-02",), None),
        (("废止日期：2024-01-02",), None),
        (("当前时间：2025-06-01",), None),
        (("更新时间：2025-06-01", "发布时间：2024-01-05 09:12"), "2024-01-05"),
        (("发布日期：2024-1-1 12:30",), "2024-01-01"),
        (("公开日期：2024-01-03", "发布日期：2024-01-05"), "2024-01-05"),
        (("时间：2024-01-05 来源：区政府",), "2024-01-05"),
        ((*BODY, "无。", "洪泽区司法局", "2024年1月5日"), "2024-01-05"),
        ((*BODY, "相关链接", "关于召开会议", "2024-03-01", "关于培训", "2024-03-09"), None),
        ((OWN, "2024-01-05", *BODY), "2024-01-05"),
    ],
)
def test_the_day_of_publication(lines: tuple[str, ...], expected: str | None) -> None:
    page = document(*lines)
    found = find_published_on(page, passages(page), "line 1")
    assert (found[0].isoformat() if found else None) == expected


def test_the_day_in_the_pages_own_table() -> None:
    grid = Grid((("发布机构：", "洪泽区司法局", "发布日期：", "2024-01-05"),), ("table 1, row 1",), Placement.RULED)
    page = Document("text/html", "utf-8", (grid, Paragraph("有效期：2029-01-01", "line 2")))
    assert find_published_on(page, passages(page), None) == (date(2024, 1, 5), "table 1, row 1, column 4")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("我局立足服务全市大局，共收到政府信息公开申请3件。", "scope_agency"),
        ("本局共收到政府信息公开申请3件，占全区总数5%。", "scope_agency"),
        ("全市各级行政机关共收到政府信息公开申请224件。", "scope_jurisdiction"),
        ("2020年全市范围内共收到依申请公开254件，申请人情况见下表。", "scope_jurisdiction"),
        ("全年各级行政机关新收政府信息公开申请2981件。", "scope_jurisdiction"),
        ("服务全市大局，收到政府信息公开申请3件。", None),
    ],
)
def test_the_scope_is_said_by_what_governs_the_verb(sentence: str, kind: str | None) -> None:
    page = document(sentence)
    parts = passages(page)
    kinds = [hint.kind for hint in find_evidence(page, parts, tuple(sentences(parts)), None)]
    assert [found for found in kinds if found.startswith("scope")] == ([kind] if kind else [])


def test_labels_say_who_published_and_the_source_does_not() -> None:
    page = document("发布机构：洪泽区司法局 发布日期：2024-01-05", "来源：洪泽区大数据管理局 浏览次数：3")
    parts = passages(page)
    hints = {hint.kind: hint.value for hint in find_evidence(page, parts, (), None) if hint.kind != "place"}
    assert hints == {"metadata_publisher": "洪泽区司法局", "source": "洪泽区大数据管理局"}


GUIDE = """<title>洪泽区司法局政府信息公开指南</title><p>洪泽区司法局政府信息公开指南</p><p>%s</p>
<p>为做好政府信息公开工作，编制本指南。</p><p>主动公开的范围如下。</p><p>依申请公开的程序如下。</p><p>行政复议。</p>"""
RULE_OF_LAW = """<title>洪泽区司法局2023年法治政府建设年度报告</title><li>%s</li>
<p>洪泽区司法局2023年法治政府建设年度报告</p><p>一、推进政务公开。</p><p>主动公开信息。</p><p>行政复议；依申请公开。</p>"""
LIST = "<title>政府信息公开年报</title>" + "".join(
    f"<li>洪泽区司法局{year}年政府信息公开工作年度报告</li>" for year in range(2015, 2024)
)
FORM = """<table><tr><td colspan=4>第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>%s</td><td></td><td></td></tr><tr><td>行政规范性文件</td><td></td><td></td><td></td></tr></table>"""
NOTICE = "国务院办公厅政府信息与政务公开办公室关于印发政府信息公开工作年度报告格式的通知"


def test_the_notice_with_the_blank_form_is_no_report() -> None:
    page = f"<title>{NOTICE}</title><li>{OWN}</li><p>{NOTICE}</p><p>国办公开办函〔2021〕30号</p>{FORM % ''}"
    assert parse(f"<html><body>{page}</body></html>".encode()).status is ReportStatus.NOT_A_REPORT


@pytest.mark.parametrize("value", ["", "3"])
def test_a_report_that_left_its_form_blank_is_one(value: str) -> None:
    page = f"<title>{OWN}</title><p>{OWN}</p><p>根据《{NOTICE}》编制本报告。</p>{FORM % value}"
    assert parse(f"<html><body>{page}</body></html>".encode()).status is ReportStatus.PARTIAL


@pytest.mark.parametrize("page", [GUIDE % OWN, RULE_OF_LAW % OWN, LIST + "<p>依申请公开；主动公开；行政复议。</p>"])
def test_another_kind_of_page_is_no_report(page: str) -> None:
    assert parse(f"<html><body>{page}</body></html>".encode()).status is ReportStatus.NOT_A_REPORT


@pytest.mark.parametrize(
    "unit", ["统计2020年1月1日至2020年12月31日", "本报告由综合", "本报告由综合,编制", "主办", "(", "2020"]
)
def test_long_runs_take_bounded_time(unit: str) -> None:
    for lines in ((unit * (400_000 // len(unit)),), (unit * (100 // len(unit)),) * 4000):
        page = document(*lines)
        begun = time.process_time()
        parts = passages(page)
        found = tuple(sentences(parts))
        find_title(page, parts)
        find_period(parts)
        find_published_on(page, parts, None)
        list(find_evidence(page, parts, found, None))
        assert time.process_time() - begun < 10

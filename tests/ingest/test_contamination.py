"""A hijacked copy is marked with what was found, its names are read without it, and a clean report is not marked."""

import pytest

from ingest.parse import parse
from ingest.report import ParsedReport

TITLE = "洪泽区人民政府2023年政府信息公开工作年度报告"
BODY = (
    "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。\n一、总体情况。\n"
    "2023年，我区主动公开政府信息120条，政府信息公开工作有序。\n未收到政府信息公开申请；未发生行政复议、行政诉讼。\n"
)


def text_report(*lines: str, title: str = TITLE) -> ParsedReport:
    return parse("\n".join((title, BODY, *lines)).encode())


def page(body: str, head: str = "", title: str = TITLE) -> ParsedReport:
    paragraphs = "".join(f"<p>{line}</p>" for line in (title, *BODY.splitlines()))
    return parse(f"<html><head>{head}</head><body>{paragraphs}{body}</body></html>".encode())


CLEAN = (
    "全年查处网络赌博案件12起，打击赌场3个，取缔老虎机20台。",
    "福利彩票公益金使用情况已公开。",
    "举办体育赛事直播3场，全民健身活动下载量增加。",
    "本报告可在市政府门户网站（www.hongze.gov.cn）下载。",
    "网址：http://www.hongze.gov.cn/xxgk/ndbg/index.html。",
    "请关注官方微博（https://weibo.com/hongze）和 http://mp.weixin.qq.com/s/abc 。",
    "企业信用信息见信用网站（http://www.hzcredit.com/list）。",
    "联系邮箱：hzxxgk@163.com，电话：0517-87222222。",
    "政务公开（PDF）版、OFD（版式）文件，H5（互动）解读，WTO（世贸）规则。",
    "公开（open）、政务（affairs）、条例（rules）、办法（way）、指南（guide）、年报（report）。",
)


@pytest.mark.parametrize("line", CLEAN)
def test_a_clean_report_is_not_marked(line: str) -> None:
    for report in (text_report(line), page(f"<p>{line}</p>")):
        assert (report.contaminated, report.contamination) == (False, None)


FOUND = (
    ("坚持以188比分直播：新时代思想为指导。", "injected words: 比分直播"),
    ("皇冠现金网：国务院办公厅。", "injected words: 皇冠现金网"),
    ("百家乐：门户网站。", "injected words: 百家乐"),
    ("雷速體育：門戶網站。", "injected words: 雷速体育"),
    ("本年报可从（网址：http://xxgk.bjxrth.com/szf/ndbg/2020j/）下载。", "foreign host: xxgk.bjxrth.com"),
    ("见http://xxgk.kqzxw77.com/a/b。", "foreign host: xxgk.kqzxw77.com"),
    ("(www.hnlyjs8.com/zfxxgk/ndbg/)", "foreign host: www.hnlyjs8.com"),
    ("報(bào)告(gào)公(gōng)開(kāi)申(shēn)請(qǐng)", "pinyin layer: 6 readings in brackets"),
)


@pytest.mark.parametrize(("line", "what"), FOUND)
def test_what_was_put_in_is_told(line: str, what: str) -> None:
    for report in (text_report(line), page(f"<p>{line}</p>")):
        assert report.contamination == what
        assert report.contaminated
        assert [issue.message for issue in report.issues if issue.code == "contaminated"] == [what]


def test_junk_tags_are_told_in_pages_and_texts() -> None:
    names = ("legend", "samp", "sup", "mark", "del", "delect")
    junk = "".join(f'<{name} id="h4sia"></{name}>' for name in names)
    assert page(junk).contamination == "junk markup: 6 kinds of tag with id h4sia"
    assert "with id h4sia" in (text_report(junk).contamination or "")
    # The same id twice, or ids that differ, are the mistakes of honest pages.
    assert not page('<p id="zoom1"></p><div id="zoom1"></div><a id="top1"></a><b id="nav1"></b>').contaminated


def test_a_page_whose_links_lead_abroad_is_told() -> None:
    links = "".join(f'<a href="http://xxgk.tzdxhb{1}.com/col/{number}">公开</a>' for number in range(8))
    assert page(links).contamination == "foreign host: xxgk.tzdxhb1.com"
    assert not page(links.replace("xxgk.tzdxhb1.com", "www.hongze.gov.cn")).contaminated
    meta = '<meta name="SiteDomain" content="xxgk.tzdxhb77.com">'
    assert page("", head=meta).contamination == "foreign host: xxgk.tzdxhb77.com"


def test_names_are_read_without_what_was_put_in() -> None:
    report = page(
        "<table><tr><td>发布机构：</td><td>188比分直播：洪泽区人民政府</td><td>公开日期：</td><td>2024-01-20</td></tr></table>",
        head='<meta name="ContentSource" content="雷速体育：洪泽区人民政府">',
        title=f"188比分直播:{TITLE}",
    )
    assert report.title == TITLE
    values = {hint.kind: hint.value for hint in report.evidence}
    assert values["title"] == TITLE
    assert values["source"] == values["metadata_publisher"] == "洪泽区人民政府"
    assert report.contamination == "injected words: 比分直播; injected words: 雷速体育"


def test_a_title_is_read_without_its_pinyin() -> None:
    report = text_report(
        "請(qǐng)", title="洪澤區人民政府2023年政府信息公開(kāi)工作年度報(bào)告(gào)公(gōng)開(kāi)年報(bào)"
    )
    assert report.title == "洪澤區人民政府2023年政府信息公開工作年度報告公開年報"

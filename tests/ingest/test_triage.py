"""Pages that are no reports are told by their letters, before tables are looked for; no report is taken for one."""

import pytest

import ingest.parse
from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from ingest.parse import parse
from ingest.report import ReportStatus
from ingest.tables.signs import may_show_tables
from tests.corpus.corpus import documents

NAVIGATION = [
    "首页",
    "政务公开",
    "政府信息公开指南",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "规范性文件",
    "行政许可",
    "行政处罚",
    "行政复议",
    "行政诉讼",
    "政策解读",
    "在线访谈",
    "新闻发布会",
    "投诉举报",
    "政府公报",
    "政务微博",
    "政务微信",
]
NEWS = "市政府召开常务会议,研究部署2024年安全生产和防汛抗旱工作。会议强调,要压实责任,完善预案。"


def page(body: str) -> bytes:
    links = "".join(f"<li><a href='/{number}/'>{name}</a></li>" for number, name in enumerate(NAVIGATION))
    return f"<html><head><title>要闻</title></head><body><ul>{links}</ul>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NEWS}</p>" * 20,
        f"<table><tr><td>序号</td><td>事项</td></tr><tr><td>1</td><td>{NEWS}</td></tr></table>",
        "<table><tr><td>其他</td><td>总计</td></tr><tr><td>3</td><td>8</td></tr></table>",
    ],
)
def test_a_page_of_a_site_that_publishes_reports_is_told_without_looking_for_tables(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def costly(*_: object) -> None:
        raise AssertionError("tables were looked for")

    monkeypatch.setattr(ingest.parse, "read_tables", costly)
    report = parse(page(body))
    assert report.status is ReportStatus.NOT_A_REPORT
    assert report.text_sha256
    assert report.script == "hans"
    assert [issue.code for issue in report.issues] == ["not_a_report"]


def test_every_document_of_the_corpus_shows_signs_of_its_tables() -> None:
    told = {name: parse(path.read_bytes()).status for name, path in documents().items()}
    assert ReportStatus.NOT_A_REPORT not in told.values()


@pytest.mark.parametrize("damage", ["none", "all"])
@pytest.mark.parametrize("form", ["html", "text"])
def test_triage_takes_no_report_for_another_page(form: str, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(seed="triage", formats=(form,), damage=damage)
    pages = [make_report(number, options).data for number in range(60)]
    told = [parse(data).status for data in pages]
    monkeypatch.setattr(ingest.parse, "may_show_tables", lambda letters: True)
    assert [parse(data).status for data in pages] == told


@pytest.mark.parametrize("label", ["结转下年度继续办理", "现行有效件数", "尚未审结", "统计指标", "予以公开"])
def test_one_whole_label_is_a_sign(label: str) -> None:
    assert may_show_tables(f"某某{label}12")
    assert not may_show_tables(f"某某{label[:-1]}12")

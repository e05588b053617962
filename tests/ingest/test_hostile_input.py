"""No bytes make the parser raise, and every content ends with a status that says what it is."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.parse import parse
from ingest.readers.limits import MAX_BYTES
from ingest.report import ReportStatus, Severity
from tests.corpus.corpus import SAMPLES

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.binary(max_size=3000))
def test_any_bytes(data: bytes) -> None:
    report = parse(data)
    if report.status in (ReportStatus.UNREADABLE, ReportStatus.NOT_A_REPORT):
        assert any(issue.severity is Severity.ERROR for issue in report.issues)


@pytest.mark.parametrize("name", ["002_44d6bdc10f146279.txt", "hulunbuir-2020.html", "xuzhou-2022.pdf"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_damage_to_a_real_report(name: str, data: st.DataObject) -> None:
    content = bytearray((SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    parse(bytes(content))


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", ReportStatus.UNREADABLE, "empty_file"),
        (b" \n\t \r\n" * 1000, ReportStatus.UNREADABLE, "empty_file"),
        (bytes(range(256)) * 40, ReportStatus.UNREADABLE, "binary_junk"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ReportStatus.UNREADABLE, "scanned"),
        (b"%PDF-1.7\nnothing", ReportStatus.UNREADABLE, "pdf_damaged"),
        ("<html><body><p>关于召开会议的通知。</p></body></html>".encode(), ReportStatus.NOT_A_REPORT, "not_a_report"),
        (b" " * (MAX_BYTES + 1) + b"x", ReportStatus.UNREADABLE, "file_too_large"),
    ],
)
def test_what_is_no_report_says_what_it_is(data: bytes, status: ReportStatus, code: str) -> None:
    report = parse(data)
    assert report.status is status
    assert code in {issue.code for issue in report.issues}
    assert not report.cells


@pytest.mark.parametrize(
    "data",
    [
        b"<table>" * 20_000,
        b"<div>" * 50_000 + "一、总体情况".encode(),
        b"<table><tr>" + b"<td colspan=9999 rowspan=9999>1</td>" * 3000 + b"</table>",
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html>&b;' + b"&b;" * 9999,
        ("|" * 400_000).encode(),
        ("1" * 1_000_000).encode(),
        ("收到申请" * 200_000).encode(),
        ("\t" * 1_000_000).encode(),
        ("主动公开信息" + "一" * 500_000).encode(),
        ("2020年" * 200_000).encode(),
        ("(" * 300_000).encode(),
    ],
    ids=["tables", "divs", "spans", "entities", "pipes", "digits", "verbs", "tabs", "numerals", "years", "brackets"],
)
def test_hostile_text_is_read_in_bounded_time(data: bytes) -> None:
    begun = time.process_time()
    parse(data)
    # Far above what is needed, far below what anything quadratic takes on a million characters.
    assert time.process_time() - begun < 30


def test_a_file_cut_inside_the_first_row_of_its_only_table_shows_no_table() -> None:
    page = (
        "<html><head><title>甲县财政局2021年政府信息公开工作年度报告</title></head><body>"
        "<p>甲县财政局2021年政府信息公开工作年度报告</p>"
        "<p>一、总体情况。2021年,我局主动公开政府信息12条。</p><p>依申请公开政府信息3件,均已答复。</p>"
        "<p>全年未发生行政复议、行政诉讼。政务公开工作有序。</p><table><tr><td>新收件数</td><td>单位</td><td>本年"
    )
    report = parse(page.encode())
    assert report.status is ReportStatus.NO_TABLES
    assert [issue.locator for issue in report.issues if issue.code == "document_cut"] == ["table 1, row 1"]

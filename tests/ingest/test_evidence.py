"""Every hint of who publishes is kept with its kind and place."""

import pytest

from ingest.document import Document, Paragraph
from ingest.prose.evidence import find_evidence
from ingest.prose.passages import passages, sentences
from ingest.readers import read

TITLE = ("洪泽区2023年政府信息公开工作年度报告", "line 1")


def hints(*lines: str, titled: bool = True) -> list[tuple[str, str, str]]:
    document = Document(
        "text/plain", "utf-8", tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, start=1))
    )
    parts = passages(document)
    found = find_evidence(document, parts, tuple(sentences(parts)), TITLE if titled else None)
    return [(hint.kind, hint.value, hint.locator) for hint in found if hint.kind != "title"]


@pytest.mark.parametrize(
    ("lines", "kind", "value", "place"),
    [
        (("淮安市洪泽区司法局", "政府信息公开工作年度报告"), "heading", "淮安市洪泽区司法局", "line 1"),
        (("公开了。", "洪泽区司法局", "2024年1月5日"), "signature", "洪泽区司法局", "line 2"),
        (("没有其他事项。", "洪泽区司法局"), "signature", "洪泽区司法局", "line 2"),
        (("2023年,洪泽区司法局主动公开信息66条。",), "text_publisher", "洪泽区司法局", "line 1"),
        (("落实淮安市2023年政务公开工作要点。",), "work_plan", "淮安市", "line 1"),
        (("地址:淮安市洪泽区洪泽湖大道90号",), "address", "淮安市洪泽区洪泽湖大道90号", "line 1"),
        (("备案号:苏ICP备05002674号",), "icp", "苏ICP备05002674号", "line 1"),
        (("苏公网安备32082902000061号",), "police_record", "32082902000061", "line 1"),
        (("网址:www.hongze.gov.cn",), "domain", "www.hongze.gov.cn", "line 1"),
        (("索引号:014263011/2024-00012",), "organisation_code", "014263011", "line 1"),
    ],
)
def test_a_hint_is_kept_with_its_kind_and_place(lines: tuple[str, ...], kind: str, value: str, place: str) -> None:
    assert (kind, value, place) in hints(*lines)


@pytest.mark.parametrize(
    "line",
    ["我局主动公开信息66条。", "淮安市人民政府受理行政复议1件。", "各单位收到政府信息公开申请3件。"],
)
def test_who_receives_or_publishes_without_a_name_of_its_own_is_no_publisher(line: str) -> None:
    assert "text_publisher" not in {kind for kind, _, _ in hints(line)}


def test_an_organ_among_the_links_of_a_page_is_no_signature() -> None:
    assert "signature" not in {kind for kind, _, _ in hints("公开了。", "相关链接", "洪泽区司法局", "洪泽区教育局")}


def test_places_are_told_of_a_report_without_a_title_only() -> None:
    line = "落实达州市2020年政务公开工作要点,报省政府。"
    assert ("place", "达州市", "line 1") in hints(line, titled=False)
    assert "place" not in {kind for kind, _, _ in hints(line)}


def test_the_address_of_a_page_is_a_hint() -> None:
    page = (
        """<html><head><link rel="canonical" href="https://www.hongze.gov.cn/a.html"></head><body><p>洪泽</p></body>"""
    )
    document = read(page.encode())
    found = [(hint.kind, hint.value, hint.locator) for hint in find_evidence(document, passages(document), (), None)]
    assert ("domain", "www.hongze.gov.cn", "meta canonical") in found

"""The publisher is who the text names in full; where it does not, there is none."""

from typing import Any

import pytest

from ingest.publishers import _decide, _Known
from ingest.statements import Statement


def statement(origin: str, **columns: Any) -> Statement:
    return Statement(origin, 2, None, "a" * 64, **columns)


def decide(title: str | None = None, **hints: str) -> dict[str, Any]:
    return _decide(_Known(title, None, {kind: value.split("|") for kind, value in hints.items()}), [])


@pytest.mark.parametrize(
    ("title", "hints", "name", "source"),
    [
        ("洪泽区司法局2023年政府信息公开工作年度报告", {}, "淮安市洪泽区司法局", "title"),
        (
            "洪泽区司法局2023年政府信息公开工作年度报告",
            {"metadata_publisher": "区司法局"},
            "淮安市洪泽区司法局",
            "title",
        ),
        (
            "区司法局2023年政府信息公开工作年度报告",
            {"metadata_publisher": "洪泽区司法局"},
            "淮安市洪泽区司法局",
            "metadata",
        ),
        ("2023年政府信息公开工作年度报告", {"metadata_publisher": "洪泽区司法局"}, "淮安市洪泽区司法局", "metadata"),
        ("2023年政府信息公开工作年度报告", {"metadata_publisher": "区司法局"}, None, None),
        ("2023年政府信息公开工作年度报告", {"source": "洪泽区大数据管理局"}, None, None),
        ("2023年政府信息公开工作年度报告", {}, None, None),
        ("关于洪泽区2023年政府信息公开工作年度报告", {}, "淮安市洪泽区人民政府", "title"),
        ("洪泽区政府2023年政府信息公开工作年度报告", {}, "淮安市洪泽区人民政府", "title"),
        ("洪泽区2023年政府信息公开工作年度报告", {"self_reference": "我办"}, None, None),
        ("洪泽区2023年政府信息公开工作年度报告", {"scope_agency": "我局"}, None, None),
        (
            "洪泽区2023年政府信息公开工作年度报告",
            {"scope_jurisdiction": "全区各级行政机关", "self_reference": "我办"},
            "淮安市洪泽区人民政府",
            "title",
        ),
        (
            "洪泽区2023年政府信息公开工作年度报告",
            {"scope_agency": "我办", "metadata_publisher": "洪泽区人民政府办公室"},
            "淮安市洪泽区人民政府办公室",
            "metadata",
        ),
        ("青岛市市北区司法局2023年政府信息公开工作年度报告", {}, "青岛市市北区司法局", "title"),
        ("吉林经济技术开发区管理委员会2023年政务公开年度报告", {}, "吉林经济技术开发区管理委员会", "title"),
    ],
)
def test_who_published_it(title: str, hints: dict[str, str], name: str | None, source: str | None) -> None:
    decided = decide(title, **hints)
    assert (decided["agency_name"], decided["agency_name_source"]) == (name, source)
    assert decided["reason"]


@pytest.mark.parametrize(
    ("title", "hints", "name", "source"),
    [
        ("市商务局2020年政府信息公开工作年度报告", {"site_id_code": "5117000001"}, "达州市商务局", "title"),
        ("市商务局2020年政府信息公开工作年度报告", {"site_id_code": "5117020001"}, None, None),
        ("市商务局2020年政府信息公开工作年度报告", {"signature": "达州市教育局"}, "达州市商务局", "title"),
        ("商务局2020年政府信息公开工作年度报告", {"signature": "达州市教育局"}, None, None),
        ("最新公告2020年政府信息公开工作年度报告", {"signature": "达州市教育局"}, "达州市教育局", "signature"),
        ("大同市城区2020年政府信息公开工作年度报告", {"signature": "大同市教育局"}, None, None),
        ("2020年政府信息公开工作年度报告", {"heading": "达州市商务局"}, "达州市商务局", "heading"),
        ("2020年政府信息公开工作年度报告", {"text_publisher": "达州市商务局"}, None, None),
        (
            "2020年政府信息公开工作年度报告",
            {"text_publisher": "达州市商务局", "signature": "达州商务局"},
            "达州市商务局",
            "text",
        ),
        ("2020年政府信息公开工作年度报告", {"signature": "达州市商务局", "self_reference": "我委"}, None, None),
        ("2020年政府信息公开工作年度报告", {"signature": "达州市教育局|达州市商务局"}, None, None),
        (
            "2020年政府信息公开工作年度报告",
            {"host": "达州市商务局", "self_reference": "我局"},
            "达州市商务局",
            "footer",
        ),
        ("2020年政府信息公开工作年度报告", {"host": "达州市人民政府办公室", "self_reference": "我局"}, None, None),
    ],
)
def test_where_the_title_does_not_say_enough(
    title: str, hints: dict[str, str], name: str | None, source: str | None
) -> None:
    decided = decide(title, **hints)
    assert (decided["agency_name"], decided["agency_name_source"]) == (name, source)
    assert decided["reason"]


def test_a_file_is_named_like_its_report() -> None:
    known = _Known("2020年政府信息公开工作年度报告", 2020, {})
    paths = ["dazhou/达州市商务局2020年政府信息公开工作年度报告.pdf"]
    assert _decide(known, [], paths)["agency_name_source"] == "file_name"
    assert _decide(known, [], ["dazhou/达州市商务局.pdf"])["agency_name"] is None


def test_the_domain_of_a_url_tells_which_of_several_regions_it_is() -> None:
    known = _Known("鼓楼区司法局2020年政府信息公开工作年度报告", 2020, {})
    assert _decide(known, [], [], ["https://sfj.nanjing.gov.cn/a.html"])["agency_name"] == "南京市鼓楼区司法局"
    assert _decide(known, [], [], ["https://example.cn/a.html"])["agency_name"] is None


def test_a_region_code_that_contradicts_the_name_that_people_gave_is_told() -> None:
    decided = _decide(_Known(), [statement("manifest", agency_name="达州市商务局", region_code="320300")])
    assert (decided["agency_name"], decided["region_code"]) == ("达州市商务局", "320300")
    assert "is not that of 达州市商务局" in decided["reason"]


def test_the_scope_is_that_of_the_sentence_with_the_counts() -> None:
    assert decide(scope_agency="我局", self_reference="我市")["scope"] == "agency"
    assert decide(scope_jurisdiction="全市各级行政机关")["scope"] == "jurisdiction"
    assert decide(scope_jurisdiction="全市", scope_agency="我局")["scope"] is None


def test_what_people_say_wins_and_is_named_as_the_source() -> None:
    said = [
        statement("override", report_year=2021),
        statement("manifest", agency_name="甲市商务局", report_year=2020, region_code="320300", scope="agency"),
    ]
    decided = _decide(_Known("洪泽区司法局2019年政府信息公开工作年度报告"), said)
    assert [decided[name] for name in ("agency_name", "agency_name_source", "region_code", "report_year", "scope")] == [
        "甲市商务局",
        "manifest",
        "320300",
        2021,
        "agency",
    ]
    decided = _decide(_Known(), [statement("override", agency_name="甲市教育局"), *said])
    assert (decided["agency_name"], decided["agency_name_source"]) == ("甲市教育局", "override")

"""Whom a name names: decided by the name, by what stands beside it, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.publishers.cases import cases
from benchmarks.publishers.run import headers, names
from ingest.register.context import context_of
from ingest.register.names import Named, resolve_name


def resolve(name: str, year: int | None = 2020, **hints: str) -> Named:
    return resolve_name(name, context_of({kind: (value,) for kind, value in hints.items()}, (), None, year), year)


@pytest.mark.parametrize(
    ("name", "year", "full", "code", "level"),
    [
        ("达州市商务局", 2020, "达州市商务局", "511700", "prefecture"),
        ("达州商务局", 2020, "达州市商务局", "511700", "prefecture"),
        ("吉林经开区管委会", 2018, "吉林经济技术开发区管理委员会", "220200", "prefecture"),
        ("徐州经开区管委会", 2020, "徐州经济技术开发区管理委员会", "320300", "prefecture"),
        ("吉林省商务厅", 2020, "吉林省商务厅", "220000", "provincial"),
        ("吉林教育厅", 2020, "吉林省教育厅", "220000", "provincial"),
        ("吉林市商务局", 2020, "吉林市商务局", "220200", "prefecture"),
        ("洪泽区司法局", 2020, "淮安市洪泽区司法局", "320813", "county"),
        ("洪泽县司法局", 2012, "洪泽县司法局", "320829", "county"),
        ("干县市监局", 2020, "乾县市场监督管理局", "610424", "county"),
        ("南京市政府", 2020, "南京市人民政府", "320100", "prefecture"),
        ("徐州市政府办", 2020, "徐州市人民政府办公室", "320300", "prefecture"),
        ("章丘市政管理局", 2020, "济南市章丘区市政管理局", "370114", "county"),
        ("海淀区教委", 2020, "北京市海淀区教育委员会", "110108", "county"),
        ("济南市中区司法局", 2020, "济南市市中区司法局", "370103", "county"),
        ("青岛市市北区司法局", 2020, "青岛市市北区司法局", "370203", "county"),
        ("徐州鼓楼区政府", 2020, "徐州市鼓楼区人民政府", "320302", "county"),
        ("浦东新区政府", 2020, "上海市浦东新区人民政府", "310115", "county"),
        ("喀什地区", 2020, "喀什地区行政公署", "653100", "prefecture"),
        ("凉山州教育局", 2020, "凉山彝族自治州教育局", "513400", "prefecture"),
        ("洪泽区老子山镇政府", 2020, "淮安市洪泽区老子山镇人民政府", "320813", "township"),
        ("东莞市虎门镇人民政府", 2020, "东莞市虎门镇人民政府", "441900", "township"),
        ("国家税务总局达州市税务局", 2020, "国家税务总局达州市税务局", "511700", "prefecture"),
        ("南京海关", 2020, "南京海关", "320100", "prefecture"),
        ("国家发改委", 2020, "国家发展和改革委员会", "100000", "national"),
        ("新疆生产建设兵团", 2020, "新疆生产建设兵团", "650000", "provincial"),
        ("第八师石河子市", 2020, "第八师石河子市人民政府", "659001", "county"),
        ("襄樊市公安局", 2009, "襄樊市公安局", "420600", "prefecture"),
        ("襄樊市公安局", 2012, "襄阳市公安局", "420600", "prefecture"),
    ],
)
def test_a_name_that_says_enough(name: str, year: int, full: str, code: str, level: str) -> None:
    named = resolve(name, year)
    assert named.region is not None, named.reason
    assert (named.agency_name(year), named.span(year).code, named.level(year)) == (full, code, level)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("吉林商务局", {"吉林省 (220000)", "吉林市 (220200)"}),
        ("吉林市场监督管理局", {"吉林省 (220000)", "吉林市 (220200)"}),
        ("朝阳区人民政府", {"北京市朝阳区 (110105)", "长春市朝阳区 (220104)"}),
        ("西湖区教育局", {"杭州市西湖区 (330106)", "南昌市西湖区 (360103)"}),
    ],
)
def test_a_name_of_several_is_of_none_and_the_candidates_are_told(name: str, candidates: set[str]) -> None:
    named = resolve(name)
    assert named.region is None
    assert set(named.candidates) == candidates
    assert all(candidate in named.reason for candidate in candidates)


@pytest.mark.parametrize(
    "name",
    [
        "市商务局",
        "司法局",
        "我局",
        "市辖区司法局",
        "北京路街道办事处",
        "老子山镇人民政府",
        "达州市亭子镇人民政府",
        "",
        "北京"[:1],
    ],
)
def test_a_name_without_its_region_is_of_none(name: str) -> None:
    assert resolve(name).region is None


@pytest.mark.parametrize(
    ("name", "hints", "code"),
    [
        ("市商务局", {"site_id_code": "5117000001"}, "511700"),
        ("市商务局", {"host": "达州市人民政府办公室"}, "511700"),
        ("区司法局", {"site_id_code": "3208130001"}, "320813"),
        ("市商务局", {"site_id_code": "3208130001"}, None),
        ("鼓楼区司法局", {"site_id_code": "3203020001"}, "320302"),
        ("鼓楼区司法局", {"site_name": "徐州市鼓楼区人民政府门户网站"}, "320302"),
        ("鼓楼区司法局", {"address": "福建省福州市鼓楼区东街1号"}, "350102"),
        ("鼓楼区司法局", {"icp": "闽ICP备05002674号"}, "350102"),
        ("鼓楼区司法局", {"icp": "苏ICP备05002674号"}, None),
        ("鼓楼区司法局", {"site_id_code": "3203000001", "host": "南京市人民政府"}, None),
        ("吉林商务局", {"site_id_code": "2202000001"}, "220200"),
        ("吉林商务局", {"site_id_code": "2200000001"}, "220000"),
        ("吉林商务局", {"icp": "吉ICP备05002674号"}, None),
        ("达州市商务局", {"site_id_code": "3203000001"}, "511700"),
    ],
)
def test_what_stands_beside_a_name_decides_where_it_is_clear(
    name: str, hints: dict[str, str], code: str | None
) -> None:
    named = resolve(name, **hints)
    assert (named.span(2020).code if named.region else None) == code, named.reason


def test_a_key_outlasts_a_regions_new_name_and_code() -> None:
    assert resolve("洪泽县司法局", 2012).agency_id == resolve("洪泽区司法局", 2020).agency_id
    assert resolve("吐鲁番地区行政公署", 2012).agency_id == resolve("吐鲁番市人民政府", 2020).agency_id
    assert resolve("洪泽区司法局").agency_id != resolve("洪泽区教育局").agency_id


def test_the_ways_to_write_a_name_have_one_key() -> None:
    keys = {
        resolve(name).agency_id
        for name in ("徐州经开区管委会", "徐州市经济技术开发区管委会", "徐州经济技术开发区管理委员会")
    }
    assert len(keys) == 1


def test_a_region_that_ended_is_named_by_no_later_report() -> None:
    assert resolve("大同市城区人民政府", 2012).region
    assert "did not exist in 2020" in resolve("大同市城区人民政府", 2020).reason


@given(st.text(alphabet="吉林市省县区州政府人民商务局委办公室厅镇街道开发管会我的和12()", max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_is_somebodys_or_nobodys_and_never_an_error(text: str) -> None:
    named = resolve(text)
    assert named.reason
    if named.region:
        assert named.agency_name(2020)
        assert len(named.agency_id) == 16


def test_no_made_name_is_booked_to_another() -> None:
    tally = names(cases(480, "test"))
    assert tally.mistakes == []
    assert tally.resolved.total() > 300


def test_no_made_report_is_booked_to_another() -> None:
    tally = headers(cases(48, "test of headers"))
    assert tally.mistakes == []
    assert tally.resolved.total() > 28

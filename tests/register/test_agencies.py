"""An agency has one row whatever its region was called, with the names that it goes by and none of another."""

from typing import Any

from ingest.register.agencies import agency_rows
from ingest.register.names import Context, resolve_name
from ingest.register.regions import regions


def published(report_id: str, name: str, year: int) -> dict[str, Any]:
    """A row of `publishers` for an agency that its full name tells."""
    named = resolve_name(name, None, year)
    assert named.region
    return {
        "report_id": report_id,
        "agency_id": named.agency_id,
        "agency_name": named.agency_name(year),
        "region_id": named.region.region_id,
        "report_year": year,
        "agency_level": named.level(year),
        "agency_kind": named.organ.kind if named.organ else "government",
        "agency_field": named.organ.field if named.organ else "government",
        "agency_family": named.organ.family if named.organ else None,
    }


def test_an_agency_keeps_its_row_when_its_region_is_renamed() -> None:
    (row,) = agency_rows([published("b", "洪泽区司法局", 2020), published("a", "洪泽县司法局", 2014)])
    assert row["agency_name"] == "淮安市洪泽区司法局"
    assert row["names"] == ["洪泽县司法局", "淮安市洪泽区司法局"]
    assert {"洪泽区司法局", "区司法局"} <= set(row["aliases"])


def test_a_key_does_not_change_when_rows_are_added() -> None:
    (alone,) = agency_rows([published("a", "达州市商务局", 2020)])
    together = list(agency_rows([published("a", "达州市商务局", 2020), published("b", "达川区商务局", 2020)]))
    assert alone in together
    assert len({row["agency_id"] for row in together}) == 2


def test_every_alias_is_read_as_its_agency_given_the_region() -> None:
    names = ("达州市商务局", "吉林市人民政府", "吉林经济技术开发区管理委员会", "江苏省发展和改革委员会", "商务部")
    found = list(agency_rows(published(name, name, 2020) for name in names))
    aliases = {row["agency_name"]: row["aliases"] for row in found}
    assert {"市商务局", "达州商务局"} <= set(aliases["达州市商务局"])
    assert "吉林经开区管委会" in aliases["吉林经济技术开发区管理委员会"]
    assert "江苏省发改委" in aliases["江苏省发展和改革委员会"]
    assert "中华人民共和国商务部" in aliases["商务部"]
    for row in found:
        inside = Context(exact=((regions()[row["region_id"]], "the region"),))
        assert row["agency_name"] not in row["aliases"]
        assert {resolve_name(alias, inside).agency_id for alias in row["aliases"]} == {row["agency_id"]}


def test_an_agency_that_people_named_and_the_register_does_not_know_has_a_row_too() -> None:
    row = {**published("a", "达州市商务局", 2020), "agency_id": "said", "agency_name": "某某小组", "region_id": None}
    unresolved = {**row, "agency_id": None, "agency_name": None}
    (found,) = agency_rows([row, unresolved])
    assert (found["agency_id"], found["agency_name"], found["names"], found["aliases"]) == (
        "said",
        "某某小组",
        ["某某小组"],
        [],
    )

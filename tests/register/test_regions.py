"""The register of regions: whole in every year, and one identity for what goes on."""

import csv
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.register.export import SEEDS, render

LAST_YEAR = 2026
SEEDS_FOLDER = Path(__file__).parents[2] / "dbt" / "seeds"


def table(name: str) -> list[dict[str, str]]:
    text = (files("ingest.register") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


REGIONS = {row["region_id"]: row for row in table("regions")}
CODES = table("region_codes")
AT: dict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
OF: dict[str, list[int]] = defaultdict(list)
for row in CODES:
    for year in range(int(row["valid_from"]), int(row["valid_to"] or LAST_YEAR) + 1):
        AT[year, row["region_code"]].append(row)
        OF[row["region_id"]].append(year)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_on_disk_is_what_the_register_gives(name: str) -> None:
    on_disk = (SEEDS_FOLDER / f"{name}.csv").read_bytes()
    assert on_disk == render()[f"{name}.csv"].encode(), "run: python -m ingest.register.export dbt/seeds"


def test_a_code_is_one_regions_in_a_year_and_a_region_has_one_code_in_each_of_its_years() -> None:
    assert [key for key, rows in AT.items() if len(rows) > 1] == []
    for region_id, years in OF.items():
        region = REGIONS[region_id]
        expected = range(int(region["first_year"]), int(region["last_year"] or LAST_YEAR) + 1)
        assert sorted(years) == list(expected), region_id


def test_the_hierarchy_has_no_gap_in_any_year() -> None:
    above = {"country": [], "province": ["country"], "prefecture": ["province"], "county": ["province", "prefecture"]}
    for (year, code), (row,) in AT.items():
        if row["level"] == "country":
            continue
        parents = [parent["level"] for parent in AT.get((year, row["parent_code"]), [])]
        assert len(parents) == 1, (year, code)
        assert parents[0] in above[row["level"]], (year, code)


def test_every_reference_of_a_region_exists_and_every_successor_stands() -> None:
    for row in REGIONS.values():
        for column in ("parent", "province", "prefecture", "successor", "current"):
            assert not row[f"{column}_region_id"] or row[f"{column}_region_id"] in REGIONS, row
        assert (row["current_region_id"] == row["region_id"]) == (row["last_year"] == "")
        if row["current_region_id"]:
            assert REGIONS[row["current_region_id"]]["last_year"] == ""
        assert bool(row["iso_3166_2"]) == (row["level"] != "country")


def test_the_numbers_are_those_of_the_country() -> None:
    for year, provinces, prefectures in ((2008, 34, 333), (2020, 34, 333), (2024, 34, 333)):
        levels = [row["level"] for (at, _), (row,) in AT.items() if at == year]
        ended = [r for r in REGIONS.values() if r["last_year"] == str(year) and r["level"] == "prefecture"]
        assert levels.count("province") == provinces
        assert levels.count("prefecture") - len(ended) == prefectures
    counties = [row for (at, _), (row,) in AT.items() if at == 2024 and row["level"] == "county"]
    assert len(counties) == 2846


@pytest.mark.parametrize(
    ("code", "year", "name", "code_today", "name_today"),
    [
        ("320829", 2012, "洪泽县", "320813", "洪泽区"),
        ("420600", 2009, "襄樊市", "420600", "襄阳市"),
        ("522401", 2010, "毕节市", "520502", "七星关区"),
        ("522400", 2010, "毕节地区", "520500", "毕节市"),
        ("500225", 2010, "大足县", "500111", "大足区"),
        ("500111", 2010, "双桥区", "500111", "双桥区"),
        ("341402", 2010, "居巢区", "340181", "巢湖市"),
        ("469003", 2014, "儋州市", "460400", "儋州市"),
        ("330110", 2020, "余杭区", "330110", "余杭区"),
        ("632121", 2012, "平安县", "630203", "平安区"),
    ],
)
def test_a_region_keeps_its_identity_under_another_name_and_code(
    code: str, year: int, name: str, code_today: str, name_today: str
) -> None:
    (row,) = AT[year, code]
    region = REGIONS[row["region_id"]]
    assert (row["name"], region["region_code"], region["name"]) == (name, code_today, name_today)


@pytest.mark.parametrize(
    ("code", "year", "into"),
    [("310103", 2010, "黄浦区"), ("320502", 2011, "姑苏区"), ("500111", 2010, "大足区"), ("500112", 2024, "两江新区")],
)
def test_a_region_that_was_taken_in_is_rolled_up_into_what_took_it(code: str, year: int, into: str) -> None:
    (row,) = AT[year, code]
    assert REGIONS[REGIONS[row["region_id"]]["current_region_id"]]["name"] == into


def test_a_region_that_was_divided_has_no_successor() -> None:
    (row,) = AT[2015, "130421"]
    assert row["name"] == "邯郸县"
    assert REGIONS[row["region_id"]]["current_region_id"] == ""
    assert REGIONS[row["region_id"]]["prefecture_region_id"] == "region_130400"

"""The data files that people edit: no alias of two, no code that is none, no successor that is none."""

from collections import Counter

import pytest

from ingest.register.context import _domains, _signs
from ingest.register.names import _fixed, _readings
from ingest.register.organs import KINDS, departments, zones
from ingest.register.regions import regions
from ingest.register.tables import listed, read_table

FIELDS = {row["field"] for row in read_table("fields")}


def test_no_alias_has_two_targets() -> None:
    assert _fixed()
    assert departments()
    forms = Counter(form for form, _ in zones())
    assert [form for form, count in forms.items() if count > 1] == []


def test_an_alias_that_a_region_and_an_organ_can_be_read_in_is_the_alias() -> None:
    for form in _fixed():
        assert len(_readings(form)) == 1


@pytest.mark.parametrize("table", ["zones", "aliases", "domains", "province_signs"])
def test_every_region_code_is_one_of_a_region_today(table: str) -> None:
    for row in read_table(table):
        region = regions().of_code(row["region_code"])
        assert region is not None, row
        assert region.spans[-1].last is None, row


@pytest.mark.parametrize("table", ["departments", "national_organs", "local_organs_of_the_state"])
def test_every_field_is_of_the_list(table: str) -> None:
    for row in read_table(table):
        assert row["field"] in FIELDS, row


def test_every_kind_and_level_is_of_the_list() -> None:
    for row in read_table("aliases"):
        assert row["kind"] in KINDS, row
        assert row["level"] in {"national", "provincial", "prefecture", "county", "township"}, row


def test_every_successor_exists_and_no_chain_of_them_returns() -> None:
    families = {row["family"] for row in read_table("departments")}
    following = {}
    for row in read_table("department_successors"):
        assert {row["family"], row["successor_family"]} <= families, row
        assert row["family"] not in following, row
        following[row["family"]] = row["successor_family"]
    names = {row["name"]: row["successor"] for row in read_table("national_organs")}
    for name, successor in names.items():
        assert successor in {"", *names}, name
    for chain in (following, {name: successor for name, successor in names.items() if successor}):
        for start in chain:
            seen = {start}
            while (start := chain.get(start, "")) and start:
                assert start not in seen
                seen.add(start)


def test_an_organ_that_ended_says_who_took_its_work() -> None:
    for row in read_table("national_organs"):
        assert bool(row["last_year"]) == bool(row["successor"]), row


@pytest.mark.parametrize("table", ["departments", "fields", "zones", "aliases", "domains", "national_organs"])
def test_a_table_is_plain_csv_without_empty_or_repeated_keys(table: str) -> None:
    rows = read_table(table)
    key = next(iter(rows[0]))
    assert "" not in {row[key] for row in rows}
    assert [value for value, count in Counter(row[key] for row in rows).items() if count > 1] == []
    for row in rows:
        assert None not in row, row
        for value in row.values():
            assert value == value.strip()
            assert all(part for part in value.split("|")) or value == ""


def test_a_keyword_is_of_one_field() -> None:
    words = Counter(word for row in read_table("fields") for word in listed(row["keywords"]))
    assert [word for word, count in words.items() if count > 1] == []


def test_domains_and_signs_are_all_usable() -> None:
    assert len(_domains()) == len(read_table("domains"))
    assert len(_signs()) == len(read_table("province_signs"))

"""What `ogi export` writes of a warehouse that dbt built: each column described, and valid by Frictionless's rules."""

import json
from pathlib import Path

import pytest
from small_lakes import Build

from warehouse.contract import read_contract
from warehouse.export import export_tables


@pytest.fixture(scope="module")
def exported(warehouse: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    contract = read_contract(warehouse.database.parent / "target" / "manifest.json")
    return export_tables(warehouse.database, contract, tmp_path_factory.mktemp("export") / "csv", "csv").folder


def test_every_mart_and_reading_view_is_exported_with_each_column_described(warehouse: Build, exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    built = warehouse.rows("select table_name from duckdb_tables() where schema_name in ('marts', 'reading')")
    assert {resource["name"] for resource in package["resources"]} == {name for (name,) in built}
    for resource in package["resources"]:
        assert resource["description"], resource["name"]
        assert all(field.get("description") for field in resource["schema"]["fields"]), resource["name"]


@pytest.mark.slow
def test_frictionless_finds_the_package_valid(exported: Path) -> None:
    from frictionless import validate

    report = validate(str(exported / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])[:5]
    assert report.stats["tasks"] > 30
    # It would say so if it were not.
    outcomes = exported / "fct_outcomes.csv"
    outcomes.write_bytes(outcomes.read_bytes().replace(b",4,4\n", b",4,many\n"))
    assert not validate(str(exported / "datapackage.json")).valid

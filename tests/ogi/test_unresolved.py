"""`ogi unresolved`: what needs a decision, with its evidence, and lines that decide nothing until a person did."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ingest.csv_files import CsvFileError
from ingest.overrides import OVERRIDE_COLUMNS, read_overrides
from ogi import unresolved
from ogi.cli import app

REPORTS = {
    # Everything is known.
    "a": ("甲市商务局", "370000", "region_370000", 2020, "agency", True),
    "b": (None, "370000", "region_370000", 2020, "agency", True),
    # A copy follows what it is a copy of.
    "c": (None, None, None, None, None, False),
    "d": ("乙市商务局", None, None, 2020, None, True),
    # A code that no region has.
    "e": ("丙市商务局", "379999", None, 2020, "agency", True),
    "f": (None, None, None, None, None, True),
}
EVIDENCE = [
    ("b", "title", "[2020]年度报告", "line 1"),
    ("b", "host", "甲市人民政府办公室", "line 90"),
    ("b", "metadata_publisher", "市商务局", "meta Publisher"),
    ("b", "metadata_publisher", "市商务局", "meta Publisher"),
    ("a", "signature", "甲市商务局", "line 9"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose warehouse has these reports and this evidence."""
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("""
            create schema marts; create schema staging;
            create table marts.dim_report (
                report_id varchar, source_path varchar, source_url varchar, title varchar, publisher_reason varchar,
                agency_name varchar, region_code varchar, region_id varchar, report_year integer, scope varchar,
                is_current boolean
            );
            create table staging.stg_evidence (report_id varchar, kind varchar, value varchar, locator varchar);
        """)
        for name, known in REPORTS.items():
            row = (name * 64, f"{name}.txt", None, None, "=1+1, the text does not say", *known)
            connection.execute(f"insert into marts.dim_report values ({', '.join('?' * len(row))})", row)
        for name, *hint in EVIDENCE:
            connection.execute("insert into staging.stg_evidence values (?, ?, ?, ?)", [name * 64, *hint])
    return tmp_path


def test_what_lacks_a_decision_is_listed_with_its_evidence_those_without_a_publisher_first(data: Path) -> None:
    found = list(unresolved.find_unresolved(data / "warehouse.duckdb"))
    assert [(report.report_id[0], report.needs) for report in found] == [
        ("f", ("agency_name", "region_code", "report_year", "scope")),
        ("b", ("agency_name",)),
        ("d", ("region_code", "scope")),
        ("e", ("region_code",)),
    ]
    candidates, evidence = found[1].candidates, [hint.kind for hint in found[1].evidence]
    assert candidates == ("市商务局", "甲市人民政府办公室")
    assert evidence == ["metadata_publisher", "host", "title"]


def test_the_list_is_shown_as_it_is(data: Path) -> None:
    result = CliRunner().invoke(app, ["unresolved", "--data", str(data)], env={"COLUMNS": "250"})
    assert result.exit_code == 0
    assert "4 of 4 shown" in result.stdout
    assert "[2020]年度报告" in result.stdout


def test_as_json_it_holds_everything(data: Path) -> None:
    result = CliRunner().invoke(app, ["unresolved", "--data", str(data), "--json"])
    reports = json.loads(result.stdout)
    assert [report["source_path"] for report in reports] == ["f.txt", "b.txt", "d.txt", "e.txt"]
    assert reports[1]["evidence"][1] == {"kind": "host", "value": "甲市人民政府办公室", "locator": "line 90"}


def test_its_lines_count_for_overrides_once_a_person_decided_and_not_before(data: Path) -> None:
    result = CliRunner().invoke(app, ["unresolved", "--data", str(data), "--csv"])
    lines = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(lines[0]) == OVERRIDE_COLUMNS
    assert "metadata_publisher: 市商务局 (meta Publisher)" in lines[1]["why"]
    # A spreadsheet program would take a cell that begins so for a formula.
    assert not any(value.startswith(("=", "+", "-", "@")) for line in lines for value in line.values())
    (data / "overrides.csv").write_text(result.stdout, encoding="utf-8")
    with pytest.raises(CsvFileError, match="line 2: it decides nothing"):
        read_overrides(data)
    with (data / "overrides.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, OVERRIDE_COLUMNS)
        writer.writeheader()
        writer.writerow(lines[1] | {"agency_name": "甲市商务局", "who": "reviewer", "when": "2026-03-01"})
    (override,) = read_overrides(data)
    assert (override.report_id, override.agency_name) == ("b" * 64, "甲市商务局")


def test_where_nothing_needs_a_decision_it_says_so(data: Path) -> None:
    with duckdb.connect(str(data / "warehouse.duckdb")) as connection:
        connection.execute("delete from marts.dim_report where report_id[1] <> 'a'")
    asked = ["unresolved", "--data", str(data)]
    assert "nothing needs a decision" in CliRunner().invoke(app, asked).stdout
    assert json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout) == []
    assert CliRunner().invoke(app, [*asked, "--csv"]).stdout.count("\n") == 1
    assert CliRunner().invoke(app, [*asked, "--csv", "--json"]).exit_code == 2


def test_without_a_warehouse_it_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["unresolved", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "run `ogi build` first" in result.stderr.replace("\n", " ")

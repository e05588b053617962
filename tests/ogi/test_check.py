"""`ogi check` from the shell: its arguments, exit codes and last year's report."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ingest.parse import parse
from ogi.cli import app
from tests.corpus.corpus import SAMPLES

SOUND = SAMPLES / "003_f0de7e2adad4453a.txt"


def _published(data: Path, agency: str, year: int) -> Path:
    """A published warehouse of one report: the cells of SOUND, with more carried out than SOUND carries in."""
    report = parse(SOUND.read_bytes())
    data.mkdir()
    with duckdb.connect(str(data / "warehouse.duckdb")) as connection:
        connection.execute("create schema marts; create schema staging")
        connection.execute(
            "create table marts.dim_report as select 'r' as report_id, 'old.html' as source_path, true as is_current,"
            " ?::varchar as agency_name, ?::integer as report_year, 'agency' as scope",
            [agency, year],
        )
        connection.execute(
            "create table staging.stg_cells (report_id varchar, section varchar, row_code varchar, column_code varchar,"
            " status varchar, value decimal(24, 6), unit varchar)"
        )
        rows = [
            (
                *("r", cell.section, cell.row_code, cell.column_code, str(cell.status)),
                77 if (cell.row_code, cell.column_code) == ("carried_out", "total") else cell.value,
                cell.unit,
            )
            for cell in report.cells
        ]
        connection.executemany("insert into staging.stg_cells values (?, ?, ?, ?, ?, ?, ?)", rows)
    return data


def test_a_sound_draft_exits_with_0_and_last_years_report_can_fail_it(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["check", str(SOUND)]).exit_code == 0
    data = _published(tmp_path / "data", "某市人民政府", 2019)
    arguments = ["check", str(SOUND), "--data", str(data), "--publisher", "某市人民政府", "--year", "2020", "--json"]
    compared = runner.invoke(app, arguments)
    assert compared.exit_code == 1
    told = json.loads(compared.stdout)
    failing = [(one["identity_code"], one["member_code"]) for one in told["identities"] if one["status"] == "fails"]
    assert ("carry_over", "total") in failing
    assert {code for code, _ in failing} <= {"carry_over", "in_force", "prior_items"}
    assert "old.html" in told["last_year"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["/nowhere.docx"],
        [str(SOUND), "--lang", "fr"],
        [str(SOUND), "--data", "/nowhere-at-all"],
        [str(SOUND), "--no-such-option"],
    ],
)
def test_wrong_arguments_exit_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["check", *arguments]).exit_code == 2


def test_a_file_that_is_no_report_exits_with_2_and_says_why(tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31mlogin.html"
    file.write_text("<html><body><form>密码</form></body></html>", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 2
    assert "not_a_report" in result.output
    assert "\x1b" not in result.output

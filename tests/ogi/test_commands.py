"""The other commands: what they show, and the exit code that a script can rely on."""

import csv
import io
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ogi.cli import app
from tests.corpus.corpus import SAMPLES, true_cells
from tests.ogi.builds import Build, contents, ogi

TEXT = SAMPLES / "003_f0de7e2adad4453a.txt"
COMMANDS = ("build", "check", "parse", "summary", "query", "unresolved", "dbt", "compact", "ui")


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands in this process, with nothing set from outside."""
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("OGI_RAW", "OGI_DATA"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


# ogi build


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_text("a file")])
def test_build_refuses_a_landing_folder_that_is_none(runner: CliRunner, tmp_path: Path, make: object) -> None:
    make(tmp_path / "raw")  # type: ignore[operator]
    result = runner.invoke(app, ["build", str(tmp_path / "raw"), "--data", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert not (tmp_path / "data").exists()


def test_build_refuses_a_landing_folder_of_the_environment_that_is_none(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_RAW", str(tmp_path / "raw"))
    result = runner.invoke(app, ["build", "--data", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert str(tmp_path / "raw") in result.stderr


def test_build_refuses_an_unknown_option(runner: CliRunner) -> None:
    assert runner.invoke(app, ["build", "--no-such-option"]).exit_code == 2


def test_build_says_that_it_cannot_write(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = runner.invoke(app, ["build", str(SAMPLES), "--data", str(tmp_path / "file" / "data")])
    assert result.exit_code == 1
    assert "cannot write to" in result.stderr
    assert str(tmp_path / "file" / "data") in result.stderr


@pytest.mark.parametrize("strange", [True, False])
def test_build_refuses_reviewed_files_that_would_be_passed_over(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strange: bool
) -> None:
    if strange:
        (tmp_path / "reviewed").mkdir()
        (tmp_path / "reviewed" / "overide.csv").touch()
    monkeypatch.setenv("OGI_REVIEWED", str(tmp_path / "reviewed"))
    result = runner.invoke(app, ["build", str(SAMPLES), "--data", str(tmp_path / "data")])
    assert result.exit_code == 1
    assert ("take away overide.csv" if strange else "is no folder") in result.stderr.replace("\n", " ")
    assert not (tmp_path / "data").exists()


# ogi parse


def test_parse_of_a_whole_report_shows_it_like_the_form(runner: CliRunner) -> None:
    result = runner.invoke(app, ["parse", str(TEXT)])
    assert result.exit_code == 0
    for words in ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"):
        assert words in result.stdout
    ((new, closed),) = [
        (cells["applications", "new_requests", "total"].value, cells["applications", "closed_total", "total"].value)
        for cells in [true_cells(TEXT.name)]
    ]
    assert f"{new:,}" in result.stdout
    assert f"{closed:,}" in result.stdout


def test_parse_as_json_holds_every_cell_and_nothing_else(runner: CliRunner) -> None:
    result = runner.invoke(app, ["parse", "--json", str(TEXT)])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    found = {
        (cell["section"], cell["row_code"], cell["column_code"]): Decimal(cell["value"]) for cell in report["cells"]
    }
    assert found == {key: cell.value for key, cell in true_cells(TEXT.name).items()}
    assert {"title", "claims", "evidence", "issues", "status", "report_id"} <= report.keys()


def test_parse_of_prose_alone_is_whole(runner: CliRunner) -> None:
    assert runner.invoke(app, ["parse", str(SAMPLES / "004_e8085fb6e78f54c1.txt")]).exit_code == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty_file"),
        (bytes(range(256)) * 20, "binary_junk"),
        ("<html><body>请登录</body></html>".encode(), "not_a_report"),
        # Cut in the middle of a table, and before all of them.
        (TEXT.read_bytes()[: len(TEXT.read_bytes()) * 8 // 10], "missing"),
        (TEXT.read_bytes()[: len(TEXT.read_bytes()) // 2], "table_missing"),
    ],
)
def test_parse_of_what_is_not_whole_says_why(runner: CliRunner, tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    result = runner.invoke(app, ["parse", str(path)])
    assert result.exit_code == 1
    assert said in result.stdout


def test_parse_as_json_of_what_is_not_whole_is_json(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    result = runner.invoke(app, ["parse", "--json", str(tmp_path / "empty")])
    assert result.exit_code == 1
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["empty_file"]


@pytest.mark.parametrize("arguments", [[], ["/nowhere.txt"], ["/"], [str(TEXT), "--no-such-option"]])
def test_parse_refuses_wrong_arguments(runner: CliRunner, arguments: list[str]) -> None:
    assert runner.invoke(app, ["parse", *arguments]).exit_code == 2


@pytest.mark.parametrize("name", ["[red] [x].txt", "a\nb.txt"])
def test_parse_takes_any_file_name(runner: CliRunner, tmp_path: Path, name: str) -> None:
    shutil.copy(TEXT, tmp_path / name)
    result = runner.invoke(app, ["parse", str(tmp_path / name)])
    assert result.exit_code == 0, result.exception
    assert name.split("\n")[0] in result.stdout


def test_parse_names_the_file_that_it_cannot_read(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "[" / "red].txt"
    path.parent.mkdir()
    os.mkfifo(path)
    result = runner.invoke(app, ["parse", str(path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert f"{path}: not a regular file" in result.stderr


def test_parse_shows_text_in_brackets_as_it_is(runner: CliRunner, tmp_path: Path) -> None:
    """Brackets are markup to the terminal library; in a report they are text."""
    text = (SAMPLES / "004_e8085fb6e78f54c1.txt").read_text(encoding="utf-8")
    (tmp_path / "report.txt").write_text(text.replace("2790", "2790[/b][bold]"), encoding="utf-8")
    result = runner.invoke(app, ["parse", str(tmp_path / "report.txt")])
    assert result.exit_code == 0, result.exception


def test_parse_stores_nothing(tmp_path: Path) -> None:
    done = ogi("parse", TEXT, OGI_DATA=str(tmp_path / "data"), HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


# ogi summary


@pytest.mark.parametrize("command", [["summary"], ["query", "select 1"], ["dbt", "test"]])
def test_before_any_build_a_command_says_what_to_do(runner: CliRunner, tmp_path: Path, command: list[str]) -> None:
    result = runner.invoke(app, [command[0], "--data", str(tmp_path), *command[1:]])
    assert result.exit_code == 1
    assert "ogi build" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_summary_shows_what_the_build_showed(runner: CliRunner, built: Build) -> None:
    result = runner.invoke(app, ["summary", "--data", str(built.data)])
    assert result.exit_code == 0
    assert [line.rstrip() for line in result.stdout.splitlines()[1:]] == [
        line.rstrip() for line in built.done.stdout.splitlines()[1:]
    ]


def test_the_data_folder_may_come_from_the_environment(
    runner: CliRunner, built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_DATA", str(built.data))
    assert runner.invoke(app, ["summary"]).exit_code == 0


# ogi query

REQUESTS = "select sum(new_requests) as requests from marts.fct_applications where report_id = '{}'"


def test_query_answers(runner: CliRunner, built: Build) -> None:
    query = REQUESTS.format(built.report_id(TEXT.name))
    result = runner.invoke(app, ["query", "--data", str(built.data), query])
    assert result.exit_code == 0
    assert "requests" in result.stdout
    assert f"{true_cells(TEXT.name)['applications', 'new_requests', 'total'].value:f}" in result.stdout


def test_query_as_csv_is_csv(runner: CliRunner, built: Build) -> None:
    query = "select 'a, \"b\"' as text, null as nothing, 1.50::decimal(4, 2) as number"
    result = runner.invoke(app, ["query", "--data", str(built.data), "--csv", query])
    assert result.exit_code == 0
    assert list(csv.reader(io.StringIO(result.stdout))) == [["text", "nothing", "number"], ['a, "b"', "", "1.50"]]


@pytest.mark.parametrize("form", [[], ["--csv"]])
@pytest.mark.parametrize(
    "sql",
    [
        "select [/x] fro nothing",
        "select * from marts.no_such_table",
        "drop table marts.dim_report",
        "create table t as select 1",
    ],
)
def test_query_fails_on_what_cannot_be_asked_and_changes_nothing(
    runner: CliRunner, built: Build, sql: str, form: list[str]
) -> None:
    before = built.warehouse.read_bytes()
    result = runner.invoke(app, ["query", "--data", str(built.data), *form, sql])
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert isinstance(result.exception, SystemExit)
    assert built.warehouse.read_bytes() == before


@pytest.mark.parametrize("command", [["summary"], ["query", "select 1"]])
def test_a_damaged_warehouse_is_told_without_a_stack(runner: CliRunner, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"no database at all" * 1000)
    result = runner.invoke(app, [command[0], "--data", str(tmp_path), *command[1:]])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stderr.strip()


# ogi dbt


@pytest.mark.slow
def test_dbt_tests_a_copy_and_gives_dbts_exit_code(own: Build) -> None:
    before = contents(own.data / "lake"), own.warehouse.read_bytes()
    good = ogi("dbt", "--data", own.data, "--", "test", "--select", "dim_report")
    assert good.returncode == 0, good.stdout
    assert ogi("dbt", "--data", own.data, "--", "no-such-command").returncode == 2
    assert (contents(own.data / "lake"), own.warehouse.read_bytes()) == before


# help


def test_help_lists_the_commands(runner: CliRunner) -> None:
    result = runner.invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(command in result.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_tells_its_defaults(runner: CliRunner, command: str) -> None:
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    if command not in ("parse", "check"):
        assert "Default: $OGI_DATA, else data/ of the checkout" in result.stdout
    if command in ("build", "ui"):
        assert "Default: $OGI_RAW, else the samples shipped" in result.stdout


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "ui"])
def test_help_of_a_command_tells_its_exit_codes(runner: CliRunner, command: str) -> None:
    assert "xit code" in runner.invoke(app, [command, "--help"]).stdout

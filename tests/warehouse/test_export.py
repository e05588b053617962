"""Exports: the same rows in every format, nothing that runs as a formula, and a package that says what is there."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ogi.cli import app
from warehouse.contract import Column, Reference, Table
from warehouse.export import ExportError, Selection, export_tables, writers

TITLES = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "＋１+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "'quoted",
    'a "b", c\nd',
    "年度报告",
    "",
    None,
)


def _rows() -> list[tuple[Any, ...]]:
    """(report_id, title, year, region, current, change, amount, published on)."""
    return [
        (f"r{number:02}", title, 2020 + number % 3, f"region_{number % 2}", number != 3, -number, f"-{number}.5", None)
        for number, title in enumerate(TITLES)
    ]


def _database(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema reading; create schema audit")
        connection.execute("create table audit.build_inputs as select 'd1' as inputs_digest")
        connection.execute("""create table marts.dim_report (report_id varchar, title varchar, report_year integer,
            region_id varchar, is_current boolean, change bigint, amount decimal(24, 6), published_on date)""")
        connection.executemany("insert into marts.dim_report values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("update marts.dim_report set published_on = date '2021-03-31' where report_year = 2020")
        connection.execute("""create table marts.dim_region as
            select 'region_' || n as region_id, '32000' || n as region_code, '甲' as name_zh, '省' || n as full_name_zh,
            'province' as level, region_id as current_region_id, cast(null as varchar) as current_prefecture_region_id,
            region_id as current_province_region_id from range(2) as numbers (n)""")
        connection.execute(
            "create table marts.agg_years as select report_year, count(*) as reports from marts.dim_report "
            "group by 1 order by hash(report_year)"
        )
        connection.execute(
            'create table reading.annual_reports as select report_year as "报告年度", title as "标题", '
            'change as "增减", report_id as "报告标识" from marts.dim_report'
        )
    return path


def _table(schema: str, name: str, columns: str, *key: str, references: tuple[Reference, ...] = ()) -> Table:
    described = {column: Column(column, "", f"What {column} is.") for column in columns.split()}
    return Table(schema, name, "model", f"One row a {name}.", described, (key,) if key else (), references)


CONTRACT = {
    table.name: table
    for table in (
        _table(
            "marts",
            "dim_report",
            "report_id title report_year region_id is_current change amount published_on",
            "report_id",
            references=(Reference("region_id", "dim_region", "region_id"),),
        ),
        _table(
            "marts", "dim_region", "region_id region_code name_zh full_name_zh level current_region_id", "region_id"
        ),
        _table("marts", "agg_years", "report_year reports"),
        _table("reading", "annual_reports", "报告年度 标题 增减 报告标识"),
    )
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _database(tmp_path_factory.mktemp("export") / "warehouse.duckdb", _rows())


def _csv_cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def _restored(cell: str) -> str:
    """What a marked text was, by the rule of the guide."""
    return cell[1:] if cell.startswith("'") else cell


def test_no_cell_of_csv_can_run_and_every_text_comes_back(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_tables(database, CONTRACT, out, "csv")
    raw = (out / "dim_report.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    heading, *rows = _csv_cells(out / "dim_report.csv")
    titles = [row[heading.index("title")] for row in rows]
    assert not [title for title in titles if title[:1] in set("=+-@\t\r\n＝＋－＠")]
    assert [_restored(title) for title in titles] == [title or "" for title in TITLES]
    # Negative numbers stay numbers, an empty text and a null differ, and who reads the two apart can.
    assert [Decimal(row[heading.index("change")]) for row in rows] == [-number for number in range(len(TITLES))]
    assert b'"r09","",2020' in raw
    assert b'"r10",,2021' in raw


def test_no_cell_of_xlsx_is_a_formula_and_every_text_is_whole(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported = export_tables(database, CONTRACT, out, "xlsx", ("dim_report", "annual_reports"))
    assert exported.rows == {"annual_reports": len(TITLES), "dim_report": len(TITLES)}
    with ZipFile(out / "dim_report.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "hyperlink" in name.lower()]
    heading, *rows = openpyxl.load_workbook(out / "dim_report.xlsx").active.iter_rows()
    columns = {cell.value: number for number, cell in enumerate(heading)}
    cells = [row[columns["title"]] for row in rows]
    assert [cell.value or "" for cell in cells] == [title or "" for title in TITLES]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert [row[columns["change"]].value for row in rows] == [-number for number in range(len(TITLES))]
    assert rows[0][columns["published_on"]].value.date() == date(2021, 3, 31)
    # By default the reading views alone.
    assert set(export_tables(database, CONTRACT, out, "xlsx").rows) == {"annual_reports"}


@pytest.mark.parametrize("file_format", sorted(writers.FORMATS))
def test_the_same_rows_give_the_same_bytes(database: Path, tmp_path: Path, file_format: str) -> None:
    """Also where a build laid them down in another order."""
    other = _database(tmp_path / "other.duckdb", _rows()[::-1])
    first, second = tmp_path / "first", tmp_path / "second"
    export_tables(database, CONTRACT, first, file_format)
    export_tables(other, CONTRACT, second, file_format)
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {p.name: p.read_bytes() for p in second.iterdir()}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


READERS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "string": str,
}


def test_the_package_says_what_is_there(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_tables(database, CONTRACT, out, "csv")
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "d1"
    assert {resource["name"] for resource in package["resources"]} == set(CONTRACT)
    for resource in package["resources"]:
        content = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        heading, *rows = _csv_cells(out / resource["path"])
        fields = resource["schema"]["fields"]
        assert heading == [field["name"] for field in fields]
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                assert not cell or READERS[field["type"]](cell) is not None
    (reports,) = (resource for resource in package["resources"] if resource["name"] == "dim_report")
    types = {field["name"]: field["type"] for field in reports["schema"]["fields"]}
    assert (types["change"], types["amount"]) == ("integer", "number")
    assert (types["is_current"], types["published_on"]) == ("boolean", "date")
    assert reports["schema"]["primaryKey"] == ["report_id"]
    assert reports["schema"]["foreignKeys"][0]["reference"] == {"resource": "dim_region", "fields": ["region_id"]}


def test_parquet_keeps_types_and_describes_columns(database: Path, tmp_path: Path) -> None:
    export_tables(database, CONTRACT, tmp_path / "out", "parquet")
    table = pq.read_table(tmp_path / "out" / "dim_report.parquet")
    assert table["title"].to_pylist() == list(TITLES)
    assert table["amount"].to_pylist()[2] == Decimal("-2.5")
    assert table.schema.field("title").metadata[b"description"] == b"What title is."


def test_an_export_can_be_narrowed(database: Path, tmp_path: Path) -> None:
    def ids(selection: Selection) -> tuple[set[str], tuple[str, ...]]:
        exported = export_tables(database, CONTRACT, tmp_path / "out", "csv", (), selection)
        heading, *rows = _csv_cells(tmp_path / "out" / "annual_reports.csv")
        return {row[heading.index("报告标识")] for row in rows}, exported.left_out

    assert ids(Selection(years=(2021,))) == ({"r01", "r04", "r07", "r10"}, ())
    assert ids(Selection(region="320001")) == ({"r01", "r03", "r05", "r07", "r09"}, ("agg_years",))
    assert ids(Selection((2020,), "省1", "is_current")) == ({"r09"}, ("agg_years",))
    years = _csv_cells(tmp_path / "out" / "dim_region.csv")
    assert len(years) == 3
    with pytest.raises(ExportError, match="cannot be narrowed"):
        export_tables(database, CONTRACT, tmp_path / "out", "csv", ("agg_years",), Selection(region="省1"))


@pytest.mark.parametrize(
    ("selection", "tables", "words"),
    [
        (Selection(region="甲"), (), "省0 .region_0., 省1"),
        (Selection(region="乙"), (), "no region"),
        (Selection(where="nope = 1"), (), "no condition"),
        (Selection(where="exists (from read_csv('/etc/passwd'))"), (), "no condition"),
        (Selection(), ("dim_nothing",), "there are agg_years, annual_reports"),
    ],
)
def test_what_cannot_be_exported_is_told_and_leaves_what_was_there(
    database: Path, tmp_path: Path, selection: Selection, tables: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "out"
    export_tables(database, CONTRACT, out, "csv", ("dim_region",))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(ExportError, match=words):
        export_tables(database, CONTRACT, out, "csv", tables, selection)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert list(tmp_path.iterdir()) == [out]


def test_more_rows_than_a_sheet_holds_are_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "XLSX_ROWS", len(TITLES) + 1)
    export_tables(database, CONTRACT, tmp_path / "fits", "xlsx")
    monkeypatch.setattr(writers, "XLSX_ROWS", len(TITLES))
    with pytest.raises(ExportError, match=r"annual_reports has more than the 10 rows .* --year"):
        export_tables(database, CONTRACT, tmp_path / "out", "xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["fits"]


def test_a_folder_that_is_no_export_is_not_replaced(database: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError, match="no earlier export"):
        export_tables(database, CONTRACT, tmp_path, "csv")
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("arguments", [("--format", "dbf"), ("--year", "last"), ("--year", "2022-2019")])
def test_wrong_arguments_end_with_2(tmp_path: Path, arguments: tuple[str, str]) -> None:
    ended = CliRunner().invoke(app, ["export", "--out", str(tmp_path / "out"), *arguments])
    assert ended.exit_code == 2
    assert arguments[0] in ended.output

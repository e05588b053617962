"""Reviewed corrections and acknowledgements are read strictly, and a correction has to fit what its source says."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.csv_files import CsvFileError
from ingest.decisions import read_acknowledged, read_corrections, update_decisions
from ingest.lake import ensure_tables
from ingest.lake.schema import TABLES

REPORT = "ab" * 32
CORRECTION = "source_path,section,row_code,column_code,from,to,why,who,when\n"
ACKNOWLEDGED = "source_path,identity_code,member_code,difference,why,who,when\n"
DECIDED = "the prose says so,Li,2026-01-31\n"


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """One report at a.html: its total of closed requests is 223, of granted ones blank; an older parse said 1."""
    folder = tmp_path / "lake"
    ensure_tables(folder)
    report = {
        "report_id": REPORT,
        "media_type": "text/html",
        "contaminated": False,
        "read_by_ocr": False,
        "status": "parsed",
    }

    def cell(row_code: str, value: int | None) -> dict[str, Any]:
        return {
            "report_id": REPORT,
            "section": "applications",
            "row_code": row_code,
            "column_code": "total",
            "unit": "request",
            "status": "blank" if value is None else "reported",
            "value": None if value is None else Decimal(value),
        }

    write(folder, "files", "files", [{"source_path": "a.html", "report_id": REPORT, "status": "read"}])
    for part, version, closed in (("older", "1.9", 1), ("newest", "1.10", 223)):
        write(folder, "cells", part, [cell("closed_total", closed), cell("granted", None)])
        write(folder, "reports", part, [{**report, "parser_version": version}])
    return folder


def write(lake: Path, table: str, part: str, rows: list[dict[str, Any]]) -> None:
    whole = [{name: row.get(name) for name in TABLES[table].names} for row in rows]
    pq.write_table(pa.Table.from_pylist(whole, schema=TABLES[table]), lake / table / f"{part}.parquet")


@pytest.fixture
def decide(lake: Path, tmp_path: Path) -> Callable[..., dict[str, list[dict[str, Any]]]]:
    """Writes the files, takes them into the lake, and gives back the lake's rows."""

    def take(corrections: str = "", acknowledged: str = "") -> dict[str, list[dict[str, Any]]]:
        for name, text in (("corrections", corrections), ("acknowledged", acknowledged)):
            if text:
                (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        update_decisions(lake, read_corrections(tmp_path), read_acknowledged(tmp_path))
        return {name: pq.read_table(lake / name).to_pylist() for name in ("corrections", "acknowledged")}

    return take


def test_without_files_nothing_is_decided(decide: Callable[..., Any]) -> None:
    assert decide() == {"corrections": [], "acknowledged": []}


def test_decisions_come_into_the_lake_with_their_report_and_line(decide: Callable[..., Any]) -> None:
    rows = decide(
        CORRECTION
        + f"a.html,applications,closed_total,total,223,222,{DECIDED}"
        + f"a.html,applications,granted,total,blank,4,{DECIDED}"
        + f"gone.html,applications,granted,total,7,blank,{DECIDED}",
        ACKNOWLEDGED + f"a.html,prose,closed_total,-1,{DECIDED}",
    )
    shown = [
        (row["line"], row["report_id"], row["named"], row["status_from"], row["value_from"], row["value_to"])
        for row in rows["corrections"]
    ]
    assert shown == [
        (2, REPORT, "a.html", "reported", 223, 222),
        (3, REPORT, "a.html", "blank", None, 4),
        (4, None, "gone.html", "reported", 7, None),
    ]
    (acknowledged,) = rows["acknowledged"]
    assert (acknowledged["report_id"], acknowledged["difference"], acknowledged["who"]) == (REPORT, -1, "Li")


def test_a_report_can_be_named_by_its_id(decide: Callable[..., Any]) -> None:
    text = CORRECTION.replace("source_path", "report_id")
    rows = decide(text + f"{REPORT},applications,closed_total,total,223,222,{DECIDED}")
    assert rows["corrections"][0]["report_id"] == REPORT


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("a.html,applications,closed_total,total,224,222,", "line 2: the source says 223, not 224; look at the report"),
        ("a.html,applications,closed_total,total,blank,222,", "line 2: the source says 223, not blank"),
        ("a.html,applications,granted,total,0,222,", "line 2: the source says blank, not 0"),
        ("a.html,applications,carried_in,total,1,2,", "line 2: the report's form has no such cell"),
    ],
)
def test_a_correction_that_does_not_fit_its_source_is_refused(
    decide: Callable[..., Any], lake: Path, lines: str, said: str
) -> None:
    with pytest.raises(CsvFileError, match=said) as raised:
        decide(CORRECTION + lines + DECIDED)
    assert "corrections.csv" in str(raised.value)
    assert pq.read_table(lake / "corrections").num_rows == 0


def test_two_lines_about_one_cell_are_refused_however_they_name_it(decide: Callable[..., Any]) -> None:
    text = "report_id," + CORRECTION
    cell = "applications,closed_total,total,223,222"
    with pytest.raises(CsvFileError, match="line 3: line 2 is about the same"):
        decide(text + f",a.html,{cell},{DECIDED}{REPORT},,{cell},{DECIDED}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",applications,granted,total,1,2,x,y,2026-01-31", "report_id or source_path"),
        ("a.html,applications,granted,everyone,1,2,x,y,2026-01-31", "no form has a cell"),
        ("a.html,applications,granted,total,many,2,x,y,2026-01-31", "from is 'many'"),
        ("a.html,applications,granted,total,1,dash,x,y,2026-01-31", "to is 'dash'"),
        ("a.html,applications,granted,total,1,NaN,x,y,2026-01-31", "to is 'NaN'"),
        ("a.html,applications,granted,total,1,1e30,x,y,2026-01-31", "to is '1e30'"),
        ("a.html,applications,granted,total,1,1.0,x,y,2026-01-31", "it corrects nothing"),
        ("a.html,applications,granted,total,blank,blank,x,y,2026-01-31", "it corrects nothing"),
        ("a.html,applications,granted,total,1,2,,y,2026-01-31", "why is empty"),
        ("a.html,applications,granted,total,1,2,x,y,yesterday", "when is 'yesterday'"),
    ],
)
def test_a_faulty_correction_says_where_and_what(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "corrections.csv").write_text(CORRECTION + line + "\n", encoding="utf-8")
    with pytest.raises(CsvFileError, match=f"line 2: .*{said}"):
        read_corrections(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.html,sums,total,-1,x,y,2026-01-31", "identity_code is 'sums'; it can be balance"),
        ("a.html,balance,granted,-1,x,y,2026-01-31", "member_code is 'granted'; of balance it can be natural_person"),
        ("a.html,balance,total,0,x,y,2026-01-31", "difference is 0"),
        ("a.html,balance,total,,x,y,2026-01-31", "difference is empty"),
    ],
)
def test_a_faulty_acknowledgement_says_where_and_what(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "acknowledged.csv").write_text(ACKNOWLEDGED + line + "\n", encoding="utf-8")
    with pytest.raises(CsvFileError, match=f"line 2: .*{said}"):
        read_acknowledged(tmp_path)

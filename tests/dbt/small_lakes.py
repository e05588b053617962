"""Writing small lakes, and what a run of dbt leaves of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest import forms
from ingest.lake.schema import TABLES

Row = dict[str, Any]
Values = dict[tuple[str, str], int | str | None]
"""What single cells hold: a number, or a status; by row and column code. All others hold 0."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a run of dbt left: its exit code, the database, its manifest, and the status of each test by name."""

    returncode: int
    output: str
    database: Path
    manifest: dict[str, Any]
    statuses: dict[str, str]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.sql(sql).fetchall()


def cells(report_id: str, form: str, sections: Iterable[str] = forms.SECTIONS, **values: Values) -> list[Row]:
    """All cells of a report of one form, each 0 but for the given ones (by section)."""
    rows = []
    for section in sections:
        for cell in forms.cells(section, form):
            held = values.get(section, {}).get((cell.key.row_code, cell.key.column_code), 0)
            rows.append(
                {
                    "report_id": report_id,
                    "section": section,
                    "row_code": cell.key.row_code,
                    "column_code": cell.key.column_code,
                    "unit": cell.unit,
                    "status": "reported" if isinstance(held, int) else held,
                    "value": Decimal(held) if isinstance(held, int) else None,
                    "raw_text": str(held),
                }
            )
    return rows


def report(report_id: str, form: str | None, **columns: Any) -> Row:
    """A row of `reports` with the same form in all three tables."""
    row = {
        "report_id": report_id,
        "media_type": "text/html",
        "script": "hans",
        "text_sha256": f"text of {report_id}",
        "disclosure_form": form,
        "applications_form": form,
        "reviews_form": form,
        "contaminated": False,
        "read_by_ocr": False,
        "status": "parsed",
        "parser_version": "1.9",
    }
    return {**row, **columns}


def publisher(report_id: str, agency_name: str | None, report_year: int | None, **columns: Any) -> Row:
    row = {
        "report_id": report_id,
        "source_path": f"{report_id}.html",
        "agency_name": agency_name,
        "agency_name_source": "title" if agency_name else None,
        "region_code": "320813",
        "report_year": report_year,
        "scope": "agency",
        "agency_id": f"id of {agency_name}" if agency_name else None,
        "region_id": "region_320829",
        "decided_from": f"all of {report_id}",
    }
    return {**row, **columns}


def agency(agency_name: str, **columns: Any) -> Row:
    """A row of `agencies` that goes with those of `publisher`."""
    row = {
        "agency_id": f"id of {agency_name}",
        "agency_name": agency_name,
        "region_id": "region_320829",
        "agency_level": "county",
        "agency_kind": "department",
        "agency_field": "other",
        "names": [agency_name],
        "aliases": [],
        "decided_from": f"all of {agency_name}",
    }
    return {**row, **columns}


def decision(line: int, report_id: str) -> Row:
    """What every line of a reviewed file has."""
    decided = {"why": "the prose says so", "who": "Li", "decided_on": date(2026, 1, 31)}
    return {"line": line, "report_id": report_id, "named": f"{report_id}.html", **decided}


def write_part(lake: Path, part: str, **tables: list[Row]) -> None:
    """One part file of each of the given tables."""
    for name, rows in tables.items():
        folder = lake / name
        folder.mkdir(parents=True, exist_ok=True)
        whole = [{column: row.get(column) for column in TABLES[name].names} for row in rows]
        pq.write_table(pa.Table.from_pylist(whole, schema=TABLES[name]), folder / f"{part}.parquet")


def write_whole_lake(lake: Path, files: list[Row], publishers: list[Row], **parsed: list[Row]) -> None:
    """A lake of one part, every table there."""
    empty: dict[str, list[Row]] = {name: [] for name in TABLES}
    write_part(lake, "part", **{**empty, **parsed, "files": files, "publishers": publishers})

"""Last year's report of a publisher, from a published warehouse."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from checks.identities import Held, held
from checks.outside import Cells
from ingest.forms.model import CellKey


@dataclass(frozen=True, slots=True)
class LastYear:
    """A published report: where it came from, and what its cells hold."""

    source_path: str
    report_year: int
    cells: Cells


def last_year_of(warehouse: Path, agency_name: str, report_year: int, scope: str | None) -> LastYear | None:
    """The current report of a publisher for the year before `report_year`; None where there is none, or where several
    scopes leave open which is meant. Raises duckdb.Error where the warehouse cannot be read."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        reports = connection.execute(
            """select report_id, source_path, report_year from marts.dim_report
               where is_current and agency_name = ? and report_year = ? and (? is null or scope = ?)
               order by source_path""",
            [agency_name, report_year - 1, scope, scope],
        ).fetchall()
        if len(reports) != 1:
            return None
        report_id, source_path, year = reports[0]
        rows = connection.execute(
            "select section, row_code, column_code, status, value, unit from staging.stg_cells where report_id = ?",
            [report_id],
        ).fetchall()
    cells: dict[CellKey, Held] = {
        CellKey(*row[:3]): Held(None, is_known=False) if row[5] == "unstated" else held(row[3], row[4]) for row in rows
    }
    return LastYear(source_path, year, cells)

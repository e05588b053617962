"""`overrides.csv` among the reviewed files: what a person decided of a report's publisher, year or scope."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.csv_files import CsvLine, read_csv
from ingest.reviewed import OVERRIDES

OVERRIDE_COLUMNS = (
    "report_id",
    "source_path",
    "agency_name",
    "region_code",
    "report_year",
    "scope",
    "why",
    "who",
    "when",
)
_DECIDED = ("agency_name", "region_code", "report_year", "scope")
_REPORT_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the file: of a content (report_id) or of the file at a path, never of both."""

    line: int
    why: str
    who: str
    when: date
    report_id: str | None = None
    source_path: str | None = None
    agency_name: str | None = None
    region_code: str | None = None
    report_year: int | None = None
    scope: str | None = None


def read_overrides(reviewed: Path) -> tuple[Override, ...]:
    """The lines of `overrides.csv`, in order; none where there is no file. Raises CsvFileError for a faulty one."""
    required = ("why", "who", "when")
    return tuple(_override(line) for line in read_csv(reviewed / OVERRIDES, OVERRIDE_COLUMNS, required))


def _override(line: CsvLine) -> Override:
    report_id, source_path = line.values["report_id"], line.values["source_path"]
    if (report_id is None) == (source_path is None):
        raise line.error("give either report_id or source_path, to say of which report it is")
    if report_id is not None and not _REPORT_ID.fullmatch(report_id):
        raise line.error(f"report_id is {report_id!r}; it is 64 hexadecimal digits, as in marts.dim_report")
    if all(line.values[name] is None for name in _DECIDED):
        raise line.error(f"it decides nothing; fill in any of {', '.join(_DECIDED)}")
    return Override(
        line.number,
        line.required("why"),
        line.required("who"),
        line.day("when"),
        report_id,
        source_path,
        line.values["agency_name"],
        line.region_code(),
        line.year(),
        line.scope(),
    )

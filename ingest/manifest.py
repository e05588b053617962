"""`manifest.csv` at the top of the landing folder: what is known of files from outside their bytes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.csv_files import CsvLine, read_csv
from ingest.landing import MANIFEST

MANIFEST_COLUMNS = ("source_path", "source_url", "fetched_at", "agency_name", "region_code", "report_year", "scope")
_ALIASES = {"path": "source_path"}


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file; `line` is where it says so."""

    source_path: str
    source_url: str | None = None
    fetched_at: datetime | None = None
    agency_name: str | None = None
    region_code: str | None = None
    report_year: int | None = None
    scope: str | None = None
    line: int = 0


def read_manifest(raw_dir: Path) -> dict[str, ManifestRow]:
    """The rows of `manifest.csv` by source_path; empty where there is none. Raises CsvFileError for a faulty one."""
    rows: dict[str, ManifestRow] = {}
    for line in read_csv(raw_dir / MANIFEST, MANIFEST_COLUMNS, required=("source_path",), aliases=_ALIASES):
        entry = _manifest_row(line)
        if entry.source_path in rows:
            raise line.error(f"{entry.source_path} is named twice; keep one line")
        rows[entry.source_path] = entry
    return rows


def _manifest_row(line: CsvLine) -> ManifestRow:
    return ManifestRow(
        line.required("source_path"),
        line.values["source_url"],
        line.moment("fetched_at"),
        line.values["agency_name"],
        line.region_code(),
        line.year(),
        line.scope(),
        line.number,
    )

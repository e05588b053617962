"""The truth as columns: one batch of reports becomes one Arrow table of cells and a few rows for the CSV files."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from benchmarks.generator.forms import KEYS, UNITS
from benchmarks.generator.model import KNOWABLE, MISSING, STATUSES, Printed

REPORT_COLUMNS = (
    "file",
    "title",
    "report_year",
    "disclosure_form",
    "applications_form",
    "reviews_form",
    "script",
    "script_variant",
    "encoding",
    "declared_encoding",
    "agency_name",
    "region_code",
    "region_name",
    "scope",
    "published_on",
    "contaminated",
    "layout",
    "damage",
)
CLAIM_COLUMNS = ("file", "claim_code", "subject", "value")
ERROR_COLUMNS = ("file", "kind", "section", "row_code", "column_code", "printed", "intended", "identity")

CELL_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string(), nullable=False)
        for name in (
            "file",
            "section",
            "row_code",
            "column_code",
            "status",
            "raw_text",
            "value",
            "unit",
            "knowable",
        )
    ]
)

_SECTIONS = pa.array([key.section for key in KEYS])
_ROW_CODES = pa.array([key.row_code for key in KEYS])
_COLUMN_CODES = pa.array([key.column_code for key in KEYS])


@dataclass(frozen=True, slots=True)
class Batch:
    """The truth of some reports, in the order in which they were added."""

    files: list[str] = field(default_factory=list)
    reports: list[tuple[str, ...]] = field(default_factory=list)
    claims: list[tuple[str, ...]] = field(default_factory=list)
    errors: list[tuple[str, ...]] = field(default_factory=list)
    file_index: array[int] = field(default_factory=lambda: array("i"))
    keys: array[int] = field(default_factory=lambda: array("i"))
    statuses: array[int] = field(default_factory=lambda: array("i"))
    units: array[int] = field(default_factory=lambda: array("i"))
    knowable: array[int] = field(default_factory=lambda: array("i"))
    raw: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def add(self, printed: Printed) -> None:
        """Append one report."""
        name = printed.name
        number = len(self.files)
        self.files.append(name)
        self.reports.append((name, *(printed.report[column] for column in REPORT_COLUMNS[1:])))
        self.claims.extend((name, *claim) for claim in printed.claims)
        self.errors.extend((name, *mistake) for mistake in printed.mistakes)
        for table in printed.tables:
            marks = printed.marks[table.section]
            count = len(table.keys)
            statuses: Iterable[int] = table.statuses
            if any(marks.missing):
                statuses = [
                    MISSING if missing else status
                    for missing, status in zip(marks.missing, table.statuses, strict=True)
                ]
            self.file_index.extend([number] * count)
            self.keys.extend(table.keys)
            self.statuses.extend(statuses)
            self.units.extend(table.units)
            self.knowable.extend(marks.knowable)
            self.raw.extend(table.raw)
            self.values.extend(table.values)

    def cells(self) -> pa.Table:
        """The cells, one row a cell."""
        keys = _integers(self.keys)
        columns = [
            pa.array(self.files, pa.string()).take(_integers(self.file_index)),
            _SECTIONS.take(keys),
            _ROW_CODES.take(keys),
            _COLUMN_CODES.take(keys),
            pa.array(STATUSES).take(_integers(self.statuses)),
            pa.array(self.raw, pa.string()),
            pa.array(self.values, pa.string()),
            pa.array(UNITS).take(_integers(self.units)),
            pa.array(KNOWABLE).take(_integers(self.knowable)),
        ]
        return pa.Table.from_arrays(columns, schema=CELL_SCHEMA)


def _integers(values: array[int]) -> pa.Array[Any]:
    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(values)])

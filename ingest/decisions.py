"""What people decided about numbers: `corrections.csv` and `acknowledged.csv` among the reviewed files.

A correction says what a cell should hold, an acknowledgement that a failing identity was looked at. Neither changes
what is published: each build reads them anew and the warehouse keeps both numbers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from ingest.csv_files import CsvFileError, CsvLine, read_csv
from ingest.forms import FORMS, IDENTITIES, SECTIONS, CellKey, cells
from ingest.lake import LakePath, known_parses, read_parquet, write_built
from ingest.report import CellStatus
from ingest.reviewed import ACKNOWLEDGED, CORRECTIONS

_OF_REPORT = ("report_id", "source_path")
_DECIDED = ("why", "who", "when")
CORRECTION_COLUMNS = (*_OF_REPORT, "section", "row_code", "column_code", "from", "to", *_DECIDED)
ACKNOWLEDGED_COLUMNS = (*_OF_REPORT, "identity_code", "member_code", "difference", *_DECIDED)
_REPORT_ID = re.compile(r"[0-9a-f]{64}")
_NO_NUMBER = tuple(status.value for status in CellStatus if status is not CellStatus.REPORTED)
_BLANK = CellStatus.BLANK.value
_WHOLE_DIGITS, _PLACES = 18, 6


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line stands, of which report it is (a content, or the file at a path), and who decided it."""

    path: Path
    number: int
    report_id: str | None
    source_path: str | None
    why: str
    who: str
    decided_on: date

    def error(self, problem: str) -> CsvFileError:
        """The error that tells a problem of this line."""
        return CsvFileError(f"{self.path}, line {self.number}: {problem}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that should hold another number; `before` is what its source says: a number, or the cell's status.

    `after` is in the unit of the cell; None where the cell should be blank.
    """

    line: _Line
    cell: CellKey
    before: Decimal | str
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A failing identity that somebody looked at, with the difference that it had then."""

    line: _Line
    identity_code: str
    member_code: str
    difference: Decimal


def read_corrections(reviewed: Path) -> tuple[Correction, ...]:
    """The lines of `corrections.csv`, in order; none where there is no file. Raises CsvFileError for a faulty one."""
    required = ("section", "row_code", "column_code", "from", "to", *_DECIDED)
    return tuple(_correction(line) for line in read_csv(reviewed / CORRECTIONS, CORRECTION_COLUMNS, required))


def read_acknowledged(reviewed: Path) -> tuple[Acknowledgement, ...]:
    """The lines of `acknowledged.csv`, in order; none where there is no file. Raises CsvFileError for a faulty one."""
    required = ("identity_code", "member_code", "difference", *_DECIDED)
    return tuple(_acknowledgement(line) for line in read_csv(reviewed / ACKNOWLEDGED, ACKNOWLEDGED_COLUMNS, required))


def _line(line: CsvLine) -> _Line:
    report_id, source_path = line.values["report_id"], line.values["source_path"]
    if (report_id is None) == (source_path is None):
        raise line.error("give either report_id or source_path, to say of which report it is")
    if report_id is not None and not _REPORT_ID.fullmatch(report_id):
        raise line.error(f"report_id is {report_id!r}; it is 64 hexadecimal digits, as in marts.dim_report")
    why, who = line.required("why"), line.required("who")
    return _Line(line.path, line.number, report_id, source_path, why, who, line.day("when"))


def _number(line: CsvLine, name: str, otherwise: str = "") -> Decimal:
    text = line.required(name)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_PLACES or abs(number) >= 10**_WHOLE_DIGITS:
        raise line.error(f"{name} is {text!r}; give a number like 223 or -1.5{otherwise}")
    return number


def _correction(line: CsvLine) -> Correction:
    cell = CellKey(line.required("section"), line.required("row_code"), line.required("column_code"))
    if cell not in _known_cells():
        raise line.error(f"no form has a cell {cell.section}, {cell.row_code}, {cell.column_code}")
    before: Decimal | str = line.required("from")
    if before not in _NO_NUMBER:
        before = _number(line, "from", f", or {', '.join(_NO_NUMBER)}")
    after = None if line.required("to") == _BLANK else _number(line, "to", f", or {_BLANK}")
    if before == (_BLANK if after is None else after):
        raise line.error("from and to are the same; it corrects nothing")
    return Correction(_line(line), cell, before, after)


def _acknowledgement(line: CsvLine) -> Acknowledgement:
    identity, member = line.required("identity_code"), line.required("member_code")
    members = _members().get(identity)
    if members is None:
        raise line.error(f"identity_code is {identity!r}; it can be {', '.join(_members())}")
    if member not in members:
        raise line.error(f"member_code is {member!r}; of {identity} it can be {', '.join(members)}")
    difference = _number(line, "difference")
    if not difference:
        raise line.error("difference is 0: an identity that holds needs no acknowledgement")
    return Acknowledgement(_line(line), identity, member, difference)


@cache
def _known_cells() -> frozenset[CellKey]:
    return frozenset(cell.key for form in FORMS for section in SECTIONS for cell in cells(section, form))


@cache
def _members() -> Mapping[str, tuple[str, ...]]:
    return {identity.code: identity.members for identity in IDENTITIES}


def update_decisions(
    lake: LakePath, corrections: Iterable[Correction], acknowledged: Iterable[Acknowledgement]
) -> None:
    """Rewrite the lake's tables `corrections` and `acknowledged`. A line of no report here stays, without a report_id.

    Raises CsvFileError where a correction does not fit what the source says, and where two lines decide the same.
    """
    contents = _contents(lake)
    correction_rows = list(_correction_rows(corrections, contents))
    _check_sources(lake, correction_rows)
    write_built(lake, "corrections", (row for _, row in correction_rows))
    write_built(lake, "acknowledged", _acknowledged_rows(acknowledged, contents))


def _contents(lake: LakePath) -> dict[str, str]:
    """The report_id of each file that could be read, by its path and by itself."""
    files = read_parquet(lake / "files", columns=["source_path", "report_id"]).to_pylist()
    read = [(file["source_path"], file["report_id"]) for file in files if file["report_id"]]
    return {report_id: report_id for _, report_id in read} | dict(read)


def _decided(line: _Line, contents: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": line.number,
        "report_id": contents.get(line.report_id or line.source_path or ""),
        "named": line.report_id or line.source_path,
        "why": line.why,
        "who": line.who,
        "decided_on": line.decided_on,
    }


class _Once:
    """Refuses a second line about the same thing."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], int] = {}

    def check(self, line: _Line, *thing: object) -> None:
        """Raises CsvFileError where an earlier line was about that."""
        if thing in self._seen:
            raise line.error(f"line {self._seen[thing]} is about the same; keep one of them")
        self._seen[thing] = line.number


def _correction_rows(
    corrections: Iterable[Correction], contents: Mapping[str, str]
) -> Iterator[tuple[Correction, dict[str, Any]]]:
    once = _Once()
    for correction in corrections:
        row = _decided(correction.line, contents)
        once.check(correction.line, row["report_id"] or row["named"], correction.cell)
        is_number = isinstance(correction.before, Decimal)
        yield (
            correction,
            row
            | {
                "section": correction.cell.section,
                "row_code": correction.cell.row_code,
                "column_code": correction.cell.column_code,
                "status_from": CellStatus.REPORTED.value if is_number else correction.before,
                "value_from": correction.before if is_number else None,
                "value_to": correction.after,
            },
        )


def _acknowledged_rows(
    acknowledged: Iterable[Acknowledgement], contents: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    once = _Once()
    for one in acknowledged:
        row = _decided(one.line, contents)
        once.check(one.line, row["report_id"] or row["named"], one.identity_code, one.member_code)
        decided = {"identity_code": one.identity_code, "member_code": one.member_code, "difference": one.difference}
        yield row | decided


def _check_sources(lake: LakePath, rows: list[tuple[Correction, dict[str, Any]]]) -> None:
    """Each correction's `from` has to be what the standing parse of its report says."""
    wanted = {row["report_id"] for _, row in rows if row["report_id"]}
    if not wanted:
        return
    said = _source_says(lake, wanted)
    for correction, row in rows:
        if row["report_id"] is None:
            continue
        key = (row["report_id"], *(row[name] for name in ("section", "row_code", "column_code")))
        if key not in said:
            raise correction.line.error("the report's form has no such cell; look at the report, then mend the line")
        now = said[key]
        if now != correction.before:
            raise correction.line.error(
                f"the source says {_plain(now)}, not {_plain(correction.before)}; look at the report again, then "
                "change `from` or take the line away"
            )


def _source_says(lake: LakePath, wanted: set[str]) -> dict[tuple[str, str, str, str], Decimal | str]:
    """What the cells of some reports hold: a number, or the status of a cell without one."""
    standing = known_parses(lake)
    said: dict[tuple[str, str, str, str], Decimal | str] = {}
    columns = ["report_id", "section", "row_code", "column_code", "status", "value"]
    for part in sorted({standing[report_id].part for report_id in wanted if report_id in standing}):
        table = read_parquet(lake / "cells" / part, columns=columns, filters=pc.field("report_id").isin(sorted(wanted)))
        for row in table.to_pylist():
            if standing[row["report_id"]].part == part:
                key = (row["report_id"], row["section"], row["row_code"], row["column_code"])
                said[key] = row["value"] if row["status"] == CellStatus.REPORTED.value else row["status"]
    return said


def _plain(value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

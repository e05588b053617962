"""Where a number comes from: the cell, the place in its source, and the identities that it takes part in."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.containers.process import ContainerReader
from ingest.document import Document, Grid
from ingest.landing import printable
from ingest.readers import read
from warehouse.paths import DataPaths

_AROUND = 3
_MAXIMUM_TEXT = 60
_SHORTEST_PREFIX = 6
_COLUMN = re.compile(r"^(?P<row>.*), column (?P<column>\d+)$")


class CannotExplainError(Exception):
    """There is nothing to explain; the message says why and what to try."""


@dataclass(frozen=True, slots=True)
class StoredCell:
    """A cell as the warehouse has it, with the report that it is of."""

    report_id: str
    source_path: str
    agency_name: str | None
    report_year: int | None
    status: str
    raw_text: str | None
    value: object
    unit: str
    locator: str | None
    reason: str | None


def find_cell(connection: duckdb.DuckDBPyConnection, report: str, key: tuple[str, str, str]) -> StoredCell:
    """The cell of a report, named by a report_id, the first characters of one, or a source_path.

    Raises CannotExplainError where there is no such report, several, or no such cell in it.
    """
    prefix = report if re.fullmatch(rf"[0-9a-f]{{{_SHORTEST_PREFIX},64}}", report) else None
    reports = connection.execute(
        """select distinct report_id from marts.dim_report
           where report_id in (select report_id from staging.stg_files where source_path = $report)
              or starts_with(report_id, $prefix)""",
        {"report": report, "prefix": prefix},
    ).fetchall()
    if len(reports) != 1:
        problem = f"{len(reports)} reports begin with {report}" if reports else f"no report is {report}"
        raise CannotExplainError(f"{problem}; give a source_path of staging.stg_files, or more of the report_id")
    row = connection.execute(
        """select cells.report_id, reports.source_path, reports.agency_name, reports.report_year, cells.status,
                  cells.raw_text, cells.value, cells.unit, cells.locator, cells.reason
           from staging.stg_cells as cells join marts.dim_report as reports using (report_id)
           where cells.report_id = ? and cells.section = ? and cells.row_code = ? and cells.column_code = ?""",
        [reports[0][0], *key],
    ).fetchone()
    if row is None:
        names = connection.execute(
            """select distinct row_code from staging.stg_cells where report_id = ? and section = ? order by 1""",
            [reports[0][0], key[0]],
        ).fetchall()
        known = ", ".join(name for (name,) in names) or "no cell at all"
        raise CannotExplainError(f"the report has no cell {'/'.join(key)}; its rows in {key[0]} are {known}")
    return StoredCell(*row)


def show(console: Console, paths: DataPaths, raw_dir: Path, report: str, key: tuple[str, str, str]) -> None:
    """Show a cell, its surroundings in the source file and its identities. Raises CannotExplainError."""
    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        cell = find_cell(connection, report, key)
        _show_cell(console, cell, key)
        _show_source(console, cell, raw_dir)
        _show_identities(console, connection, cell, key)


def _show_cell(console: Console, cell: StoredCell, key: tuple[str, str, str]) -> None:
    facts = Table(show_header=False, box=None, pad_edge=False)
    value = "no number" if cell.value is None else f"{cell.value:f}".rstrip("0").rstrip(".")
    printed = "nothing" if not cell.raw_text else repr(cell.raw_text)
    for name, text in (
        ("cell", " / ".join(key)),
        ("report", f"{cell.agency_name or 'publisher unresolved'}, {cell.report_year or 'year unknown'}"),
        ("file", cell.source_path),
        ("status", cell.status),
        ("value", f"{value} ({cell.unit})"),
        ("printed", printed),
        ("place", cell.locator or "no place: the document does not show it"),
        ("reason", cell.reason or "read plainly"),
    ):
        facts.add_row(f"[dim]{name}[/]", escape(text))
    console.print(facts)


def _show_source(console: Console, cell: StoredCell, raw_dir: Path) -> None:
    """The lines or rows around the cell, as the reader sees them, the cell itself marked."""
    console.print()
    if cell.locator is None:
        return
    data = _source_bytes(raw_dir, cell.source_path)
    if data is None:
        console.print(f"[yellow]{escape(cell.source_path)} is not in {raw_dir}[/]; name the landing folder with --raw")
        return
    by_ocr = "OCR" in (cell.reason or "")
    surroundings = list(_surroundings(read(data, by_ocr), cell.locator))
    if not surroundings:
        console.print("[yellow]the place is not in the file as it is now[/]: it changed since it was parsed")
    for place, text in surroundings:
        console.print(f"[dim]{place:>24}[/]  {text}", highlight=False, soft_wrap=True)


def _source_bytes(raw_dir: Path, source_path: str) -> bytes | None:
    """The bytes of a file, or of a member of a container; None where it is not there."""
    path = _source_file(raw_dir, source_path)
    if path is not None:
        return path.read_bytes()
    for mark in re.finditer("!", source_path):
        container = _source_file(raw_dir, source_path[: mark.start()])
        if container is None:
            continue
        label, times = source_path[mark.end() :], Counter[str]()
        with ContainerReader() as reader:
            for member in list(reader.members(str(container))):
                times[member.label] += 1
                name = member.label if times[member.label] == 1 else f"{member.label}#{times[member.label]}"
                if name == label and member.place is not None:
                    return next((data for _, data in reader.contents(str(container), [member.place])), None)
    return None


def _source_file(raw_dir: Path, source_path: str) -> Path | None:
    """The file of a source_path below the landing folder; None where it is not there or is a link."""
    direct = raw_dir / source_path
    if direct.is_file() and not direct.is_symlink() and direct.resolve().is_relative_to(raw_dir.resolve()):
        return direct
    return next((path for path in raw_dir.rglob("*") if printable(str(path.relative_to(raw_dir))) == source_path), None)


def _surroundings(document: Document, locator: str) -> Iterator[tuple[str, str]]:
    """The places and texts near a locator; in the row of a table the cell is marked."""
    found = _COLUMN.match(locator)
    place, column = (found["row"], int(found["column"]) - 1) if found else (locator, None)
    lines: list[tuple[str, tuple[str | None, ...]]] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines.extend(zip(block.row_locators, block.rows, strict=True))
        else:
            lines.append((block.locator, (block.text,)))
    at = next((index for index, (where, _) in enumerate(lines) if where == place), None)
    if at is None:
        return
    for index in range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)):
        where, cells = lines[index]
        marked = (column if column is not None else 0) if index == at else None
        yield (
            where,
            " | ".join(_cell_text(text, number == marked) for number, text in enumerate(cells) if text is not None),
        )


def _cell_text(text: str | None, marked: bool) -> str:
    shown = text or ""
    shown = escape(shown[:_MAXIMUM_TEXT] + "…" if len(shown) > _MAXIMUM_TEXT else shown)
    return f"[black on yellow]▶{shown}◀[/]" if marked else shown


def _show_identities(
    console: Console, connection: duckdb.DuckDBPyConnection, cell: StoredCell, key: tuple[str, str, str]
) -> None:
    rows = connection.execute(
        """select distinct identities.label_zh, checks.member_code, checks.left_value, checks.right_value,
                  checks.difference, checks.status, checks.blanks_as_zero, identities.number, terms.year_offset
           from marts.fct_identity_checks as checks
           join seeds.identity_terms as terms using (identity_code, member_code)
           join seeds.identities as identities using (identity_code)
           where case terms.year_offset when 0 then checks.report_id else checks.previous_report_id end = ?
               and terms.section = ? and terms.row_code = ? and terms.column_code = ?
           order by identities.number, terms.year_offset desc, checks.member_code""",
        [cell.report_id, *key],
    ).fetchall()
    console.print()
    if not rows:
        console.print("it takes part in no identity")
        return
    table = Table(title="identities that it takes part in (勾稽关系)", title_justify="left")
    for heading in ("identity", "of", "left", "right", "difference", "status", "blanks as 0"):
        table.add_column(heading, overflow="fold")
    for label, member, left, right, difference, status, blanks, _, year_offset in rows:
        colour = {"holds": "green", "fails": "red"}.get(status, "yellow")
        numbers = (
            "–" if number is None else f"{number:f}".rstrip("0").rstrip(".") for number in (left, right, difference)
        )
        of = f"{member}, in the next year's report" if year_offset else member
        table.add_row(label, of, *numbers, f"[{colour}]{status}[/]", str(blanks))
    console.print(table)

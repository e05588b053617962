"""What people see in the terminal: a report laid out like its form, and the summary of a warehouse."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest import forms
from ingest.report import Cell, CellStatus, ParsedReport
from warehouse.paths import DataPaths
from warehouse.summary import Summary

_MARKS = {CellStatus.BLANK: "[dim]·[/]", CellStatus.UNREADABLE: "[red]?[/]", CellStatus.MISSING: "[yellow]✗[/]"}
_SEVERITY = {"info": "cyan", "warning": "yellow", "error": "red"}
_TITLES = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "reviews": "四、行政复议、行政诉讼情况",
    "statistics": "政府信息公开情况统计表",
}
_ROWS = {
    "applications": forms.applications.ROWS,
    "reviews": forms.reviews.ROWS,
    "disclosure": forms.disclosure.ROWS,
    "statistics": forms.statistics.ROWS,
}


def as_json(report: ParsedReport) -> str:
    """A parse as JSON; decimals are strings, so that no digit is lost."""
    parse = asdict(report) | {"cells": [cell._asdict() for cell in report.cells]}
    return json.dumps(parse, ensure_ascii=False, indent=2, default=str)


def show_report(console: Console, path: Path, report: ParsedReport) -> None:
    """Show a parse: what the report is, its tables like the form itself, its claims and issues."""
    facts = Table(show_header=False, box=None, pad_edge=False)
    for name, value in (
        ("file", path.name),
        ("status", report.status.value),
        ("title", report.title),
        ("type", report.media_type),
        ("encoding", report.encoding),
        ("script", report.script),
        ("period", _period(report)),
        ("published", report.published_on),
        ("forms", " / ".join(_form(report, section) for section in ("disclosure", "applications", "reviews"))),
        ("contaminated", report.contamination if report.contaminated else "no"),
        ("report_id", report.report_id),
    ):
        facts.add_row(f"[dim]{name}[/]", "–" if value is None else escape(str(value)))
    console.print(facts)
    for section in forms.SECTIONS:
        cells = [cell for cell in report.cells if cell.section == section]
        if cells:
            console.print()
            for table in _form_tables(section, cells):
                console.print(table)
    if report.cells:
        console.print("[dim]· blank   / dash   ? unreadable   ✗ missing[/]")
    _show_claims(console, report)
    _show_issues(console, report)


def _form(report: ParsedReport, section: str) -> str:
    return getattr(report, f"{section}_form") or "–"


def _period(report: ParsedReport) -> str | None:
    return f"{report.period_start} – {report.period_end}" if report.period_start else None


def _form_tables(section: str, cells: list[Cell]) -> Iterator[Table]:
    """The cells of a section as the form prints them; part 二 in its blocks, each under the headings of its own."""
    blocks = forms.disclosure.BLOCKS if section == forms.disclosure.SECTION else ((_TITLES[section], None),)
    for number, (title, rows) in enumerate(blocks):
        inside = [cell for cell in cells if rows is None or cell.row_code in rows]
        if inside:
            full = f"{_TITLES[section]}  {title}" if rows and not number else title
            yield _form_table(section, full, inside)


def _form_table(section: str, title: str, cells: list[Cell]) -> Table:
    by_place = {(cell.row_code, cell.column_code): cell for cell in cells}
    columns = list(dict.fromkeys(cell.column_code for cell in cells))
    labels = _column_labels(section, {cell.column_code for cell in cells})
    table = Table(title=title, title_justify="left")
    table.add_column("", overflow="fold", width=36)
    for code in columns:
        table.add_column(labels.get(code, code), justify="right", no_wrap=True)
    rows = {row.code: f"{row.ordinal} {row.label}".strip() for row in _ROWS[section]}
    for code in dict.fromkeys(cell.row_code for cell in cells):
        name = rows.get(code) or f"小计 {code.removeprefix('subtotal_')}"
        table.add_row(name, *(_cell_text(by_place.get((code, column))) for column in columns))
    return table


def _column_labels(section: str, present: set[str]) -> dict[str, str]:
    """The printed heading of each column; where both forms use a code, that of the form whose columns are present."""
    if section == forms.statistics.SECTION:
        return {forms.statistics.COLUMN: "数量"}
    source = {
        "applications": forms.applications.COLUMNS,
        "reviews": forms.reviews.COLUMNS,
        "disclosure": forms.disclosure.COLUMNS,
    }
    labels: dict[str, str] = {}
    for column in source[section]:
        siblings = {other.code for other in source[section] if other.forms == column.forms}
        if present <= siblings or column.code not in labels:
            labels[column.code] = column.label
    return labels


def _cell_text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.status is CellStatus.DASH:
        return escape(cell.raw_text or "/")
    if cell.value is None:
        return _MARKS[cell.status]
    value = f"{cell.value:,f}"
    value = value.rstrip("0").rstrip(".") if "." in value else value
    return (
        f"{value} 元"
        if cell.unit == "CNY"
        else f"{value} [dim](unit not stated)[/]"
        if cell.unit == "unstated"
        else value
    )


def _show_claims(console: Console, report: ParsedReport) -> None:
    if not report.claims:
        return
    table = Table(title="said in prose", title_justify="left")
    for heading in ("claim", "value", "unit", "of", "place", "sentence"):
        table.add_column(heading, overflow="fold")
    for claim in report.claims:
        table.add_row(
            claim.claim_code,
            f"{claim.value:f}",
            claim.unit,
            escape(claim.subject),
            claim.locator,
            escape(claim.sentence[:120]),
        )
    console.print()
    console.print(table)


def _show_issues(console: Console, report: ParsedReport) -> None:
    console.print()
    if not report.issues:
        console.print("[green]no issues[/]")
    for issue in report.issues:
        place = f" [dim]({issue.locator})[/]" if issue.locator else ""
        console.print(f"[{_SEVERITY[issue.severity]}]{issue.severity}[/] {issue.code}: {escape(issue.message)}{place}")


def show_summary(console: Console, summary: Summary, paths: DataPaths, done: str) -> None:
    """Show what a published warehouse holds, where it lies, and what to try next."""
    grid = Table(show_header=False, box=None, pad_edge=False)
    grid.add_row("[bold]files[/]", _counts(summary.files))
    grid.add_row("[bold]reports[/]", _counts(summary.reports))
    grid.add_row(
        "[bold]cells[/]",
        _counts(
            {
                "read": summary.cells.get("reported", 0),
                **{name: summary.cells.get(name, 0) for name in ("blank", "dash", "missing", "unreadable")},
            }
        ),
    )
    for code, counts in summary.identities.items():
        grid.add_row(f"[bold]identity {code}[/]", _identity(counts))
    grid.add_row("[bold]issues[/]", _counts(summary.issues) or "none")
    grid.add_row("[bold]warehouse[/]", str(paths.warehouse))
    console.print(f"[bold green]{done}[/]")
    console.print(grid)
    console.print("\nNext:")
    data = "" if _is_default(paths) else f" --data {paths.data}"
    console.print(f"  open the UI    .venv/bin/ogi ui{data}")
    console.print(
        f'  query          .venv/bin/ogi query{data} "select * from marts.fct_outcomes limit 5"', soft_wrap=True
    )
    console.print(
        f"  connect a BI   duckdb:///{paths.warehouse}?access_mode=read_only   (no pooled connections)", soft_wrap=True
    )


def _is_default(paths: DataPaths) -> bool:
    from warehouse.paths import PROJECT_ROOT

    return paths.data == PROJECT_ROOT / "data"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _identity(counts: dict[str, int]) -> str:
    failed = counts.get("fails", 0)
    shown = f"[yellow]{failed:,} failed[/]" if failed else "0 failed"
    return f"{counts.get('holds', 0):,} held, {shown}, {counts.get('not_evaluable', 0):,} not evaluable"

"""The reports whose publisher, region, year or scope a person has to decide, with the evidence of each."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.overrides import OVERRIDE_COLUMNS

SHOWN = 50
_DECISIONS = ("agency_name", "region_code", "report_year", "scope")
_NAMING = ("metadata_publisher", "compiled_by", "signature", "host", "source", "site_name", "metadata_author")
"""The kinds of evidence that give a name, the most telling first."""
_HINTS_IN_A_CELL = 6
_EVIDENCE_OF_A_REPORT = 40


@dataclass(frozen=True, slots=True)
class Hint:
    """A row of staging.stg_evidence: what points to a publisher, region, year or scope, and where it stands."""

    kind: str
    value: str
    locator: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A report that needs a decision. `needs` are the columns of overrides.csv that nothing decided, `candidates` the
    names that the report itself offers, the most telling first: none of them is a decision."""

    report_id: str
    source_path: str
    source_url: str | None
    title: str | None
    agency_name: str | None
    region_code: str | None
    report_year: int | None
    scope: str | None
    needs: tuple[str, ...]
    reason: str | None
    candidates: tuple[str, ...]
    evidence: tuple[Hint, ...]


def find_unresolved(warehouse: Path) -> Iterator[Unresolved]:
    """The current reports that lack a publisher, region, year or scope: first those without a publisher, by path.

    Copies are left out, for they follow the report that they are copies of. Raises duckdb.Error.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """with hints as (
                   select report_id, list(distinct {'kind': kind, 'value': value, 'locator': locator}) as evidence
                   from staging.stg_evidence
                   group by report_id
               )
               select reports.report_id, reports.source_path, reports.source_url, reports.title, reports.agency_name,
                      reports.region_code, reports.report_year, reports.scope, reports.publisher_reason, hints.evidence
               from marts.dim_report as reports
               left join hints on hints.report_id = reports.report_id
               where reports.is_current
                 and (reports.agency_name is null or reports.region_id is null
                      or reports.report_year is null or reports.scope is null)
               order by reports.agency_name is not null, reports.report_year is not null, reports.source_path"""
        )
        while rows := found.fetchmany(1000):
            yield from (_unresolved(*row) for row in rows)


def _unresolved(
    report_id: str,
    source_path: str,
    source_url: str | None,
    title: str | None,
    agency_name: str | None,
    region_code: str | None,
    report_year: int | None,
    scope: str | None,
    reason: str | None,
    evidence: Sequence[dict[str, str]] | None,
) -> Unresolved:
    known = dict(zip(_DECISIONS, (agency_name, region_code, report_year, scope), strict=True))
    hints = sorted((Hint(**hint) for hint in evidence or ()), key=lambda hint: (_rank(hint), hint.value, hint.locator))
    # A code that no region had in the year is there, and still has to be decided.
    needs = tuple(name for name, value in known.items() if value is None) or ("region_code",)
    return Unresolved(
        report_id,
        source_path,
        source_url,
        title,
        agency_name,
        region_code,
        report_year,
        scope,
        needs,
        reason,
        tuple(dict.fromkeys(hint.value for hint in hints if hint.kind in _NAMING)),
        tuple(hints[:_EVIDENCE_OF_A_REPORT]),
    )


def _rank(hint: Hint) -> tuple[int, str]:
    return (_NAMING.index(hint.kind) if hint.kind in _NAMING else len(_NAMING), hint.kind)


def write_csv(file: TextIO, reports: Iterator[Unresolved]) -> None:
    """Lines for overrides.csv, each with its report_id and nothing decided; `why` holds the evidence, to be replaced.

    A line that is pasted as it is decides nothing, and a build refuses it.
    """
    writer = csv.DictWriter(file, OVERRIDE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for report in reports:
        writer.writerow({"report_id": report.report_id, "why": " | ".join(_told(report))})


def _told(report: Unresolved) -> Iterator[str]:
    yield f"TO DECIDE: {', '.join(report.needs)}"
    yield f"file: {report.source_path}"
    if report.source_url:
        yield f"address: {report.source_url}"
    if report.title:
        yield f"title: {report.title}"
    if report.reason:
        yield report.reason
    yield from (f"{hint.kind}: {hint.value} ({hint.locator})" for hint in report.evidence)


def write_json(file: TextIO, reports: Iterator[Unresolved]) -> None:
    """A JSON array, one report a line."""
    file.write("[")
    for number, report in enumerate(reports):
        file.write((",\n" if number else "\n") + json.dumps(asdict(report), ensure_ascii=False))
    file.write("\n]\n")


def show(console: Console, reports: Iterator[Unresolved]) -> None:
    """A table of the first reports, and how many there are in all."""
    table = Table(title="reports that need a decision", title_justify="left")
    for heading in ("report", "to decide", "known", "candidates", "evidence", "reason"):
        table.add_column(heading, overflow="fold")
    count = 0
    for report in reports:
        count += 1
        if count <= SHOWN:
            table.add_row(*(escape(text) for text in _row(report)))
    if not count:
        console.print("[green]nothing needs a decision[/]")
        return
    console.print(table)
    console.print(
        f"{min(count, SHOWN)} of {count:,} shown. `ogi unresolved --csv` prints lines for reviewed/overrides.csv: fill "
        "in what you decide, why, who and when, and build again.",
        markup=False,
        highlight=False,
    )


def _row(report: Unresolved) -> tuple[str, ...]:
    hints = [f"{hint.kind}: {hint.value}" for hint in report.evidence]
    more = [f"… {len(hints) - _HINTS_IN_A_CELL} more"] if len(hints) > _HINTS_IN_A_CELL else []
    known = {name: getattr(report, name) for name in _DECISIONS if getattr(report, name) is not None}
    return (
        f"{report.source_path}\n{report.report_id[:12]}",
        "\n".join(report.needs),
        "\n".join(str(value) for value in known.values()) or "–",
        "\n".join(report.candidates[:_HINTS_IN_A_CELL]) or "–",
        "\n".join(hints[:_HINTS_IN_A_CELL] + more) or "–",
        report.reason or "–",
    )

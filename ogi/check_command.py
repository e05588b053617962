"""The command `ogi check`: read a draft, find last year's report, print the outcome."""

import os
from pathlib import Path

import typer

from checks.draft import check_draft
from checks.outside import Cells
from checks.wording import Language, safe
from ingest import publishers
from ingest.landing import landed_file, printable
from ingest.report import ParsedReport, ReportStatus
from ingest.workers import parse_files
from ogi.check import as_json, lines, said, write_junit
from warehouse.paths import DataPaths

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
_NO_REPORT = (ReportStatus.UNREADABLE, ReportStatus.NOT_A_REPORT)


class CannotCheckError(Exception):
    """There is nothing to check, or an argument is wrong; the message says what and is safe to print."""


def run(
    file: Path,
    data: Path | None,
    publisher: str | None,
    year: int | None,
    json: bool,
    junit: Path | None,
    lang: str | None,
) -> bool:
    """Check a draft and print the outcome; whether nothing was found. Raises CannotCheckError."""
    language = _language(lang)
    name = safe(printable(file.name))
    report = _read(file, name)
    last_year, note = _last_year(report, data, publisher, year, language)
    draft = check_draft(report, last_year)
    if junit:
        try:
            write_junit(junit, draft, name, language)
        except OSError as error:
            raise CannotCheckError(f"{safe(str(junit))}: {error.strerror}") from None
    if json:
        typer.echo(as_json(draft, name, language, note))
    else:
        for line in lines(draft, name, language, note):
            typer.echo(line)
    return draft.is_sound


def _language(lang: str | None) -> Language:
    if lang is None:
        spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
        return "en" if spoken.startswith("en") else "zh"
    if lang in _LANGUAGES:
        return _LANGUAGES[lang]
    raise CannotCheckError(f"--lang is zh or en, not {safe(lang)}")


def _read(file: Path, name: str) -> ParsedReport:
    landed = landed_file(file)
    # In a process of its own, as in a build: a hostile file is ended at its bounds.
    outcome = next(parse_files([landed], workers=1)) if landed.report_id else None
    if outcome is None or outcome.report is None:
        raise CannotCheckError(f"{name}: {safe(str(outcome.issue if outcome else landed.issue))}")
    if outcome.report.status in _NO_REPORT:
        why = "; ".join(safe(issue.message) for issue in outcome.report.issues)
        raise CannotCheckError(f"{name}: {outcome.report.status.value}{f': {why}' if why else ''}")
    return outcome.report


def _last_year(
    report: ParsedReport, data: Path | None, publisher: str | None, year: int | None, language: Language
) -> tuple[Cells | None, str]:
    """The cells of last year's report, and a note of which it is or why there is none."""
    if data is None:
        return None, ""
    # Imported here: DuckDB is needed for nothing else.
    import duckdb

    from checks.published import last_year_of

    warehouse = DataPaths(data).warehouse
    if not warehouse.exists():
        raise CannotCheckError(f"{safe(str(warehouse))} does not exist; run `ogi build` first")
    decided = publishers.of_one(report)
    agency, of_year = publisher or decided["agency_name"], year or decided["report_year"]
    if not agency or not of_year:
        lacking = "--publisher" if not agency else "--year"
        why = {"zh": f"不知道发布机关或年度，请用 {lacking} 指明", "en": f"publisher or year unknown; say {lacking}"}
        return None, said("no_last_year", language, why=why[language])
    try:
        # A publisher that the caller names is taken at its word, whatever scope the draft seems to have.
        found = last_year_of(warehouse, agency, of_year, None if publisher else decided["scope"])
    except duckdb.Error as error:
        raise CannotCheckError(f"{safe(str(warehouse))} cannot be read: {safe(str(error))}") from None
    if found is None:
        why = {
            "zh": f"库中没有{agency}{of_year - 1}年度的报告",
            "en": f"the warehouse has no one report of {agency} for {of_year - 1}",
        }
        return None, said("no_last_year", language, why=why[language])
    return found.cells, said("last_year", language, name=f"{agency} {found.report_year} ({found.source_path})")

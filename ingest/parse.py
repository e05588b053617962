"""From the bytes of one file to a ParsedReport: a function of the bytes alone that never raises for what they hold."""

import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import chain

from ingest import forms
from ingest.document import Document
from ingest.forms import FORM_2014, FORM_2019, FORM_2021, NARRATIVE, TABLE_FORMS
from ingest.programs import version_of
from ingest.proof import likeliest, only_proved
from ingest.prose.claims import find_claims
from ingest.prose.contamination import find_contamination
from ingest.prose.evidence import find_evidence
from ingest.prose.passages import Passage, passages, sentences
from ingest.prose.period import Period, find_period, find_published_on
from ingest.prose.title import find_title, is_of_other_matter, title_publisher, title_year
from ingest.readers import read
from ingest.readers.tesseract import NAME as OCR_NAME
from ingest.report import Cell, CellStatus, Issue, ParsedReport, ReportStatus, Severity
from ingest.tables.captions import of_the_year
from ingest.tables.misread_labels import with_labels_of_the_form
from ingest.tables.reading import Printed, SectionReading, cells_of, implausible
from ingest.tables.sections import Tables, agreed_tables, read_tables, told_by_the_rest
from ingest.tables.signs import may_show_tables, shows_a_table
from ingest.tables.torn import torn_labels, with_torn
from ingest.text.characters import digest_of, letters_of
from ingest.text.scripts import detect_script

_FIRST_YEAR_OF_TABLES = 2019
_FIRST_YEAR_OF_2021 = 2021
_TERMS = (
    "政府信息公开",
    "政务公开",
    "依申请公开",
    "主动公开",
    "行政复议",
    "信息公开工作",
    "总体情况",
    "其他需要报告的事项",
)
_ENOUGH_TERMS = 3
_NUMBER_AT_END = re.compile("[\\d\ufffd]$")
_ENOUGH_NUMBERS = 10
"""How many lines or cells end in one at least, where a filled table is."""
_UNREAD = frozenset(
    (
        "empty_file",
        "file_too_large",
        "unsupported_format",
        "binary_junk",
        "mojibake",
        "scanned",
        "pdf_damaged",
        "document_damaged",
        "libreoffice_missing",
        "libreoffice_timeout",
    )
)
_NO_REPORT = Issue(
    "not_a_report", Severity.ERROR, "neither a table of the form nor the words of an annual report were found"
)
_NO_TABLE = "the document shows no such table"
_NOT_SHOWN = "the table does not show this row or column"


def report_id_of(data: bytes) -> str:
    """The identity of a content: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes, ocr: bool = False) -> ParsedReport:
    """Read one file's bytes. The result holds every cell of the forms that the report has or should have.

    With `ocr`, a scan is read with Tesseract where that is installed.
    """
    document = read(data, ocr)
    if document.through == OCR_NAME:
        shown, ways = likeliest(with_labels_of_the_form(document))
        report = only_proved(parse_document(report_id_of(data), shown), ways)
    else:
        report = parse_document(report_id_of(data), document)
    version = version_of(document)
    return report if version == report.parser_version else replace(report, parser_version=version)


def unread(report_id: str, media_type: str, code: str, message: str) -> ParsedReport:
    """The report of a content that was not parsed: too large, too slow, too greedy."""
    issue = Issue(code, Severity.ERROR, message)
    return ParsedReport(report_id, ReportStatus.UNREADABLE, media_type, issues=(issue,))


def parse_document(report_id: str, document: Document) -> ParsedReport:
    """What a document says, as the rows of the lake."""
    issues = [
        Issue(fault.code, Severity.ERROR if fault.code in _UNREAD else Severity.WARNING, fault.message, fault.locator)
        for fault in document.faults
    ]
    if not document.blocks or any(fault.code in _UNREAD for fault in document.faults):
        if not any(issue.severity is Severity.ERROR for issue in issues):
            issues.append(Issue("empty_file", Severity.ERROR, "the file holds no text"))
        return ParsedReport(
            report_id, ReportStatus.UNREADABLE, document.media_type, document.encoding, issues=tuple(issues)
        )

    text = document.text()
    letters = letters_of(text)
    report = ParsedReport(
        report_id,
        ReportStatus.NOT_A_REPORT,
        document.media_type,
        document.encoding,
        script=detect_script(text),
        text_sha256=digest_of(letters),
    )
    # A text in traditional characters may have labels in wordings that its letters alone do not give back, and one that
    # lost characters may have no whole label.
    whole = may_show_tables(letters)
    torn = frozenset() if whole else torn_labels(document)
    shows_signs = whole or bool(torn) or report.script not in ("hans", None) or "\ufffd" in text
    if not shows_signs and _terms_in(letters) < _ENOUGH_TERMS:
        return replace(report, issues=(*issues, _NO_REPORT))

    parts = passages(document)
    contamination = find_contamination(document, parts, text)
    if contamination.words:
        parts = contamination.cleaned(parts)
        metadata = tuple((name, contamination.without(value)) for name, value in document.metadata)
        document = replace(document, metadata=metadata)
    title = find_title(document, parts, issues)
    period = find_period(parts, title_year(title[0]) if title else None)
    named = title is not None or period is not None
    if not shows_signs and not named:
        return replace(report, issues=(*issues, _NO_REPORT))

    tables = read_tables(document)
    if document.other_reading:
        tables = agreed_tables(tables, read_tables(document.other_reading))
    if whole and not tables.any_found:
        torn = torn_labels(document)
    tables = with_torn(tables, torn)
    if not _is_report(document, parts, tables, named, letters):
        return replace(report, issues=(*issues, _NO_REPORT))

    year = _year(title, period, issues)
    sentences_read = tuple(sentences(parts))
    published = find_published_on(document, parts, title[1] if title else None)
    evidence = tuple(
        replace(hint, value=contamination.without(hint.value))
        for hint in find_evidence(document, parts, sentences_read, title)
    )
    claims, claim_issues = find_claims(sentences_read, year, title_publisher(title[0]) if title else "")
    tables = told_by_the_rest(tables, _form_of_year(year) if year else None)
    tables = of_the_year(tables, document, year, title[0] if title else None)
    cells, found_forms = _cells(tables, year, issues)
    issues.extend(claim_issues)
    issues.extend(implausible(cells))
    if published and period and published[0] <= period.end:
        issues.append(
            Issue(
                "published_before_year_end",
                Severity.WARNING,
                f"published on {published[0]}, before the period ends on {period.end}",
                published[1],
            )
        )
    issues.extend(Issue("contaminated", Severity.WARNING, what, where) for what, where in contamination.found)
    return replace(
        report,
        status=_status(tables, cells),
        title=title[0] if title else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        published_on=published[0] if published else None,
        site_id_code=next((hint.value for hint in evidence if hint.kind == "site_id_code"), None),
        disclosure_form=found_forms[forms.disclosure.SECTION],
        applications_form=found_forms[forms.applications.SECTION],
        reviews_form=found_forms[forms.reviews.SECTION],
        contaminated=bool(contamination.found),
        contamination="; ".join(what for what, _ in contamination.found) or None,
        cells=tuple(cells),
        claims=claims,
        evidence=evidence,
        issues=tuple(issues),
    )


def _terms_in(text: str) -> int:
    """How many of the terms that a report speaks in stand in a text."""
    return sum(term in text for term in _TERMS)


def _is_report(document: Document, parts: tuple[Passage, ...], tables: Tables, named: bool, letters: str) -> bool:
    """Whether a document is an annual report: it shows a filled table, or is titled or dated as one and speaks so, or
    has the labels of a table that could not be read."""
    if tables.any_found:
        handed_out = not named or is_of_other_matter(document, parts)
        return not (handed_out and _is_blank_form(parts, tables))
    text = "\n".join([part.plain for part in parts])
    sentence_count = sum("。" in part.plain or ";" in part.plain for part in parts)
    spoken = _terms_in(text) >= _ENOUGH_TERMS and sentence_count >= _ENOUGH_TERMS
    # A form that is handed out has the labels, and no numbers.
    lost = shows_a_table(letters) and _numbers_in(document, parts) >= _ENOUGH_NUMBERS
    return named and (spoken or lost) and not is_of_other_matter(document, parts)


def _numbers_in(document: Document, parts: tuple[Passage, ...]) -> int:
    """How many lines and cells end in a number, or in one that could not be read."""
    cells = (text for grid in document.grids for row in grid.rows for text in row if text)
    return sum(bool(_NUMBER_AT_END.search(text)) for text in chain((part.plain for part in parts), cells))


def _is_blank_form(parts: tuple[Passage, ...], tables: Tables) -> bool:
    """Whether the tables hold nothing at all and the text hands them out: the notice that came with the form."""
    readings = (tables.disclosure, tables.applications, tables.reviews, tables.statistics)
    cells = [cell for reading in readings for cell in reading.found.values()]
    if not cells or any(not isinstance(cell, Printed) or cell.text.strip() for cell in cells):
        return False
    return any(re.search("通知|印发|格式", part.plain) for part in parts)


def _year(title: tuple[str, str] | None, period: Period | None, issues: list[Issue]) -> int | None:
    """The year that the data covers: that of the stated period, else of the title."""
    of_title = title_year(title[0]) if title else None
    if period is None:
        return of_title
    if period.damaged:
        issues.append(
            Issue(
                "damaged_date",
                Severity.INFO,
                "the period's signs are lost; it can only be the whole year",
                period.locator,
            )
        )
    year = period.start.year
    if period.end.year != year:
        issues.append(
            Issue(
                "period_not_a_year",
                Severity.WARNING,
                f"the data runs from {period.start} to {period.end}",
                period.locator,
            )
        )
    if of_title and of_title != year:
        issues.append(
            Issue(
                "year_contradicted",
                Severity.WARNING,
                f"the title says {of_title}, the stated period {year}",
                period.locator,
            )
        )
    return year


def _cells(tables: Tables, year: int | None, issues: list[Issue]) -> tuple[list[Cell], dict[str, str | None]]:
    """The cells of the three tables and the form of each: empty for a lost table, `narrative` where none was due.

    A report with the statistics table of 2014 has that instead, and its form in all three places.
    """
    readings = (tables.disclosure, tables.applications, tables.reviews)
    found: dict[str, str | None] = {reading.section: reading.form for reading in readings}
    if tables.applications.form and not tables.applications.form_told:
        found[forms.applications.SECTION] = tables.disclosure.form or _form_of_year(year)
        message = "the rows that tell the form of the applications table are lost; it is taken to be that of the others"
        issues.append(Issue("form_not_told", Severity.WARNING, message))
    if found[forms.reviews.SECTION]:
        found[forms.reviews.SECTION] = (
            found[forms.applications.SECTION] or tables.disclosure.form or _form_of_year(year)
        )
    if not tables.any_found and (year is None or year < _FIRST_YEAR_OF_TABLES):
        return [], dict.fromkeys(found, NARRATIVE)
    if tables.statistics.form:
        if not tables.any_of_2019_found:
            return _statistics(tables.statistics, issues), dict.fromkeys(found, FORM_2014)
        issues.append(
            Issue(
                "statistics_beside_tables",
                Severity.WARNING,
                "the document shows the statistics table of 2014 beside a later form; it was not read",
            )
        )
    expected = _expected_form(found, year)
    cells: list[Cell] = []
    for reading in readings:
        form = found[reading.section]
        issues.extend(reading.issues)
        if form is None:
            issues.append(Issue("table_missing", Severity.WARNING, f"the table {reading.section} was not found"))
        cells.extend(
            cells_of(reading, forms.cells(reading.section, form or expected), _NOT_SHOWN if form else _NO_TABLE)
        )
        cells.extend(_subtotals(reading))
    _tell_missing(cells, found, issues)
    return cells, found


def _statistics(reading: SectionReading, issues: list[Issue]) -> list[Cell]:
    """The cells of the statistics table."""
    issues.extend(reading.issues)
    cells = cells_of(reading, forms.cells(reading.section, FORM_2014), _NOT_SHOWN)
    _tell_missing(cells, {reading.section: FORM_2014}, issues)
    return cells


def _expected_form(found: dict[str, str | None], year: int | None) -> str:
    """The form that a lost table had: that of the other tables, else the one in force for the year."""
    return next((form for form in found.values() if form in TABLE_FORMS), None) or _form_of_year(year)


def _form_of_year(year: int | None) -> str:
    return FORM_2021 if year is not None and year >= _FIRST_YEAR_OF_2021 else FORM_2019


def _subtotals(reading: SectionReading) -> list[Cell]:
    """The printed subtotals of groups, which no form has: kept beside its cells as a check."""
    keys = [key for key in reading.found if key.row_code.startswith("subtotal_")]
    return cells_of(reading, [forms.FormCell(key, forms.applications.UNIT) for key in keys], _NOT_SHOWN)


def _tell_missing(cells: list[Cell], found: dict[str, str | None], issues: list[Issue]) -> None:
    """One issue a reason for the cells of a table that could not be read."""
    lost = _lost(cells)
    reasons = Counter(
        (cell.section, cell.reason) for cell in lost if cell.status is CellStatus.MISSING and found.get(cell.section)
    )
    for (section, reason), count in reasons.items():
        issues.append(Issue("cells_missing", Severity.WARNING, f"{section}: {count} cells: {reason}"))
    for cell in lost:
        if cell.status is CellStatus.UNREADABLE:
            issues.append(
                Issue(
                    "cell_unreadable",
                    Severity.WARNING,
                    f"{cell.section}/{cell.row_code}/{cell.column_code}: {cell.raw_text!r}: {cell.reason}",
                    cell.locator,
                )
            )


def _status(tables: Tables, cells: list[Cell]) -> ReportStatus:
    if not tables.any_found:
        return ReportStatus.NO_TABLES
    return ReportStatus.PARTIAL if _lost(cells) else ReportStatus.PARSED


def _lost(cells: list[Cell]) -> list[Cell]:
    """The cells of which it is not known what they say."""
    return [cell for cell in cells if cell.value is None and cell.status in (CellStatus.MISSING, CellStatus.UNREADABLE)]

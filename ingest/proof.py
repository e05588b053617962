"""What of a reading by OCR can be believed: numbers that the form's own arithmetic proves both along and across."""

from dataclasses import replace
from decimal import Decimal

from ingest.forms import identities
from ingest.report import Cell, CellStatus, Issue, ParsedReport, ReportStatus, Severity

_ALONG = frozenset(("applicants",))
_ACROSS = frozenset(("balance", "outcomes"))
_PROVED = "read by OCR; the sums of its row and of its column hold"
_NOT_PROVED = "read by OCR, and no sums of both its row and its column prove it"
_Key = tuple[str, str, str]


def only_proved(report: ParsedReport) -> ParsedReport:
    """A report read by OCR with the cells that its identities prove; every other cell is missing, and no claim stands.

    A cell is proved where the sum of its row and every sum of its column that it takes part in hold, all their cells
    read. One misread digit breaks both, and two that mend each other would have to do so in both directions.
    """
    values = {_key(cell): cell.value for cell in report.cells if cell.value is not None}
    expected = {_key(cell) for cell in report.cells}
    along, across, failing = set[_Key](), set[_Key](), set[_Key]()
    for family, terms in _equations(expected):
        keys = {key for key, _ in terms}
        holds = keys <= values.keys() and not sum((values[key] * factor for key, factor in terms), Decimal(0))
        if not holds:
            failing |= keys
        elif family in _ALONG:
            along |= keys
        else:
            across |= keys
    proved = (along & across) - failing
    cells = tuple(_marked(cell, _key(cell) in proved) for cell in report.cells)
    issues = report.issues
    if report.cells:
        message = f"{len(proved)} of {len(cells)} cells were read by OCR and proved by the sums of the form"
        issues = (*issues, Issue("read_by_ocr", Severity.WARNING, message))
    status = report.status
    if status is ReportStatus.PARSED and len(proved) < len(cells):
        status = ReportStatus.PARTIAL
    return replace(report, cells=cells, claims=(), issues=issues, status=status, read_by_ocr=True)


def _equations(expected: set[_Key]) -> list[tuple[str, list[tuple[_Key, int]]]]:
    """The identities within the table of applications, each with those of its terms that this form has."""
    found: dict[tuple[str, str], list[tuple[_Key, int]]] = {}
    for identity in identities.IDENTITIES:
        if identity.code not in _ALONG | _ACROSS:
            continue
        for term in identity.terms:
            key = (term.section, term.row_code, term.column_code)
            if key in expected:
                found.setdefault((identity.code, term.member_code), []).append((key, term.coefficient))
    return [(family, terms) for (family, _), terms in found.items() if len(terms) > 1]


def _key(cell: Cell) -> _Key:
    return cell.section, cell.row_code, cell.column_code


def _marked(cell: Cell, proved: bool) -> Cell:
    if proved:
        return cell._replace(reason=f"{cell.reason}; {_PROVED}" if cell.reason else _PROVED)
    if cell.status is CellStatus.MISSING:
        return cell
    return cell._replace(status=CellStatus.MISSING, value=None, raw_text=None, reason=_NOT_PROVED)

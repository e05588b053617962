"""What of a reading by OCR can be believed: numbers that the form's own arithmetic proves both along and across."""

from dataclasses import replace
from decimal import Decimal

from ingest.forms import identities
from ingest.report import Cell, CellStatus, Issue, ParsedReport, ReportStatus, Severity

_ALONG = frozenset(("applicants",))
_ACROSS = frozenset(("balance", "outcomes"))
_PROVED = "read by OCR; the sums of its row and of its column hold"
_NOT_PROVED = "read by OCR, and no sums of both its row and its column prove it"
_NOT_PINNED = "read by OCR; the sums hold, and would with another digit in place of {} all over the page"
_Key = tuple[str, str, str]
_Glyph = tuple[str, int]
"""A digit and its place, counted from the right."""


def only_proved(report: ParsedReport) -> ParsedReport:
    """A report read by OCR with the cells that its identities prove; every other cell is missing, and no claim stands.

    A cell is proved where the sum of its row and every sum of its column that it takes part in hold, all their cells
    read. One misread digit breaks both, and two that mend each other would have to do so in both directions. A glyph
    that is misread in the same way all over the page may do that: where one request makes all totals, each of them
    would be the same wrong number. So each digit of a cell must be one that one of its sums would miss.
    """
    values = {_key(cell): cell.value for cell in report.cells if cell.value is not None}
    expected = {_key(cell) for cell in report.cells}
    along, across, failing = set[_Key](), set[_Key](), set[_Key]()
    pinned: dict[_Key, set[_Glyph]] = {}
    for family, terms in _equations(expected):
        keys = {key for key, _ in terms}
        holds = keys <= values.keys() and not sum((values[key] * factor for key, factor in terms), Decimal(0))
        if not holds:
            failing |= keys
            continue
        for key, kept in _missed(terms, values).items():
            pinned.setdefault(key, set()).update(kept)
        if family in _ALONG:
            along |= keys
        else:
            across |= keys
    summed = (along & across) - failing
    loose = {key: sorted({glyph[0] for glyph in _glyphs(values[key]) - pinned[key]}) for key in summed}
    proved = {key for key in summed if not loose[key]}
    cells = tuple(_marked(cell, _key(cell) in proved, loose.get(_key(cell), [])) for cell in report.cells)
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


def _glyphs(value: Decimal) -> set[_Glyph]:
    return {(written, place) for place, written in enumerate(reversed(str(value)))}


def _missed(terms: list[tuple[_Key, int]], values: dict[_Key, Decimal]) -> dict[_Key, set[_Glyph]]:
    """The digits of each number of an equation that it would miss if they were others.

    Another digit is not missed where the same stands at the same place on the other side, misread alike. A 0 stands
    nearly everywhere: it is not missed where there are as many on both sides.
    """
    sides: dict[int, list[_Glyph]] = {1: [], -1: []}
    for key, factor in terms:
        sides[factor].extend(_glyphs(values[key]))
    even = {glyph for glyph in sides[1] if glyph[0] == "0" and sides[1].count(glyph) == sides[-1].count(glyph)}
    return {
        key: {glyph for glyph in _glyphs(values[key]) if glyph not in (even if glyph[0] == "0" else sides[-factor])}
        for key, factor in terms
    }


def _marked(cell: Cell, proved: bool, loose: list[str]) -> Cell:
    if proved:
        return cell._replace(reason=f"{cell.reason}; {_PROVED}" if cell.reason else _PROVED)
    if cell.status is CellStatus.MISSING:
        return cell
    reason = _NOT_PINNED.format(", ".join(loose)) if loose else _NOT_PROVED
    return cell._replace(status=CellStatus.MISSING, value=None, raw_text=None, reason=reason)

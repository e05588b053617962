"""What of a reading by OCR can be believed: numbers that the form's own arithmetic proves both along and across."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from ingest.document import Block, Document, Grid
from ingest.forms import identities
from ingest.readers.tesseract import BETWEEN
from ingest.report import Cell, CellStatus, Issue, ParsedReport, ReportStatus, Severity

_ALONG = frozenset(("applicants",))
_ACROSS = frozenset(("balance", "outcomes"))
_MOST_HOLD = 0.8
"""How many of the sums whose cells were all read have to hold for any of them to prove anything."""
_PROVED = "read by OCR; the sums of its row and of its column hold"
_NOT_PROVED = "read by OCR, and no sums of both its row and its column prove it"
_NOT_PINNED = "read by OCR; the sums hold, and would with another digit in place of {} all over the page"
_Key = tuple[str, str, str]
_Glyph = tuple[str, int]
"""A digit and its place, counted from the right."""
_Equation = list[tuple[_Key, int]]
Ways = Mapping[str, tuple[Decimal, ...]]
"""The numbers as which cells were read, the likeliest first, by their places in the source."""


def likeliest(document: Document) -> tuple[Document, Ways]:
    """A document read by OCR with one number in each cell that was read as several, and those by the cell's place."""
    ways: dict[str, tuple[Decimal, ...]] = {}
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid) and any(BETWEEN in (text or "") for text in block.texts()):
            rows = [list(row) for row in block.rows]
            for place, row in enumerate(block.rows):
                for column, text in enumerate(row):
                    numbers = [way for way in (text or "").split(BETWEEN) if way]
                    if text and BETWEEN in text and numbers and all(map(str.isdecimal, numbers)):
                        ways[block.locator(place, column)] = tuple(map(Decimal, dict.fromkeys(numbers)))
                        rows[place][column] = numbers[0]
            blocks.append(replace(block, rows=tuple(map(tuple, rows))))
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks)), ways


def only_proved(report: ParsedReport, ways: Ways = MappingProxyType({})) -> ParsedReport:
    """A report read by OCR with the cells that its identities prove; every other cell is missing, and no claim stands.

    A cell is proved where the sum of its row and every sum of its column that it takes part in hold, all their cells
    read. One misread digit breaks both, and two that mend each other would have to do so in both directions. A glyph
    that is misread in the same way all over the page may do that: where one request makes all totals, each of them
    would be the same wrong number. So each digit of a cell must be one that one of its sums would miss.

    A cell without ink and one with a stroke count as 0. A cell that was read in several ways (`likeliest`) is what one
    of them says where the sums hold with it.
    """
    values = {_key(cell): cell.value for cell in report.cells if cell.value is not None}
    empty = {_key(cell) for cell in report.cells if cell.status in (CellStatus.BLANK, CellStatus.DASH)}
    values |= dict.fromkeys(empty, Decimal(0))
    equations = _equations({_key(cell) for cell in report.cells})
    several = {_key(cell): ways.get(cell.locator or "", ()) for cell in report.cells}
    doubtful = {key: numbers for key, numbers in several.items() if numbers and key in values}
    values |= _chosen(doubtful, equations, values)
    along, across, failing = set[_Key](), set[_Key](), set[_Key]()
    holding: list[_Equation] = []
    evaluated = 0
    for family, terms in equations:
        keys = {key for key, _ in terms}
        read = keys <= values.keys()
        evaluated += read
        if not read or _sum(terms, values):
            failing |= keys
            continue
        holding.append(terms)
        if family in _ALONG:
            along |= keys
        else:
            across |= keys
    digits = {key: _glyphs(value) for key, value in values.items() if key not in empty}
    unpinned = _unpinned(holding, digits)
    summed = (along & across) - failing
    loose = {key: sorted({glyph[0] for glyph in unpinned.get(key, ())}) for key in summed}
    # Where many sums fail so much is misread that others may hold by chance, and those of a table without any number
    # hold whatever was not seen.
    telling = len(holding) >= _MOST_HOLD * evaluated and any(values[key] for terms in holding for key, _ in terms)
    proved = {key for key in summed if telling and not loose[key]}
    cells = tuple(
        _marked(cell, _key(cell) in proved, loose.get(_key(cell), []), values, doubtful) for cell in report.cells
    )
    issues = report.issues
    if report.cells:
        message = f"{len(proved)} of {len(cells)} cells were read by OCR and proved by the sums of the form"
        issues = (*issues, Issue("read_by_ocr", Severity.WARNING, message))
    status = report.status
    if status is ReportStatus.PARSED and len(proved) < len(cells):
        status = ReportStatus.PARTIAL
    return replace(report, cells=cells, claims=(), issues=issues, status=status, read_by_ocr=True)


def _chosen(
    doubtful: dict[_Key, tuple[Decimal, ...]], equations: list[tuple[str, _Equation]], values: dict[_Key, Decimal]
) -> dict[_Key, Decimal]:
    """For cells that were read in several ways, the ways with which most sums hold.

    First the likeliest way of each is taken; then, as long as more sums hold for it, another way of a cell whose sums
    fail. Whether what is chosen can be believed is not told here.
    """
    chosen = {key: ways[0] for key, ways in doubtful.items()}
    of_cell: dict[_Key, list[_Equation]] = {}
    for _, terms in equations:
        if all(key in values for key, _ in terms):
            for key, _ in terms:
                of_cell.setdefault(key, []).append(terms)
    changed = True
    while changed:
        changed = False
        for key, ways in doubtful.items():
            failing = {way: _failing(of_cell.get(key, ()), {**values, **chosen, key: way}) for way in ways}
            best = min(ways, key=lambda way: failing[way])
            if failing[best] < failing[chosen[key]]:
                chosen[key] = best
                changed = True
    return chosen


def _failing(equations: Iterable[_Equation], values: dict[_Key, Decimal]) -> int:
    return sum(bool(_sum(terms, values)) for terms in equations)


def _sum(terms: _Equation, values: dict[_Key, Decimal]) -> Decimal:
    return sum((values[key] * factor for key, factor in terms), Decimal(0))


def _equations(expected: set[_Key]) -> list[tuple[str, _Equation]]:
    """The identities within the table of applications, each with those of its terms that this form has."""
    found: dict[tuple[str, str], _Equation] = {}
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


def _unpinned(equations: list[_Equation], digits: dict[_Key, set[_Glyph]]) -> dict[_Key, set[_Glyph]]:
    """The digits of each number that could be others, all in the same way, and no sum would miss them.

    Another digit is missed by a sum where no such digit at its place on the other side could be another too. A 0 could
    only be a digit that was never read, for one is misread all over the page or not in this way.
    """
    could = {key: set(glyphs) for key, glyphs in digits.items()}
    read = {glyph for glyphs in digits.values() for glyph, _ in glyphs}
    if read >= set("123456789"):
        could = {key: {glyph for glyph in glyphs if glyph[0] != "0"} for key, glyphs in could.items()}
    missed = True
    while missed:
        missed = False
        for terms in equations:
            sides: dict[int, set[_Glyph]] = {1: set(), -1: set()}
            for key, factor in terms:
                sides[factor] |= could.get(key, set())
            for key, factor in terms:
                alone = could.get(key, set()) - sides[-factor]
                if alone:
                    could[key] -= alone
                    missed = True
    return could


def _marked(
    cell: Cell, proved: bool, loose: list[str], values: dict[_Key, Decimal], doubtful: dict[_Key, tuple[Decimal, ...]]
) -> Cell:
    key = _key(cell)
    if proved and key in doubtful:
        value = values[key]
        reason = (
            f"read by OCR as {' or '.join(map(str, doubtful[key]))}; the sums of its row and its column say {value}"
        )
        return cell._replace(value=value, raw_text=str(value), reason=reason)
    if proved:
        return cell._replace(reason=f"{cell.reason}; {_PROVED}" if cell.reason else _PROVED)
    if cell.status is CellStatus.MISSING:
        return cell
    reason = _NOT_PINNED.format(", ".join(loose)) if loose else _NOT_PROVED
    return cell._replace(status=CellStatus.MISSING, value=None, raw_text=None, reason=reason)

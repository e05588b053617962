"""Which cells of a reading a user is warned of: by an issue that names them, or by an identity that fails."""

import re
from dataclasses import dataclass

from benchmarks.fidelity.truth import Key
from ingest.forms import IDENTITIES, SECTIONS
from ingest.report import CellStatus, ParsedReport

_LAST_IDENTITY = 4
_CELL_NAMED = re.compile(rf"\b({'|'.join(SECTIONS)})/(\w+)/(\w+)")
_SECTION_NAMED = re.compile(rf"\b({'|'.join(SECTIONS)})\b(?!/)")
_ROW_NAMED = re.compile(r"^(\w+): ")


@dataclass(frozen=True, slots=True)
class Flags:
    """The sections, rows and cells that a report itself puts in doubt."""

    sections: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[Key]

    def __contains__(self, key: Key) -> bool:
        return key.section in self.sections or key.row_code in self.rows or key in self.cells


def flags_of(report: ParsedReport) -> Flags:
    """What the report's issues name and what its failing identities 1 to 4 involve."""
    sections: set[str] = set()
    rows: set[str] = set()
    cells = failing(report)
    for issue in report.issues:
        cells.update(Key(*found) for found in _CELL_NAMED.findall(issue.message))
        sections.update(_SECTION_NAMED.findall(issue.message))
        rows.update(_ROW_NAMED.findall(issue.message))
    return Flags(frozenset(sections), frozenset(rows - sections), frozenset(cells))


def failing(report: ParsedReport) -> set[Key]:
    """The cells of the equations that do not hold; a blank or a dash counts as 0, an unknown cell leaves none to check.

    A cell that the form does not have drops out, as in the warehouse.
    """
    read = {Key(cell.section, cell.row_code, cell.column_code): cell for cell in report.cells}
    found: set[Key] = set()
    for identity in IDENTITIES:
        if identity.number > _LAST_IDENTITY:
            continue
        for member in identity.members:
            terms = [term for term in identity if term.member_code == member and term.year_offset == 0]
            keys = [(Key(term.section, term.row_code, term.column_code), term.coefficient) for term in terms]
            present = [(key, coefficient) for key, coefficient in keys if key in read]
            if any(read[key].status in (CellStatus.MISSING, CellStatus.UNREADABLE) for key, _ in present):
                continue
            if sum(coefficient * (read[key].value or 0) for key, coefficient in present):
                found.update(key for key, _ in present)
    return found

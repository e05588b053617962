"""Every check that one report allows, for who is about to publish it."""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.identities import Check, CheckStatus, Held, evaluate, held
from checks.localise import Localisation, localise
from checks.outside import Cells, OutsideCheck, Surroundings, Weighed, claimed, evaluate_outside, weigh
from ingest import forms
from ingest.forms.model import CellKey
from ingest.report import Cell, CellStatus, Issue, ParsedReport, Severity

_LEAST_NUMBERS_OF_A_COPY = 8
"""So many cells above 0 make it no coincidence that two years' tables are the same."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The outcome of all checks of one report. `unread` are cells that the document does not show or that hold no
    number; `copied` the sections whose numbers are all those of the year before."""

    report: ParsedReport
    cells: dict[CellKey, Cell]
    inside: tuple[Check, ...]
    outside: tuple[OutsideCheck, ...]
    localisation: Localisation
    weighed: tuple[Weighed, ...]
    unread: tuple[Cell, ...]
    copied: tuple[str, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What the reader of the document has to say, without what is told already."""
        return tuple(issue for issue in self.report.issues if issue.severity is not Severity.INFO)

    @property
    def checks(self) -> tuple[Check | OutsideCheck, ...]:
        """Every identity evaluated, those within the tables first."""
        return (*self.inside, *self.outside)

    @property
    def failing(self) -> tuple[Check | OutsideCheck, ...]:
        """The identities that fail."""
        return tuple(check for check in self.checks if check.status is CheckStatus.FAILS)

    @property
    def is_sound(self) -> bool:
        """Whether there are tables, every cell was read, every identity that can be evaluated holds, and nothing is
        copied."""
        return bool(self.cells) and not (self.failing or self.unread or self.copied)


def keyed(cells: Sequence[Cell]) -> dict[CellKey, Cell]:
    """The cells of a report by their names."""
    return {CellKey(cell.section, cell.row_code, cell.column_code): cell for cell in cells}


def check_draft(report: ParsedReport, last_year: Cells | None = None) -> Draft:
    """Check a report, with the cells of its publisher's report of the year before where they are known."""
    cells = keyed(report.cells)
    contents: dict[CellKey, Held] = {key: held(cell.status, cell.value) for key, cell in cells.items()}
    # Money without a unit cannot be compared with anything.
    contents |= {key: Held(None, is_known=False) for key, cell in cells.items() if cell.unit == "unstated"}
    around = Surroundings(claimed(report.claims), last_year)
    found = localise(contents)
    return Draft(
        report=report,
        cells=cells,
        inside=evaluate(contents),
        outside=evaluate_outside(contents, around),
        localisation=found,
        weighed=weigh(found, contents, around),
        unread=tuple(cell for cell in report.cells if cell.status in (CellStatus.MISSING, CellStatus.UNREADABLE)),
        copied=tuple(section for section in forms.SECTIONS if _is_copy(section, contents, last_year or {})),
    )


def _is_copy(section: str, cells: Cells, last_year: Cells) -> bool:
    """Whether a section's numbers are those of the year before, cell by cell, and enough of them above 0 to tell."""
    own = {key: content for key, content in cells.items() if key.section == section}
    before = {key: content for key, content in last_year.items() if key.section == section}
    telling = sum(content.counted > 0 for content in own.values())
    return (
        telling >= _LEAST_NUMBERS_OF_A_COPY
        and own.keys() == before.keys()
        and all(content.is_known and content.counted == before[key].counted for key, content in own.items())
    )

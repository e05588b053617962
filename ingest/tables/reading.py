"""What table reading yields: the cells of a section as read, and how a printed text becomes a cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ingest.forms import CellKey, FormCell
from ingest.report import Cell, CellStatus, Issue, Severity
from ingest.text.numbers import MAXIMUM_DIGITS, Reading, header_money_unit, header_unit_is_damaged, in_cny, read_number

MAXIMUM_COUNT = Decimal(10**9)
"""No organ counts more of anything: a larger number is stored and flagged."""
_MAXIMUM_VALUE = Decimal(10) ** MAXIMUM_DIGITS
_SHORT = len(str(MAXIMUM_COUNT))
UNSTATED = "unstated"
MONEY = "CNY"


class Printed(NamedTuple):
    """The text of a cell and its place; `note` says how it was found where that was not plain."""

    text: str
    locator: str
    note: str | None = None


class Absent(NamedTuple):
    """A cell that could not be placed, with the reason and the place where it should be."""

    reason: str
    locator: str | None = None


Found = Printed | Absent


@dataclass(slots=True)
class SectionReading:
    """What was found of one table: the text or the reason a cell, and headings that matter for units.

    `form` is None where no such table was found; `form_told` is False where the rows that tell one form from the other
    are lost, so that `form` is only the more likely. `withheld` are cells that only one form has, as printed: they are
    not known until something else tells that form.
    """

    section: str
    form: str | None = None
    form_told: bool = True
    found: dict[CellKey, Found] = field(default_factory=dict)
    headings: dict[CellKey, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    withheld: dict[CellKey, Found] = field(default_factory=dict)

    def put(self, key: CellKey, found: Found) -> None:
        """Record a cell. Shown twice alike it counts once; shown twice unlike it is not known.

        What one table does not show for sure is not taken from another: that may be another year's or office's.
        """
        earlier = self.found.get(key)
        if earlier is None:
            self.found[key] = found
        elif isinstance(earlier, Printed) and isinstance(found, Printed) and not same_content(earlier.text, found.text):
            self.found[key] = Absent(
                f"{_CONFLICT}: {earlier.text!r} at {earlier.locator} and {found.text!r} at {found.locator}",
                found.locator,
            )


@dataclass(slots=True)
class RowsSeen:
    """Tells where a second table of the same form begins: another year's or another office's, whose rows start over.

    `back` is how many rows before the furthest one read a row has to be for that.
    """

    back: int
    furthest: int = -1
    another: bool = False

    def start_over(self, place: int) -> bool:
        """Take note of a row's place in the form; whether it is of a second table, as are all behind it."""
        self.another = self.another or place <= self.furthest - self.back
        self.furthest = max(self.furthest, place)
        return self.another

    def tell(self, reading: "SectionReading", another: "SectionReading") -> None:
        """Where a second table was met that differs from the first, withdraw both: which one counts is not told."""
        if not self.another:
            return
        differ = [key for key, found in another.found.items() if not _alike(found, reading.found.get(key))]
        if differ:
            message = f"the document shows two tables of {reading.section} that differ in {len(differ)} cells"
            reading.issues.append(Issue("second_table", Severity.WARNING, message))
            for key, found in list(reading.found.items()):
                reading.found[key] = Absent(f"{message}; which is the report's is not said", found.locator)


_CONFLICT = "the document shows the cell twice with different content"


def _alike(one: Found, other: Found | None) -> bool:
    """Whether two findings of a cell say the same, as far as both say anything."""
    return not isinstance(one, Printed) or (isinstance(other, Printed) and same_content(one.text, other.text))


def same_content(one: str, other: str) -> bool:
    """Whether two texts say the same in a cell."""
    return read_number(one, signed_words=True) == read_number(other, signed_words=True)


def cells_of(reading: SectionReading, form_cells: Iterable[FormCell], absent: str) -> list[Cell]:
    """The cells of a form in order, each as read; those not found are missing for the reason `absent`."""
    nothing = Absent(absent)
    found = reading.found
    cells: list[Cell] = []
    for form_cell in form_cells:
        key, unit = form_cell
        one = found.get(key, nothing)
        if isinstance(one, Absent):
            cells.append(Cell(*key, CellStatus.MISSING, None, None, unit, one.locator, one.reason))
            continue
        text, locator, note = one
        read = read_number(text, key[2] == "change")
        if unit == MONEY or read.money_unit or read.reason:
            cells.append(_doubted(form_cell, one, read, reading.headings.get(key, "")))
        else:
            cells.append(Cell._make((*key, read.status, text, read.value, unit, locator, note or None)))
    return cells


def _doubted(form_cell: FormCell, found: Printed, read: Reading, heading: str) -> Cell:
    """A cell of money, or one that holds something else than a plain count."""
    key, unit = form_cell
    text, locator, note = found
    status, value = read.status, read.value
    reasons = [reason for reason in (read.reason, note) if reason]
    if unit == MONEY:
        money_unit = read.money_unit or header_money_unit(heading)
        unit = MONEY if money_unit else UNSTATED
        if value is not None and not read.money_unit and header_unit_is_damaged(heading):
            status, value = CellStatus.UNREADABLE, None
            reasons.append("the heading lost a character before its unit")
        elif value is not None and money_unit:
            value = in_cny(value, money_unit)
            if abs(value) >= _MAXIMUM_VALUE:
                status, value = CellStatus.UNREADABLE, None
                reasons.append("a larger amount than any organ has")
    elif read.money_unit:
        status, value = CellStatus.UNREADABLE, None
        reasons.append(f"an amount in {read.money_unit} where a count belongs")
    return Cell(*key, status, text, value, unit, locator, "; ".join(reasons) or None)


def implausible(cells: Iterable[Cell]) -> list[Issue]:
    """Issues for counts that no organ can have: negative, fractional, or past 10^9. They stay stored as printed."""
    issues = []
    for cell in cells:
        plain = cell.raw_text is not None and len(cell.raw_text) < _SHORT and cell.raw_text.isdecimal()
        if plain or cell.value is None or cell.unit in (MONEY, UNSTATED):
            continue
        negative = cell.value < 0 and cell.column_code != "change"
        if negative or cell.value != cell.value.to_integral_value() or abs(cell.value) > MAXIMUM_COUNT:
            issues.append(
                Issue(
                    "implausible_count",
                    Severity.WARNING,
                    f"{cell.section}/{cell.row_code}/{cell.column_code} is {cell.raw_text}",
                    cell.locator,
                )
            )
    return issues

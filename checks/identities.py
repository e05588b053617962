"""The identities within one report, evaluated on its cells as dbt does it for the whole warehouse.

The equations are those of `ingest.forms`. As domain rule, a blank or a dash counts as 0 and is counted; a missing or
unreadable cell makes an equation not evaluable; a cell that the report's form does not have drops out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

from ingest import forms
from ingest.forms.model import CELL, CellKey, Identity
from ingest.report import CellStatus

Number = int | Fraction
"""A value without rounding: an int wherever it is whole."""

_UNKNOWN = frozenset((CellStatus.MISSING, CellStatus.UNREADABLE))


class CheckStatus(StrEnum):
    """What became of an equation in one report."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_EVALUABLE = "not_evaluable"


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ coefficient × value = 0; positive terms make the left side, negative ones the right."""

    identity_code: str
    member_code: str
    terms: tuple[tuple[CellKey, int], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds: its number as published, None for a blank or a dash; `is_known` is False where it is missing
    or unreadable."""

    value: Number | None
    is_known: bool = True

    @property
    def counted(self) -> Number:
        """The number that it counts as in an equation."""
        return 0 if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Check:
    """An equation evaluated in a report; sides and difference are None where it is not evaluable."""

    equation: Equation
    status: CheckStatus
    left: Number | None
    right: Number | None
    blanks_as_zero: int

    @property
    def difference(self) -> Number | None:
        """Left less right."""
        return None if self.left is None or self.right is None else self.left - self.right


def exact(value: Decimal | int) -> Number:
    """A decimal as an int where it is whole, else as a fraction."""
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def held(status: str, value: Decimal | int | None) -> Held:
    """What a cell of the lake holds, by its columns `status` and `value`."""
    if status in _UNKNOWN:
        return Held(None, is_known=False)
    return Held(exact(value) if value is not None and status == CellStatus.REPORTED else None)


@cache
def equations() -> tuple[Equation, ...]:
    """The equations whose terms are all cells of the report itself, in the order of the forms."""
    return tuple(found for identity in forms.IDENTITIES for found in _equations_of(identity))


def _equations_of(identity: Identity) -> Iterable[Equation]:
    for member in identity.members:
        terms = [term for term in identity.terms if term.member_code == member]
        if all(term.source == CELL and term.year_offset == 0 for term in terms):
            keys = ((CellKey(term.section, term.row_code, term.column_code), term.coefficient) for term in terms)
            yield Equation(identity.code, member, tuple(keys))


def evaluate(cells: Mapping[CellKey, Held], among: Iterable[Equation] | None = None) -> tuple[Check, ...]:
    """Every equation of which the report has a cell on both sides, in the order given (default: that of the forms).

    The terms of the returned equations are only those of cells that the report has.
    """
    checks = []
    for equation in equations() if among is None else among:
        terms = tuple(term for term in equation.terms if term[0] in cells)
        if len({coefficient > 0 for _, coefficient in terms}) == 2:
            checks.append(_check(Equation(equation.identity_code, equation.member_code, terms), cells))
    return tuple(checks)


def _check(equation: Equation, cells: Mapping[CellKey, Held]) -> Check:
    contents = [(cells[key], coefficient) for key, coefficient in equation.terms]
    blanks = sum(cell.is_known and cell.value is None for cell, _ in contents)
    if not all(cell.is_known for cell, _ in contents):
        return Check(equation, CheckStatus.NOT_EVALUABLE, None, None, blanks)
    left = sum(coefficient * cell.counted for cell, coefficient in contents if coefficient > 0)
    right = sum(-coefficient * cell.counted for cell, coefficient in contents if coefficient < 0)
    status = CheckStatus.HOLDS if left == right else CheckStatus.FAILS
    return Check(equation, status, left, right, blanks)

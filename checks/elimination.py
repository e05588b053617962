"""Exact linear algebra for a handful of unknowns: the values that a set of cells would take, or the proof of none.

The proof is an implied edit in the sense of Fellegi and Holt (1976): a combination of the equations in which no cell of
the set is left, and which fails. So at least one of the cells in it must be wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from checks.identities import Number

Row = Mapping[int, int]
"""The coefficients of one equation by cell number."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values that make all equations hold; None for a cell that the equations leave open (see `solve`)."""

    values: Mapping[int, int | None]

    @property
    def is_open(self) -> bool:
        """Whether some cell could take several values."""
        return None in self.values.values()


@dataclass(frozen=True, slots=True)
class Refuted:
    """No values do. Of each of `edits`, whose cells are none of the set's, at least one cell must change as well."""

    edits: tuple[frozenset[int], ...]


_Line = tuple[list[int], Number, dict[int, int]]
"""Coefficients of the unknown cells, what they must come to, and which multiples of which equations it is made of."""


def solve(rows: Sequence[Row], numbers: Sequence[Number], unknown: Sequence[int]) -> Values | Refuted:
    """Solve Σ coefficient × value = 0 for the `unknown` cells, all others being as in `numbers`.

    A value must be a count: whole and not below 0. Where the equations leave cells open, theirs is None, and whether
    any counts fulfil them is not decided.
    """
    chosen = set(unknown)
    system: list[_Line] = []
    for index, row in enumerate(rows):
        rest = -sum(coefficient * numbers[cell] for cell, coefficient in row.items() if cell not in chosen)
        if rest or not chosen.isdisjoint(row):
            system.append(([row.get(cell, 0) for cell in unknown], rest, {index: 1}))
    pivots: dict[int, _Line] = {}
    for position in range(len(unknown)):
        found = next((index for index, (left, _, _) in enumerate(system) if left[position]), None)
        if found is not None:
            pivot = system.pop(found)
            system = [_without(line, pivot, position) for line in system]
            pivots = {at: _without(line, pivot, position) for at, line in pivots.items()}
            pivots[position] = pivot
    failed = {frozenset(_combined(rows, combination)): None for _, rest, combination in system if rest}
    if failed:
        return Refuted(tuple(failed))
    values: dict[int, int | None] = dict.fromkeys(unknown)
    for position, (left, rest, combination) in pivots.items():
        if sum(map(bool, left)) > 1:
            continue
        value = Fraction(rest) / left[position]
        if value.denominator != 1:
            return Refuted((frozenset(_combined(rows, combination)) - chosen,))
        if value < 0:
            return Refuted((_raising(rows, numbers, chosen, unknown[position], combination),))
        values[unknown[position]] = value.numerator
    return Values(values)


def _without(line: _Line, pivot: _Line, position: int) -> _Line:
    """A line less as much of the pivot as takes the unknown at `position` out of it."""
    left, rest, combination = line
    factor, own = left[position], pivot[0][position]
    if not factor:
        return line
    divisor = gcd(factor, own)
    factor, own = factor // divisor, own // divisor
    merged = {index: own * count for index, count in combination.items()}
    for index, count in pivot[2].items():
        merged[index] = merged.get(index, 0) - factor * count
    return (
        [own * one - factor * other for one, other in zip(left, pivot[0], strict=True)],
        own * rest - factor * pivot[1],
        {index: count for index, count in merged.items() if count},
    )


def _combined(rows: Sequence[Row], combination: Mapping[int, int]) -> dict[int, int]:
    """The coefficients of a combination of equations, without those that cancel."""
    sums: dict[int, int] = {}
    for index, count in combination.items():
        for cell, coefficient in rows[index].items():
            sums[cell] = sums.get(cell, 0) + count * coefficient
    return {cell: count for cell, count in sums.items() if count}


def _raising(
    rows: Sequence[Row], numbers: Sequence[Number], chosen: set[int], negative: int, combination: Mapping[int, int]
) -> frozenset[int]:
    """The cells outside the set a change of which could bring the `negative` one up to 0.

    In the combination that fixes it, those on its own side can only fall from what they hold, the others rise.
    """
    edit = _combined(rows, combination)
    sign = 1 if edit[negative] > 0 else -1
    return frozenset(
        cell
        for cell, coefficient in edit.items()
        if cell not in chosen and (coefficient * sign < 0 or numbers[cell] > 0)
    )

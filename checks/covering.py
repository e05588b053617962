"""The smallest sets of cells whose change makes all equations hold, by an integer programme.

Method: I. P. Fellegi and D. Holt, A Systematic Approach to Automatic Edit and Imputation, Journal of the American
Statistical Association 71 (1976): the cells to change are a smallest set that covers every failed edit, explicit or
implied. The implied edits are made only as they are needed: the programme covers those known so far, exact elimination
tries the set, and where it fails names one more edit to cover. So the programme has no large constants, and what it
finds was proven in whole numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks.elimination import Refuted, Row, Values, solve
from checks.identities import Number

MAXIMUM_CELLS = 4
"""A block of identities that needs more changes than this is not localised: too many sets would do."""
MAXIMUM_PROGRAMMES = 60
MAXIMUM_TRIALS = 1500
"""Programmes solved and sets tried for one block at most. Counts, not times: the same report ends the same anywhere."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The sets found, all of the smallest size. `is_whole` is False where a bound ended the search, and then there may
    be others; `size` is None where no set was found, because there is none within `MAXIMUM_CELLS` or not in time."""

    sets: tuple[Values, ...]
    size: int | None
    is_whole: bool


def smallest_sets(rows: Sequence[Row], numbers: Sequence[Number], failing: Iterable[int], limit: int) -> Cover:
    """All smallest sets of cells (numbered as in `numbers`) with which the equations `rows` hold, at most `limit`.

    `failing` are the indices of those that fail now. The programme finds one and proves that none is smaller; the
    others of its size are then found by walking the choices that are left.
    """
    # Imported here: only reports whose numbers contradict each other need it.
    from checks.programme import OutOfBoundsError, Programme

    programme = Programme(len(numbers), MAXIMUM_CELLS)
    for index in failing:
        programme.require(rows[index])
    for _ in range(MAXIMUM_PROGRAMMES):
        try:
            chosen = programme.cheapest()
        except OutOfBoundsError:
            break
        if chosen is None:
            return Cover((), None, is_whole=True)
        outcome = _counted(rows, numbers, chosen)
        if isinstance(outcome, Values):
            return _Walk(rows, numbers, len(chosen), limit).cover(outcome)
        for edit in outcome.edits:
            programme.require(edit)
    return Cover((), None, is_whole=False)


class _Walk:
    """Walks all sets of one size: from an edit that fails, over each of its cells, to the edits that fail still."""

    def __init__(self, rows: Sequence[Row], numbers: Sequence[Number], size: int, limit: int) -> None:
        self._rows, self._numbers, self._size, self._limit = rows, numbers, size, limit
        self._sets: list[Values] = []
        self._left = MAXIMUM_TRIALS
        self._is_whole = True

    def cover(self, first: Values) -> Cover:
        """The sets, in the order of the walk; `first` is there even if a bound ended the walk before it."""
        self._try((), frozenset())
        known = any(found.values == first.values for found in self._sets)
        return Cover(tuple(self._sets if known else (first, *self._sets)), self._size, self._is_whole)

    def _try(self, chosen: tuple[int, ...], excluded: frozenset[int]) -> None:
        if not self._left or len(self._sets) >= self._limit:
            self._is_whole = False
            return
        self._left -= 1
        outcome = _counted(self._rows, self._numbers, chosen)
        if isinstance(outcome, Values):
            self._sets.append(outcome)
            return
        open_edits = sorted((edit - excluded for edit in outcome.edits), key=lambda edit: (len(edit), sorted(edit)))
        if len(chosen) + _disjoint(open_edits) > self._size:
            return
        for cell in sorted(open_edits[0]):
            self._try((*chosen, cell), excluded)
            excluded |= {cell}


def _disjoint(edits: Iterable[frozenset[int]]) -> int:
    """How many of the edits share no cell with an earlier one: so many more cells are needed at least."""
    taken: set[int] = set()
    count = 0
    for edit in edits:
        if taken.isdisjoint(edit):
            taken |= edit
            count += 1
    return count


def _counted(rows: Sequence[Row], numbers: Sequence[Number], chosen: Sequence[int]) -> Values | Refuted:
    """As `solve`, and where it leaves cells open, decided whether counts exist for them."""
    outcome = solve(rows, numbers, chosen)
    if isinstance(outcome, Values) and outcome.is_open:
        from checks.programme import counts_exist

        if not counts_exist(rows, numbers, chosen):
            return Refuted((frozenset(range(len(numbers))) - set(chosen),))
    return outcome

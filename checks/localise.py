"""Error localisation: the smallest sets of cells of a report whose change makes every identity within it hold.

Equations that share no cell are solved apart, and their answers combined. What is returned holds in whole numbers: with
the proposed values no equation that can be evaluated fails.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product
from math import prod

from checks import covering
from checks.elimination import Row, Values, solve
from checks.identities import Check, CheckStatus, Held, Number, evaluate
from checks.patterns import Known, known_mistakes, name_patterns
from ingest.forms.model import CellKey

MAXIMUM_SOLUTIONS = 64
"""Solutions of one report that are kept; where there are more, the report is marked as truncated."""


class Outcome(StrEnum):
    """How the localisation of a report ended."""

    HOLDS = "holds"
    """No identity fails."""
    SOLVED = "solved"
    """All smallest solutions are there."""
    TRUNCATED = "truncated"
    """There are more solutions than are kept."""
    TOO_MANY_ERRORS = "too_many_errors"
    """No set of at most `covering.MAXIMUM_CELLS` cells in one block of identities explains the failures."""
    GAVE_UP = "gave_up"
    """A bound on the work ended the search before any solution was found."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A cell that would take another value. `proposed` is None where several values would do."""

    key: CellKey
    reported: Number | None
    proposed: int | None
    pattern: str | None = None
    is_certain: bool = False
    """Whether every smallest solution changes this cell, and to this value."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Cells whose change makes every identity hold. `is_smallest` is False for a known mistake that explains the
    failures by more cells than are needed."""

    changes: tuple[Change, ...]
    is_smallest: bool = True


@dataclass(frozen=True, slots=True)
class Localisation:
    """What is wrong with a report. `size` is the number of cells of a smallest solution, None where none is known."""

    outcome: Outcome
    checks: tuple[Check, ...]
    solutions: tuple[Solution, ...] = ()
    size: int | None = None

    @property
    def smallest(self) -> tuple[Solution, ...]:
        """The solutions of the smallest size."""
        return tuple(solution for solution in self.solutions if solution.is_smallest)

    @property
    def is_unique(self) -> bool:
        """Whether there is exactly one smallest solution."""
        return self.outcome is Outcome.SOLVED and len(self.smallest) == 1


@dataclass(frozen=True, slots=True)
class _Block:
    """Equations that hang together by shared cells: rows over the cells' numbers, and which of them fail."""

    keys: tuple[CellKey, ...]
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]
    failing: tuple[int, ...]


def localise(cells: Mapping[CellKey, Held], by_programme: bool = False) -> Localisation:
    """Localise the errors of one report, given what its cells hold.

    `by_programme` has the integer programme find single cells too, which is slower and must give the same.
    """
    checks = evaluate(cells)
    if not any(check.status is CheckStatus.FAILS for check in checks):
        return Localisation(Outcome.HOLDS, checks)
    found = [_solve(block, by_programme) for block in _blocks(checks, cells)]
    if all(cover.size == 1 for _, cover in found) and len(found) == 1:
        mistakes: tuple[Known, ...] = ()
    else:
        mistakes = known_mistakes(cells, checks)
    if any(not cover.sets for _, cover in found):
        whole = all(cover.sets or cover.is_whole for _, cover in found)
        outcome = Outcome.TOO_MANY_ERRORS if whole else Outcome.GAVE_UP
        return Localisation(outcome, checks, tuple(_known(mistake, cells) for mistake in mistakes))
    count = prod(len(cover.sets) for _, cover in found)
    is_whole = count <= MAXIMUM_SOLUTIONS and all(cover.is_whole for _, cover in found)
    sets = [_sorted_sets(block, cover.sets) for block, cover in found]
    certain = {item for ways, (_, cover) in zip(sets, found, strict=True) if cover.is_whole for item in _common(ways)}
    smallest = [
        _solution(sorted(item for way in ways for item in way), cells, checks, mistakes, certain)
        for ways in islice(product(*sets), MAXIMUM_SOLUTIONS)
    ]
    size = len(smallest[0].changes)
    # Where the search was ended, a known mistake may be a smallest solution that it did not come to.
    found_sets = {tuple(change.key for change in solution.changes) for solution in smallest}
    others = (mistake for mistake in mistakes if tuple(key for key, _ in mistake.values) not in found_sets)
    known = sorted((_known(mistake, cells, size) for mistake in others), key=lambda way: not way.is_smallest)
    outcome = Outcome.SOLVED if is_whole else Outcome.TRUNCATED
    return Localisation(outcome, checks, (*smallest, *known), size)


def _known(mistake: Known, cells: Mapping[CellKey, Held], size: int | None = None) -> Solution:
    changes = (Change(key, cells[key].value, value, mistake.pattern) for key, value in mistake.values)
    return Solution(tuple(changes), is_smallest=len(mistake.values) == size)


_Way = tuple[tuple[CellKey, int | None], ...]


def _blocks(checks: Iterable[Check], cells: Mapping[CellKey, Held]) -> Iterator[_Block]:
    """The blocks of evaluable equations in which one fails, in the order of their first equation."""
    groups: list[tuple[set[CellKey], list[Check]]] = []
    for check in checks:
        if check.status is CheckStatus.NOT_EVALUABLE:
            continue
        keys, members = {key for key, _ in check.equation.terms}, [check]
        apart = []
        for group in groups:
            if keys.isdisjoint(group[0]):
                apart.append(group)
            else:
                keys, members = keys | group[0], group[1] + members
        groups = [*apart, (keys, members)]
    for group_keys, members in groups:
        failing = tuple(index for index, check in enumerate(members) if check.status is CheckStatus.FAILS)
        if failing:
            ordered = tuple(sorted(group_keys))
            place = {key: number for number, key in enumerate(ordered)}
            rows = tuple({place[key]: count for key, count in check.equation.terms} for check in members)
            yield _Block(ordered, tuple(cells[key].counted for key in ordered), rows, failing)


def _solve(block: _Block, by_programme: bool) -> tuple[_Block, covering.Cover]:
    if not by_programme and (single := _single_cells(block)):
        return block, covering.Cover(tuple(single), 1, is_whole=True)
    return block, covering.smallest_sets(block.rows, block.numbers, block.failing, MAXIMUM_SOLUTIONS)


def _single_cells(block: _Block) -> list[Values]:
    """Every cell whose change alone makes the block hold: it is in each failing equation and in no holding one."""
    failing = set(block.failing)
    candidates = set.intersection(*(set(block.rows[index]) for index in block.failing))
    for index, row in enumerate(block.rows):
        if index not in failing:
            candidates.difference_update(row)
    outcomes = (solve(block.rows, block.numbers, [cell]) for cell in sorted(candidates))
    return [outcome for outcome in outcomes if isinstance(outcome, Values)]


def _sorted_sets(block: _Block, sets: Iterable[Values]) -> list[_Way]:
    ways = [tuple(sorted((block.keys[cell], value) for cell, value in values.values.items())) for values in sets]
    return sorted(ways, key=lambda way: [key for key, _ in way])


def _common(ways: Sequence[_Way]) -> set[tuple[CellKey, int | None]]:
    """What all ways of a block share."""
    return {item for item in set.intersection(*map(set, ways)) if item[1] is not None}


def _solution(
    items: Sequence[tuple[CellKey, int | None]],
    cells: Mapping[CellKey, Held],
    checks: Sequence[Check],
    mistakes: Sequence[Known],
    certain: set[tuple[CellKey, int | None]],
) -> Solution:
    names = name_patterns(dict(items), cells, checks, mistakes)
    return Solution(
        tuple(Change(key, cells[key].value, value, names.get(key), (key, value) in certain) for key, value in items)
    )

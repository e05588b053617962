"""The one place that knows HiGHS: which fewest cells meet every requirement, and whether counts exist for a few cells.

Single-threaded and seeded, without a clock: the same calls give the same answers.
"""

from collections.abc import Collection, Mapping, Sequence

import highspy
import numpy as np

from checks.elimination import Row
from checks.identities import Number

_CHOSEN = 0.5
_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_max_nodes": 300,
    # Heuristics that pay on large programmes; these are solved at their root, and take a third of the time without.
    "mip_detect_symmetry": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


def _quiet() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    return highs


class OutOfBoundsError(Exception):
    """The programme was not solved within its bound on nodes."""


class Programme:
    """A set-covering programme over cells, built up requirement by requirement."""

    def __init__(self, cells: int, most: int) -> None:
        """`cells` of them, of which at most `most` may be chosen."""
        self._highs = _quiet()
        self._cells = cells
        zeros, ones = np.zeros(cells), np.ones(cells)
        self._highs.addVars(cells, zeros, ones)
        everything = np.arange(cells, dtype=np.int32)
        self._highs.changeColsCost(cells, everything, ones)
        integer = np.full(cells, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(cells, everything, integer)
        self._highs.addRow(0.0, float(most), cells, everything, ones)

    def require(self, cells: Collection[int]) -> None:
        """At least one of the cells must be chosen."""
        indices = np.array(sorted(cells), dtype=np.int32)
        self._highs.addRow(1.0, highspy.kHighsInf, len(indices), indices, np.ones(len(indices)))

    def cheapest(self) -> tuple[int, ...] | None:
        """A smallest choice, in the order of the cells; None where there is none. Raises OutOfBoundsError."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfBoundsError(str(status))
        values = self._highs.getSolution().col_value
        return tuple(cell for cell in range(self._cells) if values[cell] > _CHOSEN)


def counts_exist(rows: Sequence[Row], numbers: Sequence[Number], cells: Sequence[int]) -> bool:
    """Whether whole numbers from 0 for the cells make every equation hold, all other cells being as in `numbers`."""
    highs = _quiet()
    place = {cell: position for position, cell in enumerate(cells)}
    highs.addVars(len(cells), np.zeros(len(cells)), np.full(len(cells), highspy.kHighsInf))
    for position in range(len(cells)):
        highs.changeColIntegrality(position, highspy.HighsVarType.kInteger)
    for row in rows:
        rest = -sum(coefficient * numbers[cell] for cell, coefficient in row.items() if cell not in place)
        own = {place[cell]: float(coefficient) for cell, coefficient in row.items() if cell in place}
        if own:
            indices = np.array(sorted(own), dtype=np.int32)
            highs.addRow(float(rest), float(rest), len(own), indices, np.array([own[index] for index in sorted(own)]))
    highs.run()
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

"""Tables printed with rows for columns: turned round, so that they are read like any other."""

from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Grid, Placement


@dataclass(frozen=True, slots=True)
class Turned(Grid):
    """A grid whose rows are the columns of `source`; its cells keep their places in the source."""

    source: Grid | None = None

    def locator(self, row: int, column: int) -> str:
        """The place of a cell in the source, counted from 1."""
        assert self.source is not None
        return self.source.locator(column, row)


def turned(grid: Grid) -> Grid:
    """A ruled grid with its columns as rows."""
    assert grid.placement is Placement.RULED
    rows = tuple(zip_longest(*grid.rows))
    place = grid.row_locators[0].rpartition(",")[0] or grid.row_locators[0]
    locators = tuple(f"{place}, column {number}" for number in range(1, len(rows) + 1))
    return Turned(rows, locators, Placement.RULED, source=grid)

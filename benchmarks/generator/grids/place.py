"""Where the cells of a grid stand, and a grid cut in two between rows, as a page or a second table cuts it."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.generator.grids.grid import LABEL, Grid
from benchmarks.generator.wording import Say


class Placed(NamedTuple):
    """A printed cell: its first row and column, and how many of each it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    is_label: bool


def place(grid: Grid, texts: Sequence[str], say: Say) -> list[Placed]:
    """The cells of a grid whose spans add up, row by row."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, slots in enumerate(grid.rows):
        column = 0
        for slot in slots:
            while (row, column) in taken:
                column += 1
            text = say(slot.text) if slot.ref == LABEL else texts[slot.ref]
            placed.append(Placed(row, column, slot.rowspan, slot.colspan, text, slot.ref == LABEL))
            taken.update((row + down, column + right) for down in range(slot.rowspan) for right in range(slot.colspan))
            column += slot.colspan
    return placed


def cut(placed: Sequence[Placed], row: int) -> tuple[list[Placed], list[Placed]]:
    """The cells above and below the line before `row`; of a cell that the line crosses the lower part is empty."""
    above, below = [], []
    for cell in placed:
        if cell.row >= row:
            below.append(cell._replace(row=cell.row - row))
            continue
        over = cell.row + cell.rowspan - row
        above.append(cell._replace(rowspan=cell.rowspan - max(over, 0)))
        if over > 0:
            below.append(cell._replace(row=0, rowspan=over, text=""))
    return above, below


def head_and_rest(placed: Sequence[Placed], header: int, rest: Sequence[Placed]) -> list[Placed]:
    """The heading rows once more, above `rest`."""
    head = [cell for cell in placed if cell.row < header]
    return [*head, *(cell._replace(row=cell.row + header) for cell in rest)]


def height(placed: Sequence[Placed]) -> int:
    """How many rows the cells take."""
    return max((cell.row + cell.rowspan for cell in placed), default=0)

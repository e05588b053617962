"""The tables of a page's rules: cells are the smallest boxes between rules that meet, tables the cells that touch."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.limits import MAX_GRID_CELLS, MAX_PDF_CROSSINGS
from ingest.readers.pdf_drawn import Rule, TooMuchError
from ingest.readers.pdf_geometry import Box

_NEAR = 3.0
"""Points by which rules that are meant to be one may differ, or miss one another where they are meant to meet."""

_Line = tuple[float, list[tuple[float, float]]]
"""Where a line runs, and the pieces of it that are drawn."""
_Place = tuple[int, int]
"""A crossing, by the number of its upright and of its level line."""
_Cell = tuple[int, int, int, int]
"""The numbers of the lines at its left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its box, and by rows and columns the box of each cell; None where none begins."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]
    lefts: tuple[float, ...]
    """The left edge of each column."""


def tables_of(level: Iterable[Rule], upright: Iterable[Rule]) -> list[PageTable]:
    """The tables of two columns or more, from top to bottom. Raises TooMuchError past the bounds."""
    across, down = _lines(level), _lines(upright)
    cells = _cells(*_crossings(across, down), len(across), len(down))
    tables = [_table(group, across, down) for group in _touching(cells)]
    return sorted((table for table in tables if table), key=lambda table: (table.box[1], table.box[0]))


def _lines(rules: Iterable[Rule]) -> list[_Line]:
    """Rules that lie near one another as one line, and pieces of it that nearly touch as one piece."""
    lines: list[_Line] = []
    group: list[Rule] = []
    for rule in [*sorted(rules), None]:
        if group and (rule is None or rule.at > group[-1].at + _NEAR):
            pieces = _pieces(group)
            if pieces:
                lines.append((sum(one.at for one in group) / len(group), pieces))
            group = []
        if rule is not None:
            group.append(rule)
    return lines


def _pieces(group: list[Rule]) -> list[tuple[float, float]]:
    pieces: list[tuple[float, float]] = []
    first, last = 0.0, -1.0
    for start, end in sorted((rule.start, rule.end) for rule in group):
        if last < first:
            first, last = start, end
        elif start <= last + _NEAR:
            last = max(last, end)
        else:
            pieces.append((first, last))
            first, last = start, end
    pieces.append((first, last))
    return [piece for piece in pieces if piece[1] - piece[0] >= _NEAR]


def _crossings(across: list[_Line], down: list[_Line]) -> tuple[dict[_Place, int], dict[_Place, int]]:
    """Where lines meet, with the pieces of the upright and of the level line that do, as bits of a number."""
    heights = [at for at, _ in across]
    of_upright: dict[_Place, int] = {}
    of_level: dict[_Place, int] = {}
    for right, (x, uprights) in enumerate(down):
        level_bits: dict[int, int] = {}
        for number, (start, end) in enumerate(uprights):
            for below in range(bisect_left(heights, start - _NEAR), bisect_right(heights, end + _NEAR)):
                if below not in level_bits:
                    level_bits[below] = _bits_at(across[below][1], x)
                if level_bits[below]:
                    place = (right, below)
                    of_upright[place] = of_upright.get(place, 0) | 1 << number
                    of_level[place] = level_bits[below]
        if len(of_level) > MAX_PDF_CROSSINGS:
            raise TooMuchError(f"the rules of the page meet in more than {MAX_PDF_CROSSINGS} places")
    return of_upright, of_level


def _bits_at(pieces: Sequence[tuple[float, float]], at: float) -> int:
    bits = 0
    for number, (start, end) in enumerate(pieces):
        if start - _NEAR <= at <= end + _NEAR:
            bits |= 1 << number
        elif start > at:
            break
    return bits


def _cells(of_upright: dict[_Place, int], of_level: dict[_Place, int], levels: int, uprights: int) -> list[_Cell]:
    """The smallest box to the lower right of each crossing, where its four sides are drawn."""
    in_column: list[list[int]] = [[] for _ in range(uprights)]
    in_row: list[list[int]] = [[] for _ in range(levels)]
    for right, below in sorted(of_level):
        in_column[right].append(below)
        in_row[below].append(right)
    cells: list[_Cell] = []
    for place in sorted(of_level):
        found = _smallest(place, of_upright, of_level, in_column[place[0]], in_row[place[1]])
        if found:
            cells.append((*place, *found))
    return cells


def _smallest(
    place: _Place,
    of_upright: dict[_Place, int],
    of_level: dict[_Place, int],
    column: list[int],
    row: list[int],
) -> _Place | None:
    """The corner to the lower right of a crossing; None where it is no corner of a box."""
    left, top = place
    upright, level = of_upright[place], of_level[place]
    first_right = bisect_right(row, left)
    # The pieces of a line follow one another: behind the first crossing that is not joined none is.
    for below in range(bisect_right(column, top), len(column)):
        bottom = column[below]
        if not upright & of_upright[left, bottom]:
            break
        for beside in range(first_right, len(row)):
            right = row[beside]
            if not level & of_level[right, top]:
                break
            corner = (right, bottom)
            if (
                corner in of_level
                and of_upright[corner] & of_upright[right, top]
                and of_level[corner] & of_level[left, bottom]
            ):
                return corner
    return None


def _touching(cells: list[_Cell]) -> list[list[_Cell]]:
    """The cells parted into those that are joined by corners, each in their order."""
    at_corner: dict[_Place, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for corner in _corners(cell):
            at_corner[corner].append(number)
    group_of = [-1] * len(cells)
    groups: list[list[_Cell]] = []
    for first in range(len(cells)):
        if group_of[first] >= 0:
            continue
        group_of[first] = len(groups)
        members, waiting = [first], [first]
        while waiting:
            for corner in _corners(cells[waiting.pop()]):
                for other in at_corner.pop(corner, ()):
                    if group_of[other] < 0:
                        group_of[other] = len(groups)
                        members.append(other)
                        waiting.append(other)
        groups.append([cells[number] for number in sorted(members)])
    return groups


def _corners(cell: _Cell) -> tuple[_Place, ...]:
    left, top, right, bottom = cell
    return (left, top), (left, bottom), (right, top), (right, bottom)


def _table(cells: list[_Cell], across: list[_Line], down: list[_Line]) -> PageTable | None:
    """Cells as a table; None where they have not two columns."""
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    if len(lefts) < 2:
        return None
    if len(lefts) * len(tops) > MAX_GRID_CELLS:
        raise TooMuchError(f"a table of the page has more than {MAX_GRID_CELLS} places")
    column_of = {left: column for column, left in enumerate(lefts)}
    row_of = {top: row for row, top in enumerate(tops)}
    rows: list[list[Box | None]] = [[None] * len(lefts) for _ in tops]
    for left, top, right, bottom in cells:
        rows[row_of[top]][column_of[left]] = (down[left][0], across[top][0], down[right][0], across[bottom][0])
    box = (
        down[lefts[0]][0],
        across[tops[0]][0],
        max(down[cell[2]][0] for cell in cells),
        max(across[cell[3]][0] for cell in cells),
    )
    return PageTable(box, tuple(map(tuple, rows)), tuple(down[left][0] for left in lefts))

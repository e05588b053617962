"""The ruled tables of a picture of a page: where the lines run, and the cells between them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

Pixels = Any
"""A page as a two-dimensional array of truth values: whether a point is dark."""
_LONG = 0.12
_WHOLE = 0.9
_NEAR = 6
_SMALLEST = 12
_MAX_LINES = 150


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A cell by its place in the grid, its spans, and its box in points from the upper left."""

    row: int
    column: int
    height: int
    width: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PictureTable:
    """A table of a picture, with its number of rows and columns, its upright lines from left to right, and its box."""

    rows: int
    columns: int
    edges: tuple[int, ...]
    cells: tuple[PictureCell, ...]
    top: int
    bottom: int


def tables_of(dark: Pixels) -> list[PictureTable]:
    """The ruled tables of a page, from top to bottom."""
    height, width = dark.shape
    lines = _runs(_long_rows(dark, int(width * _LONG)))
    tables: list[PictureTable] = []
    group: list[int] = []
    for line in [*lines, height * 2]:
        # Lines belong to one table as long as an upright line joins them.
        if group and (line >= height or not _joined(dark, group[-1], line)):
            table = _table(dark, group)
            if table:
                tables.append(table)
            group = []
        group.append(line)
    return tables


def without_lines(dark: Pixels) -> Pixels:
    """A copy of the page with its long lines wiped out, for reading the text between them."""
    height, width = dark.shape
    wiped = dark.copy()
    across = _opened(dark, int(width * 0.03), 1)
    upright = _opened(dark, max(60, int(height * 0.02)), 0)
    wiped[_thick(across | upright)] = False
    return wiped


def _long_rows(dark: Pixels, length: int) -> Pixels:
    """For each row of points whether a dark run of some length is in it (over the row and its neighbours)."""
    near = dark | np.roll(dark, 1, 0) | np.roll(dark, -1, 0)
    return _opened(near, length, 1).any(axis=1)


def _opened(dark: Pixels, length: int, axis: int) -> Pixels:
    """The points that lie in a dark run of at least some length along an axis."""
    if length >= dark.shape[axis]:
        return np.zeros_like(dark)
    sums = np.cumsum(dark, axis=axis, dtype=np.int32)
    zero = np.zeros_like(sums.take([0], axis=axis))
    sums = np.concatenate((zero, sums), axis=axis)
    count = sums.shape[axis]
    starts = sums.take(range(length, count), axis=axis) - sums.take(range(count - length), axis=axis) == length
    marks = np.zeros(dark.shape, dtype=np.int32)
    if axis:
        marks[:, : starts.shape[1]] += starts
        marks[:, length:] -= starts[:, :-1] if starts.shape[1] > marks.shape[1] - length else starts
    else:
        marks[: starts.shape[0]] += starts
        marks[length:] -= starts[:-1] if starts.shape[0] > marks.shape[0] - length else starts
    return np.cumsum(marks, axis=axis) > 0


def _thick(lines: Pixels) -> Pixels:
    for axis in (0, 1):
        lines = lines | np.roll(lines, 1, axis) | np.roll(lines, -1, axis)
    return lines


def _runs(marks: Pixels) -> list[int]:
    """The middles of runs of marks; runs that lie near each other are one line."""
    middles: list[int] = []
    last = -_NEAR * 2
    first = 0
    for at in map(int, np.flatnonzero(marks)):
        if at - last > _NEAR:
            if last >= 0:
                middles.append((first + last) // 2)
            first = at
        last = at
    return [*middles, (first + last) // 2] if last >= 0 else middles


def _upright(dark: Pixels, top: int, bottom: int) -> Pixels:
    """For each column of points whether a line stands there between two heights."""
    band = dark[top + 3 : max(bottom - 2, top + 4)]
    near = band | np.roll(band, 1, 1) | np.roll(band, -1, 1)
    return near.mean(axis=0) >= _WHOLE


def _joined(dark: Pixels, top: int, bottom: int) -> bool:
    return bottom < dark.shape[0] and len(_runs(_upright(dark, top, bottom))) >= 2


def _table(dark: Pixels, lines: list[int]) -> PictureTable | None:
    """The cells of a table with these level lines."""
    gaps = [(top, bottom) for top, bottom in pairwise(lines) if bottom - top >= _SMALLEST]
    if not gaps or len(gaps) > _MAX_LINES:
        return None
    standing = [_upright(dark, top, bottom) for top, bottom in gaps]
    columns = _runs(np.any(standing, axis=0))
    slots = [(left, right) for left, right in pairwise(columns) if right - left >= _SMALLEST]
    if len(slots) < 2 or len(slots) > _MAX_LINES:
        return None
    cells: list[PictureCell] = []
    taken: set[tuple[int, int]] = set()
    for row, (top, _) in enumerate(gaps):
        for column, (left, _) in enumerate(slots):
            if (row, column) in taken:
                continue
            width = 1
            while column + width < len(slots) and (row, column + width) not in taken:
                if _marked(standing[row], slots[column + width][0]):
                    break
                width += 1
            right = slots[column + width - 1][1]
            height = 1
            while row + height < len(gaps) and not _level(dark, gaps[row + height][0], left, right):
                height += 1
            taken.update((row + down, column + over) for down in range(height) for over in range(width))
            bottom = gaps[row + height - 1][1]
            cells.append(PictureCell(row, column, height, width, left, top, right, bottom))
    edges = (*(left for left, _ in slots), slots[-1][1])
    return PictureTable(len(gaps), len(slots), edges, tuple(cells), gaps[0][0], gaps[-1][1])


def _marked(standing: Pixels, at: int) -> bool:
    return bool(standing[max(0, at - _NEAR) : at + _NEAR + 1].any())


def _level(dark: Pixels, at: int, left: int, right: int) -> bool:
    """Whether a line lies at a height between two columns."""
    band = dark[max(0, at - _NEAR) : at + _NEAR + 1, left + _NEAR : max(right - _NEAR, left + _NEAR + 1)]
    return bool(band.any(axis=0).mean() >= _WHOLE)

"""The letters of a PDF's page as pdfplumber gives them: without those drawn twice, and in the cells of its tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfplumber.utils.text import extract_text

Letter = dict[str, Any]
"""A letter by its text, font and place, in points from the upper left."""
_NEAR = 1
"""Points by which a letter drawn twice may be moved."""


def drawn_once(letters: Iterable[Letter]) -> list[Letter]:
    """The letters in their order, of those drawn twice in one place the first: bold print is often made so.

    These are the same letters of one font and size that lie within a point of each other.
    """
    alike: dict[tuple[Any, ...], list[Letter]] = defaultdict(list)
    order: dict[int, int] = {}
    for place, letter in enumerate(letters):
        alike[letter["upright"], letter["text"], letter["fontname"], letter["size"]].append(letter)
        order[id(letter)] = place
    once = [
        min(near, key=lambda letter: (letter["doctop"], letter["x0"]))
        for same in alike.values()
        for level in _clusters(same, "doctop")
        for near in _clusters(level, "x0")
    ]
    return sorted(once, key=lambda letter: order[id(letter)])


def _clusters(letters: list[Letter], side: str) -> Iterator[list[Letter]]:
    """Letters parted where none lies near the next, by one of their sides; in each part they keep their order."""
    if len(letters) == 1:
        yield letters
        return
    sides = sorted({letter[side] for letter in letters})
    cluster_of = {sides[0]: 0}
    for before, after in pairwise(sides):
        cluster_of[after] = cluster_of[before] + (after > before + _NEAR)
    clusters: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        clusters[cluster_of[letter[side]]].append(letter)
    yield from clusters.values()


def texts_of(table: Any, letters: Sequence[Letter]) -> Iterator[tuple[str | None, ...]]:
    """The texts of the cells of a pdfplumber table, row by row; None where it has no cell.

    A letter is of the cell that its middle lies in.
    """
    inside = _inside(_middles(letters), table.bbox)
    for row in table.rows:
        in_row = _inside(inside, row.bbox)
        yield tuple(None if cell is None else _text(_inside(in_row, cell)) for cell in row.cells)


_Middle = tuple[float, float, Letter]


def _middles(letters: Iterable[Letter]) -> list[_Middle]:
    return [((one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2, one) for one in letters]


def _inside(middles: Iterable[_Middle], box: tuple[float, float, float, float]) -> list[_Middle]:
    left, top, right, bottom = box
    return [middle for middle in middles if left <= middle[0] < right and top <= middle[1] < bottom]


def _text(middles: Sequence[_Middle]) -> str:
    return extract_text([letter for _, _, letter in middles]).strip() if middles else ""

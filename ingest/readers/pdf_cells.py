"""The letters of a page in the cells of its tables: a letter is where its middle lies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ingest.readers.pdf_drawn import Box
from ingest.readers.pdf_letters import MIDDLE, UNKNOWN, Letter, lines_of
from ingest.readers.pdf_rules import PageTable

LEVEL = 0.12
"""How much of their size the digits of one number may stand higher or lower than one another."""
_ONE_SIZE = 0.85
SLACK = 1.0


def parted(letters: Sequence[Letter], boxes: Sequence[Box]) -> tuple[list[list[Letter]], list[Letter]]:
    """The letters in each of some boxes, and those in none."""
    if not boxes:
        return [], list(letters)
    inside: list[list[Letter]] = [[] for _ in boxes]
    outside = []
    for letter in letters:
        _, begin, end, foot, size, _, _ = letter
        across, down = (begin + end) / 2, foot - MIDDLE * size
        found = False
        for place, (left, top, right, bottom) in enumerate(boxes):
            if top <= down < bottom and left <= across < right:
                inside[place].append(letter)
                found = True
        if not found:
            outside.append(letter)
    return inside, outside


def texts_of(
    table: PageTable,
    letters: Sequence[Letter],
    hidden: AbstractSet[int],
    doubted: AbstractSet[int],
    pictures: Sequence[Box],
) -> tuple[tuple[str | None, ...], ...]:
    """The texts of the cells of a table, row by row; None where it has no cell.

    `hidden` has the ids of letters that the page does not show, `doubted` of those whose number is not what they say:
    where one stands, the text has `UNKNOWN`, and so it has where one of the `pictures` lies in a cell, for that may
    show a number.
    """
    cells = [
        (row, column, box)
        for row, boxes in enumerate(table.rows)
        for column, box in enumerate(boxes)
        if box is not None
    ]
    across = sorted({side for _, _, box in cells for side in (box[0], box[2])})
    down = sorted({side for _, _, box in cells for side in (box[1], box[3])})
    in_place: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        _, begin, end, foot, size, _, _ = letter
        column = bisect_right(across, (begin + end) / 2) - 1
        in_place[bisect_right(down, foot - MIDDLE * size) - 1, column].append(letter)
    column_of = {side: place for place, side in enumerate(across)}
    row_of = {side: place for place, side in enumerate(down)}
    texts: list[list[str | None]] = [[None] * len(boxes) for boxes in table.rows]
    for row, column, (left, top, right, bottom) in cells:
        rows, columns = range(row_of[top], row_of[bottom]), range(column_of[left], column_of[right])
        if len(rows) == 1 == len(columns):
            found = in_place.get((rows[0], columns[0]), [])
        else:
            found = [letter for place in _places(rows, columns, in_place) for letter in in_place[place]]
        text = _text(found, hidden, doubted) if found else ""
        if pictures and any(_lies_in(picture, (left, top, right, bottom)) for picture in pictures):
            text += UNKNOWN
        texts[row][column] = text
    return tuple(map(tuple, texts))


def _lies_in(inner: Box, outer: Box) -> bool:
    left, top, right, bottom = outer
    return (
        inner[0] >= left - SLACK
        and inner[1] >= top - SLACK
        and inner[2] <= right + SLACK
        and inner[3] <= bottom + SLACK
    )


def _places(rows: range, columns: range, in_place: dict[tuple[int, int], list[Letter]]) -> list[tuple[int, int]]:
    """The places of a merged cell in which letters stand."""
    if len(rows) * len(columns) > len(in_place):
        return [place for place in in_place if place[0] in rows and place[1] in columns]
    return [(row, column) for row in rows for column in columns if (row, column) in in_place]


def _text(letters: Sequence[Letter], hidden: AbstractSet[int], doubted: AbstractSet[int]) -> str:
    shown = [letter for letter in letters if id(letter) not in hidden]
    text = "\n".join([line.text for line in lines_of(shown)]).strip()
    whole = len(shown) == len(letters) and not _has_a_mark(shown) and not any(id(letter) in doubted for letter in shown)
    return text if whole else text + UNKNOWN


def _has_a_mark(letters: Sequence[Letter]) -> bool:
    """Whether digits of a cell that holds nothing else are not of one size on one level: one may be a footnote's."""
    digits = [letter for letter in letters if letter.text.isdecimal()]
    if len(digits) < 2 or any(letter.text.isalpha() for letter in letters):
        return False
    sizes, feet = [letter.size for letter in digits], [letter.foot for letter in digits]
    return min(sizes) < _ONE_SIZE * max(sizes) or max(feet) - min(feet) > LEVEL * max(sizes)

"""The letters of a page in the cells of its tables: a letter is where its middle lies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from ingest.readers.pdf_drawn import Box, Rule
from ingest.readers.pdf_letters import MIDDLE, UNKNOWN, Letter, lines_of
from ingest.readers.pdf_rules import PageTable

_POINTS = ".,"
_BESIDE = 0.25
"""How much of its size two letters of one number may stand apart."""
_LEVEL = 0.12
"""How much of their size the digits of one number may stand higher or lower than one another."""
_ONE_SIZE = 0.85
_STRUCK_UP_TO = 0.55
_STRUCK_FROM = 0.12
"""Between which parts of its size above its foot a rule strikes a digit out."""
_SLACK = 1.0


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


def torn_numbers(letters: Sequence[Letter], tables: Sequence[PageTable]) -> set[int]:
    """The ids of letters of numbers that go on beyond the side of their cell: printed wider than it is."""
    sides = [
        sorted({side for row in table.rows for box in row if box for side in (box[0], box[2])}) for table in tables
    ]
    torn: set[int] = set()
    for one, other in pairwise(letters):
        if one.run != other.run or not _go_on(one, other):
            continue
        for table, across in zip(tables, sides, strict=True):
            left, top, right, bottom = table.box
            if not top <= one.middle < bottom or other.right < left or one.left > right:
                continue
            first, second = (one.left + one.right) / 2, (other.left + other.right) / 2
            if bisect_right(across, first) != bisect_right(across, second) and not _in_one_cell(
                table, one.middle, first, second
            ):
                torn |= {id(one), id(other)}
    return torn


def cut_numbers(letters: Sequence[Letter], hidden: AbstractSet[int]) -> set[int]:
    """The ids of letters that are shown of numbers of which the letter beside them is not."""
    pairs = [pair for pair in pairwise(letters) if (id(pair[0]) in hidden) != (id(pair[1]) in hidden)]
    return {
        id(letter) for one, other in pairs if one.run == other.run and _go_on(one, other) for letter in (one, other)
    }


def struck_digits(letters: Sequence[Letter], rules: Sequence[Rule]) -> set[int]:
    """The ids of digits that a level rule runs through: struck out, they do not count."""
    levels = sorted(rules)
    heights = [rule.at for rule in levels]
    struck: set[int] = set()
    for letter in letters:
        if not letter.text.isdecimal():
            continue
        first = bisect_right(heights, letter.foot - _STRUCK_UP_TO * letter.size)
        last = bisect_right(heights, letter.foot - _STRUCK_FROM * letter.size)
        if any(rule.start <= letter.left + _SLACK and rule.end >= letter.right - _SLACK for rule in levels[first:last]):
            struck.add(id(letter))
    return struck


def _go_on(one: Letter, other: Letter) -> bool:
    """Whether a letter of a number stands right beside another."""
    numbers = all(letter.text.isdecimal() or letter.text in _POINTS for letter in (one, other))
    return numbers and abs(other.foot - one.foot) < _LEVEL * one.size and other.left - one.right < _BESIDE * one.size


def _in_one_cell(table: PageTable, down: float, first: float, second: float) -> bool:
    return any(
        box is not None and box[1] <= down < box[3] and box[0] <= min(first, second) and max(first, second) < box[2]
        for row in table.rows
        for box in row
    )


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
        inner[0] >= left - _SLACK
        and inner[1] >= top - _SLACK
        and inner[2] <= right + _SLACK
        and inner[3] <= bottom + _SLACK
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
    return min(sizes) < _ONE_SIZE * max(sizes) or max(feet) - min(feet) > _LEVEL * max(sizes)

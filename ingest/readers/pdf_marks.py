"""What the cells of a PDF's table show besides upright letters that may be a digit or a sign.

These are pictures, lines and shapes that are drawn in a cell, and letters that lie on their side in it. Rules, borders,
shading, frames, underlines and watermarks say nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median_low

from ingest.readers.pdf_cells import SLACK, Cells, are_words, is_word
from ingest.readers.pdf_drawn import Shape
from ingest.readers.pdf_geometry import Box
from ingest.readers.pdf_letters import UNKNOWN, Letter
from ingest.readers.pdf_turned import TurnedLine

_BORDER = 3.0
"""Points from the side of a cell in which lines are borders, for rules of one border may be as far apart."""
_ON_SIDE = 0.75
_THIN = 1.5
_MOST = 0.6
"""Which part of a cell's height a line along its side takes, or of its width and height what shades it."""
_WHOLE = 0.9
"""Which part of a cell's width or height a line takes that runs through it."""
_UNDER = 0.06
_UNDER_UP_TO = 0.5
"""Between which parts of a letter's size, above and below its foot, a line is drawn under it."""
_ASIDE = 0.25
"""Which part of its width a letter leaves free at either side."""
_INK = (0.05, 0.6)
"""From which part of its size above its foot to which a digit is plainly drawn."""
_LARGE = 1.4
"""How many times as large as a table's letters those of a watermark are."""
_ON_ITS_SIDE = (1, 3)


def marks_of(
    cells: Cells,
    standing: Sequence[Sequence[Letter]],
    pictures: Iterable[Box],
    shapes: Iterable[Shape],
    turned: Sequence[TurnedLine],
    struck: Iterable[Letter],
) -> dict[int, str]:
    """What is to be added to the texts of the cells, by their numbers: `UNKNOWN`, or words that lie on their side.

    `standing` has the letters in each cell, `struck` those that a rule runs through. Where the side of a cell runs
    through a digit, it is not told which cell it is in.
    """
    marks: dict[int, str] = {}
    for picture in pictures:
        for number in _around(cells, picture):
            marks[number] = UNKNOWN
    for shape in shapes:
        for number in _around(cells, shape.box):
            if number not in marks and _may_say_something(shape, cells.boxes[number], standing[number]):
                marks[number] = UNKNOWN
    for letter in (*struck, *_over_sides(cells, standing)):
        for number in _touched(cells, letter):
            if not are_words(standing[number]):
                marks[number] = UNKNOWN
    if turned:
        sizes = [letter.size for letters in standing for letter in letters]
        for line in turned:
            _put_turned(line, cells, standing, median_low(sizes) if sizes else 0.0, marks)
    return marks


def _around(cells: Cells, box: Box) -> Iterable[int]:
    """The cells in which the middle of something lies that is no larger than they are."""
    left, top, right, bottom = box
    for number in cells.at((left + right) / 2, (top + bottom) / 2):
        cell = cells.boxes[number]
        if right - left <= cell[2] - cell[0] + 2 * SLACK and bottom - top <= cell[3] - cell[1] + 2 * SLACK:
            yield number


def _over_sides(cells: Cells, standing: Sequence[Sequence[Letter]]) -> Iterator[Letter]:
    """The digits that stand plainly over the left or right side of their cells, though these are wide enough."""
    for (left, _, right, _), letters in zip(cells.boxes, standing, strict=True):
        if not letters:
            continue
        for letter in letters:
            width = letter.right - letter.left
            aside = _ASIDE * width
            if (
                (letter.left + aside < left or letter.right - aside > right)
                and letter.text.isdecimal()
                and width < right - left
            ):
                yield letter


def _touched(cells: Cells, letter: Letter) -> set[int]:
    """The cells in which a letter stands, in part at least."""
    aside = _ASIDE * (letter.right - letter.left)
    return {
        number
        for across in (letter.left + aside, letter.right - aside)
        for up in _INK
        for number in cells.at(across, letter.foot - up * letter.size)
    }


def _may_say_something(shape: Shape, cell: Box, letters: Sequence[Letter]) -> bool:
    """Whether a shape in a cell may be a digit, a sign, or a stroke through these."""
    left, top, right, bottom = shape.box
    width, height = right - left, bottom - top
    if bottom <= cell[1] + _BORDER or top >= cell[3] - _BORDER:
        return False
    if right <= cell[0] + _BORDER or left >= cell[2] - _BORDER:
        along = height >= _MOST * (cell[3] - cell[1])
        if along or left <= cell[0] + _ON_SIDE or right >= cell[2] - _ON_SIDE:
            return False
    if are_words(letters):
        return False
    if min(width, height) <= _THIN:
        if width >= _WHOLE * (cell[2] - cell[0]) or height >= _WHOLE * (cell[3] - cell[1]):
            return False
    elif shape.is_box:
        frames = any(_holds(shape.box, letter) for letter in letters)
        shades = width >= _MOST * (cell[2] - cell[0]) and height >= _MOST * (cell[3] - cell[1])
        return not (frames or shades)
    return not any(_is_under(shape.box, letter) for letter in letters)


def _holds(box: Box, letter: Letter) -> bool:
    return box[0] <= (letter.left + letter.right) / 2 <= box[2] and box[1] <= letter.middle <= box[3]


def _is_under(box: Box, letter: Letter) -> bool:
    """Whether a letter is underlined by a line."""
    left, top, right, bottom = box
    return (
        left < (letter.left + letter.right) / 2 < right
        and top >= letter.foot - _UNDER * letter.size
        and bottom <= letter.foot + _UNDER_UP_TO * letter.size
    )


def _put_turned(
    line: TurnedLine, cells: Cells, standing: Sequence[Sequence[Letter]], size: float, marks: dict[int, str]
) -> None:
    """Mark the cells in which a line of turned letters says something. A watermark goes over many cells, is larger
    than what the table says, or hardly seen."""
    says_words = is_word(line.text)
    if line.faint and (says_words or line.size > _LARGE * size):
        return
    left, top, right, bottom = line.box
    inside = [
        number
        for number in cells.at((left + right) / 2, (top + bottom) / 2)
        if _lies_in(line.box, cells.boxes[number], 2 * SLACK)
    ]
    if inside:
        for number in inside:
            if are_words(standing[number]):
                continue
            if says_words and line.turn in _ON_ITS_SIDE and not standing[number]:
                marks[number] = marks.get(number, "") + line.text
            else:
                marks[number] = UNKNOWN
        return
    if line.faint or line.size > _LARGE * size:
        return
    held = Counter(number for box in line.boxes for number in cells.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    if any(2 * count >= len(line.boxes) for count in held.values()):
        for number in held:
            if not are_words(standing[number]):
                marks[number] = UNKNOWN


def _lies_in(inner: Box, outer: Box, slack: float) -> bool:
    left, top, right, bottom = outer
    return (
        inner[0] >= left - slack
        and inner[1] >= top - slack
        and inner[2] <= right + slack
        and inner[3] <= bottom + slack
    )

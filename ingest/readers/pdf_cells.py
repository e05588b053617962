"""The letters of a page in the cells of its tables: a letter is where its middle lies."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ingest.readers.limits import MAX_GRID_CELLS
from ingest.readers.pdf_drawn import TooMuchError
from ingest.readers.pdf_geometry import Box
from ingest.readers.pdf_letters import MIDDLE, UNKNOWN, Letter, lines_of
from ingest.readers.pdf_rules import PageTable

POINTS = ".,"
"""Of these a file may not say how narrow they are."""
LEVEL = 0.12
"""How much of their size the digits of one number may stand higher or lower than one another."""
_ONE_SIZE = 0.85
_OVERPRINTED = 0.5
"""Which part of the narrower one's width two letters may have in common; which of the size apart they have none."""
_WORDS = 4
"""How many letters that are no digits or signs no number has, with its unit."""
_A_NUMBER = 40
"""How many letters a number may have."""
SLACK = 1.0


class Cells:
    """The cells of a table, found by where on the page something stands. Raises TooMuchError past the bounds."""

    def __init__(self, table: PageTable) -> None:
        self.boxes = [box for boxes in table.rows for box in boxes if box is not None]
        self._across = sorted({side for box in self.boxes for side in (box[0], box[2])})
        self._down = sorted({side for box in self.boxes for side in (box[1], box[3])})
        column_of = {side: place for place, side in enumerate(self._across)}
        row_of = {side: place for place, side in enumerate(self._down)}
        self._at: dict[tuple[int, int], list[int]] = {}
        places = 0
        for number, (left, top, right, bottom) in enumerate(self.boxes):
            rows, columns = range(row_of[top], row_of[bottom]), range(column_of[left], column_of[right])
            places += len(rows) * len(columns)
            if places > 2 * MAX_GRID_CELLS:
                raise TooMuchError("the cells of a table lie over one another")
            for row in rows:
                for column in columns:
                    self._at.setdefault((row, column), []).append(number)

    def standing(self, letters: Sequence[Letter]) -> list[list[Letter]]:
        """The letters in each cell, in their order."""
        found: list[list[Letter]] = [[] for _ in self.boxes]
        for letter in letters:
            _, begin, end, foot, size, _, _ = letter
            for number in self.at((begin + end) / 2, foot - MIDDLE * size):
                found[number].append(letter)
        return found

    def at(self, across: float, down: float) -> Sequence[int]:
        """The numbers of the cells at a point of the page, row by row: one, but where boxes lie over one another."""
        place = bisect_right(self._down, down) - 1, bisect_right(self._across, across) - 1
        return self._at.get(place, ())


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
    standing: Sequence[Sequence[Letter]],
    hidden: AbstractSet[int],
    doubted: AbstractSet[int],
    marks: Mapping[int, str],
) -> tuple[tuple[str | None, ...], ...]:
    """The texts of the cells of a table, row by row; None where it has no cell.

    `standing` has the letters in each cell and `marks` what is to be added there. `hidden` has the ids of letters that
    the page does not show, `doubted` of those whose number is not what they say: where one stands, the text has
    `UNKNOWN`.
    """
    found = [_text(letters, hidden, doubted) if letters else "" for letters in standing]
    for number, mark in marks.items():
        if not found[number].endswith(UNKNOWN):
            found[number] += mark
    texts = iter(found)
    return tuple(tuple(None if box is None else next(texts) for box in boxes) for boxes in table.rows)


def _text(letters: Sequence[Letter], hidden: AbstractSet[int], doubted: AbstractSet[int]) -> str:
    shown = [letter for letter in letters if id(letter) not in hidden]
    text = "\n".join([line.text for line in lines_of(shown)]).strip()
    whole = len(shown) == len(letters) and not any(id(letter) in doubted for letter in shown)
    return text if whole and not _has_a_mark(shown) and not _is_overprinted(shown) else text + UNKNOWN


def _has_a_mark(letters: Sequence[Letter]) -> bool:
    """Whether digits of a cell that holds nothing else are not of one size on one level: one may be a footnote's."""
    digits = [letter for letter in letters if letter.text.isdecimal()]
    if len(digits) < 2 or any(letter.text.isalpha() for letter in letters):
        return False
    sizes, feet = [letter.size for letter in digits], [letter.foot for letter in digits]
    return min(sizes) < _ONE_SIZE * max(sizes) or max(feet) - min(feet) > LEVEL * max(sizes)


def are_words(letters: Sequence[Letter]) -> bool:
    """Whether letters are a label or another text in which no number can be meant."""
    return len(letters) >= _WORDS and is_word("".join([letter.text for letter in letters]))


def is_word(text: str) -> bool:
    """Whether a text is more than a number with its unit."""
    return sum([character.isalpha() for character in text]) >= _WORDS


def _is_overprinted(letters: Sequence[Letter]) -> bool:
    """Whether a letter stands over a digit of a cell that holds no words."""
    if not 1 < len(letters) <= _A_NUMBER or _follow(letters) or are_words(letters):
        return False
    return any(
        _over_one_another(letter, other)
        for letter in letters
        if letter.text.isdecimal()
        for other in letters
        if other is not letter and not other.text.isspace() and other.text not in POINTS
    )


def _follow(letters: Sequence[Letter]) -> bool:
    """Whether each of some letters begins behind the one before it."""
    end = letters[0].right
    for _, left, right, _, _, _, _ in letters[1:]:
        if left < end:
            return False
        end = right
    return True


def _over_one_another(one: Letter, other: Letter) -> bool:
    narrower = min(one.right - one.left, other.right - other.left)
    common = min(one.right, other.right) - max(one.left, other.left)
    return common > _OVERPRINTED * narrower and abs(one.foot - other.foot) < _OVERPRINTED * max(one.size, other.size)

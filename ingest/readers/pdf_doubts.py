"""The letters of a page's numbers that do not say what they seem to: printed over a cell's side, cut, or struck out."""

from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from ingest.readers.pdf_cells import LEVEL, POINTS, SLACK, Cells
from ingest.readers.pdf_drawn import Rule
from ingest.readers.pdf_letters import Letter
from ingest.readers.pdf_rules import PageTable

_BESIDE = 0.25
"""How much of its size two letters of one number may stand apart."""
_STRUCK_UP_TO = 0.55
_STRUCK_FROM = 0.12
"""Between which parts of its size above its foot a rule strikes a digit out."""
_MAX_SLANTS = 300
"""More are a drawing."""
Slant = tuple[tuple[float, float], tuple[float, float]]
"""The two ends of a slanted line."""


def torn_numbers(letters: Sequence[Letter], tables: Sequence[tuple[PageTable, Cells]]) -> set[int]:
    """The ids of letters of numbers that go on beyond the side of their cell: printed wider than it is."""
    torn: set[int] = set()
    if not tables:
        return torn
    for one, other in pairwise(letters):
        if one.run != other.run or not _go_on(one, other):
            continue
        for table, cells in tables:
            left, top, right, bottom = table.box
            if not top <= one.middle < bottom or other.right < left or one.left > right:
                continue
            first, second = (one.left + one.right) / 2, (other.left + other.right) / 2
            if cells.at(first, one.middle) != cells.at(second, one.middle):
                torn |= {id(one), id(other)}
    return torn


def cut_numbers(letters: Sequence[Letter], hidden: AbstractSet[int]) -> set[int]:
    """The ids of letters that are shown of numbers of which the letter beside them is not."""
    pairs = [pair for pair in pairwise(letters) if (id(pair[0]) in hidden) != (id(pair[1]) in hidden)]
    return {id(letter) for one, other in pairs if _go_on(one, other) for letter in (one, other)}


def struck_digits(letters: Sequence[Letter], rules: Sequence[Rule], slants: Sequence[Slant]) -> list[Letter]:
    """The digits that a level rule or a slanted line runs through: struck out, they do not count."""
    levels = sorted(rules)
    heights = [rule.at for rule in levels]
    struck = []
    for letter in letters:
        if not letter.text.isdecimal():
            continue
        first = bisect_right(heights, letter.foot - _STRUCK_UP_TO * letter.size)
        last = bisect_right(heights, letter.foot - _STRUCK_FROM * letter.size)
        through = levels[first:last]
        if any(rule.start <= letter.left + SLACK and rule.end >= letter.right - SLACK for rule in through) or (
            slants and any(_runs_through(slant, letter) for slant in slants[:_MAX_SLANTS])
        ):
            struck.append(letter)
    return struck


def _runs_through(slant: Slant, letter: Letter) -> bool:
    """Whether a slanted line runs through the middle of a digit."""
    (x, y), (next_x, next_y) = slant
    down = y + (next_y - y) * ((letter.left + letter.right) / 2 - x) / (next_x - x)
    across = x + (next_x - x) * (letter.middle - y) / (next_y - y)
    low, high = letter.foot - _STRUCK_FROM * letter.size, letter.foot - _STRUCK_UP_TO * letter.size
    return (min(y, next_y) <= down <= max(y, next_y) and high <= down <= low) or (
        min(y, next_y) <= letter.middle <= max(y, next_y) and letter.left <= across <= letter.right
    )


def _go_on(one: Letter, other: Letter) -> bool:
    """Whether a letter of a number stands right beside another."""
    if one.run != other.run or not all(letter.text.isdecimal() or letter.text in POINTS for letter in (one, other)):
        return False
    return abs(other.foot - one.foot) < LEVEL * one.size and other.left - one.right < _BESIDE * one.size

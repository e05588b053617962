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


def struck_digits(letters: Sequence[Letter], rules: Sequence[Rule]) -> list[Letter]:
    """The digits that a level rule runs through: struck out, they do not count."""
    levels = sorted(rules)
    heights = [rule.at for rule in levels]
    struck = []
    for letter in letters:
        if not letter.text.isdecimal():
            continue
        first = bisect_right(heights, letter.foot - _STRUCK_UP_TO * letter.size)
        last = bisect_right(heights, letter.foot - _STRUCK_FROM * letter.size)
        if any(rule.start <= letter.left + SLACK and rule.end >= letter.right - SLACK for rule in levels[first:last]):
            struck.append(letter)
    return struck


def _go_on(one: Letter, other: Letter) -> bool:
    """Whether a letter of a number stands right beside another."""
    if one.run != other.run or not all(letter.text.isdecimal() or letter.text in POINTS for letter in (one, other)):
        return False
    return abs(other.foot - one.foot) < LEVEL * one.size and other.left - one.right < _BESIDE * one.size

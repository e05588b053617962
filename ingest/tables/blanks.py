"""Empty cells in text with one cell a line: they are empty lines, where empty lines do not merely part the others."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Document, Paragraph

_LINE = re.compile(r"line (\d+)")
_LONG_LINE = 60


def with_empty_cells(document: Document) -> tuple[Paragraph, ...]:
    """The lines of a text with a paragraph without text for each empty line that can be an empty cell.

    Lines stand close or with the same number of empty lines between any two; more than that are cells. Lines left out
    (page numbers, markup) are no empty lines. Where the text has none, or its lines are parted unevenly, its lines as
    they are.
    """
    lines = tuple(document.lines())
    if not document.blank_lines or len(lines) < 2:
        return lines
    numbers = _numbers(lines)
    blank = frozenset(document.blank_lines)
    between, usual = _gaps(lines, blank)
    spread: list[Paragraph] = [lines[0]]
    for gap, (before, after), line in zip(between, pairwise(numbers), lines[1:], strict=True):
        cells = (gap - usual) // (usual + 1)
        if usual >= 0 and cells > 0 and (gap - usual) % (usual + 1) == 0:
            places = [number for number in range(before + 1, after) if number in blank]
            spread += [Paragraph("", f"line {places[(usual + 1) * cell + usual]}") for cell in range(cells)]
        spread.append(line)
    return tuple(spread)


def lines_stand_close(document: Document) -> bool:
    """Whether no empty line parts the short lines of a text, so that a lost line leaves no gap."""
    lines = tuple(document.lines())
    return len(lines) > 1 and _gaps(lines, frozenset(document.blank_lines))[1] == 0


def _numbers(lines: Sequence[Paragraph]) -> list[int]:
    return [int(found[1]) if (found := _LINE.fullmatch(line.locator)) else 0 for line in lines]


def _gaps(lines: Sequence[Paragraph], blank: frozenset[int]) -> tuple[list[int], int]:
    """How many empty lines stand between any two lines, and how many usually do between two short ones."""
    short = [len(line.text) < _LONG_LINE for line in lines]
    between = [
        sum(number in blank for number in range(before + 1, after)) if after - before < 100 else 0
        for before, after in pairwise(_numbers(lines))
    ]
    usual = _usual([gap for gap, here, there in zip(between, short, short[1:], strict=False) if here and there])
    return between, usual


def _usual(gaps: Sequence[int]) -> int:
    """The number of empty lines that part two lines."""
    return min(Counter(gaps).most_common(2), key=lambda item: (-item[1], item[0]), default=(0, 0))[0]

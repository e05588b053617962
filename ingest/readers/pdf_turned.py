"""The letters of a page that do not stand upright, as lines: on their side, upside down, or aslant."""

import ctypes
from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers import pdfium
from ingest.readers.pdf_drawn import Numbers
from ingest.readers.pdf_geometry import Box, is_faint
from ingest.readers.pdf_letters import FARTHEST, Run

_APART = 3.0
"""How many times their size the middles of two letters of one line may be apart."""
_INVISIBLE = (3, 7)
_OUTLINED = (1, 5)


class TurnedLine(NamedTuple):
    """Letters in a row that are turned alike: what they say, the box of each, and whether they are plainly seen."""

    text: str
    boxes: tuple[Box, ...]
    size: float
    turn: int | None
    faint: bool

    @property
    def box(self) -> Box:
        """The box of all its letters."""
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def turned_lines(text: int, places: Sequence[int], runs: dict[int, Run], left: float, top: float) -> list[TurnedLine]:
    """The letters of a page's text at some places as lines. `left` and `top` are where the page begins."""
    sides = (ctypes.c_float * 4)()
    at = ctypes.addressof(sides)
    faint: dict[int, bool] = {}
    lines: list[TurnedLine] = []
    for place in places:
        code, handle = pdfium.code_of(text, place), pdfium.text_object(text, place)
        character = chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        pdfium.letter_box(text, place, at)
        box = (sides[0] - left, top - sides[1], sides[2] - left, top - sides[3])
        if character.isspace() or not all(abs(side) < FARTHEST for side in box):
            continue
        run = runs[handle]
        if handle not in faint:
            faint[handle] = _is_faint(handle)
        if lines and _goes_on(lines[-1], run, box):
            last = lines.pop()
            lines.append(last._replace(text=last.text + character, boxes=(*last.boxes, box)))
        else:
            lines.append(TurnedLine(character, (box,), run.size, run.turn, faint[handle]))
    return lines


def _goes_on(line: TurnedLine, run: Run, box: Box) -> bool:
    """Whether a letter stands behind the last of a line."""
    if run.turn != line.turn or run.size != line.size:
        return False
    before, reach = line.boxes[-1], 2 * _APART * run.size
    return (
        abs(box[0] + box[2] - before[0] - before[2]) <= reach and abs(box[1] + box[3] - before[1] - before[3]) <= reach
    )


def _is_faint(handle: int) -> bool:
    """Whether letters are hardly seen, or not at all."""
    mode = pdfium.render_mode(handle)
    if mode in _INVISIBLE:
        return True
    colour = Numbers().colour(pdfium.stroke_of if mode in _OUTLINED else pdfium.fill_of, handle)
    return colour is not None and is_faint(colour)

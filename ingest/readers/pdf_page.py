"""One page of a PDF as it is shown: its letters, which of them are hidden, and what else it draws."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdfium
from ingest.readers.limits import MAX_PDF_LETTERS
from ingest.readers.pdf_annotations import laid_down, lines_laid_over
from ingest.readers.pdf_drawn import Drawn, Shape, TooMuchError, box_of, things_of, turned_upright
from ingest.readers.pdf_geometry import THINNEST, WHOLE, Box, Matrix, moved
from ingest.readers.pdf_hidden import cut_letters, hidden_letters
from ingest.readers.pdf_letters import FARTHEST, UNKNOWN, Letter, LettersOfPage, letters_of
from ingest.readers.pdf_turned import TurnedLine, turned_lines

_INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its upright letters and the things that it draws; its width and height are in points.

    `hidden` has the places of the letters (no spaces) that it does not show, `outside` of those beyond its sides or
    clipped.
    `lying` counts letters on their side or upside down, `aslant` those that stand in another way.
    """

    letters: list[Letter]
    hidden: set[int]
    outside: set[int]
    drawn: Drawn
    width: float
    height: float
    unmapped: int
    lying: int
    aslant: int
    turned: list[TurnedLine]
    """The letters that do not stand upright."""

    @property
    def pictures(self) -> list[Box]:
        """Where pictures lie."""
        return [area.box for area in self.drawn.areas if area.kind == pdfium.IMAGE]

    @property
    def picture_share(self) -> float:
        """How much of the page its largest picture takes."""
        largest = max(((right - left) * (bottom - top) for left, top, right, bottom in self.pictures), default=0.0)
        return largest / max(self.width * self.height, 1.0)


def page_at(document: Any, index: int) -> Page:
    """A page by its index. One most of whose letters lie on their side is turned.

    Raises ValueError where it cannot be loaded, or is more than can be read.
    """
    with pdfium.page_of(document, index) as handle:
        over = lines_laid_over(handle)
        own = laid_down(handle)
        found = _turned(document, handle, 0, None, over) if own is None else None
    if found is None:
        with pdfium.page_of(document, index) as handle:
            found = _turned(document, handle, 0, own, over)
    page, better = found
    if better:
        with pdfium.page_of(document, index) as handle:
            page, _ = _turned(document, handle, better, own, over)
    return page


def _turned(document: Any, page: Any, quarters: int, own: int | None, over: Sequence[Box]) -> tuple[Page, int]:
    """A page turned by some quarters to the right, and by how many more its letters would stand.

    `own` is how many of its things are its own; others were laid over it, and so were lines in the boxes `over`.
    """
    address = pdfium.address_of(page)
    left, top, width, height, turn = _placed(page, address, quarters)
    drawn = things_of(address, left, top, turn, own)
    for first, low, last, high in over:
        (x, y), (next_x, next_y) = moved(first, low, turn), moved(last, high, turn)
        box = (min(x, next_x) - left, top - max(y, next_y), max(x, next_x) - left, top - min(y, next_y))
        drawn.shapes.append(Shape(box, False))
    with pdfium.text_of(page) as text:
        if pdfium.count_letters(text) > MAX_PDF_LETTERS:
            raise TooMuchError(f"the page holds more than {MAX_PDF_LETTERS} letters")
        found = letters_of(text, left, top)
        lost = [run for run in drawn.order if run not in found.runs]
        points = _points_of(lost, drawn)
        letters = found.letters + points
        hidden = hidden_letters(document, page, letters, drawn, lost)
        outside = cut_letters(letters, drawn, (width, height))
        turned = turned_lines(text, found.turned, found.runs, left, top) if found.turned else []
    spaces = {place for place in hidden | outside if letters[place].text.isspace()}
    hidden, outside = hidden - outside - spaces, outside - spaces
    turns = found.turns
    lying, aslant = turns[1] + turns[2] + turns[3], turns[None]
    unmapped = found.unmapped + len(points)
    page_seen = Page(letters, hidden, outside, drawn, width, height, unmapped, lying, aslant, turned)
    return page_seen, _better(found)


def _points_of(lost: list[int], drawn: Drawn) -> list[Letter]:
    """Letters of no size, of which pdfium gives no text: nobody reads them, but in a cell they are something."""
    boxes = ((run, box_of(run, drawn)) for run in lost)
    return [
        Letter(UNKNOWN, box[0] + _INSIDE, box[0] + _INSIDE, box[3], 0.0, "", run)
        for run, box in boxes
        if box and box[2] - box[0] < THINNEST and 0 <= box[0] <= FARTHEST and 0 <= box[3] <= FARTHEST
    ]


def _better(found: LettersOfPage) -> int:
    """By how many quarters most letters of a page lean to the left; 0 where they stand, or aslant."""
    for turn, count in found.turns.items():
        if turn and turn > 0 and 2 * count > sum(found.turns.values()):
            return turn
    return 0


def _placed(page: Any, address: int, quarters: int) -> tuple[float, float, float, float, Matrix]:
    """Where a page begins at the left and at the top, its width, its height and the turn by which it is shown."""
    turn = (raw.FPDFPage_GetRotation(page) + quarters) % 4
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        raise ValueError("the page has no size")
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if turn == 0:
        return left, top, right - left, top - bottom, WHOLE
    matrices: tuple[Matrix, ...] = (
        WHOLE,
        (0.0, -1.0, 1.0, 0.0, -bottom, right),
        (-1.0, 0.0, 0.0, -1.0, right, top),
        (0.0, 1.0, -1.0, 0.0, top, -left),
    )
    turned_upright(address, matrices[turn])
    width, height = (right - left, top - bottom) if turn == 2 else (top - bottom, right - left)
    return 0.0, height, width, height, matrices[turn]

"""Which letters of a page it does not show: invisible ones (over scans: another's OCR), white on white, covered ones.

What a page does not show it does not say.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdfium
from ingest.readers.pdf_drawn import WHOLE, Area, Box, Colour, Drawn, Numbers, TooMuchError, box_of, is_white, seen_part
from ingest.readers.pdf_letters import MIDDLE, Letter

ColourAt = Callable[[Callable[..., Any], int], Colour | None]
_INVISIBLE = (3, 7)
_ONLY_OUTLINED = (1, 5)
_ALSO_OUTLINED = (2, 6)
_BAND = 8.0
_MOST_OF_A_PAGE = 0.5
_MAX_PIXELS = 40_000_000
_MAX_COMPARED = 5_000_000
_ALPHA = 4
_OPAQUE = 255
_EVERY = 997


def hidden_letters(
    document: Any, page: Any, letters: Sequence[Letter], drawn: Drawn, size: tuple[float, float], lost: Sequence[int]
) -> set[int]:
    """The places, among the letters, of those on the page that it does not show. `size` is its width and height.

    `lost` are texts that pdfium leaves out because they are drawn over the same ones before: these may show. Raises
    TooMuchError past the bounds.
    """
    width, height = size
    colour_at = Numbers().colour
    shown = {run: _shown(run, drawn.modes.get(run), colour_at) for run in {letter.run for letter in letters}}
    if all(shown.values()) and not drawn.areas:
        return set()
    behind = _Behind(letters, drawn)
    again = _drawn_again(behind, drawn, [run for run in lost if _shown(run, drawn.modes.get(run), colour_at)])
    hidden = {place for place, letter in enumerate(letters) if shown[letter.run] is False and place not in again}
    white = [place for place, letter in enumerate(letters) if shown[letter.run] is None and place not in again]
    if white:
        on_colour: set[int] = set()
        for area in drawn.areas:
            if area.coloured:
                on_colour.update(behind.of(area, before=False))
        hidden.update(place for place in white if place not in on_colour)
    for area in drawn.areas:
        if area.kind == pdfium.SHADING or (area.kind == pdfium.IMAGE and not _is_page(area.box, width * height)):
            continue
        covered = [place for place in behind.of(area, before=True) if place not in hidden]
        if covered and _covers(document, page, area):
            seen = seen_part(area.handle, area.box, area.outer, drawn)
            hidden.update(place for place in covered if behind.within(place, seen))
    return hidden


def _shown(run: int, mode: int | None, colour_at: ColourAt) -> bool | None:
    """Whether the letters of a text object can be seen; None where they are white: only on something coloured."""
    mode = pdfium.render_mode(run) if mode is None else mode
    if mode == 0:
        colour = colour_at(pdfium.fill_of, run)
        return _is_shown(colour)
    if mode in _INVISIBLE:
        return False
    seen = []
    if mode not in _ONLY_OUTLINED:
        seen.append(_is_shown(colour_at(pdfium.fill_of, run)))
    if mode in _ONLY_OUTLINED + _ALSO_OUTLINED:
        seen.append(_is_shown(colour_at(pdfium.stroke_of, run)))
    return True if True in seen else None if None in seen else False


def _is_shown(colour: Colour | None) -> bool | None:
    if colour is None:
        return True
    return False if colour[3] == 0 else None if is_white(colour) else True


def _drawn_again(behind: "_Behind", drawn: Drawn, runs: Sequence[int]) -> set[int]:
    """The places of the letters that some texts draw once more; from then on they count as drawn as late as these."""
    again: set[int] = set()
    for run in runs:
        box = box_of(run, drawn)
        if box:
            area = Area(drawn.order[run], box, False, run, pdfium.TEXT, WHOLE)
            again.update(found := behind.of(area, before=True))
            behind.draw_later(found, area.order)
    return again


class _Behind:
    """Finds the letters in an area that were drawn before or after it."""

    def __init__(self, letters: Sequence[Letter], drawn: Drawn) -> None:
        self.letters = letters
        self.order = [drawn.order.get(letter.run, 0) for letter in letters]
        self.bands: dict[int, list[int]] = defaultdict(list)
        for place, (_, _, _, foot, size, _, _) in enumerate(letters):
            self.bands[int((foot - MIDDLE * size) // _BAND)].append(place)
        self.first = {band: min(self.order[place] for place in places) for band, places in self.bands.items()}
        self.last = {band: max(self.order[place] for place in places) for band, places in self.bands.items()}
        self.compared = 0

    def of(self, area: Area, before: bool) -> list[int]:
        """The places of the letters whose middle lies in an area, drawn before it or after."""
        found = []
        low, high = int(area.box[1] // _BAND), int(area.box[3] // _BAND)
        bands = range(low, high + 1) if high - low < len(self.bands) else sorted(self.bands)
        for band in bands:
            if band not in self.bands:
                continue
            if (self.first[band] > area.order) if before else (self.last[band] < area.order):
                continue
            self.compared += len(self.bands[band])
            if self.compared > _MAX_COMPARED:
                raise TooMuchError("the page draws more things over one another than any report")
            for place in self.bands[band]:
                if (self.order[place] < area.order) is before and self.within(place, area.box):
                    found.append(place)
        return found

    def draw_later(self, places: Sequence[int], order: int) -> None:
        """Have letters drawn at another time."""
        for place in places:
            self.order[place] = order
            band = int(self.letters[place].middle // _BAND)
            self.last[band] = max(self.last[band], order)

    def within(self, place: int, box: Box) -> bool:
        """Whether a letter's middle lies in a box."""
        letter = self.letters[place]
        left, top, right, bottom = box
        return left <= (letter.left + letter.right) / 2 <= right and top <= letter.middle <= bottom


def _is_page(box: Box, page: float) -> bool:
    """Whether a box is most of a page. Smaller pictures are seals, which stand over the signature for all to see."""
    return (box[2] - box[0]) * (box[3] - box[1]) >= _MOST_OF_A_PAGE * page


def _covers(document: Any, page: Any, area: Area) -> bool:
    """Whether nothing shows through an area."""
    if pdfium.is_transparent(area.handle):
        return False
    if area.kind != pdfium.IMAGE:
        return True
    handle = ctypes.cast(area.handle, raw.FPDF_PAGEOBJECT)
    across, down = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(handle, across, down) or across.value * down.value > _MAX_PIXELS:
        return True
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document, page, handle)
    if not bitmap:
        return True
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        count = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
        points = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), count)
        return min(points[_ALPHA - 1 :: _ALPHA * _EVERY], default=_OPAQUE) == _OPAQUE
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def cut_letters(letters: Sequence[Letter], drawn: Drawn, size: tuple[float, float]) -> set[int]:
    """The places of the letters beyond the sides of the page, or of what clips their text. `size` is the page's."""
    page = (0.0, 0.0, *size)
    parts: dict[int, Box] = {}
    cut = set()
    for place, (_, begin, end, foot, height, _, run) in enumerate(letters):
        part = parts.get(run)
        if part is None:
            clipped = pdfium.count_clips(pdfium.clip_of(run)) > 0
            part = seen_part(run, page, drawn.outers.get(run, WHOLE), drawn) if clipped else page
            parts[run] = part
        left, top, right, bottom = part
        if not (2 * left <= begin + end <= 2 * right and top <= foot - MIDDLE * height <= bottom):
            cut.add(place)
    return cut

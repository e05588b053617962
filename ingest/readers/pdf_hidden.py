"""Which letters of a page it does not show: invisible ones (over scans: another's OCR), white on white, covered ones.

What a page does not show it does not say.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as raw

from ingest.readers import pdfium
from ingest.readers.pdf_drawn import Area, Drawn, Numbers, TooMuchError, box_of, seen_part
from ingest.readers.pdf_geometry import THINNEST, WHOLE, Box, Colour, is_white
from ingest.readers.pdf_letters import MIDDLE, Letter

ColourAt = Callable[[Callable[..., Any], int], Colour | None]
_INVISIBLE = (3, 7)
_ONLY_OUTLINED = (1, 5)
_ALSO_OUTLINED = (2, 6)
_BAND = 8.0
_COVERED = 0.25
"""Which part of a letter may be covered: less of it shows what it is."""
_ASIDE, _HIGH = 0.1, 0.7
"""Which part of its width a letter leaves free at either side, and of its size it has above its foot."""
_PALE = 245
"""Of 255: no letters are read in lighter colours, on paper."""
_ALIKE = 12
_SMALLEST_GROUND = 3.0
_MAX_PIXELS = 40_000_000
_MAX_COMPARED = 5_000_000
_ALPHA = 4
_OPAQUE = 255


def hidden_letters(document: Any, page: Any, letters: Sequence[Letter], drawn: Drawn, lost: Sequence[int]) -> set[int]:
    """The places, among the letters, of those on the page that it does not show.

    `lost` are texts that pdfium leaves out because they are drawn over the same ones before: these may show. Raises
    TooMuchError past the bounds.
    """
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
                on_colour.update(behind.over(area))
        hidden.update(place for place in white if place not in on_colour or _is_on_white(place, behind, drawn))
    for area in drawn.areas:
        covered = [place for place in behind.under(area) if place not in hidden]
        if covered and not pdfium.is_transparent(area.handle):
            seen = seen_part(area.handle, area.box, area.outer, drawn)
            covered = [place for place in covered if _part_of(letters[place], seen) >= _COVERED]
            if area.kind == pdfium.IMAGE and covered:
                covered = _under_picture(document, page, area, covered, letters)
            hidden.update(covered)
    hidden.update(_of_one_colour(behind, drawn, colour_at))
    return hidden


def _of_one_colour(behind: "_Behind", drawn: Drawn, colour_at: ColourAt) -> set[int]:
    """The places of the letters that have the colour of what they stand on."""
    grounds = [area for area in drawn.areas if area.colour and area.coloured and _is_ground(area.box)]
    if not grounds:
        return set()
    letters = behind.letters
    colour_of = {run: colour_at(pdfium.fill_of, run) for run in {letter.run for letter in letters}}
    colours = set(colour_of.values())
    of_letters = {ground.colour for ground in grounds}
    of_letters = {ground for ground in of_letters if any(_alike(colour, ground) for colour in colours)}
    found: set[int] = set()
    for ground in grounds:
        if ground.colour in of_letters:
            over = behind.over(ground)
            found.update(place for place in over if _alike(colour_of[letters[place].run], ground.colour))
    return {place for place in found if _alike(colour_of[letters[place].run], behind.ground_of(place, drawn.areas))}


def _is_on_white(place: int, behind: "_Behind", drawn: Drawn) -> bool:
    """Whether the last thing drawn under a letter is white paper again."""
    for area in behind.grounds_of(place, drawn.areas):
        if area.colour is None or not is_white(area.colour) or area.colour[3] < _OPAQUE:
            return False
        if behind.within(place, seen_part(area.handle, area.box, area.outer, drawn)):
            return True
    return False


def _is_ground(box: Box) -> bool:
    """Whether a box is so large that a letter may stand on it."""
    return min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST_GROUND


def _alike(one: Colour | None, other: Colour | None) -> bool:
    """Whether two colours cannot be told from one another."""
    return bool(one and other) and all(abs(a - b) <= _ALIKE for a, b in zip(one or (), other or (), strict=True))


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
    return False if colour[3] == 0 else None if _is_pale(colour) else True


def _is_pale(colour: Colour) -> bool:
    """Whether nobody can read letters of a colour on paper."""
    red, green, blue, opaque = colour
    return (255 - min(red, green, blue)) * opaque <= (255 - _PALE) * 255


def _drawn_again(behind: "_Behind", drawn: Drawn, runs: Sequence[int]) -> set[int]:
    """The places of the letters that some texts draw once more; from then on they count as drawn as late as these."""
    again: set[int] = set()
    for run in runs:
        box = box_of(run, drawn)
        if box:
            area = Area(drawn.order[run], box, None, run, pdfium.TEXT, WHOLE)
            again.update(found := behind.under(area, middle=True))
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
        self.grounds: dict[int, list[Area]] | None = None
        self.compared = 0

    def over(self, area: Area) -> list[int]:
        """The places of the letters whose middle lies in an area and that were drawn after it."""
        return [
            place
            for place in self._near(area, 0.0, before=False)
            if self.order[place] > area.order and self.within(place, area.box)
        ]

    def under(self, area: Area, middle: bool = False) -> list[int]:
        """The places of the letters that were drawn before an area which takes some of them, or their `middle`."""
        left, top, right, bottom = area.box
        found = []
        for place in self._near(area, 0.0 if middle else _BAND, before=True):
            if self.order[place] > area.order:
                continue
            _, begin, end, foot, size, _, _ = letter = self.letters[place]
            if begin > right or end < left or foot < top or foot - size > bottom:
                continue
            if self.within(place, area.box) if middle else _part_of(letter, area.box) >= _COVERED:
                found.append(place)
        return found

    def ground_of(self, place: int, areas: Sequence[Area]) -> Colour | None:
        """The colour of what a letter stands on; None where it is paper, or not known."""
        under = self.grounds_of(place, areas)
        return under[0].colour if under else None

    def grounds_of(self, place: int, areas: Sequence[Area]) -> list[Area]:
        """The areas under a letter, the last drawn first."""
        if self.grounds is None:
            self.grounds = self._by_band(areas)
        beside = self.grounds.get(int(self.letters[place].middle // _BAND), ())
        self._compare(len(beside))
        under = [area for area in beside if area.order < self.order[place] and self.within(place, area.box)]
        return sorted(under, key=lambda area: -area.order)

    def _by_band(self, areas: Sequence[Area]) -> dict[int, list[Area]]:
        """Some areas by the bands of the page in which they lie and letters stand."""
        found: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            bands = self._bands_of(area, 0.0)
            self._compare(len(bands))
            for band in bands:
                found[band].append(area)
        return found

    def _bands_of(self, area: Area, margin: float) -> Sequence[int]:
        """The bands on the level of an area."""
        low, high = int((area.box[1] - margin) // _BAND), int((area.box[3] + margin) // _BAND)
        return range(low, high + 1) if high - low < len(self.bands) else sorted(self.bands)

    def _compare(self, count: int) -> None:
        self.compared += count
        if self.compared > _MAX_COMPARED:
            raise TooMuchError("the page draws more things over one another than any report")

    def _near(self, area: Area, margin: float, before: bool) -> Iterator[int]:
        """The places of the letters on the level of an area, but of those that all were drawn on the other side."""
        for band in self._bands_of(area, margin):
            if band not in self.bands:
                continue
            if (self.first[band] > area.order) if before else (self.last[band] < area.order):
                continue
            self._compare(len(self.bands[band]))
            yield from self.bands[band]

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


def _part_of(letter: Letter, box: Box) -> float:
    """Which part of a letter's ink lies in a box; of letters other than digits the middle stands for all of it."""
    text, begin, end, foot, size, _, _ = letter
    if not text.isdecimal():
        return float(box[0] <= (begin + end) / 2 <= box[2] and box[1] <= foot - MIDDLE * size <= box[3])
    aside = _ASIDE * (end - begin)
    left, right, top = begin + aside, end - aside, foot - _HIGH * size
    if right <= left or foot <= top:
        return float(box[0] <= left <= box[2] and box[1] <= foot <= box[3])
    across, down = min(right, box[2]) - max(left, box[0]), min(foot, box[3]) - max(top, box[1])
    return across * down / ((right - left) * (foot - top)) if across > 0 and down > 0 else 0.0


def _under_picture(document: Any, page: Any, area: Area, places: list[int], letters: Sequence[Letter]) -> list[int]:
    """Those of some letters under a picture through which they do not show."""
    handle = ctypes.cast(area.handle, raw.FPDF_PAGEOBJECT)
    across, down = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(handle, across, down) or across.value * down.value > _MAX_PIXELS:
        return places
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document, page, handle)
    if not bitmap:
        return places
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return places
        width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
        row = raw.FPDFBitmap_GetStride(bitmap)
        points = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), row * height)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    opaque = points[_ALPHA - 1 :: _ALPHA]
    if not area.is_upright or row != _ALPHA * width:
        return places if min(opaque, default=_OPAQUE) == _OPAQUE else []
    left, top, right, bottom = area.box
    by_x, by_y = width / max(right - left, THINNEST), height / max(bottom - top, THINNEST)
    covered = []
    for place in places:
        _, begin, end, foot, size, _, _ = letters[place]
        first, last = max(0, int((begin - left) * by_x)), min(width, int((end - left) * by_x) + 1)
        high, low = max(0, int((foot - _HIGH * size - top) * by_y)), min(height, int((foot - top) * by_y) + 1)
        seen = b"".join([opaque[line * width + first : line * width + last] for line in range(high, low)])
        if seen and sum([point == _OPAQUE for point in seen]) >= _COVERED * len(seen):
            covered.append(place)
    return covered


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
        if begin >= left and end <= right and foot - height >= top and foot <= bottom:
            continue
        if _part_of(letters[place], part) < 1 - _COVERED:
            cut.add(place)
    return cut

"""What a page of a PDF draws besides its letters: rules, what may cover letters, pictures, and the order of all.

Places are in points from the upper left of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from ingest.readers import pdfium
from ingest.readers.limits import MAX_PDF_NESTING, MAX_PDF_OBJECTS, MAX_PDF_SEGMENTS
from ingest.readers.pdf_geometry import (
    EDGE,
    THINNEST,
    WHOLE,
    Box,
    Colour,
    Matrix,
    Part,
    is_box,
    is_faint,
    is_white,
    larger,
    meet,
    moved,
    through,
)

_SHORTEST = 1.0
_LONGEST_SIGN = 60.0
_STRAIGHT = 0.01
_SHORTEST_COVER = 1.0
_THICK = 2.0
"""Points from which on a line may cover letters."""
_SEGMENTS_OF_A_COVER = 24
_ROUND = 0.15
"""How much of its smaller side an area with rounded or slanted sides leaves free in its corners, at most."""
_POINTS_OF_A_STROKE = 4
_SEGMENTS_OF_A_CLIP = 200
"""More are the outline of a drawing."""
_OUTLINED = 2
_SPOKEN_FOR = b"ActualText"


class TooMuchError(ValueError):
    """A page holds more than any report: it is not read, for a part of it may say something else than the whole."""


class Rule(NamedTuple):
    """A level or upright line: how far down or to the right it is, and from where to where it runs."""

    at: float
    start: float
    end: float


class Shape(NamedTuple):
    """A part of a path that is plainly seen: its box, and whether it is a level or upright line or box."""

    box: Box
    is_box: bool


class Area(NamedTuple):
    """A filled box or a picture: its place in the order of drawing and its colour, if it has one.

    `outer` is the matrix of the form in which it lies.
    """

    order: int
    box: Box
    colour: Colour | None
    handle: int
    kind: int
    outer: Matrix

    @property
    def coloured(self) -> bool:
        """Whether it can be told from white paper."""
        return self.colour is None or not is_white(self.colour)

    @property
    def is_upright(self) -> bool:
        """Whether its form neither turns nor mirrors it."""
        a, b, c, d, _, _ = self.outer
        return a > 0 and d > 0 and abs(b) + abs(c) < THINNEST


@dataclass(slots=True)
class Drawn:
    """The things of a page; `order` has the texts' places in the order of drawing, by their addresses.

    `left` and `top` are where the page begins in the file's own points, whose second number grows upwards.
    """

    left: float
    top: float
    turn: Matrix
    """How all was turned; what clips a thing of the page itself was not."""
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    slants: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    """The ends of slanted lines that are plainly seen."""
    order: dict[int, int] = field(default_factory=dict)
    modes: dict[int, int] = field(default_factory=dict)
    """How texts were to be drawn that have been outlined."""
    outers: dict[int, Matrix] = field(default_factory=dict)
    """The matrices of the forms in which texts lie; those of the page itself have none."""


class Numbers:
    """Numbers that pdfium writes into, made once for a page."""

    def __init__(self) -> None:
        self.four = [ctypes.c_uint() for _ in range(4)]
        self.four_at = [ctypes.addressof(number) for number in self.four]
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.sides_at = [ctypes.addressof(number) for number in self.sides]
        self.mode, self.stroked = ctypes.c_int(), ctypes.c_int()
        self.modes_at = [ctypes.addressof(self.mode), ctypes.addressof(self.stroked)]
        self.matrix = (ctypes.c_float * 6)()
        self.matrix_at = ctypes.addressof(self.matrix)

    def colour(self, ask: Callable[..., Any], handle: int) -> Colour | None:
        """A colour; None where pdfium knows none."""
        if not ask(handle, *self.four_at):
            return None
        red, green, blue, opaque = self.four
        return red.value, green.value, blue.value, opaque.value

    def matrix_of(self, handle: int) -> Matrix:
        if not pdfium.matrix_of(handle, self.matrix_at):
            return WHOLE
        a, b, c, d, e, f = self.matrix
        return a, b, c, d, e, f


def box_of(run: int, drawn: Drawn) -> Box | None:
    """The box of a text."""
    numbers = Numbers()
    if not pdfium.bounds_of(run, *numbers.sides_at):
        return None
    left, bottom, right, top = (side.value for side in numbers.sides)
    outer = drawn.outers.get(run, WHOLE)
    corners = [moved(x, y, outer) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across) - drawn.left, drawn.top - max(down), max(across) - drawn.left, drawn.top - min(down)


def seen_part(handle: int, box: Box, outer: Matrix, drawn: Drawn) -> Box:
    """The part of a thing's box that its clip paths leave, by their boxes. `outer` is the matrix of its form."""
    left, top, right, bottom = box
    clip = pdfium.clip_of(handle)
    matrix = drawn.turn if outer is WHOLE else outer
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(pdfium.count_clips(clip)):
        points = []
        count = pdfium.count_clip_segments(clip, path)
        if count > _SEGMENTS_OF_A_CLIP:
            continue
        for index in range(count):
            pdfium.segment_point(pdfium.clip_segment(clip, path, index), ctypes.addressof(x), ctypes.addressof(y))
            points.append(moved(x.value, y.value, matrix))
        if points:
            across, down = [x for x, _ in points], [y for _, y in points]
            left, right = max(left, min(across) - drawn.left), min(right, max(across) - drawn.left)
            top, bottom = max(top, drawn.top - max(down)), min(bottom, drawn.top - min(down))
    return left, top, right, bottom


def turned_upright(page: int, turn: Matrix) -> None:
    """Turn all that a page draws, in memory."""
    for index in range(pdfium.count_objects(page)):
        pdfium.transform(pdfium.object_at(page, index), *turn)


def things_of(page: int, left: float, top: float, turn: Matrix, ruled: int | None = None) -> Drawn:
    """All that a page draws, after a turn. `left` and `top` are where it begins. Raises TooMuchError past the bounds.

    Of as many things as are `ruled`, lines are rules; those behind them have none.

    A text that a file gives its letters to be spoken, copied or found (ActualText) is taken away: what counts is what
    the page shows.
    """
    drawn = Drawn(left, top, turn)
    walk = _Walk(drawn, ruled)
    walk.through(page, pdfium.count_objects(page), pdfium.object_at, WHOLE, 0)
    return drawn


class _Walk:
    """The way through the things of a page and of the forms in it."""

    def __init__(self, drawn: Drawn, ruled: int | None) -> None:
        self.drawn = drawn
        self.ruled = ruled
        self.has_rules = True
        self.left = drawn.left
        self.top = drawn.top
        self.numbers = Numbers()
        self.passed = 0
        self.segments = 0

    def through(self, holder: int, count: int, at: Callable[..., int], outer: Matrix, depth: int) -> None:
        kind_of, count_marks, bounds_of = pdfium.kind_of, pdfium.count_marks, pdfium.bounds_of
        order, sides_at = self.drawn.order, self.numbers.sides_at
        left, _, right, _ = self.numbers.sides
        if self.passed + count > MAX_PDF_OBJECTS:
            raise TooMuchError(f"the page draws more than {MAX_PDF_OBJECTS} things")
        for index in range(count):
            handle = at(holder, index)
            self.passed += 1
            if depth == 0 and index == self.ruled:
                self.has_rules = False
            kind = kind_of(handle)
            if kind == pdfium.TEXT:
                order[handle] = self.passed
                if depth:
                    self.drawn.outers[handle] = outer
                if count_marks(handle):
                    _take_spoken_text(handle)
                if bounds_of(handle, *sides_at) and right.value - left.value < THINNEST:
                    self.drawn.modes[handle] = pdfium.render_mode(handle)
                    _widen(handle)
            elif kind == pdfium.PATH:
                self._path(handle, outer)
            elif kind in (pdfium.IMAGE, pdfium.SHADING):
                self._area(handle, outer, kind)
            elif kind == pdfium.FORM:
                if depth >= MAX_PDF_NESTING:
                    raise TooMuchError(f"forms of the page lie in one another more than {MAX_PDF_NESTING} deep")
                inner = through(self.numbers.matrix_of(handle), outer)
                self.through(handle, pdfium.count_in_form(handle), pdfium.object_in_form, inner, depth + 1)

    def _area(self, handle: int, outer: Matrix, kind: int) -> None:
        if pdfium.bounds_of(handle, *self.numbers.sides_at):
            left, bottom, right, top = (side.value for side in self.numbers.sides)
            corners = [moved(x, y, outer) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))]
            box = self._box(corners)
            self.drawn.areas.append(Area(self.passed, box, None, handle, kind, outer))
            if kind == pdfium.SHADING:
                self.drawn.shapes.append(Shape(box, True))

    def _box(self, points: list[tuple[float, float]]) -> Box:
        across = [x for x, _ in points]
        down = [y for _, y in points]
        return min(across) - self.left, self.top - max(down), max(across) - self.left, self.top - min(down)

    def _path(self, handle: int, outer: Matrix) -> None:
        """The rules of a path, and the area that it covers. White ones that are only filled have no rules: WPS puts a
        white rectangle behind every line of print."""
        numbers = self.numbers
        if not pdfium.draw_mode(handle, *numbers.modes_at):
            return
        filled, stroked = numbers.mode.value, numbers.stroked.value
        fill = numbers.colour(pdfium.fill_of, handle) if filled else None
        if fill and fill[3] == 0:
            filled = 0
        if not (filled or stroked):
            return
        white = bool(filled) and fill is not None and is_white(fill)
        count = pdfium.count_segments(handle)
        self.segments += count
        if self.segments > MAX_PDF_SEGMENTS:
            raise TooMuchError(f"the paths of the page have more than {MAX_PDF_SEGMENTS} segments")
        inner = numbers.matrix_of(handle)
        parts = self._parts(handle, count, inner if outer is WHOLE else through(inner, outer), bool(filled))
        if self.has_rules and (stroked or not white):
            for part in parts:
                self._rules(part)
        short = [part for part in parts if not _is_long(part)]
        if short:
            seen = bool(filled) and not white and (fill is None or not is_faint(fill))
            if not seen and stroked:
                colour = numbers.colour(pdfium.stroke_of, handle)
                seen = colour is None or not is_faint(colour)
            if seen:
                self._show(short)
        boxes = self._covers(parts, count) if filled else []
        if stroked and pdfium.stroke_width(handle, numbers.sides_at[0]) and numbers.sides[0].value >= _THICK:
            half = numbers.sides[0].value / 2
            boxes += [larger(self._box([point for point in part if point]), half) for part in parts if len(part) == 2]
        self.drawn.areas += [
            Area(self.passed, box, fill if filled else None, handle, pdfium.PATH, outer)
            for box in boxes
            if box[3] - box[1] >= _SHORTEST_COVER
        ]

    def _covers(self, parts: list[Part], count: int) -> list[Box]:
        """The boxes that a filled path covers; of one with rounded or slanted sides what is plainly inside."""
        if count > _SEGMENTS_OF_A_COVER:
            return []
        boxes = [self._box([point for point in part if point]) for part in parts if len(part) > 2]
        if len(parts) == 1 and boxes:
            if is_box(parts[0]):
                return boxes
            left, top, right, bottom = boxes[0]
            return [larger(boxes[0], -_ROUND * min(right - left, bottom - top))]
        # Boxes in one another are a frame.
        alone = all(is_box(part) for part in parts) and not any(meet(*pair) for pair in combinations(boxes, 2))
        return boxes if alone else []

    def _show(self, parts: list[Part]) -> None:
        """Keep the shapes of a path that is plainly seen, and the slanted lines of those that have few."""
        for part in parts:
            if len(part) < 2:
                continue
            shape = self._shape(part)
            self.drawn.shapes.append(shape)
            if len(part) <= _POINTS_OF_A_STROKE and not shape.is_box:
                for one, other in pairwise(part):
                    if one and other and min(abs(other[0] - one[0]), abs(other[1] - one[1])) > _SHORTEST:
                        ends = [(x - self.left, self.top - y) for x, y in (one, other)]
                        self.drawn.slants.append((ends[0], ends[1]))

    def _shape(self, part: Part) -> Shape:
        if len(part) == 2 and part[0] and part[1]:
            (x, y), (next_x, next_y) = part[0], part[1]
            left, right = (x, next_x) if x < next_x else (next_x, x)
            low, high = (y, next_y) if y < next_y else (next_y, y)
            thin = right - left <= EDGE or high - low <= EDGE
            return Shape((left - self.left, self.top - high, right - self.left, self.top - low), thin)
        box = self._box([point for point in part if point])
        thin = min(box[2] - box[0], box[3] - box[1]) <= EDGE
        return Shape(box, None not in part and (thin or is_box(part)))

    def _parts(self, handle: int, count: int, matrix: Matrix, closed: bool) -> list[Part]:
        """The parts of a path as the points that straight lines join; None stands where a curve is."""
        segment_at, kind_of, point_of = pdfium.segment_at, pdfium.segment_kind, pdfium.segment_point
        x, y = self.numbers.sides[:2]
        x_at, y_at = self.numbers.sides_at[:2]
        parts: list[Part] = []
        part: Part = []
        a, b, c, d, e, f = matrix
        curve = 0
        for index in range(count):
            segment = segment_at(handle, index)
            kind = kind_of(segment)
            point_of(segment, x_at, y_at)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if kind == pdfium.MOVE_TO:
                part = [point]
                parts.append(part)
            elif kind == pdfium.LINE_TO:
                part.append(point)
            elif kind == pdfium.BEZIER_TO:
                # Each curve comes as three points, its end the last.
                curve = (curve + 1) % 3
                if curve == 0:
                    part += (None, point)
            if part and (pdfium.segment_closes(segment) or (closed and kind != pdfium.MOVE_TO and index == count - 1)):
                part.append(part[0])
        return parts

    def _rules(self, part: Part) -> None:
        level, upright = self.drawn.level, self.drawn.upright
        left, top = self.left, self.top
        before: tuple[float, float] | None = None
        for point in part:
            if before and point:
                (x, y), (next_x, next_y) = before, point
                across, down = abs(next_x - x), abs(next_y - y)
                if across >= _SHORTEST and down <= _STRAIGHT * (across + 1):
                    first, last = (x, next_x) if x < next_x else (next_x, x)
                    level.append(Rule(top - (y + next_y) / 2, first - left, last - left))
                elif down >= _SHORTEST and across <= _STRAIGHT * (down + 1):
                    first, last = (y, next_y) if y > next_y else (next_y, y)
                    upright.append(Rule((x + next_x) / 2 - left, top - first, top - last))
            before = point


def _is_long(part: Part) -> bool:
    """Whether a part of a path is a line too long to be a sign."""
    if len(part) != 2 or not (part[0] and part[1]):
        return False
    (x, y), (next_x, next_y) = part[0], part[1]
    across, down = abs(next_x - x), abs(next_y - y)
    return (across > _LONGEST_SIGN and down <= EDGE) or (down > _LONGEST_SIGN and across <= EDGE)


def _widen(handle: int) -> None:
    """Outline a text whose glyph has no width: pdfium would leave it out of the page's text, but the file says what it
    is, also where the font is damaged."""
    pdfium.set_render_mode(handle, _OUTLINED)
    pdfium.set_stroke_width(handle, 1.0)
    pdfium.transform(handle, *WHOLE)


def _take_spoken_text(handle: int) -> None:
    for index in range(pdfium.count_marks(handle)):
        mark = pdfium.mark_at(handle, index)
        if mark:
            pdfium.remove_mark_value(handle, mark, _SPOKEN_FOR)

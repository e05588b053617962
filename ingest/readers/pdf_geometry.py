"""Boxes, matrices and colours of what a PDF draws."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Colour = tuple[int, int, int, int]
"""Red, green, blue and how opaque it is, of 255."""
WHITE = 253
"""Of 255: from here on red, green and blue together are white paper."""
WHOLE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Part = list[tuple[float, float] | None]
"""A part of a path as the points that straight lines join; None stands where a curve is."""
_FAINT = 0.3
"""How much darker than paper a colour is at least that says something, black being 1."""
EDGE = 0.1
THINNEST = 0.02
_SEGMENTS_OF_A_BOX = 6


def is_white(colour: Colour) -> bool:
    """Whether a colour cannot be told from paper."""
    red, green, blue, opaque = colour
    return opaque == 0 or (red >= WHITE and green >= WHITE and blue >= WHITE)


def is_faint(colour: Colour) -> bool:
    """Whether a colour is so light that what has it is a ground or a watermark, and nothing that a page says."""
    red, green, blue, opaque = colour
    return opaque * (255 - 0.299 * red - 0.587 * green - 0.114 * blue) < _FAINT * 255 * 255


def is_box(part: Part) -> bool:
    """Whether a part of a path runs level and upright through four corners."""
    if not 4 <= len(part) <= _SEGMENTS_OF_A_BOX or None in part:
        return False
    points = [point for point in part if point]
    left, right = min(points)[0], max(points)[0]
    low, high = min([y for _, y in points]), max([y for _, y in points])
    return all((x - left < EDGE or right - x < EDGE) and (y - low < EDGE or high - y < EDGE) for x, y in points)


def larger(box: Box, by: float) -> Box:
    """A box with its sides farther out."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes have anything in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def through(inner: Matrix, outer: Matrix) -> Matrix:
    """One matrix for two, the inner first."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

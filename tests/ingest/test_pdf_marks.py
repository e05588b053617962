"""What is drawn in a cell of a PDF, or stands there on its side, may be a digit or a sign: the cell is not known."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from ingest.readers import read
from ingest.readers.pdf_letters import UNKNOWN
from tests.ingest.test_pdf_pages import ROWS, codes, pdf, rows, table

Draw = Callable[[Canvas], None]


def with_mark(draw: Draw, text: str = "5") -> Document:
    """A table of two columns whose lower left cell has a text and what is drawn, from (50, 210) to (100, 230)."""

    def page(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.grid([50, 100, 150], [250, 230, 210])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(55, 236, "one")
        canvas.drawString(105, 236, "two")
        canvas.drawString(62, 216, text)
        canvas.drawString(105, 216, "67")
        draw(canvas)

    return read(pdf(page))


def drawn_in_cell(draw: Draw, text: str = "5") -> str:
    """What is read in that cell; the one beside it is read as it is."""
    (grid,) = with_mark(draw, text).grids
    assert grid.rows[0] == ("one", "two")
    assert grid.rows[1][1] == "67"
    return grid.rows[1][0] or ""


def minus(canvas: Canvas) -> None:
    canvas.line(57, 219.5, 61, 219.5)


def minus_as_box(canvas: Canvas) -> None:
    canvas.rect(57, 219.2, 4, 0.7, stroke=0, fill=1)


def one_as_line(canvas: Canvas) -> None:
    canvas.line(59, 216, 59, 223)


def one_as_box(canvas: Canvas) -> None:
    canvas.rect(58.5, 216, 1.2, 7, stroke=0, fill=1)


def point(canvas: Canvas) -> None:
    canvas.circle(60, 216.5, 0.5, stroke=0, fill=1)


def seven(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(56, 223)
    path.lineTo(61, 223)
    path.lineTo(58, 216)
    canvas.drawPath(path, stroke=1, fill=0)


def crossed_out(canvas: Canvas) -> None:
    canvas.line(50, 210, 100, 230)


def one_near_the_side(canvas: Canvas) -> None:
    canvas.line(52, 216, 52, 223)


DRAWN = [minus, minus_as_box, one_as_line, one_as_box, point, seven, crossed_out, one_near_the_side]


@pytest.mark.parametrize("text", ["5", ""])
@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_digit_or_sign_that_is_drawn_makes_its_cell_unreadable(draw: Draw, text: str) -> None:
    assert drawn_in_cell(draw, text) == text + UNKNOWN


@pytest.mark.parametrize(
    "annotate",
    [
        pytest.param(b"/Subtype/StrikeOut/C[1 0 0]/QuadPoints[60 226 70 226 60 213 70 213]", id="struck out"),
        pytest.param(b"/Subtype/Ink/C[1 0 0]/InkList[[57 223 61 223 58 216]]/BS<</W 1>>", id="a digit in ink"),
        pytest.param(b"/Subtype/Square/IC[1 1 1]/C[1 1 1]", id="covered"),
    ],
)
def test_what_is_laid_over_a_cell_may_be_a_digit_or_a_stroke_through_one(annotate: bytes) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([50, 100, 150], [250, 230, 210])
        canvas.drawString(55, 236, "one")
        canvas.drawString(105, 236, "two")
        canvas.drawString(62, 216, "5")
        canvas.drawString(105, 216, "67")
        canvas.linkURL("http://example.org", (55, 212, 72, 227))

    data = pdf(page)
    begin = data.index(b"/Subtype /Link")
    begin, end = data.rindex(b" obj", 0, begin) + 4, data.index(b"endobj", begin)
    data = data[:begin] + b"<</Type/Annot/F 4/Rect[55 212 72 227]" + annotate + b">>\n" + data[end:]
    (grid,) = read(data).grids
    assert grid.rows[1][1] == "67"
    assert UNKNOWN in (grid.rows[1][0] or "")


def underline(canvas: Canvas) -> None:
    canvas.line(60, 214.5, 70, 214.5)
    canvas.rect(60, 213.2, 10, 0.6, stroke=0, fill=1)


def shading(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.rect(50.5, 210.5, 49, 19, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(62, 216, "5")


def marked_in_yellow(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 0, alpha=0.5)
    canvas.rect(61, 214, 8, 11, stroke=0, fill=1)


def gradient(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(50.5, 210.5, 49, 19)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.linearGradient(50, 210, 100, 210, (Color(0.8, 0.8, 1), Color(1, 1, 1)))
    canvas.restoreState()
    canvas.drawString(62, 216, "5")


def frame(canvas: Canvas) -> None:
    canvas.rect(55, 214.5, 40, 11, stroke=1, fill=0)


def borders_as_boxes(canvas: Canvas) -> None:
    for down in (209.7, 211.5, 229.7):
        canvas.rect(50, down, 50, 0.6, stroke=0, fill=1)
    for across in (49.7, 51.5, 99.7):
        canvas.rect(across, 210, 0.6, 20, stroke=0, fill=1)


def dotted_borders(canvas: Canvas) -> None:
    for dot in range(25):
        canvas.rect(50 + 2 * dot, 209.6, 0.8, 0.8, stroke=0, fill=1)
        canvas.rect(49.6, 210 + 0.8 * dot, 0.8, 0.4, stroke=0, fill=1)


def slanted_border(canvas: Canvas) -> None:
    """As browsers print borders of several colours."""
    path = canvas.beginPath()
    for x, y in ((50, 210), (100, 210), (99, 211), (51, 211)):
        path.lineTo(x, y) if path._code else path.moveTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def curve_of_a_watermark(canvas: Canvas) -> None:
    canvas.setStrokeGray(0.8)
    canvas.circle(80, 220, 8)
    canvas.setStrokeGray(0)
    canvas.circle(100, 220, 60)


PLAIN = [
    underline,
    shading,
    marked_in_yellow,
    gradient,
    frame,
    borders_as_boxes,
    dotted_borders,
    slanted_border,
    curve_of_a_watermark,
]


@pytest.mark.parametrize("draw", PLAIN, ids=lambda draw: draw.__name__)
def test_a_number_among_borders_shading_and_underlines_is_read(draw: Draw) -> None:
    assert drawn_in_cell(draw) == "5"


def test_a_line_through_many_cells_strikes_the_digits_on_its_way() -> None:
    (grid,) = with_mark(lambda canvas: canvas.line(45, 217, 155, 222), "5").grids
    assert grid.rows == (("one", "two"), (f"5{UNKNOWN}", f"67{UNKNOWN}"))


def test_what_is_drawn_beside_a_label_takes_nothing_from_it() -> None:
    assert drawn_in_cell(minus, "abcd") == "abcd"


def turned(text: str, by: float, at: tuple[float, float], size: float = 10, grey: float = 0.0) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.setFont("Helvetica", size)
        canvas.translate(*at)
        canvas.rotate(by)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    return draw


@pytest.mark.parametrize("text", ["5", ""])
@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(turned("12", 90, (85, 214)), id="on their side"),
        pytest.param(turned("12", -90, (80, 227)), id="on their other side"),
        pytest.param(turned("69", 180, (90, 224)), id="upside down"),
        pytest.param(turned("12", 20, (78, 214)), id="aslant"),
        pytest.param(turned("12345", 90, (85, 208)), id="higher than the cell"),
    ],
)
def test_digits_that_are_turned_make_their_cell_unreadable(draw: Draw, text: str) -> None:
    document = with_mark(draw, text)
    assert document.grids[0].rows[1] == (text + UNKNOWN, "67")
    assert not document.faults, "they say nothing of the letters that no map explains"


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(turned("watermark", 30, (50, 200), 30, 0.8), id="large and grey"),
        pytest.param(turned("WWWWWW", 45, (60, 205), 24), id="large and black"),
        pytest.param(turned("example.gov", 30, (55, 212), 10, 0.75), id="small and grey over several cells"),
        pytest.param(turned("draft", 10, (55, 212), 7, 0.75), id="small and grey in one"),
        pytest.param(turned("www.example.org/a/b", 30, (55, 205)), id="small and black over several cells"),
    ],
)
def test_a_watermark_over_a_table_takes_nothing_from_it(draw: Draw) -> None:
    document = with_mark(draw)
    assert document.grids[0].rows == (("one", "two"), ("5", "67"))


@pytest.mark.parametrize("by", [90, -90])
def test_words_on_their_side_are_the_words_of_their_cell(by: int) -> None:
    at = (85, 214) if by > 0 else (80, 227)
    assert drawn_in_cell(turned("abcd", by, at, 6), "") == "abcd"


def test_a_page_that_is_turned_as_a_whole_has_no_turned_letters() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 0)
        canvas.rotate(90)
        table(canvas)
        turned("page 1", -90, (20, 200))(canvas)

    document = read(pdf(draw, size=(300, 400)))
    assert rows(document) == [ROWS]
    assert codes(document) == []


def test_a_digit_over_the_side_of_its_cell_is_in_neither() -> None:
    (grid,) = with_mark(lambda canvas: canvas.drawString(97.5, 216, "8"), "").grids
    assert all(UNKNOWN in (text or "") for text in grid.rows[1])


def test_a_digit_over_a_level_rule_is_in_neither_row() -> None:
    (grid,) = with_mark(lambda canvas: canvas.drawString(85, 227, "8"), "").grids
    assert all(UNKNOWN in (row[0] or "") for row in grid.rows)


def test_a_minus_in_red_is_plainly_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(Color(1, 0, 0))
        minus(canvas)

    assert drawn_in_cell(draw) == f"5{UNKNOWN}"

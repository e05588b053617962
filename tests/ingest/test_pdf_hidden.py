"""What a page of a PDF does not show it does not say: invisible, white, covered and clipped numbers are not known."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.test_pdf_pages import ROWS, in_cell, rows

Draw = Callable[[Canvas], None]


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(155, 216)
    text.setTextRenderMode(3)
    text.textOut("345")
    canvas.drawText(text)


def white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(155, 216, "345")


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(155, 216, "345")


def covered(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    canvas.setFillGray(1)
    canvas.rect(152, 212, 90, 14, stroke=0, fill=1)


def covered_and_another(canvas: Canvas) -> None:
    covered(canvas)
    canvas.setFillGray(0)
    canvas.drawString(155, 216, "678")


def white_on_white_over_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(150, 210, 100, 20, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.rect(151, 211, 98, 18, stroke=0, fill=1)
    canvas.drawString(155, 216, "345")


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillGray(0.97)
    canvas.drawString(155, 216, "345")


def on_its_own_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(151, 211, 98, 18, stroke=0, fill=1)
    canvas.drawString(155, 216, "345")


def under_a_picture(canvas: Canvas) -> None:
    """One that goes over several cells."""
    canvas.drawString(155, 216, "345")
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 10), "white")), 140, 205, 60, 24)


def under_the_seen_part_of_a_picture(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    picture = Image.new("RGBA", (60, 24), (0, 0, 0, 0))
    picture.paste((255, 255, 255, 255), (10, 4, 40, 22))
    canvas.drawImage(ImageReader(picture), 140, 205, 60, 24, mask="auto")


def under_a_shading(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    path = canvas.beginPath()
    path.rect(140, 205, 60, 24)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.linearGradient(140, 205, 200, 205, (colors.white, colors.white))


@pytest.mark.parametrize(
    "draw",
    [
        invisible,
        white,
        nearly_white,
        white_on_white_over_colour,
        on_its_own_colour,
        transparent,
        covered,
        under_a_picture,
        under_the_seen_part_of_a_picture,
        under_a_shading,
    ],
    ids=lambda draw: draw.__name__,
)
def test_a_number_that_the_page_does_not_show_is_not_read(draw: Draw) -> None:
    document = in_cell(draw)
    assert rows(document) == [(("one", "12"), ("two", "\ufffd"))]
    assert [(fault.code, fault.locator) for fault in document.faults] == [("text_hidden", "page 1")]


def test_a_number_over_a_hidden_one_is_not_believed() -> None:
    assert rows(in_cell(covered_and_another)) == [(("one", "12"), ("two", "678\ufffd"))]


def part_covered(left: float, bottom: float, width: float, height: float) -> Draw:
    """The number with something white over a part of it: its digits are 5.6 points wide and 7.2 high."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(155, 216, "345")
        canvas.setFillGray(1)
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    return draw


def under_a_disc(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    canvas.setFillGray(1)
    canvas.circle(163, 219.5, 5, stroke=0, fill=1)


def under_two_boxes(canvas: Canvas) -> None:
    """One path has both."""
    canvas.drawString(155, 216, "345")
    canvas.setFillGray(1)
    path = canvas.beginPath()
    path.rect(154, 213, 8, 12)
    path.rect(200, 213, 8, 12)
    canvas.drawPath(path, stroke=0, fill=1)


def under_a_thick_line(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    canvas.setLineWidth(8)
    canvas.setStrokeGray(1)
    canvas.line(150, 221, 175, 221)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(under_a_disc, id="its middle, by a disc"),
        pytest.param(under_two_boxes, id="by one of two boxes"),
        pytest.param(under_a_thick_line, id="by a thick line"),
        pytest.param(part_covered(150, 212, 7.3, 14), id="the left side of its first digit"),
        pytest.param(part_covered(150, 219.5, 30, 6), id="its upper half"),
        pytest.param(part_covered(150, 218, 30, 2.2), id="a band through it"),
    ],
)
def test_a_number_of_which_a_part_is_covered_is_not_read(draw: Draw) -> None:
    ((_, _), (_, number)) = rows(in_cell(draw))[0]
    assert "\ufffd" in (number or "")


@pytest.mark.parametrize("right", [163.5, 168.5])
def test_a_number_of_which_half_a_digit_is_clipped_is_not_read(right: float) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(150, 205, right - 150, 30)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(155, 216, "345")

    ((_, _), (_, number)) = rows(in_cell(draw))[0]
    assert "\ufffd" in (number or "")


def seal_over_several_cells(canvas: Canvas) -> None:
    """A picture that shows its ground, with a ring whose line is not over the number."""
    canvas.drawString(155, 216, "345")
    mark = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    ImageDraw.Draw(mark).ellipse((4, 4, 116, 116), outline=(255, 0, 0, 255), width=4)
    canvas.drawImage(ImageReader(mark), 100, 160, 120, 120, mask="auto")


def near_a_cover(canvas: Canvas) -> None:
    """As the ground of the next line is drawn, which reaches a little over the feet of this one."""
    canvas.drawString(155, 216, "345")
    canvas.setFillGray(1)
    canvas.rect(152, 206, 60, 11, stroke=0, fill=1)
    canvas.rect(152, 222.5, 60, 5, stroke=0, fill=1)


def in_a_frame_of_two_boxes(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    path = canvas.beginPath()
    path.rect(150, 210, 100, 20)
    path.rect(151, 211, 98, 18)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def on_paper_over_a_dark_ground(canvas: Canvas) -> None:
    canvas.rect(151, 211, 98, 18, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.rect(152, 212, 96, 16, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(155, 216, "345")


def on_dark_ground(canvas: Canvas) -> None:
    canvas.setFillGray(0.2)
    canvas.rect(151, 211, 98, 18, stroke=0, fill=1)
    white(canvas)


def marked_in_yellow(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(150, 210, 100, 20, stroke=0, fill=1)


def clipped_cover(canvas: Canvas) -> None:
    canvas.drawString(155, 216, "345")
    path = canvas.beginPath()
    path.rect(300, 20, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setFillGray(1)
    canvas.rect(0, 0, 400, 300, stroke=0, fill=1)


def on_dark_ground_under_a_clipped_white_one(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(150, 210, 100, 20, stroke=0, fill=1)
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 20, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setFillGray(1)
    canvas.rect(0, 0, 400, 300, stroke=0, fill=1)
    canvas.restoreState()
    canvas.setFillGray(1)
    canvas.drawString(155, 216, "345")


def outlined(canvas: Canvas) -> None:
    text = canvas.beginText(155, 216)
    text.setTextRenderMode(1)
    canvas.setFillGray(1)
    text.textOut("345")
    canvas.drawText(text)


def drawn_again(canvas: Canvas) -> None:
    canvas.saveState()
    invisible(canvas)
    canvas.restoreState()
    canvas.drawString(155, 216, "345")


def drawn_again_over_its_cover(canvas: Canvas) -> None:
    covered(canvas)
    canvas.setFillGray(0)
    canvas.drawString(155, 216, "345")


@pytest.mark.parametrize(
    "draw",
    [
        on_dark_ground,
        on_paper_over_a_dark_ground,
        marked_in_yellow,
        clipped_cover,
        on_dark_ground_under_a_clipped_white_one,
        outlined,
        drawn_again,
        drawn_again_over_its_cover,
        seal_over_several_cells,
        near_a_cover,
        in_a_frame_of_two_boxes,
    ],
    ids=lambda draw: draw.__name__,
)
def test_a_number_that_the_page_shows_in_an_odd_way_is_read(draw: Draw) -> None:
    document = in_cell(draw)
    assert rows(document) == [ROWS]
    assert not document.faults

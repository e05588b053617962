"""A number in a cell of a PDF that may go on elsewhere, or that a footnote's mark may have joined, is not read."""

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read
from ingest.readers.pdf_letters import UNKNOWN
from tests.ingest.test_pdf_pages import pdf

Draw = Callable[[Canvas], None]


def cells(draw: Draw) -> tuple[str | None, ...]:
    """The second row of a table of two columns, 50 points each, in which something is drawn."""

    def page(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.grid([50, 100, 150], [250, 230, 210])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(55, 236, "one")
        canvas.drawString(105, 236, "two")
        draw(canvas)

    (grid,) = read(pdf(page)).grids
    return grid.rows[1]


def test_numbers_inside_their_cells_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(55, 216, "12345")
        canvas.drawString(105, 216, "67")

    assert cells(draw) == ("12345", "67")


@pytest.mark.parametrize(("left", "torn"), [(80, (0, 1)), (130, (1,))])
def test_a_number_printed_over_the_side_of_its_cell_is_not_read(left: float, torn: tuple[int, ...]) -> None:
    row = cells(lambda canvas: canvas.drawString(left, 216, "1234567"))
    for column in torn:
        assert UNKNOWN in (row[column] or "")


def test_numbers_of_two_cells_in_one_run_are_read() -> None:
    """Some programs write a whole row as one text, with room between the numbers."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(85, 216)
        text.setCharSpace(0)
        text.textOut("12")
        text.setTextOrigin(105, 216)
        text.textOut("34")
        canvas.drawText(text)

    assert cells(draw) == ("12", "34")


@pytest.mark.parametrize(("size", "rise"), [(5, 0), (5, 2.5), (6, -2), (10, 2)])
def test_a_digit_of_another_size_or_level_makes_a_number_unreadable(size: float, rise: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(55, 216, "10")
        canvas.setFont("Helvetica", size)
        canvas.drawString(66.5, 216 + rise, "1")

    assert UNKNOWN in (cells(draw)[0] or "")


def test_a_digit_that_is_struck_out_makes_its_number_unreadable() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(55, 216, "12")
        canvas.drawString(105, 216, "34")
        canvas.line(55, 219.5, 67, 219.5)
        canvas.line(105, 214, 120, 214)

    assert UNKNOWN in (cells(draw)[0] or "")
    assert cells(draw)[1] == "34", "an underlined one does not"


@pytest.mark.parametrize("text", ["", "12"])
def test_a_picture_in_a_cell_makes_it_unreadable(text: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(55, 216, text)
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "black")), 80, 213, 12, 12)

    assert cells(draw) == (f"{text}{UNKNOWN}", "")


def test_a_number_whose_end_is_clipped_at_the_side_of_its_cell_is_not_read() -> None:
    """As spreadsheets print a number that is wider than its column."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(50, 210, 50, 20)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(80, 216, "1234567")
        canvas.restoreState()
        canvas.drawString(130, 216, "8")

    assert UNKNOWN in (cells(draw)[0] or "")


@pytest.mark.parametrize(
    "over",
    [
        pytest.param((55, "8", "Helvetica", 10), id="another number"),
        pytest.param((57, "9", "Courier", 10), id="in another font"),
        pytest.param((55, "/", "Helvetica", 14), id="a stroke"),
    ],
)
def test_a_number_under_another_is_not_read(over: tuple[float, str, str, float]) -> None:
    left, text, font, size = over

    def draw(canvas: Canvas) -> None:
        canvas.drawString(55, 216, "10")
        canvas.setFont(font, size)
        canvas.drawString(left, 216, text)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(105, 216, "67")

    row = cells(draw)
    assert UNKNOWN in (row[0] or "")
    assert row[1] == "67"


def test_slanted_print_is_read() -> None:
    """As programs make italics of a font that has none; the letters' boxes go over one another."""

    def draw(canvas: Canvas) -> None:
        for place, digit in enumerate("160"):
            canvas.saveState()
            canvas.transform(1, 0, 0.33, 1, 55 + 5.56 * place, 216)
            canvas.drawString(0, 0, digit)
            canvas.restoreState()
        canvas.drawString(105, 216, "67")

    assert cells(draw) == ("160", "67")


def test_numbers_in_narrow_or_small_print_keep_their_digits() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(55, 216)
        text.setHorizScale(15)
        text.textOut("1110")
        text.setHorizScale(100)
        canvas.drawText(text)
        canvas.setFont("Helvetica", 1.5)
        canvas.drawString(105, 216, "2220")

    assert cells(draw) == ("1110", "2220")


def test_a_number_drawn_again_a_little_aside_for_boldness_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for aside in (0, 0.3, 0.6):
            canvas.drawString(55 + aside, 216, "1100")
        canvas.drawString(105, 216, "67")

    assert cells(draw) == ("1100", "67")
